/**
 * Where to look when a run has failed.
 *
 * @module
 */
import { Console, Effect } from "effect";
import { Jobs, JobStatus } from "@effect-dataiku/dss/jobs";
import { type ScenarioRunFailed, ScenarioRuns } from "@effect-dataiku/dss/scenario-runs";

/** The log that tells most: of the activity that failed, else of its job, of the step, of the run. */
const logOf = Effect.fn("logOf")(function* ({ token, run, firstError }: ScenarioRunFailed) {
  const [projectKey = "", id = ""] = token.ids;
  const { runId } = run;
  const jobId = firstError?.jobId;
  if (jobId !== undefined) {
    const jobs = yield* Jobs;
    const [failed] = JobStatus.failedActivities(yield* jobs.get(projectKey, jobId));
    const job = `job ${jobId}`;
    return failed === undefined
      ? { of: job, text: yield* jobs.log(projectKey, jobId) }
      : { of: `${failed[0]} of ${job}`, text: yield* jobs.log(projectKey, jobId, { activity: failed[0] }) };
  }
  const runs = yield* ScenarioRuns;
  const step = firstError?.step?.id ?? undefined;
  return step === undefined
    ? { of: `run ${runId}`, text: yield* runs.log(projectKey, id, runId) }
    : { of: `step ${step} of run ${runId}`, text: yield* runs.log(projectKey, id, runId, { step }) };
});

/** Shows the end of the log that tells why. */
export const explain = (failed: ScenarioRunFailed): Effect.Effect<void, never, Jobs | ScenarioRuns> =>
  logOf(failed).pipe(
    Effect.flatMap(({ of, text }) => {
      const lines = text.trimEnd().split("\n").slice(-4).map((line) => `  ${line}\n`);
      return Console.log(`\nThe end of the log of ${of}:\n${lines.join("")}`);
    }),
    // The run is what failed: that its log cannot be read is said beside that.
    Effect.catch((error) => Console.log(`\nThe log could not be read: ${error.message}\n`)),
  );
