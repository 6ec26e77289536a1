/**
 * Journeys with runs of scenarios.
 *
 * @module
 */
import { Effect, Fiber, Option, Stream } from "effect";
import type {
  AbortUncertain,
  ContactLost,
  DssError,
  RunScenarioOptions,
  ScenarioRun,
  ScenarioRunFailed,
  TokenInvalid,
  TriggerCancelled,
  WaitTimedOut,
} from "../../../mod.ts";
import {
  type Claim,
  type Environment,
  failureOf,
  happens,
  type Journey,
  journey,
  pauseUpTo,
  wasInterrupted,
} from "../environment.ts";

type RunError = DssError | ScenarioRunFailed | TriggerCancelled | ContactLost | WaitTimedOut;

const runErrors = {
  DssError: true,
  ScenarioRunFailed: true,
  TriggerCancelled: true,
  ContactLost: true,
  WaitTimedOut: true,
} as const;

/** A request was made once at most; a definite failure did nothing, and a correlation names the run that came of it. */
const isRequestedOnce = ({ scenario, marker }: Environment, correlated: boolean): Claim => (over) => {
  const { truth, endedAt } = over;
  const fires = truth.fires(scenario, marker);
  const runs = truth.runs(scenario, marker);
  if (fires.length > 1 || runs.length > 1) return `${fires.length} fires and ${runs.length} runs came of one request`;
  const failure = failureOf(over);
  if (failure?.method !== "ScenarioRuns.start") return undefined;
  const { reason } = failure;
  if (reason?._tag !== "OutcomeUnknown") return fires.length === 0 ? undefined : "a request that failed was made";
  const named = reason.candidates?.map(({ ids }) => ids[2]);
  if (named === undefined) return undefined;
  if (correlated && named.length > 1) return "a correlation does not tell one run from another";
  // Its id is its start: what began after DSS was asked was not there to be found.
  const asked = truth.received.find(({ at, target }) =>
    at >= endedAt - 10_000 &&
    target.startsWith(`/projects/${scenario.projectKey}/scenarios/${scenario.id}/get-last-runs`)
  );
  const missed = runs.find(({ runId }) => timeOf(runId) <= (asked?.at ?? 0) && !named.includes(runId));
  return missed === undefined ? undefined : `the candidates miss ${missed.runId}`;
};

/** The time that the id of a run says. */
const timeOf = (runId: string): number => {
  const [year, month, day, hour, minute, second, milli] = runId.split("-").map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second, milli);
};

/** What is told of the end is what happened. */
const endIsTrue = ({ scenario, marker }: Environment): Claim => (over) => {
  const [run] = over.truth.runs(scenario, marker);
  const failure = failureOf(over);
  if (failure?._tag === "TriggerCancelled") {
    return run === undefined ? undefined : `told that it was cancelled, but it ran as ${run.runId}`;
  }
  const told = over.exit._tag === "Success"
    ? over.exit.value as ScenarioRun
    : failure?._tag === "ScenarioRunFailed"
    ? (failure as unknown as ScenarioRunFailed).run
    : undefined;
  if (told === undefined) return undefined;
  const outcome = told.result?.outcome;
  const succeeded = outcome === "SUCCESS" || outcome === "WARNING";
  return run?.runId === told.runId && run.outcome === outcome && succeeded === (failure === undefined)
    ? undefined
    : `told that ${told.runId} ended as ${outcome}, but ${run?.runId} ended as ${run?.outcome}`;
};

/** Trouble with the connection does not end a wait otherwise than as a lost contact. */
const waitIsPatient: Claim = (over) => {
  const failure = failureOf(over);
  return failure?._tag === "DssError" && failure.method === "ScenarioRuns.attach" &&
      failure.reason?.isRetryable === true
    ? `a passing failure ended the wait: ${failure.reason._tag}`
    : undefined;
};

/** What was interrupted runs no more, unless it could not be known, not be reached, or was still waiting to run. */
const leavesNothingBehind = ({ scenario, marker }: Environment): Claim => (over) => {
  if (over.interruptedAt === undefined || !wasInterrupted(over)) return undefined;
  const [run] = over.truth.runs(scenario, marker);
  if (run === undefined || /OutcomeUnknown|Interrupted, but not aborted/.test(over.shown)) return undefined;
  // DSS takes a second from the abort to the end.
  const ended = run.outcome !== undefined && run.end <= over.endedAt + 1000;
  return ended ? undefined : `${run.runId} went on after the interruption, to ${run.outcome ?? "no end"}`;
};

const optionsOf = (environment: Environment): RunScenarioOptions => {
  const { chance, marker, wait } = environment;
  const correlation = happens(chance, 0.5);
  environment.intend("POST", `/projects/${environment.scenario.projectKey}/scenarios/${environment.scenario.id}/run`);
  for (const claim of [isRequestedOnce(environment, correlation), endIsTrue(environment)]) environment.claim(claim);
  return { ...wait, params: { marker }, correlation, steps: happens(chance, 0.3) };
};

const runs = journey<RunError>("run a scenario", runErrors, (environment) => {
  const { first, scenario } = environment;
  const options = optionsOf(environment);
  environment.claim(leavesNothingBehind(environment));
  environment.claim(waitIsPatient);
  return first.scenarioRuns.run(scenario.projectKey, scenario.id, options);
});

const handedOver = journey<RunError | TokenInvalid>(
  "hand a scenario run over to another program",
  { ...runErrors, TokenInvalid: true },
  (environment) =>
    Effect.gen(function* () {
      environment.claim(waitIsPatient);
      const { chance, first, scenario, second, wait } = environment;
      const operation = yield* first.scenarioRuns.start(scenario.projectKey, scenario.id, optionsOf(environment));
      const kept = JSON.stringify(Option.getOrThrow(operation.token));
      const states = Stream.take(operation.states, 1 + Math.floor(chance.next() * 4));
      const watcher = yield* Effect.forkChild(Stream.runDrain(states));
      yield* pauseUpTo(30, environment);
      yield* Fiber.interrupt(watcher);
      const resumed = yield* second.scenarioRuns.resume(JSON.parse(kept), wait);
      return yield* resumed.result;
    }),
);

const aborted = journey<RunError | AbortUncertain>(
  "abort a scenario run",
  { ...runErrors, AbortUncertain: true },
  (environment) =>
    Effect.gen(function* () {
      const { chance, first, scenario } = environment;
      const operation = yield* first.scenarioRuns.start(scenario.projectKey, scenario.id, optionsOf(environment));
      const aborting = Effect.delay(operation.abort, Math.floor(chance.next() * 20_000));
      const [run] = yield* Effect.all([operation.result, aborting], { concurrency: "unbounded" });
      return run;
    }),
  { aborts: true },
);

/** All of them. */
export const scenarioRunJourneys: ReadonlyArray<Journey> = [runs, handedOver, aborted];
