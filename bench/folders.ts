/**
 * B15: a folder of 1,000 small files, up and down, with eight files at once.
 *
 * @module
 */
import { Effect } from "effect";
import { ManagedFolderFiles } from "../mod.ts";
import { downloadFolder, uploadFolder } from "../src/files.ts";
import { inTurn, type Line, type Side } from "./measure.ts";
import type { Setting } from "./setting.ts";

/** The lines of B15; every round copies all files, into a folder that is empty. */
export const folders = async ({ rounds, share, ours, official }: Setting): Promise<ReadonlyArray<Line>> => {
  if (official === undefined) return [];
  const count = Math.max(50, Math.round(1000 * share));
  const local = await Deno.makeTempDir();
  const targets = await Deno.makeTempDir();
  for (let nth = 0; nth < count; nth++) {
    await Deno.writeTextFile(`${local}/${nth}.csv`, `id;name\n${nth};name of ${nth}\n`);
  }
  let nth = 0;
  const check = (copied: number, what: string) => {
    if (copied !== count) throw new Error(`${copied} of ${count} files went ${what}`);
  };
  const up: Side = async () => {
    const tree = Effect.map(ManagedFolderFiles, (files) => files.in("P", "empty"));
    const { copied } = await ours(Effect.flatMap(tree, (to) => uploadFolder(local, to, { concurrency: 8 })));
    check(copied.length, "up");
  };
  const down: Side = async () => {
    const tree = Effect.map(ManagedFolderFiles, (files) => files.in("P", `files${count}`));
    const target = `${targets}/${nth++}`;
    await Deno.mkdir(target);
    const { copied } = await ours(Effect.flatMap(tree, (from) => downloadFolder(from, target, { concurrency: 8 })));
    check(copied.length, "down");
  };
  const times = Math.max(3, Math.round(rounds * share / 2));
  const measured = async (way: string, side: Side): Promise<Line> => {
    const { ratio, first, second } = await inTurn(() => official.measure(`${way}:${local}`, count), side, times);
    return {
      id: "B15",
      what: `a folder of ${count} small files ${way}, eight at once`,
      beside: "dataikuapi, file by file",
      ratio,
      target: { atLeast: 4 },
      note: `${Math.round(count / second)} files/s, ${Math.round(count / first)} files/s`,
    };
  };
  try {
    return [await measured("up", up), await measured("down", down)];
  } finally {
    await Deno.remove(local, { recursive: true });
    await Deno.remove(targets, { recursive: true });
  }
};
