/**
 * Personal API keys: keys that stand for a user.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { PersonalApiKey, PersonalApiKeyDefinition } from "../../schemas/admin/personal_api_key.ts";
import { type ApiKeyCreationFailed, createApiKey, type CreatedApiKey } from "./create_api_key.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export type { ApiKey, ApiKeyCodec, ApiKeyDefinition, ApiKeyDescription } from "../../schemas/admin/api_key.ts";
export * from "../../schemas/admin/personal_api_key.ts";
export { ApiKeyCreationFailed, type CreatedApiKey } from "./create_api_key.ts";

/** What a new personal API key is. */
export interface CreatePersonalApiKeyOptions {
  /**
   * What people call it.
   *
   * @default {""}
   */
  readonly label?: string;
  /**
   * What people say of it.
   *
   * @default {""}
   */
  readonly description?: string;
}

/**
 * Personal API keys: keys that stand for a user.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { PersonalApiKeys } from "@effect-dataiku/dss/personal-api-keys";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const owner = Effect.gen(function* () {
 *   const keys = yield* PersonalApiKeys;
 *   const { id } = yield* keys.create({ label: "laptop" });
 *   return (yield* keys.get(id)).user;
 * });
 * const login = await Effect.runPromise(Effect.provide(owner, Simulator.layer()));
 * if (login !== "admin") throw new Error("unexpected");
 * ```
 */
export interface PersonalApiKeys {
  /** The keys of the user who asks. */
  list(): Effect.Effect<ReadonlyArray<PersonalApiKey>, DssError>;
  /** The keys of all users; needs an administrator's key. */
  listAll(): Effect.Effect<ReadonlyArray<PersonalApiKey>, DssError>;
  /** A key. */
  get(id: string): Effect.Effect<PersonalApiKey, DssError>;
  /**
   * Creates a key for the user who asks, and gives it with its secret.
   *
   * DSS can answer a success without a key: that is `ApiKeyCreationFailed`. It is never sent twice: a lost answer is `OutcomeUnknown`.
   */
  create(
    options?: CreatePersonalApiKeyOptions,
  ): Effect.Effect<CreatedApiKey<PersonalApiKey>, DssError | ApiKeyCreationFailed>;
  /** Creates a key for another user, and gives it with its secret; needs an administrator's key, and can fail as `create` does. */
  createFor(
    login: string,
    options?: CreatePersonalApiKeyOptions,
  ): Effect.Effect<CreatedApiKey<PersonalApiKey>, DssError | ApiKeyCreationFailed>;
  /** The definition of a key, to be edited and written back. */
  definition(id: string): Effect.Effect<PersonalApiKeyDefinition, DssError>;
  /**
   * Changes a key: reads its definition, edits it, writes it, reads it back, and gives it as DSS has it then. DSS takes the label and the
   * description, and leaves all else as it is: an edit of more is `SettingsDropped`.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateDefinition(
    id: string,
    edit: (definition: PersonalApiKeyDefinition) => PersonalApiKeyDefinition,
  ): Effect.Effect<PersonalApiKeyDefinition, DssError | SettingsError>;
  /**
   * Writes a definition that was edited slowly, by a person or in a file, and reads it back.
   *
   * With `since`, the definition as it was when the edit began, nothing is written when it is not the same any more.
   */
  saveDefinition(
    id: string,
    next: PersonalApiKeyDefinition,
    options?: SaveOptions<PersonalApiKeyDefinition>,
  ): Effect.Effect<PersonalApiKeyDefinition, DssError | SettingsError>;
  /** Deletes a key: who holds it is refused from then on. */
  delete(id: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode PersonalApiKeys}, with its layer. */
export const PersonalApiKeys: DssService<PersonalApiKeys> = service(
  "PersonalApiKeys",
  Effect.map(Dss, (dss): PersonalApiKeys => {
    const keys = path`/personal-api-keys/`;
    const allKeys = path`/admin/personal-api-keys/`;
    const key = (id: string) => path`/personal-api-keys/${id}`;
    const { read, update, save } = editing(dss, {
      methods: ["PersonalApiKeys.definition", "PersonalApiKeys.updateDefinition", "PersonalApiKeys.saveDefinition"],
      schema: PersonalApiKeyDefinition,
      at: key,
    });
    return {
      list: () => dss.json("PersonalApiKeys.list", get(keys), Schema.Array(PersonalApiKey)),
      listAll: () => dss.json("PersonalApiKeys.listAll", get(allKeys), Schema.Array(PersonalApiKey)),
      get: (id) => dss.json("PersonalApiKeys.get", get(key(id)), PersonalApiKey),
      create: ({ label = "", description = "" } = {}) =>
        createApiKey(dss, "PersonalApiKeys.create", post(keys, { json: { label, description } }), PersonalApiKey),
      createFor: (user, { label = "", description = "" } = {}) =>
        createApiKey(
          dss,
          "PersonalApiKeys.createFor",
          post(allKeys, { json: { user, label, description } }),
          PersonalApiKey,
        ),
      definition: read,
      updateDefinition: update,
      saveDefinition: save,
      delete: (id) => dss.empty("PersonalApiKeys.delete", del(key(id))),
    };
  }),
);
