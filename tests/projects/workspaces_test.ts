import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import {
  administratorAccess,
  Dss,
  readerAccess,
  workspaceApp,
  workspaceLink,
  workspaceReference,
  Workspaces,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, json, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";

const key = "MARKETING";

describe("workspaces on a simulated DSS", () => {
  it.effect("are created, filled, edited, emptied and deleted", () =>
    Effect.gen(function* () {
      const workspaces = yield* Workspaces;
      const permissions = [administratorAccess({ user: "maria" }), readerAccess({ group: "readers" })];
      yield* workspaces.create("SALESWS", "Sales", { color: "#fff", description: "d", permissions });
      expect((yield* workspaces.list()).map(({ workspaceKey }) => workspaceKey)).toEqual([key, "SALESWS"]);
      for (
        const object of [
          workspaceReference("SALES", "DATASET", "x"),
          workspaceApp("APP"),
          workspaceLink("n", "http://x"),
        ]
      ) {
        yield* workspaces.addObject("SALESWS", object);
      }
      const [reference, app, link] = yield* workspaces.objects("SALESWS");
      expect(reference?.reference).toEqual({ projectKey: "SALES", type: "DATASET", id: "x", workspaceKey: "SALESWS" });
      expect([app?.appId, link?.htmlLink]).toEqual(["APP", { name: "n", url: "http://x", description: "" }]);
      yield* workspaces.removeObject("SALESWS", app!.id);
      expect((yield* workspaces.objects("SALESWS")).map(({ id }) => id)).toEqual([reference!.id, link!.id]);
      const saved = yield* workspaces.updateSettings("SALESWS", (found) => ({ ...found, displayName: "S", later: 1 }));
      expect(saved).toMatchObject({ displayName: "S", later: 1, permissions });
      yield* workspaces.delete("SALESWS");
      expect((yield* Effect.flip(workspaces.settings("SALESWS"))).reason._tag).toBe("NotFound");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are not written by who does not see their permissions", () =>
    Effect.gen(function* () {
      const workspaces = yield* Workspaces;
      const before = yield* stateOf("workspaces");
      const asLena = Dss.as(
        Effect.gen(function* () {
          const redacted = yield* workspaces.settings(key);
          expect(redacted.permissions).toBeNull();
          return [
            yield* Effect.flip(workspaces.updateSettings(key, (found) => found)),
            yield* Effect.flip(workspaces.updateSettings(key, (found) => ({ ...found, permissions: [] }))),
            yield* Effect.flip(workspaces.saveSettings(key, redacted)),
          ];
        }),
        "lena",
      );
      for (const error of yield* asLena) {
        expect(error).toMatchObject({ reason: { _tag: "Invalid" } });
        expect(error.message).toContain("the permissions of the workspace were not shown, and would be removed");
      }
      expect(yield* stateOf("workspaces")).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["a key that is taken", (all: Workspaces) => all.create(key, "x"), "Conflict"],
    ["a key with blanks", (all: Workspaces) => all.create("A B", "x"), "Invalid"],
    ["an empty name", (all: Workspaces) => all.create("A", ""), "Invalid"],
    ["an object that is nothing", (all: Workspaces) => all.addObject(key, {}), "Invalid"],
    ["an object that is not there", (all: Workspaces) => all.removeObject(key, "none"), "NotFound"],
    ["a workspace that is not there", (all: Workspaces) => all.objects("none"), "NotFound"],
  ] as ReadonlyArray<[string, (all: Workspaces) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("workspaces");
        expect(yield* Effect.flip(call(yield* Workspaces))).toMatchObject({ reason: { _tag: tag } });
        expect(yield* stateOf("workspaces")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  itIsForAdministrators({ "Workspaces.create": ({ workspaces }) => workspaces.create("A", "A") });
});

it.effect("a lost answer to an object that is added is an unknown outcome, and it is not added twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* Workspaces).addObject("W", workspaceApp("A")));
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests).toHaveLength(1);
  }).pipe(Effect.provide(dssServer(() => reset))));

it.effect("nothing is sent of a workspace whose permissions were not shown", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* Workspaces).updateSettings("W", (found) => found));
    expect(error).toMatchObject({ reason: { _tag: "Invalid" } });
    expect((yield* Received).lines).toEqual(["GET /workspaces/W"]);
  }).pipe(
    Effect.provide(
      dssServer(({ method }) => method === "GET" ? json({ workspaceKey: "W", displayName: "W" }) : empty()),
    ),
  ));
