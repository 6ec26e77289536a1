/**
 * Scenarios of the simulated DSS: their definitions, and what they are about to do.
 *
 * @module
 * @internal
 */
import { activeTriggers, completeDocument, describeDocument, paramsOf } from "./scenario_document.ts";
import { fireByItself, fireDocument } from "./scenario_fires_state.ts";
import type { ScenarioRecord } from "./scenario_record.ts";
import { nextTime, periodOf } from "./trigger_times.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type ProjectSlice, projectSlice } from "../projects/project_slice.ts";
import { projects, type SimulatedProject } from "../projects/projects_state.ts";

/** Scenarios of a project by id. */
export const scenarios: ProjectSlice<Map<string, ScenarioRecord>> = projectSlice(
  "scenarios",
  (): Map<string, ScenarioRecord> => new Map(),
  {
    removed: (held, object) => {
      for (const scenario of held.values()) if (object === `projects/${scenario.projectKey}`) stopScenario(scenario);
    },
    // Runs end as aborted once DSS is back, and fires that wait are lost.
    restarted: (held, at, backAt) => {
      for (const scenario of held.values()) {
        const lost = new Set(scenario.waiting.splice(0));
        scenario.fires.splice(0, scenario.fires.length, ...scenario.fires.filter((fire) => !lost.has(fire)));
        scenario.current?.abort(at, backAt);
      }
    },
    content: {
      take: (held) => [...held.values()].map(({ id, document, script }) => [id, { document, script }]),
      // What is there stays as active as it was; what comes new is not active.
      put: (held, documents, { world, project, now }) => {
        const before = new Map(held);
        held.clear();
        for (const { document, script } of documents as unknown as ReadonlyArray<ScenarioRecord>) {
          const there = before.get(String(document.id));
          before.delete(String(document.id));
          const restored = {
            ...document,
            projectKey: project.projectKey,
            active: there?.document.active === true,
          };
          const scenario = there ?? addScenario(world, project, restored, script);
          held.set(scenario.id, Object.assign(scenario, { document: restored, script }));
          planScenario(world, scenario, now);
        }
        for (const gone of before.values()) stopScenario(gone);
      },
    },
  },
);

/** How often a scenario starts after others when nobody looks: two that follow each other would go on for ever. */
const mostFollowed = 1000;

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

/** Fires the triggers that wait for the end of a scenario. */
const fireFollowers = (world: World, ended: ScenarioRecord, outcome: string, at: number): void => {
  for (const project of world.of(projects).values()) {
    for (const scenario of project.of(scenarios).values()) {
      for (const trigger of activeTriggers(scenario.document, "follow_scenariorun")) {
        const { projectKey = scenario.projectKey, scenarioId, outcomeFilter } = paramsOf(trigger);
        const follows = projectKey === ended.projectKey && scenarioId === ended.id;
        const fits = typeof outcomeFilter !== "string" || [outcome, "", "ANY"].includes(outcomeFilter);
        if (!follows || !fits) continue;
        const { until } = world.agenda;
        if (scenario.followed.until !== until) scenario.followed = { until, times: 0 };
        if (++scenario.followed.times <= mostFollowed) fireByItself(world, scenario, at, trigger);
      }
    }
  }
};

/** Adds a scenario. */
export const addScenario = (
  world: World,
  project: SimulatedProject,
  document: JsonObject,
  script = "",
): ScenarioRecord => {
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
    onRunEnd: (outcome, at) => fireFollowers(world, scenario, outcome, at),
    plan: 0,
    followed: { until: 0, times: 0 },
  };
  project.of(scenarios).set(scenario.id, scenario);
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

/** Stops what a scenario is about to do. */
const stopScenario = (scenario: ScenarioRecord): void => {
  scenario.plan += 1;
  scenario.waiting.length = 0;
};

/** Removes a scenario. */
export const removeScenario = (project: SimulatedProject, scenario: ScenarioRecord): void => {
  stopScenario(scenario);
  project.of(scenarios).delete(scenario.id);
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

/** The fires of a scenario, as DSS says them. */
export const fireOf = (scenario: ScenarioRecord, triggerId: string, runId: string): JsonObject | undefined => {
  const found = scenario.fires.find((fire) => fire.triggerId === triggerId && fire.runId === runId);
  return found === undefined ? undefined : fireDocument(scenario, found);
};
