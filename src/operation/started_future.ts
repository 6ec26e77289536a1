/**
 * Work that DSS answers with a future or, when it does or refuses it at once, with its bare result.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Option from "effect/Option";
import type * as Schema from "effect/Schema";
import { FutureState } from "./future_state.ts";
import type { Dss } from "../connection/dss.ts";
import type { DssError } from "../errors/dss_error.ts";
import { type FutureOperation, makeFutureOperation } from "./future_operation.ts";
import type { WaitOptions } from "./operation.ts";
import type { DssRequest } from "../transport/request.ts";

/** @internal What a service says of the work that it starts. */
export interface StartedFutureSpec<A> {
  /** The method, for errors. */
  readonly method: string;
  /** Starts the work. */
  readonly request: DssRequest;
  /** Schema of the result. */
  readonly result: Schema.Codec<A, unknown>;
  /** What a result says of a failure besides its messages; `undefined` when it is none. */
  readonly failed?: (result: A) => string | undefined;
  /** Asks the resource itself, when DSS has forgotten the future. */
  readonly forgotten?: Effect.Effect<Option.Option<A>, DssError>;
}

/** @internal The future that an answer is, or the one that it would be the result of. */
export const futureOf = (answer: FutureState): FutureState =>
  typeof answer.jobId === "string" || typeof answer.hasResult === "boolean" || "result" in answer
    ? answer
    : { hasResult: true, result: answer };

/** @internal Starts work, and gives its operation. */
export const startFuture = <A>(
  dss: Dss,
  { request, ...spec }: StartedFutureSpec<A>,
  options?: WaitOptions,
): Effect.Effect<FutureOperation<A>, DssError> =>
  Effect.flatMap(
    dss.json(spec.method, { ...request, starts: true, repeatable: false }, FutureState),
    (answer) =>
      makeFutureOperation(dss, { ...spec, future: futureOf(answer), isNew: true, startedBy: request }, options),
  );
