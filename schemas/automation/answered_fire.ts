/**
 * Trigger fires as DSS answers them to one who knows of which scenario they are: they need not say so.
 *
 * @module
 * @internal
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open } from "../../src/json/open.ts";
import { AuthContext, RunId } from "./run_fields.ts";
import { FiredTrigger, type TriggerFire } from "./trigger_fire.ts";

/** A fire that may leave out its project and its scenario. */
export interface AnsweredFire extends Omit<TriggerFire, "projectKey" | "scenarioId"> {
  readonly projectKey?: string | null;
  readonly scenarioId?: string | null;
}

/** Schema of {@linkcode AnsweredFire}. */
export const AnsweredFire: Schema.Codec<AnsweredFire, unknown> = open(
  {
    projectKey: maybe(Schema.String),
    scenarioId: maybe(Schema.String),
    trigger: FiredTrigger,
    runId: RunId,
    timestamp: maybe(Schema.Number),
    cancelled: maybe(Schema.Boolean),
    params: maybe(dictionary(Schema.Unknown)),
    triggerAuthCtx: Schema.optionalKey(AuthContext),
  } satisfies Fields<AnsweredFire>,
) as Schema.Codec<AnsweredFire, unknown>;

/** The fire that an answer about a scenario is. */
export const fireOf = (answer: AnsweredFire, projectKey: string, scenarioId: string): TriggerFire => ({
  ...answer,
  projectKey: answer.projectKey ?? projectKey,
  scenarioId: answer.scenarioId ?? scenarioId,
});
