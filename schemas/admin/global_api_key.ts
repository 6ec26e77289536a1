/**
 * What DSS says of global API keys: those that belong to nobody.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** What the holder of a key may do on the whole instance; others are in the field too. */
export interface GlobalPermissions {
  /** Whether the holder is an administrator. */
  readonly admin?: boolean | null;
}

/** Schema of {@linkcode GlobalPermissions}. */
export const GlobalPermissions: Schema.Codec<GlobalPermissions, unknown> = open(
  { admin: maybe(Schema.Boolean) } satisfies Fields<GlobalPermissions>,
);

/** The definition of a global API key, to be written back. Its secret is in it as it is: do not log it. */
export interface GlobalApiKeyDefinition {
  /** Id, which is no secret. */
  readonly id: string;
  /** What people call it. */
  readonly label?: string | null;
  /** What people say of it. */
  readonly description?: string | null;
  /** When it was created, in milliseconds since 1970. */
  readonly createdOn?: number | null;
  /** Login of who created it. */
  readonly createdBy?: string | null;
  /** When it expires, in milliseconds since 1970; `0` for never. */
  readonly expiresOn?: number | null;
  /** How long it lives, in days from its creation; `0` for ever. */
  readonly expiry?: number | null;
  /** Login of the user as whom DSS runs the code of its holder. */
  readonly dssUserForImpersonation?: string | null;
  /** Names of the groups whose rights it has; absent for a key with rights of its own. */
  readonly groups?: ReadonlyArray<string> | null;
  /** What its holder may do on the whole instance; absent for a key with groups. */
  readonly globalPermissions?: GlobalPermissions | null;
  /** The secret; absent on an instance that keeps keys hashed. */
  readonly key?: string | null;
}

const fields = {
  id: Schema.String,
  label: maybe(Schema.String),
  description: maybe(Schema.String),
  createdOn: maybe(Schema.Number),
  createdBy: maybe(Schema.String),
  expiresOn: maybe(Schema.Number),
  expiry: maybe(Schema.Number),
  dssUserForImpersonation: maybe(Schema.String),
  groups: maybe(Schema.Array(Schema.String)),
  globalPermissions: maybe(GlobalPermissions),
} satisfies Fields<Omit<GlobalApiKeyDefinition, "key">>;

/** Schema of {@linkcode GlobalApiKeyDefinition}. */
export const GlobalApiKeyDefinition: Schema.Codec<GlobalApiKeyDefinition, unknown> = open(
  { ...fields, key: maybe(Schema.String) } satisfies Fields<GlobalApiKeyDefinition>,
);

/** A global API key. */
export interface GlobalApiKey extends Omit<GlobalApiKeyDefinition, "key"> {
  /** The secret. An instance that keeps keys hashed gives it once, when the key is created. */
  readonly key?: Redacted.Redacted<string> | null;
}

/** Schema of {@linkcode GlobalApiKey}, with its accessors. */
export interface GlobalApiKeyCodec extends Schema.Codec<GlobalApiKey, unknown> {
  /** When a key was created. */
  createdAt(key: GlobalApiKey): DateTime.Utc | undefined;
  /** When a key expires; `undefined` for never. */
  expiresAt(key: GlobalApiKey): DateTime.Utc | undefined;
}

/** Schema of {@linkcode GlobalApiKey}, with its accessors. */
export const GlobalApiKey: GlobalApiKeyCodec = Object.assign(
  open(
    { ...fields, key: maybe(Schema.RedactedFromValue(Schema.String)) } satisfies Fields<GlobalApiKey>,
  ) as Schema.Codec<GlobalApiKey, unknown>,
  {
    createdAt: (key: GlobalApiKey): DateTime.Utc | undefined => instantOf(key.createdOn),
    expiresAt: (key: GlobalApiKey): DateTime.Utc | undefined => instantOf(key.expiresOn),
  },
);
