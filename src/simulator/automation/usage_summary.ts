/**
 * How much there is on the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { flag, jsonAnswer, type Route } from "../kernel/route.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { projects, type SimulatedProject } from "../projects/projects_state.ts";
import { datasets } from "../flow/datasets_state.ts";
import { recipes } from "../flow/recipes_state.ts";
import { triggersOf } from "./scenario_document.ts";
import { scenarios } from "./scenarios_state.ts";

/** How much there is in some projects. */
const countIn = (within: ReadonlyArray<SimulatedProject>): JsonObject => {
  const all = within.flatMap((project) => [...project.of(scenarios).values()]);
  const started = all.filter(({ document }) =>
    document.active === true && triggersOf(document).some((trigger) => trigger.active === true)
  );
  return {
    datasets: { all: within.reduce((sum, project) => sum + project.of(datasets).size, 0) },
    recipes: { all: within.reduce((sum, project) => sum + project.of(recipes).size, 0) },
    notebooks: { nbJupyterNotebooks: 0, nbSqlNotebooks: 0 },
    scenarios: { all: all.length, activeWithTriggers: started.length },
  };
};

/** How much there is on the instance. */
const usageSummary = (world: World, perProject: boolean): JsonObject => {
  const all = [...world.of(projects).values()];
  const summaries = all.map((project) => ({ projectKey: project.projectKey, ...countIn([project]) }));
  return {
    projects: all.length,
    ...countIn(all),
    ...(perProject ? { projectSummaries: summaries } : {}),
  };
};

/** @internal */
export const usageSummaryRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/monitoring/global-usage-summary",
    known: "official client",
    note: "The numbers that the client reads, counted; the form of `projectSummaries` is assumed.",
    admin: true,
    handle: ({ query }, world) => Effect.succeed(jsonAnswer(usageSummary(world, flag(query, "withPerProject")))),
  },
];
