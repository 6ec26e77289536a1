/**
 * Where a requested scenario run stands.
 *
 * @module
 */
import { type RunOutcome, ScenarioRun } from "../../schemas/automation/scenario_run.ts";
import { ScenarioRunDetails, StepRun } from "../../schemas/automation/scenario_run_details.ts";
import type { TriggerFire } from "../../schemas/automation/trigger_fire.ts";
import type { OperationState } from "../../src/operation/operation.ts";

/** A fire that has not become a run. */
export interface FireState extends OperationState {
  /** Whether it waits or was cancelled. */
  readonly phase: "WAITING" | "CANCELLED";
  /** The trigger fire. */
  readonly fire: TriggerFire;
  /** There is none. */
  readonly run?: undefined;
  /** There are none. */
  readonly details?: undefined;
}

/** A run; its progress counts steps, when these are asked for and the scenario is not a script. */
export interface RunState extends OperationState {
  /** Whether it runs, or how it ended. */
  readonly phase: "RUNNING" | RunOutcome;
  /** The trigger fire, when it was seen before the run. */
  readonly fire?: TriggerFire;
  /** The run. */
  readonly run: ScenarioRun;
  /** The run with its steps, when these are asked for. */
  readonly details?: ScenarioRunDetails;
}

/** Where a requested run stands: a fire, and later a run. */
export type ScenarioRunState = FireState | RunState;

/** @internal */
export const stateOfFire = (fire: TriggerFire): FireState => ({
  phase: fire.cancelled ? "CANCELLED" : "WAITING",
  isFinal: fire.cancelled === true,
  fire,
});

/** @internal */
export const stateOfRun = (run: ScenarioRun): RunState => {
  const startedAt = ScenarioRun.startedAt(run);
  return {
    phase: ScenarioRun.outcome(run) ?? "RUNNING",
    isFinal: !ScenarioRun.isRunning(run),
    run,
    ...(startedAt === undefined ? {} : { startedAt }),
  };
};

/** @internal How many steps a scenario runs; `undefined` when it does not say, or has none because it is a script. */
export const stepCount = ({ params }: { readonly params?: unknown }): number | undefined => {
  const steps = (params as { readonly steps?: unknown } | null | undefined)?.steps;
  return Array.isArray(steps) ? steps.filter((step) => step?.enabled !== false).length : undefined;
};

/** @internal `total` is how many steps there are, when the run does not say it. */
export const stateOfDetails = (details: ScenarioRunDetails, total: number | undefined): RunState => {
  const ended = ScenarioRunDetails.steps(details).filter((step) => StepRun.outcome(step) !== undefined);
  const all = stepCount(details.scenarioRun.scenario) ?? total;
  // A step that was retried has ended once.
  const progress = all === undefined
    ? undefined
    : { done: Math.min(new Set(ended.map(({ step }) => step.id)).size, all), total: all };
  return { ...stateOfRun(details.scenarioRun), details, ...(progress === undefined ? {} : { progress }) };
};
