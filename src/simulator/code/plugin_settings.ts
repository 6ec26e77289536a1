/**
 * Settings of plugins of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { findPlugin, type PluginRecord } from "./plugins_state.ts";
import { findProject, mayNotAdministrate } from "../projects/projects_state.ts";
import {
  type Call,
  emptyAnswer,
  forbidden,
  invalid,
  jsonAnswer,
  refuse,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

const isText = (value: unknown): boolean => typeof value === "string";
const isObjects = (value: unknown, fits: (value: JsonObject) => boolean): boolean =>
  Array.isArray(value) && value.every((each) => isJsonObject(each) && fits(each));
const isObjectOrNothing = (value: unknown): boolean => value === undefined || value === null || isJsonObject(value);
const isPermission = ({ group, use }: JsonObject): boolean => isText(group) && typeof use === "boolean";

/** Why settings cannot be stored. */
const fault = ({ codeEnvName, config, presets, parameterSets = [] }: JsonObject): SimulatedRefusal | undefined => {
  if (codeEnvName !== undefined && codeEnvName !== null && !isText(codeEnvName)) {
    return invalid("codeEnvName must be a text or null");
  }
  if (!isObjectOrNothing(config)) return invalid("config must be an object");
  const isPreset = ({ name, type, config, pluginConfig, permissions = [] }: JsonObject): boolean =>
    isText(name) && isText(type) && isObjectOrNothing(config) && isObjectOrNothing(pluginConfig) &&
    isObjects(permissions, isPermission);
  if (!isObjects(presets, isPreset)) {
    return invalid("presets must be an array, each with name, type, config, pluginConfig, and permissions of groups");
  }
  const named = (presets as ReadonlyArray<JsonObject>).map(({ type, name }) => `${type}/${name}`);
  const twice = named.find((name, at) => named.indexOf(name) !== at);
  if (twice !== undefined) return invalid(`There are two presets ${twice}`);
  const isSet = ({ name, type, defaultPermission }: JsonObject): boolean =>
    isText(name) && isText(type) && isObjectOrNothing(defaultPermission);
  return isObjects(parameterSets, isSet)
    ? undefined
    : invalid("parameterSets must be an array, each with name, type and defaultPermission");
};

/** Whose settings a request means: those of a project, or of the instance, which are for administrators. */
const findScope = (
  world: World,
  call: Call,
): Effect.Effect<{ readonly plugin: PluginRecord; readonly projectKey: string | undefined }, SimulatedRefusal> =>
  Effect.gen(function* () {
    const plugin = yield* findPlugin(world, call);
    const projectKey = call.query.get("projectKey") ?? undefined;
    if (projectKey === undefined) {
      if (!call.user.admin) return yield* Effect.fail(forbidden(`User ${call.user.login} is not an administrator`));
    } else {
      yield* refuse(mayNotAdministrate(world, yield* findProject(world, projectKey), call.user));
    }
    return { plugin, projectKey };
  });

/** Settings, as they are read: a project sees the parameter sets of the instance, and presets of its own. */
const settingsOf = ({ settings, projectSettings }: PluginRecord, projectKey: string | undefined): JsonObject => {
  if (projectKey === undefined) return settings;
  const { parameterSets, accessibleParameterSetDescs } = settings;
  return projectSettings.get(projectKey) ?? { config: {}, presets: [], parameterSets, accessibleParameterSetDescs };
};

/** What a request stores, when it may be stored. */
const storing = (world: World, call: Call): Effect.Effect<() => void, SimulatedRefusal> =>
  Effect.gen(function* () {
    const { plugin, projectKey } = yield* findScope(world, call);
    const settings = yield* documentSent(world, call);
    yield* refuse(fault(settings));
    return () => {
      if (projectKey === undefined) plugin.settings = settings;
      else plugin.projectSettings.set(projectKey, settings);
    };
  });

/** @internal */
export const pluginSettingsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/plugins/:pluginId/settings",
    known: "official client",
    note: "Of the instance, or of projectKey. Who may see them, and what those of a project hold at first, is assumed.",
    handle: (call, world) =>
      Effect.map(findScope(world, call), ({ plugin, projectKey }) => jsonAnswer(settingsOf(plugin, projectKey))),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/settings",
    known: "official client",
    note: "Written whole; the answer is not looked at. What is refused is assumed.",
    handle: (call, world) =>
      Effect.map(storing(world, call), (store) => {
        store();
        return emptyAnswer;
      }),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/settings/future",
    known: "official client",
    note: "Written whole; a future. The official client does not send projectKey, so they are those of the instance.",
    handle: (call, world) =>
      Effect.map(storing(world, call), (store) =>
        startScripted(world, call.now, { end: "done" }, {
          owner: call.user.login,
          displayName: `Saving the settings of plugin ${call.params.pluginId}`,
          kind: "PLUGIN_SETTINGS",
          targets: [{ objectType: "PLUGIN", objectId: call.params.pluginId! }],
          seconds: 1,
          end: () => {
            store();
            return { result: {} };
          },
        })),
  },
];
