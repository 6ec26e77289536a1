/**
 * What DSS says of personal API keys: those that stand for a user.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { maybe } from "../../src/json/open.ts";
import { type ApiKey, type ApiKeyCodec, apiKeyCodec, type ApiKeyDefinition, apiKeyDefinition } from "./api_key.ts";

/** The definition of a personal API key, to be written back. Its secret is in it as it is: do not log it. */
export interface PersonalApiKeyDefinition extends ApiKeyDefinition {
  /** Login of the user that it stands for. */
  readonly user?: string | null;
}

/** Schema of {@linkcode PersonalApiKeyDefinition}. */
export const PersonalApiKeyDefinition: Schema.Codec<PersonalApiKeyDefinition, unknown> = apiKeyDefinition<
  PersonalApiKeyDefinition
>({ user: maybe(Schema.String) });

/** A personal API key. */
export interface PersonalApiKey extends ApiKey {
  /** Login of the user that it stands for. */
  readonly user?: string | null;
}

/** Schema of {@linkcode PersonalApiKey}, with its accessors. */
export type PersonalApiKeyCodec = ApiKeyCodec<PersonalApiKey>;

/** Schema of {@linkcode PersonalApiKey}, with its accessors. */
export const PersonalApiKey: PersonalApiKeyCodec = apiKeyCodec<PersonalApiKey>({ user: maybe(Schema.String) });
