/**
 * Where users come from and how they log in: single sign-on, LDAP, Azure AD.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Schema from "effect/Schema";
import { AzureAdSettings } from "../../schemas/admin/azure_ad_settings.ts";
import { LdapSettings } from "../../schemas/admin/ldap_settings.ts";
import { SsoSettings } from "../../schemas/admin/sso_settings.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { path } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export type { UserSupplierSettings } from "../../schemas/admin/user_supplier_settings.ts";
export * from "../../schemas/admin/azure_ad_settings.ts";
export * from "../../schemas/admin/ldap_settings.ts";
export * from "../../schemas/admin/remapping_rule.ts";
export * from "../../schemas/admin/sso_settings.ts";

/**
 * Where users come from and how they log in: single sign-on, LDAP, Azure AD. It needs an administrator's key.
 *
 * Each `update…` reads the settings, applies a pure edit, writes them, reads them back, and gives them as DSS has them then; what the edit
 * throws is a defect. Each `save…` writes settings that were edited slowly; with `since`, the settings as they were when the edit began,
 * nothing is written when they are not the same any more.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { IdentitySettings } from "@effect-dataiku/dss/identity-settings";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const identity = yield* IdentitySettings;
 *   return yield* identity.updateLdap((ldap) => ({ ...ldap, authorizedGroups: ["data_team"] }));
 * });
 * const { authorizedGroups } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (authorizedGroups?.[0] !== "data_team") throw new Error("unexpected");
 * ```
 */
export interface IdentitySettings {
  /** The settings of single sign-on. */
  sso(): Effect.Effect<SsoSettings, DssError>;
  /** Changes the settings of single sign-on. */
  updateSso(edit: (settings: SsoSettings) => SsoSettings): Effect.Effect<SsoSettings, DssError | SettingsError>;
  /** Writes settings of single sign-on that were edited slowly. */
  saveSso(next: SsoSettings, options?: SaveOptions<SsoSettings>): Effect.Effect<SsoSettings, DssError | SettingsError>;
  /** The settings of the LDAP server. */
  ldap(): Effect.Effect<LdapSettings, DssError>;
  /** Changes the settings of the LDAP server. */
  updateLdap(edit: (settings: LdapSettings) => LdapSettings): Effect.Effect<LdapSettings, DssError | SettingsError>;
  /** Writes settings of the LDAP server that were edited slowly. */
  saveLdap(
    next: LdapSettings,
    options?: SaveOptions<LdapSettings>,
  ): Effect.Effect<LdapSettings, DssError | SettingsError>;
  /** The settings of Azure AD. */
  azureAd(): Effect.Effect<AzureAdSettings, DssError>;
  /** Changes the settings of Azure AD. */
  updateAzureAd(
    edit: (settings: AzureAdSettings) => AzureAdSettings,
  ): Effect.Effect<AzureAdSettings, DssError | SettingsError>;
  /** Writes settings of Azure AD that were edited slowly. */
  saveAzureAd(
    next: AzureAdSettings,
    options?: SaveOptions<AzureAdSettings>,
  ): Effect.Effect<AzureAdSettings, DssError | SettingsError>;
}

/** DSS need not show secrets that it was given. */
const secrets = ["clientSecret", "bindPassword", "credentialsClientSecret"];

/** Key of {@linkcode IdentitySettings}, with its layer. */
export const IdentitySettings: DssService<IdentitySettings> = service(
  "IdentitySettings",
  Effect.map(Dss, (dss): IdentitySettings => {
    const edited = <A>(supplier: string, schema: Schema.Codec<A, unknown>, name: string) =>
      editing(dss, {
        methods: [
          `IdentitySettings.${name[0]!.toLowerCase()}${name.slice(1)}`,
          `IdentitySettings.update${name}`,
          `IdentitySettings.save${name}`,
        ],
        schema,
        at: () => path`/admin/iam/${supplier}`,
        writeOnly: secrets,
      });
    const sso = edited("sso-settings", SsoSettings, "Sso");
    const ldap = edited("ldap-settings", LdapSettings, "Ldap");
    const azureAd = edited("azure-ad-settings", AzureAdSettings, "AzureAd");
    return {
      sso: sso.read,
      updateSso: sso.update,
      saveSso: sso.save,
      ldap: ldap.read,
      updateLdap: ldap.update,
      saveLdap: ldap.save,
      azureAd: azureAd.read,
      updateAzureAd: azureAd.update,
      saveAzureAd: azureAd.save,
    };
  }),
);
