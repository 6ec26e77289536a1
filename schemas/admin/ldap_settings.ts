/**
 * LDAP, as the instance is set to it.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { maybe } from "../../src/json/open.ts";
import { type UserSupplierSettings, userSupplierSettings } from "./user_supplier_settings.ts";

/** Users and groups of an LDAP server. The password is a text: do not log these settings. */
export interface LdapSettings extends UserSupplierSettings {
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
}

/** Schema of {@linkcode LdapSettings}. */
export const LdapSettings: Schema.Codec<LdapSettings, unknown> = userSupplierSettings<LdapSettings>({
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
});
