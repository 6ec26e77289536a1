import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { administratorAccess, contributorAccess, DataCollection, DataCollections, Dss } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";

const customers = "Fv9Pq1Rs";

describe("data collections on a simulated DSS", () => {
  it.effect("are created, filled, edited, emptied and deleted", () =>
    Effect.gen(function* () {
      const collections = yield* DataCollections;
      const permissions = [administratorAccess({ user: "maria" }), contributorAccess({ group: "readers" })];
      const id = yield* collections.create("Sales", { tags: ["a"], permissions });
      yield* collections.addDataset(id, "SALES", "orders_raw");
      yield* collections.addObject(id, { type: "DATASET", projectKey: "CHURN", id: "calls" });
      expect(yield* collections.objects(id)).toEqual([
        { type: "DATASET", projectKey: "SALES", id: "orders_raw" },
        { type: "DATASET", projectKey: "CHURN", id: "calls" },
      ]);
      yield* collections.removeDataset(id, "SALES", "orders_raw");
      const [, listed] = yield* collections.list();
      expect(listed).toMatchObject({ id, displayName: "Sales", itemCount: 1 });
      expect(DataCollection.modifiedAt(listed!)).toBeDefined();
      const saved = yield* collections.updateSettings(id, (found) => ({ ...found, description: "All", later: 1 }));
      expect(saved).toMatchObject({ description: "All", later: 1, permissions });
      yield* collections.delete(id);
      expect((yield* Effect.flip(collections.settings(id))).reason._tag).toBe("NotFound");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are not written by who does not see their permissions", () =>
    Effect.gen(function* () {
      const collections = yield* DataCollections;
      const before = yield* stateOf("dataCollections");
      const error = yield* Effect.flip(Dss.as(collections.updateSettings(customers, (found) => found), "lena"));
      expect(error).toMatchObject({ reason: { _tag: "Invalid" } });
      expect(yield* stateOf("dataCollections")).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["an id that is taken", (all: DataCollections) => all.create("x", { id: customers }), "Conflict"],
    ["an empty name", (all: DataCollections) => all.create(""), "Invalid"],
    ["a dataset that is not there", (all: DataCollections) => all.addDataset(customers, "SALES", "none"), "NotFound"],
    [
      "what is no dataset",
      (all: DataCollections) => all.addObject(customers, { type: "MODEL", projectKey: "SALES", id: "x" }),
      "Invalid",
    ],
    ["the removal of nothing", (all: DataCollections) => all.removeDataset(customers, "SALES", "none"), "NotFound"],
    ["a collection that is not there", (all: DataCollections) => all.objects("none"), "NotFound"],
  ] as ReadonlyArray<[string, (all: DataCollections) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("dataCollections");
        expect(yield* Effect.flip(call(yield* DataCollections))).toMatchObject({ reason: { _tag: tag } });
        expect(yield* stateOf("dataCollections")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  itIsForAdministrators({ "DataCollections.create": ({ dataCollections }) => dataCollections.create("A") });
});

it.effect("the lost answer to a creation is an unknown outcome, and it is not sent twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* DataCollections).create("A"));
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests).toHaveLength(1);
  }).pipe(Effect.provide(dssServer(() => reset))));
