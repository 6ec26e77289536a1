/**
 * The datasets, recipes and managed folders that a simulated DSS starts with.
 *
 * @module
 * @internal
 */
import type { World } from "../kernel/world.ts";
import { projects, type SimulatedProject } from "../projects/projects_state.ts";
import { completeFolder, filesOfFolder, managedFolders } from "./managed_folders_state.ts";
import { addDataset } from "./datasets_state.ts";
import { recipes } from "./recipes_state.ts";
import { putRows } from "./rows_state.ts";
import { outputNamed, sourceNamed, uploadedRows } from "./seed_datasets.ts";

/** A recipe of the seed: name, type, inputs, output, seconds. */
type RecipeRow = readonly [name: string, type: string, inputs: ReadonlyArray<string>, output: string, seconds: number];

/** A managed folder of the seed: id, name, texts of its files. */
type FolderRow = readonly [id: string, name: string, files: Readonly<Record<string, string>>];

interface FlowSeed {
  /** Datasets that come from outside. */
  readonly sources: ReadonlyArray<string>;
  readonly recipes: ReadonlyArray<RecipeRow>;
  readonly folders?: ReadonlyArray<FolderRow>;
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
    folders: [[
      "aB3kQ9xZ",
      "reports",
      { "/2025/march/report.csv": "country,revenue\nFR,1200\nJP,800\n", "/readme.txt": "Made by hand" },
    ]],
  },
  CHURN: {
    sources: ["contracts", "calls"],
    recipes: [
      ["compute_features", "python", ["contracts", "calls", "Pn4tLq7W"], "features", 20],
      ["score_customers", "prediction_scoring", ["features"], "customers_scored", 8],
    ],
    folders: [["Pn4tLq7W", "call_notes", { "/1042.txt": "Wants another contract" }]],
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

/** Fills a project with managed folders. */
const seedFolders = (project: SimulatedProject, rows: ReadonlyArray<FolderRow>, at: number): void => {
  for (const [id, name, files] of rows) {
    const params = { connection: "filesystem_folders", path: "${projectKey}/${odbId}" };
    const sent = { id, projectKey: project.projectKey, name, type: "Filesystem", params };
    const folder = completeFolder(sent, "maria", at);
    project.of(managedFolders).set(id, folder);
    for (const [path, text] of Object.entries(files)) {
      filesOfFolder(project, folder).set(path, { bytes: new TextEncoder().encode(text), lastModified: at });
    }
  }
};

/** Fills projects with datasets, recipes and managed folders; what recipes compute is not built yet. */
export const seedFlow = (world: World, boot: number): void => {
  for (const [projectKey, { sources, recipes: rows, folders = [] }] of Object.entries(flows)) {
    const project = world.of(projects).get(projectKey)!;
    const writing = { login: "admin", now: boot - day };
    for (const name of sources) {
      const dataset = addDataset(project, name, sourceNamed(name), writing, boot - day);
      const uploaded = uploadedRows.get(name);
      if (uploaded !== undefined) putRows(project, dataset, uploaded);
    }
    for (const [name, type, inputs, output, seconds] of rows) {
      const partitioning = partitioned.has(output) ? { partitioning: byDay } : {};
      addDataset(project, output, { ...outputNamed(output), ...partitioning }, writing);
      project.of(recipes).set(name, { name, type, inputs, outputs: [output], seconds });
    }
    seedFolders(project, folders, boot - 30 * day);
  }
};
