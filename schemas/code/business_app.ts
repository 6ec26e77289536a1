/**
 * Business applications: what is installed, how it is set, and its instances.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open } from "../../src/json/open.ts";

const anything = dictionary(Schema.Unknown);

/** A business application, as the list of them shows it. */
export interface BusinessApp {
  /** Id. */
  readonly id: string;
  /** Version, as `1.1.0`. */
  readonly version?: string | null;
  /** Name. */
  readonly name?: string | null;
  /** In words. */
  readonly description?: string | null;
}

/** Schema of {@linkcode BusinessApp}. */
export const BusinessApp: Schema.Codec<BusinessApp, unknown> = open(
  {
    id: Schema.String,
    version: maybe(Schema.String),
    name: maybe(Schema.String),
    description: maybe(Schema.String),
  } satisfies Fields<BusinessApp>,
);

/** The settings of a business application. */
export interface BusinessAppSettings {
  /** Which connections of this instance stand for those that it was made with, in a form that Dataiku does not document. */
  readonly remapping?: Readonly<Record<string, unknown>> | null;
}

/** Schema of {@linkcode BusinessAppSettings}. */
export const BusinessAppSettings: Schema.Codec<BusinessAppSettings, unknown> = open(
  { remapping: maybe(anything) } satisfies Fields<BusinessAppSettings>,
);

/** What is known of a business application. */
export interface BusinessAppDetails {
  /** Version, as `1.1.0`. */
  readonly version?: string | null;
  /** Name. */
  readonly name?: string | null;
  /** In words. */
  readonly description?: string | null;
  /** Id of its web app, which each instance has. */
  readonly webAppId?: string | null;
  /** Name of its code environment; none before it was created. */
  readonly codeEnvName?: string | null;
  /** Names and types of the connections that it was made with. */
  readonly connections?: Readonly<Record<string, unknown>> | null;
  /** Its settings, for administrators. */
  readonly settings?: BusinessAppSettings | null;
}

/** Schema of {@linkcode BusinessAppDetails}. */
export const BusinessAppDetails: Schema.Codec<BusinessAppDetails, unknown> = open(
  {
    version: maybe(Schema.String),
    name: maybe(Schema.String),
    description: maybe(Schema.String),
    webAppId: maybe(Schema.String),
    codeEnvName: maybe(Schema.String),
    connections: maybe(anything),
    settings: maybe(BusinessAppSettings),
  } satisfies Fields<BusinessAppDetails>,
);

/** An instance of a business application: a project. */
export interface BusinessAppInstance {
  /** Key of the project. */
  readonly projectKey: string;
  /** Name. */
  readonly name?: string | null;
  /** Version of the application that it is an instance of. */
  readonly businessAppVersion?: string | null;
}

/** Schema of {@linkcode BusinessAppInstance}. */
export const BusinessAppInstance: Schema.Codec<BusinessAppInstance, unknown> = open(
  {
    projectKey: Schema.String,
    name: maybe(Schema.String),
    businessAppVersion: maybe(Schema.String),
  } satisfies Fields<BusinessAppInstance>,
);

/** What a user may do with an instance; what is not said is not permitted. */
export interface BusinessAppPermissions {
  /** Login of the user. */
  readonly login?: string | null;
  /** Whether the user may administrate it. */
  readonly admin?: boolean | null;
  /** Whether the user may read the content of its project. */
  readonly readProjectContent?: boolean | null;
  /** Whether the user may change the content of its project. */
  readonly writeProjectContent?: boolean | null;
}

/** Schema of {@linkcode BusinessAppPermissions}. */
export const BusinessAppPermissions: Schema.Codec<BusinessAppPermissions, unknown> = open(
  {
    login: maybe(Schema.String),
    admin: maybe(Schema.Boolean),
    readProjectContent: maybe(Schema.Boolean),
    writeProjectContent: maybe(Schema.Boolean),
  } satisfies Fields<BusinessAppPermissions>,
);
