/**
 * Triggers of scenarios: what starts them by itself.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";

/** Kind of a trigger; further values may come, as `pytrigger_…` of plugins. */
export type ScenarioTriggerType =
  | "temporal"
  | "follow_scenariorun"
  | "ds_modified"
  | "sql_query"
  | "custom_python"
  | (string & Record<never, never>);

/** Schema of {@linkcode ScenarioTriggerType}. */
export const ScenarioTriggerType: Schema.Codec<ScenarioTriggerType, string> = openEnum<ScenarioTriggerType>();

/** A trigger of a scenario. */
export interface ScenarioTrigger {
  /** Id within the scenario; a trigger that a program added may have none. */
  readonly id?: string | null;
  /** Its kind, on which `params` depend. */
  readonly type: ScenarioTriggerType;
  /** What people call it. */
  readonly name?: string | null;
  /** Whether it fires, as long as the scenario is active too. */
  readonly active: boolean;
  /** Delay that belongs to its kind, in seconds. */
  readonly delay?: number | null;
  /** What depends on its kind: see the guards, as {@linkcode isTemporalTrigger}. */
  readonly params?: Readonly<Record<string, unknown>> | null;
}

/** Schema of {@linkcode ScenarioTrigger}. */
export const ScenarioTrigger: Schema.Codec<ScenarioTrigger, unknown> = open(
  {
    id: maybe(Schema.String),
    type: ScenarioTriggerType,
    name: maybe(Schema.String),
    active: Schema.Boolean,
    delay: maybe(Schema.Number),
    params: maybe(dictionary(Schema.Unknown)),
  } satisfies Fields<ScenarioTrigger>,
);

/** Unit in which a temporal trigger repeats; further values may come. */
export type TriggerFrequency =
  | "Minutely"
  | "Hourly"
  | "Daily"
  | "Weekly"
  | "Monthly"
  | (string & Record<never, never>);

/** Schema of {@linkcode TriggerFrequency}. */
export const TriggerFrequency: Schema.Codec<TriggerFrequency, string> = openEnum<TriggerFrequency>();

/** Which day of the month a monthly trigger runs on; further values may come. */
export type MonthlyRunOn =
  | "ON_THE_DAY"
  | "LAST_DAY_OF_THE_MONTH"
  | "FIRST_WEEK"
  | "SECOND_WEEK"
  | "THIRD_WEEK"
  | "FOURTH_WEEK"
  | "LAST_WEEK"
  | (string & Record<never, never>);

/** Schema of {@linkcode MonthlyRunOn}. */
export const MonthlyRunOn: Schema.Codec<MonthlyRunOn, string> = openEnum<MonthlyRunOn>();

/** When a temporal trigger fires. */
export interface TemporalParams {
  /** Unit in which it repeats. */
  readonly frequency: TriggerFrequency;
  /** How many units there are between two runs. */
  readonly repeatFrequency?: number | null;
  /** Hour of the day, 0 to 23; of an hourly trigger, the hour of its first run. */
  readonly hour?: number | null;
  /** Minute of the hour, 0 to 59. */
  readonly minute?: number | null;
  /** Days of a weekly trigger, as `Monday`. */
  readonly daysOfWeek?: ReadonlyArray<string> | null;
  /** Day of a monthly trigger: the day of the month, or the week day that it counts, is that of `startingFrom`. */
  readonly monthlyRunOn?: MonthlyRunOn | null;
  /** First day, as `2026-01-31`, or a time of it, as `2026-01-31T00:00:00.000+0000`. */
  readonly startingFrom?: string | null;
  /** Time zone of all this: its name, as `Europe/Paris`, or `SERVER`. */
  readonly timezone?: string | null;
}

/** Schema of {@linkcode TemporalParams}. */
export const TemporalParams: Schema.Codec<TemporalParams, unknown> = open(
  {
    frequency: TriggerFrequency,
    repeatFrequency: maybe(Schema.Number),
    hour: maybe(Schema.Number),
    minute: maybe(Schema.Number),
    daysOfWeek: maybe(Schema.Array(Schema.String)),
    monthlyRunOn: maybe(MonthlyRunOn),
    startingFrom: maybe(Schema.String),
    timezone: maybe(Schema.String),
  } satisfies Fields<TemporalParams>,
);

/** A trigger that fires on the clock. */
export type TemporalTrigger = ScenarioTrigger & { readonly type: "temporal"; readonly params: TemporalParams };

/** What a trigger follows. */
export interface FollowParams {
  /** Project of the scenario. By default that of the trigger. */
  readonly projectKey?: string | null;
  /** Scenario whose ends it follows. */
  readonly scenarioId: string;
  /** Which ends count. */
  readonly outcomeFilter?: string | null;
}

/** Schema of {@linkcode FollowParams}. */
export const FollowParams: Schema.Codec<FollowParams, unknown> = open(
  {
    projectKey: maybe(Schema.String),
    scenarioId: Schema.String,
    outcomeFilter: maybe(Schema.String),
  } satisfies Fields<FollowParams>,
);

/** A trigger that fires when another scenario has run. */
export type FollowTrigger = ScenarioTrigger & {
  readonly type: "follow_scenariorun";
  readonly params: FollowParams;
};

const hasTemporalParams = Schema.is(TemporalParams);
const hasFollowParams = Schema.is(FollowParams);

/** Whether a trigger fires on the clock, with parameters as this library knows them. */
export function isTemporalTrigger(trigger: ScenarioTrigger): trigger is TemporalTrigger {
  return trigger.type === "temporal" && hasTemporalParams(trigger.params);
}

/** Whether a trigger fires when another scenario has run, with parameters as this library knows them. */
export function isFollowTrigger(trigger: ScenarioTrigger): trigger is FollowTrigger {
  return trigger.type === "follow_scenariorun" && hasFollowParams(trigger.params);
}
