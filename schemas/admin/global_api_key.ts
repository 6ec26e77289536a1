/**
 * What DSS says of global API keys: those that belong to nobody.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { type ApiKey, type ApiKeyCodec, apiKeyCodec, type ApiKeyDefinition, apiKeyDefinition } from "./api_key.ts";

/** What the holder of a key may do on the whole instance; others are in the field too. */
export interface GlobalPermissions {
  /** Whether the holder is an administrator. */
  readonly admin?: boolean | null;
}

/** Schema of {@linkcode GlobalPermissions}. */
export const GlobalPermissions: Schema.Codec<GlobalPermissions, unknown> = open(
  { admin: maybe(Schema.Boolean) } satisfies Fields<GlobalPermissions>,
);

/** What only global API keys have. */
export interface GlobalApiKeyRights {
  /** How long it lives, in days from its creation; `0` for ever. */
  readonly expiry?: number | null;
  /** Login of the user as whom DSS runs the code of its holder. */
  readonly dssUserForImpersonation?: string | null;
  /** Names of the groups whose rights it has; absent for a key with rights of its own. */
  readonly groups?: ReadonlyArray<string> | null;
  /** What its holder may do on the whole instance; absent for a key with groups. */
  readonly globalPermissions?: GlobalPermissions | null;
}

const rights = {
  expiry: maybe(Schema.Number),
  dssUserForImpersonation: maybe(Schema.String),
  groups: maybe(Schema.Array(Schema.String)),
  globalPermissions: maybe(GlobalPermissions),
} satisfies Fields<GlobalApiKeyRights>;

/** The definition of a global API key, to be written back. Its secret is in it as it is: do not log it. */
export interface GlobalApiKeyDefinition extends ApiKeyDefinition, GlobalApiKeyRights {}

/** Schema of {@linkcode GlobalApiKeyDefinition}. */
export const GlobalApiKeyDefinition: Schema.Codec<GlobalApiKeyDefinition, unknown> = apiKeyDefinition<
  GlobalApiKeyDefinition
>(rights);

/** A global API key. */
export interface GlobalApiKey extends ApiKey, GlobalApiKeyRights {}

/** Schema of {@linkcode GlobalApiKey}, with its accessors. */
export type GlobalApiKeyCodec = ApiKeyCodec<GlobalApiKey>;

/** Schema of {@linkcode GlobalApiKey}, with its accessors. */
export const GlobalApiKey: GlobalApiKeyCodec = apiKeyCodec<GlobalApiKey>(rights);
