import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import {
  addGroupImpersonationRule,
  addUserImpersonationRule,
  type Dss,
  GeneralSettings,
  impersonateGroup,
  impersonateGroupsAsThemselves,
  impersonateGroupsLike,
  impersonateUser,
  impersonateUsersAsThemselves,
  impersonateUsersLike,
  removeGroupImpersonationRules,
  removeUserImpersonationRules,
} from "../../mod.ts";
import { Simulator, type SimulatorOptions } from "../../src/simulator/mod.ts";
import { itIsForAdministrators } from "../fixtures/for_administrators.ts";
import { refusal } from "../fixtures/other_keys.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, GeneralSettings | Dss | Simulator>, options?: SimulatorOptions) =>
  Effect.provide(test, Simulator.layer(options));

describe("general settings", () => {
  it.effect("are read back as they were saved, with all that nobody knows", () =>
    simulated(Effect.gen(function* () {
      const settings = yield* GeneralSettings;
      const before = yield* settings.get();
      const next = {
        ...before,
        studioExternalUrl: "https://other.example.com",
        limits: { maxRunningActivities: 5, addedLater: { by: [1, null] } },
      };
      expect(yield* settings.update(() => next)).toEqual(next);
      expect(yield* settings.get()).toEqual(next);
    })));

  it.effect("that this DSS does not know are dropped, and said so", () =>
    simulated(Effect.gen(function* () {
      const settings = yield* GeneralSettings;
      const error = yield* Effect.flip(settings.update((found) => ({ ...found, addedLater: 1 })));
      expect(error).toMatchObject({ _tag: "SettingsDropped", paths: ["addedLater"] });
    })));

  it.effect.each<readonly [string, object]>([["a name", { name: "base" }], ["an id", { id: "base" }]])(
    "execution configurations need their image build configuration, which has %s",
    ([, build]) =>
      simulated(Effect.gen(function* () {
        const settings = yield* GeneralSettings;
        const containerSettings = (buildConfigs: ReadonlyArray<object>) => ({
          buildConfigs,
          executionConfigs: [{ name: "gpu", type: "KUBERNETES", buildConfigName: "base" }],
        });
        const homeless = settings.update((found) => ({ ...found, containerSettings: containerSettings([]) }));
        expect(yield* Effect.flip(homeless)).toMatchObject({ reason: { _tag: "Invalid" } });
        yield* settings.update((found) => ({ ...found, containerSettings: containerSettings([build]) }));
      })),
  );

  it.effect("that another changed are not overwritten", () =>
    simulated(Effect.gen(function* () {
      const { get, update, save } = yield* GeneralSettings;
      const since = yield* get();
      yield* update(removeGroupImpersonationRules({ dssGroup: "data_team" }));
      const error = yield* Effect.flip(save({ ...since, studioExternalUrl: "ours" }, { since }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: false });
      expect((yield* get()).studioExternalUrl).toBe("https://dss.example.com");
    })));

  it.effect("that DSS drops are said to be dropped", () =>
    simulated(
      Effect.gen(function* () {
        const { update } = yield* GeneralSettings;
        const error = yield* Effect.flip(update((settings) => ({ ...settings, limits: { maxFlights: 1 } })));
        expect(error).toMatchObject({ _tag: "SettingsDropped", paths: ["limits.maxFlights"] });
      }),
      { unknownKeys: ["maxFlights"] },
    ));

  it.effect("of a wrong type are refused, and change nothing", () =>
    simulated(Effect.gen(function* () {
      const { update } = yield* GeneralSettings;
      const wrong = update((settings) => ({ ...settings, impersonation: [] as never }));
      expect(yield* refusal(wrong)).toMatchObject({ reason: "Invalid", changed: false });
    })));

  itIsForAdministrators({
    "GeneralSettings.get": ({ generalSettings }) => generalSettings.get(),
    "GeneralSettings.update": ({ generalSettings }) => generalSettings.update((settings) => settings),
    "GeneralSettings.save": ({ generalSettings }) => generalSettings.save({}),
  });
});

describe("rules of impersonation", () => {
  it("are what DSS stores", () => {
    expect(impersonateUsersAsThemselves()).toEqual({ scope: "GLOBAL", type: "IDENTITY" });
    expect(impersonateUsersAsThemselves({ projectKey: "SALES" })).toEqual({
      scope: "PROJECT",
      projectKey: "SALES",
      type: "IDENTITY",
    });
    expect(impersonateUser("maria", "m")).toEqual({
      scope: "GLOBAL",
      type: "SINGLE_MAPPING",
      dssUser: "maria",
      targetUnix: "m",
    });
    expect(impersonateUsersLike("m.*", "m", { hadoopUser: "h", projectKey: "P" })).toEqual({
      scope: "PROJECT",
      projectKey: "P",
      type: "REGEXP_RULE",
      ruleFrom: "m.*",
      targetUnix: "m",
      targetHadoop: "h",
    });
    expect(impersonateGroupsAsThemselves()).toEqual({ type: "IDENTITY" });
    expect(impersonateGroup("g", "u")).toEqual({ type: "SINGLE_MAPPING", dssGroup: "g", targetUnix: "u" });
    expect(impersonateGroupsLike("g.*", "u", { hadoopUser: "h" })).toEqual({
      type: "REGEXP_RULE",
      ruleFrom: "g.*",
      targetUnix: "u",
      targetHadoop: "h",
    });
  });

  it("are added after the others, also where there were none", () => {
    const rule = impersonateUser("maria", "m");
    expect(addUserImpersonationRule(rule)({})).toEqual({ impersonation: { userRules: [rule] } });
    const group = impersonateGroup("g", "u");
    const before = { impersonation: { enabled: true, groupRules: [impersonateGroupsAsThemselves()] } };
    expect(addGroupImpersonationRule(group)(before).impersonation).toEqual({
      enabled: true,
      groupRules: [{ type: "IDENTITY" }, group],
    });
  });

  it("are removed when all of what is given fits", () => {
    const rules = [impersonateUser("maria", "m"), impersonateUser("maria", "n"), impersonateUser("tom", "m")];
    const left = removeUserImpersonationRules({ dssUser: "maria", targetUnix: "m" })({
      impersonation: { userRules: rules },
    });
    expect(left.impersonation?.userRules).toEqual(rules.slice(1));
    const groups = [impersonateGroup("g", "u"), impersonateGroup("h", "u")];
    expect(removeGroupImpersonationRules({ dssGroup: "g" })({ impersonation: { groupRules: groups } })).toEqual({
      impersonation: { groupRules: groups.slice(1) },
    });
  });
});
