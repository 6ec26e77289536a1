/**
 * Compares what we send with what is recorded of the official client, area by area. Fails when anything differs or is missing.
 *
 * @module
 */
import { Console, Effect } from "effect";
import { type AreaReport, wireReport } from "./harness/report.ts";

const columns = ["area", "methods", "cases", "equal", "by rule", "missing", "undecoded"];

const count = (all: ReadonlyArray<string>): string =>
  [...Map.groupBy(all, (one) => one)].map(([one, those]) => `${one} ${those.length}`).join(", ");

const row = ({ area, recorded, methods, results, missing, isCovered }: AreaReport): ReadonlyArray<string> => {
  const same = results.filter(({ differences }) => differences.length === 0);
  const byRule = same.filter(({ rules }) => rules.length > 0);
  const rules = count(byRule.flatMap(({ rules }) => rules));
  return [
    area,
    isCovered ? `${recorded}` : `${Object.keys(methods).length} of ${recorded}`,
    `${results.length}`,
    `${same.length - byRule.length}`,
    rules === "" ? "0" : `${byRule.length} (${rules})`,
    `${missing.length}`,
    `${results.filter(({ isUndecoded }) => isUndecoded).length}`,
  ];
};

const table = (rows: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at]!)).join("  ").trimEnd());
};

const main = Effect.gen(function* () {
  const { areas, strays } = yield* wireReport;
  const begun = areas.filter(({ isCovered, results }) => isCovered || results.length > 0);
  const results = begun.flatMap((area) => area.results);
  const failed = results.filter(({ differences }) => differences.length > 0);
  for (const text of table([columns, ...begun.map(row)])) yield* Console.log(text);
  for (const { method, call, differences } of failed) {
    yield* Console.log(`\n${method}: ${call}\n${differences.join("\n").replaceAll(/^/gm, "  ")}`);
  }
  const faults = [...begun.flatMap(({ missing }) => missing.map((method) => `${method} is missing`)), ...strays];
  for (const fault of faults) yield* Console.log(`\n${fault}`);
  yield* Console.log(`\n${results.length - failed.length} passed, ${failed.length + faults.length} failed`);
  return failed.length + faults.length === 0;
});

if (!await Effect.runPromise(main)) Deno.exitCode = 1;
