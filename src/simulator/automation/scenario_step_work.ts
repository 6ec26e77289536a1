/**
 * What the steps of scenarios do in the simulated DSS, and when they do it.
 *
 * @module
 * @internal
 */
import { isEnded, type JobRecord, startJob } from "./jobs_state.ts";
import { paramsOf, type RunOutcome, runOutcomes } from "./scenario_document.ts";
import { partitionProblem } from "./jobs_plan.ts";
import { type ReportItem, type Thrown, thrown, type WorkEnd } from "./scenario_run_document.ts";
import { type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { datasets } from "../flow/datasets_state.ts";
import { projects, type SimulatedProject } from "../projects/projects_state.ts";

/** How long steps work that start no job, in seconds. */
const usualSeconds: Readonly<Record<string, number>> = {
  build_flowitem: 2,
  check_consistency: 1,
  check_dataset: 2,
  compute_metrics: 3,
  custom_python: 4,
  exec_sql: 3,
};

/** How long a step of a type works when it starts no job, in seconds. */
export const secondsOf = (type: unknown): number => usualSeconds[String(type)] ?? 2;

/** The worse one of two outcomes. */
export const worse = (one: RunOutcome, other: RunOutcome): RunOutcome =>
  runOutcomes[Math.max(runOutcomes.indexOf(one), runOutcomes.indexOf(other))]!;

/**
 * Whether a step runs, by what came before it.
 *
 * Of the formulas of `RUN_CONDITIONALLY`, comparisons of `outcome` and `stepOutcome_<name of a step>` with a text are evaluated; all others
 * hold, apart from `false`.
 */
export const isDue = (step: JsonObject, status: RunOutcome, stepOutcomes: ReadonlyMap<string, RunOutcome>): boolean => {
  const { enabled, runConditionType, runConditionStatuses, runConditionExpression } = step;
  if (enabled === false || runConditionType === "DISABLED") return false;
  if (runConditionType === "RUN_ALWAYS") return true;
  if (runConditionType === "RUN_CONDITIONALLY") {
    const formula = String(runConditionExpression ?? "").trim();
    const comparison = /^["']?(?:\$\{)?(outcome|stepOutcome_([^}"'=!]+?))\}?["']?\s*(==|!=)\s*["'](\w+)["']$/.exec(
      formula,
    );
    if (comparison === null) return formula !== "false";
    const [, , stepName, operator, wanted] = comparison;
    const found = stepName === undefined ? status : stepOutcomes.get(stepName);
    return (found === wanted) === (operator === "==");
  }
  const statuses = Array.isArray(runConditionStatuses) ? runConditionStatuses : ["SUCCESS", "WARNING"];
  return statuses.includes(status);
};

const jobError = (job: JobRecord): Thrown => {
  const failed = Object.values(job.activities).find((activity) => activity.firstFailure !== undefined);
  return thrown("Job failed", failed?.firstFailure?.message ?? `Job ${job.def.id} failed`, {
    clazz: "com.dataiku.dip.exceptions.CodedException",
    code: "ERR_RECIPE_EXECUTION_FAILED",
  });
};

const reportItem = (job: JobRecord, step: JsonObject): ReportItem => {
  const { handleWarningsAs } = paramsOf(step);
  const warned = runOutcomes.find((outcome) => outcome === handleWarningsAs) ?? "WARNING";
  const states: Readonly<Record<string, RunOutcome>> = { FAILED: "FAILED", ABORTED: "ABORTED" };
  const outcome = states[job.state] ?? (job.warningsCount > 0 ? warned : "SUCCESS");
  return {
    type: "JOB_EXECUTED",
    jobId: job.def.id,
    outcome,
    target: { type: "JOB", projectKey: job.def.projectKey, jobId: job.def.id },
    start: job.startTime,
    end: job.endTime,
    ...(job.state === "FAILED" ? { thrown: jobError(job) } : {}),
  };
};

const illegalArgument = "java.lang.IllegalArgumentException";

interface Build {
  readonly project: SimulatedProject;
  readonly outputs: Array<{ readonly id: string; readonly type: string; readonly partition: string }>;
}

/** What a build step builds, by project. */
const buildsOf = (world: World, home: SimulatedProject, step: JsonObject): ReadonlyArray<Build> | Thrown => {
  const { builds, jobType } = paramsOf(step);
  if (jobType === null) {
    return thrown("NullPointerException", "jobType is null", { clazz: "java.lang.NullPointerException" });
  }
  const found = new Map<string, Build>();
  for (const item of jsonObjects(builds)) {
    const projectKey = typeof item.projectKey === "string" ? item.projectKey : home.projectKey;
    const project = world.of(projects).get(projectKey);
    const [id, type] = [String(item.itemId), String(item.type ?? "DATASET")];
    if (project === undefined || (type === "DATASET" && !project.of(datasets).has(id))) {
      return thrown("Item not found", `${type} ${projectKey}.${id} does not exist`, {
        clazz: "com.dataiku.dip.exceptions.ObjectNotFoundException",
      });
    }
    const build = found.get(projectKey) ?? { project, outputs: [] };
    const partition = typeof item.partitionsSpec === "string" && item.partitionsSpec !== ""
      ? item.partitionsSpec
      : "NP";
    const problem = type === "DATASET" ? partitionProblem(project, id, partition) : undefined;
    if (problem !== undefined) return thrown("Illegal argument", problem, { clazz: illegalArgument });
    build.outputs.push({ id, type, partition });
    found.set(projectKey, build);
  }
  return found.size > 0
    ? [...found.values()]
    : thrown("Illegal argument", "There is nothing to build", { clazz: illegalArgument });
};

/** Who starts a build step, and who is told what becomes of it. */
export interface BuildContext {
  readonly home: SimulatedProject;
  readonly initiator: string;
  readonly onJob: (job: JobRecord, at: number) => void;
  readonly onItem: (item: ReportItem, at: number) => void;
  readonly onEnd: (end: WorkEnd, at: number) => void;
}

/** Starts the jobs of a build step, one for each project; it ends when all of them have. */
export const startBuild = (world: World, step: JsonObject, now: number, context: BuildContext): void => {
  const builds = buildsOf(world, context.home, step);
  if ("clazz" in builds) return context.onEnd({ outcome: "FAILED", thrown: builds }, now);
  const { jobType } = paramsOf(step);
  const jobs: Array<JobRecord> = [];
  let outcome: RunOutcome = "SUCCESS";
  for (const { project, outputs } of builds) {
    const job = startJob(world, project, now, {
      type: typeof jobType === "string" ? jobType : "RECURSIVE_BUILD",
      outputs,
      initiator: context.initiator,
      triggeredFrom: "SCENARIO",
      onEnd: (at) => {
        const item = reportItem(job, step);
        outcome = worse(outcome, item.outcome);
        context.onItem(item, at);
        if (jobs.length === builds.length && jobs.every(isEnded)) context.onEnd({ outcome }, at);
      },
    });
    jobs.push(job);
    context.onJob(job, now);
  }
};
