/**
 * Extracts a query into a CSV file, with a progress count. The file has its name only when all rows are in it: a query that fails on its way
 * leaves none.
 *
 * `deno run -A examples/extract_sql.ts events.csv "SELECT * FROM events LIMIT 250000" pg_dwh`
 *
 * @module
 */
import { open, rename, rm } from "node:fs/promises";
import process from "node:process";
import { Console, Data, DateTime, Effect, Stream } from "effect";
import { Sql, SqlQuery, type SqlRow, type SqlValue } from "@effect-dataiku/dss/sql";
import { dss, runMain } from "./program.ts";

const [file, query = "SELECT * FROM events LIMIT 250000", connection = "pg_dwh"] = process.argv.slice(2);

class NoFile extends Data.Error<{ readonly message: string }> {}

class NotWritten extends Data.Error<{ readonly message: string }> {}

const attempt = <A>(what: () => Promise<A>): Effect.Effect<A, NotWritten> =>
  Effect.tryPromise({ try: what, catch: (cause) => new NotWritten({ message: `${file} is not written: ${cause}` }) });

const textOf = (value: SqlValue): string => DateTime.isDateTime(value) ? DateTime.formatIso(value) : String(value);

/** Nothing has no quotes, an empty text has. */
const cell = (value: SqlValue): string => {
  if (value === null) return "";
  const text = textOf(value);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const line = (row: SqlRow): string => `${row.map(cell).join(",")}\r\n`;

const extract = Effect.fn("extract")(function* (file: string) {
  const sql = yield* Sql;
  const part = `${file}.part`;
  const output = yield* Effect.acquireRelease(
    attempt(() => open(part, "w")),
    (output) => Effect.promise(() => output.close().then(() => rm(part, { force: true }))),
  );
  const started = yield* sql.start(query, { connection });
  // The header goes with the first rows: from its start on, a query is let go only by the end of its rows.
  let header = line(SqlQuery.columns(started).map(({ name }) => name));
  let count = 0;
  let told = 0;
  yield* sql.rows(started).pipe(
    Stream.chunks,
    Stream.runForEach(Effect.fnUntraced(function* (rows) {
      yield* attempt(() => output.writeFile(header + rows.map(line).join("")));
      header = "";
      count += rows.length;
      if (count - told < 100_000) return;
      told = count;
      yield* Console.log(`${count} rows so far`);
    })),
  );
  yield* attempt(() => output.writeFile(header).then(() => output.sync()).then(() => rename(part, file)));
  yield* Console.log(`${count} rows of ${connection} are in ${file}`);
});

runMain(
  file === undefined
    ? Effect.fail(new NoFile({ message: "Name the file to write" }))
    : Effect.provide(Effect.scoped(extract(file)), dss),
);
