/**
 * Jobs of the simulated DSS: which activities a build needs, and how they go.
 *
 * @module
 * @internal
 */
import { recipesOf } from "./jobs_plan.ts";
import type { Outcome } from "../kernel/outcomes.ts";
import type { World } from "../kernel/world.ts";
import { jsonObjects } from "../kernel/stored_document.ts";
import { measureBuilt } from "../flow/dataset_measures.ts";
import { computeRows } from "../flow/recipe_rows.ts";
import { datasets, markBuilt } from "../flow/datasets_state.ts";
import { type ProjectSlice, projectSlice } from "../projects/project_slice.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";
import type { SimulatedRecipe } from "../flow/recipes_state.ts";

/** An activity, as the status of a job shows it. */
interface ActivityDocument {
  state: string;
  recipeName: string;
  recipeType: string;
  startTime: number;
  endTime: number;
  targets: ReadonlyArray<{ readonly type: string; readonly id: string }>;
  firstFailure?: { readonly message: string };
  warnings?: { readonly warnings: Readonly<Record<string, unknown>> };
}

/** A line of a log. */
interface LogLine {
  readonly activity: string | undefined;
  readonly text: string;
}

/** A job. */
export interface JobRecord {
  readonly def: Readonly<Record<string, unknown>> & { readonly id: string; readonly projectKey: string };
  state: string;
  startTime: number;
  endTime: number;
  warningsCount: number;
  readonly activities: Record<string, ActivityDocument>;
  readonly log: Array<LogLine>;
  readonly initiator: { readonly login: string; readonly displayName: string };
  /** Told once, when it has ended. */
  onEnd: (at: number) => void;
}

/** Jobs of a project by id, oldest first; a restart aborts those that run. */
export const jobs: ProjectSlice<Map<string, JobRecord>> = projectSlice("jobs", () => new Map(), {
  restarted: (held, at) => {
    for (const job of held.values()) abortJob(job, at);
  },
});

/** What a job builds. */
export interface JobOutput {
  readonly id: string;
  readonly type: string;
  readonly partition: string;
  /** By default the project of the job. */
  readonly projectKey?: string;
}

/** What a job is asked to build. */
export interface JobPlan {
  readonly type: string;
  readonly outputs: ReadonlyArray<JobOutput>;
  readonly initiator: string;
  readonly triggeredFrom: "API" | "SCENARIO" | "USER";
  readonly refreshHiveMetastore?: boolean;
  readonly autoUpdateSchemaBeforeEachRecipeRun?: boolean;
  readonly name?: string;
  readonly onEnd?: (at: number) => void;
}

const finalStates: ReadonlySet<string> = new Set(["DONE", "FAILED", "ABORTED"]);

/** Whether a job has ended. */
export const isEnded = (job: JobRecord): boolean => finalStates.has(job.state);

const stamp = (millis: number): string => new Date(millis).toISOString().replace("Z", "");

const write = (job: JobRecord, at: number, text: string, activity?: string): void => {
  job.log.push({ activity, text: `[${stamp(at).replace("T", "-")}] [${activity ?? "job"}] [INFO] - ${text}` });
};

/** An output, as DSS stores it: its id goes into a field of its kind. */
const storedOutput = (
  jobProject: string,
  { id, type, partition, projectKey = jobProject }: JobOutput,
): Record<string, string> => {
  if (type === "MANAGED_FOLDER") {
    return { type, targetManagedFolder: id, targetManagedFolderProjectKey: projectKey, targetPartition: partition };
  }
  if (type === "SAVED_MODEL") return { type, targetSavedModel: id, targetSavedModelProjectKey: projectKey };
  if (type === "DATASET") {
    return { type, targetDataset: id, targetDatasetProjectKey: projectKey, targetPartition: partition };
  }
  return { type, target: id, targetProjectKey: projectKey };
};

/** Starts a job. */
export const startJob = (world: World, project: SimulatedProject, now: number, plan: JobPlan): JobRecord => {
  const first = plan.outputs[0];
  // An id is one segment of paths: what a partition is called, as 2025/10/01, is not.
  const asked = plan.name ?? `Build_${first?.id ?? "nothing"}_${first?.partition ?? "NP"}`;
  const name = asked.replaceAll(/[^\w.-]/gu, "_");
  let id = `${name}_${stamp(now).replaceAll(":", "-")}`;
  // Two jobs of one name in one millisecond: the ids of DSS are unique all the same.
  for (let later = now; project.of(jobs).has(id);) id = `${name}_${stamp(++later).replaceAll(":", "-")}`;
  const isOwn = ({ projectKey = project.projectKey }: JobOutput): boolean => projectKey === project.projectKey;
  const recipes = recipesOf(project, plan.type, plan.outputs.filter(isOwn).map((output) => output.id));
  const job: JobRecord = {
    def: {
      id,
      type: plan.type,
      projectKey: project.projectKey,
      name,
      initiator: plan.triggeredFrom === "API" ? `API (${plan.initiator})` : plan.initiator,
      initiationTimestamp: now,
      triggeredFrom: plan.triggeredFrom,
      mailNotification: false,
      refreshHiveMetastore: plan.refreshHiveMetastore ?? false,
      autoUpdateSchemaBeforeEachRecipeRun: plan.autoUpdateSchemaBeforeEachRecipeRun ?? false,
      refreshIntermediateMirrors: true,
      refreshTargetMirrors: true,
      outputs: plan.outputs.map((output) => storedOutput(project.projectKey, output)),
    },
    state: "NOT_STARTED",
    startTime: 0,
    endTime: 0,
    warningsCount: 0,
    activities: Object.fromEntries(recipes.map((recipe) => [`${recipe.name}_NP`, {
      state: "NOT_STARTED",
      recipeName: recipe.name,
      recipeType: recipe.type,
      startTime: 0,
      endTime: 0,
      targets: recipe.outputs.map((id) => ({ type: "DATASET", id })),
    }])),
    log: [],
    initiator: { login: plan.initiator, displayName: plan.initiator },
    onEnd: plan.onEnd ?? (() => {}),
  };
  project.of(jobs).set(id, job);
  write(job, now, `Job ${id} submitted by ${plan.initiator}`);
  world.agenda.at(now + 200, (at) => {
    if (isEnded(job)) return;
    job.state = "COMPUTING_DEPS";
    job.startTime = at;
    write(job, at, "Computing dependencies");
  });
  world.agenda.at(now + 500, (at) => {
    if (isEnded(job)) return;
    job.state = "RUNNING";
    write(job, at, `Running ${recipes.length} activities`);
    proceed(world, project, job, recipes, at);
  });
  return job;
};

/** Starts every activity whose inputs are there, and ends the job when none is left. */
const proceed = (
  world: World,
  project: SimulatedProject,
  job: JobRecord,
  recipes: ReadonlyArray<SimulatedRecipe>,
  now: number,
): void => {
  if (isEnded(job)) return;
  const activities = recipes.map((recipe) => ({
    recipe,
    id: `${recipe.name}_NP`,
    document: job.activities[`${recipe.name}_NP`]!,
  }));
  if (activities.some(({ document }) => document.state === "FAILED")) return endJob(job, "FAILED", now);
  if (activities.every(({ document }) => document.state === "DONE")) return endJob(job, "DONE", now);
  const pending = new Set(
    activities.filter(({ document }) => document.state !== "DONE").flatMap(({ recipe }) => recipe.outputs),
  );
  for (const { recipe, id, document } of activities) {
    if (document.state !== "NOT_STARTED" || recipe.inputs.some((input) => pending.has(input))) continue;
    const outcome = world.outcomes.take(`recipes/${project.projectKey}.${recipe.name}`);
    document.state = "RUNNING";
    document.startTime = now;
    write(job, now, `Recipe ${recipe.name} (${recipe.type}) started`, id);
    const full = (outcome.seconds ?? recipe.seconds) * 1000;
    const early = outcome.end === "fail" || outcome.end === "abort" || outcome.end === "stall";
    const takes = full * (early ? outcome.after ?? 0.5 : 1);
    world.agenda.at(now + takes / 2, (at) => {
      if (document.state === "RUNNING") {
        write(job, at, `Recipe ${recipe.name}: ${Math.round(takes / 2)} ms of work done`, id);
      }
    });
    world.agenda.at(now + takes, (at) => {
      if (isEnded(job)) return;
      endActivity(project, job, recipe, document, outcome, at);
      proceed(world, project, job, recipes, at);
    });
  }
};

/** The partitions of a dataset that a job builds. */
const partitionsOf = ({ def: { outputs } }: JobRecord, name: string): ReadonlyArray<string> =>
  jsonObjects(outputs)
    .filter(({ targetDataset, targetPartition }) => targetDataset === name && targetPartition !== "NP")
    .flatMap(({ targetPartition }) => String(targetPartition).split(","));

const endActivity = (
  project: SimulatedProject,
  job: JobRecord,
  recipe: SimulatedRecipe,
  document: ActivityDocument,
  outcome: Outcome,
  at: number,
): void => {
  const id = `${recipe.name}_NP`;
  if (outcome.end === "stall") return write(job, at, "No further progress", id);
  if (outcome.end === "abort") {
    write(job, at, outcome.message ?? "Aborted by a user", id);
    return abortJob(job, at);
  }
  document.endTime = at;
  if (outcome.end === "fail") {
    const message = outcome.message ?? "Connection refused";
    document.state = "FAILED";
    document.firstFailure = { message };
    write(job, at, `Recipe ${recipe.name} failed: ${message}`, id);
    return;
  }
  document.state = "DONE";
  if (outcome.end === "warn") {
    const message = outcome.message ?? "Cannot parse 'x' as bigint";
    const type = "INPUT_DATA_BAD_TYPE";
    document.warnings = { warnings: { [type]: { type, count: 1, stored: [{ message }] } } };
    job.warningsCount += 1;
  }
  for (const output of recipe.outputs) {
    const partitions = partitionsOf(job, output);
    markBuilt(project.of(datasets), output, at, partitions);
    computeRows(project, recipe, output, partitions);
    measureBuilt(project, output, at, partitions);
  }
  write(job, at, `Recipe ${recipe.name} done`, id);
};

const endJob = (job: JobRecord, state: string, at: number): void => {
  for (const activity of Object.values(job.activities)) {
    if (activity.state === "RUNNING") Object.assign(activity, { state: "ABORTED", endTime: at });
    else if (activity.state === "NOT_STARTED") activity.state = "SKIPPED";
  }
  job.state = state;
  if (job.startTime !== 0) job.endTime = at;
  write(job, at, `Job ended: ${state}`);
  job.onEnd(at);
};

/** Aborts a job that has not ended. */
export const abortJob = (job: JobRecord, at: number): void => {
  if (!isEnded(job)) endJob(job, "ABORTED", at);
};
