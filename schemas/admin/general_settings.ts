/**
 * The general settings of an instance.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";
import { type GroupImpersonationRule, Impersonation, type UserImpersonationRule } from "./impersonation.ts";

/** Where a configuration of containers runs them. */
export type ContainerType = "KUBERNETES" | "DOCKER" | (string & Record<never, never>);

/** A configuration by which work runs in containers. */
export interface ContainerConfiguration {
  /** Name, which is its id. */
  readonly name: string;
  /** Where it runs them. */
  readonly type?: ContainerType | null;
  /** Who may use it: `ALL`, or `ALLOWED` for the groups that are named. */
  readonly usableBy?: string | null;
  /** Names of the groups that may use it. */
  readonly allowedGroups?: ReadonlyArray<string> | null;
}

/** Schema of {@linkcode ContainerConfiguration}. */
export const ContainerConfiguration: Schema.Codec<ContainerConfiguration, unknown> = open(
  {
    name: Schema.String,
    type: maybe(openEnum<ContainerType>()),
    usableBy: maybe(Schema.String),
    allowedGroups: maybe(Schema.Array(Schema.String)),
  } satisfies Fields<ContainerConfiguration>,
);

/** How work runs in containers. */
export interface ContainerSettings {
  /** The configurations that there are. */
  readonly executionConfigs?: ReadonlyArray<ContainerConfiguration> | null;
  /** Name of the one that is used when none is chosen. */
  readonly defaultExecutionConfig?: string | null;
}

/** Schema of {@linkcode ContainerSettings}. */
export const ContainerSettings: Schema.Codec<ContainerSettings, unknown> = open(
  {
    executionConfigs: maybe(Schema.Array(ContainerConfiguration)),
    defaultExecutionConfig: maybe(Schema.String),
  } satisfies Fields<ContainerSettings>,
);

/** Code environments of projects that choose none. */
export interface DefaultCodeEnvs {
  /** Name of the one for Python. */
  readonly defaultPythonEnv?: string | null;
  /** Name of the one for R. */
  readonly defaultREnv?: string | null;
}

/** Schema of {@linkcode DefaultCodeEnvs}. */
export const DefaultCodeEnvs: Schema.Codec<DefaultCodeEnvs, unknown> = open(
  { defaultPythonEnv: maybe(Schema.String), defaultREnv: maybe(Schema.String) } satisfies Fields<DefaultCodeEnvs>,
);

/** The general settings of an instance: what is known of them; DSS has many more, which are kept. */
export interface InstanceSettings {
  /** How work runs in containers. */
  readonly containerSettings?: ContainerSettings | null;
  /** As whom DSS runs the work of its users. */
  readonly impersonation?: Impersonation | null;
  /** Code environments of projects that choose none. */
  readonly codeEnvs?: DefaultCodeEnvs | null;
  /** Address by which users reach the instance. */
  readonly studioExternalUrl?: string | null;
}

/** Schema of {@linkcode InstanceSettings}. */
export const InstanceSettings: Schema.Codec<InstanceSettings, unknown> = open(
  {
    containerSettings: maybe(ContainerSettings),
    impersonation: maybe(Impersonation),
    codeEnvs: maybe(DefaultCodeEnvs),
    studioExternalUrl: maybe(Schema.String),
  } satisfies Fields<InstanceSettings>,
);

/** A pure edit of the general settings. */
export type InstanceSettingsEdit = (settings: InstanceSettings) => InstanceSettings;

const editImpersonation =
  (edit: (impersonation: Impersonation) => Impersonation): InstanceSettingsEdit => (settings) => ({
    ...settings,
    impersonation: edit(settings.impersonation ?? {}),
  });

/** Whether a rule has all these values. */
const hasAll = (wanted: object) => (rule: object): boolean =>
  Object.entries(wanted).every(([key, value]) => (rule as Readonly<Record<string, unknown>>)[key] === value);

/** An edit that adds a rule for users, after those that there are. */
export function addUserImpersonationRule(rule: UserImpersonationRule): InstanceSettingsEdit {
  return editImpersonation((all) => ({ ...all, userRules: [...all.userRules ?? [], rule] }));
}

/** An edit that adds a rule for groups, after those that there are. */
export function addGroupImpersonationRule(rule: GroupImpersonationRule): InstanceSettingsEdit {
  return editImpersonation((all) => ({ ...all, groupRules: [...all.groupRules ?? [], rule] }));
}

/** An edit that removes the rules for users that have all these values, as `{ dssUser: "maria" }`. */
export function removeUserImpersonationRules(wanted: Partial<UserImpersonationRule>): InstanceSettingsEdit {
  const isWanted = hasAll(wanted);
  return editImpersonation((all) => ({ ...all, userRules: (all.userRules ?? []).filter((rule) => !isWanted(rule)) }));
}

/** An edit that removes the rules for groups that have all these values, as `{ dssGroup: "data_team" }`. */
export function removeGroupImpersonationRules(wanted: Partial<GroupImpersonationRule>): InstanceSettingsEdit {
  const isWanted = hasAll(wanted);
  return editImpersonation((all) => ({ ...all, groupRules: (all.groupRules ?? []).filter((rule) => !isWanted(rule)) }));
}
