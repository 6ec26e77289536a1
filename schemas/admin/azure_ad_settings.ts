/**
 * Azure AD, as the instance is set to it.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";
import { RemappingRule } from "./remapping_rule.ts";

/** How DSS says to Azure who it is; further values may come. */
export type AzureAdCredentialMethod = "OAUTH2_SECRET" | "OAUTH2_CERT" | (string & Record<never, never>);

/** Users and groups of Azure AD. The secret is a text: do not log these settings. */
export interface AzureAdSettings {
  /** Whether it is used. */
  readonly enabled?: boolean | null;
  /** How DSS says to Azure who it is. */
  readonly credentialMethod?: AzureAdCredentialMethod | null;
  /** Id of DSS at Azure. */
  readonly credentialsClientId?: string | null;
  /** Secret of DSS at Azure. */
  readonly credentialsClientSecret?: string | null;
  /** Id of the tenant. */
  readonly credentialsTenantId?: string | null;
  /** Filter that finds users. */
  readonly userQueryFilter?: string | null;
  /** Filter that finds groups. */
  readonly groupQueryFilter?: string | null;
  /** How many groups are read at most. */
  readonly groupsLimit?: number | null;
  /** Attribute with the login. */
  readonly loginAttributeRef?: string | null;
  /** Whether DSS reaches Azure through its proxy. */
  readonly useGlobalProxy?: boolean | null;
  /** Whether users whom DSS does not know are created at their first login. */
  readonly autoProvisionUsersAtLoginTime?: boolean | null;
  /** Whether administrators may create users from it. */
  readonly allowOnDemandUsersProvisioning?: boolean | null;
  /** Whether administrators may bring users up to date with it. */
  readonly allowOnDemandUsersSync?: boolean | null;
  /** How its names become logins. */
  readonly remappingRules?: ReadonlyArray<RemappingRule> | null;
  /** Whether a user is brought up to date at each login. */
  readonly autoSyncUsersAtLoginTime?: boolean | null;
  /** Profile of users whom no group gives one. */
  readonly defaultUserProfile?: string | null;
  /** Profiles that groups give, in a form that DSS does not document. */
  readonly groupProfiles?: ReadonlyArray<unknown> | null;
  /** Groups whose members alone may log in. Old versions of DSS hold them in one string, with commas. */
  readonly authorizedGroups?: ReadonlyArray<string> | string | null;
}

/** Schema of {@linkcode AzureAdSettings}. */
export const AzureAdSettings: Schema.Codec<AzureAdSettings, unknown> = open(
  {
    enabled: maybe(Schema.Boolean),
    credentialMethod: maybe(openEnum<AzureAdCredentialMethod>()),
    credentialsClientId: maybe(Schema.String),
    credentialsClientSecret: maybe(Schema.String),
    credentialsTenantId: maybe(Schema.String),
    userQueryFilter: maybe(Schema.String),
    groupQueryFilter: maybe(Schema.String),
    groupsLimit: maybe(Schema.Number),
    loginAttributeRef: maybe(Schema.String),
    useGlobalProxy: maybe(Schema.Boolean),
    autoProvisionUsersAtLoginTime: maybe(Schema.Boolean),
    allowOnDemandUsersProvisioning: maybe(Schema.Boolean),
    allowOnDemandUsersSync: maybe(Schema.Boolean),
    remappingRules: maybe(Schema.Array(RemappingRule)),
    autoSyncUsersAtLoginTime: maybe(Schema.Boolean),
    defaultUserProfile: maybe(Schema.String),
    groupProfiles: maybe(Schema.Array(Schema.Unknown)),
    authorizedGroups: maybe(Schema.Union([Schema.Array(Schema.String), Schema.String])),
  } satisfies Fields<AzureAdSettings>,
);
