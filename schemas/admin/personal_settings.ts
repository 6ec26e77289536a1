/**
 * What users keep for themselves, with its pure edits: secrets, credentials, properties.
 *
 * @example
 * ```ts
 * import { flow } from "effect";
 * import { setConnectionPassword, setUserSecret } from "@effect-dataiku/dss/own-user";
 *
 * const edit = flow(setUserSecret("mail-token", "…"), setConnectionPassword("pg_dwh", { user: "maria", password: "…" }));
 * const edited = edit({ secrets: [], credentials: {} });
 * if (edited.secrets?.length !== 1) throw new Error("unexpected");
 * ```
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";

/** A secret of a user, which recipes and plugins can ask for by its name. */
export interface UserSecret {
  /** Name. */
  readonly name: string;
  /** The secret itself, or what DSS shows instead of it: it is written back as it was read. */
  readonly value?: string | null;
  /** Always `true`. */
  readonly secret?: boolean | null;
}

/** Schema of {@linkcode UserSecret}. */
export const UserSecret: Schema.Codec<UserSecret, unknown> = open(
  {
    name: Schema.String,
    value: maybe(Schema.String),
    secret: maybe(Schema.Boolean),
  } satisfies Fields<UserSecret>,
);

/** Kind of credentials; further values may come. */
export type UserCredentialType = "BASIC" | "OAUTH_REFRESH_TOKEN" | (string & Record<never, never>);

/** Credentials of a user for a connection, or for a preset of a plugin. */
export interface UserCredential {
  /** Kind. */
  readonly type?: UserCredentialType | null;
  /** Login, of `BASIC`. */
  readonly user?: string | null;
  /** Password, of `BASIC`, or what DSS shows instead of it. */
  readonly password?: string | null;
  /** Refresh token, of `OAUTH_REFRESH_TOKEN`, or what DSS shows instead of it. */
  readonly refreshToken?: string | null;
  /** When they were written last, in milliseconds since 1970. */
  readonly lastUpdate?: number | null;
}

/** Schema of {@linkcode UserCredential}. */
export const UserCredential: Schema.Codec<UserCredential, unknown> = open(
  {
    type: maybe(openEnum<UserCredentialType>()),
    user: maybe(Schema.String),
    password: maybe(Schema.String),
    refreshToken: maybe(Schema.String),
    lastUpdate: maybe(Schema.Number),
  } satisfies Fields<UserCredential>,
);

/** What users keep for themselves. It holds secrets as strings, because it is written back: do not log it. */
export interface PersonalSettings {
  /** Secrets. */
  readonly secrets?: ReadonlyArray<UserSecret> | null;
  /** Credentials by the name of their connection; see {@linkcode pluginCredentialKey} for those of plugins. */
  readonly credentials?: Readonly<Record<string, UserCredential>> | null;
  /** Properties, any JSON, which the user may see and change. */
  readonly userProperties?: Readonly<Record<string, unknown>> | null;
}

/** Schema of {@linkcode PersonalSettings}. */
export const PersonalSettings: Schema.Codec<PersonalSettings, unknown> = open(
  {
    secrets: maybe(Schema.Array(UserSecret)),
    credentials: maybe(dictionary(UserCredential)),
    userProperties: maybe(Schema.Record(Schema.String, Schema.Unknown)),
  } satisfies Fields<PersonalSettings>,
);

/** An edit of what a user keeps. */
export type PersonalEdit = <S extends PersonalSettings>(settings: S) => S;

/** Adds a secret; takes the place of the one with the same name. */
export function setUserSecret(name: string, value: string): PersonalEdit {
  return (settings) => {
    const { secrets } = removeUserSecret(name)(settings);
    return { ...settings, secrets: [...secrets ?? [], { name, value, secret: true }] };
  };
}

/** Removes a secret, if it is there. */
export function removeUserSecret(name: string): PersonalEdit {
  return (settings) => ({ ...settings, secrets: (settings.secrets ?? []).filter((secret) => secret.name !== name) });
}

/** A login with its password. */
export interface LoginAndPassword {
  /** Login. */
  readonly user: string;
  /** Password. */
  readonly password: string;
}

/** Which parameter of a plugin asks for credentials. */
export interface PluginParameter {
  /** Id of the plugin. */
  readonly pluginId: string;
  /** Id of the parameter set. */
  readonly parameterSetId: string;
  /** Id of the preset. */
  readonly presetId: string;
  /** Name of the parameter. */
  readonly parameterName: string;
}

/** The name of credentials for a plugin, among those of connections. */
export function pluginCredentialKey({ pluginId, parameterSetId, presetId, parameterName }: PluginParameter): string {
  const parts = ["PLUGIN", pluginId, parameterSetId, presetId, parameterName];
  return parts.map((part) => JSON.stringify(part)).join(", ");
}

const setCredential = (key: string, credential: UserCredential): PersonalEdit => (settings) => ({
  ...settings,
  credentials: { ...settings.credentials, [key]: credential },
});

const removeCredential = (key: string): PersonalEdit => (settings) => {
  const { [key]: _, ...credentials } = settings.credentials ?? {};
  return { ...settings, credentials };
};

/** Sets the login and password of a user for a connection that asks each user for them. */
export function setConnectionPassword(connection: string, credential: LoginAndPassword): PersonalEdit {
  return setCredential(connection, { type: "BASIC", ...credential });
}

/** Removes the credentials of a user for a connection, if they are there. */
export function removeConnectionCredential(connection: string): PersonalEdit {
  return removeCredential(connection);
}

/** Sets the login and password of a user for a preset of a plugin. */
export function setPluginPassword(parameter: PluginParameter, credential: LoginAndPassword): PersonalEdit {
  return setCredential(pluginCredentialKey(parameter), { type: "BASIC", ...credential });
}

/** Sets the OAuth refresh token of a user for a preset of a plugin. */
export function setPluginRefreshToken(parameter: PluginParameter, refreshToken: string): PersonalEdit {
  return setCredential(pluginCredentialKey(parameter), { type: "OAUTH_REFRESH_TOKEN", refreshToken });
}

/** Removes the credentials of a user for a preset of a plugin, if they are there. */
export function removePluginCredential(parameter: PluginParameter): PersonalEdit {
  return removeCredential(pluginCredentialKey(parameter));
}
