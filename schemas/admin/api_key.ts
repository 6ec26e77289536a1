/**
 * What all API keys share, global and personal ones.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** What is said of an API key. */
export interface ApiKeyDescription {
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
}

/** An API key, to be edited and written back: its secret is a text. */
export interface ApiKeyDefinition extends ApiKeyDescription {
  /** The secret; absent on an instance that keeps keys hashed. */
  readonly key?: string | null;
}

/** An API key, as it is only read. */
export interface ApiKey extends ApiKeyDescription {
  /** The secret. An instance that keeps keys hashed gives it once, when the key is created. */
  readonly key?: Redacted.Redacted<string> | null;
}

/** Schema of a kind of API keys, with what can be read of one. */
export interface ApiKeyCodec<K extends ApiKey> extends Schema.Codec<K, unknown> {
  /** When a key was created. */
  createdAt(key: K): DateTime.Utc | undefined;
  /** When a key expires; `undefined` for never. */
  expiresAt(key: K): DateTime.Utc | undefined;
}

const fields = {
  id: Schema.String,
  label: maybe(Schema.String),
  description: maybe(Schema.String),
  createdOn: maybe(Schema.Number),
  createdBy: maybe(Schema.String),
  expiresOn: maybe(Schema.Number),
} satisfies Fields<ApiKeyDescription>;

/** @internal The definition of a kind of API keys, by what only that kind has. */
export const apiKeyDefinition = <D extends ApiKeyDefinition>(
  own: Fields<Omit<D, keyof ApiKeyDefinition>>,
): Schema.Codec<D, unknown> =>
  open<Schema.Struct.Fields>({ ...fields, ...own, key: maybe(Schema.String) }) as unknown as Schema.Codec<D, unknown>;

/** @internal A kind of API keys, by what only that kind has. */
export const apiKeyCodec = <K extends ApiKey>(own: Fields<Omit<K, keyof ApiKey>>): ApiKeyCodec<K> =>
  Object.assign(
    open<Schema.Struct.Fields>({ ...fields, ...own, key: maybe(Schema.RedactedFromValue(Schema.String)) }),
    {
      createdAt: (key: K): DateTime.Utc | undefined => instantOf(key.createdOn),
      expiresAt: (key: K): DateTime.Utc | undefined => instantOf(key.expiresOn),
    },
  ) as unknown as ApiKeyCodec<K>;
