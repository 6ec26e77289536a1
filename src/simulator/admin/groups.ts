/**
 * The groups of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { completeGroup, faultInGroup, groups } from "./groups_state.ts";
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
import { documentSent, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { users } from "./users_state.ts";

const findGroup = (world: World, { params }: Call): Effect.Effect<JsonObject, SimulatedRefusal> => {
  const group = world.of(groups).get(params.groupName!);
  return group === undefined ? Effect.fail(missing(`Group ${params.groupName}`)) : Effect.succeed(group);
};

/** The group that a request sends, if DSS takes it. */
const groupSent = (world: World, call: Call): Effect.Effect<JsonObject, SimulatedRefusal> =>
  Effect.flatMap(documentSent(world, call), (sent) => {
    const fault = faultInGroup(sent);
    return fault === undefined ? Effect.succeed(sent) : Effect.fail(fault);
  });

/** @internal */
export const groupsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/groups/",
    known: "documented",
    note: "name, description, sourceType and admin; that each has its permissions too is public evidence.",
    admin: true,
    handle: (_, world) => Effect.succeed(jsonAnswer([...world.of(groups).values()])),
  },
  {
    method: "POST",
    path: "/admin/groups/",
    known: "official client",
    note: "name, description and sourceType; answers a text. That a taken name is refused with 409 is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const sent = yield* groupSent(world, call);
        const { name } = sent;
        if (typeof name !== "string" || name === "") return yield* Effect.fail(invalid("A group needs a name"));
        if (world.of(groups).has(name)) return yield* Effect.fail(conflict(`Group ${name} exists already`));
        world.of(groups).set(name, completeGroup(sent, name));
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/admin/groups/:groupName",
    known: "documented",
    note: "The whole document; the names of its permissions are public evidence.",
    admin: true,
    handle: (call, world) => Effect.map(findGroup(world, call), (group) => jsonAnswer(group)),
  },
  {
    method: "PUT",
    path: "/admin/groups/:groupName",
    known: "official client",
    note:
      "Takes the place of the whole document. That the name stays, that a permission that is left out is none, and the answer, are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { name } = yield* findGroup(world, call);
        world.of(groups).set(String(name), completeGroup(yield* groupSent(world, call), String(name)));
        return jsonAnswer({ msg: `Updated group ${name}` });
      }),
  },
  {
    method: "DELETE",
    path: "/admin/groups/:groupName",
    known: "official client",
    note: "An empty answer. That its members lose it is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { name } = yield* findGroup(world, call);
        world.of(groups).delete(String(name));
        for (const user of world.of(users).values()) {
          const groups = user.document.groups as ReadonlyArray<string>;
          user.document = { ...user.document, groups: groups.filter((group) => group !== name) };
        }
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/groups",
    known: "official client",
    note: "Names; every user may ask.",
    handle: (_, world) => Effect.succeed(jsonAnswer([...world.of(groups).keys()].map((name) => ({ name })))),
  },
];
