import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { type DssError, type Group, Groups, type SettingsError } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, json, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";

const readers: Group = { name: "readers", sourceType: "LDAP", admin: false };

type Failing = (groups: Groups) => Effect.Effect<unknown, DssError | SettingsError>;

/** Why a call is refused; what DSS knows must stay as it was. */
const refusal = (call: Failing) =>
  Effect.gen(function* () {
    const before = yield* stateOf("groups");
    const error = yield* Effect.flip(call(yield* Groups));
    expect(yield* stateOf("groups")).toEqual(before);
    return error._tag === "DssError" ? error.reason._tag : error._tag;
  }).pipe(Effect.provide(Simulator.layer()));

describe("groups on a simulated DSS", () => {
  it.effect("one that is created is listed, one that is saved is read back, one that is deleted is gone", () =>
    Effect.gen(function* () {
      const groups = yield* Groups;
      yield* groups.create("analysts", { description: "Analysts" });
      const names = Effect.map(groups.list(), (all) => all.map(({ name }) => name));
      expect(yield* names).toEqual(["administrators", "data_team", "readers", "analysts"]);
      expect(yield* groups.listInfo()).toContainEqual({ name: "analysts" });
      const saved = yield* groups.updateSettings("analysts", (group) => ({ ...group, mayCreateProjects: true }));
      expect(saved).toMatchObject({ name: "analysts", description: "Analysts", mayCreateProjects: true, admin: false });
      expect(yield* groups.settings("analysts")).toEqual(saved);
      yield* groups.delete("analysts");
      expect(yield* names).toEqual(["administrators", "data_team", "readers"]);
      expect((yield* Effect.flip(groups.settings("analysts"))).reason._tag).toBe("NotFound");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("a slow edit does not undo that of another", () =>
    Effect.gen(function* () {
      const groups = yield* Groups;
      const since = yield* groups.settings("readers");
      yield* groups.updateSettings("readers", (group) => ({ ...group, description: "Another's" }));
      const error = yield* Effect.flip(groups.saveSettings("readers", { ...since, description: "Ours" }, { since }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: false });
      expect((yield* groups.settings("readers")).description).toBe("Another's");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("what DSS does not know is said to be dropped", () =>
    Effect.gen(function* () {
      const groups = yield* Groups;
      const error = yield* Effect.flip(groups.updateSettings("readers", (group) => ({ ...group, mayFly: true })));
      expect(error).toMatchObject({ _tag: "SettingsDropped", paths: ["mayFly"] });
    }).pipe(Effect.provide(Simulator.layer({ unknownKeys: ["mayFly"] }))));

  const refusals: ReadonlyArray<readonly [string, Failing, string]> = [
    ["a name that is taken", (groups) => groups.create("readers"), "Conflict"],
    ["an empty name", (groups) => groups.create(""), "Invalid"],
    ["a source that is none", (groups) => groups.create("new", { sourceType: "MOON" }), "Invalid"],
    ["settings of nobody", (groups) => groups.settings("nobody"), "NotFound"],
    ["an update of nobody", (groups) => groups.updateSettings("nobody", (group) => group), "NotFound"],
    ["a save of nobody", (groups) => groups.saveSettings("nobody", { ...readers, name: "nobody" }), "NotFound"],
    ["the deletion of nobody", (groups) => groups.delete("nobody"), "NotFound"],
    ["an id that is none", (groups) => groups.settings(".."), "Invalid"],
    [
      "a permission that is no boolean",
      (groups) => groups.updateSettings("readers", (group) => ({ ...group, admin: "yes" as never })),
      "Invalid",
    ],
  ];
  it.effect.each(refusals)(
    "%s is refused, and changes nothing",
    ([, call, tag]) => Effect.map(refusal(call), (found) => expect(found).toBe(tag)),
  );

  itIsForAdministrators({
    "Groups.list": ({ groups }) => groups.list(),
    "Groups.create": ({ groups }) => groups.create("analysts"),
    "Groups.settings": ({ groups }) => groups.settings("readers"),
    "Groups.updateSettings": ({ groups }) => groups.updateSettings("readers", (group) => group),
    "Groups.saveSettings": ({ groups }) => groups.saveSettings("readers", readers),
    "Groups.delete": ({ groups }) => groups.delete("readers"),
  });
});

describe("a lost answer", () => {
  it.effect("of a creation is an unknown outcome, and it is not sent twice", () =>
    Effect.gen(function* () {
      const groups = yield* Groups;
      const error = yield* Effect.flip(groups.create("analysts"));
      expect(error.reason._tag).toBe("OutcomeUnknown");
      const { requests } = yield* Received;
      expect(requests.map(({ body }) => JSON.parse(body))).toEqual([
        { name: "analysts", description: null, sourceType: "LOCAL" },
      ]);
    }).pipe(Effect.provide(dssServer(() => reset))));

  it.effect("of a list needs what DSS always says", () =>
    Effect.gen(function* () {
      const groups = yield* Groups;
      expect((yield* Effect.flip(groups.list())).reason).toMatchObject({ _tag: "Undecodable", field: "[0].admin" });
    }).pipe(Effect.provide(dssServer(() => json([{ name: "g", sourceType: "LOCAL" }])))));

  it.effect("that is empty is enough for a deletion", () =>
    Effect.gen(function* () {
      yield* (yield* Groups).delete("a group/of ours");
      expect((yield* Received).lines).toEqual(["DELETE /admin/groups/a%20group%2Fof%20ours"]);
    }).pipe(Effect.provide(dssServer(() => empty()))));
});
