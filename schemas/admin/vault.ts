/**
 * Vaults: where secrets of the secrets manager can have their values, and how DSS gets into them.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** Whose vault it is; further values may come. */
export type VaultType =
  | "AWS_SECRETS_MANAGER"
  | "AZURE_KEY_VAULT"
  | "GCP_SECRET_MANAGER"
  | (string & Record<never, never>);

/** Schema of {@linkcode VaultType}. */
export const VaultType: Schema.Codec<VaultType, string> = openEnum<VaultType>();

/** How DSS says who it is to a vault; further values may come. */
export type VaultAuthType =
  | "ENVIRONMENT"
  | "IAM_ROLE"
  | "KEYPAIR"
  | "MANAGED_IDENTITY"
  | "CLIENT_SECRET"
  | "CLIENT_CERTIFICATE"
  | (string & Record<never, never>);

/** Schema of {@linkcode VaultAuthType}. */
export const VaultAuthType: Schema.Codec<VaultAuthType, string> = openEnum<VaultAuthType>();

/** What a user or a group may do with a vault; what that can be, no public source says. */
export interface VaultPermission {
  /** Login of the user; a permission has this or `group`. */
  readonly user?: string | null;
  /** Name of the group. */
  readonly group?: string | null;
  /** Whether they may create secrets whose values are in it. */
  readonly use?: boolean | null;
}

/** Schema of {@linkcode VaultPermission}. */
export const VaultPermission: Schema.Codec<VaultPermission, unknown> = open(
  {
    user: maybe(Schema.String),
    group: maybe(Schema.String),
    use: maybe(Schema.Boolean),
  } satisfies Fields<VaultPermission>,
);

/** How long DSS keeps what it got from a vault. */
export interface VaultCacheSettings {
  /** In minutes. */
  readonly maxCachingMinutes?: number | null;
}

/** Schema of {@linkcode VaultCacheSettings}. */
export const VaultCacheSettings: Schema.Codec<VaultCacheSettings, unknown> = open(
  { maxCachingMinutes: maybe(Schema.Number) } satisfies Fields<VaultCacheSettings>,
);

/** How DSS gets into a vault: its keys go by the vault and by `type`, and others are in it too, as `roleArn` or `tenantId`. */
export interface VaultAuth {
  /** How DSS says who it is. */
  readonly type?: VaultAuthType | null;
  /** Secret key of AWS. */
  readonly secretKey?: Redacted.Redacted<string> | null;
  /** Token of a session of AWS. */
  readonly sessionToken?: Redacted.Redacted<string> | null;
  /** Secret of an application of Azure. */
  readonly clientSecret?: Redacted.Redacted<string> | null;
  /** Password of a certificate of Azure. */
  readonly password?: Redacted.Redacted<string> | null;
  /** Key of a service account of Google, or the path of one. */
  readonly appSecretContent?: Redacted.Redacted<string> | null;
}

/** How DSS gets into a vault, to be written back: secrets are in it as they are. */
export interface VaultAuthDefinition {
  /** How DSS says who it is. */
  readonly type?: VaultAuthType | null;
  /** Secret key of AWS. */
  readonly secretKey?: string | null;
  /** Token of a session of AWS. */
  readonly sessionToken?: string | null;
  /** Secret of an application of Azure. */
  readonly clientSecret?: string | null;
  /** Password of a certificate of Azure. */
  readonly password?: string | null;
  /** Key of a service account of Google, or the path of one. */
  readonly appSecretContent?: string | null;
}

/** @internal Keys of the secrets with which DSS gets into vaults. */
export const vaultSecretKeys: ReadonlyArray<Exclude<keyof VaultAuth, "type">> = [
  "secretKey",
  "sessionToken",
  "clientSecret",
  "password",
  "appSecretContent",
];

const secretAs = <A>(schema: Schema.Codec<A, unknown>) => ({
  type: maybe(VaultAuthType),
  secretKey: maybe(schema),
  sessionToken: maybe(schema),
  clientSecret: maybe(schema),
  password: maybe(schema),
  appSecretContent: maybe(schema),
});

/** Schema of {@linkcode VaultAuth}. */
export const VaultAuth: Schema.Codec<VaultAuth, unknown> = open(
  secretAs(Schema.RedactedFromValue(Schema.String)) satisfies Fields<VaultAuth>,
);

/** Schema of {@linkcode VaultAuthDefinition}. */
export const VaultAuthDefinition: Schema.Codec<VaultAuthDefinition, unknown> = open(
  secretAs(Schema.String) satisfies Fields<VaultAuthDefinition>,
);

/** What is said of a vault. */
export interface VaultDescription {
  /** Id in DSS. */
  readonly id: string;
  /** Whose vault it is. */
  readonly type?: VaultType | null;
  /** What people say of it. */
  readonly description?: string | null;
  /** Who may do what with it. */
  readonly permissionItems?: ReadonlyArray<VaultPermission> | null;
  /** Which secrets of the vault can be used, as a regular expression of their names; by default all. */
  readonly allowedRemoteSecretRefRegex?: string | null;
  /** How long DSS keeps what it got from the vault. */
  readonly cacheSettings?: VaultCacheSettings | null;
  /** Region of AWS, or the address of its service. */
  readonly regionOrEndpoint?: string | null;
  /** Address of the vault of Azure. */
  readonly vaultUrl?: string | null;
  /** Project of Google. */
  readonly projectId?: string | null;
  /** Endpoint of Private Service Connect of Google. */
  readonly pscEndpointId?: string | null;
  /** Address of the service of Google. */
  readonly endpoint?: string | null;
  /** Login of who created it. */
  readonly createdBy?: string | null;
  /** When it was created, in milliseconds since 1970. */
  readonly createdOn?: number | null;
  /** Login of who changed it last. */
  readonly lastUpdatedBy?: string | null;
  /** When it was changed last, in milliseconds since 1970. */
  readonly lastUpdatedOn?: number | null;
}

const fields = {
  id: Schema.String,
  type: maybe(VaultType),
  description: maybe(Schema.String),
  permissionItems: maybe(Schema.Array(VaultPermission)),
  allowedRemoteSecretRefRegex: maybe(Schema.String),
  cacheSettings: maybe(VaultCacheSettings),
  regionOrEndpoint: maybe(Schema.String),
  vaultUrl: maybe(Schema.String),
  projectId: maybe(Schema.String),
  pscEndpointId: maybe(Schema.String),
  endpoint: maybe(Schema.String),
  createdBy: maybe(Schema.String),
  createdOn: maybe(Schema.Number),
  lastUpdatedBy: maybe(Schema.String),
  lastUpdatedOn: maybe(Schema.Number),
} satisfies Fields<VaultDescription>;

/** A vault, as it is only read. */
export interface Vault extends VaultDescription {
  /** How DSS gets into it. */
  readonly authConfig?: VaultAuth | null;
}

/** Schema of {@linkcode Vault}, with its accessors. */
export interface VaultCodec extends Schema.Codec<Vault, unknown> {
  /** When a vault was created. */
  createdAt(vault: Vault): DateTime.Utc | undefined;
  /** When a vault was changed last. */
  updatedAt(vault: Vault): DateTime.Utc | undefined;
}

/** Schema of {@linkcode Vault}, with its accessors. */
export const Vault: VaultCodec = Object.assign(
  open({ ...fields, authConfig: maybe(VaultAuth) } satisfies Fields<Vault>) as Schema.Codec<Vault, unknown>,
  {
    createdAt: ({ createdOn }: Vault): DateTime.Utc | undefined => instantOf(createdOn),
    updatedAt: ({ lastUpdatedOn }: Vault): DateTime.Utc | undefined => instantOf(lastUpdatedOn),
  },
);

/** A vault, to be edited and written back. Secrets are in it as they are: do not log it. */
export interface VaultDefinition extends VaultDescription {
  /** How DSS gets into it. */
  readonly authConfig?: VaultAuthDefinition | null;
}

/** Schema of {@linkcode VaultDefinition}. */
export const VaultDefinition: Schema.Codec<VaultDefinition, unknown> = open(
  { ...fields, authConfig: maybe(VaultAuthDefinition) } satisfies Fields<VaultDefinition>,
);
