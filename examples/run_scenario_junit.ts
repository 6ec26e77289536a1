/**
 * A step of a pipeline: runs a scenario and keeps the JUnit report that DSS makes of a test scenario; exit code 1 when the run fails.
 *
 * `deno run -A examples/run_scenario_junit.ts SALES TEST_SMOKE report.xml country=FR`
 *
 * @module
 */
import { writeFile } from "node:fs/promises";
import process from "node:process";
import { Console, Data, Duration, Effect, Stream } from "effect";
import { withOperation } from "@effect-dataiku/dss/dss";
import { ScenarioRun, ScenarioRuns } from "@effect-dataiku/dss/scenario-runs";
import { dss, runMain } from "./program.ts";

const [project = "SALES", scenario = "TEST_SMOKE", file = "report.xml", ...pairs] = process.argv.slice(2);
const params = Object.fromEntries(pairs.map((pair) => {
  const [name = "", ...value] = pair.split("=");
  return [name, value.join("=")];
}));

class NotWritten extends Data.Error<{ readonly message: string }> {}

/** A failed run has a report too: it says which step failed. */
const keepReport = Effect.fn("keepReport")(function* (run: ScenarioRun) {
  if (run.scenario.markedAsTest !== true) {
    return yield* Console.log(`${scenario} is not marked as a test scenario, so DSS makes no report of it`);
  }
  const runs = yield* ScenarioRuns;
  const report = yield* Stream.mkUint8Array(runs.report(project, scenario, run.runId));
  yield* Effect.tryPromise({
    try: () => writeFile(file, report),
    catch: (error) => new NotWritten({ message: `The report cannot be written: ${error}` }),
  });
  yield* Console.log(`The report is in ${file}`);
});

const gate = Effect.gen(function* () {
  const runs = yield* ScenarioRuns;
  // Ctrl-C, or anything else that interrupts this, aborts the run.
  const run = yield* withOperation(
    runs.start(project, scenario, { params, warning: "failure" }),
    ({ states, result }) =>
      states.pipe(
        Stream.runForEach(({ phase, run }) => Console.log(run === undefined ? phase : `${phase}: run ${run.runId}`)),
        Effect.andThen(result),
      ),
  ).pipe(Effect.tapErrorTag("ScenarioRunFailed", ({ run }) => keepReport(run)));
  yield* keepReport(run);
  yield* Console.log(`${scenario} succeeded after ${Duration.format(ScenarioRun.duration(run) ?? Duration.zero)}`);
});

runMain(Effect.provide(gate, dss));
