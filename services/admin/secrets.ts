/**
 * Secrets of the secrets manager: local ones, and those whose values are in vaults.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { Secret, SecretCapabilities, type SecretEdit, type SecretPermission } from "../../schemas/admin/secret.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { open } from "../../src/json/open.ts";
import {
  type SaveOptions,
  saveSettings,
  type SettingsError,
  type SettingsSource,
  updateSettings,
} from "../../src/settings/settings.ts";
import { del, get, path, post, put } from "../../src/transport/request.ts";
import { hiding } from "../../src/transport/request_secrets.ts";

export * from "../../schemas/admin/secret.ts";

/** What a new secret can be given. */
export interface CreateSecretOptions {
  /** What people say of it. */
  readonly description?: string;
  /** Who may do what with it; by default DSS decides it. */
  readonly permissions?: ReadonlyArray<SecretPermission>;
}

/** What a new secret of a vault can be given. */
export interface CreateVaultSecretOptions extends CreateSecretOptions {
  /** Version in the vault; by default the current one. */
  readonly version?: string;
}

/** What a use of a value is for. */
export interface SecretUseOptions {
  /** What DSS writes down with the use, for audits; it is no place for secrets. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** How a secret is changed. */
export interface ChangeSecretOptions {
  /** Whether it is changed also when whoever asks cannot administrate it afterwards. */
  readonly confirmLosingAdminAccess?: boolean;
}

/**
 * Secrets of the secrets manager, which Dataiku's own client knows since 15.1. Who may do what with a secret, its permissions say.
 *
 * Values are redacted, and in no error, span or log.
 *
 * @example
 * ```ts
 * import { Effect, Redacted } from "effect";
 * import { Secrets, shareSecret } from "@effect-dataiku/dss/secrets";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const secrets = yield* Secrets;
 *   yield* secrets.createLocal("crm-token", Redacted.make("first"), { description: "Token of the CRM" });
 *   yield* secrets.update("crm-token", shareSecret({ group: "data_team" }, { read: true }));
 *   yield* secrets.updateValue("crm-token", Redacted.make("second"));
 *   return yield* secrets.value("crm-token", { context: { task: "nightly load" } });
 * });
 * const value = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (Redacted.value(value) !== "second") throw new Error("unexpected");
 * ```
 */
export interface Secrets {
  /** The secrets that may be used. */
  list(): Effect.Effect<ReadonlyArray<Secret>, DssError>;
  /** A secret without its value. */
  get(secretId: string): Effect.Effect<Secret, DssError>;
  /** What the owner of the key may do with a secret. */
  capabilities(secretId: string): Effect.Effect<SecretCapabilities, DssError>;
  /** Creates a secret whose value DSS keeps itself. An id that is taken is a `Conflict`. */
  createLocal(
    secretId: string,
    value: Redacted.Redacted<string>,
    options?: CreateSecretOptions,
  ): Effect.Effect<void, DssError>;
  /** Creates a secret whose value is in a vault, by its name there. An id that is taken is a `Conflict`. */
  createInVault(
    secretId: string,
    vaultId: string,
    remoteSecretRef: string,
    options?: CreateVaultSecretOptions,
  ): Effect.Effect<void, DssError>;
  /** The value of a secret, from DSS or from its vault. That it was read is written down for audits. */
  value(secretId: string, options?: SecretUseOptions): Effect.Effect<Redacted.Redacted<string>, DssError>;
  /** Gives a local secret another value. */
  updateValue(
    secretId: string,
    value: Redacted.Redacted<string>,
    options?: SecretUseOptions,
  ): Effect.Effect<void, DssError>;
  /**
   * Changes a secret besides its value: reads it, edits it, writes it, reads it back, and gives it as DSS has it then. One whose permissions
   * DSS did not show is not written, because they would be lost: that is `Invalid`.
   *
   * @param edit A pure edit, see `shareSecret` and `unshareSecret`. What it throws is a defect.
   */
  update(
    secretId: string,
    edit: SecretEdit,
    options?: ChangeSecretOptions,
  ): Effect.Effect<Secret, DssError | SettingsError>;
  /**
   * Writes a secret that was edited slowly, by a person or in a file, and reads it back.
   *
   * With `since`, the secret as it was when the edit began, nothing is written when it is not the same any more.
   */
  save(
    secretId: string,
    next: Secret,
    options?: SaveOptions<Secret> & ChangeSecretOptions,
  ): Effect.Effect<Secret, DssError | SettingsError>;
  /** Deletes a secret. */
  delete(secretId: string): Effect.Effect<void, DssError>;
}

const SecretValue = open({ value: Schema.RedactedFromValue(Schema.String) });

/** Key of {@linkcode Secrets}, with its layer. */
export const Secrets: DssService<Secrets> = service(
  "Secrets",
  Effect.map(Dss, (dss): Secrets => {
    const secret = (id: string) => path`/secrets-manager/secrets/${id}`;
    const source = (
      method: string,
      id: string,
      { confirmLosingAdminAccess = false }: ChangeSecretOptions = {},
    ): SettingsSource<Secret> => ({
      method,
      schema: Secret,
      read: get(secret(id)),
      write: (secretMetadata) =>
        put(path`/secrets-manager/secrets/${id}/metadata`, { json: { secretMetadata, confirmLosingAdminAccess } }),
      // Whoever has given away the administration is not shown the permissions any more.
      writeOnly: confirmLosingAdminAccess ? ["permissionItems"] : [],
      unfit: ({ permissionItems }) =>
        permissionItems === null || permissionItems === undefined
          ? "the permissions of the secret were not shown, and would be removed: ask as one of its administrators"
          : undefined,
    });
    const create = (
      method: string,
      json: object,
      secrets: ReadonlyArray<string>,
      options: CreateSecretOptions = {},
    ) => {
      const { description = null, permissions: permissionItems = [] } = options;
      const request = post(path`/secrets-manager/secrets`, {
        json: { format: "STRING", permissionItems, description, ...json },
      });
      return dss.empty(method, hiding(secrets, request));
    };
    return {
      list: () => dss.json("Secrets.list", get(path`/secrets-manager/secrets`), Schema.Array(Secret)),
      get: (id) => dss.json("Secrets.get", { ...get(secret(id)), exact: true }, Secret),
      capabilities: (id) =>
        dss.json("Secrets.capabilities", get(path`/secrets-manager/secrets/${id}/capabilities`), SecretCapabilities),
      createLocal: (ref, value, options) => {
        const plain = Redacted.value(value);
        return create("Secrets.createLocal", { type: "LOCAL", ref, secret: plain }, [plain], options);
      },
      createInVault: (ref, vaultId, remoteSecretRef, options) => {
        const json = { type: "VAULT", ref, vaultId, remoteSecretRef, remoteSecretVersion: options?.version ?? null };
        return create("Secrets.createInVault", json, [], options);
      },
      value: (id, { context } = {}) => {
        const json = context === undefined ? undefined : { context };
        // It reads, though it is a POST.
        const request = post(path`/secrets-manager/secrets/${id}/actions/read`, { json, repeatable: true });
        return Effect.map(dss.json("Secrets.value", request, SecretValue), ({ value }) => value);
      },
      updateValue: (id, value, { context } = {}) => {
        const plain = Redacted.value(value);
        const json = context === undefined ? { value: plain } : { value: plain, context };
        // A POST, but the same when sent twice.
        const request = post(path`/secrets-manager/secrets/${id}/actions/update-value`, { json, repeatable: true });
        return dss.empty("Secrets.updateValue", hiding([plain], request));
      },
      update: (id, edit, options) => updateSettings(dss, source("Secrets.update", id, options), edit),
      save: (id, next, options) => saveSettings(dss, source("Secrets.save", id, options), next, options),
      delete: (id) => dss.empty("Secrets.delete", del(secret(id))),
    };
  }),
);
