/**
 * What DSS is asked about trigger fires and scenario runs.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { ScenarioRun } from "../../schemas/automation/scenario_run.ts";
import { ScenarioRunDetails } from "../../schemas/automation/scenario_run_details.ts";
import { AnsweredFire, fireOf } from "../../schemas/automation/answered_fire.ts";
import type { TriggerFire, TriggerFireHandle } from "../../schemas/automation/trigger_fire.ts";
import type { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { maybe, open } from "../../src/json/open.ts";
import { get, path, post } from "../../src/transport/request.ts";
import { stepCount } from "./scenario_run_state.ts";

/** The calls that a service and its operations share; the first argument is the name of the method, for spans and errors. */
export interface ScenarioRunCalls {
  /** Origin of the instance, for tokens. */
  readonly instance: string;
  /** What DSS says, as errors show it. */
  readonly withoutSecrets: Dss["withoutSecrets"];
  fire(method: string, fire: TriggerFireHandle): Effect.Effect<TriggerFire, DssError>;
  /** `undefined` while the fire has not become a run. */
  runOfFire(method: string, fire: TriggerFireHandle): Effect.Effect<ScenarioRun | undefined, DssError>;
  details(
    method: string,
    projectKey: string,
    scenarioId: string,
    runId: string,
  ): Effect.Effect<ScenarioRunDetails, DssError>;
  /** How many steps the scenario has now; `undefined` when it is a script, or may not be read. */
  stepCount(method: string, projectKey: string, scenarioId: string): Effect.Effect<number | undefined>;
  /** Newest first. */
  lastRuns(
    method: string,
    projectKey: string,
    scenarioId: string,
    limit: number,
    onlyFinished: boolean,
  ): Effect.Effect<ReadonlyArray<ScenarioRun>, DssError>;
  /** `undefined` when nothing runs. */
  current(method: string, projectKey: string, scenarioId: string): Effect.Effect<ScenarioRun | undefined, DssError>;
  /** Aborts whatever the scenario runs; sent twice it could meet the next run. */
  abort(method: string, projectKey: string, scenarioId: string): Effect.Effect<void, DssError>;
}

/** The run is absent as long as DSS has not made one. */
const RunOfFire = open({ scenarioRun: maybe(ScenarioRun) });

const Definition = open({ params: Schema.optionalKey(Schema.Unknown) });

/** A run with its project, which DSS need not say to one who named it: what is asked of the run next needs to know. */
export const inProject = (run: ScenarioRun, projectKey: string): ScenarioRun =>
  typeof run.scenario.projectKey === "string" ? run : { ...run, scenario: { ...run.scenario, projectKey } };

/** Makes the calls on a connection. */
export const scenarioRunCalls = (dss: Dss): ScenarioRunCalls => {
  const lastRuns: ScenarioRunCalls["lastRuns"] = (method, projectKey, scenarioId, limit, onlyFinished) =>
    Effect.map(
      dss.json(
        method,
        get(path`/projects/${projectKey}/scenarios/${scenarioId}/get-last-runs`, {
          query: { limit, onlyFinishedRuns: onlyFinished },
        }),
        Schema.Array(ScenarioRun),
      ),
      (runs) => runs.map((run) => inProject(run, projectKey)),
    );
  return {
    instance: dss.instance,
    withoutSecrets: dss.withoutSecrets,
    fire: (method, { projectKey, scenarioId, trigger, runId }) =>
      Effect.map(
        dss.json(
          method,
          get(path`/projects/${projectKey}/scenarios/trigger/${scenarioId}/${trigger.id}`, {
            query: { triggerRunId: runId },
          }),
          AnsweredFire,
        ),
        (fire) => fireOf(fire, projectKey, scenarioId),
      ),
    runOfFire: (method, { projectKey, scenarioId, trigger, runId }) =>
      Effect.map(
        dss.json(
          method,
          get(path`/projects/${projectKey}/scenarios/${scenarioId}/get-run-for-trigger`, {
            query: { triggerId: trigger.id, triggerRunId: runId },
          }),
          RunOfFire,
        ),
        ({ scenarioRun }) => scenarioRun ? inProject(scenarioRun, projectKey) : undefined,
      ),
    details: (method, projectKey, scenarioId, runId) =>
      // Without its final slash this is another route.
      Effect.map(
        dss.json(method, get(path`/projects/${projectKey}/scenarios/${scenarioId}/${runId}/`), ScenarioRunDetails),
        (details) => ({ ...details, scenarioRun: inProject(details.scenarioRun, projectKey) }),
      ),
    stepCount: (method, projectKey, scenarioId) =>
      Effect.map(dss.json(method, get(path`/projects/${projectKey}/scenarios/${scenarioId}`), Definition), stepCount)
        .pipe(
          Effect.catch((error) => Effect.as(Effect.logDebug(`The steps are not counted: ${error.message}`), undefined)),
        ),
    lastRuns,
    current: (method, projectKey, scenarioId) =>
      Effect.map(
        lastRuns(method, projectKey, scenarioId, 1, false),
        ([last]) => last !== undefined && ScenarioRun.isRunning(last) ? last : undefined,
      ),
    abort: (method, projectKey, scenarioId) =>
      dss.empty(method, post(path`/projects/${projectKey}/scenarios/${scenarioId}/abort`)),
  };
};
