/**
 * Runs a scenario and shows how it goes, with its steps, their jobs, and a long task beside it: `deno task demo`.
 *
 * It runs on an embedded DSS, or on the one that DKU_DSS_URL and DKU_API_KEY name. Ctrl-C aborts the run.
 *
 * @module
 */
import { Console, Effect, Option } from "effect";
import { Dss, Futures, ScenarioRun, type ScenarioRunOperation, ScenarioRuns, Scenarios } from "@effect-dataiku/dss";
import { withOperation } from "@effect-dataiku/dss/dss";
import { Simulator } from "@effect-dataiku/dss/simulator";
import { prepare } from "./demo/embedded.ts";
import { explain } from "./demo/failure.ts";
import { readOptions } from "./demo/options.ts";
import { rowsOf } from "./demo/picture.ts";
import { show } from "./demo/screen.ts";
import { table } from "./demo/table.ts";
import { watch } from "./demo/watch.ts";
import { duration } from "./demo/words.ts";
import { dss, isEmbedded, runMain } from "./program.ts";

/** A long task to watch: one that is started on the embedded DSS, else the first of ours that runs. */
const findTask = Effect.fn("findTask")(function* (fail: boolean) {
  const futures = yield* Futures;
  const simulator = yield* Effect.serviceOption(Simulator);
  if (Option.isSome(simulator)) return Option.some(yield* futures.follow(yield* prepare(simulator.value, fail)));
  // Who may run a scenario may not always see the tasks.
  const [running] = yield* Effect.catchReason(futures.list(), "DssError", "Forbidden", () => Effect.succeed([]));
  return running === undefined ? Option.none() : Option.some(yield* futures.follow(running));
});

const demo = Effect.gen(function* () {
  const { project, scenario, fail } = yield* readOptions;
  const { instance } = yield* Dss;
  const runs = yield* ScenarioRuns;
  const scenarios = yield* Scenarios;
  yield* Console.log(`Running ${project}.${scenario} on ${isEmbedded ? "an embedded DSS" : instance}\n`);

  // A wrong URL, key or scenario shows in a read as well, and more plainly than in a write.
  const settings = yield* scenarios.settings(project, scenario);
  const task = yield* findTask(fail);

  const watchToEnd = Effect.fn("watchToEnd")(
    function* (operation: ScenarioRunOperation) {
      const last = yield* show(watch(operation, settings, task));
      if (Option.isSome(last)) yield* Console.log(table(rowsOf(last.value)));
      return yield* operation.result; // the end is remembered: this asks DSS nothing
    },
    Effect.onInterrupt(() => Console.error("\nInterrupted: DSS is asked to abort the run")),
  );
  const run = yield* withOperation(runs.start(project, scenario, { steps: true }), watchToEnd).pipe(
    Effect.tapErrorTag("ScenarioRunFailed", explain),
  );
  yield* Console.log(`\nRun ${run.runId} ended as ${ScenarioRun.outcome(run)} after ${duration(run.start, run.end)}`);
});

runMain(Effect.provide(demo, dss));
