/**
 * Scenarios of the simulated DSS, with what they did and are about to do.
 *
 * @module
 * @internal
 */
import type { JsonObject } from "../kernel/stored_document.ts";
import type { ScenarioDefinition, ScenarioRun } from "./scenario_run_document.ts";

/** A trigger that fired. */
export interface Fire {
  readonly triggerId: string;
  readonly runId: string;
  readonly timestamp: number;
  readonly trigger: JsonObject;
  readonly params: JsonObject;
  /** Who fired it by hand. */
  readonly triggerAuthCtx: JsonObject | undefined;
  cancelled: boolean;
}

/** A run that has not ended. */
export interface CurrentRun {
  readonly run: ScenarioRun;
  /** Id of the future that stands for it. */
  readonly futureId: string;
  /** Stops it; its result is there at `endsAt`. */
  abort(at: number, endsAt?: number): void;
}

/** A scenario. */
export interface ScenarioRecord extends ScenarioDefinition {
  /** Replaced as a whole, never changed. */
  document: JsonObject;
  /** Code of a scenario that is a script. */
  script: string;
  extension: string;
  /** Oldest first. */
  readonly runs: Array<ScenarioRun>;
  /** Oldest first. */
  readonly fires: Array<Fire>;
  /** Fires that have not become runs; oldest first. */
  readonly waiting: Array<Fire>;
  current: CurrentRun | undefined;
  /** Told when a run of it has ended, with its outcome. */
  readonly onRunEnd: (outcome: string, at: number) => void;
  /** Counts the changes of its triggers: what was planned before counts no more. */
  plan: number;
  /** How often it started after other scenarios in one advance of the clock. */
  followed: { readonly until: number; times: number };
}
