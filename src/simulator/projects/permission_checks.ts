/**
 * Checks of the simulated DSS of who may read which objects.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { invalid, jsonAnswer, type Route } from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { projects } from "./projects_state.ts";

/** Whether an item of a check names an object of this DSS. */
const isThere = (world: World, { objectType, objectProjectKey, objectId }: JsonObject): boolean => {
  const project = world.of(projects).get(String(objectProjectKey));
  if (project === undefined || objectType === "PROJECT") return project !== undefined;
  return project.keysOf(`${String(objectType).toLowerCase()}s`).includes(String(objectId));
};

/** @internal */
export const permissionChecksRoutes: ReadonlyArray<Route> = [
  {
    method: "POST",
    path: "/permissions/actions/check-objects",
    known: "official client",
    note:
      "The items that the client sends. What is answered of them is assumed: each item again, and whether it is there.",
    handle: ({ json }, world) => {
      const items = isJsonObject(json) ? json.items : undefined;
      return Array.isArray(items) && items.every(isJsonObject)
        ? Effect.succeed(jsonAnswer({ items: items.map((item) => ({ ...item, readable: isThere(world, item) })) }))
        : Effect.fail(invalid("The body must have a list of items"));
    },
  },
];
