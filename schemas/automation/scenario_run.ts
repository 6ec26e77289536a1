/**
 * What DSS says of a run of a scenario.
 *
 * @module
 */
import * as DateTime from "effect/DateTime";
import type * as Duration from "effect/Duration";
import * as Exit from "effect/Exit";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";
import { AuthContext, RunId } from "./run_fields.ts";
import { FiredTrigger } from "./trigger_fire.ts";

/** How a run, or a step of one, ended; further values may come. */
export type RunOutcome = "SUCCESS" | "WARNING" | "FAILED" | "ABORTED" | (string & Record<never, never>);

/** Schema of {@linkcode RunOutcome}. */
export const RunOutcome: Schema.Codec<RunOutcome, string> = openEnum<RunOutcome>();

/** A failure inside DSS, as runs and their steps report it. */
export interface Thrown {
  /** Java class of the failure. */
  readonly clazz?: string | null;
  /** In a few words. */
  readonly title?: string | null;
  /** In words. */
  readonly message?: string | null;
  /** Stack trace, as one text. */
  readonly stack?: string | null;
  /** Code of DSS's documentation of errors, as `ERR_RECIPE_INCONSISTENT_I_O`. */
  readonly code?: string | null;
  /** Who can repair it and where, as `USER_CONFIG_DATASET`. */
  readonly fixability?: string | null;
}

/** Schema of {@linkcode Thrown}. */
export const Thrown: Schema.Codec<Thrown, unknown> = open(
  {
    clazz: maybe(Schema.String),
    title: maybe(Schema.String),
    message: maybe(Schema.String),
    stack: maybe(Schema.String),
    code: maybe(Schema.String),
    fixability: maybe(Schema.String),
  } satisfies Fields<Thrown>,
);

/** How a run, or a step of one, ended. */
export interface RunResult {
  /** Kind of the end, as `SCENARIO_DONE`. */
  readonly type?: string | null;
  /** How it ended. */
  readonly outcome: RunOutcome;
  /** When it ended, in milliseconds since 1970. */
  readonly endTime?: number | null;
  /** Why it failed. */
  readonly thrown?: Thrown | null;
}

/** Schema of {@linkcode RunResult}. */
export const RunResult: Schema.Codec<RunResult, unknown> = open(
  {
    type: maybe(Schema.String),
    outcome: RunOutcome,
    endTime: maybe(Schema.Number),
    thrown: maybe(Thrown),
  } satisfies Fields<RunResult>,
);

/** The scenario of a run, as it was then: often with all its settings. */
export interface RunScenario {
  /** Project of the scenario. */
  readonly projectKey?: string | null;
  /** Id of the scenario. */
  readonly id: string;
  /** Name of the scenario. */
  readonly name?: string | null;
  /** `step_based` or `custom_python`. */
  readonly type?: string | null;
  /** Whether it is a test: only then DSS makes JUnit reports of its runs. */
  readonly markedAsTest?: boolean | null;
  /** The settings of its kind, with the `steps` of a step-based one. */
  readonly params?: unknown;
}

/** Schema of {@linkcode RunScenario}. */
export const RunScenario: Schema.Codec<RunScenario, unknown> = open(
  {
    projectKey: maybe(Schema.String),
    id: Schema.String,
    name: maybe(Schema.String),
    type: maybe(Schema.String),
    markedAsTest: maybe(Schema.Boolean),
    params: Schema.optionalKey(Schema.Unknown),
  } satisfies Fields<RunScenario>,
);

/** A run of a scenario. */
export interface ScenarioRun {
  /** The scenario, with the ids of project and scenario. */
  readonly scenario: RunScenario;
  /** Id of the run. */
  readonly runId: string;
  /** When it started, in milliseconds since 1970. See `ScenarioRun.startedAt`. */
  readonly start: number;
  /** When it ended, in milliseconds since 1970; `0` or absent while it runs. See `ScenarioRun.endedAt`. */
  readonly end?: number | null;
  /** The trigger fire that it came of, as DSS stores it: not always well-formed, see `ScenarioRun.trigger`. */
  readonly trigger?: unknown;
  /** How it ended; absent while it runs. */
  readonly result?: RunResult | null;
}

/** Schema of {@linkcode ScenarioRun}, with its accessors. */
export interface ScenarioRunCodec extends Schema.Codec<ScenarioRun, unknown> {
  /** Whether it has not ended. */
  isRunning(run: ScenarioRun): boolean;
  /** How it ended; `undefined` while it runs. */
  outcome(run: ScenarioRun): RunOutcome | undefined;
  /** When it started. */
  startedAt(run: ScenarioRun): DateTime.Utc | undefined;
  /** When it ended; `undefined` while it runs. */
  endedAt(run: ScenarioRun): DateTime.Utc | undefined;
  /** How long it ran; of one that still runs, how long until `now`, and `undefined` without it. */
  duration(run: ScenarioRun, now?: DateTime.Utc): Duration.Duration | undefined;
  /** The trigger that it came of; `undefined` when what DSS stores is not well-formed. */
  trigger(run: ScenarioRun): FiredTrigger | undefined;
}

/** A fire inside a run: whatever it is, who it runs for is kept from logs. */
const StoredFire: Schema.Codec<unknown, unknown> = Schema.Union([
  open({ triggerAuthCtx: Schema.optionalKey(AuthContext) }),
  Schema.Unknown,
]);

const asTrigger = Schema.decodeUnknownExit(FiredTrigger);

const hasEnded = (run: ScenarioRun): run is ScenarioRun & { readonly result: RunResult } =>
  run.result !== undefined && run.result !== null;

const startedAt = (run: ScenarioRun): DateTime.Utc | undefined => instantOf(run.start);

const endedAt = (run: ScenarioRun): DateTime.Utc | undefined =>
  hasEnded(run) ? instantOf(run.end) ?? instantOf(run.result.endTime) : undefined;

/** Schema of {@linkcode ScenarioRun}, with its accessors. */
export const ScenarioRun: ScenarioRunCodec = Object.assign(
  open(
    {
      scenario: RunScenario,
      runId: RunId,
      start: Schema.Number,
      end: maybe(Schema.Number),
      trigger: Schema.optionalKey(StoredFire),
      result: maybe(RunResult),
    } satisfies Fields<ScenarioRun>,
  ) as Schema.Codec<ScenarioRun, unknown>,
  {
    isRunning: (run: ScenarioRun): boolean => !hasEnded(run),
    outcome: (run: ScenarioRun): RunOutcome | undefined => run.result?.outcome,
    startedAt,
    endedAt,
    duration: (run: ScenarioRun, now?: DateTime.Utc): Duration.Duration | undefined => {
      const from = startedAt(run);
      const to = hasEnded(run) ? endedAt(run) : now;
      return from === undefined || to === undefined ? undefined : DateTime.distance(from, to);
    },
    trigger: (run: ScenarioRun): FiredTrigger | undefined => {
      const trigger = asTrigger((run.trigger as { readonly trigger?: unknown } | null | undefined)?.trigger);
      return Exit.isSuccess(trigger) ? trigger.value : undefined;
    },
  },
);

/** How the test scenarios of a project ended, each counted with its last run. */
export interface TestingStatus {
  /** Test scenarios that ran. */
  readonly nbTotalRanScenarios?: number | null;
  /** How many of them ended how. */
  readonly nbScenariosPerOutcome?: Readonly<Record<string, number>> | null;
}

/** Schema of {@linkcode TestingStatus}. */
export const TestingStatus: Schema.Codec<TestingStatus, unknown> = open(
  {
    nbTotalRanScenarios: maybe(Schema.Number),
    nbScenariosPerOutcome: maybe(dictionary(Schema.Number)),
  } satisfies Fields<TestingStatus>,
);
