import { describe, expect, it } from "@effect/vitest";
import { Effect, flow } from "effect";
import {
  Dss,
  type DssError,
  OwnUser,
  type PersonalSettings,
  pluginCredentialKey,
  removeConnectionCredential,
  removePluginCredential,
  removeUserSecret,
  setConnectionPassword,
  setPluginPassword,
  setPluginRefreshToken,
  type SettingsError,
  setUserSecret,
  Users,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, failure, json } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { stateOf } from "../fixtures/for_administrators.ts";

describe("what the owner of the key keeps", () => {
  it.effect("is saved and read back, and is the owner's alone", () =>
    Effect.gen(function* () {
      const own = yield* OwnUser;
      const users = yield* Users;
      const saved = yield* Dss.as(own.updateSettings(setUserSecret("token", "v")), "maria");
      const secrets = [{ name: "token", value: "v", secret: true }];
      expect(saved).toEqual({ secrets, credentials: {}, userProperties: {} });
      expect(yield* Dss.as(own.settings(), "maria")).toEqual(saved);
      expect((yield* users.settings("maria")).secrets).toEqual(secrets);
      expect((yield* own.settings()).secrets).toEqual([]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("is not written when it changed since it was read", () =>
    Effect.gen(function* () {
      const own = yield* OwnUser;
      const since = yield* own.settings();
      yield* own.updateSettings((settings) => ({ ...settings, userProperties: { color: "red" } }));
      const error = yield* Effect.flip(own.saveSettings({ ...since, userProperties: { color: "blue" } }, { since }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: false });
      expect((yield* own.settings()).userProperties).toEqual({ color: "red" });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("cannot make an administrator of anybody, and says so", () =>
    Effect.gen(function* () {
      const own = yield* OwnUser;
      const before = yield* stateOf("users");
      const promote = own.updateSettings((settings) => ({ ...settings, groups: ["administrators"] }));
      const error = yield* Effect.flip(Dss.as(promote, "maria"));
      expect(error).toMatchObject({ _tag: "SettingsDropped", paths: ["groups"] });
      expect(yield* stateOf("users")).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  type Failing = (own: OwnUser) => Effect.Effect<unknown, DssError | SettingsError>;
  const wrong: PersonalSettings = { secrets: {} as never };
  const refusals: ReadonlyArray<readonly [string, string, Failing, string]> = [
    ["of a key without a user, read", "nobody", (own) => own.settings(), "NotFound"],
    ["of a key without a user, written", "nobody", (own) => own.saveSettings({}), "NotFound"],
    ["of another type", "maria", (own) => own.saveSettings(wrong), "Invalid"],
  ];
  it.effect.each(refusals)("%s, is refused, and nothing changes", ([, login, call, tag]) =>
    Effect.gen(function* () {
      const before = yield* stateOf("users");
      const error = yield* Effect.flip(Dss.as(call(yield* OwnUser), login));
      expect(error._tag === "DssError" ? error.reason._tag : error._tag).toBe(tag);
      expect(yield* stateOf("users")).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("does not show a secret that DSS repeats", () =>
    Effect.gen(function* () {
      const parameter = { pluginId: "pl", parameterSetId: "ps", presetId: "pr", parameterName: "pa" };
      const edit = setPluginRefreshToken(parameter, "c4naryToken");
      const [, shown] = yield* shownBy(Effect.flatMap(OwnUser, (own) => own.updateSettings(edit)));
      expect(shown).toContain("is too old");
      expect(shown).not.toContain("c4nary");
    }).pipe(
      Effect.provide(
        dssServer(({ method }) =>
          method === "GET" ? json({}) : failure(400, "java.lang.Exception", "c4naryToken is too old")
        ),
      ),
    ));

  it.effect("keeps credentials that DSS takes without showing them", () =>
    Effect.gen(function* () {
      const edit = setConnectionPassword("pg", { user: "u", password: "p" });
      expect(yield* (yield* OwnUser).updateSettings(edit)).toEqual({
        credentials: { pg: { type: "BASIC", user: "u" } },
      });
    }).pipe(Effect.provide(dssServer(() => json({ credentials: { pg: { type: "BASIC", user: "u" } } })))));
});

describe("edits of what a user keeps", () => {
  const parameter = { pluginId: "pl", parameterSetId: 'p"s', presetId: "pr", parameterName: "pa" };
  const key = '"PLUGIN", "pl", "p\\"s", "pr", "pa"';
  const basic = { type: "BASIC", user: "u", password: "p" };
  const login = { user: "u", password: "p" };
  const kept: PersonalSettings & { readonly later: number } = {
    secrets: [{ name: "a", value: "1" }, { name: "b", value: "2" }],
    credentials: { s3: { type: "LATER" } },
    userProperties: { color: "red" },
    later: 1,
  };

  it("write the name of a plugin's credentials as DSS does", () => {
    expect(pluginCredentialKey(parameter)).toBe(key);
  });

  it.each<[string, (settings: PersonalSettings) => PersonalSettings, PersonalSettings]>([
    [
      "setUserSecret",
      setUserSecret("a", "3"),
      { ...kept, secrets: [{ name: "b", value: "2" }, { name: "a", value: "3", secret: true }] },
    ],
    ["removeUserSecret", removeUserSecret("a"), { ...kept, secrets: [{ name: "b", value: "2" }] }],
    ["removeUserSecret of none", removeUserSecret("c"), kept],
    [
      "setConnectionPassword",
      setConnectionPassword("pg", login),
      { ...kept, credentials: { ...kept.credentials, pg: basic } },
    ],
    ["removeConnectionCredential", removeConnectionCredential("s3"), { ...kept, credentials: {} }],
    ["removeConnectionCredential of none", removeConnectionCredential("pg"), kept],
    [
      "setPluginPassword",
      setPluginPassword(parameter, login),
      { ...kept, credentials: { ...kept.credentials, [key]: basic } },
    ],
    [
      "setPluginRefreshToken",
      setPluginRefreshToken(parameter, "rt"),
      { ...kept, credentials: { ...kept.credentials, [key]: { type: "OAUTH_REFRESH_TOKEN", refreshToken: "rt" } } },
    ],
    [
      "removePluginCredential",
      flow(setPluginPassword(parameter, login), removePluginCredential(parameter)),
      kept,
    ],
  ])("%s changes what it says, and keeps the rest", (_, edit, edited) => {
    expect(edit(kept)).toEqual(edited);
  });

  it("begin with nothing", () => {
    expect(setUserSecret("a", "1")({ secrets: null })).toEqual({ secrets: [{ name: "a", value: "1", secret: true }] });
    expect(setConnectionPassword("pg", login)({})).toEqual({ credentials: { pg: basic } });
  });
});
