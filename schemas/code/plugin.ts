/**
 * Plugins: what is installed, what uses it, and its files.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { InfoMessages } from "../../src/json/info_messages.ts";

/** What a plugin says of itself. */
export interface PluginMeta {
  /** Name. */
  readonly label?: string | null;
  /** In words. */
  readonly description?: string | null;
  /** Who wrote it. */
  readonly author?: string | null;
  /** Icon, as `icon-globe`. */
  readonly icon?: string | null;
  /** Tags. */
  readonly tags?: ReadonlyArray<string> | null;
  /** Category, as `Geospatial`. */
  readonly category?: string | null;
  /** Who supports it, as `SUPPORTED`. */
  readonly supportLevel?: string | null;
  /** Licence. */
  readonly licenseInfo?: string | null;
}

/** Schema of {@linkcode PluginMeta}. */
export const PluginMeta: Schema.Codec<PluginMeta, unknown> = open(
  {
    label: maybe(Schema.String),
    description: maybe(Schema.String),
    author: maybe(Schema.String),
    icon: maybe(Schema.String),
    tags: maybe(Schema.Array(Schema.String)),
    category: maybe(Schema.String),
    supportLevel: maybe(Schema.String),
    licenseInfo: maybe(Schema.String),
  } satisfies Fields<PluginMeta>,
);

/** A plugin, as the list of them shows it. */
export interface Plugin {
  /** Id. */
  readonly id: string;
  /** Version, as `2.3.1`. */
  readonly version?: string | null;
  /** Whether it is developed on this instance. */
  readonly isDev?: boolean | null;
  /** What it says of itself. */
  readonly meta?: PluginMeta | null;
}

/** Schema of {@linkcode Plugin}. */
export const Plugin: Schema.Codec<Plugin, unknown> = open(
  {
    id: Schema.String,
    version: maybe(Schema.String),
    isDev: maybe(Schema.Boolean),
    meta: maybe(PluginMeta),
  } satisfies Fields<Plugin>,
);

/** A use of a part of a plugin. */
export interface PluginUsage {
  /** Project of the user; what is of the instance itself has none. */
  readonly projectKey?: string | null;
  /** Kind of the user, as `RECIPE`. */
  readonly objectType?: string | null;
  /** Id of the user. */
  readonly objectId?: string | null;
  /** Kind of the part, as `python-recipes`. */
  readonly elementKind?: string | null;
  /** Type of the part, as `CustomCode_geo-join`. */
  readonly elementType?: string | null;
}

/** Schema of {@linkcode PluginUsage}. */
export const PluginUsage: Schema.Codec<PluginUsage, unknown> = open(
  {
    projectKey: maybe(Schema.String),
    objectType: maybe(Schema.String),
    objectId: maybe(Schema.String),
    elementKind: maybe(Schema.String),
    elementType: maybe(Schema.String),
  } satisfies Fields<PluginUsage>,
);

/** Something whose type no plugin of this instance brings. */
export interface MissingType {
  /** The type. */
  readonly missingType?: string | null;
  /** Kind of what has it. */
  readonly objectType?: string | null;
  /** Project of what has it. */
  readonly projectKey?: string | null;
  /** Id of what has it. */
  readonly objectId?: string | null;
}

/** Schema of {@linkcode MissingType}. */
export const MissingType: Schema.Codec<MissingType, unknown> = open(
  {
    missingType: maybe(Schema.String),
    objectType: maybe(Schema.String),
    projectKey: maybe(Schema.String),
    objectId: maybe(Schema.String),
  } satisfies Fields<MissingType>,
);

/** What uses a plugin. */
export interface PluginUsages {
  /** The uses that were found. */
  readonly usages?: ReadonlyArray<PluginUsage> | null;
  /** What has types that are not known: DSS cannot tell whether they were of the plugin. */
  readonly missingTypes?: ReadonlyArray<MissingType> | null;
}

/** Schema of {@linkcode PluginUsages}, with its accessors. */
export interface PluginUsagesCodec extends Schema.Codec<PluginUsages, unknown> {
  /** Whether the plugin is used, or may be: nothing can be told of a type that is missing. */
  mayBeUsed(usages: PluginUsages): boolean;
}

const pluginUsagesFields = {
  usages: maybe(Schema.Array(PluginUsage)),
  missingTypes: maybe(Schema.Array(MissingType)),
} satisfies Fields<PluginUsages>;

/** Schema of {@linkcode PluginUsages}, with its accessors. */
export const PluginUsages: PluginUsagesCodec = Object.assign(
  open(pluginUsagesFields) as Schema.Codec<PluginUsages, unknown>,
  {
    mayBeUsed: ({ usages, missingTypes }: PluginUsages): boolean =>
      (usages ?? []).length > 0 || (missingTypes ?? []).length > 0,
  },
);

/** The uses of a plugin in one project. */
export interface ProjectPluginUsages {
  /** Id of the plugin. */
  readonly pluginId: string;
  /** Its uses. */
  readonly pluginUsages?: PluginUsages | null;
}

/** Schema of {@linkcode ProjectPluginUsages}. */
export const ProjectPluginUsages: Schema.Codec<ProjectPluginUsages, unknown> = open(
  { pluginId: Schema.String, pluginUsages: maybe(PluginUsages) } satisfies Fields<ProjectPluginUsages>,
);

/** What came of the work on a plugin that did not fail; warnings are in its messages. */
export interface PluginResult {
  /** Whether it was done. */
  readonly success?: boolean | null;
  /** Name of the code environment, when one was created. */
  readonly envName?: string | null;
  /** What DSS has to say of it. */
  readonly messages?: InfoMessages | null;
  /** Whether open pages of DSS have to be loaded again. */
  readonly needsReload?: boolean | null;
  /** Whether DSS has to be restarted. */
  readonly needsRestart?: boolean | null;
}

/** Schema of {@linkcode PluginResult}. */
export const PluginResult: Schema.Codec<PluginResult, unknown> = open(
  {
    success: maybe(Schema.Boolean),
    envName: maybe(Schema.String),
    messages: maybe(InfoMessages),
    needsReload: maybe(Schema.Boolean),
    needsRestart: maybe(Schema.Boolean),
  } satisfies Fields<PluginResult>,
);

/** A file of a plugin, or a folder of such. */
export interface PluginFile {
  /** Name. */
  readonly name: string;
  /** Path from the root of the plugin, as `python-lib/geo.py`. */
  readonly path: string;
  /** What is in it; a file has none. */
  readonly children?: ReadonlyArray<PluginFile> | null;
}

/** Schema of {@linkcode PluginFile}, with its accessors. */
export interface PluginFileCodec extends Schema.Codec<PluginFile, unknown> {
  /** The paths of all files below some, folders left out. */
  paths(files: ReadonlyArray<PluginFile>): ReadonlyArray<string>;
}

const pluginFile: Schema.Codec<PluginFile, unknown> = open(
  {
    name: Schema.String,
    path: Schema.String,
    children: maybe(Schema.Array(Schema.suspend((): Schema.Codec<PluginFile, unknown> => pluginFile))),
  } satisfies Fields<PluginFile>,
);

const pathsOf = (files: ReadonlyArray<PluginFile>): ReadonlyArray<string> =>
  files.flatMap(({ path, children }) => children === undefined || children === null ? [path] : pathsOf(children));

/** Schema of {@linkcode PluginFile}, with its accessors. */
export const PluginFile: PluginFileCodec = Object.assign(pluginFile, { paths: pathsOf });
