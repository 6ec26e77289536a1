/**
 * The one error of a call to DSS.
 *
 * @module
 */
import { oneLine } from "./one_line.ts";
import type { DssErrorReason } from "./reasons.ts";
import type { Token } from "./token.ts";
import { PlainError } from "./plain_error.ts";

/**
 * A call to DSS failed.
 *
 * Its reasons are handled with `Effect.catchReason("DssError", "NotFound", …)`, `Effect.catchReasons` or `Effect.unwrapReason`.
 */
export class DssError extends PlainError<{
  /** The method that failed, as `Jobs.get`. */
  readonly method: string;
  /** Why. */
  readonly reason: DssErrorReason;
  /** Names the run, job or task that the call was about, when it failed after the start: give it to `resume`. */
  readonly token?: Token;
}> {
  /** Tag of this error. */
  readonly _tag = "DssError" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "DssError" as const;
  /** Whether the same call may succeed later. */
  get isRetryable(): boolean {
    return this.reason.isRetryable;
  }
  /** One line: the method, then the reason. */
  override get message(): string {
    return oneLine(`${this.method}: ${this.reason.message}`, 2000);
  }
}
