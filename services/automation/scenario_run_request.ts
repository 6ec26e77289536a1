/**
 * Requesting a scenario run, so that it is found again when the answer is lost.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { ScenarioRun } from "../../schemas/automation/scenario_run.ts";
import { AnsweredFire, fireOf } from "../../schemas/automation/answered_fire.ts";
import type { TriggerFire } from "../../schemas/automation/trigger_fire.ts";
import { withCandidates } from "../../src/operation/candidates.ts";
import type { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { equalJson } from "../../src/json/exact_json.ts";
import { path, post } from "../../src/transport/request.ts";
import type { ScenarioRunCalls } from "./scenario_run_calls.ts";
import { runToken } from "./scenario_run_operation.ts";
import type { RunScenarioOptions } from "./scenario_run_options.ts";

type Params = Readonly<Record<string, unknown>>;

const method = "ScenarioRuns.start";

/** A fire is not listed anywhere; it becomes a run within seconds, unless the scenario runs. */
const untilRun = "5 seconds";

/** How many of the newest runs may be the one that was requested. */
const newest = 20;

/** The name of the parameter that tells a request from others. */
const correlationName = ({ correlation = false }: RunScenarioOptions): string | undefined =>
  correlation === true ? "correlationId" : correlation === false ? undefined : correlation;

/** The parameters that a run was requested with; `undefined` when it was not requested by hand or by program. */
const paramsOf = (run: ScenarioRun): Params | undefined => {
  if (ScenarioRun.trigger(run)?.type !== "manual") return undefined;
  return (run.trigger as { readonly params?: Params | null }).params ?? {};
};

/** Parameters as DSS received them: what JSON leaves out is not there. */
const asSent = (params: Params): Params => JSON.parse(JSON.stringify(params));

/** Fires the manual trigger of a scenario. A lost answer is `OutcomeUnknown` with the runs that may have come of it. */
export const requestRun = (
  dss: Dss,
  calls: ScenarioRunCalls,
  projectKey: string,
  scenarioId: string,
  options: RunScenarioOptions,
): Effect.Effect<TriggerFire, DssError> =>
  Effect.suspend(() => {
    const name = correlationName(options);
    const given = options.params ?? {};
    const params = name === undefined ? given : { [name]: crypto.randomUUID(), ...given };
    const isOurs = (run: ScenarioRun, since: number): boolean => {
      const its = paramsOf(run);
      if (its === undefined) return false;
      // An id that no other request has needs no time, which a clock that is wrong would spoil.
      return name === undefined
        ? run.start >= since && equalJson(its, asSent(params))
        : Object.hasOwn(its, name) && equalJson(its[name], params[name]);
    };
    const start = Effect.map(
      dss.json(
        method,
        post(path`/projects/${projectKey}/scenarios/${scenarioId}/run`, { json: params, starts: true }),
        AnsweredFire,
      ),
      (fire) => fireOf(fire, projectKey, scenarioId),
    );
    return withCandidates(start, (since) =>
      calls.lastRuns(method, projectKey, scenarioId, newest, false).pipe(
        Effect.delay(untilRun),
        Effect.map((runs) =>
          runs.filter((run) => isOurs(run, since)).map(({ runId }) => runToken(calls, projectKey, scenarioId, runId))
        ),
      ));
  });
