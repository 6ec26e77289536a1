/**
 * What the settings of all suppliers of users share.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { RemappingRule } from "./remapping_rule.ts";

/** How users and groups are taken over from a supplier. */
export interface UserSupplierSettings {
  /** Whether it is used. */
  readonly enabled?: boolean | null;
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

const fields = {
  enabled: maybe(Schema.Boolean),
  allowOnDemandUsersProvisioning: maybe(Schema.Boolean),
  allowOnDemandUsersSync: maybe(Schema.Boolean),
  remappingRules: maybe(Schema.Array(RemappingRule)),
  autoSyncUsersAtLoginTime: maybe(Schema.Boolean),
  defaultUserProfile: maybe(Schema.String),
  groupProfiles: maybe(Schema.Array(Schema.Unknown)),
  authorizedGroups: maybe(Schema.Union([Schema.Array(Schema.String), Schema.String])),
} satisfies Fields<UserSupplierSettings>;

/** @internal The settings of one supplier, by what only they have. */
export const userSupplierSettings = <S extends UserSupplierSettings>(
  own: Fields<Omit<S, keyof UserSupplierSettings>>,
): Schema.Codec<S, unknown> => open<Schema.Struct.Fields>({ ...fields, ...own }) as unknown as Schema.Codec<S, unknown>;
