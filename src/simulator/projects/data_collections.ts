/**
 * Data collections of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  type Call,
  conflict,
  emptyAnswer,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { faultInShared, newShared, readableBy, sharedFinder, type SharedRecord, shownTo } from "./shared_access.ts";
import { documentSent, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findProject } from "./projects_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** Data collections by id. */
export const dataCollections: Slice<Map<string, SharedRecord>> = slice("dataCollections", () => new Map());

const find = sharedFinder(dataCollections, "id", "Data collection");

/** Why a collection cannot be stored. */
const fault = (document: JsonObject): SimulatedRefusal | undefined => {
  const { tags } = document;
  return Array.isArray(tags) && tags.every((tag) => typeof tag === "string")
    ? faultInShared(document, "A data collection")
    : invalid("The tags of a data collection must be texts");
};

/** A collection, as a user sees it. */
const collectionOf = (world: World, collection: SharedRecord, call: Call): JsonObject => ({
  ...shownTo(world, collection, call.user),
  itemCount: collection.objects.length,
});

/** A collection, as lists show it. */
const listed = (world: World, collection: SharedRecord, call: Call): JsonObject => {
  const { permissions: _, ...rest } = collectionOf(world, collection, call);
  return rest;
};

const changed = (collection: SharedRecord, now: number, objects: ReadonlyArray<JsonObject>): void => {
  collection.objects = objects;
  collection.document = { ...collection.document, lastModifiedOn: now };
};

/** Fills an instance with a data collection. */
export const seedDataCollections = (world: World, boot: number): void => {
  world.of(dataCollections).set("Fv9Pq1Rs", {
    document: {
      id: "Fv9Pq1Rs",
      displayName: "Customers",
      description: "All that is known of customers",
      color: "#f28c38",
      tags: ["prod"],
      lastModifiedOn: boot - 86_400_000,
      permissions: [
        { user: "maria", admin: true, write: true, read: true },
        { group: "readers", admin: false, write: false, read: true },
      ],
    },
    objects: [{ type: "DATASET", projectKey: "SALES", id: "customers_prepared" }],
  });
};

/** @internal */
export const dataCollectionsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/data-collections/",
    known: "official client",
    note: "Those that the user may read, without permissions.",
    handle: (call, world) =>
      Effect.sync(() =>
        jsonAnswer(readableBy(world, dataCollections, call.user).map((each) => listed(world, each, call)))
      ),
  },
  {
    method: "POST",
    path: "/data-collections/",
    known: "official client",
    note:
      "null for what is not given; the id in the answer. That the creator administrates it when no permissions are given, that only administrators create one, and that a taken id is refused with 409, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const sent = yield* documentSent(world, call);
        const id = sent.id ?? world.chance.id();
        if (typeof id !== "string" || id === "") {
          return yield* Effect.fail(invalid("The id of a data collection must be a text"));
        }
        const document = { ...newShared(sent, call.user, "#f28c38"), id, lastModifiedOn: call.now };
        const refusal = fault(document);
        if (refusal !== undefined) return yield* Effect.fail(refusal);
        if (world.of(dataCollections).has(id)) {
          return yield* Effect.fail(conflict(`Data collection ${id} exists already`));
        }
        world.of(dataCollections).set(id, { document, objects: [] });
        return jsonAnswer({ id });
      }),
  },
  {
    method: "GET",
    path: "/data-collections/:id",
    known: "official client",
    note:
      "The whole document; that permissions are null for who is no administrator of it is assumed, as of workspaces.",
    handle: (call, world) =>
      Effect.map(find(world, call, "read"), (collection) => jsonAnswer(collectionOf(world, collection, call))),
  },
  {
    method: "PUT",
    path: "/data-collections/:id",
    known: "official client",
    note:
      "Takes the place of the whole document. That its id stays, that what is counted is not taken from it, and that its permissions must be there, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const collection = yield* find(world, call, "admin");
        const { itemCount: _, ...sent } = yield* documentSent(world, call);
        const refusal = fault(sent);
        if (refusal !== undefined) return yield* Effect.fail(refusal);
        collection.document = { ...sent, id: call.params.id, lastModifiedOn: call.now };
        return emptyAnswer;
      }),
  },
  {
    method: "DELETE",
    path: "/data-collections/:id",
    known: "official client",
    note: "An empty answer.",
    handle: (call, world) =>
      Effect.map(find(world, call, "admin"), () => {
        world.of(dataCollections).delete(call.params.id!);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/data-collections/:id/objects",
    known: "public evidence",
    note: "type, projectKey and id.",
    handle: (call, world) => Effect.map(find(world, call, "read"), ({ objects }) => jsonAnswer(objects)),
  },
  {
    method: "POST",
    path: "/data-collections/:id/objects",
    known: "official client",
    note: "That only datasets that exist are taken, each once, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const collection = yield* find(world, call, "write");
        const { type, projectKey, id } = yield* documentSent(world, call);
        if (type !== "DATASET") return yield* Effect.fail(invalid(`A data collection holds datasets, not a ${type}`));
        const project = yield* findProject(world, typeof projectKey === "string" ? projectKey : undefined);
        if (!project.keysOf("datasets").includes(String(id))) {
          return yield* Effect.fail(missing(`Dataset ${projectKey}.${id}`));
        }
        const isThere = collection.objects.some((each) => each.projectKey === projectKey && each.id === id);
        if (!isThere) changed(collection, call.now, [...collection.objects, { type, projectKey, id }]);
        return jsonAnswer({});
      }),
  },
  {
    method: "DELETE",
    path: "/data-collections/:id/objects/dataset/:projectKey/:dataset",
    known: "official client",
    note: "An empty answer.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const collection = yield* find(world, call, "write");
        const { projectKey, dataset } = call.params;
        const left = collection.objects.filter((each) => each.projectKey !== projectKey || each.id !== dataset);
        if (left.length === collection.objects.length) {
          return yield* Effect.fail(missing(`Dataset ${projectKey}.${dataset} in data collection ${call.params.id}`));
        }
        changed(collection, call.now, left);
        return emptyAnswer;
      }),
  },
];
