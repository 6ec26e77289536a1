/**
 * The end of a job that is not `DONE`.
 *
 * @module
 */
import { JobStatus } from "../../schemas/automation/job.ts";
import { oneLine } from "../../src/errors/one_line.ts";
import type { Token } from "../../src/errors/token.ts";
import { PlainError } from "../../src/errors/plain_error.ts";

/** A job ended otherwise than `DONE`: it failed, or it was aborted. */
export class JobFailed extends PlainError<{
  /** Names the job. */
  readonly token: Token;
  /** The final status, with all activities. */
  readonly status: JobStatus;
}> {
  /** Tag of this error. */
  readonly _tag = "JobFailed" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "JobFailed" as const;
  /** The activities that failed, with why; empty when the job failed as a whole or was aborted. */
  get failures(): ReadonlyArray<{ readonly activity: string; readonly message: string }> {
    return JobStatus.failedActivities(this.status).map(([activity, { firstFailure, message }]) => ({
      activity,
      message: firstFailure?.message ?? message ?? "no message",
    }));
  }
  /** One line: the job, its end, and the first failing activity. */
  override get message(): string {
    const { baseStatus } = this.status;
    const job = `Job ${baseStatus.def.id} of ${baseStatus.def.projectKey} ended as ${baseStatus.state}`;
    const [first, ...others] = this.failures;
    if (first === undefined) {
      const why = baseStatus.unexpectedFailure?.message;
      return oneLine(why === undefined || why === null ? job : `${job} (${why})`);
    }
    const more = others.length === 0 ? "" : ` and ${others.length} more`;
    return oneLine(`${job} (${first.activity}: ${oneLine(first.message, 300)}${more}): see the log of the activity`);
  }
}
