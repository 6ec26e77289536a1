/**
 * Aborting one scenario run and no other.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import type { DssError } from "./dss_error.ts";
import { AbortUncertain } from "./operation.ts";
import type { ScenarioRunCalls } from "./scenario_run_calls.ts";
import type { ScenarioRunState } from "./scenario_run_state.ts";
import type { Token } from "./token.ts";

const method = "ScenarioRuns.abort";

/** How often the run is looked for, and the pause between. */
const looks = 30;
const pause = "1 second";

/** What is aborted. */
interface Aborted {
  readonly projectKey: string;
  readonly scenarioId: string;
  readonly token: Token;
  /** Where it stands. */
  readonly look: Effect.Effect<ScenarioRunState, DssError>;
}

/**
 * DSS can only abort what a scenario runs now. It is told to when that is certain to be this run: this one may still wait to become a run,
 * and another one may be going.
 */
export const abortRun = (
  calls: ScenarioRunCalls,
  { projectKey, scenarioId, token, look }: Aborted,
): Effect.Effect<void, DssError | AbortUncertain> =>
  Effect.gen(function* () {
    let obstacle = "";
    for (let looked = 0; looked < looks; looked++) {
      if (looked > 0) yield* Effect.sleep(pause);
      const { isFinal, run } = yield* look;
      if (isFinal) return;
      if (run === undefined) {
        obstacle = "its trigger fire still waits, and may become a run later";
        continue;
      }
      const current = yield* calls.current(method, projectKey, scenarioId);
      if (current?.runId !== run.runId) {
        obstacle = current === undefined
          ? `DSS does not name ${run.runId} as the current run`
          : `the current run is ${current.runId}, not ${run.runId}`;
        continue;
      }
      const sent = yield* Effect.result(calls.abort(method, projectKey, scenarioId));
      if (Result.isSuccess(sent)) return;
      if (sent.failure.reason._tag !== "OutcomeUnknown") return yield* Effect.fail(sent.failure);
      // The next look tells whether it was aborted.
      obstacle = "the answer to the abort was lost";
    }
    return yield* Effect.fail(new AbortUncertain({ token, detail: obstacle }));
  });
