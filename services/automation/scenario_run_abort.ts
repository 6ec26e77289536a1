/**
 * Aborting one scenario run and no other.
 *
 * @module
 * @internal
 */
import * as Clock from "effect/Clock";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import type { DssError } from "../../src/errors/dss_error.ts";
import { AbortUncertain } from "../../src/operation/operation.ts";
import type { ScenarioRunCalls } from "./scenario_run_calls.ts";
import type { ScenarioRunState } from "./scenario_run_state.ts";
import type { Token } from "../../src/errors/token.ts";

const method = "ScenarioRuns.abort";

/** How often the run is looked for, and the pause between. */
const looks = 30;
const pause = "1 second";

/** How long failures that may pass are lived through. */
const patience = Duration.minutes(1);

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
    /** What is in the way; `undefined` when nothing is left to abort. */
    const attempt = Effect.gen(function* () {
      const { isFinal, run } = yield* look;
      if (isFinal) return undefined;
      if (run === undefined) return "its trigger fire still waits, and may become a run later";
      const current = yield* calls.current(method, projectKey, scenarioId);
      if (current === undefined) return `DSS does not name ${run.runId} as the current run`;
      if (current.runId !== run.runId) return `the current run is ${current.runId}, not ${run.runId}`;
      yield* calls.abort(method, projectKey, scenarioId);
      return undefined;
    });
    const since = yield* Clock.monotonicTimeNanos;
    let obstacle: string | undefined = "";
    for (let looked = 0; looked < looks; looked++) {
      if (looked > 0) yield* Effect.sleep(pause);
      const tried = yield* Effect.result(attempt);
      if (Result.isSuccess(tried)) {
        obstacle = tried.success;
        if (obstacle === undefined) return;
        continue;
      }
      const { failure } = tried;
      const isLost = failure.reason._tag === "OutcomeUnknown";
      const lasted = Duration.nanos((yield* Clock.monotonicTimeNanos) - since);
      const isPatient = Duration.isLessThan(lasted, patience);
      if (!isLost && !(failure.isRetryable && isPatient)) return yield* Effect.fail(failure);
      // The next look tells whether it was aborted.
      obstacle = isLost ? "the answer to the abort was lost" : failure.message;
      if (!isPatient) break;
    }
    return yield* Effect.fail(new AbortUncertain({ token, detail: obstacle }));
  });
