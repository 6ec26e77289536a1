/**
 * Scenarios: what DSS does by itself, as definitions. Their runs are those of `ScenarioRuns`.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { ScenarioListItem, ScenarioSettings, ScenarioStatus } from "../../schemas/automation/scenario.ts";
import type { ScenarioDefinition } from "../../schemas/automation/scenario_definition.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { maybe, open } from "../../src/json/open.ts";
import { del, get, path, post, put } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/automation/env_selection.ts";
export * from "../../schemas/automation/scenario.ts";
export * from "../../schemas/automation/scenario_definition.ts";
export * from "../../schemas/automation/scenario_edits.ts";
export * from "../../schemas/automation/scenario_reporter.ts";
export * from "../../schemas/automation/scenario_schedule.ts";
export * from "../../schemas/automation/scenario_step.ts";
export * from "../../schemas/automation/scenario_step_builders.ts";
export * from "../../schemas/automation/scenario_trigger.ts";
export * from "../../src/json/version_tag.ts";

/** How a script is saved. */
export interface SaveScriptOptions {
  /** Language of the script, as the ending of its file: `py`. By default DSS decides. */
  readonly extension?: string;
}

/**
 * Scenarios: what DSS does by itself, as definitions.
 *
 * @example
 * ```ts
 * import { Effect, Layer } from "effect";
 * import { Scenarios, ScenarioStatus } from "@effect-dataiku/dss/scenarios";
 *
 * const planned = Effect.flatMap(Scenarios, (scenarios) => scenarios.list("SALES")).pipe(
 *   Effect.map((all) => all.filter((scenario) => ScenarioStatus.nextRunAt(scenario) !== undefined)),
 * );
 * const fake = Layer.mock(Scenarios, {
 *   list: () =>
 *     Effect.succeed([
 *       { projectKey: "SALES", id: "NIGHTLY", name: "Nightly", active: true, running: false, nextRun: 1759363200000 },
 *       { projectKey: "SALES", id: "ON_DEMAND", name: "On demand", active: false, running: false, nextRun: 0 },
 *     ]),
 * });
 * const found = await Effect.runPromise(Effect.provide(planned, fake));
 * if (found.length !== 1) throw new Error("unexpected");
 * ```
 */
export interface Scenarios {
  /** The scenarios of a project. */
  list(projectKey: string): Effect.Effect<ReadonlyArray<ScenarioListItem>, DssError>;
  /** Whether a scenario is active, whether it runs, and when it runs next. */
  status(projectKey: string, scenarioId: string): Effect.Effect<ScenarioStatus, DssError>;
  /**
   * Writes a status that was read and changed. Of it DSS takes `active`, `shortDesc`, `description`, `tags` and checklists, and drops
   * everything else without a word: `updateSettings` changes all of a scenario.
   */
  saveStatus(projectKey: string, scenarioId: string, next: ScenarioStatus): Effect.Effect<void, DssError>;
  /**
   * Creates a scenario, as `stepBasedScenario` and `pythonScenario` define one, and gives its id.
   *
   * An id that is taken is a `Conflict`. It is never sent twice: a lost answer is `OutcomeUnknown`.
   */
  create(projectKey: string, definition: ScenarioDefinition): Effect.Effect<string, DssError>;
  /** The settings of a scenario: its triggers, reporters and steps. The script of a Python scenario is apart, see `script`. */
  settings(projectKey: string, scenarioId: string): Effect.Effect<ScenarioSettings, DssError>;
  /**
   * Changes the settings of a scenario: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * A scenario without `runAsUser` runs as who changed it last: from now on that is the owner of the key.
   *
   * @param edit A pure edit, as `setActive(false)`. What it throws is a defect.
   */
  updateSettings(
    projectKey: string,
    scenarioId: string,
    edit: (settings: ScenarioSettings) => ScenarioSettings,
  ): Effect.Effect<ScenarioSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    projectKey: string,
    scenarioId: string,
    next: ScenarioSettings,
    options?: SaveOptions<ScenarioSettings>,
  ): Effect.Effect<ScenarioSettings, DssError | SettingsError>;
  /** The script of a Python scenario; empty when nobody has written one. */
  script(projectKey: string, scenarioId: string): Effect.Effect<string, DssError>;
  /** Writes the script of a Python scenario. */
  saveScript(
    projectKey: string,
    scenarioId: string,
    script: string,
    options?: SaveScriptOptions,
  ): Effect.Effect<void, DssError>;
  /** Deletes a scenario. DSS refuses it while the scenario runs. */
  delete(projectKey: string, scenarioId: string): Effect.Effect<void, DssError>;
}

const Created = Schema.Struct({ id: Schema.String });

const Payload = open({ script: maybe(Schema.String) });

/** Key of {@linkcode Scenarios}, with its layer. */
export const Scenarios: DssService<Scenarios> = service(
  "Scenarios",
  Effect.map(Dss, (dss): Scenarios => {
    const scenario = (projectKey: string, id: string) => path`/projects/${projectKey}/scenarios/${id}`;
    const light = (projectKey: string, id: string) => path`/projects/${projectKey}/scenarios/${id}/light`;
    const payload = (projectKey: string, id: string) => path`/projects/${projectKey}/scenarios/${id}/payload`;
    const { read, update, save } = editing(dss, {
      methods: ["Scenarios.settings", "Scenarios.updateSettings", "Scenarios.saveSettings"],
      schema: ScenarioSettings,
      at: scenario,
    });
    return {
      list: (projectKey) =>
        dss.json("Scenarios.list", get(path`/projects/${projectKey}/scenarios/`), Schema.Array(ScenarioListItem)),
      status: (projectKey, scenarioId) =>
        dss.json("Scenarios.status", get(light(projectKey, scenarioId), { exact: true }), ScenarioStatus),
      saveStatus: (projectKey, scenarioId, next) =>
        dss.empty("Scenarios.saveStatus", put(light(projectKey, scenarioId), { json: next })),
      create: (projectKey, definition) =>
        Effect.map(
          dss.json("Scenarios.create", post(path`/projects/${projectKey}/scenarios/`, { json: definition }), Created),
          ({ id }) => id,
        ),
      settings: read,
      updateSettings: update,
      saveSettings: save,
      script: (projectKey, scenarioId) =>
        Effect.map(
          dss.json("Scenarios.script", get(payload(projectKey, scenarioId)), Payload),
          ({ script }) => script ?? "",
        ),
      saveScript: (projectKey, scenarioId, script, options) =>
        dss.empty(
          "Scenarios.saveScript",
          // An absent extension is not in the JSON.
          put(payload(projectKey, scenarioId), { json: { script, extension: options?.extension } }),
        ),
      delete: (projectKey, scenarioId) => dss.empty("Scenarios.delete", del(scenario(projectKey, scenarioId))),
    };
  }),
);
