/**
 * Pure builders and edits of vaults.
 *
 * @module
 */
import { revealed } from "../../src/json/revealed.ts";
import {
  type AwsVaultAuth,
  awsVaultAuth,
  type AzureVaultAuth,
  azureVaultAuth,
  type GoogleVaultAuth,
  googleVaultAuth,
  type NewVaultAuth,
} from "./vault_auth.ts";
import type { VaultAuthDefinition, VaultDefinition, VaultPermission, VaultType } from "./vault.ts";

/** What all vaults can be given. */
export interface VaultOptions<Auth> {
  /**
   * How DSS gets into it.
   *
   * @default {{ type: "ENVIRONMENT" }}
   */
  readonly auth?: Auth;
  /** What people say of it. */
  readonly description?: string;
  /** Who may do what with it; by default DSS decides it. */
  readonly permissions?: ReadonlyArray<VaultPermission>;
  /** Which secrets of the vault can be used, as a regular expression of their names; by default all. */
  readonly allowedRemoteSecretRefRegex?: string;
  /**
   * How long DSS keeps what it got from the vault, in minutes.
   *
   * @default {5}
   */
  readonly maxCachingMinutes?: number;
}

/** What a vault of Google can be given. */
export interface GoogleVaultOptions extends VaultOptions<GoogleVaultAuth> {
  /** Endpoint of Private Service Connect. */
  readonly pscEndpointId?: string;
  /** Address of the service; by default the public one. */
  readonly endpoint?: string;
}

/** A vault that is to be created. */
export interface NewVault {
  /** Id in DSS. */
  readonly id: string;
  /** Whose vault it is. */
  readonly type: VaultType;
  /** How DSS gets into it, by the names of DSS; secrets are redacted until they are sent. */
  readonly authConfig: NewVaultAuth;
  /** Everything else, by the names of DSS. */
  readonly [key: string]: unknown;
}

const built = (
  id: string,
  type: VaultType,
  place: Readonly<Record<string, unknown>>,
  authConfig: NewVaultAuth,
  options: VaultOptions<unknown>,
): NewVault => ({
  id,
  type,
  description: options.description ?? null,
  permissionItems: options.permissions ?? [],
  allowedRemoteSecretRefRegex: options.allowedRemoteSecretRefRegex ?? null,
  cacheSettings: { maxCachingMinutes: options.maxCachingMinutes ?? 5 },
  ...place,
  authConfig,
});

const environment = { type: "ENVIRONMENT" } as const;

/** AWS Secrets Manager, in a region or at an address. */
export function awsVault(
  id: string,
  regionOrEndpoint: string,
  options: VaultOptions<AwsVaultAuth> = {},
): NewVault {
  return built(id, "AWS_SECRETS_MANAGER", { regionOrEndpoint }, awsVaultAuth(options.auth ?? environment), options);
}

/** Azure Key Vault, as `https://NAME.vault.azure.net/`. */
export function azureVault(id: string, vaultUrl: string, options: VaultOptions<AzureVaultAuth> = {}): NewVault {
  return built(id, "AZURE_KEY_VAULT", { vaultUrl }, azureVaultAuth(options.auth ?? environment), options);
}

/** Google Cloud Secret Manager, of a project of Google. */
export function googleVault(id: string, projectId: string, options: GoogleVaultOptions = {}): NewVault {
  const place = { projectId, pscEndpointId: options.pscEndpointId ?? null, endpoint: options.endpoint ?? null };
  return built(id, "GCP_SECRET_MANAGER", place, googleVaultAuth(options.auth ?? environment), options);
}

/** A pure edit of a vault. */
export type VaultEdit = (definition: VaultDefinition) => VaultDefinition;

/** Lets DSS get into a vault in another way, or with another secret: `awsVaultAuth`, `azureVaultAuth` and `googleVaultAuth` make one. */
export function setVaultAuth(auth: NewVaultAuth): VaultEdit {
  return (definition) => ({ ...definition, authConfig: revealed<VaultAuthDefinition>(auth).document });
}
