/**
 * What can be said of the work on business applications and their instances.
 *
 * @module
 */
import type * as Effect from "effect/Effect";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";

/** What work on a business application can end in, besides its result. */
export type BusinessAppEnd = DssError | FutureEnd | ContactLost | WaitTimedOut;

/** Work on a business application, from its start to its end. What its result holds Dataiku does not document. */
export type BusinessAppWork = Effect.Effect<unknown, BusinessAppEnd>;

/** The start of work on a business application. */
export type BusinessAppStart = Effect.Effect<FutureOperation<unknown>, DssError>;

/** How the code environment of a business application is built. */
export interface CreateBusinessAppCodeEnvOptions extends WaitOptions {
  /** Interpreter, as `PYTHON311`; by default DSS chooses one. */
  readonly pythonInterpreter?: string;
  /** Whether it is built with conda. */
  readonly conda?: boolean;
}

/** How a business application is removed. */
export interface DeleteBusinessAppOptions extends WaitOptions {
  /** Whether its instances are deleted with it; by default one with instances stays. */
  readonly force?: boolean;
}

/** How an instance is made. */
export interface CreateBusinessAppInstanceOptions extends WaitOptions {
  /** In few words. */
  readonly shortDesc?: string;
}
