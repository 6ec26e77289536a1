/**
 * The metrics of all datasets of a project as a table, and what got worse since they were measured before.
 *
 * `deno run -A examples/metrics_report.ts SALES --compute --tolerance 10`
 *
 * `--compute` measures first. Worse is a number of rows, of files or of bytes that fell by more than the tolerance, in percent; the exit code
 * is 1 then, so that whoever runs it can act on it.
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { Console, Data, Effect } from "effect";
import { DatasetMetrics, Datasets, MetricValue, MetricValues } from "@effect-dataiku/dss";
import { dss, runMain } from "./program.ts";

class ReportEnd extends Data.Error<{ readonly message: string }> {}

/** A line of the table. */
interface Line {
  readonly dataset: string;
  readonly metric: string;
  readonly value: string;
  readonly before: string;
  readonly isWorse: boolean;
}

const grows = /^(records:COUNT_RECORDS|basic:(COUNT_FILES|SIZE))$/;

const linesOf = (projectKey: string, dataset: string, tolerance: number) =>
  Effect.gen(function* () {
    const metrics = yield* DatasetMetrics;
    const known = Object.entries(MetricValues.byId(yield* metrics.last(projectKey, dataset)));
    return yield* Effect.forEach(known, ([metric, value]) =>
      Effect.map(metrics.history(projectKey, dataset, metric), ({ values }): Line => {
        const dataType = typeof value === "string" ? "STRING" : "DOUBLE";
        const before = MetricValue.scalar({ value: values?.at(-2)?.value ?? null, dataType });
        const isWorse = grows.test(metric) && before !== undefined &&
          Number(value) < Number(before) * (1 - tolerance / 100);
        return { dataset, metric, value: String(value), before: String(before ?? ""), isWorse };
      }));
  });

const shown = (lines: ReadonlyArray<Line>): ReadonlyArray<string> => {
  const rows = [
    ["dataset", "metric", "value", "before", ""],
    ...lines.map(({ dataset, metric, value, before, isWorse }) => [
      dataset,
      metric,
      value,
      before,
      isWorse ? "worse" : "",
    ]),
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows.map((row) =>
    row.map((cell, at) => at === 2 || at === 3 ? cell.padStart(widths[at]!) : cell.padEnd(widths[at] ?? 0)).join("  ")
      .trimEnd()
  );
};

const report = Effect.gen(function* () {
  const { positionals: [projectKey], values } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { compute: { type: "boolean", default: false }, tolerance: { type: "string", default: "0" } },
  });
  const tolerance = /^\d{1,2}$/.test(values.tolerance) ? Number(values.tolerance) : undefined;
  if (projectKey === undefined || tolerance === undefined) {
    const message = projectKey === undefined
      ? "Say of which project, as SALES"
      : `--tolerance is "${values.tolerance}", expected a number of percent as 10`;
    return yield* Effect.fail(new ReportEnd({ message }));
  }
  const datasets = yield* (yield* Datasets).list(projectKey);
  const metrics = yield* DatasetMetrics;
  const lines = yield* Effect.forEach(datasets, ({ name }) =>
    Effect.andThen(
      values.compute ? metrics.compute(projectKey, name) : Effect.void,
      linesOf(projectKey, name, tolerance),
    ), { concurrency: 4 });
  for (const line of shown(lines.flat())) yield* Console.log(line);
  const worse = lines.flat().filter(({ isWorse }) => isWorse).length;
  if (worse > 0) return yield* Effect.fail(new ReportEnd({ message: `${worse} metrics of ${projectKey} got worse` }));
});

runMain(Effect.provide(report, dss));
