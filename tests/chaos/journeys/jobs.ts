/**
 * Journeys with jobs.
 *
 * @module
 */
import { Effect, Fiber, Option, Stream } from "effect";
import {
  type AbortUncertain,
  buildJob,
  type ContactLost,
  type DssError,
  type JobFailed,
  type JobStatus,
  type TokenInvalid,
  type WaitTimedOut,
} from "../../../mod.ts";
import {
  type Claim,
  type Environment,
  failureOf,
  happens,
  type Journey,
  journey,
  oneOf,
  pauseUpTo,
  wasInterrupted,
} from "../environment.ts";

type RunError = DssError | JobFailed | ContactLost | WaitTimedOut;

const runErrors = { DssError: true, JobFailed: true, ContactLost: true, WaitTimedOut: true } as const;

/** A start was done once at most; a definite failure did nothing, and a lost answer names what came of it. */
const isStartedOnce = ({ dataset }: Environment): Claim => (over) => {
  const jobs = over.truth.jobs(dataset);
  if (jobs.length > 1) return `${jobs.length} jobs came of one start`;
  const failure = failureOf(over);
  if (failure?.method !== "Jobs.start") return undefined;
  const { reason } = failure;
  if (reason?._tag !== "OutcomeUnknown") return jobs.length === 0 ? undefined : "a start that failed started a job";
  const named = reason.candidates?.map(({ ids }) => ids[1]);
  return jobs.every(({ id }) => named === undefined || named.includes(id))
    ? undefined
    : "the candidates miss the job that was started";
};

/** What is told of the end is what happened. */
const endIsTrue = ({ dataset }: Environment): Claim => (over) => {
  const [job] = over.truth.jobs(dataset);
  const failure = failureOf(over);
  const told = over.exit._tag === "Success"
    ? over.exit.value as JobStatus
    : failure?._tag === "JobFailed"
    ? (failure as unknown as JobFailed).status
    : undefined;
  if (told === undefined) return undefined;
  const { baseStatus: { def, state } } = told;
  const expected = failure === undefined ? "DONE" : job?.state;
  return job?.id === def.id && job.state === state && state === expected
    ? undefined
    : `told that ${def.id} is ${state}, but ${job?.id} is ${job?.state}`;
};

/** Trouble with the connection does not end a wait otherwise than as a lost contact. */
const waitIsPatient: Claim = (over) => {
  const failure = failureOf(over);
  return failure?._tag === "DssError" && failure.method === "Jobs.attach" && failure.reason?.isRetryable === true
    ? `a passing failure ended the wait: ${failure.reason._tag}`
    : undefined;
};

/** A job that nobody has aborted is not aborted: only a restart does so, or somebody of whom the script tells. */
const isNotAborted = ({ dataset }: Environment): Claim => (over) => {
  const [job] = over.truth.jobs(dataset);
  const scripted = [...over.scriptedAborts].some((object) => object.startsWith("recipes/"));
  return job?.state !== "ABORTED" || over.restarts.length > 0 || scripted
    ? undefined
    : `${job.id} was aborted by nobody`;
};

/** What was interrupted runs no more, unless it could not be known or not be reached. */
const leavesNothingBehind = ({ dataset }: Environment): Claim => (over) => {
  if (over.interruptedAt === undefined || !wasInterrupted(over)) return undefined;
  const [job] = over.truth.jobs(dataset);
  if (job === undefined || over.shown.includes("OutcomeUnknown")) return undefined;
  if (/Interrupted, but not aborted/.test(over.shown)) return undefined;
  const ended = ["DONE", "FAILED", "ABORTED"].includes(job.state) && job.endTime <= over.endedAt;
  return ended ? undefined : `${job.id} went on after the interruption, to ${job.state}`;
};

const definitionOf = ({ dataset, chance }: Environment) =>
  buildJob(dataset.id, happens(chance, 0.3) ? { type: "RECURSIVE_FORCED_BUILD" } : {});

const begin = (environment: Environment): void => {
  environment.intend("POST", `/projects/${environment.dataset.projectKey}/jobs/`);
  for (const claim of [isStartedOnce(environment), endIsTrue(environment), waitIsPatient]) environment.claim(claim);
};

const runs = journey<RunError>("run a job", runErrors, (environment) => {
  begin(environment);
  environment.claim(leavesNothingBehind(environment));
  return environment.first.jobs.run(environment.dataset.projectKey, definitionOf(environment), environment.wait);
});

const handedOver = journey<RunError | TokenInvalid>(
  "hand a job over to another program",
  { ...runErrors, TokenInvalid: true },
  (environment) =>
    Effect.gen(function* () {
      begin(environment);
      environment.claim(isNotAborted(environment));
      const { chance, dataset, first, second, wait } = environment;
      const job = yield* first.jobs.start(dataset.projectKey, definitionOf(environment), wait);
      const kept = JSON.stringify(Option.getOrThrow(job.token));
      const states = Stream.take(job.states, 1 + Math.floor(chance.next() * 4));
      const watcher = yield* Effect.forkChild(Stream.runDrain(states));
      yield* pauseUpTo(30, environment);
      yield* Fiber.interrupt(watcher);
      const resumed = yield* second.jobs.resume(JSON.parse(kept), wait);
      return yield* resumed.result;
    }),
);

const aborted = journey<RunError | AbortUncertain>(
  "abort a job while two views watch it",
  { ...runErrors, AbortUncertain: true },
  (environment) =>
    Effect.gen(function* () {
      begin(environment);
      const { dataset, first, wait } = environment;
      const job = yield* first.jobs.start(dataset.projectKey, definitionOf(environment), wait);
      const aborting = Effect.delay(job.abort, Math.floor(environment.chance.next() * 20_000));
      const [status] = yield* Effect.all([job.result, Stream.runDrain(job.states), aborting], {
        concurrency: "unbounded",
      });
      return status;
    }),
);

const logFollowed = journey<RunError>("follow the log of a job", runErrors, (environment) =>
  Effect.gen(function* () {
    begin(environment);
    environment.claim(isNotAborted(environment));
    const { dataset, first, second, wait } = environment;
    const job = yield* first.jobs.start(dataset.projectKey, definitionOf(environment), wait);
    const program = oneOf(environment.chance, [first, second]);
    const lines: Array<string> = [];
    const following = Stream.runForEach(
      program.jobs.followLog(dataset.projectKey, job.jobId, wait),
      (line) => Effect.sync(() => void lines.push(line)),
    );
    // A log goes on for as long as its job does.
    const followed = yield* Effect.timeoutOption(following, wait.timeout ?? Infinity);
    environment.claim(({ truth }) =>
      Option.isNone(followed) || `${lines.join("\n")}\n` === truth.log(dataset.projectKey, job.jobId)
        ? undefined
        : "the lines of the log are not those of the log"
    );
    return yield* job.result;
  }));

/** All of them. */
export const jobJourneys: ReadonlyArray<Journey> = [runs, handedOver, aborted, logFollowed];
