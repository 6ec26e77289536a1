/**
 * What uses the datasets of the simulated DSS, and which of them projects share.
 *
 * @module
 * @internal
 */
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { projects, type SimulatedProject } from "../projects/projects_state.ts";
import { datasets, type SimulatedDataset } from "./datasets_state.ts";
import { recipes, type SimulatedRecipe } from "./recipes_state.ts";

/** A recipe, and the project that it is in. */
export interface Use {
  readonly projectKey: string;
  readonly recipe: SimulatedRecipe;
  readonly type: "RECIPE_INPUT" | "RECIPE_OUTPUT";
}

/** The recipes that use a dataset, in other projects too: there it has its project before it. */
export const usesOf = (world: World, projectKey: string, name: string): ReadonlyArray<Use> =>
  [...world.of(projects).values()].flatMap((project) => {
    const refs = [`${projectKey}.${name}`, ...(project.projectKey === projectKey ? [name] : [])];
    const isIn = (names: ReadonlyArray<string>): boolean => names.some((ref) => refs.includes(ref));
    return [...project.of(recipes).values()].flatMap((recipe): ReadonlyArray<Use> => [
      ...(isIn(recipe.inputs) ? [{ projectKey: project.projectKey, recipe, type: "RECIPE_INPUT" as const }] : []),
      ...(isIn(recipe.outputs) ? [{ projectKey: project.projectKey, recipe, type: "RECIPE_OUTPUT" as const }] : []),
    ]);
  });

/** The datasets that other projects share with one. */
export const sharedWith = (world: World, { projectKey }: SimulatedProject): ReadonlyArray<SimulatedDataset> =>
  [...world.of(projects).values()].flatMap((other) => {
    const { exposedObjects } = other.documents.settings;
    const objects: ReadonlyArray<JsonObject> = isJsonObject(exposedObjects) ? jsonObjects(exposedObjects.objects) : [];
    return objects
      .filter(({ type, rules }) =>
        type === "DATASET" && jsonObjects(rules).some(({ targetProject }) => targetProject === projectKey)
      )
      .flatMap(({ localName }) => other.of(datasets).get(String(localName)) ?? []);
  });

const columnNames = ({ document: { schema } }: SimulatedDataset): ReadonlyArray<unknown> =>
  isJsonObject(schema) ? jsonObjects(schema.columns).map(({ name }) => name) : [];

/** The columns that a column is made from, and those that are made from it: of the same name, one recipe away, again and again. */
export const lineageOf = (
  world: World,
  projectKey: string,
  name: string,
  column: string,
  most: number,
): ReadonlyArray<JsonObject> => {
  const project = world.of(projects).get(projectKey)!;
  const has = (ref: string): boolean => {
    const dataset = project.of(datasets).get(ref);
    return dataset !== undefined && columnNames(dataset).includes(column);
  };
  const seen = new Set([name]);
  const relations = new Map<string, JsonObject>();
  for (const at of seen) {
    for (const { inputs, outputs } of project.of(recipes).values()) {
      for (const [input, output] of inputs.flatMap((input) => outputs.map((output) => [input, output] as const))) {
        if ((input !== at && output !== at) || !has(input) || !has(output)) continue;
        const next = input === at ? output : input;
        if (!seen.has(next) && seen.size >= most) continue;
        seen.add(next);
        relations.set(`${input} ${output}`, {
          inputDataset: `${projectKey}.${input}`,
          inputColumn: column,
          outputDataset: `${projectKey}.${output}`,
          outputColumn: column,
        });
      }
    }
  }
  return [...relations.values()];
};
