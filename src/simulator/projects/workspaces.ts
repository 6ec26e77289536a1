/**
 * Workspaces of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  conflict,
  emptyAnswer,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { faultInShared, newShared, readableBy, sharedFinder, type SharedRecord, shownTo } from "./shared_access.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** Workspaces by key. */
export const workspaces: Slice<Map<string, SharedRecord>> = slice("workspaces", () => new Map());

const find = sharedFinder(workspaces, "key", "Workspace");

/** Why a workspace cannot be stored. */
const fault = (document: JsonObject): SimulatedRefusal | undefined => faultInShared(document, "A workspace");

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Why something cannot be in a workspace. */
const faultInObject = ({ reference, appId, htmlLink }: JsonObject): SimulatedRefusal | undefined => {
  const given = [reference, appId, htmlLink].filter((each) => each !== undefined && each !== null);
  if (given.length !== 1) return invalid("An object of a workspace is a reference, an appId or an htmlLink");
  const fits = isText(appId) || (isJsonObject(htmlLink) && isText(htmlLink.name)) ||
    (isJsonObject(reference) && isText(reference.projectKey) && isText(reference.type) && isText(reference.id));
  return fits ? undefined : invalid("An object of a workspace is not of the right shape");
};

/** Fills an instance with a workspace. */
export const seedWorkspaces = (world: World): void => {
  world.of(workspaces).set("MARKETING", {
    document: {
      workspaceKey: "MARKETING",
      displayName: "Marketing",
      color: "#2ab1ac",
      description: "What marketing looks at",
      permissions: [
        { user: "maria", admin: true, write: true, read: true },
        { group: "readers", admin: false, write: false, read: true },
      ],
    },
    objects: [
      {
        id: "Wq5Lk2Za",
        reference: { projectKey: "SALES", type: "DATASET", id: "revenue_by_country", workspaceKey: "MARKETING" },
      },
      { id: "Ht7Yb3Xc", htmlLink: { name: "Wiki", url: "https://wiki.example.com", description: "" } },
    ],
  });
};

/** @internal */
export const workspacesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/workspaces/",
    known: "public evidence",
    note: "Those that the user may read; permissions are null for who is no administrator of them, seen live.",
    handle: ({ user }, world) =>
      Effect.sync(() => jsonAnswer(readableBy(world, workspaces, user).map((each) => shownTo(world, each, user)))),
  },
  {
    method: "POST",
    path: "/workspaces/",
    known: "official client",
    note:
      "null for what is not given; a text in the answer. That the creator administrates it when no permissions are given, that only administrators create one, and that a taken key is refused with 409, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const sent = yield* documentSent(world, call);
        const { workspaceKey } = sent;
        if (typeof workspaceKey !== "string" || !/^\w+$/.test(workspaceKey)) {
          return yield* Effect.fail(invalid("A workspace needs a key of letters, digits and _"));
        }
        const document = newShared(sent, call.user, "#2ab1ac");
        const refusal = fault(document);
        if (refusal !== undefined) return yield* Effect.fail(refusal);
        if (world.of(workspaces).has(workspaceKey)) {
          return yield* Effect.fail(conflict(`Workspace ${workspaceKey} exists already`));
        }
        world.of(workspaces).set(workspaceKey, { document, objects: [] });
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/workspaces/:key",
    known: "public evidence",
    note: "The whole document; permissions are null for who is no administrator of it, seen live.",
    handle: (call, world) =>
      Effect.map(find(world, call, "read"), (workspace) => jsonAnswer(shownTo(world, workspace, call.user))),
  },
  {
    method: "PUT",
    path: "/workspaces/:key",
    known: "official client",
    note: "Takes the place of the whole document. That its key stays, and its permissions must be there, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const workspace = yield* find(world, call, "admin");
        const sent = yield* documentSent(world, call);
        const refusal = fault(sent);
        if (refusal !== undefined) return yield* Effect.fail(refusal);
        workspace.document = { ...sent, workspaceKey: call.params.key };
        return emptyAnswer;
      }),
  },
  {
    method: "DELETE",
    path: "/workspaces/:key",
    known: "official client",
    note: "An empty answer.",
    handle: (call, world) =>
      Effect.map(find(world, call, "admin"), () => {
        world.of(workspaces).delete(call.params.key!);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/workspaces/:key/objects",
    known: "public evidence",
    note: "In the order in which they were added.",
    handle: (call, world) => Effect.map(find(world, call, "read"), ({ objects }) => jsonAnswer(objects)),
  },
  {
    method: "POST",
    path: "/workspaces/:key/objects",
    known: "official client",
    note:
      "A reference, an application or a link; that it is looked at no closer, and an object in the answer, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const workspace = yield* find(world, call, "write");
        const sent = yield* documentSent(world, call);
        const refusal = faultInObject(sent);
        if (refusal !== undefined) return yield* Effect.fail(refusal);
        const object = { ...sent, id: world.chance.id() };
        workspace.objects = [...workspace.objects, object];
        return jsonAnswer(object);
      }),
  },
  {
    method: "DELETE",
    path: "/workspaces/:key/objects/:objectId",
    known: "official client",
    note: "An empty answer.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const workspace = yield* find(world, call, "write");
        const left = workspace.objects.filter(({ id }) => id !== call.params.objectId);
        if (left.length === workspace.objects.length) {
          return yield* Effect.fail(missing(`Object ${call.params.objectId} of workspace ${call.params.key}`));
        }
        workspace.objects = left;
        return emptyAnswer;
      }),
  },
];
