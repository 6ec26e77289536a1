/**
 * The instance that a simulated DSS starts with: small, and like one that people use.
 *
 * @module
 * @internal
 */
import { startFuture } from "./automation/futures_state.ts";
import { startJob } from "./automation/jobs_state.ts";
import { seedDiscussions } from "./projects/discussions.ts";
import { seedApps } from "./projects/apps.ts";
import { seedDataCollections } from "./projects/data_collections.ts";
import { seedWorkspaces } from "./projects/workspaces.ts";
import { seedMeanings } from "./projects/meanings.ts";
import { seedPlugins } from "./code/plugins_state.ts";
import { seedProjectFolders } from "./projects/project_folders_state.ts";
import { seedFeatureStore } from "./ml/feature_store.ts";
import { seedMessagingChannels } from "./automation/messaging_channels.ts";
import { seedNotebooks } from "./code/running_notebooks.ts";
import { addProject } from "./projects/projects_state.ts";
import { seedApiDeployer } from "./deploy/seed_api_deployer.ts";
import { seedConnections } from "./admin/seed_connections.ts";
import { seedClusters } from "./admin/seed_clusters.ts";
import { seedCodeEnvs } from "./code/seed_code_envs.ts";
import { seedCodeStudios } from "./code/seed_code_studios.ts";
import { seedInstance } from "./admin/seed_instance.ts";
import { planScenarios, seedScenarios } from "./automation/seed_scenarios.ts";
import { seedUsers } from "./admin/seed_users.ts";
import type { SimulatedDataset, SimulatedRecipe, World } from "./kernel/world.ts";

/** A recipe of the seed: name, type, inputs, output, seconds. */
type RecipeRow = readonly [name: string, type: string, inputs: ReadonlyArray<string>, output: string, seconds: number];

interface ProjectSeed {
  readonly projectKey: string;
  readonly name: string;
  readonly shortDesc: string;
  readonly owner: string;
  readonly tags: ReadonlyArray<string>;
  /** Datasets that come from outside. */
  readonly sources: ReadonlyArray<string>;
  readonly recipes: ReadonlyArray<RecipeRow>;
}

const projects: ReadonlyArray<ProjectSeed> = [
  {
    projectKey: "SALES",
    name: "Sales reporting",
    shortDesc: "Sales by country",
    owner: "maria",
    tags: ["prod"],
    sources: ["orders_raw", "customers_raw", "countries"],
    recipes: [
      ["compute_orders_prepared", "shaker", ["orders_raw"], "orders_prepared", 3],
      ["compute_customers_prepared", "shaker", ["customers_raw"], "customers_prepared", 2],
      ["compute_orders_joined", "join", ["orders_prepared", "customers_prepared"], "orders_joined", 3],
      ["compute_revenue_by_country", "grouping", ["orders_joined", "countries"], "revenue_by_country", 2],
    ],
  },
  {
    projectKey: "CHURN",
    name: "Churn prediction",
    shortDesc: "Who will leave",
    owner: "admin",
    tags: ["ml", "prod"],
    sources: ["contracts", "calls"],
    recipes: [
      ["compute_features", "python", ["contracts", "calls"], "features", 20],
      ["score_customers", "prediction_scoring", ["features"], "customers_scored", 8],
    ],
  },
  {
    projectKey: "LOGISTICS",
    name: "Deliveries",
    shortDesc: "Parcels and their routes",
    owner: "maria",
    tags: [],
    sources: ["parcels_raw"],
    recipes: [
      ["compute_parcels_prepared", "sql_query", ["parcels_raw"], "parcels_prepared", 5],
      ["compute_routes", "python", ["parcels_prepared"], "routes", 60],
    ],
  },
];

const hour = 3_600_000;

const seedProject = (
  world: World,
  { projectKey, name, shortDesc, owner, tags, sources, recipes }: ProjectSeed,
  boot: number,
): void => {
  const created = boot - 90 * 24 * hour;
  const team = { group: "data_team", readProjectContent: true, writeProjectContent: true, runScenarios: true };
  addProject(
    world,
    {
      projectKey,
      name,
      shortDesc,
      owner,
      tags,
      permissions: [team],
      datasets: [
        ...sources.map((name): SimulatedDataset => ({ name, builtAt: boot - 24 * hour })),
        ...recipes.map(([, , , output]): SimulatedDataset => ({ name: output, builtAt: undefined })),
      ],
      recipes: recipes.map(([name, type, inputs, output, seconds]): SimulatedRecipe => ({
        name,
        type,
        inputs,
        outputs: [output],
        seconds,
      })),
    },
    owner,
    created,
  );
};

/** Fills an instance as it is at its start: the past is played, not written down. */
export const seed = (world: World, boot: number): void => {
  for (const project of projects) seedProject(world, project, boot);
  seedUsers(world, boot);
  seedConnections(world);
  seedInstance(world, boot);
  seedScenarios(world, boot);
  seedCodeEnvs(world, boot);
  seedClusters(world);
  seedCodeStudios(world, boot);
  seedMeanings(world);
  seedProjectFolders(world);
  seedNotebooks(world, boot);
  seedDiscussions(world, boot);
  seedWorkspaces(world);
  seedApps(world);
  seedDataCollections(world, boot);
  seedPlugins(world);
  seedMessagingChannels(world);
  seedFeatureStore(world);
  seedApiDeployer(world, boot);
  const [sales, churn] = [world.projects.get("SALES")!, world.projects.get("CHURN")!];
  const build = (id: string) => [{ id, type: "DATASET", partition: "NP" }];
  world.outcomes.set("recipes/SALES.compute_orders_joined", { end: "fail", message: "Connection refused", times: 1 });
  world.outcomes.set("recipes/CHURN.score_customers", { end: "warn", times: 1 });
  startJob(world, sales, boot - 4 * hour, {
    type: "RECURSIVE_BUILD",
    outputs: build("revenue_by_country"),
    initiator: "maria",
    triggeredFrom: "USER",
  });
  startJob(world, churn, boot - 3 * hour, {
    type: "RECURSIVE_BUILD",
    outputs: build("customers_scored"),
    initiator: "admin",
    triggeredFrom: "API",
  });
  world.agenda.advanceTo(boot);
  planScenarios(world, boot);
  startFuture(world, boot, {
    owner: "admin",
    displayName: "Building image of template vscode-py311",
    kind: "CODE_STUDIO_TEMPLATE_BUILD",
    seconds: 600,
    end: () => ({
      result: {
        messages: {
          anyMessage: true,
          success: true,
          warning: false,
          error: false,
          fatal: false,
          maxSeverity: "SUCCESS",
          messages: [{ severity: "SUCCESS", isFatal: false, title: "Image built", message: "vscode-py311 is ready" }],
        },
      },
    }),
  });
  startFuture(world, boot, {
    owner: "maria",
    displayName: "Metrics of SALES.orders_joined",
    kind: "COMPUTE_METRICS",
    targets: [{ projectKey: "SALES", objectType: "DATASET", objectId: "orders_joined" }],
    seconds: 30,
    end: (at) => ({
      result: { startTime: boot, endTime: at, computed: [{ metricId: "records:COUNT_RECORDS", value: "1024" }] },
    }),
  });
};
