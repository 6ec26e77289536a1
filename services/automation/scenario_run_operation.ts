/**
 * Scenario runs as operations: from a trigger fire to its run, to the end of that.
 *
 * @module
 */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { type RunOutcome, ScenarioRun } from "../../schemas/automation/scenario_run.ts";
import type { ScenarioRunDetails } from "../../schemas/automation/scenario_run_details.ts";
import type { TriggerFire, TriggerFireHandle } from "../../schemas/automation/trigger_fire.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { makeOperation } from "../../src/operation/make_operation.ts";
import type { Operation } from "../../src/operation/operation.ts";
import { adaptivePolling } from "../../src/operation/polling.ts";
import { abortRun } from "./scenario_run_abort.ts";
import type { ScenarioRunCalls } from "./scenario_run_calls.ts";
import { type ScenarioRunEnd, ScenarioRunFailed, TriggerCancelled } from "./scenario_run_failed.ts";
import type { ScenarioWaitOptions, SuccessOptions } from "./scenario_run_options.ts";
import { type ScenarioRunState, stateOfDetails, stateOfFire, stateOfRun, stepCount } from "./scenario_run_state.ts";
import { type Token, tokenIds, type TokenInvalid } from "../../src/errors/token.ts";

/** A scenario run that is watched, awaited, aborted or resumed; its result is the run as it ended. */
export interface ScenarioRunOperation extends Operation<ScenarioRunState, ScenarioRun, ScenarioRunEnd> {
  /** Project of the scenario. */
  readonly projectKey: string;
  /** Id of the scenario. */
  readonly scenarioId: string;
}

/** Where a run is known from. */
interface Origin {
  readonly projectKey: string;
  readonly scenarioId: string;
  readonly token: Token;
  readonly initial?: ScenarioRunState;
  /** One look; what is known of the fire may be so old, in milliseconds. */
  readonly look: (oldest: number) => Effect.Effect<ScenarioRunState, DssError>;
}

const method = "ScenarioRuns.attach";

const polling = adaptivePolling();

/** A fire that waits is asked whether it was cancelled when the last answer is so old, in milliseconds. */
const fireAge = 5_000;

/** Tokens name a fire by four ids, or a run by three. */
const kind = "scenario-run";

/** @internal */
export const runToken = (calls: ScenarioRunCalls, ...ids: ReadonlyArray<string>): Token => ({
  kind,
  version: 1,
  dss: calls.instance,
  ids,
});

/** @internal Whether an outcome is a success. */
export const isSuccess = (outcome: RunOutcome | undefined, { warning }: SuccessOptions = {}): boolean =>
  outcome === "SUCCESS" || (outcome === "WARNING" && warning !== "failure");

/** Looks at runs with their steps. How many there are is asked once, when it is wanted and the run does not say it. */
const detailedLook = (calls: ScenarioRunCalls, projectKey: string, scenarioId: string, steps: boolean) => {
  let asked: { readonly total: number | undefined } | undefined;
  return Effect.fnUntraced(function* (runId: string) {
    const details = yield* calls.details(method, projectKey, scenarioId, runId);
    if (steps && asked === undefined && stepCount(details.scenarioRun.scenario) === undefined) {
      asked = { total: yield* calls.stepCount(method, projectKey, scenarioId) };
    }
    return stateOfDetails(details, asked?.total);
  });
};

const fireOrigin = (
  calls: ScenarioRunCalls,
  fire: TriggerFireHandle,
  steps: boolean,
  fired: TriggerFire | undefined,
): Effect.Effect<Origin> =>
  Effect.map(Clock.currentTimeMillis, (now) => {
    const { projectKey, scenarioId } = fire;
    let run: ScenarioRun | undefined;
    let seen = fired === undefined ? undefined : { fire: fired, at: now };
    const details = detailedLook(calls, projectKey, scenarioId, steps);
    const lookAtFire = Effect.fnUntraced(function* (oldest: number) {
      const now = yield* Clock.currentTimeMillis;
      if (seen === undefined || now - seen.at >= oldest) seen = { fire: yield* calls.fire(method, fire), at: now };
      return stateOfFire(seen.fire);
    });
    const lookForRun = Effect.fnUntraced(function* (oldest: number) {
      if (run !== undefined && steps) return yield* details(run.runId);
      const found = yield* calls.runOfFire(method, fire);
      run = found ?? run;
      if (run === undefined) return yield* lookAtFire(oldest);
      // A run that is gone did not turn into a waiting fire again: asked by its id, DSS says what became of it.
      return found === undefined || steps ? yield* details(run.runId) : stateOfRun(found);
    });
    return {
      projectKey,
      scenarioId,
      token: runToken(calls, projectKey, scenarioId, fire.trigger.id, fire.runId),
      ...(fired === undefined ? {} : { initial: stateOfFire(fired) }),
      look: (oldest) =>
        Effect.map(lookForRun(oldest), (state) =>
          state.run === undefined || seen === undefined ? state : { ...state, fire: seen.fire }),
    };
  });

const runOrigin = (
  calls: ScenarioRunCalls,
  projectKey: string,
  scenarioId: string,
  runId: string,
  steps: boolean,
): Origin => {
  const details = detailedLook(calls, projectKey, scenarioId, steps);
  return {
    projectKey,
    scenarioId,
    token: runToken(calls, projectKey, scenarioId, runId),
    look: () => details(runId),
  };
};

const makeFrom = (
  calls: ScenarioRunCalls,
  origin: Origin,
  options: ScenarioWaitOptions = {},
): Effect.Effect<ScenarioRunOperation> => {
  const { projectKey, scenarioId, token, initial, look } = origin;
  /** A failed run is told with its steps, when they can be read; that they cannot does not hide the end. */
  const failed = (run: ScenarioRun, details: ScenarioRunDetails | undefined) => {
    const told = (details: ScenarioRunDetails) =>
      Effect.fail(new ScenarioRunFailed({ token, ...calls.withoutSecrets({ run, details }) }));
    return details !== undefined ? told(details) : Effect.matchEffect(
      calls.details(method, projectKey, scenarioId, run.runId),
      {
        onFailure: (detailsError) =>
          Effect.fail(new ScenarioRunFailed({ token, run: calls.withoutSecrets(run), detailsError })),
        onSuccess: told,
      },
    );
  };
  const operation = makeOperation<ScenarioRunState, ScenarioRun, ScenarioRunEnd>({
    token: Option.some(token),
    ...(initial === undefined ? {} : { initial, isNew: true }),
    polling,
    look: look(fireAge),
    end: (state): Effect.Effect<ScenarioRun, ScenarioRunEnd> => {
      if (state.run === undefined) {
        return Effect.fail(new TriggerCancelled({ token, fire: calls.withoutSecrets(state.fire) }));
      }
      const { run, details } = state;
      return isSuccess(ScenarioRun.outcome(run), options) ? Effect.succeed(run) : failed(run, details);
    },
    abort: abortRun(calls, { projectKey, scenarioId, token, look: look(0) }),
  }, options);
  return Effect.map(operation, (operation) => ({ ...operation, projectKey, scenarioId }));
};

/** @internal The operation of a fire; `fired` is what DSS has just answered to the request. */
export const followFire = (
  calls: ScenarioRunCalls,
  fire: TriggerFireHandle,
  options?: ScenarioWaitOptions,
  fired?: TriggerFire,
): Effect.Effect<ScenarioRunOperation> =>
  Effect.flatMap(fireOrigin(calls, fire, options?.steps ?? false, fired), (origin) => makeFrom(calls, origin, options));

/** @internal The operation of a run known by its id. */
export const attachRun = (
  calls: ScenarioRunCalls,
  projectKey: string,
  scenarioId: string,
  runId: string,
  options?: ScenarioWaitOptions,
): Effect.Effect<ScenarioRunOperation> =>
  makeFrom(calls, runOrigin(calls, projectKey, scenarioId, runId, options?.steps ?? false), options);

/** @internal The operation that a token names. */
export const resumeRun = (
  calls: ScenarioRunCalls,
  token: unknown,
  options?: ScenarioWaitOptions,
): Effect.Effect<ScenarioRunOperation, TokenInvalid> =>
  tokenIds(kind, calls.instance, 4, token).pipe(
    Effect.catch((error) => Effect.mapError(tokenIds(kind, calls.instance, 3, token), () => error)),
    Effect.flatMap(([projectKey, scenarioId, id, fireId]) =>
      fireId === undefined ? attachRun(calls, projectKey!, scenarioId!, id!, options) : followFire(
        calls,
        { projectKey: projectKey!, scenarioId: scenarioId!, trigger: { id: id! }, runId: fireId },
        options,
      )
    ),
  );
