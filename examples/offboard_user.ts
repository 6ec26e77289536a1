/**
 * Lets the scenarios that run as a user who leaves run as another one; only shows which ones they are, unless told to `--apply`.
 *
 * `deno run -A examples/offboard_user.ts maria etl SALES CHURN LOGISTICS --apply`
 *
 * Needs an administrator's key: only administrators choose who a scenario runs as.
 *
 * @module
 */
import process from "node:process";
import { Console, Effect } from "effect";
import { Scenarios, ScenarioSettings, setRunAs } from "@effect-dataiku/dss/scenarios";
import { dss, runMain } from "./program.ts";

const words = process.argv.slice(2);
const isApplied = words.includes("--apply");
const [leaver = "maria", heir = "etl", ...named] = words.filter((word) => word !== "--apply");
const projects = named.length === 0 ? ["SALES", "CHURN", "LOGISTICS"] : named;

const offboard = Effect.gen(function* () {
  const scenarios = yield* Scenarios;
  const all = yield* Effect.forEach(projects, (project) => scenarios.list(project), { concurrency: 4 });
  const reassigned = yield* Effect.forEach(all.flat(), ({ projectKey, id }) =>
    Effect.gen(function* () {
      const settings = yield* scenarios.settings(projectKey, id);
      if (ScenarioSettings.effectiveRunAs(settings) !== leaver) return [];
      if (isApplied) yield* scenarios.updateSettings(projectKey, id, setRunAs(heir));
      const why = settings.runAsUser === leaver ? "as its settings say" : "who changed it last";
      yield* Console.log(`${projectKey}.${id} ${isApplied ? "ran" : "runs"} as ${leaver} (${why})`);
      return [id];
    }), { concurrency: 8 });
  const count = reassigned.flat().length;
  yield* Console.log(
    isApplied ? `Run as ${heir} now: ${count}` : `Would run as ${heir}: ${count}; say --apply to change them`,
  );
});

runMain(Effect.provide(offboard, dss));
