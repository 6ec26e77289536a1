/**
 * B5 and B6: a gibibyte down into a file, and up from a stream.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { Effect, Layer, Redacted, Stream } from "effect";
import { saveToFile } from "../src/files.ts";
import { Dataiku, Dss, get, path, post } from "../mod.ts";
import { inTurn, type Line, ratioOf, type Side, type Spent, spent } from "./measure.ts";
import type { Setting } from "./setting.ts";

const mebibyte = 2 ** 20;
const piece = new Uint8Array(65_536).fill(7);

/** As many mebibytes, piece by piece. */
const pieces = (mebibytes: number): ReadableStream<Uint8Array<ArrayBuffer>> => {
  let left = mebibytes * mebibyte / piece.length;
  return new ReadableStream({ pull: (controller) => left-- > 0 ? controller.enqueue(piece) : controller.close() });
};

type Way = (url: string, mebibytes: number) => Promise<void>;

const overOurs = (url: string, effect: Effect.Effect<unknown, unknown, Dss>): Promise<void> => {
  const layer = Dataiku.layer({ url, apiKey: Redacted.make("key") });
  return Effect.runPromise(Effect.asVoid(effect).pipe(Effect.provide(Layer.fresh(layer))));
};

/** Runs with a file that is gone afterwards. */
const withFile = async (use: (file: string) => Promise<void>): Promise<void> => {
  const folder = await Deno.makeTempDir();
  await use(`${folder}/download`).finally(() => Deno.remove(folder, { recursive: true }));
};

/** What is measured, each in a process of its own. */
const ways: Readonly<Record<string, Way>> = {
  down: (url, mebibytes) =>
    withFile((file) =>
      overOurs(
        url,
        Effect.flatMap(Dss, (dss) => saveToFile(dss.stream("X.download", get(path`/bytes/${mebibytes}`)), file)),
      )
    ),
  rawDown: (url, mebibytes) =>
    withFile(async (name) => {
      const { body } = await fetch(`${url}/dip/publicapi/bytes/${mebibytes}`);
      using file = await Deno.open(name, { write: true, create: true });
      await body!.pipeTo(file.writable, { preventClose: true });
      await file.sync();
    }),
  up: (url, mebibytes) => {
    const content = Stream.fromReadableStream({ evaluate: () => pieces(mebibytes), onError: (error) => error });
    const request = post(path`/upload`, { parts: [{ name: "file", content }] });
    return overOurs(url, Effect.flatMap(Dss, (dss) => dss.empty("X.upload", request)));
  },
  rawUp: async (url, mebibytes) => {
    const answer = await fetch(`${url}/dip/publicapi/upload`, { method: "POST", body: pieces(mebibytes) });
    await answer.text();
  },
};

/** What a process says of itself. */
interface Measured extends Spent {
  /** Most memory above that before, in bytes. */
  readonly grown: number;
}

const here = new URL("transfers.ts", import.meta.url).pathname;

const measured = async (way: string, url: string, mebibytes: number): Promise<Measured> => {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", here, way, url, `${mebibytes}`],
    stdin: "null",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${way} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
};

/** The lines of B5 and B6. */
export const transfers = async ({ rounds, share, url }: Setting): Promise<ReadonlyArray<Line>> => {
  const mebibytes = Math.max(16, Math.round(1024 * share));
  const few = Math.max(16, Math.round(mebibytes / 16));
  const lines: Array<Line> = [];
  for (const { id, what, own, raw, beside, atLeast } of directions) {
    const side = (way: string): Side => () => measured(way, url, mebibytes);
    // A speed: the time of the other over ours.
    const { ratio, cpu, first, second } = await inTurn(side(raw), side(own), Math.min(rounds, 9));
    const much = Math.max(...[await measured(own, url, mebibytes), await measured(own, url, mebibytes)].map(grown));
    const little = Math.max(...[await measured(own, url, few), await measured(own, url, few)].map(grown));
    const rate = (seconds: number): string => `${Math.round(mebibytes / seconds)} MiB/s`;
    lines.push(
      { id, what: `${what}, speed`, beside, ratio, cpu, target: { atLeast }, note: `${rate(second)}, ${rate(first)}` },
      {
        id,
        what: `${what}, growth of the memory`,
        beside: "32 MiB",
        ratio: ratioOf([much / 32]),
        target: { atMost: 1 },
        note: `${Math.round(much)} MiB for ${mebibytes} MiB, ${Math.round(little)} MiB for ${few} MiB`,
      },
    );
  }
  return lines;
};

const grown = ({ grown }: Measured): number => grown / mebibyte;

const directions = [
  { id: "B5", what: "1 GiB down into a file", own: "down", raw: "rawDown", beside: "fetch + pipeTo", atLeast: 0.85 },
  { id: "B6", what: "1 GiB up, multipart", own: "up", raw: "rawUp", beside: "fetch with a stream", atLeast: 0.8 },
] as const;

/** Measures one way in this process: after a small transfer, which loads what a first one loads. */
const main = async (name: string, url: string, mebibytes: number): Promise<void> => {
  const way = ways[name]!;
  await way(url, 8);
  const before = Deno.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => most = Math.max(most, Deno.memoryUsage().rss), 5);
  const took = await spent(() => way(url, mebibytes));
  clearInterval(watch);
  console.log(JSON.stringify({ ...took, grown: most - before } satisfies Measured));
};

if (import.meta.main) await main(Deno.args[0]!, Deno.args[1]!, Number(Deno.args[2]));
