/**
 * Applications: projects that others make instances of.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open } from "../../src/json/open.ts";
import { UserRef } from "../../src/json/version_tag.ts";

/** An application, as the list of them shows it. */
export interface App {
  /** Id: `PROJECT_` and the key, for one that is a project. */
  readonly appId: string;
  /** Name. */
  readonly label?: string | null;
  /** Where it comes from, as `PROJECT`. */
  readonly origin?: string | null;
  /** The project that it is. */
  readonly originProjectKey?: string | null;
  /** Whether it can be used as a recipe. */
  readonly useAsRecipe?: boolean | null;
  /** How many instances there are. */
  readonly instanceCount?: number | null;
  /** When the last one was made, in milliseconds since 1970. */
  readonly lastInstantiation?: number | null;
  /** Who owns instances. */
  readonly instanceOwners?: ReadonlyArray<UserRef> | null;
  /** Tags. */
  readonly tags?: ReadonlyArray<string> | null;
}

/** Schema of {@linkcode App}, with its accessors. */
export interface AppCodec extends Schema.Codec<App, unknown> {
  /** When the last instance was made; `undefined` when there was none. */
  lastInstantiatedAt(app: App): DateTime.Utc | undefined;
}

const appFields = {
  appId: Schema.String,
  label: maybe(Schema.String),
  origin: maybe(Schema.String),
  originProjectKey: maybe(Schema.String),
  useAsRecipe: maybe(Schema.Boolean),
  instanceCount: maybe(Schema.Number),
  lastInstantiation: maybe(Schema.Number),
  instanceOwners: maybe(Schema.Array(UserRef)),
  tags: maybe(Schema.Array(Schema.String)),
} satisfies Fields<App>;

/** Schema of {@linkcode App}, with its accessors. */
export const App: AppCodec = Object.assign(open(appFields) as Schema.Codec<App, unknown>, {
  lastInstantiatedAt: ({ lastInstantiation }: App): DateTime.Utc | undefined => instantOf(lastInstantiation),
});

/** An instance of an application: a project. */
export interface AppInstance {
  /** Key of the project. */
  readonly projectKey: string;
}

/** Schema of {@linkcode AppInstance}. */
export const AppInstance: Schema.Codec<AppInstance, unknown> = open(
  { projectKey: Schema.String } satisfies Fields<AppInstance>,
);

/** Something that users of an application can do. */
export interface AppTile {
  /** Kind, as `SCENARIO_RUN`. */
  readonly type?: string | null;
  /** What it says. */
  readonly prompt?: string | null;
  /** What it says further. */
  readonly help?: string | null;
  /** The scenario that it runs. */
  readonly scenarioId?: string | null;
}

/** Schema of {@linkcode AppTile}. */
export const AppTile: Schema.Codec<AppTile, unknown> = open(
  {
    type: maybe(Schema.String),
    prompt: maybe(Schema.String),
    help: maybe(Schema.String),
    scenarioId: maybe(Schema.String),
  } satisfies Fields<AppTile>,
);

/** A part of the page of an application. */
export interface AppSection {
  /** Title. */
  readonly sectionTitle?: string | null;
  /** What users can do. */
  readonly tiles?: ReadonlyArray<AppTile> | null;
}

/** Schema of {@linkcode AppSection}. */
export const AppSection: Schema.Codec<AppSection, unknown> = open(
  { sectionTitle: maybe(Schema.String), tiles: maybe(Schema.Array(AppTile)) } satisfies Fields<AppSection>,
);

/** What an application is, and how it looks. */
export interface AppManifest {
  /** Name. */
  readonly label?: string | null;
  /** In a line. */
  readonly shortDesc?: string | null;
  /** Tags. */
  readonly tags?: ReadonlyArray<string> | null;
  /** Its page. */
  readonly homepageSections?: ReadonlyArray<AppSection> | null;
  /** Who may make instances, as `EVERYBODY`. */
  readonly instantiationPermission?: string | null;
  /** What of DSS an instance shows. */
  readonly instanceFeatures?: Readonly<Record<string, unknown>> | null;
  /** What of the project goes into an instance. */
  readonly projectExportManifest?: Readonly<Record<string, unknown>> | null;
}

/** Schema of {@linkcode AppManifest}, with its accessors. */
export interface AppManifestCodec extends Schema.Codec<AppManifest, unknown> {
  /** Everything that users can do. */
  actions(manifest: AppManifest): ReadonlyArray<AppTile>;
  /** Ids of the scenarios that users can run. */
  scenarioIds(manifest: AppManifest): ReadonlyArray<string>;
}

const manifestFields = {
  label: maybe(Schema.String),
  shortDesc: maybe(Schema.String),
  tags: maybe(Schema.Array(Schema.String)),
  homepageSections: maybe(Schema.Array(AppSection)),
  instantiationPermission: maybe(Schema.String),
  instanceFeatures: maybe(dictionary(Schema.Unknown)),
  projectExportManifest: maybe(dictionary(Schema.Unknown)),
} satisfies Fields<AppManifest>;

const actions = ({ homepageSections }: AppManifest): ReadonlyArray<AppTile> =>
  (homepageSections ?? []).flatMap(({ tiles }) => tiles ?? []);

/** Schema of {@linkcode AppManifest}, with its accessors. */
export const AppManifest: AppManifestCodec = Object.assign(
  open(manifestFields) as Schema.Codec<AppManifest, unknown>,
  {
    actions,
    scenarioIds: (manifest: AppManifest): ReadonlyArray<string> =>
      actions(manifest).flatMap(({ type, scenarioId }) =>
        type === "SCENARIO_RUN" && typeof scenarioId === "string" ? [scenarioId] : []
      ),
  },
);
