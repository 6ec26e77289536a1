/**
 * What users of the simulated DSS keep for themselves.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Call, emptyAnswer, jsonAnswer, missing, type Route, type SimulatedRefusal } from "../kernel/route.ts";
import { documentSent, type JsonObject } from "../kernel/stored_document.ts";
import { saveUser, type UserRecord, users } from "./users_state.ts";
import type { World } from "../kernel/world.ts";

const findOwner = (world: World, { user }: Call): Effect.Effect<UserRecord, SimulatedRefusal> => {
  const owner = world.of(users).get(user.login);
  return owner === undefined ? Effect.fail(missing(`User ${user.login}`)) : Effect.succeed(owner);
};

/** What users may change of themselves. */
const personal = ["userProperties", "secrets", "credentials"];

const personalPart = (document: JsonObject): JsonObject =>
  Object.fromEntries(personal.flatMap((key) => Object.hasOwn(document, key) ? [[key, document[key]]] : []));

/** @internal */
export const ownUserRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/current-user",
    known: "official client",
    note: "userProperties, secrets and credentials. That a key whose owner is no user is refused is assumed.",
    handle: (call, world) => Effect.map(findOwner(world, call), ({ document }) => jsonAnswer(personalPart(document))),
  },
  {
    method: "PUT",
    path: "/current-user",
    known: "official client",
    note:
      "An empty answer. That nothing else of the user can be changed so, and that a part that is left out stays, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const owner = yield* findOwner(world, call);
        const sent = yield* documentSent(world, call);
        const fault = saveUser(owner, { ...owner.document, ...personalPart(sent) });
        return fault === undefined ? emptyAnswer : yield* Effect.fail(fault);
      }),
  },
];
