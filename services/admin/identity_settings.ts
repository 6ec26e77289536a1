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
import { get, path, put } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import {
  readSettings,
  type SaveOptions,
  saveSettings,
  type SettingsError,
  type SettingsSource,
  updateSettings,
} from "../../src/settings/settings.ts";

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
    const at = <A>(supplier: string, schema: Schema.Codec<A, unknown>) => (method: string): SettingsSource<A> => ({
      method: `IdentitySettings.${method}`,
      schema,
      read: get(path`/admin/iam/${supplier}`),
      write: (json) => put(path`/admin/iam/${supplier}`, { json }),
      writeOnly: secrets,
    });
    const sso = at("sso-settings", SsoSettings);
    const ldap = at("ldap-settings", LdapSettings);
    const azureAd = at("azure-ad-settings", AzureAdSettings);
    return {
      sso: () => readSettings(dss, sso("sso")),
      updateSso: (edit) => updateSettings(dss, sso("updateSso"), edit),
      saveSso: (next, options) => saveSettings(dss, sso("saveSso"), next, options),
      ldap: () => readSettings(dss, ldap("ldap")),
      updateLdap: (edit) => updateSettings(dss, ldap("updateLdap"), edit),
      saveLdap: (next, options) => saveSettings(dss, ldap("saveLdap"), next, options),
      azureAd: () => readSettings(dss, azureAd("azureAd")),
      updateAzureAd: (edit) => updateSettings(dss, azureAd("updateAzureAd"), edit),
      saveAzureAd: (next, options) => saveSettings(dss, azureAd("saveAzureAd"), next, options),
    };
  }),
);
