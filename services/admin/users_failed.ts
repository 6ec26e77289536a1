/**
 * Something was done for some of many users only.
 *
 * @module
 */
import type { UserOutcome } from "../../schemas/admin/user_changes.ts";
import { oneLine } from "../../src/errors/one_line.ts";
import { PlainError } from "../../src/errors/plain_error.ts";

/** DSS answered a success, but something was not done for at least one of the users. For the others it was. */
export class UsersFailed extends PlainError<{
  /** The method. */
  readonly method: string;
  /** What became of each user. */
  readonly outcomes: ReadonlyArray<UserOutcome>;
}> {
  /** Tag of this error. */
  readonly _tag = "UsersFailed" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "UsersFailed" as const;
  /** The users for whom it was not done, with why. */
  get failed(): ReadonlyArray<UserOutcome> {
    return this.outcomes.filter(({ status }) => status !== "SUCCESS");
  }
  /** One line: how many, and the first of them. */
  override get message(): string {
    const { failed, outcomes } = this;
    const shown = oneLine(
      failed.slice(0, 3).map(({ login, error }) => `${login}: ${error || "no message"}`).join("; "),
    );
    const more = failed.length > 3 ? ` and ${failed.length - 3} more` : "";
    return `${this.method}: Not done for ${failed.length} of ${outcomes.length} users (${shown}${more})`;
  }
}
