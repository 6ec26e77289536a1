/**
 * LDAP, as the instance is set to it.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { RemappingRule } from "./remapping_rule.ts";

/** Users and groups of an LDAP server. The password is a text: do not log these settings. */
export interface LdapSettings {
  /** Whether it is used. */
  readonly enabled?: boolean | null;
  /** Whether users log in with it. */
  readonly authenticationEnabled?: boolean | null;
  /** Address of the server, as `ldap://ldap.example.com/dc=example,dc=com`. */
  readonly url?: string | null;
  /** Whether the connection is encrypted. */
  readonly useTls?: boolean | null;
  /** Who DSS is at the server. */
  readonly bindDN?: string | null;
  /** Password of DSS at the server. */
  readonly bindPassword?: string | null;
  /** Filter that finds a user. */
  readonly userFilter?: string | null;
  /** Filter that finds all users. */
  readonly allUsersFilter?: string | null;
  /** Attribute with the login. */
  readonly usernameAttribute?: string | null;
  /** Attribute with the name for people. */
  readonly displayNameAttribute?: string | null;
  /** Attribute with the address for mail. */
  readonly emailAttribute?: string | null;
  /** Whether groups come from it. */
  readonly enableGroups?: boolean | null;
  /** Filter that finds the groups of a user. */
  readonly groupFilter?: string | null;
  /** Filter that finds all groups. */
  readonly allGroupsFilter?: string | null;
  /** Attribute with the name of a group. */
  readonly groupNameAttribute?: string | null;
  /** Attribute of a group with its members. */
  readonly groupMembershipAttribute?: string | null;
  /** Attribute of a user by which groups name their members. */
  readonly groupMembershipUserAttribute?: string | null;
  /** Whether users whom DSS does not know are created at their first login. */
  readonly autoImportUsers?: boolean | null;
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

/** Schema of {@linkcode LdapSettings}. */
export const LdapSettings: Schema.Codec<LdapSettings, unknown> = open(
  {
    enabled: maybe(Schema.Boolean),
    authenticationEnabled: maybe(Schema.Boolean),
    url: maybe(Schema.String),
    useTls: maybe(Schema.Boolean),
    bindDN: maybe(Schema.String),
    bindPassword: maybe(Schema.String),
    userFilter: maybe(Schema.String),
    allUsersFilter: maybe(Schema.String),
    usernameAttribute: maybe(Schema.String),
    displayNameAttribute: maybe(Schema.String),
    emailAttribute: maybe(Schema.String),
    enableGroups: maybe(Schema.Boolean),
    groupFilter: maybe(Schema.String),
    allGroupsFilter: maybe(Schema.String),
    groupNameAttribute: maybe(Schema.String),
    groupMembershipAttribute: maybe(Schema.String),
    groupMembershipUserAttribute: maybe(Schema.String),
    autoImportUsers: maybe(Schema.Boolean),
    allowOnDemandUsersProvisioning: maybe(Schema.Boolean),
    allowOnDemandUsersSync: maybe(Schema.Boolean),
    remappingRules: maybe(Schema.Array(RemappingRule)),
    autoSyncUsersAtLoginTime: maybe(Schema.Boolean),
    defaultUserProfile: maybe(Schema.String),
    groupProfiles: maybe(Schema.Array(Schema.Unknown)),
    authorizedGroups: maybe(Schema.Union([Schema.Array(Schema.String), Schema.String])),
  } satisfies Fields<LdapSettings>,
);
