/**
 * The projects that a simulated DSS starts with, and what people keep around them.
 *
 * @module
 * @internal
 */
import type { World } from "../kernel/world.ts";
import { seedApps } from "./apps.ts";
import { seedDataCollections } from "./data_collections.ts";
import { seedDiscussions } from "./discussions.ts";
import { seedMeanings } from "./meanings.ts";
import { seedProjectFolders } from "./project_folders_state.ts";
import { addProject, type ProjectPlan } from "./projects_state.ts";
import { seedWorkspaces } from "./workspaces.ts";

const team = { group: "data_team", readProjectContent: true, writeProjectContent: true, runScenarios: true };

const plans: ReadonlyArray<ProjectPlan> = [
  { projectKey: "SALES", name: "Sales reporting", shortDesc: "Sales by country", owner: "maria", tags: ["prod"] },
  { projectKey: "CHURN", name: "Churn prediction", shortDesc: "Who will leave", owner: "admin", tags: ["ml", "prod"] },
  { projectKey: "LOGISTICS", name: "Deliveries", shortDesc: "Parcels and their routes", owner: "maria" },
];

const day = 86_400_000;

/** Fills an instance with projects. */
export const seedProjects = (world: World, boot: number): void => {
  for (const plan of plans) addProject(world, { ...plan, permissions: [team] }, plan.owner, boot - 90 * day);
  seedMeanings(world);
  seedProjectFolders(world);
  seedDiscussions(world, boot);
  seedWorkspaces(world);
  seedApps(world);
  seedDataCollections(world, boot);
};
