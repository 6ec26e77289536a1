/**
 * The ends of a future that are not its result.
 *
 * @module
 */
import type { InfoMessages } from "../json/info_messages.ts";
import { worstMessage } from "./failure_messages.ts";
import { oneLine } from "../errors/one_line.ts";
import type { DssErrorReason } from "../errors/reasons.ts";
import type { Token } from "../errors/token.ts";
import { PlainError } from "../errors/plain_error.ts";

/** The work failed: DSS says so instead of a result, or in the messages of the result. */
export class FutureFailed extends PlainError<{
  /** Names the future. */
  readonly token?: Token;
  /** What DSS answered instead of a result. */
  readonly reason?: DssErrorReason;
  /** The messages of the result that say so. */
  readonly messages?: InfoMessages;
  /** The result that holds the messages. */
  readonly result?: unknown;
}> {
  /** Tag of this error. */
  readonly _tag = "FutureFailed" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "FutureFailed" as const;
  /** One line. */
  override get message(): string {
    const said = (this.messages === undefined ? undefined : worstMessage(this.messages)) ?? this.reason?.message;
    return oneLine(`The task failed (${said ?? "DSS does not say why"})`);
  }
}

/** The future was aborted, by us or by somebody else. */
export class FutureAborted extends PlainError<{
  /** Names the future. */
  readonly token?: Token;
}> {
  /** Tag of this error. */
  readonly _tag = "FutureAborted" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "FutureAborted" as const;
  /** One line. */
  override get message(): string {
    return oneLine(`The task ${this.token?.ids[0] ?? ""} was aborted`);
  }
}

/** DSS does not know the future any more: what came of it cannot be told. DSS forgets ended futures within seconds, and all when it restarts. */
export class FutureLost extends PlainError<{
  /** Names the future. */
  readonly token?: Token;
  /** Whether it is known to have ended: its result was there, and the answer that held it was lost. */
  readonly finished: boolean;
}> {
  /** Tag of this error. */
  readonly _tag = "FutureLost" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "FutureLost" as const;
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
