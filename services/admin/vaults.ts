/**
 * Vaults: where secrets of the secrets manager can have their values.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Vault, VaultDefinition, vaultSecretKeys } from "../../schemas/admin/vault.ts";
import type { NewVault, VaultEdit } from "../../schemas/admin/vault_builders.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { revealed } from "../../src/json/revealed.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { hiding } from "../../src/transport/request_secrets.ts";

export {
  Vault,
  VaultAuth,
  VaultAuthDefinition,
  VaultAuthType,
  VaultCacheSettings,
  type VaultCodec,
  VaultDefinition,
  type VaultDescription,
  VaultPermission,
  VaultType,
} from "../../schemas/admin/vault.ts";
export * from "../../schemas/admin/vault_auth.ts";
export * from "../../schemas/admin/vault_builders.ts";

/**
 * Vaults, which Dataiku's own client knows since 15.1. All of it needs an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect, Redacted } from "effect";
 * import { Secrets } from "@effect-dataiku/dss/secrets";
 * import { awsVault, Vaults } from "@effect-dataiku/dss/vaults";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const [vaults, secrets] = [yield* Vaults, yield* Secrets];
 *   const auth = { type: "KEYPAIR", accessKey: "AKIA", secretKey: Redacted.make("…") } as const;
 *   yield* vaults.create(awsVault("aws-test", "eu-west-1", { auth, allowedRemoteSecretRefRegex: "test/.*" }));
 *   yield* secrets.createInVault("test-db", "aws-test", "test/db");
 *   return yield* vaults.referencingSecrets("aws-test");
 * });
 * const found = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (found.join() !== "test-db") throw new Error(found.join());
 * ```
 */
export interface Vaults {
  /** The vaults. */
  list(): Effect.Effect<ReadonlyArray<Vault>, DssError>;
  /** A vault. */
  get(vaultId: string): Effect.Effect<Vault, DssError>;
  /** Creates a vault, see `awsVault`, `azureVault` and `googleVault`. An id that is taken is a `Conflict`. */
  create(vault: NewVault): Effect.Effect<Vault, DssError>;
  /** The definition of a vault, to be edited and written back. It may hold the secrets with which DSS gets into it. */
  definition(vaultId: string): Effect.Effect<VaultDefinition, DssError>;
  /**
   * Changes a vault: reads its definition, edits it, writes it, reads it back, and gives it as DSS has it then.
   *
   * @param edit A pure edit, see `setVaultAuth`. What it throws is a defect.
   */
  updateDefinition(
    vaultId: string,
    edit: VaultEdit,
  ): Effect.Effect<VaultDefinition, DssError | SettingsError>;
  /**
   * Writes a definition that was edited slowly, by a person or in a file, and reads it back.
   *
   * With `since`, the definition as it was when the edit began, nothing is written when it is not the same any more.
   */
  saveDefinition(
    vaultId: string,
    next: VaultDefinition,
    options?: SaveOptions<VaultDefinition>,
  ): Effect.Effect<VaultDefinition, DssError | SettingsError>;
  /** Identifiers of the secrets whose values are in a vault. */
  referencingSecrets(vaultId: string): Effect.Effect<ReadonlyArray<string>, DssError>;
  /** Deletes a vault from DSS; what is in it stays. */
  delete(vaultId: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode Vaults}, with its layer. */
export const Vaults: DssService<Vaults> = service(
  "Vaults",
  Effect.map(Dss, (dss): Vaults => {
    const vault = (id: string) => path`/secrets-manager/vaults/${id}`;
    const { read, update, save } = editing(dss, {
      methods: ["Vaults.definition", "Vaults.updateDefinition", "Vaults.saveDefinition"],
      schema: VaultDefinition,
      at: vault,
      writeOnly: vaultSecretKeys,
    });
    return {
      list: () => dss.json("Vaults.list", get(path`/secrets-manager/vaults`), Schema.Array(Vault)),
      get: (id) => dss.json("Vaults.get", get(vault(id)), Vault),
      create: (newVault) => {
        const { document: json, secrets } = revealed(newVault);
        return dss.json("Vaults.create", hiding(secrets, post(path`/secrets-manager/vaults`, { json })), Vault);
      },
      definition: read,
      updateDefinition: update,
      saveDefinition: save,
      referencingSecrets: (id) =>
        dss.json(
          "Vaults.referencingSecrets",
          get(path`/secrets-manager/vaults/${id}/referencing-secret-refs`),
          Schema.Array(Schema.String),
        ),
      delete: (id) => dss.empty("Vaults.delete", del(vault(id))),
    };
  }),
);
