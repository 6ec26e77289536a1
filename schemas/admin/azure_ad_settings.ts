/**
 * Azure AD, as the instance is set to it.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { maybe, openEnum } from "../../src/json/open.ts";
import { type UserSupplierSettings, userSupplierSettings } from "./user_supplier_settings.ts";

/** How DSS says to Azure who it is; further values may come. */
export type AzureAdCredentialMethod = "OAUTH2_SECRET" | "OAUTH2_CERT" | (string & Record<never, never>);

/** Users and groups of Azure AD. The secret is a text: do not log these settings. */
export interface AzureAdSettings extends UserSupplierSettings {
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
}

/** Schema of {@linkcode AzureAdSettings}. */
export const AzureAdSettings: Schema.Codec<AzureAdSettings, unknown> = userSupplierSettings<AzureAdSettings>({
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
});
