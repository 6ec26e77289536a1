/**
 * Secrets of the secrets manager: what is known of them besides their values.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** Where the value of a secret is: in DSS itself, or in a vault; further values may come. */
export type SecretType = "LOCAL" | "VAULT" | (string & Record<never, never>);

/** Schema of {@linkcode SecretType}. */
export const SecretType: Schema.Codec<SecretType, string> = openEnum<SecretType>();

/** What a user or a group may do with a secret. */
export interface SecretPermission {
  /** Login of the user; a permission has this or `group`. */
  readonly user?: string | null;
  /** Name of the group. */
  readonly group?: string | null;
  /** Whether they may use it where DSS takes secrets, without seeing its value. */
  readonly use?: boolean | null;
  /** Whether they may read its value. */
  readonly read?: boolean | null;
  /** Whether they may give it another value. */
  readonly write?: boolean | null;
  /** Whether they may change and delete the secret itself, and who may do what with it. */
  readonly admin?: boolean | null;
}

/** Schema of {@linkcode SecretPermission}. */
export const SecretPermission: Schema.Codec<SecretPermission, unknown> = open(
  {
    user: maybe(Schema.String),
    group: maybe(Schema.String),
    use: maybe(Schema.Boolean),
    read: maybe(Schema.Boolean),
    write: maybe(Schema.Boolean),
    admin: maybe(Schema.Boolean),
  } satisfies Fields<SecretPermission>,
);

/** A secret without its value, to be read, or edited and written back. */
export interface Secret {
  /** Identifier. */
  readonly ref: string;
  /** Where its value is. */
  readonly type?: SecretType | null;
  /** Form of its value, as `STRING`. */
  readonly format?: string | null;
  /** What people say of it. */
  readonly description?: string | null;
  /** Who may do what with it; shown to its administrators alone. */
  readonly permissionItems?: ReadonlyArray<SecretPermission> | null;
  /** Id of the vault that has the value. */
  readonly vaultId?: string | null;
  /** Name of the secret in the vault. */
  readonly remoteSecretRef?: string | null;
  /** Version of the secret in the vault; by default the current one. */
  readonly remoteSecretVersion?: string | null;
  /** Login of who created it. */
  readonly createdBy?: string | null;
  /** When it was created, in milliseconds since 1970. */
  readonly createdOn?: number | null;
  /** Login of who changed it last. */
  readonly lastUpdatedBy?: string | null;
  /** When it was changed last, in milliseconds since 1970. */
  readonly lastUpdatedOn?: number | null;
}

/** Schema of {@linkcode Secret}, with its accessors. */
export interface SecretCodec extends Schema.Codec<Secret, unknown> {
  /** When a secret was created. */
  createdAt(secret: Secret): DateTime.Utc | undefined;
  /** When a secret was changed last. */
  updatedAt(secret: Secret): DateTime.Utc | undefined;
}

const secretFields = {
  ref: Schema.String,
  type: maybe(SecretType),
  format: maybe(Schema.String),
  description: maybe(Schema.String),
  permissionItems: maybe(Schema.Array(SecretPermission)),
  vaultId: maybe(Schema.String),
  remoteSecretRef: maybe(Schema.String),
  remoteSecretVersion: maybe(Schema.String),
  createdBy: maybe(Schema.String),
  createdOn: maybe(Schema.Number),
  lastUpdatedBy: maybe(Schema.String),
  lastUpdatedOn: maybe(Schema.Number),
} satisfies Fields<Secret>;

/** Schema of {@linkcode Secret}, with its accessors. */
export const Secret: SecretCodec = Object.assign(
  open(secretFields) as Schema.Codec<Secret, unknown>,
  {
    createdAt: ({ createdOn }: Secret): DateTime.Utc | undefined => instantOf(createdOn),
    updatedAt: ({ lastUpdatedOn }: Secret): DateTime.Utc | undefined => instantOf(lastUpdatedOn),
  },
);

/** What the owner of the key may do with a secret; what is not said is not permitted. */
export interface SecretCapabilities {
  /** Where the value of the secret is. */
  readonly type?: SecretType | null;
  /** Whether it may be used where DSS takes secrets. */
  readonly canUse?: boolean | null;
  /** Whether its value may be read. */
  readonly canRead?: boolean | null;
  /** Whether it may be given another value. */
  readonly canWrite?: boolean | null;
  /** Whether it may be administrated. */
  readonly canAdmin?: boolean | null;
}

/** Schema of {@linkcode SecretCapabilities}. */
export const SecretCapabilities: Schema.Codec<SecretCapabilities, unknown> = open(
  {
    type: maybe(SecretType),
    canUse: maybe(Schema.Boolean),
    canRead: maybe(Schema.Boolean),
    canWrite: maybe(Schema.Boolean),
    canAdmin: maybe(Schema.Boolean),
  } satisfies Fields<SecretCapabilities>,
);

/** Whom a secret is shared with. */
export type SecretHolder = { readonly user: string } | { readonly group: string };

/** What they may do besides using it. */
export interface SecretRights {
  /**
   * Whether they may use it where DSS takes secrets.
   *
   * @default {true}
   */
  readonly use?: boolean;
  /** Whether they may read its value. */
  readonly read?: boolean;
  /** Whether they may give it another value. */
  readonly write?: boolean;
  /** Whether they may administrate it. */
  readonly admin?: boolean;
}

/** A pure edit of a secret. */
export type SecretEdit = (secret: Secret) => Secret;

const isOf = (permission: SecretPermission, holder: SecretHolder): boolean =>
  "user" in holder ? permission.user === holder.user : permission.group === holder.group;

/** Takes all rights on a secret from a user or a group. What a user has through a group stays. */
export function unshareSecret(holder: SecretHolder): SecretEdit {
  return (secret) => ({
    ...secret,
    permissionItems: (secret.permissionItems ?? []).filter((each) => !isOf(each, holder)),
  });
}

/** Gives a user or a group rights on a secret, in place of those that they have: to use it, and no more, unless told otherwise. */
export function shareSecret(
  holder: SecretHolder,
  { use = true, read = false, write = false, admin = false }: SecretRights = {},
): SecretEdit {
  return (secret) => ({
    ...secret,
    permissionItems: [
      ...unshareSecret(holder)(secret).permissionItems ?? [],
      { user: null, group: null, ...holder, use, read, write, admin },
    ],
  });
}
