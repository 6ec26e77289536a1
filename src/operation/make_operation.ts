/**
 * Making operations: looks shared by their views, ends remembered, outages absorbed.
 *
 * @module
 * @internal
 */
import * as Clock from "effect/Clock";
import * as DateTime from "effect/DateTime";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Option from "effect/Option";
import * as Result from "effect/Result";
import * as Schedule from "effect/Schedule";
import * as Semaphore from "effect/Semaphore";
import * as Stream from "effect/Stream";
import { DssError } from "../errors/dss_error.ts";
import { measureWait } from "../transport/metrics.ts";
import { type AbortUncertain, ContactLost, type Operation, type OperationState, WaitTimedOut } from "./operation.ts";
import type { WaitOptions } from "./operation.ts";
import { Polling, type PollingSchedule } from "./polling.ts";
import type { Token } from "../errors/token.ts";

/** What a family of operations says of itself. */
export interface OperationSpec<State extends OperationState, A, E> {
  readonly token: Option.Option<Token>;
  /** The state that the start already told. */
  readonly initial?: State;
  /** Whether it was started here, a moment ago: it is no older than its handle then, whatever the clock of DSS says. */
  readonly isNew?: boolean;
  /** Asks DSS. */
  readonly look: Effect.Effect<State, DssError>;
  /** What a final state means; it is run once, and not interrupted. */
  readonly end: (state: State) => Effect.Effect<A, DssError | E>;
  readonly abort: Effect.Effect<void, DssError | AbortUncertain>;
  /** A state as errors show it; by default as it is. */
  readonly withoutSecrets?: (state: State) => State;
  /** The family's own schedule of looks. */
  readonly polling: PollingSchedule;
}

/** Pause between two looks while there is no contact. */
const outagePause = Duration.seconds(5);

/** Pause between two looks when the user's schedule has ended. */
const pauseAfterSchedule = Duration.seconds(15);

/** A handle that also tells of looks that saw no change. */
export interface WatchedOperation<State extends OperationState, A, E> extends Operation<State, A, E> {
  readonly looks: Stream.Stream<State, DssError | ContactLost>;
}

/** Makes a handle. */
export const makeOperation = <State extends OperationState, A, E>(
  spec: OperationSpec<State, A, E>,
  options: WaitOptions = {},
): Effect.Effect<WatchedOperation<State, A, E>> =>
  Effect.map(Clock.currentTimeMillis, (madeAt) => {
    const lock = Semaphore.makeUnsafe(1);
    const outageBudget = Duration.fromInputUnsafe(options.outageBudget ?? "10 minutes");
    const token = Option.match(spec.token, { onNone: () => ({}), onSome: (token) => ({ token }) });
    let last = spec.initial;
    /** Grows with each look, so that a view can tell whether somebody looked since it did. */
    let looks = last === undefined ? 0 : 1;
    let ended: Exit.Exit<A, DssError | E> | undefined;

    /** A state with its start on our own clock, where that is known. */
    const onOurClock = (state: State): OperationState =>
      spec.isNew === true && state.startedAt !== undefined && DateTime.toEpochMillis(state.startedAt) < madeAt
        ? { ...state, startedAt: DateTime.makeUnsafe(madeAt) }
        : state;

    const named = <E2>(error: E2): E2 => error instanceof DssError ? new DssError({ ...error, ...token }) as E2 : error;

    /** A state newer than the one seen: another view's, or a look of our own. */
    const lookAfter = (seen: number): Effect.Effect<readonly [State, number], DssError> =>
      lock.withPermit(Effect.suspend(() => {
        if (last !== undefined && (looks > seen || last.isFinal)) return Effect.succeed([last, looks] as const);
        return Effect.map(spec.look, (state) => {
          last = state;
          looks += 1;
          return [state, looks] as const;
        });
      })).pipe(Effect.mapError(named));

    /** As {@linkcode lookAfter}, through times in which DSS does not answer. */
    const lookThroughOutages = Effect.fnUntraced(function* (seen: number) {
      // The wall clock jumps, for example when a laptop sleeps: an outage is time in which we looked.
      const since = yield* Clock.monotonicTimeNanos;
      for (let failed = 1;; failed++) {
        const found = yield* Effect.result(lookAfter(seen));
        if (Result.isSuccess(found)) return found.success;
        if (!found.failure.isRetryable) return yield* Effect.fail(found.failure);
        const lasted = Duration.nanos((yield* Clock.monotonicTimeNanos) - since);
        if (failed > 1 && Duration.isGreaterThanOrEqualTo(lasted, outageBudget)) {
          return yield* Effect.fail(new ContactLost({ ...token, lasted, cause: found.failure }));
        }
        yield* Effect.sleep(outagePause);
      }
    });

    const seenStates = Stream.unwrap(Effect.gen(function* () {
      const polling = options.polling ?? (yield* Polling) ?? spec.polling;
      const pauseAfter = yield* Schedule.toStepWithSleep(polling);
      type View = { readonly seen: number; readonly state?: State };
      // What the start told a moment ago is as good as a look; what an earlier view saw is not.
      const fresh = spec.initial !== undefined && looks === 1 && (yield* Clock.currentTimeMillis) - madeAt < 1000;
      return Stream.unfold({ seen: fresh ? 0 : looks } as View, ({ seen, state }) =>
        Effect.gen(function* () {
          if (state?.isFinal === true) return undefined;
          if (state !== undefined) {
            yield* pauseAfter(onOurClock(state)).pipe( // A schedule that ends does not end the task.
              Effect.catchTag("Done", () => Effect.sleep(pauseAfterSchedule)),
            );
          }
          const [next, look] = yield* lookThroughOutages(seen);
          return [next, { seen: look, state: next }] as const;
        }));
    }));
    const states = Stream.changes(seenStates);

    /** The end is taken once: the look that consumes a future must not be cut in two, or sent twice. */
    const takeEnd = (state: State): Effect.Effect<A, DssError | E> =>
      lock.withPermit(Effect.uninterruptible(Effect.suspend(() => {
        if (ended !== undefined) return ended;
        return Effect.flatMap(Effect.exit(Effect.mapError(spec.end(state), named)), (exit) => {
          const failure = Exit.findErrorOption(exit);
          const passing = Option.isSome(failure) && failure.value instanceof DssError && failure.value.isRetryable;
          if (!passing) ended = exit;
          return exit;
        });
      })));

    const kind = Option.match(spec.token, { onNone: () => "none", onSome: ({ kind }) => kind });
    const result = measureWait(
      kind,
      Effect.suspend(() =>
        ended ?? Effect.flatMap(Stream.runLast(states), (state) => takeEnd(Option.getOrThrow(state)))
      ),
    );
    const { timeout } = options;
    return {
      token: spec.token,
      state: Effect.suspend(() => Effect.map(lookAfter(looks), ([state]) => state)),
      states,
      looks: seenStates,
      result: timeout === undefined ? result : Effect.timeoutOrElse(result, {
        duration: timeout,
        orElse: () =>
          Effect.fail(
            new WaitTimedOut({
              ...token,
              after: Duration.fromInputUnsafe(timeout),
              ...(last === undefined ? {} : { last: spec.withoutSecrets?.(last) ?? last }),
            }),
          ),
      }),
      abort: Effect.mapError(spec.abort, named),
    };
  });

/**
 * Starts an operation, uses it, and aborts it when interrupted, at whatever point: for programs that watch what they run.
 *
 * The start itself decides where it can be interrupted: while it waits, but not on the wire. An abort that fails is logged as a warning.
 *
 * @param start Starts it, as `jobs.start(…)`.
 * @param use What is done with it, as watching its `states`.
 */
export function withOperation<O extends Operation<OperationState, unknown, unknown>, E2, R2, B, E3, R3>(
  start: Effect.Effect<O, E2, R2>,
  use: (operation: O) => Effect.Effect<B, E3, R3>,
): Effect.Effect<B, E2 | E3, R2 | R3> {
  return Effect.uninterruptibleMask((restore) =>
    Effect.flatMap(
      start,
      (operation) =>
        Effect.onInterrupt(restore(use(operation)), () =>
          Effect.catch(operation.abort, (error) =>
            Effect.logWarning(`Interrupted, but not aborted: ${error.message}`))),
    )
  );
}

/** @internal Starts, waits, and aborts when interrupted. */
export const runOperation = <State extends OperationState, A, E, E2>(
  start: Effect.Effect<Operation<State, A, E>, E2>,
): Effect.Effect<A, DssError | ContactLost | WaitTimedOut | E | E2> =>
  withOperation(start, (operation) => operation.result);
