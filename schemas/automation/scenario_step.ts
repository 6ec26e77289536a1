/**
 * Steps of scenarios, as DSS stores them.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";
import { EnvSelection } from "./env_selection.ts";
import { JobType } from "./job_definition.ts";
import { RunOutcome } from "./scenario_run.ts";

/** Kind of a step; further values may come. */
export type ScenarioStepType =
  | "build_flowitem"
  | "check_dataset"
  | "compute_metrics"
  | "check_consistency"
  | "custom_python"
  | "exec_sql"
  | "run_scenario"
  | (string & Record<never, never>);

/** Schema of {@linkcode ScenarioStepType}. */
export const ScenarioStepType: Schema.Codec<ScenarioStepType, string> = openEnum<ScenarioStepType>();

/** When a step runs; further values may come. */
export type RunConditionType =
  | "RUN_IF_STATUS_MATCH"
  | "RUN_CONDITIONALLY"
  | "RUN_ALWAYS"
  | (string & Record<never, never>);

/** Schema of {@linkcode RunConditionType}. */
export const RunConditionType: Schema.Codec<RunConditionType, string> = openEnum<RunConditionType>();

/** A step of a scenario. */
export interface ScenarioStep {
  /** Id within the scenario. */
  readonly id?: string | null;
  /** What people call it. */
  readonly name?: string | null;
  /** Its kind, on which `params` depend. */
  readonly type: ScenarioStepType;
  /** Whether it runs at all. By default it does. */
  readonly enabled?: boolean | null;
  /** What people noted. */
  readonly comment?: string | null;
  /** When it runs. */
  readonly runConditionType?: RunConditionType | null;
  /** How the steps before must have ended, with `RUN_IF_STATUS_MATCH`. */
  readonly runConditionStatuses?: ReadonlyArray<RunOutcome> | null;
  /** Formula that must be true, with `RUN_CONDITIONALLY`. */
  readonly runConditionExpression?: string | null;
  /** Whether the scenario counts as successful again when the step begins. */
  readonly resetScenarioStatus?: boolean | null;
  /** How often it is tried again when it failed. */
  readonly maxRetriesOnFail?: number | null;
  /** Pause before it is tried again, in seconds. */
  readonly delayBetweenRetries?: number | null;
  /** What depends on its kind: see the guards, as {@linkcode isBuildStep}. */
  readonly params?: Readonly<Record<string, unknown>> | null;
}

/** Schema of {@linkcode ScenarioStep}. */
export const ScenarioStep: Schema.Codec<ScenarioStep, unknown> = open(
  {
    id: maybe(Schema.String),
    name: maybe(Schema.String),
    type: ScenarioStepType,
    enabled: maybe(Schema.Boolean),
    comment: maybe(Schema.String),
    runConditionType: maybe(RunConditionType),
    runConditionStatuses: maybe(Schema.Array(RunOutcome)),
    runConditionExpression: maybe(Schema.String),
    resetScenarioStatus: maybe(Schema.Boolean),
    maxRetriesOnFail: maybe(Schema.Number),
    delayBetweenRetries: maybe(Schema.Number),
    params: maybe(dictionary(Schema.Unknown)),
  } satisfies Fields<ScenarioStep>,
);

/** An object of the flow that a step works on. */
export interface StepItem {
  /** Kind of the object, as `DATASET`. */
  readonly type: string;
  /** Name of a dataset, id of anything else. */
  readonly itemId: string;
  /** Partitions, as DSS spells them; empty for all, or for what is not partitioned. */
  readonly partitionsSpec?: string | null;
  /** Project of the object. By default that of the scenario. */
  readonly projectKey?: string | null;
}

/** Schema of {@linkcode StepItem}. */
export const StepItem: Schema.Codec<StepItem, unknown> = open(
  {
    type: Schema.String,
    itemId: Schema.String,
    partitionsSpec: maybe(Schema.String),
    projectKey: maybe(Schema.String),
  } satisfies Fields<StepItem>,
);

/** What a step builds. */
export interface BuildStepParams {
  /** What it builds. */
  readonly builds: ReadonlyArray<StepItem>;
  /** How far it builds. */
  readonly jobType?: JobType | null;
}

/** Schema of {@linkcode BuildStepParams}. */
export const BuildStepParams: Schema.Codec<BuildStepParams, unknown> = open(
  { builds: Schema.Array(StepItem), jobType: maybe(JobType) } satisfies Fields<BuildStepParams>,
);

/** What a step checks. */
export interface CheckStepParams {
  /** Datasets whose checks or data quality rules it computes. */
  readonly checks: ReadonlyArray<StepItem>;
}

/** Schema of {@linkcode CheckStepParams}. */
export const CheckStepParams: Schema.Codec<CheckStepParams, unknown> = open(
  { checks: Schema.Array(StepItem) } satisfies Fields<CheckStepParams>,
);

/** What a step measures. */
export interface MetricsStepParams {
  /** Objects whose metrics it computes. */
  readonly computes: ReadonlyArray<StepItem>;
}

/** Schema of {@linkcode MetricsStepParams}. */
export const MetricsStepParams: Schema.Codec<MetricsStepParams, unknown> = open(
  { computes: Schema.Array(StepItem) } satisfies Fields<MetricsStepParams>,
);

/** The SQL that a step runs. */
export interface SqlStepParams {
  /** Name of the connection. */
  readonly connection: string;
  /** The statements. */
  readonly sql: string;
}

/** Schema of {@linkcode SqlStepParams}. */
export const SqlStepParams: Schema.Codec<SqlStepParams, unknown> = open(
  { connection: Schema.String, sql: Schema.String } satisfies Fields<SqlStepParams>,
);

/** The Python that a step runs. */
export interface PythonStepParams {
  /** The code. */
  readonly script: string;
  /** Which code environment runs it. */
  readonly envSelection?: EnvSelection | null;
}

/** Schema of {@linkcode PythonStepParams}. */
export const PythonStepParams: Schema.Codec<PythonStepParams, unknown> = open(
  { script: Schema.String, envSelection: maybe(EnvSelection) } satisfies Fields<PythonStepParams>,
);

/** A step that builds datasets, folders or models. */
export type BuildStep = ScenarioStep & { readonly type: "build_flowitem"; readonly params: BuildStepParams };

/** A step that computes checks or data quality rules. */
export type CheckStep = ScenarioStep & { readonly type: "check_dataset"; readonly params: CheckStepParams };

/** A step that computes metrics. */
export type MetricsStep = ScenarioStep & { readonly type: "compute_metrics"; readonly params: MetricsStepParams };

/** A step that runs SQL. */
export type SqlStep = ScenarioStep & { readonly type: "exec_sql"; readonly params: SqlStepParams };

/** A step that runs Python. */
export type PythonStep = ScenarioStep & { readonly type: "custom_python"; readonly params: PythonStepParams };

const hasBuildParams = Schema.is(BuildStepParams);
const hasCheckParams = Schema.is(CheckStepParams);
const hasMetricsParams = Schema.is(MetricsStepParams);
const hasSqlParams = Schema.is(SqlStepParams);
const hasPythonParams = Schema.is(PythonStepParams);

/** Whether a step builds datasets, folders or models, with parameters as this library knows them. */
export function isBuildStep(step: ScenarioStep): step is BuildStep {
  return step.type === "build_flowitem" && hasBuildParams(step.params);
}

/** Whether a step computes checks or data quality rules, with parameters as this library knows them. */
export function isCheckStep(step: ScenarioStep): step is CheckStep {
  return step.type === "check_dataset" && hasCheckParams(step.params);
}

/** Whether a step computes metrics, with parameters as this library knows them. */
export function isMetricsStep(step: ScenarioStep): step is MetricsStep {
  return step.type === "compute_metrics" && hasMetricsParams(step.params);
}

/** Whether a step runs SQL, with parameters as this library knows them. */
export function isSqlStep(step: ScenarioStep): step is SqlStep {
  return step.type === "exec_sql" && hasSqlParams(step.params);
}

/** Whether a step runs Python, with parameters as this library knows them. */
export function isPythonStep(step: ScenarioStep): step is PythonStep {
  return step.type === "custom_python" && hasPythonParams(step.params);
}
