import { describe, expect, it } from "@effect/vitest";
import { DateTime, Effect, Redacted } from "effect";
import { TestClock } from "effect/testing";
import { GlobalApiKey, GlobalApiKeys } from "../../mod.ts";
import type { ServiceRecord } from "../../services/all_services.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, json, Received, reset } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { itIsForAdministrators } from "../fixtures/for_administrators.ts";
import { withKey } from "../fixtures/other_keys.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, GlobalApiKeys | Simulator>) =>
  Effect.provide(test, Simulator.layer());

const simulator = Redacted.make("simulator");

const jobs = ({ jobs }: ServiceRecord) => jobs.list("SALES");
const allKeys = ({ globalApiKeys }: ServiceRecord) => globalApiKeys.list();

const reason = <A, E, R>(call: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(call), (error) => (error as { readonly reason?: { readonly _tag: string } }).reason?._tag);

itIsForAdministrators({
  "GlobalApiKeys.list": ({ globalApiKeys }) => globalApiKeys.list(),
  "GlobalApiKeys.get": ({ globalApiKeys }) => globalApiKeys.get("any"),
  "GlobalApiKeys.getBySecret": ({ globalApiKeys }) => globalApiKeys.getBySecret(simulator),
  "GlobalApiKeys.create": ({ globalApiKeys }) => globalApiKeys.create({ admin: true }),
  "GlobalApiKeys.createWithGroups": ({ globalApiKeys }) => globalApiKeys.createWithGroups(["administrators"]),
  "GlobalApiKeys.definition": ({ globalApiKeys }) => globalApiKeys.definition("any"),
  "GlobalApiKeys.updateDefinition": ({ globalApiKeys }) => globalApiKeys.updateDefinition("any", (key) => key),
  "GlobalApiKeys.saveDefinition": ({ globalApiKeys }) => globalApiKeys.saveDefinition("any", { id: "any" }),
  "GlobalApiKeys.delete": ({ globalApiKeys }) => globalApiKeys.delete("any"),
});

it.effect("a refused creation makes no key, and a refused deletion none go", () =>
  simulated(Effect.gen(function* () {
    const keys = yield* GlobalApiKeys;
    const { id } = yield* keys.create({ label: "ci" });
    const { addKey } = yield* Simulator;
    const maria = Redacted.make("the-key-of-maria");
    yield* addKey(maria, { login: "maria", admin: false });
    const before = yield* keys.list();
    const calls: ReadonlyArray<(services: ServiceRecord) => Effect.Effect<unknown, unknown>> = [
      ({ globalApiKeys }) => globalApiKeys.create({ admin: true }),
      ({ globalApiKeys }) => globalApiKeys.saveDefinition(id, { id, label: "mine" }),
      ({ globalApiKeys }) => globalApiKeys.delete(id),
    ];
    for (const call of calls) expect(yield* reason(withKey(maria, call))).toBe("Forbidden");
    expect(yield* keys.list()).toEqual(before);
  })));

describe("a new global API key", () => {
  it.effect("opens DSS, is listed, and opens it no more once it is deleted", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* GlobalApiKeys;
      const { id, key } = yield* keys.create({ label: "ci", description: "CI key" });
      expect(yield* withKey(key, jobs)).not.toEqual([]);
      expect(yield* reason(withKey(key, allKeys))).toBe("Forbidden");
      const [listed, ...others] = yield* keys.list();
      expect(others).toEqual([]);
      expect(listed).toMatchObject({ id, label: "ci", description: "CI key", createdBy: "admin" });
      expect(GlobalApiKey.createdAt(listed!)).toEqual(DateTime.makeUnsafe(Date.UTC(2025, 9, 1, 9)));
      expect(GlobalApiKey.expiresAt(listed!)).toBeUndefined();
      expect(yield* keys.get(id)).toEqual(listed);
      expect((yield* keys.getBySecret(key)).id).toBe(id);
      yield* keys.delete(id);
      expect(yield* keys.list()).toEqual([]);
      expect(yield* reason(withKey(key, jobs))).toBe("Unauthorized");
    })));

  it.effect("has the rights of an administrator when they are given, by itself or through a group", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* GlobalApiKeys;
      const own = yield* keys.create({ admin: true });
      const grouped = yield* keys.createWithGroups(["administrators"], { label: "ops" });
      const plain = yield* keys.createWithGroups(["data_team"]);
      expect(yield* withKey(own.key, allKeys)).toHaveLength(3);
      expect(yield* withKey(grouped.key, allKeys)).toHaveLength(3);
      expect(yield* reason(withKey(plain.key, allKeys))).toBe("Forbidden");
      expect((yield* withKey(plain.key, ({ auth }) => auth.info())).groups).toEqual(["data_team"]);
      expect(yield* withKey(plain.key, ({ connections }) => connections.names("PostgreSQL"))).toEqual(["pg_dwh"]);
      expect(yield* withKey(own.key, ({ connections }) => connections.names("PostgreSQL"))).toEqual(["pg_dwh"]);
      expect([grouped.groups, grouped.globalPermissions]).toEqual([["administrators"], undefined]);
    })));

  it.effect("has no rights of groups that it is not in", () =>
    simulated(Effect.gen(function* () {
      const { key } = yield* (yield* GlobalApiKeys).create();
      expect((yield* withKey(key, ({ auth }) => auth.info())).groups).toEqual([]);
      expect(yield* withKey(key, ({ connections }) => connections.names("PostgreSQL"))).toEqual([]);
      expect(yield* reason(withKey(key, ({ connections }) => connections.info("pg_dwh")))).toBe("Forbidden");
    })));

  it.effect("does not appear in what is shown", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* GlobalApiKeys;
      const created = yield* keys.create();
      const secret = Redacted.value(created.key);
      const [, shown] = yield* shownBy(Effect.fail(created));
      const [, found] = yield* shownBy(Effect.flatMap(keys.getBySecret(created.key), Effect.fail));
      yield* keys.delete(created.id);
      const [, missing] = yield* shownBy(keys.getBySecret(created.key));
      expect(shown).toContain(created.id);
      expect(missing).toContain("NotFound");
      expect(shown + found + missing).not.toContain(secret);
    })));
});

describe("a creation that fails inside of a success", () => {
  const messages = { error: true, messages: [{ severity: "ERROR", message: "Too many keys" }] };

  it.effect.each([
    ["messages", { messages }, undefined, "GlobalApiKeys.create: No API key was created (Too many keys)"],
    ["messages beside an id", { id: "k1", key: "s3cr3t", messages }, undefined, "(Too many keys)"],
    ["no id", { label: "ci" }, undefined, "without an API key"],
    ["an empty id", { id: "", key: "" }, undefined, "without an API key"],
    ["nothing but null", null, undefined, "without an API key"],
    ["no secret", { id: "k1" }, "k1", "created the API key k1 without giving its secret"],
  ])("is ApiKeyCreationFailed, with %s", ([, answer, id, text]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* GlobalApiKeys).create());
      expect(error).toMatchObject({ _tag: "ApiKeyCreationFailed", method: "GlobalApiKeys.create" });
      expect((error as { readonly id?: string }).id).toBe(id);
      expect(error.message).toContain(text);
      expect((yield* Received).requests).toHaveLength(1);
    }).pipe(Effect.provide(dssServer(() => json(answer)))));

  it.effect("is what DSS says of a group that does not exist", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* GlobalApiKeys;
      const error = yield* Effect.flip(keys.createWithGroups(["nobody"]));
      expect(error).toMatchObject({ _tag: "ApiKeyCreationFailed", messages: { error: true } });
      expect(yield* keys.list()).toEqual([]);
    })));

  it.effect.each([["is lost", reset], ["is empty", empty()]] as const)(
    "is an unknown outcome when the answer %s, and is not sent again",
    ([, reply]) =>
      Effect.gen(function* () {
        expect(yield* reason((yield* GlobalApiKeys).create())).toBe("OutcomeUnknown");
        expect((yield* Received).lines).toEqual(["POST /admin/global-api-keys/"]);
      }).pipe(Effect.provide(dssServer(() => reply))),
  );

  it.effect("shows no secret when it cannot be decoded", () =>
    Effect.gen(function* () {
      const [, shown] = yield* shownBy((yield* GlobalApiKeys).create());
      expect(shown).toContain("Field label of the answer");
      expect(shown).not.toContain("s3cr3t");
    }).pipe(Effect.provide(dssServer(() => json({ id: "k1", key: "s3cr3t", label: 7 })))));
});

describe("the definition of a global API key", () => {
  it.effect("is changed, and its holder with it", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* GlobalApiKeys;
      const { id, key } = yield* keys.create({ label: "ci" });
      const before = yield* keys.definition(id);
      const after = yield* keys.updateDefinition(id, (definition) => ({
        ...definition,
        description: "CI",
        dssUserForImpersonation: "maria",
        globalPermissions: { admin: true },
      }));
      expect(after).toEqual({
        ...before,
        description: "CI",
        dssUserForImpersonation: "maria",
        globalPermissions: { admin: true },
      });
      expect(after.key).toBe(Redacted.value(key));
      expect(yield* withKey(key, allKeys)).toHaveLength(1);
    })));

  it.effect("ends the key when its days are over, and lets it in again when there are more", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* GlobalApiKeys;
      const { id, key } = yield* keys.create();
      const { expiresOn } = yield* keys.updateDefinition(id, (definition) => ({ ...definition, expiry: 2 }));
      expect(expiresOn).toBe(Date.UTC(2025, 9, 3, 9));
      yield* TestClock.adjust("47 hours");
      yield* withKey(key, jobs);
      yield* TestClock.adjust("1 hour");
      expect(yield* reason(withKey(key, jobs))).toBe("Unauthorized");
      expect((yield* keys.get(id)).expiresOn).toBe(expiresOn);
      yield* keys.updateDefinition(id, (definition) => ({ ...definition, expiry: 3 }));
      yield* withKey(key, jobs);
      yield* TestClock.adjust("1 day");
      expect(yield* reason(withKey(key, jobs))).toBe("Unauthorized");
    })));

  it.effect("is not written when somebody else changed it since", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* GlobalApiKeys;
      const { id } = yield* keys.create({ label: "ci" });
      const since = yield* keys.definition(id);
      yield* keys.updateDefinition(id, (definition) => ({ ...definition, label: "theirs" }));
      const error = yield* Effect.flip(keys.saveDefinition(id, { ...since, label: "ours" }, { since }));
      expect(error._tag).toBe("SettingsConflict");
      expect((yield* keys.get(id)).label).toBe("theirs");
    })));

  it.effect.each([
    [{ expiry: -1 }, "Invalid"],
    [{ label: 7 }, "Invalid"],
    [{ groups: "data_team" }, "Invalid"],
    [{ globalPermissions: { admin: "yes" } }, "Invalid"],
    [{ groups: ["nobody"] }, "NotFound"],
  ])("is refused with %j, and stays", ([wrong, expected]) =>
    simulated(Effect.gen(function* () {
      const keys = yield* GlobalApiKeys;
      const { id } = yield* keys.create({ label: "ci" });
      const before = yield* keys.definition(id);
      const edit = keys.updateDefinition(id, (definition) => ({ ...definition, ...wrong as object }));
      expect(yield* reason(edit)).toBe(expected);
      expect(yield* keys.definition(id)).toEqual(before);
    })));

  it.effect("of a key that does not exist is NotFound", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* GlobalApiKeys;
      const { id } = yield* keys.create();
      expect(yield* reason(keys.get("none"))).toBe("NotFound");
      expect(yield* reason(keys.updateDefinition("none", (definition) => definition))).toBe("NotFound");
      expect(yield* reason(keys.saveDefinition("none", { id: "none" }))).toBe("NotFound");
      expect(yield* reason(keys.delete("none"))).toBe("NotFound");
      expect((yield* keys.list()).map(({ id }) => id)).toEqual([id]);
    })));
});
