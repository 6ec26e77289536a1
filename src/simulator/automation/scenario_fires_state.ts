/**
 * Trigger fires of the simulated DSS: they wait, become runs of scenarios, or are cancelled.
 *
 * @module
 * @internal
 */
import { timeId } from "./scenario_run_document.ts";
import { RunInProgress } from "./scenario_run_progress.ts";
import type { Fire, ScenarioRecord } from "./scenario_record.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

/** From a fire to its run, and from the end of a run to the next one, in milliseconds. */
const untilRun = 1000;

/** The trigger that stands for a run asked for through the API. */
export const manualTrigger: JsonObject = { id: "manual", type: "manual", name: "API run", delay: 0, active: false };

/** The fire of a trigger, as DSS says it. */
export const fireDocument = ({ projectKey, id }: ScenarioRecord, fire: Fire): JsonObject => {
  const { trigger, runId, timestamp, cancelled, params, triggerAuthCtx } = fire;
  return {
    projectKey,
    scenarioId: id,
    trigger,
    runId,
    timestamp,
    cancelled,
    params,
    ...(triggerAuthCtx === undefined ? {} : { triggerAuthCtx }),
  };
};

/** What is done with a fire while its scenario runs. */
const behaviourOf = ({ document }: ScenarioRecord) => {
  const said = isJsonObject(document.delayedTriggersBehavior) ? document.delayedTriggersBehavior : {};
  return {
    delays: said.delayWhileRunning !== false,
    squashes: said.squashDelayedTriggers !== false,
    suppresses: said.suppressTriggersWhileRunning !== false,
  };
};

/** Fires a trigger: a run will come of it, unless it is cancelled. */
export const fire = (
  world: World,
  scenario: ScenarioRecord,
  at: number,
  { trigger, params = {}, triggerAuthCtx }: {
    readonly trigger: JsonObject;
    readonly params?: JsonObject;
    readonly triggerAuthCtx?: JsonObject;
  },
): Fire => {
  const { delays, squashes } = behaviourOf(scenario);
  const made: Fire = {
    triggerId: String(trigger.id),
    runId: timeId(at, scenario.fires.at(-1)?.runId),
    timestamp: at,
    trigger,
    params,
    triggerAuthCtx,
    cancelled: scenario.current !== undefined && !delays,
  };
  scenario.fires.push(made);
  if (made.cancelled) return made;
  if (squashes) { for (const earlier of scenario.waiting.splice(0)) earlier.cancelled = true; }
  scenario.waiting.push(made);
  world.agenda.at(at + untilRun, (now) => startNext(world, scenario, now));
  return made;
};

/** Fires a trigger that fires by itself: not while the scenario runs, if it suppresses that, nor while DSS is down. */
export const fireByItself = (world: World, scenario: ScenarioRecord, at: number, trigger: JsonObject): void => {
  if (at < world.downUntil || (scenario.current !== undefined && behaviourOf(scenario).suppresses)) return;
  fire(world, scenario, at, { trigger });
};

/** Makes the oldest fire that waits a run, when its time has come. */
const startNext = (world: World, scenario: ScenarioRecord, at: number): void => {
  const next = scenario.waiting[0];
  if (next === undefined || scenario.current !== undefined || at < next.timestamp + untilRun) return;
  scenario.waiting.shift();
  const outcome = world.outcomes.take(`scenarios/${scenario.projectKey}.${scenario.id}`);
  if (outcome.end === "cancel") {
    next.cancelled = true;
    return startNext(world, scenario, at);
  }
  // Who fired it is said by the fire alone.
  const trigger = fireDocument(scenario, { ...next, triggerAuthCtx: undefined });
  const current = new RunInProgress(world, scenario, at, {
    trigger,
    outcome,
    onEnd: (run, endedAt) => {
      scenario.current = undefined;
      world.agenda.at(endedAt + untilRun, (now) => startNext(world, scenario, now));
      scenario.onRunEnd(String(run.result?.outcome), endedAt);
    },
  });
  scenario.current = current;
  scenario.runs.push(current.run);
};
