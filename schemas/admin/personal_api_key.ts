/**
 * What DSS says of personal API keys: those that stand for a user.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** The definition of a personal API key, to be written back. Its secret is in it as it is: do not log it. */
export interface PersonalApiKeyDefinition {
  /** Id, which is no secret. */
  readonly id: string;
  /** Login of the user that it stands for. */
  readonly user?: string | null;
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
  /** The secret; absent on an instance that keeps keys hashed. */
  readonly key?: string | null;
}

const fields = {
  id: Schema.String,
  user: maybe(Schema.String),
  label: maybe(Schema.String),
  description: maybe(Schema.String),
  createdOn: maybe(Schema.Number),
  createdBy: maybe(Schema.String),
  expiresOn: maybe(Schema.Number),
} satisfies Fields<Omit<PersonalApiKeyDefinition, "key">>;

/** Schema of {@linkcode PersonalApiKeyDefinition}. */
export const PersonalApiKeyDefinition: Schema.Codec<PersonalApiKeyDefinition, unknown> = open(
  { ...fields, key: maybe(Schema.String) } satisfies Fields<PersonalApiKeyDefinition>,
);

/** A personal API key. */
export interface PersonalApiKey extends Omit<PersonalApiKeyDefinition, "key"> {
  /** The secret. An instance that keeps keys hashed gives it once, when the key is created. */
  readonly key?: Redacted.Redacted<string> | null;
}

/** Schema of {@linkcode PersonalApiKey}, with its accessors. */
export interface PersonalApiKeyCodec extends Schema.Codec<PersonalApiKey, unknown> {
  /** When a key was created. */
  createdAt(key: PersonalApiKey): DateTime.Utc | undefined;
  /** When a key expires; `undefined` for never. */
  expiresAt(key: PersonalApiKey): DateTime.Utc | undefined;
}

/** Schema of {@linkcode PersonalApiKey}, with its accessors. */
export const PersonalApiKey: PersonalApiKeyCodec = Object.assign(
  open(
    { ...fields, key: maybe(Schema.RedactedFromValue(Schema.String)) } satisfies Fields<PersonalApiKey>,
  ) as Schema.Codec<PersonalApiKey, unknown>,
  {
    createdAt: (key: PersonalApiKey): DateTime.Utc | undefined => instantOf(key.createdOn),
    expiresAt: (key: PersonalApiKey): DateTime.Utc | undefined => instantOf(key.expiresOn),
  },
);
