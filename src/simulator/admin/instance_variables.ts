/**
 * The variables of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { emptyAnswer, flag, jsonAnswer, type Route } from "../kernel/route.ts";
import { documentSent } from "../kernel/stored_document.ts";

/** @internal */
export const instanceVariablesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/variables/",
    known: "official client",
    note: "A flat object; values are any JSON.",
    admin: true,
    handle: (_, { instance }) => Effect.succeed(jsonAnswer(instance.variables)),
  },
  {
    method: "PUT",
    path: "/admin/variables/",
    known: "official client",
    note: "Takes the place of all variables; an empty answer.",
    admin: true,
    handle: (call, world) =>
      Effect.map(documentSent(world, call), (variables) => {
        world.instance.variables = variables;
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/variables-resolved",
    known: "official client",
    note: "A flat object, whose values are texts unless `typed`. How a value that is no text becomes one is assumed.",
    handle: ({ params, query }, world) =>
      Effect.map(world.project(params.projectKey), () => {
        const { variables } = world.instance;
        if (flag(query, "typed")) return jsonAnswer(variables);
        const texts = Object.entries(variables).map(([name, value]) =>
          [name, typeof value === "string" ? value : JSON.stringify(value)] as const
        );
        return jsonAnswer(Object.fromEntries(texts));
      }),
  },
];
