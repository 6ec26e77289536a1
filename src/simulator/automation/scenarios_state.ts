/**
 * Scenarios of the simulated DSS: their definitions, and what they are about to do.
 *
 * @module
 * @internal
 */
import { activeTriggers, completeDocument, describeDocument, paramsOf } from "./scenario_document.ts";
import { type Fire, fireByItself, fireDocument } from "./scenario_fires_state.ts";
import type { ScenarioRun } from "./scenario_run_document.ts";
import type { RunInProgress } from "./scenario_run_progress.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import { nextTime, periodOf } from "./trigger_times.ts";
import type { SimulatedProject, World } from "../kernel/world.ts";

/** A scenario. */
export interface ScenarioRecord {
  readonly projectKey: string;
  readonly id: string;
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
  current: RunInProgress | undefined;
  /** Counts the changes of its triggers: what was planned before counts no more. */
  plan: number;
  /** How often it started after other scenarios in one advance of the clock. */
  followed: { readonly until: number; times: number };
}

/**
 * How many of the times that went by unseen a temporal trigger fires at.
 *
 * A clock can jump by years: a trigger then fires at the last thousand times that it missed, as if DSS had slept before.
 */
const mostMissed = 1000;

const schedule = (world: World, scenario: ScenarioRecord, trigger: JsonObject, after: number): void => {
  const params = paramsOf(trigger);
  const { plan } = scenario;
  const next = nextTime(params, Math.max(after, world.agenda.until - mostMissed * periodOf(params)));
  if (next === undefined) return;
  world.agenda.at(next, (at) => {
    if (scenario.plan !== plan) return;
    fireByItself(world, scenario, at, trigger);
    schedule(world, scenario, trigger, at);
  });
};

/** Plans when the triggers of a scenario fire; what was planned before counts no more. */
export const planScenario = (world: World, scenario: ScenarioRecord, now: number): void => {
  scenario.plan += 1;
  for (const trigger of activeTriggers(scenario.document, "temporal")) schedule(world, scenario, trigger, now);
};

/** Adds a scenario. */
export const addScenario = (project: SimulatedProject, document: JsonObject, script = ""): ScenarioRecord => {
  const scenario: ScenarioRecord = {
    projectKey: project.projectKey,
    id: String(document.id),
    document,
    script,
    extension: "py",
    runs: [],
    fires: [],
    waiting: [],
    current: undefined,
    plan: 0,
    followed: { until: 0, times: 0 },
  };
  project.scenarios.set(scenario.id, scenario);
  return scenario;
};

/** Saves the definition of a scenario. */
export const saveScenario = (
  world: World,
  scenario: ScenarioRecord,
  sent: JsonObject,
  { login, now }: { readonly login: string; readonly now: number },
): void => {
  const { projectKey, id, document: before } = scenario;
  const context = { projectKey, id, type: String(before.type), login, now, chance: world.chance, before };
  scenario.document = completeDocument(sent, context);
  planScenario(world, scenario, now);
};

/** Removes a scenario. */
export const removeScenario = (project: SimulatedProject, scenario: ScenarioRecord): void => {
  scenario.plan += 1;
  scenario.waiting.length = 0;
  project.scenarios.delete(scenario.id);
};

/** Whether a scenario runs: not any more as soon as its run was told to stop, even if the result is not there yet. */
export const isRunning = ({ current }: ScenarioRecord): boolean => current !== undefined && !current.run.stopped;

/** A scenario, as lists and the light status show it. */
export const lightStatus = (scenario: ScenarioRecord, now: number): JsonObject => {
  const { current, document } = scenario;
  const described = describeDocument(document, now);
  if (current === undefined || !isRunning(scenario)) return { ...described, running: false };
  const { run, futureId } = current;
  return { ...described, running: true, start: run.start, futureId, trigger: run.trigger };
};

/** What a restart of DSS does to scenarios: runs end as aborted once it is back, and fires that wait are lost. */
export const restartScenarios = (world: World, at: number, backAt: number): void => {
  for (const project of world.projects.values()) {
    for (const scenario of project.scenarios.values()) {
      const lost = new Set(scenario.waiting.splice(0));
      scenario.fires.splice(0, scenario.fires.length, ...scenario.fires.filter((fire) => !lost.has(fire)));
      scenario.current?.abort(at, backAt);
    }
  }
};

/** The fires of a scenario, as DSS says them. */
export const fireOf = (scenario: ScenarioRecord, triggerId: string, runId: string): JsonObject | undefined => {
  const found = scenario.fires.find((fire) => fire.triggerId === triggerId && fire.runId === runId);
  return found === undefined ? undefined : fireDocument(scenario, found);
};
