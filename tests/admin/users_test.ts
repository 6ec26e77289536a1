import { describe, expect, it } from "@effect/vitest";
import { Effect, Exit, Redacted } from "effect";
import {
  type DssError,
  type NewUser,
  setConnectionPassword,
  type SettingsError,
  setUserSecret,
  type User,
  UserActivity,
  Users,
  type UsersFailed,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, failure, json, Received, reset } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";

const zoe: NewUser = { login: "zoe", password: Redacted.make("c4naryPassword"), userProfile: "READER" };

const stored: User = { login: "zoe", displayName: "Zoe", groups: [], sourceType: "LOCAL" };

const logins = Effect.flatMap(Users, (users) => Effect.map(users.list(), (all) => all.map(({ login }) => login)));

const everybody = ["admin", "maria", "lena", "tom"];

type Failing = (users: Users) => Effect.Effect<unknown, DssError | SettingsError | UsersFailed>;

describe("users on a simulated DSS", () => {
  it.effect("one that is created is listed, one that is saved is read back, one that is deleted is gone", () =>
    Effect.gen(function* () {
      const users = yield* Users;
      yield* users.create({ ...zoe, displayName: "Zoe", groups: ["readers"] });
      expect(yield* logins).toEqual([...everybody, "zoe"]);
      expect(yield* users.info("zoe")).toEqual({
        login: "zoe",
        displayName: "Zoe",
        groups: ["readers"],
        email: null,
        enabled: true,
      });
      const edited = yield* users.updateSettings(
        "zoe",
        (user) => ({ ...setUserSecret("s", "v")(user), enabled: false }),
      );
      expect(edited).toMatchObject({ enabled: false, secrets: [{ name: "s", value: "v", secret: true }] });
      expect(yield* users.settings("zoe")).toEqual(edited);
      expect((yield* users.listInfo()).find(({ login }) => login === "zoe")?.enabled).toBe(false);
      yield* users.delete("zoe");
      expect(yield* logins).toEqual(everybody);
      expect((yield* Effect.flip(users.settings("zoe"))).reason._tag).toBe("NotFound");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("lists leave settings out, unless they are asked for", () =>
    Effect.gen(function* () {
      const users = yield* Users;
      expect((yield* users.list()).map(({ secrets }) => secrets)).toEqual([undefined, undefined, undefined, undefined]);
      expect((yield* users.list({ includeSettings: true })).map(({ secrets }) => secrets)).toEqual([[], [], [], []]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("one who never was there has no times", () =>
    Effect.gen(function* () {
      const users = yield* Users;
      const tom = yield* users.activity("tom");
      expect([UserActivity.lastLoginAt(tom), UserActivity.lastActiveAt(tom)]).toEqual([undefined, undefined]);
      expect(UserActivity.lastFailedLoginAt(tom)).toBeDefined();
      expect((yield* users.listActivity()).map(({ login }) => login)).toEqual(everybody);
      expect(yield* users.listActivity({ enabledUsersOnly: true })).not.toContainEqual(tom);
      expect((yield* users.listExpiredTrials()).map(({ login }) => login)).toEqual(["tom"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("the matrix says what users and groups may do", () =>
    Effect.gen(function* () {
      const { perUser, perGroup } = yield* (yield* Users).authorizationMatrix();
      expect(Object.keys(perUser as object)).toEqual(["admin", "maria", "lena"]);
      expect(Object.keys(perGroup as object)).toEqual(["administrators", "data_team", "readers"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("the key of a user who is deleted authenticates no more", () =>
    Effect.gen(function* () {
      const { addKey, fetch, url } = yield* Simulator;
      yield* addKey(Redacted.make("key-of-lena"), { login: "lena", admin: false });
      const ask = Effect.promise(() =>
        fetch(new Request(`${url}/dip/publicapi/users`, { headers: { authorization: "Bearer key-of-lena" } }))
      );
      expect((yield* ask).status).toBe(200);
      yield* (yield* Users).delete("lena");
      expect((yield* ask).status).toBe(401);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("a slow edit does not undo that of another", () =>
    Effect.gen(function* () {
      const users = yield* Users;
      const since = yield* users.settings("maria");
      yield* users.updateSettings("maria", (user) => ({ ...user, email: "other@example.com" }));
      const error = yield* Effect.flip(users.saveSettings("maria", { ...since, enabled: false }, { since }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: false });
      expect(yield* users.settings("maria")).toMatchObject({ email: "other@example.com", enabled: true });
    }).pipe(Effect.provide(Simulator.layer())));

  const refusals: ReadonlyArray<readonly [string, Failing, string]> = [
    ["a login that is taken", (users) => users.create({ ...zoe, login: "maria" }), "Conflict"],
    ["an empty login", (users) => users.create({ ...zoe, login: "" }), "Invalid"],
    ["a source that is none", (users) => users.create({ ...zoe, sourceType: "MOON" }), "Invalid"],
    ["a local user without a password", (users) => users.create({ login: "zoe", userProfile: "READER" }), "Invalid"],
    ["settings of nobody", (users) => users.settings("nobody"), "NotFound"],
    ["the information of nobody", (users) => users.info("nobody"), "NotFound"],
    ["an update of nobody", (users) => users.updateSettings("nobody", (user) => user), "NotFound"],
    ["a save of nobody", (users) => users.saveSettings("nobody", stored), "NotFound"],
    ["a password of nobody", (users) => users.setPassword("nobody", Redacted.make("x")), "NotFound"],
    ["the deletion of nobody", (users) => users.delete("nobody"), "NotFound"],
    ["the activity of nobody", (users) => users.activity("nobody"), "NotFound"],
    ["the deletion of oneself", (users) => users.delete("admin"), "Invalid"],
    ["an id that is none", (users) => users.delete(".."), "Invalid"],
    [
      "a field of another type",
      (users) => users.updateSettings("maria", (user) => ({ ...user, enabled: "no" as never })),
      "Invalid",
    ],
    [
      "the creation of one who is there, among many",
      (users) => users.createAll([{ ...zoe, login: "tom" }]),
      "UsersFailed",
    ],
    ["the change of nobody, among many", (users) => users.editAll([{ login: "nobody" }]), "UsersFailed"],
    ["the deletion of nobody, among many", (users) => users.deleteAll(["nobody"]), "UsersFailed"],
    ["the deletion of oneself, among many", (users) => users.deleteAll(["admin"]), "UsersFailed"],
  ];
  it.effect.each(refusals)("%s is refused, and changes nothing", ([, call, tag]) =>
    Effect.gen(function* () {
      const before = yield* stateOf("users");
      const error = yield* Effect.flip(call(yield* Users));
      expect(error._tag === "DssError" ? error.reason._tag : error._tag).toBe(tag);
      expect(yield* stateOf("users")).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  itIsForAdministrators({
    "Users.list": ({ users }) => users.list(),
    "Users.create": ({ users }) => users.create(zoe),
    "Users.settings": ({ users }) => users.settings("lena"),
    "Users.updateSettings": ({ users }) => users.updateSettings("lena", (user) => user),
    "Users.saveSettings": ({ users }) => users.saveSettings("lena", stored),
    "Users.setPassword": ({ users }) => users.setPassword("lena", Redacted.make("x")),
    "Users.delete": ({ users }) => users.delete("lena"),
    "Users.activity": ({ users }) => users.activity("lena"),
    "Users.listActivity": ({ users }) => users.listActivity(),
    "Users.createAll": ({ users }) => users.createAll([zoe]),
    "Users.editAll": ({ users }) => users.editAll([{ login: "lena", enabled: false }]),
    "Users.deleteAll": ({ users }) => users.deleteAll(["lena"]),
    "Users.listExpiredTrials": ({ users }) => users.listExpiredTrials(),
    "Users.authorizationMatrix": ({ users }) => users.authorizationMatrix(),
  });
});

describe("many users at once", () => {
  it.effect("are created, changed and deleted, each with its outcome", () =>
    Effect.gen(function* () {
      const users = yield* Users;
      const done = (login: string) => ({ login, status: "SUCCESS", error: "" });
      expect(yield* users.createAll([zoe, { ...zoe, login: "yan" }])).toEqual([done("zoe"), done("yan")]);
      expect(yield* users.editAll([{ login: "zoe", groups: ["readers"] }])).toEqual([done("zoe")]);
      expect((yield* users.settings("zoe")).groups).toEqual(["readers"]);
      expect(yield* users.deleteAll(["yan", "zoe"])).toEqual([done("yan"), done("zoe")]);
      expect(yield* users.deleteAll([])).toEqual([]);
      expect(yield* logins).toEqual(everybody);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are no success when one of them is not done, and say who is", () =>
    Effect.gen(function* () {
      const users = yield* Users;
      const error = yield* Effect.flip(users.createAll([zoe, { ...zoe, login: "maria" }]));
      expect(error).toMatchObject({
        _tag: "UsersFailed",
        message: "Users.createAll: Not done for 1 of 2 users (maria: User maria exists already)",
        failed: [{ login: "maria", status: "FAILURE", error: "User maria exists already" }],
        outcomes: [{ login: "zoe", status: "SUCCESS" }, { login: "maria" }],
      });
      expect(yield* logins).toEqual([...everybody, "zoe"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("name the first that failed, whatever DSS calls it", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Users).deleteAll(["a", "b", "c", "d", "e"]));
      expect(error.message).toBe(
        "Users.deleteAll: Not done for 5 of 5 users (a: no message; b: no message; c: no message and 2 more)",
      );
    }).pipe(
      Effect.provide(dssServer(() => json(["a", "b", "c", "d", "e"].map((login) => ({ login, status: "LATER" }))))),
    ));

  it.effect("are not deleted twice, nor created twice, when an answer is lost", () =>
    Effect.gen(function* () {
      const users = yield* Users;
      for (const call of [users.deleteAll(["a"]), users.createAll([zoe]), users.create(zoe)]) {
        expect(yield* Effect.flip(call)).toMatchObject({ reason: { _tag: "OutcomeUnknown" } });
      }
      expect((yield* Received).lines).toEqual([
        "DELETE /admin/users/actions/bulk?allowSelfDeletion=false",
        "POST /admin/users/actions/bulk",
        "POST /admin/users/",
      ]);
    }).pipe(Effect.provide(dssServer(() => reset))));
});

describe("secrets of users", () => {
  it.effect("a password is written with the settings as they are, and is not expected back", () =>
    Effect.gen(function* () {
      yield* (yield* Users).setPassword("zoe", Redacted.make("new"));
      const { requests, lines } = yield* Received;
      expect(lines).toEqual(["GET /admin/users/zoe", "PUT /admin/users/zoe", "GET /admin/users/zoe"]);
      expect(JSON.parse(requests[1]!.body)).toEqual({ ...stored, password: "new" });
    }).pipe(Effect.provide(dssServer(() => json(stored)))));

  it.effect("credentials and secrets that DSS takes without showing them are not said to be dropped", () =>
    Effect.gen(function* () {
      const saved = yield* (yield* Users).updateSettings(
        "zoe",
        (user) => setUserSecret("s", "v")(setConnectionPassword("pg", { user: "u", password: "p" })(user)),
      );
      expect(saved.credentials).toEqual({ pg: { type: "BASIC", user: "u" } });
    }).pipe(Effect.provide(dssServer((_, nth) =>
      json(
        nth < 3
          ? stored
          : { ...stored, credentials: { pg: { type: "BASIC", user: "u" } }, secrets: [{ name: "s", secret: true }] },
      )
    ))));

  it.effect("credentials that DSS drops are said to be dropped", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Users).updateSettings("zoe", setUserSecret("s", "v")));
      expect(error).toMatchObject({ _tag: "SettingsDropped", paths: ["secrets"] });
    }).pipe(Effect.provide(dssServer(() => json(stored)))));

  it.effect("a password that DSS repeats in an outcome is not shown", () =>
    Effect.gen(function* () {
      const [exit, shown] = yield* shownBy(Effect.flatMap(Users, (users) => users.createAll([zoe])));
      expect(Exit.isFailure(exit)).toBe(true);
      expect(shown).toContain("too weak");
      expect(shown).not.toContain("c4nary");
    }).pipe(Effect.provide(dssServer(() => json([{ login: "zoe", status: "FAILURE", error: echoed }])))));

  const echoed = "the password c4naryPassword is too weak";
  const calls: ReadonlyArray<readonly [string, Failing]> = [
    ["create", (users) => users.create(zoe)],
    ["createAll", (users) => users.createAll([zoe])],
    ["setPassword", (users) => users.setPassword("zoe", zoe.password!)],
    ["updateSettings", (users) => users.updateSettings("zoe", setUserSecret("s", "c4naryPassword"))],
    [
      "saveSettings",
      (users) =>
        users.saveSettings("zoe", setConnectionPassword("pg", { user: "u", password: "c4naryPassword" })(stored)),
    ],
    [
      "editAll",
      (users) =>
        users.editAll([{ login: "zoe", secrets: [{ name: "s", value: "c4naryPassword" }], credentials: null }]),
    ],
  ];
  it.effect.each(calls)("%s does not show a secret that DSS repeats", ([, call]) =>
    Effect.gen(function* () {
      const [, shown] = yield* shownBy(Effect.flatMap(Users, call));
      expect(shown).toContain("too weak");
      expect(shown).not.toContain("c4nary");
    }).pipe(
      Effect.provide(
        dssServer(({ method }) => method === "GET" ? json(stored) : failure(400, "java.lang.Exception", echoed)),
      ),
    ));
});
