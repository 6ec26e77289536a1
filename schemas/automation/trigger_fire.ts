/**
 * What DSS says of the firing of a trigger, which may become a run of its scenario.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open } from "../../src/json/open.ts";
import { AuthContext, RunId } from "./run_fields.ts";

/** The trigger that fired: one of the scenario's settings, or `manual` for a request by hand or by program. */
export interface FiredTrigger {
  /** Id of the trigger. */
  readonly id: string;
  /** Kind of the trigger, as `manual` or `temporal`. */
  readonly type?: string | null;
  /** Name of the trigger, as `API run`. */
  readonly name?: string | null;
  /** Seconds between two evaluations of the trigger. */
  readonly delay?: number | null;
  /** Whether it fires by itself. */
  readonly active?: boolean | null;
  /** Its parameters, by its kind. */
  readonly params?: unknown;
}

/** Schema of {@linkcode FiredTrigger}. */
export const FiredTrigger: Schema.Codec<FiredTrigger, unknown> = open(
  {
    id: Schema.String,
    type: maybe(Schema.String),
    name: maybe(Schema.String),
    delay: maybe(Schema.Number),
    active: maybe(Schema.Boolean),
    params: Schema.optionalKey(Schema.Unknown),
  } satisfies Fields<FiredTrigger>,
);

/** What names a trigger fire: every {@linkcode TriggerFire} does, and so does a record written by hand. */
export interface TriggerFireHandle {
  /** Project of the scenario. */
  readonly projectKey: string;
  /** Id of the scenario. */
  readonly scenarioId: string;
  /** The trigger that fired. */
  readonly trigger: { readonly id: string };
  /** Id of the fire; it is not the id of a run of the scenario. */
  readonly runId: string;
}

/** The firing of a trigger. It becomes a run of the scenario after a moment, waits while the scenario runs, or is cancelled. */
export interface TriggerFire extends TriggerFireHandle {
  /** Project of the scenario. */
  readonly projectKey: string;
  /** Id of the scenario. */
  readonly scenarioId: string;
  /** The trigger that fired. */
  readonly trigger: FiredTrigger;
  /** Id of the fire; it is not the id of a run of the scenario. */
  readonly runId: string;
  /** When it fired, in milliseconds since 1970. See `TriggerFire.firedAt`. */
  readonly timestamp?: number | null;
  /** Whether it will never become a run: another fire took its place, or the scenario suppresses fires while it runs; absent is not. */
  readonly cancelled?: boolean | null;
  /** Parameters that were given with the request. */
  readonly params?: Readonly<Record<string, unknown>> | null;
  /** Who it runs for. */
  readonly triggerAuthCtx?: Redacted.Redacted<unknown>;
}

/** Schema of {@linkcode TriggerFire}, with its accessors. */
export interface TriggerFireCodec extends Schema.Codec<TriggerFire, unknown> {
  /** When it fired. */
  firedAt(fire: TriggerFire): DateTime.Utc | undefined;
}

/** Schema of {@linkcode TriggerFire}, with its accessors. */
export const TriggerFire: TriggerFireCodec = Object.assign(
  open(
    {
      projectKey: Schema.String,
      scenarioId: Schema.String,
      trigger: FiredTrigger,
      runId: RunId,
      timestamp: maybe(Schema.Number),
      cancelled: maybe(Schema.Boolean),
      params: maybe(dictionary(Schema.Unknown)),
      triggerAuthCtx: Schema.optionalKey(AuthContext),
    } satisfies Fields<TriggerFire>,
  ) as Schema.Codec<TriggerFire, unknown>,
  { firedAt: (fire: TriggerFire): DateTime.Utc | undefined => instantOf(fire.timestamp) },
);
