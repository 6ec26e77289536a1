/**
 * The variables of the projects of the simulated DSS, with those that they inherit.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { instance } from "../admin/instance_state.ts";
import { flag, jsonAnswer, type Route } from "../kernel/route.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import { findProject } from "./projects_state.ts";

/** @internal */
export const resolvedVariablesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/variables-resolved",
    known: "official client",
    note:
      "A flat object: of the instance, then standard, then local ones of the project, later ones win; values are texts unless `typed`. How a value that is no text becomes one is assumed.",
    handle: ({ params, query }, world) =>
      Effect.map(findProject(world, params.projectKey), ({ documents }) => {
        const { standard, local } = documents.variables as Record<"standard" | "local", JsonObject>;
        const variables = { ...world.of(instance).variables, ...standard, ...local };
        if (flag(query, "typed")) return jsonAnswer(variables);
        const texts = Object.entries(variables).map(([name, value]) =>
          [name, typeof value === "string" ? value : JSON.stringify(value)] as const
        );
        return jsonAnswer(Object.fromEntries(texts));
      }),
  },
];
