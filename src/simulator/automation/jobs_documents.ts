/**
 * Jobs of the simulated DSS, as its answers show them.
 *
 * @module
 * @internal
 */
import { isEnded, type JobRecord } from "./jobs_state.ts";

/** A job, as the list shows it. */
export const jobListItem = (job: JobRecord): Record<string, unknown> => ({
  def: job.def,
  state: job.state,
  stableState: isEnded(job),
  startTime: job.startTime,
  endTime: job.endTime,
  warningsCount: job.warningsCount,
});

/** The status of a job. */
export const jobStatus = (job: JobRecord): Record<string, unknown> => {
  const activities = Object.values(job.activities);
  const count = (state: string): number => activities.filter((activity) => activity.state === state).length;
  return {
    baseStatus: {
      def: { ...job.def, initiator: job.initiator.login },
      state: job.state,
      jobStartTime: job.startTime,
      jobEndTime: job.endTime,
      activities: job.activities,
    },
    globalState: { total: activities.length, done: count("DONE"), failed: count("FAILED"), running: count("RUNNING") },
    initiator: job.initiator,
  };
};

/** The log of a job, or of one activity. */
export const jobLog = (job: JobRecord, activity: string | null): string =>
  job.log.filter((line) => activity === null || line.activity === activity).map(({ text }) => `${text}\n`).join("");
