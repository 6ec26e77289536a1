/**
 * Builders of the usual steps.
 *
 * @example
 * ```ts
 * import { buildStep, checkStep, pythonStep } from "@effect-dataiku/dss/scenarios";
 * import { datasetOutput } from "@effect-dataiku/dss/jobs";
 *
 * const steps = [
 *   buildStep(["orders", datasetOutput("events", { partition: "PREVIOUS_DAY" })]),
 *   checkStep("orders", { retries: 2 }),
 *   pythonStep("print('sorry')", { name: "Apologize", when: ["FAILED"] }),
 * ];
 * if (steps[2]?.runConditionStatuses?.[0] !== "FAILED") throw new Error("unexpected");
 * ```
 *
 * @module
 */
import * as Duration from "effect/Duration";
import type { EnvSelection } from "./env_selection.ts";
import type { JobOutput, JobType } from "./job_definition.ts";
import type { RunOutcome } from "./scenario_run.ts";
import type {
  BuildStep,
  CheckStep,
  MetricsStep,
  PythonStep,
  RunConditionType,
  ScenarioStep,
  SqlStep,
  StepItem,
} from "./scenario_step.ts";

/** When a step runs: always, after steps that ended so, or when a formula of DSS is true. */
export type StepCondition = "always" | ReadonlyArray<RunOutcome> | { readonly formula: string };

/** What every step can be given. */
export interface StepOptions {
  /** Id within the scenario. By default `addStep` and `stepBasedScenario` choose one that is free. */
  readonly id?: string;
  /** What people call it. By default its kind. */
  readonly name?: string;
  /** What people note. */
  readonly comment?: string;
  /**
   * Whether it runs at all.
   *
   * @default {true}
   */
  readonly enabled?: boolean;
  /**
   * When it runs.
   *
   * @default {["SUCCESS", "WARNING"]}
   */
  readonly when?: StepCondition;
  /**
   * Whether the scenario counts as successful again when the step begins, so that it may end well after a failure.
   *
   * @default {false}
   */
  readonly resetStatus?: boolean;
  /**
   * How often it is tried again when it failed.
   *
   * @default {0}
   */
  readonly retries?: number;
  /**
   * Pause before it is tried again, in whole seconds.
   *
   * @default {"10 seconds"}
   */
  readonly retryDelay?: Duration.Input;
  /**
   * Whether the scenario goes on when it failed.
   *
   * @default {false}
   */
  readonly proceedOnFailure?: boolean;
}

/** How warnings of a step count. */
export interface WarningOptions {
  /**
   * What a warning counts as.
   *
   * @default {"WARNING"}
   */
  readonly handleWarningsAs?: RunOutcome;
}

/** How a step builds. */
export interface BuildStepOptions extends StepOptions, WarningOptions {
  /**
   * How far it builds.
   *
   * @default {"RECURSIVE_BUILD"}
   */
  readonly jobType?: JobType;
  /**
   * Whether Hive tables are refreshed.
   *
   * @default {true}
   */
  readonly refreshHiveMetastore?: boolean;
  /**
   * Whether schemas are updated before each recipe runs.
   *
   * @default {false}
   */
  readonly autoUpdateSchemaBeforeEachRecipeRun?: boolean;
}

/** How a step checks. */
export interface CheckStepOptions extends StepOptions, WarningOptions {}

/** How a step runs Python. */
export interface PythonStepOptions extends StepOptions {
  /**
   * Which code environment runs it.
   *
   * @default {{ envMode: "INHERIT" }, that of the project}
   */
  readonly env?: EnvSelection;
}

/** What a step works on: a string is the name of a dataset. */
export type StepTarget = string | JobOutput | ReadonlyArray<string | JobOutput>;

const item = (target: string | JobOutput): StepItem => {
  const { id, type, partition, projectKey }: JobOutput = typeof target === "string" ? { id: target } : target;
  return {
    type: type ?? "DATASET",
    itemId: id,
    partitionsSpec: partition ?? "",
    ...(projectKey === undefined || projectKey === null ? {} : { projectKey }),
  };
};

const items = (target: StepTarget): ReadonlyArray<StepItem> => {
  const all: ReadonlyArray<string | JobOutput> = Array.isArray(target) ? target : [target];
  return all.map(item);
};

const condition = (
  when: StepCondition,
): Required<Pick<ScenarioStep, "runConditionType" | "runConditionStatuses" | "runConditionExpression">> => {
  const of = (type: RunConditionType, statuses: ReadonlyArray<RunOutcome>, formula = "") => ({
    runConditionType: type,
    runConditionStatuses: statuses,
    runConditionExpression: formula,
  });
  const usual = ["SUCCESS", "WARNING"];
  if (when === "always") return of("RUN_ALWAYS", usual);
  return "formula" in when ? of("RUN_CONDITIONALLY", usual, when.formula) : of("RUN_IF_STATUS_MATCH", when);
};

/** The whole of a step: what is left out of a document may mean something else in another version of DSS. */
const step = <Type extends string, Params>(type: Type, options: StepOptions, params: Params) => ({
  ...(options.id === undefined ? {} : { id: options.id }),
  type,
  name: options.name ?? type,
  enabled: options.enabled ?? true,
  ...(options.comment === undefined ? {} : { comment: options.comment }),
  alwaysShowComment: false,
  ...condition(options.when ?? ["SUCCESS", "WARNING"]),
  resetScenarioStatus: options.resetStatus ?? false,
  maxRetriesOnFail: options.retries ?? 0,
  delayBetweenRetries: Math.round(Duration.toSeconds(Duration.fromInputUnsafe(options.retryDelay ?? "10 seconds"))),
  params: { ...params, proceedOnFailure: options.proceedOnFailure ?? false },
});

/** A step that builds datasets, folders or models. */
export function buildStep(target: StepTarget, options: BuildStepOptions = {}): BuildStep {
  return step("build_flowitem", options, {
    builds: items(target),
    jobType: options.jobType ?? "RECURSIVE_BUILD",
    refreshHiveMetastore: options.refreshHiveMetastore ?? true,
    autoUpdateSchemaBeforeEachRecipeRun: options.autoUpdateSchemaBeforeEachRecipeRun ?? false,
    stopAtFlowZoneBoundary: false,
    handleWarningsAs: options.handleWarningsAs ?? "WARNING",
  });
}

/** A step that computes the checks or data quality rules of datasets. */
export function checkStep(target: StepTarget, options: CheckStepOptions = {}): CheckStep {
  return step("check_dataset", options, {
    checks: items(target),
    handleWarningsAs: options.handleWarningsAs ?? "WARNING",
  });
}

/** A step that computes metrics. */
export function metricsStep(target: StepTarget, options: StepOptions = {}): MetricsStep {
  return step("compute_metrics", options, { computes: items(target) });
}

/** A step that runs SQL on a connection. */
export function sqlStep(connection: string, sql: string, options: StepOptions = {}): SqlStep {
  return step("exec_sql", options, { connection, sql, extraConf: [], overrideDefaultLimit: false });
}

/** A step that runs Python. */
export function pythonStep(script: string, options: PythonStepOptions = {}): PythonStep {
  return step("custom_python", options, { script, envSelection: options.env ?? { envMode: "INHERIT" } });
}
