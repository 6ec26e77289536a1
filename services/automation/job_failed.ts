/**
 * The end of a job that is not `DONE`.
 *
 * @module
 */
import { JobStatus } from "../../schemas/automation/job.ts";
import { oneLine } from "../../src/errors/one_line.ts";
import { Token } from "../../src/errors/token.ts";
import { type ErrorClass, errorClass } from "../../src/errors/error_class.ts";

const JobFailedBase: ErrorClass<JobFailed, "JobFailed", "token" | "status"> = errorClass("JobFailed", () => ({
  token: Token,
  status: JobStatus,
}));

/** A job ended otherwise than `DONE`: it failed, or it was aborted. */
export class JobFailed extends JobFailedBase {
  /** Names the job. */
  declare readonly token: Token;
  /** The final status, with all activities. */
  declare readonly status: JobStatus;
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
