import { describe, expect, it } from "@effect/vitest";
import { DateTime, Effect, Redacted } from "effect";
import { PersonalApiKey, PersonalApiKeys, type SettingsError } from "../../mod.ts";
import type { DssError, GlobalApiKeys } from "../../mod.ts";
import type { ServiceRecord } from "../../services/all_services.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { itIsForAdministrators } from "../fixtures/for_administrators.ts";
import { as, withKey } from "../fixtures/other_keys.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, PersonalApiKeys | GlobalApiKeys | Simulator>) =>
  Effect.provide(test, Simulator.layer());

const own = ({ personalApiKeys }: ServiceRecord) => personalApiKeys.list();

const reason = <A, E, R>(call: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(call), (error) => (error as { readonly reason?: { readonly _tag: string } }).reason?._tag);

itIsForAdministrators({
  "PersonalApiKeys.listAll": ({ personalApiKeys }) => personalApiKeys.listAll(),
  "PersonalApiKeys.createFor": ({ personalApiKeys }) => personalApiKeys.createFor("admin"),
});

describe("a new personal API key", () => {
  it.effect("stands for who made it, and for nobody once it is deleted", () =>
    simulated(Effect.gen(function* () {
      const create = ({ personalApiKeys }: ServiceRecord) => personalApiKeys.create({ label: "laptop" });
      const { id, key } = yield* as("maria", create);
      const [listed, ...others] = yield* withKey(key, own);
      expect(others).toEqual([]);
      expect(listed).toMatchObject({ id, user: "maria", label: "laptop", description: "", createdBy: "maria" });
      expect(PersonalApiKey.createdAt(listed!)).toEqual(DateTime.makeUnsafe(Date.UTC(2025, 9, 1, 9)));
      expect(PersonalApiKey.expiresAt(listed!)).toBeUndefined();
      expect(yield* reason(withKey(key, ({ personalApiKeys }) => personalApiKeys.listAll()))).toBe("Forbidden");
      yield* withKey(key, ({ personalApiKeys }) => personalApiKeys.delete(id));
      expect(yield* reason(withKey(key, own))).toBe("Unauthorized");
      expect(yield* (yield* PersonalApiKeys).listAll()).toEqual([]);
    })));

  it.effect("can be made for another user, with the rights of that user", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* PersonalApiKeys;
      const maria = yield* keys.createFor("maria", { label: "robot", description: "for maria" });
      const admin = yield* keys.createFor("admin");
      expect([maria.user, maria.createdBy]).toEqual(["maria", "admin"]);
      expect(yield* reason(withKey(maria.key, ({ personalApiKeys }) => personalApiKeys.listAll()))).toBe("Forbidden");
      expect(yield* withKey(admin.key, ({ personalApiKeys }) => personalApiKeys.listAll())).toHaveLength(2);
      expect((yield* keys.list()).map(({ id }) => id)).toEqual([admin.id]);
      expect(yield* reason(keys.createFor("nobody"))).toBe("NotFound");
      expect(yield* keys.listAll()).toHaveLength(2);
    })));

  it.effect("cannot be had by the holder of a global key, who is no user", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* PersonalApiKeys;
      const { key } = yield* withKey(
        Redacted.make("simulator"),
        ({ globalApiKeys }) => globalApiKeys.create({ admin: true }),
      );
      const create = withKey(key, ({ personalApiKeys }) => personalApiKeys.create());
      expect(yield* reason(create)).toBe("Forbidden");
      expect(yield* keys.listAll()).toEqual([]);
    })));

  it.effect("goes with its user", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* PersonalApiKeys;
      const { key } = yield* keys.createFor("maria");
      yield* withKey(Redacted.make("simulator"), ({ users }) => users.delete("maria"));
      expect(yield* reason(withKey(key, own))).toBe("Unauthorized");
      expect(yield* keys.listAll()).toEqual([]);
    })));

  it.effect("does not appear in what is shown", () =>
    simulated(Effect.gen(function* () {
      const created = yield* (yield* PersonalApiKeys).create();
      const [, shown] = yield* shownBy(Effect.fail(created));
      expect(shown).toContain(created.id);
      expect(shown).not.toContain(Redacted.value(created.key));
    })));

  it.effect.each([null, { label: "laptop" }, { key: "s3cr3t" }, { id: "p1" }])(
    "is ApiKeyCreationFailed when DSS answers %j",
    (answer) =>
      Effect.gen(function* () {
        const keys = yield* PersonalApiKeys;
        for (const create of [keys.create(), keys.createFor("maria")]) {
          expect((yield* Effect.flip(create))._tag).toBe("ApiKeyCreationFailed");
        }
        expect((yield* Received).lines).toEqual(["POST /personal-api-keys/", "POST /admin/personal-api-keys/"]);
      }).pipe(Effect.provide(dssServer(() => json(answer)))),
  );

  it.effect("is not made twice when the answer is lost", () =>
    Effect.gen(function* () {
      expect(yield* reason((yield* PersonalApiKeys).create())).toBe("OutcomeUnknown");
      expect((yield* Received).requests).toHaveLength(1);
    }).pipe(Effect.provide(dssServer(() => reset))));
});

describe("the definition of a personal API key", () => {
  it.effect("is changed in its label and description, and nothing else of it", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* PersonalApiKeys;
      const { id, key } = yield* keys.create({ label: "laptop", description: "mine" });
      const before = yield* keys.definition(id);
      const after = yield* keys.updateDefinition(id, (definition) => ({
        ...definition,
        label: "desktop",
        description: "still mine",
      }));
      const ignored = yield* Effect.flip(keys.updateDefinition(id, (found) => ({ ...found, user: "maria" })));
      expect(ignored).toMatchObject({ _tag: "SettingsDropped", paths: ["user"], maybeConflict: true });
      expect(after).toEqual({ ...before, label: "desktop", description: "still mine" });
      expect(after.key).toBe(Redacted.value(key));
      const refused: Effect.Effect<unknown, DssError | SettingsError> = keys.updateDefinition(
        id,
        (definition) => ({ ...definition, label: 7 as never }),
      );
      expect(yield* reason(refused)).toBe("Invalid");
      expect(yield* keys.definition(id)).toEqual(after);
    })));

  it.effect("is not written when somebody else changed it since", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* PersonalApiKeys;
      const { id } = yield* keys.create();
      const since = yield* keys.definition(id);
      yield* keys.updateDefinition(id, (definition) => ({ ...definition, label: "theirs" }));
      const error = yield* Effect.flip(keys.saveDefinition(id, { ...since, label: "ours" }, { since }));
      expect(error._tag).toBe("SettingsConflict");
      expect((yield* keys.get(id)).label).toBe("theirs");
    })));

  it.effect("of somebody else, or of no key, is NotFound, and stays", () =>
    simulated(Effect.gen(function* () {
      const keys = yield* PersonalApiKeys;
      const { id } = yield* keys.create({ label: "of an administrator" });
      const before = yield* keys.definition(id);
      const calls = (id: string): ReadonlyArray<(services: ServiceRecord) => Effect.Effect<unknown, unknown>> => [
        ({ personalApiKeys }) => personalApiKeys.get(id),
        ({ personalApiKeys }) => personalApiKeys.updateDefinition(id, (definition) => definition),
        ({ personalApiKeys }) => personalApiKeys.saveDefinition(id, { id, label: "mine" }),
        ({ personalApiKeys }) => personalApiKeys.delete(id),
      ];
      for (const call of [...calls(id), ...calls("none")]) expect(yield* reason(as("maria", call))).toBe("NotFound");
      expect(yield* keys.definition(id)).toEqual(before);
    })));
});
