/**
 * B15: rows of a dataset with five typed columns, and the memory that a million of them takes.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { Effect, Layer, Redacted, Stream } from "effect";
import { Dataiku, DatasetRows } from "../mod.ts";
import { inTurn, type Line, ratioOf, type Side } from "./measure.ts";
import type { Setting } from "./setting.ts";

const perAnswer = 100_000;
const million = 1_000_000;

/** Reads all rows of the dataset of the server. */
const readAll = (count: number): Effect.Effect<void, unknown, DatasetRows> =>
  Effect.gen(function* () {
    const rows = (yield* DatasetRows).read("P", "D", count === perAnswer ? {} : { limit: count });
    const got = yield* Stream.runCount(rows);
    if (got !== count) throw new Error(`${got} rows instead of ${count}`);
  });

/** The same cells, as texts: nothing is looked at but tabs and the ends of lines. */
const splitAll = (url: string): Side => async () => {
  const { body } = await fetch(`${url}/dip/publicapi/projects/P/datasets/D/data/`);
  let rest = "";
  let cells = 0;
  for await (const text of body!.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) cells += line.split("\t").length;
  }
  if (cells !== 5 * perAnswer) throw new Error(`${cells} cells instead of ${5 * perAnswer}`);
};

const mebibyte = 2 ** 20;
const here = new URL("dataset_rows.ts", import.meta.url).pathname;

/** Mebibytes that the memory of a process of its own grows by, while it reads so many rows. */
const grown = async (url: string, count: number): Promise<number> => {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", here, url, `${count}`],
    stdin: "null",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${count} rows were not read`);
  return Number(new TextDecoder().decode(stdout)) / mebibyte;
};

/** The lines of B15. */
export const datasetRows = async ({ rounds, share, url, ours, official }: Setting): Promise<ReadonlyArray<Line>> => {
  const what = "rows of a dataset, five typed columns, a second";
  const read: Side = () => ours(readAll(perAnswer));
  const bare = await inTurn(splitAll(url), read, Math.max(3, Math.round(rounds * share)));
  const speed = (seconds: number): string => `${Math.round(perAnswer / seconds / 1000)} thousand/s`;
  const lines: Array<Line> = [{
    id: "B15",
    what,
    beside: "a split without types",
    ratio: bare.ratio,
    target: { atLeast: 0.5 },
    note: `${speed(bare.second)}, ${speed(bare.first)}`,
  }];
  if (official !== undefined) {
    // One answer takes the official client seconds: a few rounds say enough at this distance.
    const side: Side = () => official.measure("dataset_rows", 1);
    const { ratio, first, second } = await inTurn(side, read, Math.max(3, Math.round(7 * share)));
    const target = { atLeast: 15 };
    lines.push({
      id: "B15",
      what,
      beside: "dataikuapi's iter_rows",
      ratio,
      target,
      note: `${speed(second)}, ${speed(first)}`,
    });
  }
  const [little, much] = [await grown(url, perAnswer), await grown(url, million)];
  return [...lines, {
    id: "B15",
    what: "a million rows of a dataset, growth of the memory",
    beside: "128 MiB",
    ratio: ratioOf([much / 128]),
    target: { atMost: 1 },
    note: `${Math.round(much)} MiB for a million rows, ${Math.round(little)} MiB for ${perAnswer}`,
  }];
};

/** Measures this process, after a first read has loaded what it loads. */
const main = (url: string, count: number): Promise<void> => {
  const layer = Dataiku.layer({ url, apiKey: Redacted.make("key") });
  return Effect.runPromise(Effect.provide(
    Effect.gen(function* () {
      yield* readAll(perAnswer);
      const before = Deno.memoryUsage().rss;
      let most = before;
      const watch = setInterval(() => most = Math.max(most, Deno.memoryUsage().rss), 5);
      yield* readAll(count);
      clearInterval(watch);
      console.log(Math.max(most, Deno.memoryUsage().rss) - before);
    }),
    Layer.fresh(layer),
  ) as Effect.Effect<void>);
};

if (import.meta.main) await main(Deno.args[0]!, Number(Deno.args[1]));
