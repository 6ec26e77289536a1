/**
 * What DSS says of a run of a scenario and its steps.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { RunId } from "./run_fields.ts";
import { RunOutcome, RunResult, ScenarioRun, Thrown } from "./scenario_run.ts";

/** A step of a run, as the scenario defined it then. */
export interface RunStep {
  /** Id of the step: its log and its report are asked for by it. */
  readonly id?: string | null;
  /** Name of the step. */
  readonly name?: string | null;
  /** Kind of the step, as `build_flowitem`. */
  readonly type?: string | null;
}

/** Schema of {@linkcode RunStep}. */
export const RunStep: Schema.Codec<RunStep, unknown> = open(
  {
    id: maybe(Schema.String),
    name: maybe(Schema.String),
    type: maybe(Schema.String),
  } satisfies Fields<RunStep>,
);

/** Something that a step reports, as a job that it ran. */
export interface StepReportItem {
  /** Kind of the item: `JOB_EXECUTED`, or others. */
  readonly type?: string | null;
  /** Id of the job, of a `JOB_EXECUTED`. */
  readonly jobId?: string | null;
  /** How it ended. */
  readonly outcome?: RunOutcome | null;
  /** Why it failed. */
  readonly thrown?: Thrown | null;
}

/** Schema of {@linkcode StepReportItem}. */
export const StepReportItem: Schema.Codec<StepReportItem, unknown> = open(
  {
    type: maybe(Schema.String),
    jobId: maybe(Schema.String),
    outcome: maybe(RunOutcome),
    thrown: maybe(Thrown),
  } satisfies Fields<StepReportItem>,
);

/** A run of a step. */
export interface StepRun {
  /** The step. */
  readonly step: RunStep;
  /** Id of the run of the step; it is not the id of the run of the scenario. */
  readonly runId?: string | null;
  /** When it started, in milliseconds since 1970. See `StepRun.startedAt`. */
  readonly start?: number | null;
  /** When it ended, in milliseconds since 1970; `0` while it runs. See `StepRun.endedAt`. */
  readonly end?: number | null;
  /** How it ended; absent while it runs. */
  readonly result?: RunResult | null;
  /** The run of the scenario. */
  readonly scenarioRun?: ScenarioRun | null;
  /** What it reports, as the jobs that it ran. */
  readonly additionalReportItems?: ReadonlyArray<StepReportItem> | null;
}

/** Why a run of a scenario failed. */
export interface StepFailure {
  /** The step that failed; absent when the run failed as a whole. */
  readonly step?: RunStep;
  /** What DSS says of it; absent when it says nothing. */
  readonly thrown?: Thrown;
  /** Id of the job that failed, when it was one. */
  readonly jobId?: string;
}

/** Schema of {@linkcode StepRun}, with its accessors. */
export interface StepRunCodec extends Schema.Codec<StepRun, unknown> {
  /** How it ended; `undefined` while it runs. */
  outcome(step: StepRun): RunOutcome | undefined;
  /** When it started. */
  startedAt(step: StepRun): DateTime.Utc | undefined;
  /** When it ended. */
  endedAt(step: StepRun): DateTime.Utc | undefined;
  /** Ids of the jobs that it ran. */
  jobIds(step: StepRun): ReadonlyArray<string>;
  /**
   * Why it failed: what the step says, else what the first failed item of its report says; `undefined` when nothing failed, or when it
   * succeeded in the end.
   */
  firstError(step: StepRun): StepFailure | undefined;
}

const reportItems = (step: StepRun): ReadonlyArray<StepReportItem> => step.additionalReportItems ?? [];

/** Whether a failure has words: DSS also answers one that is there and empty. */
const hasWords = (thrown: Thrown | null | undefined): boolean =>
  [thrown?.title, thrown?.message, thrown?.clazz, thrown?.code].some((words) => (words ?? "").trim() !== "");

/** The first failure that has words, else the first that is there. */
const firstThat = (all: ReadonlyArray<Thrown | null | undefined>): Thrown | undefined =>
  all.find(hasWords) ?? all.find((thrown) => thrown !== undefined && thrown !== null) ?? undefined;

const failureOf = (step: RunStep, thrown: Thrown | undefined, jobId: string | null | undefined): StepFailure => ({
  step,
  ...(thrown === undefined ? {} : { thrown }),
  ...(jobId === undefined || jobId === null ? {} : { jobId }),
});

const firstError = ({ step, result, ...run }: StepRun): StepFailure | undefined => {
  // What failed in a step that then succeeded was tried again.
  if (result?.outcome === "SUCCESS") return undefined;
  const failed = reportItems({ step, ...run }).filter(({ outcome }) => outcome === "FAILED");
  const item = failed.find(({ thrown }) => hasWords(thrown)) ?? failed.find(({ thrown }) => thrown) ?? failed[0];
  const isOver = result?.outcome === "FAILED";
  const thrown = firstThat([isOver ? result.thrown : undefined, item?.thrown]);
  return thrown === undefined && !isOver ? undefined : failureOf(step, thrown, item?.jobId);
};

/** Schema of {@linkcode StepRun}, with its accessors. */
export const StepRun: StepRunCodec = Object.assign(
  open(
    {
      step: RunStep,
      runId: maybe(RunId),
      start: maybe(Schema.Number),
      end: maybe(Schema.Number),
      result: maybe(RunResult),
      scenarioRun: maybe(ScenarioRun),
      additionalReportItems: maybe(Schema.Array(StepReportItem)),
    } satisfies Fields<StepRun>,
  ) as Schema.Codec<StepRun, unknown>,
  {
    outcome: (step: StepRun): RunOutcome | undefined => step.result?.outcome,
    startedAt: (step: StepRun): DateTime.Utc | undefined => instantOf(step.start),
    endedAt: (step: StepRun): DateTime.Utc | undefined => instantOf(step.end) ?? instantOf(step.result?.endTime),
    jobIds: (step: StepRun): ReadonlyArray<string> =>
      reportItems(step).flatMap(({ type, jobId }) => type === "JOB_EXECUTED" && jobId ? [jobId] : []),
    firstError,
  },
);

/** A run of a scenario with its steps. */
export interface ScenarioRunDetails {
  /** The run. */
  readonly scenarioRun: ScenarioRun;
  /** The steps that ran or run, in their order. See `ScenarioRunDetails.steps`. */
  readonly stepRuns?: ReadonlyArray<StepRun> | null;
}

/** Schema of {@linkcode ScenarioRunDetails}, with its accessors. */
export interface ScenarioRunDetailsCodec extends Schema.Codec<ScenarioRunDetails, unknown> {
  /** The steps that ran or run, in their order. */
  steps(details: ScenarioRunDetails): ReadonlyArray<StepRun>;
  /** The step that began last. */
  lastStep(details: ScenarioRunDetails): StepRun | undefined;
  /** Ids of the jobs that the steps ran. */
  jobIds(details: ScenarioRunDetails): ReadonlyArray<string>;
  /**
   * Why the run failed: its first failed step, in the words of the step or, when it has none, of the run itself; without such a step what
   * the run says; `undefined` when DSS says nothing. A step that was tried again failed only when its last try did.
   */
  firstError(details: ScenarioRunDetails): StepFailure | undefined;
}

const steps = ({ stepRuns }: ScenarioRunDetails): ReadonlyArray<StepRun> => stepRuns ?? [];

/** Whether two runs of steps are tries of one step. */
const areTriesOfOne = (one: RunStep, other: RunStep): boolean => {
  const [key, otherKey] = [one.id ?? one.name, other.id ?? other.name];
  return key !== undefined && key !== null && key === otherKey;
};

const hasFailed = ({ result }: StepRun): boolean => result?.outcome === "FAILED" || result?.outcome === "ABORTED";

/** Schema of {@linkcode ScenarioRunDetails}, with its accessors. */
export const ScenarioRunDetails: ScenarioRunDetailsCodec = Object.assign(
  open(
    {
      scenarioRun: ScenarioRun,
      stepRuns: maybe(Schema.Array(StepRun)),
    } satisfies Fields<ScenarioRunDetails>,
  ) as Schema.Codec<ScenarioRunDetails, unknown>,
  {
    steps,
    lastStep: (details: ScenarioRunDetails): StepRun | undefined => steps(details).at(-1),
    jobIds: (details: ScenarioRunDetails): ReadonlyArray<string> => steps(details).flatMap(StepRun.jobIds),
    firstError: (details: ScenarioRunDetails): StepFailure | undefined => {
      const tries = steps(details);
      const thrownByRun = details.scenarioRun.result?.thrown ?? undefined;
      for (const [at, step] of tries.entries()) {
        const error = firstError(step);
        const last = tries.findLast((later, index) => index > at && areTriesOfOne(step.step, later.step));
        if (error === undefined || (last !== undefined && !hasFailed(last))) continue;
        return failureOf(step.step, firstThat([error.thrown, thrownByRun]), error.jobId);
      }
      return thrownByRun === undefined ? undefined : { thrown: thrownByRun };
    },
  },
);
