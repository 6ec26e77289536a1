/**
 * The variables of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { emptyAnswer, jsonAnswer, type Route } from "../kernel/route.ts";
import { documentSent } from "../kernel/stored_document.ts";
import { instance } from "./instance_state.ts";

/** @internal */
export const instanceVariablesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/variables",
    known: "official client",
    note: "A flat object; values are any JSON.",
    admin: true,
    handle: (_, world) => Effect.succeed(jsonAnswer(world.of(instance).variables)),
  },
  {
    method: "PUT",
    path: "/admin/variables",
    known: "official client",
    note: "Takes the place of all variables; an empty answer.",
    admin: true,
    handle: (call, world) =>
      Effect.map(documentSent(world, call), (variables) => {
        world.of(instance).variables = variables;
        return emptyAnswer;
      }),
  },
];
