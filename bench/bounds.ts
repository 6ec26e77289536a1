/**
 * B13 and B14: deadlines and memory hold, whatever a server sends.
 *
 * @module
 */
import type { Hostile } from "./hostile.ts";
import { type Line, ratioOf } from "./measure.ts";
import type { Setting } from "./setting.ts";

const mebibyte = 2 ** 20;
const here = new URL("hostile.ts", import.meta.url).pathname;

/** The default of `maxBodyBytes`. */
const limit = 256 * mebibyte;

/** Milliseconds that may pass behind a deadline. */
const tolerance = 100;

const said = async (program: string, ...args: ReadonlyArray<string>): Promise<string> => {
  const output = new Deno.Command(program, { args: [...args], stdin: "null", stderr: "null" }).output();
  return new TextDecoder().decode((await output.catch(() => undefined))?.stdout).trim();
};

/** A Node that runs TypeScript: the one that is there, else one from npm; `undefined` when there is none. */
const findNode = async (): Promise<string | undefined> => {
  const [major = 0, minor = 0] = (await said("node", "--version")).replace("v", "").split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return "node";
  const path = await said("npm", "exec", "--yes", "--package=node@22", "--", "node", "--print", "process.execPath");
  return path === "" ? undefined : path;
};

const measured = async (command: ReadonlyArray<string>, args: ReadonlyArray<string | number>): Promise<Hostile> => {
  const [program, ...first] = command;
  const { success, stdout } = await new Deno.Command(program!, {
    args: [...first, here, ...args.map(String)],
    stdin: "null",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${program} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
};

/** Answers that take long to look at, with how they end where there is time for them. */
const malformed: ReadonlyArray<readonly [name: string, what: string, end: string]> = [
  ["blanks", "100 MB of blanks in a list that is not closed", "Truncated"],
  ["open", "100 MB of lists that are not closed", "Truncated"],
  ["deep", "100 MB of lists, each in another", "Undecodable"],
];

/** The lines of B13 and B14. */
export const bounds = async ({ rounds, share, url }: Setting): Promise<ReadonlyArray<Line>> => {
  const node = await findNode();
  const runtimes: ReadonlyArray<readonly [name: string, command: ReadonlyArray<string>]> = [
    ["Deno", [Deno.execPath(), "run", "-A", "--no-check"]],
    ...(node === undefined ? [] : [["Node", [node, "--no-warnings"]] as const]),
  ];
  // Deadlines that lie before, in and behind the work.
  const deadlines = share < 1 ? [200] : [100, 200, 300, 500, 800, 1200];
  const times = Math.min(rounds, share < 1 ? 1 : 5);
  const lines: Array<Line> = [];
  for (const [runtime, command] of runtimes) {
    for (const [name, what, end] of malformed) {
      const ratios: Array<number> = [];
      const all: Array<Hostile> = [];
      for (let round = 0; round < times; round++) {
        const ends: Array<number> = [];
        for (const deadline of deadlines) {
          const call = await measured(command, [url, name, deadline, limit]);
          if (call.end !== end && call.end !== "TimedOut") {
            throw new Error(`${name} on ${runtime} ended as ${call.end}`);
          }
          all.push(call);
          ends.push(call.took / (deadline + tolerance));
        }
        ratios.push(Math.max(...ends));
      }
      const most = Math.max(...all.map(({ peak }) => peak));
      lines.push({
        id: "B13",
        what,
        beside: `deadline + ${tolerance} ms, ${runtime}`,
        ratio: ratioOf(ratios),
        target: { atMost: 1 },
        note: `at most ${Math.round(most / mebibyte)} MiB`,
      });
    }
    const peaks: Array<number> = [];
    for (let round = 0; round < times; round++) {
      const call = await measured(command, [url, "bomb", 60_000, limit]);
      if (call.end !== "TooLarge") throw new Error(`The bomb on ${runtime} ended as ${call.end}`);
      peaks.push(call.peak);
    }
    lines.push({
      id: "B14",
      what: "1 GiB in 1 MiB of gzip, whole process",
      beside: `maxBodyBytes, ${runtime}`,
      ratio: ratioOf(peaks.map((peak) => peak / limit)),
      target: { atMost: 2.5 },
      note: `${peaks.map((peak) => Math.round(peak / mebibyte)).join(", ")} MiB`,
    });
  }
  return lines;
};
