/**
 * The datasets and recipes that a simulated DSS starts with.
 *
 * @module
 * @internal
 */
import type { World } from "../kernel/world.ts";
import { projects } from "../projects/projects_state.ts";
import { addDataset } from "./datasets_state.ts";
import { recipes } from "./recipes_state.ts";
import { outputNamed, sourceNamed } from "./seed_datasets.ts";

/** A recipe of the seed: name, type, inputs, output, seconds. */
type RecipeRow = readonly [name: string, type: string, inputs: ReadonlyArray<string>, output: string, seconds: number];

interface FlowSeed {
  /** Datasets that come from outside. */
  readonly sources: ReadonlyArray<string>;
  readonly recipes: ReadonlyArray<RecipeRow>;
}

/** By project. */
const flows: Readonly<Record<string, FlowSeed>> = {
  SALES: {
    sources: ["orders_raw", "customers_raw", "countries"],
    recipes: [
      ["compute_orders_prepared", "shaker", ["orders_raw"], "orders_prepared", 3],
      ["compute_customers_prepared", "shaker", ["customers_raw"], "customers_prepared", 2],
      ["compute_orders_joined", "join", ["orders_prepared", "customers_prepared"], "orders_joined", 3],
      ["compute_revenue_by_country", "grouping", ["orders_joined", "countries"], "revenue_by_country", 2],
    ],
  },
  CHURN: {
    sources: ["contracts", "calls"],
    recipes: [
      ["compute_features", "python", ["contracts", "calls"], "features", 20],
      ["score_customers", "prediction_scoring", ["features"], "customers_scored", 8],
    ],
  },
  LOGISTICS: {
    sources: ["parcels_raw"],
    recipes: [
      ["compute_parcels_prepared", "sql_query", ["parcels_raw"], "parcels_prepared", 5],
      ["compute_routes", "python", ["parcels_prepared"], "routes", 60],
    ],
  },
};

/** The outputs that have partitions, one for each day. */
const partitioned: ReadonlySet<string> = new Set(["features"]);

const byDay = {
  dimensions: [{ name: "day", type: "time", params: { period: "DAY" } }],
  filePathPattern: "%Y/%M/%D/.*",
  ignoreNonMatchingFile: false,
  considerMissingRequestedPartitionsAsEmpty: false,
};

const day = 86_400_000;

/** Fills projects with datasets and recipes; what recipes compute is not built yet. */
export const seedFlow = (world: World, boot: number): void => {
  for (const [projectKey, { sources, recipes: rows }] of Object.entries(flows)) {
    const project = world.of(projects).get(projectKey)!;
    const writing = { login: "admin", now: boot - day };
    for (const name of sources) addDataset(project, name, sourceNamed(name), writing, boot - day);
    for (const [name, type, inputs, output, seconds] of rows) {
      const partitioning = partitioned.has(output) ? { partitioning: byDay } : {};
      addDataset(project, output, { ...outputNamed(output), ...partitioning }, writing);
      project.of(recipes).set(name, { name, type, inputs, outputs: [output], seconds });
    }
  }
};
