/**
 * Operations: runs, jobs and tasks that one watches, awaits, aborts and resumes.
 *
 * @module
 */
import * as Duration from "effect/Duration";
import type * as Effect from "effect/Effect";
import type * as Option from "effect/Option";
import type * as Stream from "effect/Stream";
import { DssError } from "../errors/dss_error.ts";
import { oneLine } from "../errors/one_line.ts";
import { OperationState } from "./operation_state.ts";
import type { PollingSchedule } from "./polling.ts";
import { Token } from "../errors/token.ts";
import * as Schema from "effect/Schema";
import { type ErrorClass, errorClass } from "../errors/error_class.ts";

export type { OperationState, Progress } from "./operation_state.ts";

/**
 * A handle on something that DSS works on.
 *
 * Its views share what they see: a look asked while one is under way gets its answer, a final state is never asked for again, and the
 * end is remembered.
 */
export interface Operation<out State extends OperationState, out Result, out E = never> {
  /** Names the operation in plain JSON, for `resume` in this or another program; none when DSS finished at once and gave no id. */
  readonly token: Option.Option<Token>;
  /** One look. */
  readonly state: Effect.Effect<State, DssError>;
  /** Every change from now on, the final state included. */
  readonly states: Stream.Stream<State, DssError | ContactLost>;
  /** The end, as often as asked. Interrupting it stops looking and nothing else. */
  readonly result: Effect.Effect<Result, DssError | ContactLost | WaitTimedOut | E>;
  /** Asks DSS to abort it; whether it did is seen in the states. */
  readonly abort: Effect.Effect<void, DssError | AbortUncertain>;
}

/** How an operation is waited for. */
export interface WaitOptions {
  /** When to look; by default as often as the age of the operation asks for, see `adaptivePolling`. */
  readonly polling?: PollingSchedule;
  /**
   * Longest time without any contact to DSS, for example while it restarts, before `ContactLost`.
   *
   * @default {"10 minutes"}
   */
  readonly outageBudget?: Duration.Input;
  /** Longest time that `result` waits before `WaitTimedOut`; nothing is aborted then. By default there is no limit. */
  readonly timeout?: Duration.Input;
}

const ContactLostBase: ErrorClass<ContactLost, "ContactLost", "token" | "lasted" | "cause"> = errorClass(
  "ContactLost",
  () => ({
    token: Schema.optionalKey(Token),
    lasted: Schema.DurationFromString,
    cause: DssError,
  }),
);

/** DSS could not be reached for longer than the outage budget while an operation was watched; nothing was aborted. */
export class ContactLost extends ContactLostBase {
  /** Names the operation: give it to `resume`. */
  declare readonly token?: Token;
  /** How long there was no contact. */
  declare readonly lasted: Duration.Duration;
  /** The last failure. */
  declare readonly cause: DssError;
  /** One line. */
  override get message(): string {
    return `No contact with DSS for ${
      Duration.format(this.lasted)
    } while waiting; it may still run, resume it with the token. Last: ${this.cause.message}`;
  }
}

const WaitTimedOutBase: ErrorClass<WaitTimedOut, "WaitTimedOut", "token" | "after" | "last"> = errorClass(
  "WaitTimedOut",
  () => ({
    token: Schema.optionalKey(Token),
    after: Schema.DurationFromString,
    last: Schema.optionalKey(OperationState),
  }),
);

/** The operation did not end within the `timeout` of the wait; nothing was aborted. */
export class WaitTimedOut extends WaitTimedOutBase {
  /** Names the operation: give it to `resume`. */
  declare readonly token?: Token;
  /** The limit. */
  declare readonly after: Duration.Duration;
  /** The state seen last, if any was. */
  declare readonly last?: OperationState;
  /** One line. */
  override get message(): string {
    const phase = this.last === undefined ? "no state was seen" : `its phase is ${oneLine(this.last.phase, 100)}`;
    return `Not ended within ${
      Duration.format(this.after)
    } (${phase}); it still runs, resume it with the token or give a longer timeout`;
  }
}

const AbortUncertainBase: ErrorClass<AbortUncertain, "AbortUncertain", "token" | "detail"> = errorClass(
  "AbortUncertain",
  () => ({
    token: Schema.optionalKey(Token),
    detail: Schema.String,
  }),
);

/** An abort was asked for, but it cannot be told that the right thing would be aborted, or that it was; nothing else was aborted. */
export class AbortUncertain extends AbortUncertainBase {
  /** Names the operation: give it to `resume`. */
  declare readonly token?: Token;
  /** Why it is uncertain. */
  declare readonly detail: string;
  /** One line. */
  override get message(): string {
    return `It is uncertain whether it was aborted (${oneLine(this.detail)}): look at its state`;
  }
}
