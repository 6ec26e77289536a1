/**
 * What is known of a run at a moment, and the tree that it makes: scenario, steps, jobs, activities, and a task beside it.
 *
 * @module
 */
import { DateTime } from "effect";
import type { Progress } from "@effect-dataiku/dss/dss";
import { type FutureOperationState, FutureState } from "@effect-dataiku/dss/futures";
import type { JobActivity, JobStatus } from "@effect-dataiku/dss/jobs";
import { ScenarioRun, type ScenarioRunState, StepRun } from "@effect-dataiku/dss/scenario-runs";
import { ScenarioSettings, type ScenarioStep } from "@effect-dataiku/dss/scenarios";

/** What is known of a run at a moment. */
export interface Picture {
  readonly settings: ScenarioSettings;
  /** Absent until DSS was asked. */
  readonly run?: ScenarioRunState;
  /** Jobs that may be those of the run, by id. */
  readonly jobs: ReadonlyMap<string, JobStatus>;
  readonly task?: FutureOperationState;
}

/** A line of the tree. Its times are those of DSS: milliseconds since 1970, and `0` or nothing for "not yet". */
export interface Row {
  /** Unlike that of any other row of the tree. */
  readonly id: string;
  /** 0 for the scenario and the task, 1 for steps, 2 for jobs, 3 for activities. */
  readonly depth: number;
  readonly name: string;
  readonly kind: string;
  readonly state: string;
  readonly start?: number | null | undefined;
  readonly end?: number | null | undefined;
  /** How much is done, where DSS counts it. */
  readonly progress?: Progress | undefined;
}

/** Whether it began and ended. */
export const hasEnded = ({ end }: Row): boolean => (end ?? 0) > 0;

/** Whether it began and did not end yet. */
export const isRunning = (row: Row): boolean => (row.start ?? 0) > 0 && !hasEnded(row);

const millis = (time: DateTime.Utc | undefined): number | undefined => time && DateTime.toEpochMillis(time);

/** A state of DSS, in words. */
const words = (state: string | null | undefined): string => (state ?? "NOT_STARTED").replaceAll("_", " ");

const activitiesOf = ({ baseStatus }: JobStatus): ReadonlyArray<readonly [id: string, activity: JobActivity]> =>
  Object.entries(baseStatus.activities ?? {});

/** How many activities of some jobs have ended well. */
const progressOf = (jobs: ReadonlyArray<JobStatus>): Progress | undefined => {
  const all = jobs.flatMap(activitiesOf);
  if (all.length === 0) return undefined;
  return { done: all.filter(([, { state }]) => state === "DONE").length, total: all.length };
};

const jobRows = (job: JobStatus): ReadonlyArray<Row> => {
  const { def, state, jobStartTime, jobEndTime } = job.baseStatus;
  return [
    {
      id: def.id,
      depth: 2,
      name: def.name,
      kind: "job",
      state: words(state),
      start: jobStartTime,
      end: jobEndTime,
      progress: progressOf([job]),
    },
    ...activitiesOf(job).map(([id, activity]): Row => ({
      id: `${def.id} ${id}`,
      depth: 3,
      name: id,
      kind: activity.recipeType ?? "activity",
      state: words(activity.state),
      start: activity.startTime,
      end: activity.endTime,
    })),
  ];
};

/** The jobs of a step. A step may name its jobs only when they have ended: until then, they are those that began with it. */
const jobsOf = (step: StepRun, jobs: Picture["jobs"]): ReadonlyArray<JobStatus> => {
  const named = StepRun.jobIds(step);
  const isRunning = StepRun.outcome(step) === undefined;
  return [...jobs].filter(([id, { baseStatus: { def } }]) =>
    named.includes(id) || (isRunning && def.initiationTimestamp >= (step.start ?? Number.POSITIVE_INFINITY))
  ).map(([, job]) => job);
};

const stepRows = ({ run, jobs }: Picture, step: ScenarioStep): ReadonlyArray<Row> => {
  const { id, type } = step;
  const row = { id: `step ${id}`, depth: 1, name: step.name ?? id ?? type, kind: type };
  // The last one: a step that failed may have been tried again.
  const stepRun = run?.details?.stepRuns?.findLast((stepRun) => stepRun.step.id === id);
  if (stepRun === undefined) return [{ ...row, state: run?.isFinal ? "SKIPPED" : "NOT STARTED" }];
  const own = jobsOf(stepRun, jobs);
  return [
    {
      ...row,
      state: words(StepRun.outcome(stepRun) ?? "RUNNING"),
      start: stepRun.start,
      end: millis(StepRun.endedAt(stepRun)),
      progress: progressOf(own),
    },
    ...own.flatMap(jobRows),
  ];
};

const taskRow = ({ future, phase, isFinal, progress }: FutureOperationState): Row => ({
  id: "task",
  depth: 0,
  name: future.jobDisplayName ?? "Task",
  kind: "task",
  state: phase,
  start: millis(FutureState.startedAt(future)),
  end: isFinal ? (future.startTime ?? 0) + (future.runningTime ?? 0) : undefined,
  progress,
});

/** The lines of the tree, from the top. */
export const rowsOf = (picture: Picture): ReadonlyArray<Row> => {
  const { settings, run, task } = picture;
  const steps = ScenarioSettings.steps(settings).filter(({ enabled }) => enabled !== false);
  return [
    {
      id: "scenario",
      depth: 0,
      name: settings.name,
      kind: "scenario",
      state: run?.phase ?? "WAITING",
      start: run?.run?.start,
      end: run?.run && millis(ScenarioRun.endedAt(run.run)),
      progress: run?.progress,
    },
    ...steps.flatMap((step) => stepRows(picture, step)),
    ...(task === undefined ? [] : [taskRow(task)]),
  ];
};
