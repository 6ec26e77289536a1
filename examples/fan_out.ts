/**
 * Runs scenarios of a project beside each other; when one fails, the others are aborted. A summary tells what came of each.
 *
 * `deno run -A examples/fan_out.ts SALES TEST_SMOKE TEST_REVENUE LOAD_COUNTRY`
 *
 * @module
 */
import process from "node:process";
import { Console, Duration, Effect, Exit, Option } from "effect";
import { ScenarioRun, ScenarioRuns } from "@effect-dataiku/dss/scenario-runs";
import { dss, runMain } from "./program.ts";

const [project = "SALES", ...named] = process.argv.slice(2);
const scenarios = named.length > 0 ? named : ["TEST_SMOKE", "TEST_REVENUE", "LOAD_COUNTRY"];

/** What came of a run, in a few words. */
const wordsOf = (exit: Exit.Exit<ScenarioRun, { readonly message: string }>): string => {
  if (Exit.isSuccess(exit)) {
    const lasted = ScenarioRun.duration(exit.value) ?? Duration.zero;
    return `${ScenarioRun.outcome(exit.value)} after ${Duration.format(lasted)}`;
  }
  // A failure interrupts the other runs, and who interrupts a run aborts it.
  return Option.match(Exit.findErrorOption(exit), { onNone: () => "ABORTED", onSome: () => "FAILED" });
};

const fanOut = Effect.gen(function* () {
  const runs = yield* ScenarioRuns;
  const ends = new Map<string, string>();
  const summary = Effect.forEach(
    scenarios,
    (scenario) =>
      Console.log(`${scenario.padEnd(Math.max(...scenarios.map((name) => name.length)))}  ${ends.get(scenario)}`),
    { discard: true },
  );
  yield* Effect.forEach(
    scenarios,
    (scenario) =>
      Effect.onExit(runs.run(project, scenario), (exit) => Effect.sync(() => ends.set(scenario, wordsOf(exit)))),
    { concurrency: "unbounded" },
  ).pipe(Effect.ensuring(summary));
});

runMain(Effect.provide(fanOut, dss));
