/**
 * What a job of the simulated DSS has to run.
 *
 * @module
 * @internal
 */

import { datasets, isPartitioned } from "../flow/datasets_state.ts";
import { recipes, type SimulatedRecipe } from "../flow/recipes_state.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";

const buildTypes: ReadonlySet<string> = new Set([
  "NON_RECURSIVE_FORCED_BUILD",
  "RECURSIVE_BUILD",
  "RECURSIVE_FORCED_BUILD",
  "RECURSIVE_MISSING_ONLY_BUILD",
]);

/** What is wrong with the type of a build. */
export const buildTypeProblem = (type: string): string | undefined =>
  buildTypes.has(type) ? undefined : `There is no type of build ${type}, there are ${[...buildTypes].join(", ")}`;

/** What is wrong with the partition that a build of a dataset names: `NP` stands for none. */
export const partitionProblem = (project: SimulatedProject, dataset: string, partition: string): string | undefined => {
  const found = project.of(datasets).get(dataset);
  return ["", "NP"].includes(partition) || (found !== undefined && isPartitioned(found))
    ? undefined
    : `Dataset ${project.projectKey}.${dataset} is not partitioned: it has no partition ${partition}`;
};

const producer = (project: SimulatedProject, dataset: string): SimulatedRecipe | undefined =>
  [...project.of(recipes).values()].find((recipe) => recipe.outputs.includes(dataset));

/** Whether an object has to be built, by the type of the job. */
const isStale = (project: SimulatedProject, type: string, recipe: SimulatedRecipe, output: string): boolean => {
  const builtAt = project.of(datasets).get(output)?.builtAt;
  if (type === "RECURSIVE_FORCED_BUILD" || builtAt === undefined) return true;
  if (type === "RECURSIVE_MISSING_ONLY_BUILD") return false;
  return recipe.inputs.some((input) => (project.of(datasets).get(input)?.builtAt ?? 0) > builtAt);
};

/** The recipes that a build runs, each after those that it needs. */
export const recipesOf = (
  project: SimulatedProject,
  type: string,
  outputs: ReadonlyArray<string>,
): ReadonlyArray<SimulatedRecipe> => {
  const found = new Set<SimulatedRecipe>();
  const visit = (output: string, asked: boolean): boolean => {
    const recipe = producer(project, output);
    if (recipe === undefined) return false;
    if (found.has(recipe)) return true;
    const below = type !== "NON_RECURSIVE_FORCED_BUILD" &&
      recipe.inputs.map((input) => visit(input, false)).some(Boolean);
    const runs = (asked && type === "NON_RECURSIVE_FORCED_BUILD") || below || isStale(project, type, recipe, output);
    if (runs) found.add(recipe);
    return runs;
  };
  for (const output of outputs) visit(output, true);
  return [...found];
};
