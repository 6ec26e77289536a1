/**
 * Impersonation: as whom DSS runs the work of its users on other systems.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** How a rule finds its users or groups: everybody as themselves, one by name, or all whose names match an expression. */
export type ImpersonationRuleType =
  | "IDENTITY"
  | "SINGLE_MAPPING"
  | "REGEXP_RULE"
  | (string & Record<never, never>);

/** Where a rule holds. */
export type ImpersonationScope = "GLOBAL" | "PROJECT" | (string & Record<never, never>);

/** As whom the work of users runs. */
export interface UserImpersonationRule {
  /** How it finds its users. */
  readonly type?: ImpersonationRuleType | null;
  /** Where it holds. */
  readonly scope?: ImpersonationScope | null;
  /** Key of the project in which alone it holds. */
  readonly projectKey?: string | null;
  /** Login of the one user. */
  readonly dssUser?: string | null;
  /** Regular expression for logins. */
  readonly ruleFrom?: string | null;
  /** User of the operating system. */
  readonly targetUnix?: string | null;
  /** User of Hadoop; that of the operating system when there is none. */
  readonly targetHadoop?: string | null;
}

/** Schema of {@linkcode UserImpersonationRule}. */
export const UserImpersonationRule: Schema.Codec<UserImpersonationRule, unknown> = open(
  {
    type: maybe(openEnum<ImpersonationRuleType>()),
    scope: maybe(openEnum<ImpersonationScope>()),
    projectKey: maybe(Schema.String),
    dssUser: maybe(Schema.String),
    ruleFrom: maybe(Schema.String),
    targetUnix: maybe(Schema.String),
    targetHadoop: maybe(Schema.String),
  } satisfies Fields<UserImpersonationRule>,
);

/** As whom the work of the members of groups runs. */
export interface GroupImpersonationRule {
  /** How it finds its groups. */
  readonly type?: ImpersonationRuleType | null;
  /** Name of the one group. */
  readonly dssGroup?: string | null;
  /** Regular expression for names of groups. */
  readonly ruleFrom?: string | null;
  /** User of the operating system. */
  readonly targetUnix?: string | null;
  /** User of Hadoop; that of the operating system when there is none. */
  readonly targetHadoop?: string | null;
}

/** Schema of {@linkcode GroupImpersonationRule}. */
export const GroupImpersonationRule: Schema.Codec<GroupImpersonationRule, unknown> = open(
  {
    type: maybe(openEnum<ImpersonationRuleType>()),
    dssGroup: maybe(Schema.String),
    ruleFrom: maybe(Schema.String),
    targetUnix: maybe(Schema.String),
    targetHadoop: maybe(Schema.String),
  } satisfies Fields<GroupImpersonationRule>,
);

/** As whom DSS runs the work of its users on other systems. */
export interface Impersonation {
  /** Whether it does. */
  readonly enabled?: boolean | null;
  /** Rules for users. */
  readonly userRules?: ReadonlyArray<UserImpersonationRule> | null;
  /** Rules for groups. */
  readonly groupRules?: ReadonlyArray<GroupImpersonationRule> | null;
}

/** Schema of {@linkcode Impersonation}. */
export const Impersonation: Schema.Codec<Impersonation, unknown> = open(
  {
    enabled: maybe(Schema.Boolean),
    userRules: maybe(Schema.Array(UserImpersonationRule)),
    groupRules: maybe(Schema.Array(GroupImpersonationRule)),
  } satisfies Fields<Impersonation>,
);

/** As whom work runs on Hadoop. */
export interface HadoopUserOptions {
  /** User of Hadoop; by default that of the operating system. */
  readonly hadoopUser?: string;
}

/** Where a rule for users holds. */
export interface RuleScopeOptions {
  /** Key of the project in which alone it holds; by default it holds in all. */
  readonly projectKey?: string;
}

const scopeOf = ({ projectKey }: RuleScopeOptions = {}): Pick<UserImpersonationRule, "scope" | "projectKey"> =>
  projectKey === undefined ? { scope: "GLOBAL" } : { scope: "PROJECT", projectKey };

const targets = (targetUnix: string, { hadoopUser }: HadoopUserOptions = {}) =>
  hadoopUser === undefined ? { targetUnix } : { targetUnix, targetHadoop: hadoopUser };

/** A rule by which the work of all users runs as the user of the operating system with their login. */
export function impersonateUsersAsThemselves(options?: RuleScopeOptions): UserImpersonationRule {
  return { ...scopeOf(options), type: "IDENTITY" };
}

/** A rule by which the work of one user runs as a user of the operating system. */
export function impersonateUser(
  login: string,
  unixUser: string,
  options?: RuleScopeOptions & HadoopUserOptions,
): UserImpersonationRule {
  return { ...scopeOf(options), type: "SINGLE_MAPPING", dssUser: login, ...targets(unixUser, options) };
}

/** A rule by which the work of all users with a login that matches a regular expression runs as a user of the operating system. */
export function impersonateUsersLike(
  expression: string,
  unixUser: string,
  options?: RuleScopeOptions & HadoopUserOptions,
): UserImpersonationRule {
  return { ...scopeOf(options), type: "REGEXP_RULE", ruleFrom: expression, ...targets(unixUser, options) };
}

/** A rule by which the work of the members of all groups runs as the user of the operating system with the name of the group. */
export function impersonateGroupsAsThemselves(): GroupImpersonationRule {
  return { type: "IDENTITY" };
}

/** A rule by which the work of the members of one group runs as a user of the operating system. */
export function impersonateGroup(
  group: string,
  unixUser: string,
  options?: HadoopUserOptions,
): GroupImpersonationRule {
  return { type: "SINGLE_MAPPING", dssGroup: group, ...targets(unixUser, options) };
}

/** A rule by which the work of the members of all groups whose name matches a regular expression runs as a user of the operating system. */
export function impersonateGroupsLike(
  expression: string,
  unixUser: string,
  options?: HadoopUserOptions,
): GroupImpersonationRule {
  return { type: "REGEXP_RULE", ruleFrom: expression, ...targets(unixUser, options) };
}
