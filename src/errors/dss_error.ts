/**
 * The one error of a call to DSS.
 *
 * @module
 */
import { oneLine } from "./one_line.ts";
import { DssErrorReason } from "./reasons.ts";
import { Token } from "./token.ts";
import * as Schema from "effect/Schema";
import { type ErrorClass, errorClass } from "./error_class.ts";

const DssErrorBase: ErrorClass<DssError, "DssError", "method" | "reason" | "token"> = errorClass("DssError", () => ({
  method: Schema.String,
  reason: DssErrorReason,
  token: Schema.optionalKey(Token),
}));

/**
 * A call to DSS failed.
 *
 * Its reasons are handled with `Effect.catchReason("DssError", "NotFound", …)`, `Effect.catchReasons` or `Effect.unwrapReason`.
 */
export class DssError extends DssErrorBase {
  /** The method that failed, as `Jobs.get`. */
  declare readonly method: string;
  /** Why. */
  declare readonly reason: DssErrorReason;
  /** Names the run, job or task that the call was about, when it failed after the start: give it to `resume`. */
  declare readonly token?: Token;
  /** Whether the same call may succeed later. */
  get isRetryable(): boolean {
    return this.reason.isRetryable;
  }
  /** One line: the method, then the reason. */
  override get message(): string {
    return oneLine(`${this.method}: ${this.reason.message}`, 2000);
  }
}
