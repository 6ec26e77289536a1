/**
 * Journeys with futures.
 *
 * @module
 */
import { Effect, Option, Stream } from "effect";
import type {
  AbortUncertain,
  ContactLost,
  DssError,
  FutureAborted,
  FutureFailed,
  FutureLost,
  FutureOperation,
  FutureState,
  TokenInvalid,
  WaitTimedOut,
} from "../../../mod.ts";
import type { SimulatedTask } from "../../../src/simulator/mod.ts";
import { type Claim, type Environment, failureOf, happens, type Journey, journey, pauseUpTo } from "../environment.ts";

type FollowError = DssError | FutureFailed | FutureAborted | FutureLost | ContactLost | WaitTimedOut;

const followErrors = {
  DssError: true,
  FutureFailed: true,
  FutureAborted: true,
  FutureLost: true,
  ContactLost: true,
  WaitTimedOut: true,
} as const;

/** What is told of the end is what happened. */
const endIsTrue = (task: SimulatedTask, id: string | undefined, mayBeAborted: boolean): Claim => (over) => {
  const { exit, truth } = over;
  const failure = failureOf(over);
  if (exit._tag === "Success") {
    if (task.failure !== undefined) return "a task that failed is told to have succeeded";
    return exit.value === task.result ? undefined : "the result is not that of the task";
  }
  if (failure?._tag === "FutureFailed" && task.failure === undefined) {
    return "a task that succeeded is told to have failed";
  }
  if (failure?._tag === "FutureAborted" && !mayBeAborted) return "a task that nobody aborted is told to be aborted";
  return failure?._tag === "FutureLost" && id !== undefined && truth.future(id) === "RUNNING"
    ? "a task that runs is told to be lost"
    : undefined;
};

/** The look that takes the result is made once by each operation. */
const isTakenOnce = (id: string | undefined, operations: number): Claim => ({ truth }) => {
  const takes =
    truth.received.filter(({ target, handled }) => handled && target === `/futures/${id}?peek=false`).length;
  return takes <= operations ? undefined : `the result was taken ${takes} times by ${operations} operations`;
};

/** Starts a task, of which DSS tells at once or later. */
const startTask = (environment: Environment, operations: number, mayBeAborted = false): Effect.Effect<FutureState> =>
  Effect.gen(function* () {
    const { chance, marker, simulator } = environment;
    const seconds = happens(chance, 0.1) ? 0 : Math.floor(chance.next() ** 3 * 1800);
    const task: SimulatedTask = {
      seconds,
      result: marker,
      ...(happens(chance, 0.2) ? { failure: `It failed: ${marker}` } : {}),
    };
    const answer: FutureState = yield* simulator.startTask(task);
    const id = answer.jobId ?? undefined;
    if (id !== undefined) environment.mayBeForgotten(id);
    environment.claim(endIsTrue(task, id, mayBeAborted));
    environment.claim(isTakenOnce(id, operations));
    return answer;
  });

const followed = journey<FollowError>("follow a future", followErrors, (environment) =>
  Effect.gen(function* () {
    const future = yield* environment.first.futures.follow(yield* startTask(environment, 1), environment.wait);
    return yield* future.result;
  }));

const twice = journey<FollowError>(
  "ask for the result of a future twice, and watch it",
  followErrors,
  (environment) =>
    Effect.gen(function* () {
      const future = yield* environment.first.futures.follow(yield* startTask(environment, 1), environment.wait);
      const later = Effect.andThen(pauseUpTo(60, environment), future.result);
      const [result] = yield* Effect.all([future.result, later, Stream.runDrain(future.states)], {
        concurrency: "unbounded",
      });
      return result;
    }),
);

const handedOver = journey<FollowError | TokenInvalid>(
  "hand a future over to another program",
  { ...followErrors, TokenInvalid: true },
  (environment) =>
    Effect.gen(function* () {
      const { first, second, wait } = environment;
      const future: FutureOperation<unknown> = yield* first.futures.follow(yield* startTask(environment, 1), wait);
      if (Option.isNone(future.token)) return yield* future.result;
      yield* Effect.andThen(future.state, pauseUpTo(30, environment));
      const resumed = yield* second.futures.resume(JSON.parse(JSON.stringify(future.token.value)), wait);
      return yield* resumed.result;
    }),
);

const aborted = journey<FollowError | AbortUncertain>(
  "abort a future",
  { ...followErrors, AbortUncertain: true },
  (environment) =>
    Effect.gen(function* () {
      const future = yield* environment.first.futures.follow(yield* startTask(environment, 1, true), environment.wait);
      const aborting = Effect.andThen(pauseUpTo(30, environment), future.abort);
      const [result] = yield* Effect.all([future.result, aborting], { concurrency: "unbounded" });
      return result;
    }),
);

/** All of them. */
export const futureJourneys: ReadonlyArray<Journey> = [followed, twice, handedOver, aborted];
