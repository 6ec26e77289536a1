/**
 * Archives of projects of the simulated DSS: what an export writes, an import reads.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { addProject } from "../projects/projects_state.ts";
import { invalid, type SimulatedRefusal } from "../kernel/route.ts";
import { addScenario, planScenario, removeScenario } from "../automation/scenarios_state.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import { filesOf, jsonIn } from "../kernel/uploaded_file.ts";
import type { SimulatedDataset, SimulatedProject, SimulatedRecipe, World } from "../kernel/world.ts";
import { writeZip } from "../kernel/zip.ts";

/** A project as an archive holds it. */
export interface ArchivedProject {
  /** What the archive says of itself. */
  readonly manifest: JsonObject;
  readonly projectKey: string;
  readonly documents: JsonObject;
  readonly datasets: ReadonlyArray<SimulatedDataset>;
  readonly recipes: ReadonlyArray<SimulatedRecipe>;
  readonly scenarios: ReadonlyArray<{ readonly document: JsonObject; readonly script: string }>;
}

const folder = "project_config";

/** The archive of a project. That its datasets are built goes into it only with their data. */
export const archiveOf = (
  { projectKey, documents, datasets, recipes, scenarios }: SimulatedProject,
  exportedWithOptions: JsonObject,
  more: JsonObject = {},
): Uint8Array<ArrayBuffer> => {
  const { metadata, settings, tags, variables } = documents;
  const isWithData = exportedWithOptions.exportAllDatasets === true;
  const files: ReadonlyArray<readonly [string, unknown]> = [
    ["export-manifest.json", {
      ...more,
      originalProjectKey: projectKey,
      manifestVersion: 3,
      generatedWithDSSVersion: "14.3.3",
      exportedWithOptions,
      exportedWithPlugins: [],
      requiredConnections: {},
      usedCodeEnvRefs: [],
    }],
    [`${folder}/params.json`, { metadata, settings, tags, variables }],
    ...[...datasets.values()].map(({ name, builtAt }) =>
      [`${folder}/datasets/${name}.json`, { name, ...(isWithData ? { builtAt } : {}) }] as const
    ),
    ...[...recipes.values()].map((recipe) => [`${folder}/recipes/${recipe.name}.json`, recipe] as const),
    ...[...scenarios.values()].map(({ id, document, script }) =>
      [`${folder}/scenarios/${id}.json`, { document, script }] as const
    ),
  ];
  return writeZip(files.map(([path, value]) => [path, new TextEncoder().encode(JSON.stringify(value))] as const));
};

/** The project in an archive. */
export const projectIn = (archive: Uint8Array): Effect.Effect<ArchivedProject, SimulatedRefusal> =>
  Effect.flatMap(filesOf(archive), (files) => {
    const all = (kind: string): ReadonlyArray<JsonObject> =>
      [...files.keys()].filter((path) => path.startsWith(`${folder}/${kind}/`))
        .map((path) => jsonIn(files, path)).filter((value) => value !== undefined);
    const manifest = jsonIn(files, "export-manifest.json");
    const documents = jsonIn(files, `${folder}/params.json`);
    if (typeof manifest?.originalProjectKey !== "string" || !isJsonObject(documents?.metadata)) {
      return Effect.fail(invalid("The archive is not that of a project: it has no export-manifest.json"));
    }
    return Effect.succeed({
      manifest,
      projectKey: manifest.originalProjectKey,
      documents,
      datasets: all("datasets").map(({ name, builtAt }) => ({
        name: String(name),
        builtAt: typeof builtAt === "number" ? builtAt : undefined,
      })),
      recipes: all("recipes") as unknown as ReadonlyArray<SimulatedRecipe>,
      scenarios: all("scenarios") as unknown as ArchivedProject["scenarios"],
    });
  });

/** Puts the content of an archive in place of that of a project; runs and jobs stay. */
export const restoreContent = (
  world: World,
  project: SimulatedProject,
  { documents, datasets, recipes, scenarios }: ArchivedProject,
  now: number,
  isActive: (id: string) => boolean,
): void => {
  const { metadata, settings, tags, variables } = documents as Record<string, JsonObject>;
  Object.assign(project.documents, { metadata, settings, tags, variables });
  const built = new Map([...project.datasets].map(([name, { builtAt }]) => [name, builtAt]));
  project.datasets.clear();
  for (const { name, builtAt } of datasets) project.datasets.set(name, { name, builtAt: builtAt ?? built.get(name) });
  project.recipes.clear();
  for (const recipe of recipes) project.recipes.set(recipe.name, recipe);
  const kept = new Set(scenarios.map(({ document }) => String(document.id)));
  for (const scenario of [...project.scenarios.values()]) {
    if (!kept.has(scenario.id)) removeScenario(project, scenario);
  }
  for (const { document, script } of scenarios) {
    const id = String(document.id);
    const restored = { ...document, projectKey: project.projectKey, active: isActive(id) };
    const there = project.scenarios.get(id);
    if (there !== undefined) Object.assign(there, { document: restored, script });
    planScenario(world, there ?? addScenario(project, restored, script), now);
  }
};

/** Makes a project from an archive; its scenarios are not active. */
export const addArchived = (
  world: World,
  archived: ArchivedProject,
  projectKey: string,
  { login, now }: { readonly login: string; readonly now: number },
): SimulatedProject => {
  const name = String((archived.documents.metadata as JsonObject).label);
  const project = addProject(world, { projectKey, name, owner: login }, login, now);
  restoreContent(world, project, archived, now, () => false);
  return project;
};
