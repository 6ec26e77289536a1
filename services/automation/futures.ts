/**
 * Futures: the long tasks of DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { FutureState } from "../../src/operation/future_state.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { futureKind, type FutureOperation, makeFutureOperation } from "../../src/operation/future_operation.ts";
import type { WaitOptions } from "../../src/operation/operation.ts";
import { del, get, path } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { tokenIds, type TokenInvalid } from "../../src/errors/token.ts";

export * from "../../src/operation/future_state.ts";
export * from "../../src/json/info_messages.ts";
export { FutureAborted, type FutureEnd, FutureFailed, FutureLost } from "../../src/operation/future_failure.ts";
export type { FutureOperation, FutureOperationState } from "../../src/operation/future_operation.ts";

/** Whose futures are listed. */
export interface ListFuturesOptions {
  /** Those of all users, which needs an administrator's key; by default only those of the owner of the key. */
  readonly allUsers?: boolean;
}

/**
 * Futures: the long tasks of DSS.
 *
 * @example
 * ```ts
 * import { Effect, Layer } from "effect";
 * import { Futures } from "@effect-dataiku/dss/futures";
 *
 * const ids = Effect.flatMap(Futures, (futures) => futures.list()).pipe(
 *   Effect.map((all) => all.map((future) => future.jobId)),
 * );
 * const fake = Layer.mock(Futures, { list: () => Effect.succeed([{ jobId: "Zk3nQ9fA", alive: true }]) });
 * const found = await Effect.runPromise(Effect.provide(ids, fake));
 * if (found[0] !== "Zk3nQ9fA") throw new Error("unexpected");
 * ```
 */
export interface Futures {
  /** The running tasks, apart from scenario runs; each has its `jobId`. */
  list(options?: ListFuturesOptions): Effect.Effect<ReadonlyArray<FutureState>, DssError>;
  /** The running scenarios, as futures; their `payload` names them. */
  listRunningScenarios(options?: ListFuturesOptions): Effect.Effect<ReadonlyArray<FutureState>, DssError>;
  /** One look, which leaves the result where it is. */
  peek(id: string): Effect.Effect<FutureState, DssError>;
  /**
   * One look that takes the result when it is there, after which DSS forgets the future; it does not wait.
   *
   * It is never sent twice: when its answer is lost, so is the result.
   */
  take(id: string): Effect.Effect<FutureState, DssError>;
  /** The operation of a future known by its id. */
  attach(id: string, options?: WaitOptions): Effect.Effect<FutureOperation<unknown>>;
  /** The operation that an answer of DSS stands for: of an endpoint that this library does not cover. An answer with a result needs no request. */
  follow(answer: FutureState, options?: WaitOptions): Effect.Effect<FutureOperation<unknown>>;
  /** The operation that a token names. */
  resume(token: unknown, options?: WaitOptions): Effect.Effect<FutureOperation<unknown>, TokenInvalid>;
  /** Asks DSS to abort a future. */
  abort(id: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode Futures}, with its layer. */
export const Futures: DssService<Futures> = service(
  "Futures",
  Effect.map(Dss, (dss): Futures => {
    const list = (method: string, scenarios: boolean, options?: ListFuturesOptions) =>
      dss.json(
        method,
        get(path`/futures/`, {
          query: { withScenarios: scenarios, withNotScenarios: !scenarios, allUsers: options?.allUsers ?? false },
        }),
        Schema.Array(FutureState),
      );
    const follow: Futures["follow"] = (answer, options) =>
      makeFutureOperation(dss, { method: "Futures.follow", future: answer, result: Schema.Unknown }, options);
    const attach: Futures["attach"] = (id, options) =>
      makeFutureOperation(dss, { method: "Futures.attach", future: id, result: Schema.Unknown }, options);
    return {
      list: (options) => list("Futures.list", false, options),
      listRunningScenarios: (options) => list("Futures.listRunningScenarios", true, options),
      peek: (id) => dss.json("Futures.peek", get(path`/futures/${id}`, { query: { peek: true } }), FutureState),
      take: (id) =>
        dss.json("Futures.take", get(path`/futures/${id}`, { query: { peek: false }, repeatable: false }), FutureState),
      attach,
      follow,
      resume: (token, options) =>
        Effect.flatMap(tokenIds(futureKind, dss.instance, 1, token), ([id]) => attach(id!, options)),
      abort: (id) => dss.empty("Futures.abort", del(path`/futures/${id}`)),
    };
  }),
);
