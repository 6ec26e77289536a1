/**
 * Futures as operations, for every service whose calls DSS answers with one.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type * as Schema from "effect/Schema";
import { FutureState } from "./future_state.ts";
import { decodeValue } from "../transport/answer.ts";
import type { Dss } from "../connection/dss.ts";
import { DssError } from "../errors/dss_error.ts";
import { errorMessages, failureMessages } from "./failure_messages.ts";
import { FutureAborted, type FutureEnd, FutureFailed, FutureLost } from "./future_failure.ts";
import { makeOperation } from "./make_operation.ts";
import type { Operation, OperationState, Progress, WaitOptions } from "./operation.ts";
import { adaptivePolling } from "./polling.ts";
import type { DssErrorReason } from "../errors/reasons.ts";
import type { InfoMessages } from "../json/info_messages.ts";
import { del, type DssRequest, get, path } from "../transport/request.ts";
import { hidingThoseOf } from "../transport/request_secrets.ts";
import { isLost, saysNothing } from "../transport/retry.ts";
import type { Token } from "../errors/token.ts";

/** Where a future stands; its phases are those of `FutureState.phase`, and `FAILED` when DSS answers a failure instead of a state. */
export interface FutureOperationState extends OperationState {
  /** What DSS said. */
  readonly future: FutureState;
  /** What DSS answered instead of a state. */
  readonly failure?: DssErrorReason;
}

/** A future that ends with a result `A`. */
export type FutureOperation<A> = Operation<FutureOperationState, A, FutureEnd>;

/** @internal What a service says of the futures that it starts. */
export interface FutureOperationSpec<A> {
  /** The method that started it, for errors. */
  readonly method: string;
  /** What DSS answered to the start, or just the id of the future. */
  readonly future: FutureState | string;
  /** Whether it was started a moment ago. */
  readonly isNew?: boolean;
  /** The request that started it: no failure shows a secret of it. */
  readonly startedBy?: DssRequest;
  /** Schema of the result. */
  readonly result: Schema.Codec<A, unknown>;
  /** Whether messages of errors are what was asked for, as those of a check, and no failure of the work. */
  readonly areMessagesResult?: boolean;
  /** What a result says of a failure besides its messages; `undefined` when it is none. */
  readonly failed?: (result: A) => string | undefined;
  /** Asks the resource itself, when DSS has forgotten the future: its result, or none when the resource cannot tell. */
  readonly forgotten?: Effect.Effect<Option.Option<A>, DssError | FutureFailed>;
  /** Names the operation; by default the future itself. */
  readonly token?: Token;
}

/** @internal Kind of the tokens of futures. */
export const futureKind = "future";

/** Futures are forgotten soon after their end: a longer pause would miss it. */
const polling = adaptivePolling({ longest: "5 seconds" });

/** `progress` is not documented: what looks like a counter is taken as one. */
const progressOf = (progress: unknown): Progress | undefined => {
  const states: unknown = (progress as { readonly states?: unknown } | null | undefined)?.states;
  const counters = Array.isArray(states) ? states : [];
  const last = counters.findLast((state) =>
    typeof state?.cur === "number" && typeof state?.target === "number" && state.target > 0
  );
  return last === undefined ? undefined : { done: Math.min(last.cur, last.target), total: last.target };
};

const stateOf = (future: FutureState): FutureOperationState => {
  const phase = FutureState.phase(future);
  const startedAt = FutureState.startedAt(future);
  const progress = progressOf(future.progress);
  return {
    phase,
    isFinal: phase !== "RUNNING",
    future,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(progress === undefined ? {} : { progress }),
  };
};

/** A task that failed answers its failure to every look: DSS's own class of it tells it from the trouble of a server. */
const isFailureOfTask = (reason: DssErrorReason): boolean => {
  switch (reason._tag) {
    case "NotFound":
      return reason.status !== 404;
    case "ServerFailure":
    case "Invalid":
    case "Conflict":
      return reason.errorType !== undefined;
    default:
      return false;
  }
};

/** @internal Makes the operation that an answer of DSS stands for. */
export const makeFutureOperation = <A>(
  dss: Dss,
  spec: FutureOperationSpec<A>,
  options?: WaitOptions,
): Effect.Effect<FutureOperation<A>> => {
  const { method, future: origin, isNew = false, startedBy, result, areMessagesResult = false, failed, forgotten } =
    spec;
  const answer = typeof origin === "string" ? undefined : origin;
  const id = typeof origin === "string" ? origin : origin.jobId ?? undefined;
  const token = spec.token ??
    (id === undefined ? undefined : { kind: futureKind, version: 1, dss: dss.instance, ids: [id] } as const);
  const named = token === undefined ? {} : { token };
  const hidingMore = hidingThoseOf(startedBy);
  const request = (peek: boolean) => hidingMore(get(path`/futures/${id ?? ""}`, { query: { peek }, repeatable: peek }));
  const failure = (messages: InfoMessages, result: unknown): FutureFailed =>
    new FutureFailed({ ...named, ...dss.withoutSecrets({ messages, result }, startedBy) });

  const finish = (value: unknown): Effect.Effect<A, DssError | FutureFailed> => {
    const messages = areMessagesResult ? undefined : failureMessages(value);
    if (messages !== undefined) return Effect.fail(failure(messages, value));
    const decoded = Effect.mapError(
      decodeValue(value, result, "result"),
      (reason) => new DssError({ method, reason, ...named }),
    );
    if (failed === undefined) return decoded;
    return Effect.flatMap(decoded, (result) => {
      const said = failed(result);
      return said === undefined ? Effect.succeed(result) : Effect.fail(failure(errorMessages(said), value));
    });
  };
  const lost = (finished: boolean): Effect.Effect<A, DssError | FutureFailed | FutureLost> =>
    Effect.flatMap(
      forgotten ?? Effect.succeedNone,
      Option.match({ onNone: () => Effect.fail(new FutureLost({ ...named, finished })), onSome: Effect.succeed }),
    );
  /** The one look that gives the result, and makes DSS forget it. */
  const consume = (finished: boolean): Effect.Effect<A, DssError | FutureEnd> =>
    Effect.matchEffect(dss.json(method, request(false), FutureState), {
      onFailure: (error): Effect.Effect<A, DssError | FutureEnd> => {
        if (isLost(error.reason) || saysNothing(error.reason)) return lost(finished);
        return isFailureOfTask(error.reason)
          ? Effect.fail(new FutureFailed({ ...named, reason: error.reason }))
          : Effect.fail(error);
      },
      onSuccess: (state): Effect.Effect<A, DssError | FutureEnd> => {
        if (state.hasResult === true) return finish(state.result);
        return state.unknown === true || state.alive === true ? lost(finished) : Effect.fail(new FutureAborted(named));
      },
    });

  return makeOperation<FutureOperationState, A, FutureEnd>({
    token: Option.fromUndefinedOr(token),
    ...(answer === undefined ? {} : { initial: stateOf(answer) }),
    isNew,
    withoutSecrets: (state) => ({ ...state, future: dss.withoutSecrets(state.future, startedBy) }),
    polling,
    look: Effect.map(dss.json(method, request(true), FutureState), stateOf).pipe(
      Effect.catch((error) => {
        const { reason } = error;
        if (reason._tag === "NotFound" && reason.status === 404) return Effect.succeed(stateOf({ unknown: true }));
        return isFailureOfTask(reason)
          ? Effect.succeed<FutureOperationState>({ phase: "FAILED", isFinal: true, future: {}, failure: reason })
          : Effect.fail(error);
      }),
    ),
    end: (state) => {
      const { future, failure, phase } = state;
      if (failure !== undefined) return Effect.fail(new FutureFailed({ ...named, reason: failure }));
      if (future === answer && phase === "DONE" && ("result" in future || id === undefined)) {
        return finish(future.result);
      }
      if (phase === "ABORTED") return Effect.fail(new FutureAborted(named));
      return phase === "UNKNOWN" || id === undefined ? lost(false) : consume(phase === "DONE");
    },
    abort: id === undefined ? Effect.void : dss.empty(method, del(path`/futures/${id}`)),
  }, options);
};
