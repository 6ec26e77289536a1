/**
 * Writes the rows of a dataset into a file of JSON lines, with a progress count. The file has its name only when all rows are in it.
 *
 * `deno run -A examples/export_rows.ts orders.ndjson SALES.orders_raw --filter "amount > 500 && is_paid == true"`
 *
 * `--columns order_id,amount` takes some columns, `--limit 1000` the first rows, `--partitions 2025-03-01` some partitions.
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { Console, Data, Effect, Stream } from "effect";
import { DatasetRows } from "@effect-dataiku/dss/dataset-rows";
import { saveToFile } from "@effect-dataiku/dss/files";
import { dss, runMain } from "./program.ts";

class NothingToDo extends Data.Error<{ readonly message: string }> {}

const { positionals, values } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    filter: { type: "string" },
    columns: { type: "string" },
    partitions: { type: "string" },
    limit: { type: "string" },
  },
});

/** So many rows are written between two words about it. */
const step = 100_000;

/** Tells how many lines have gone by. */
const telling = <E, R>(bytes: Stream.Stream<Uint8Array, E, R>, told: (count: number) => void) => {
  let count = 0;
  return Stream.tap(bytes, (piece) => {
    const before = count;
    for (const byte of piece) if (byte === 10) count++;
    told(count);
    return Math.floor(before / step) < Math.floor(count / step) ? Console.log(`${count} rows so far`) : Effect.void;
  });
};

const program = Effect.gen(function* () {
  const [file, dataset = "SALES.orders_raw"] = positionals;
  const [projectKey, name] = dataset.split(".");
  if (file === undefined || projectKey === undefined || name === undefined) {
    return yield* Effect.fail(new NothingToDo({ message: "Name a file to write, and a dataset as SALES.orders_raw" }));
  }
  const { filter, columns, partitions, limit } = values;
  const bytes = (yield* DatasetRows).export(projectKey, name, "ndjson", {
    ...(filter === undefined ? {} : { filter }),
    ...(columns === undefined ? {} : { columns: columns.split(",") }),
    ...(partitions === undefined ? {} : { partitions: partitions.split(",") }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
  });
  let rows = 0;
  const size = yield* saveToFile(telling(bytes, (count) => void (rows = count)), file);
  yield* Console.log(`${rows} rows of ${dataset} are in ${file} (${size} bytes)`);
});

runMain(Effect.provide(program, dss));
