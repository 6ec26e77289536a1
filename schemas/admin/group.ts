/**
 * Groups: what their members may do on the instance.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { UserSourceType } from "./user_source_type.ts";

/** A group, as DSS stores it; permissions that newer versions of DSS add are kept. */
export interface Group {
  /** Name, which is its id. */
  readonly name: string;
  /** Where its members come from. */
  readonly sourceType: UserSourceType;
  /** Whether its members are administrators. */
  readonly admin: boolean;
  /** In words. */
  readonly description?: string | null;
  /** Groups of LDAP whose members are members of this one. Old versions of DSS hold them in one string, with commas. */
  readonly ldapGroupNames?: ReadonlyArray<string> | string | null;
  /** Groups of Azure AD whose members are members of this one. */
  readonly azureADGroupNames?: ReadonlyArray<string> | string | null;
  /** Groups of the single sign-on whose members are members of this one. */
  readonly ssoGroupNames?: ReadonlyArray<string> | string | null;
  /** Groups of a custom supplier whose members are members of this one. */
  readonly customGroupNames?: ReadonlyArray<string> | string | null;
  /** Whether its members may create projects. */
  readonly mayCreateProjects?: boolean | null;
  /** Whether its members may write code that runs as the user of DSS itself. */
  readonly mayWriteUnsafeCode?: boolean | null;
  /** Whether its members may write code that runs as themselves. */
  readonly mayWriteSafeCode?: boolean | null;
  /** Whether its members may create code environments, and manage those that they own. */
  readonly mayCreateCodeEnvs?: boolean | null;
  /** Whether its members may manage all code environments. */
  readonly mayManageCodeEnvs?: boolean | null;
  /** Whether its members may create clusters, and manage those that they own. */
  readonly mayCreateClusters?: boolean | null;
  /** Whether its members may manage all clusters. */
  readonly mayManageClusters?: boolean | null;
  /** Whether its members may develop plugins. */
  readonly mayDevelopPlugins?: boolean | null;
}

const names = maybe(Schema.Union([Schema.Array(Schema.String), Schema.String]));
const may = maybe(Schema.Boolean);

/** Schema of {@linkcode Group}. */
export const Group: Schema.Codec<Group, unknown> = open(
  {
    name: Schema.String,
    sourceType: UserSourceType,
    admin: Schema.Boolean,
    description: maybe(Schema.String),
    ldapGroupNames: names,
    azureADGroupNames: names,
    ssoGroupNames: names,
    customGroupNames: names,
    mayCreateProjects: may,
    mayWriteUnsafeCode: may,
    mayWriteSafeCode: may,
    mayCreateCodeEnvs: may,
    mayManageCodeEnvs: may,
    mayCreateClusters: may,
    mayManageClusters: may,
    mayDevelopPlugins: may,
  } satisfies Fields<Group>,
);

/** A group, as everybody may see it. */
export interface GroupInfo {
  /** Name, which is its id. */
  readonly name: string;
}

/** Schema of {@linkcode GroupInfo}. */
export const GroupInfo: Schema.Codec<GroupInfo, unknown> = open(
  { name: Schema.String } satisfies Fields<GroupInfo>,
);
