/**
 * Global API keys: keys of programs that stand for no user.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { GlobalApiKey, GlobalApiKeyDefinition } from "../../schemas/admin/global_api_key.ts";
import { type ApiKeyCreationFailed, createApiKey, type CreatedApiKey } from "./create_api_key.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export type { ApiKey, ApiKeyCodec, ApiKeyDefinition, ApiKeyDescription } from "../../schemas/admin/api_key.ts";
export * from "../../schemas/admin/global_api_key.ts";
export { ApiKeyCreationFailed, type CreatedApiKey } from "./create_api_key.ts";

/** How people know a new key. */
export interface ApiKeyNames {
  /** What people call it. */
  readonly label?: string;
  /** What people say of it. */
  readonly description?: string;
}

/** What a new global API key with rights of its own is. */
export interface CreateGlobalApiKeyOptions extends ApiKeyNames {
  /**
   * Whether its holder is an administrator.
   *
   * @default {false}
   */
  readonly admin?: boolean;
}

/**
 * Global API keys: keys of programs that stand for no user. All of it needs an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { GlobalApiKeys } from "@effect-dataiku/dss/global-api-keys";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const created = Effect.gen(function* () {
 *   const keys = yield* GlobalApiKeys;
 *   const { id } = yield* keys.createWithGroups(["data_team"], { label: "nightly loads" });
 *   return yield* keys.updateDefinition(id, (key) => ({ ...key, expiry: 90 }));
 * });
 * const { label, expiry } = await Effect.runPromise(Effect.provide(created, Simulator.layer()));
 * if (label !== "nightly loads" || expiry !== 90) throw new Error("unexpected");
 * ```
 */
export interface GlobalApiKeys {
  /** The global API keys. */
  list(): Effect.Effect<ReadonlyArray<GlobalApiKey>, DssError>;
  /** A key. */
  get(id: string): Effect.Effect<GlobalApiKey, DssError>;
  /**
   * The key with a secret.
   *
   * @deprecated The secret goes into the address, which proxies log. Use {@linkcode GlobalApiKeys.get}.
   */
  getBySecret(secret: Redacted.Redacted<string>): Effect.Effect<GlobalApiKey, DssError>;
  /**
   * Creates a key with rights of its own, and gives it with its secret.
   *
   * DSS can answer a success without a key: that is `ApiKeyCreationFailed`. It is never sent twice: a lost answer is `OutcomeUnknown`.
   */
  create(
    options?: CreateGlobalApiKeyOptions,
  ): Effect.Effect<CreatedApiKey<GlobalApiKey>, DssError | ApiKeyCreationFailed>;
  /** Creates a key with the rights of groups, and gives it with its secret; it can fail as `create` does. */
  createWithGroups(
    groups: ReadonlyArray<string>,
    options?: ApiKeyNames,
  ): Effect.Effect<CreatedApiKey<GlobalApiKey>, DssError | ApiKeyCreationFailed>;
  /** The definition of a key, to be edited and written back. */
  definition(id: string): Effect.Effect<GlobalApiKeyDefinition, DssError>;
  /**
   * Changes a key: reads its definition, edits it, writes it, reads it back, and gives it as DSS has it then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateDefinition(
    id: string,
    edit: (definition: GlobalApiKeyDefinition) => GlobalApiKeyDefinition,
  ): Effect.Effect<GlobalApiKeyDefinition, DssError | SettingsError>;
  /**
   * Writes a definition that was edited slowly, by a person or in a file, and reads it back.
   *
   * With `since`, the definition as it was when the edit began, nothing is written when it is not the same any more.
   */
  saveDefinition(
    id: string,
    next: GlobalApiKeyDefinition,
    options?: SaveOptions<GlobalApiKeyDefinition>,
  ): Effect.Effect<GlobalApiKeyDefinition, DssError | SettingsError>;
  /** Deletes a key: who holds it is refused from then on. */
  delete(id: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode GlobalApiKeys}, with its layer. */
export const GlobalApiKeys: DssService<GlobalApiKeys> = service(
  "GlobalApiKeys",
  Effect.map(Dss, (dss): GlobalApiKeys => {
    const keys = path`/admin/global-api-keys/`;
    const key = (id: string) => path`/admin/global-api-keys/${id}`;
    const { read, update, save } = editing(dss, {
      methods: ["GlobalApiKeys.definition", "GlobalApiKeys.updateDefinition", "GlobalApiKeys.saveDefinition"],
      schema: GlobalApiKeyDefinition,
      at: key,
      // It follows from the days that are given in `expiry`, which the official client documents.
      rewritten: ["expiresOn"],
    });
    const create = (method: string, names: ApiKeyNames | undefined, rights: object) => {
      const { label = null, description = null } = names ?? {};
      return createApiKey(dss, method, post(keys, { json: { label, description, ...rights } }), GlobalApiKey);
    };
    return {
      list: () => dss.json("GlobalApiKeys.list", get(keys), Schema.Array(GlobalApiKey)),
      get: (id) => dss.json("GlobalApiKeys.get", get(key(id)), GlobalApiKey),
      getBySecret: (secret) =>
        dss.json("GlobalApiKeys.getBySecret", get(path`/admin/globalAPIKeys/${secret}`), GlobalApiKey),
      create: (options) =>
        create("GlobalApiKeys.create", options, { globalPermissions: { admin: options?.admin ?? false } }),
      createWithGroups: (groups, options) => create("GlobalApiKeys.createWithGroups", options, { groups }),
      definition: read,
      updateDefinition: update,
      saveDefinition: save,
      delete: (id) => dss.empty("GlobalApiKeys.delete", del(key(id))),
    };
  }),
);
