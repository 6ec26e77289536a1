/**
 * Settings of plugins: code environment, parameter sets, presets.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { PluginSettingsDocument } from "../../schemas/code/plugin_settings.ts";
import type { PluginSettingsEdit } from "../../schemas/code/plugin_settings_edits.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import type { WaitOptions } from "../../src/operation/operation.ts";
import { get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import {
  readSettings,
  type SaveOptions,
  saveSettings,
  type SettingsError,
  type SettingsSource,
  updateSettings,
} from "../../src/settings/settings.ts";
import { startFuture } from "../../src/operation/started_future.ts";

export * from "../../schemas/code/plugin_settings.ts";
export * from "../../schemas/code/plugin_settings_edits.ts";

/** Whose settings are meant. */
export interface PluginSettingsScope {
  /** Key of the project; by default those of the instance are meant. */
  readonly projectKey?: string;
}

/**
 * Settings of plugins, of the instance (which needs an administrator's key) or of one project.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { PluginSettings, PluginSettingsDocument, setPreset } from "@effect-dataiku/dss/plugin-settings";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const settings = yield* PluginSettings;
 *   return yield* settings.update("geoadmin", setPreset("account", "europe", { config: { region: "eu" } }));
 * });
 * const saved = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (PluginSettingsDocument.preset(saved, "account", "europe") === undefined) throw new Error("unexpected");
 * ```
 */
export interface PluginSettings {
  /** The settings of a plugin. */
  get(pluginId: string, scope?: PluginSettingsScope): Effect.Effect<PluginSettingsDocument, DssError>;
  /**
   * Changes the settings of a plugin: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit, see `setPreset` and others. What it throws is a defect.
   */
  update(
    pluginId: string,
    edit: PluginSettingsEdit,
    scope?: PluginSettingsScope,
  ): Effect.Effect<PluginSettingsDocument, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  save(
    pluginId: string,
    next: PluginSettingsDocument,
    options?: SaveOptions<PluginSettingsDocument> & PluginSettingsScope,
  ): Effect.Effect<PluginSettingsDocument, DssError | SettingsError>;
  /**
   * Starts to write settings, as DSS offers it for those that take long to apply, and gives its operation. They are not read back. The
   * request says nothing of a project: those of one are written with `save`.
   */
  startSave(
    pluginId: string,
    next: PluginSettingsDocument,
    options?: WaitOptions,
  ): Effect.Effect<FutureOperation<unknown>, DssError>;
}

/** Key of {@linkcode PluginSettings}, with its layer. */
export const PluginSettings: DssService<PluginSettings> = service(
  "PluginSettings",
  Effect.map(Dss, (dss): PluginSettings => {
    const source = (
      method: string,
      pluginId: string,
      { projectKey }: PluginSettingsScope = {},
    ): SettingsSource<PluginSettingsDocument> => ({
      method,
      schema: PluginSettingsDocument,
      read: get(path`/plugins/${pluginId}/settings`, { query: { projectKey } }),
      // A POST, but the same when sent twice.
      write: (json) => post(path`/plugins/${pluginId}/settings`, { query: { projectKey }, json, repeatable: true }),
    });
    return {
      get: (pluginId, scope) => readSettings(dss, source("PluginSettings.get", pluginId, scope)),
      update: (pluginId, edit, scope) => updateSettings(dss, source("PluginSettings.update", pluginId, scope), edit),
      save: (pluginId, next, options) =>
        saveSettings(dss, source("PluginSettings.save", pluginId, options), next, options),
      startSave: (pluginId, json, options) =>
        startFuture(dss, {
          method: "PluginSettings.startSave",
          request: post(path`/plugins/${pluginId}/settings/future`, { json }),
          result: Schema.Unknown,
        }, options),
    };
  }),
);
