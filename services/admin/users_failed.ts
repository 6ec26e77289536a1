/**
 * Something was done for some of many users only.
 *
 * @module
 */
import { UserOutcome } from "../../schemas/admin/user_changes.ts";
import { oneLine } from "../../src/errors/one_line.ts";
import * as Schema from "effect/Schema";
import { type ErrorClass, errorClass } from "../../src/errors/error_class.ts";

const UsersFailedBase: ErrorClass<UsersFailed, "UsersFailed", "method" | "outcomes"> = errorClass(
  "UsersFailed",
  () => ({
    method: Schema.String,
    outcomes: Schema.Array(UserOutcome),
  }),
);

/** DSS answered a success, but something was not done for at least one of the users. For the others it was. */
export class UsersFailed extends UsersFailedBase {
  /** The method. */
  declare readonly method: string;
  /** What became of each user. */
  declare readonly outcomes: ReadonlyArray<UserOutcome>;
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
