import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { type Dss, IdentitySettings } from "../../mod.ts";
import { Simulator, type SimulatorOptions } from "../../src/simulator/mod.ts";
import { itIsForAdministrators } from "../fixtures/for_administrators.ts";
import { dssServer, failure, json, Received } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { refusal } from "../fixtures/other_keys.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, IdentitySettings | Dss | Simulator>, options?: SimulatorOptions) =>
  Effect.provide(test, Simulator.layer(options));

describe("where users come from", () => {
  it.effect("is read back as it was saved, each supplier by itself", () =>
    simulated(Effect.gen(function* () {
      const identity = yield* IdentitySettings;
      const sso = yield* identity.updateSso((sso) => ({ ...sso, enabled: true, protocol: "SAML", addedLater: [null] }));
      const ldap = yield* identity.updateLdap((ldap) => ({
        ...ldap,
        remappingRules: [{ ruleFrom: "a", ruleTo: "b" }],
      }));
      const azureAd = yield* identity.updateAzureAd((azure) => ({ ...azure, groupsLimit: 5 }));
      expect(sso).toMatchObject({ enabled: true, protocol: "SAML", addedLater: [null] });
      expect(yield* identity.sso()).toEqual(sso);
      expect(ldap.remappingRules).toEqual([{ ruleFrom: "a", ruleTo: "b" }]);
      expect(yield* identity.ldap()).toEqual(ldap);
      expect(azureAd.groupsLimit).toBe(5);
      expect(yield* identity.azureAd()).toEqual(azureAd);
    })));

  it.effect("that another changed is not overwritten", () =>
    simulated(Effect.gen(function* () {
      const { ldap, updateLdap, saveLdap } = yield* IdentitySettings;
      const since = yield* ldap();
      yield* updateLdap((settings) => ({ ...settings, useTls: false }));
      const error = yield* Effect.flip(saveLdap({ ...since, url: "ldap://ours" }, { since }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", method: "IdentitySettings.saveLdap", written: false });
      expect((yield* ldap()).url).toBe("ldap://ldap.example.com/dc=example,dc=com");
    })));

  it.effect("may have secrets that DSS does not show again, but nothing else", () =>
    simulated(
      Effect.gen(function* () {
        const { updateLdap, updateSso } = yield* IdentitySettings;
        yield* updateLdap((ldap) => ({ ...ldap, bindPassword: "new" }));
        const error = yield* Effect.flip(updateSso((sso) => ({ ...sso, spnegoMode: "PREAUTH" })));
        expect(error).toMatchObject({ _tag: "SettingsDropped", paths: ["spnegoMode"] });
      }),
      { unknownKeys: ["bindPassword", "spnegoMode"] },
    ));

  it.effect("of a wrong type is refused, and changes nothing", () =>
    simulated(Effect.gen(function* () {
      const { updateSso, updateLdap, saveAzureAd } = yield* IdentitySettings;
      const wrong = [
        updateSso((sso) => ({ ...sso, openIDParams: [] as never })),
        updateLdap((ldap) => ({ ...ldap, enabled: "yes" as never })),
        saveAzureAd({}),
      ];
      for (const call of wrong) expect(yield* refusal(call)).toMatchObject({ reason: "Invalid", changed: false });
    })));

  it.effect("is written with its secret, which is in nothing that is shown", () =>
    Effect.gen(function* () {
      const { updateAzureAd } = yield* IdentitySettings;
      const [, shown] = yield* shownBy(
        updateAzureAd((azure) => ({ ...azure, credentialsClientSecret: "s3cr3t-of-azure" })),
      );
      expect(shown).not.toContain("s3cr3t-of-azure");
      expect((yield* Received).requests[1]?.body).toContain("s3cr3t-of-azure");
    }).pipe(Effect.provide(dssServer((_, nth) => nth === 1 ? json({ enabled: true }) : failure(500, "E", "no")))));

  itIsForAdministrators({
    "IdentitySettings.sso": ({ identitySettings }) => identitySettings.sso(),
    "IdentitySettings.updateSso": ({ identitySettings }) => identitySettings.updateSso((sso) => sso),
    "IdentitySettings.saveSso": ({ identitySettings }) => identitySettings.saveSso({ enabled: true }),
    "IdentitySettings.ldap": ({ identitySettings }) => identitySettings.ldap(),
    "IdentitySettings.updateLdap": ({ identitySettings }) => identitySettings.updateLdap((ldap) => ldap),
    "IdentitySettings.saveLdap": ({ identitySettings }) => identitySettings.saveLdap({ enabled: false }),
    "IdentitySettings.azureAd": ({ identitySettings }) => identitySettings.azureAd(),
    "IdentitySettings.updateAzureAd": ({ identitySettings }) => identitySettings.updateAzureAd((azure) => azure),
    "IdentitySettings.saveAzureAd": ({ identitySettings }) => identitySettings.saveAzureAd({ enabled: true }),
  });
});
