/**
 * Reports the runs of scenarios that failed in the last days, in all projects, each with the step that failed and why.
 *
 * `deno run -A examples/weekly_report.ts --days 7`
 *
 * The exit code is 1 when something failed, so that whoever runs it can act on it.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { Console, Data, DateTime, Effect } from "effect";
import { Projects, ScenarioRun, ScenarioRunDetails, ScenarioRuns, Scenarios } from "@effect-dataiku/dss";
import { dss, runMain } from "./program.ts";

class ReportEnd extends Data.Error<{ readonly message: string }> {}

const { values } = parseArgs({ options: { days: { type: "string", default: "7" } } });

const failedRuns = (projectKey: string, since: number) =>
  Effect.gen(function* () {
    const [scenarios, runs] = [yield* Scenarios, yield* ScenarioRuns];
    const lists = yield* Effect.forEach(
      yield* scenarios.list(projectKey),
      ({ id }) => Effect.map(runs.list(projectKey, id, { limit: 200, onlyFinished: true }), (all) => ({ id, all })),
      { concurrency: 4 },
    );
    const failed = lists.flatMap(({ id, all }) =>
      all.filter((run) => run.start >= since && ScenarioRun.outcome(run) === "FAILED").map((run) => ({ id, run }))
    );
    return yield* Effect.forEach(failed, ({ id, run }) =>
      Effect.map(runs.get(projectKey, id, run.runId), (details) => {
        const error = ScenarioRunDetails.firstError(details);
        const why = `${error?.step?.name ?? "the scenario"}: ${error?.thrown?.message ?? "DSS does not say why"}`;
        return `${new Date(run.start).toISOString().slice(0, 16)}  ${projectKey}.${id}  ${why}`;
      }), { concurrency: 4 });
  });

const report = Effect.gen(function* () {
  const days = /^[1-9]\d{0,3}$/.test(values.days) ? Number(values.days) : undefined;
  if (days === undefined) {
    return yield* Effect.fail(new ReportEnd({ message: `--days is "${values.days}", expected a number of days as 7` }));
  }
  const since = DateTime.toEpochMillis(DateTime.subtract(yield* DateTime.now, { days }));
  const keys = yield* (yield* Projects).keys();
  const lines = (yield* Effect.forEach(keys, (key) => failedRuns(key, since))).flat().sort();
  for (const line of lines) yield* Console.log(line);
  const summary = `${lines.length} failed runs in ${keys.length} projects in the last ${days} days`;
  if (lines.length > 0) return yield* Effect.fail(new ReportEnd({ message: summary }));
  yield* Console.log(summary);
});

runMain(Effect.provide(report, dss));
