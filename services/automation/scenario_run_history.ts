/**
 * Finding runs in the history of a scenario, which DSS only gives from its newest run on.
 *
 * @module
 * @internal
 */
import * as DateTime from "effect/DateTime";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { ScenarioRun } from "../../schemas/automation/scenario_run.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { Invalid } from "../../src/errors/reasons.ts";
import type { ScenarioRunCalls } from "./scenario_run_calls.ts";

/** Most finished runs that are looked through. */
const deepest = 10_000;

/** The last runs that fit, newest first, at most `count`: looks further back until there are enough. */
export const lastRunsThat = (
  calls: ScenarioRunCalls,
  method: string,
  projectKey: string,
  scenarioId: string,
  count: number,
  first: number,
  fits: (run: ScenarioRun) => boolean,
): Effect.Effect<ReadonlyArray<ScenarioRun>, DssError> =>
  Effect.gen(function* () {
    for (let limit = first;; limit = Math.min(limit * 10, deepest)) {
      const runs = yield* calls.lastRuns(method, projectKey, scenarioId, limit, true);
      const found = runs.filter((run) => !ScenarioRun.isRunning(run) && fits(run)).slice(0, count);
      if (found.length === count || runs.length < limit || limit >= deepest) return found;
    }
  });

/** A day as DSS reads it. */
export const dayOf = (method: string, day: DateTime.DateTime.Input): Effect.Effect<string, DssError> =>
  Option.match(DateTime.make(day), {
    onNone: () =>
      Effect.fail(
        new DssError({ method, reason: new Invalid({ detail: `${JSON.stringify(day)} is not a day, as 2025-10-01` }) }),
      ),
    onSome: (time) => Effect.succeed(DateTime.formatIsoDate(time)),
  });
