/**
 * The ends of a future that are not its result.
 *
 * @module
 */
import { InfoMessages } from "../json/info_messages.ts";
import { worstMessage } from "./failure_messages.ts";
import { oneLine } from "../errors/one_line.ts";
import { DssErrorReason } from "../errors/reasons.ts";
import { Token } from "../errors/token.ts";
import * as Schema from "effect/Schema";
import { type ErrorClass, errorClass } from "../errors/error_class.ts";

const FutureFailedBase: ErrorClass<FutureFailed, "FutureFailed", "token" | "reason" | "messages" | "result"> =
  errorClass("FutureFailed", () => ({
    token: Schema.optionalKey(Token),
    reason: Schema.optionalKey(DssErrorReason),
    messages: Schema.optionalKey(InfoMessages),
    result: Schema.optionalKey(Schema.Unknown),
  }));

/** The work failed: DSS says so instead of a result, or in the messages of the result. */
export class FutureFailed extends FutureFailedBase {
  /** Names the future. */
  declare readonly token?: Token;
  /** What DSS answered instead of a result. */
  declare readonly reason?: DssErrorReason;
  /** The messages of the result that say so. */
  declare readonly messages?: InfoMessages;
  /** The result that holds the messages. */
  declare readonly result?: unknown;
  /** One line. */
  override get message(): string {
    const said = (this.messages === undefined ? undefined : worstMessage(this.messages)) ?? this.reason?.message;
    return oneLine(`The task failed (${said ?? "DSS does not say why"})`);
  }
}

const FutureAbortedBase: ErrorClass<FutureAborted, "FutureAborted", "token"> = errorClass("FutureAborted", () => ({
  token: Schema.optionalKey(Token),
}));

/** The future was aborted, by us or by somebody else. */
export class FutureAborted extends FutureAbortedBase {
  /** Names the future. */
  declare readonly token?: Token;
  /** One line. */
  override get message(): string {
    return oneLine(`The task ${this.token?.ids[0] ?? ""} was aborted`);
  }
}

const FutureLostBase: ErrorClass<FutureLost, "FutureLost", "token" | "finished"> = errorClass("FutureLost", () => ({
  token: Schema.optionalKey(Token),
  finished: Schema.Boolean,
}));

/** DSS does not know the future any more: what came of it cannot be told. DSS forgets ended futures within seconds, and all when it restarts. */
export class FutureLost extends FutureLostBase {
  /** Names the future. */
  declare readonly token?: Token;
  /** Whether it is known to have ended: its result was there, and the answer that held it was lost. */
  declare readonly finished: boolean;
  /** One line. */
  override get message(): string {
    const id = oneLine(this.token?.ids[0] ?? "");
    return this.finished
      ? `The task ${id} has ended, but the answer with its result was lost: look at what it worked on`
      : `DSS does not know the task ${id} (any more), so what came of it cannot be told: look at what it worked on`;
  }
}

/** The ends of a future that are not its result. */
export type FutureEnd = FutureFailed | FutureAborted | FutureLost;
