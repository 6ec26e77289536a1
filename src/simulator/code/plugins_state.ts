/**
 * Plugins of the simulated DSS: what is installed, what uses it, and where more can be had.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, forbidden, invalid, missing, type SimulatedRefusal, type User } from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import { jsonIn } from "../kernel/uploaded_file.ts";
import { groupsOf } from "../admin/users_state.ts";
import type { World } from "../kernel/world.ts";
import { groups } from "../admin/groups_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A plugin. */
export interface PluginRecord {
  readonly id: string;
  version: string;
  readonly isDev: boolean;
  /** What it says of itself; replaced as a whole, never changed. */
  meta: JsonObject;
  /** Its settings on the instance; replaced as a whole, never changed. */
  settings: JsonObject;
  /** Its settings by project; replaced as a whole, never changed. */
  readonly projectSettings: Map<string, JsonObject>;
  /** Its files by path. */
  readonly files: Map<string, Uint8Array>;
  /** Paths of folders that were made by themselves. */
  readonly folders: Set<string>;
}

/** A use of a plugin, which stays when the plugin goes: its type is missing then. */
export interface PluginUsageRecord {
  readonly pluginId: string;
  readonly usage: JsonObject;
}

/** Plugins by id. */
export const plugins: Slice<Map<string, PluginRecord>> = slice("plugins", () => new Map(), {
  removed: (held, object) => {
    for (const { projectSettings } of held.values()) projectSettings.delete(object.replace(/^projects\//, ""));
  },
});

/** What uses plugins, those too that were removed. */
export const pluginUsages: Slice<Array<PluginUsageRecord>> = slice("pluginUsages", (): Array<PluginUsageRecord> => [], {
  removed: (held, object) => {
    held.splice(0, held.length, ...held.filter(({ usage }) => object !== `projects/${usage.projectKey}`));
  },
});

/** What an archive says of the plugin in it. */
export interface PluginPlan {
  readonly id: string;
  readonly version: string;
  readonly meta: JsonObject;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A plugin, as it is written down in its `plugin.json`. */
export const planPlugin = (id: string, version: string, label: string): PluginPlan => {
  const meta = {
    label,
    description: "",
    author: "Dataiku",
    icon: "icon-puzzle-piece",
    tags: [],
    licenseInfo: "Apache 2.0",
  };
  return { id, version, meta, files: new Map([["plugin.json", bytes(JSON.stringify({ id, version, meta }))]]) };
};

/** What the store has. */
export const store: ReadonlyMap<string, PluginPlan> = new Map(
  [
    planPlugin("geoadmin", "2.4.0", "Geo administrative areas"),
    planPlugin("timeseries-preparation", "2.0.1", "Time series preparation"),
    planPlugin("tesseract-ocr", "2.3.0", "Text from images"),
  ].map((plan) => [plan.id, plan]),
);

/** The plugin in an archive. */
export const planOf = (files: ReadonlyMap<string, Uint8Array>): PluginPlan | SimulatedRefusal => {
  const { id, version, meta } = jsonIn(files, "plugin.json") ?? {};
  return typeof id === "string" && /^[\w-]+$/.test(id) && typeof version === "string"
    ? { id, version, meta: isJsonObject(meta) ? meta : {}, files }
    : invalid("The archive has no plugin.json that says the id and the version of a plugin");
};

/** Installs a plugin, or brings one up to date: its settings stay. */
export const putPlugin = (world: World, { id, version, meta, files }: PluginPlan, isDev = false): PluginRecord => {
  const there = world.of(plugins).get(id);
  const settings = there?.settings ??
    { codeEnvName: null, config: {}, presets: [], parameterSets: [], accessibleParameterSetDescs: [] };
  const record: PluginRecord = {
    id,
    version,
    isDev: there?.isDev ?? isDev,
    meta,
    settings,
    projectSettings: there?.projectSettings ?? new Map(),
    files: new Map(files),
    folders: new Set(),
  };
  world.of(plugins).set(id, record);
  return record;
};

/** The plugin that a request names. */
export const findPlugin = (world: World, { params }: Call): Effect.Effect<PluginRecord, SimulatedRefusal> => {
  const plugin = world.of(plugins).get(params.pluginId!);
  return plugin === undefined ? Effect.fail(missing(`Plugin ${params.pluginId}`)) : Effect.succeed(plugin);
};

/** Why a user may not work on the files of a plugin. */
export const mayNotDevelop = (world: World, { login, admin }: User): SimulatedRefusal | undefined =>
  admin || groupsOf(world, login).some((name) => world.of(groups).get(String(name))?.mayDevelopPlugins === true)
    ? undefined
    : forbidden(`User ${login} may not develop plugins`);

/** What uses a plugin, in one project or anywhere; what has a missing type may have been its. */
export const usagesOf = (
  world: World,
  pluginId: string,
  projectKey: string | undefined,
): Readonly<Record<"usages" | "missingTypes", ReadonlyArray<JsonObject>>> => {
  const here = world.of(pluginUsages).filter(({ usage }) =>
    projectKey === undefined || usage.projectKey === projectKey
  );
  return {
    usages: here.filter((each) => each.pluginId === pluginId).map(({ usage }) => usage),
    missingTypes: here.filter((each) => !world.of(plugins).has(each.pluginId)).map(({ usage }) => ({
      missingType: usage.elementType,
      objectType: usage.objectType,
      ...("projectKey" in usage ? { projectKey: usage.projectKey } : {}),
      objectId: usage.objectId,
    })),
  };
};

/** Fills an instance with plugins: one of the store, which is used, and one that is developed here. */
export const seedPlugins = (world: World): void => {
  const geoadmin = putPlugin(world, planPlugin("geoadmin", "2.3.1", "Geo administrative areas"));
  geoadmin.meta = { ...geoadmin.meta, tags: ["geo"], category: "Geospatial", supportLevel: "SUPPORTED" };
  const type = "parameter-set-geoadmin-account";
  geoadmin.settings = {
    codeEnvName: null,
    config: {},
    presets: [{
      name: "default",
      type,
      owner: "admin",
      config: { region: "world" },
      pluginConfig: { endpoint: "https://geo.example.com" },
      defaultPermission: { use: false },
      permissions: [{ group: "data_team", use: true }],
    }],
    parameterSets: [{
      name: "account",
      type,
      defaultPermission: { definableInline: false, definableAtProjectLevel: true },
    }],
    accessibleParameterSetDescs: [{
      id: "account",
      elementType: type,
      desc: {
        params: [{ name: "region", defaultValue: "world" }, { name: "token" }],
        pluginParams: [{ name: "endpoint", defaultValue: "https://geo.example.com" }],
      },
    }],
  };
  const toolbox = putPlugin(world, planPlugin("toolbox", "0.1.0", "Tools of our own"), true);
  toolbox.files.set("python-lib/toolbox/__init__.py", bytes(""));
  toolbox.files.set("python-lib/toolbox/dates.py", bytes("def week(day):\n    return day.isocalendar()[1]\n"));
  const elementType = "pyconnector-geoadmin-areas";
  world.of(pluginUsages).push(
    {
      pluginId: "geoadmin",
      usage: {
        elementKind: "python-connectors",
        elementType,
        objectType: "DATASET",
        objectId: "countries",
        projectKey: "SALES",
      },
    },
    {
      pluginId: "geoadmin",
      usage: { elementKind: "parameter-sets", elementType: type, objectType: "PRESET", objectId: "default" },
    },
  );
};
