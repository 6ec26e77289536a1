/**
 * What DSS says of connections: the places where data is.
 *
 * @module
 */
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** Who may use a connection: everybody, or the members of some groups; further values may come. */
export type ConnectionUsers = "ALL" | "ALLOWED" | (string & Record<never, never>);

/** Who may read the details of a connection, its credentials included; further values may come. */
export type ConnectionReaders = "NONE" | "ALL" | "ALLOWED" | (string & Record<never, never>);

/** Whose credentials a connection uses: its own, or those of each user; further values may come. */
export type CredentialsMode = "GLOBAL" | "PER_USER" | (string & Record<never, never>);

/** Who may read the details of a connection. */
export interface DetailsReadability {
  /** Nobody, everybody, or the members of `allowedGroups`. */
  readonly readableBy?: ConnectionReaders | null;
  /** Names of groups; they count for `ALLOWED` alone. */
  readonly allowedGroups?: ReadonlyArray<string> | null;
}

/** Schema of {@linkcode DetailsReadability}. */
export const DetailsReadability: Schema.Codec<DetailsReadability, unknown> = open(
  {
    readableBy: maybe(openEnum<ConnectionReaders>()),
    allowedGroups: maybe(Schema.Array(Schema.String)),
  } satisfies Fields<DetailsReadability>,
);

/** The settings of a connection, as DSS stores them. Secrets in them are encrypted by DSS: they can be written back, not used. */
export interface ConnectionSettings {
  /** Name, which is its id. */
  readonly name: string;
  /** Kind, as `PostgreSQL`, or `EC2` for Amazon S3. */
  readonly type: string;
  /** What its kind needs, as host and port; each kind has its own. */
  readonly params?: Readonly<Record<string, unknown>> | null;
  /** What people say of it. */
  readonly description?: string | null;
  /** Who may use it. */
  readonly usableBy?: ConnectionUsers | null;
  /** Names of the groups whose members may use it; they count for `ALLOWED` alone. */
  readonly allowedGroups?: ReadonlyArray<string> | null;
  /** Who may read its details. */
  readonly detailsReadability?: DetailsReadability | null;
  /** Whether data can be written to it. */
  readonly allowWrite?: boolean | null;
  /** Whether managed datasets can be on it. */
  readonly allowManagedDatasets?: boolean | null;
  /** Whether managed folders can be on it. */
  readonly allowManagedFolders?: boolean | null;
  /** Whether knowledge banks can be on it. */
  readonly allowKnowledgeBanks?: boolean | null;
  /** Most activities that use it at a time; `0` for no limit. */
  readonly maxActivities?: number | null;
  /** Whose credentials it uses. */
  readonly credentialsMode?: CredentialsMode | null;
}

/** Schema of {@linkcode ConnectionSettings}. */
export const ConnectionSettings: Schema.Codec<ConnectionSettings, unknown> = open(
  {
    name: Schema.String,
    type: Schema.String,
    params: maybe(Schema.Record(Schema.String, Schema.Unknown)),
    description: maybe(Schema.String),
    usableBy: maybe(openEnum<ConnectionUsers>()),
    allowedGroups: maybe(Schema.Array(Schema.String)),
    detailsReadability: maybe(DetailsReadability),
    allowWrite: maybe(Schema.Boolean),
    allowManagedDatasets: maybe(Schema.Boolean),
    allowManagedFolders: maybe(Schema.Boolean),
    allowKnowledgeBanks: maybe(Schema.Boolean),
    maxActivities: maybe(Schema.Number),
    credentialsMode: maybe(openEnum<CredentialsMode>()),
  } satisfies Fields<ConnectionSettings>,
);

/** A user and a password. */
export interface BasicCredential {
  /** The user. */
  readonly user?: string | null;
  /** The password. */
  readonly password?: Redacted.Redacted<string> | null;
}

/** Keys of Amazon: a pair, or the three parts of a token that expires. */
export interface AwsCredential {
  /** Id of the key. */
  readonly accessKey?: string | null;
  /** The key. */
  readonly secretKey?: Redacted.Redacted<string> | null;
  /** The token, of credentials that expire. */
  readonly sessionToken?: Redacted.Redacted<string> | null;
}

/** A token of OAuth2. */
export interface OAuth2Credential {
  /** The token. */
  readonly accessToken?: Redacted.Redacted<string> | null;
}

const Secret = Schema.RedactedFromValue(Schema.String);

const SecretParams = Schema.RedactedFromValue(Schema.Record(Schema.String, Schema.Unknown));

/** Schema of {@linkcode BasicCredential}. */
export const BasicCredential: Schema.Codec<BasicCredential, unknown> = open(
  { user: maybe(Schema.String), password: maybe(Secret) } satisfies Fields<BasicCredential>,
);

/** Schema of {@linkcode AwsCredential}. */
export const AwsCredential: Schema.Codec<AwsCredential, unknown> = open(
  {
    accessKey: maybe(Schema.String),
    secretKey: maybe(Secret),
    sessionToken: maybe(Secret),
  } satisfies Fields<AwsCredential>,
);

/** Schema of {@linkcode OAuth2Credential}. */
export const OAuth2Credential: Schema.Codec<OAuth2Credential, unknown> = open(
  { accessToken: maybe(Secret) } satisfies Fields<OAuth2Credential>,
);

/** What programs need to reach the place of a connection by themselves: its details, with credentials that can be used. */
export interface ConnectionInfo {
  /** Kind, as `PostgreSQL`. */
  readonly type: string;
  /** Whose credentials it uses. */
  readonly credentialsMode?: CredentialsMode | null;
  /** What its kind needs; a password may be in it. */
  readonly params?: Redacted.Redacted<Readonly<Record<string, unknown>>> | null;
  /** The same, with variables replaced; not every kind has it. */
  readonly resolvedParams?: Redacted.Redacted<Readonly<Record<string, unknown>>> | null;
  /** Its user and password, if it has them. */
  readonly resolvedBasicCredential?: BasicCredential | null;
  /** Its keys of Amazon, if it has them. */
  readonly resolvedAWSCredential?: AwsCredential | null;
  /** Its token of OAuth2, if it has one. */
  readonly resolvedOAuth2Credential?: OAuth2Credential | null;
  /** The proxy to reach it through; a password may be in it. */
  readonly proxySettingsAsString?: Redacted.Redacted<string> | null;
}

/** Schema of {@linkcode ConnectionInfo}. */
export const ConnectionInfo: Schema.Codec<ConnectionInfo, unknown> = open(
  {
    type: Schema.String,
    credentialsMode: maybe(openEnum<CredentialsMode>()),
    params: maybe(SecretParams),
    resolvedParams: maybe(SecretParams),
    resolvedBasicCredential: maybe(BasicCredential),
    resolvedAWSCredential: maybe(AwsCredential),
    resolvedOAuth2Credential: maybe(OAuth2Credential),
    proxySettingsAsString: maybe(Secret),
  } satisfies Fields<ConnectionInfo>,
);

/** Whether DSS can reach the place of a connection. */
export interface ConnectionTest {
  /** Whether it can. */
  readonly connectionOK: boolean;
  /** Why it cannot. */
  readonly connectionErrorMsg?: string | null;
  /** What else DSS says. */
  readonly message?: string | null;
}

/** Schema of {@linkcode ConnectionTest}. */
export const ConnectionTest: Schema.Codec<ConnectionTest, unknown> = open(
  {
    connectionOK: Schema.Boolean,
    connectionErrorMsg: maybe(Schema.String),
    message: maybe(Schema.String),
  } satisfies Fields<ConnectionTest>,
);
