/**
 * Scenarios, as lists show them and as DSS stores them.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";
import { EnvSelection } from "./env_selection.ts";
import { ScenarioReporter } from "./scenario_reporter.ts";
import { ScenarioStep } from "./scenario_step.ts";
import { ScenarioTrigger } from "./scenario_trigger.ts";
import { VersionTag } from "../../src/json/version_tag.ts";

/** Kind of a scenario; further values may come. */
export type ScenarioType = "step_based" | "custom_python" | (string & Record<never, never>);

/** Schema of {@linkcode ScenarioType}. */
export const ScenarioType: Schema.Codec<ScenarioType, string> = openEnum<ScenarioType>();

/** A trigger or a reporter, in words. */
export interface ScenarioDigest {
  /** Name. */
  readonly name?: string | null;
  /** In words, as `Every day at 02:00`. */
  readonly description?: string | null;
  /** Whether it is active. */
  readonly active?: boolean | null;
}

/** Schema of {@linkcode ScenarioDigest}. */
export const ScenarioDigest: Schema.Codec<ScenarioDigest, unknown> = open(
  {
    name: maybe(Schema.String),
    description: maybe(Schema.String),
    active: maybe(Schema.Boolean),
  } satisfies Fields<ScenarioDigest>,
);

/** Where a scenario stands. How its last run ended is not said: ask for its runs. */
export interface ScenarioStatus {
  /** Id of the scenario. */
  readonly id: string;
  /** Whether its triggers fire. */
  readonly active: boolean;
  /** Whether it runs now. */
  readonly running: boolean;
  /** Project of the scenario. */
  readonly projectKey?: string | null;
  /** Name of the scenario. */
  readonly name?: string | null;
  /** Kind of the scenario. */
  readonly type?: ScenarioType | null;
  /** When the current run started, in milliseconds since 1970. See `ScenarioStatus.startedAt`. */
  readonly start?: number | null;
  /** When it runs next, in milliseconds since 1970; `0` when nothing is planned. See `ScenarioStatus.nextRunAt`. */
  readonly nextRun?: number | null;
  /** Whether DSS cannot offer it. */
  readonly unavailable?: boolean | null;
  /** Whether it is a test. */
  readonly markedAsTest?: boolean | null;
  /** Its triggers, in words. */
  readonly triggerDigest?: string | null;
  /** Its triggers, each in words. */
  readonly triggerDigestItems?: ReadonlyArray<ScenarioDigest> | null;
  /** Its reporters, each in words. */
  readonly reporterDigestItems?: ReadonlyArray<ScenarioDigest> | null;
  /** Tags. */
  readonly tags?: ReadonlyArray<string> | null;
  /** When it was created, in milliseconds since 1970; `0` when DSS does not know. */
  readonly createdOn?: number | null;
  /** When it was last changed, in milliseconds since 1970; `0` when DSS does not know. */
  readonly lastModifiedOn?: number | null;
  /** In a line. */
  readonly shortDesc?: string | null;
  /** In words. */
  readonly description?: string | null;
}

const statusFields = {
  id: Schema.String,
  active: Schema.Boolean,
  running: Schema.Boolean,
  projectKey: maybe(Schema.String),
  name: maybe(Schema.String),
  type: maybe(ScenarioType),
  start: maybe(Schema.Number),
  nextRun: maybe(Schema.Number),
  unavailable: maybe(Schema.Boolean),
  markedAsTest: maybe(Schema.Boolean),
  triggerDigest: maybe(Schema.String),
  triggerDigestItems: maybe(Schema.Array(ScenarioDigest)),
  reporterDigestItems: maybe(Schema.Array(ScenarioDigest)),
  tags: maybe(Schema.Array(Schema.String)),
  createdOn: maybe(Schema.Number),
  lastModifiedOn: maybe(Schema.Number),
  shortDesc: maybe(Schema.String),
  description: maybe(Schema.String),
} satisfies Fields<ScenarioStatus>;

/** Schema of {@linkcode ScenarioStatus}, with its accessors, which take items of lists too. */
export interface ScenarioStatusCodec extends Schema.Codec<ScenarioStatus, unknown> {
  /** When the current run started; `undefined` when it does not run. */
  startedAt(status: ScenarioStatus): DateTime.Utc | undefined;
  /**
   * When it runs next, as far as its active triggers on the clock tell; `undefined` when nothing is planned. It may be later, when another
   * run is not over by then.
   */
  nextRunAt(status: ScenarioStatus): DateTime.Utc | undefined;
}

/** Schema of {@linkcode ScenarioStatus}, with its accessors, which take items of lists too. */
export const ScenarioStatus: ScenarioStatusCodec = Object.assign(
  open(statusFields) as Schema.Codec<ScenarioStatus, unknown>,
  {
    startedAt: ({ running, start }: ScenarioStatus): DateTime.Utc | undefined => running ? instantOf(start) : undefined,
    nextRunAt: ({ nextRun }: ScenarioStatus): DateTime.Utc | undefined => instantOf(nextRun),
  },
);

/** A scenario, as the list of a project shows it. */
export interface ScenarioListItem extends ScenarioStatus {
  /** Project of the scenario. */
  readonly projectKey: string;
  /** Name of the scenario. */
  readonly name?: string | null;
}

/** Schema of {@linkcode ScenarioListItem}. */
export const ScenarioListItem: Schema.Codec<ScenarioListItem, unknown> = open(
  { ...statusFields, projectKey: Schema.String, name: maybe(Schema.String) } satisfies Fields<ScenarioListItem>,
);

/** What a scenario does. */
export interface ScenarioParams {
  /** The steps of a step-based scenario. */
  readonly steps?: ReadonlyArray<ScenarioStep> | null;
  /** Which code environment runs the script of a Python scenario. */
  readonly envSelection?: EnvSelection | null;
}

/** Schema of {@linkcode ScenarioParams}. */
export const ScenarioParams: Schema.Codec<ScenarioParams, unknown> = open(
  {
    steps: maybe(Schema.Array(ScenarioStep)),
    envSelection: maybe(EnvSelection),
  } satisfies Fields<ScenarioParams>,
);

/** What becomes of triggers that fire while the scenario runs. */
export interface DelayedTriggersBehavior {
  /** Whether they wait for the end of the run. */
  readonly delayWhileRunning?: boolean | null;
  /** Whether several that wait become one run. */
  readonly squashDelayedTriggers?: boolean | null;
  /** Whether triggers are not looked at while it runs. */
  readonly suppressTriggersWhileRunning?: boolean | null;
}

/** Schema of {@linkcode DelayedTriggersBehavior}. */
export const DelayedTriggersBehavior: Schema.Codec<DelayedTriggersBehavior, unknown> = open(
  {
    delayWhileRunning: maybe(Schema.Boolean),
    squashDelayedTriggers: maybe(Schema.Boolean),
    suppressTriggersWhileRunning: maybe(Schema.Boolean),
  } satisfies Fields<DelayedTriggersBehavior>,
);

/** A scenario as DSS stores it: what is not named here is kept, and written back as it was. */
export interface ScenarioSettings {
  /** Kind of the scenario. */
  readonly type: ScenarioType;
  /** Name of the scenario. */
  readonly name: string;
  /** Whether its triggers fire. */
  readonly active: boolean;
  /** Project of the scenario. */
  readonly projectKey?: string | null;
  /** Id of the scenario. */
  readonly id?: string | null;
  /** Login that it runs as; without one it runs as who changed it last. See `ScenarioSettings.effectiveRunAs`. */
  readonly runAsUser?: string | null;
  /** What starts it by itself. */
  readonly triggers: ReadonlyArray<ScenarioTrigger>;
  /** The messages that its runs send. */
  readonly reporters: ReadonlyArray<ScenarioReporter>;
  /** What it does. */
  readonly params: ScenarioParams;
  /** What becomes of triggers that fire while it runs. */
  readonly delayedTriggersBehavior?: DelayedTriggersBehavior | null;
  /** What automation nodes note of it. */
  readonly automationLocal?: boolean | null;
  /** Whether it is a test: then DSS makes JUnit reports of its runs. */
  readonly markedAsTest?: boolean | null;
  /** Tags; DSS sorts them. */
  readonly tags?: ReadonlyArray<string> | null;
  /** Custom fields. */
  readonly customFields?: Readonly<Record<string, unknown>> | null;
  /** In a line. */
  readonly shortDesc?: string | null;
  /** In words. */
  readonly description?: string | null;
  /** Who wrote it last, and how often it was written. */
  readonly versionTag?: VersionTag | null;
  /** Who created it. */
  readonly creationTag?: VersionTag | null;
}

/** Schema of {@linkcode ScenarioSettings}, with its accessors. */
export interface ScenarioSettingsCodec extends Schema.Codec<ScenarioSettings, unknown> {
  /** Its steps; none for a script. */
  steps(settings: ScenarioSettings): ReadonlyArray<ScenarioStep>;
  /**
   * Login that it really runs as: that of `runAsUser`, else who changed it last, else who created it; `undefined` when none is known, and
   * then it does probably not run.
   */
  effectiveRunAs(settings: ScenarioSettings): string | undefined;
}

/** Schema of {@linkcode ScenarioSettings}, with its accessors. */
export const ScenarioSettings: ScenarioSettingsCodec = Object.assign(
  open(
    {
      type: ScenarioType,
      name: Schema.String,
      active: Schema.Boolean,
      projectKey: maybe(Schema.String),
      id: maybe(Schema.String),
      runAsUser: maybe(Schema.String),
      triggers: Schema.Array(ScenarioTrigger),
      reporters: Schema.Array(ScenarioReporter),
      params: ScenarioParams,
      delayedTriggersBehavior: maybe(DelayedTriggersBehavior),
      automationLocal: maybe(Schema.Boolean),
      markedAsTest: maybe(Schema.Boolean),
      tags: maybe(Schema.Array(Schema.String)),
      customFields: maybe(dictionary(Schema.Unknown)),
      shortDesc: maybe(Schema.String),
      description: maybe(Schema.String),
      versionTag: maybe(VersionTag),
      creationTag: maybe(VersionTag),
    } satisfies Fields<ScenarioSettings>,
  ) as Schema.Codec<ScenarioSettings, unknown>,
  {
    steps: ({ params }: ScenarioSettings): ReadonlyArray<ScenarioStep> => params.steps ?? [],
    effectiveRunAs: ({ runAsUser, versionTag, creationTag }: ScenarioSettings): string | undefined =>
      runAsUser ?? versionTag?.lastModifiedBy?.login ?? creationTag?.lastModifiedBy?.login ?? undefined,
  },
);
