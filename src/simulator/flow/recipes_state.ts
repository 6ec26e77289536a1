/**
 * Recipes of the simulated DSS.
 *
 * @module
 * @internal
 */
import { type ProjectSlice, projectSlice } from "../projects/project_slice.ts";

/** A recipe: what a job runs as an activity. */
export interface SimulatedRecipe {
  readonly name: string;
  readonly type: string;
  readonly inputs: ReadonlyArray<string>;
  readonly outputs: ReadonlyArray<string>;
  /** How long it runs. */
  readonly seconds: number;
}

/** Recipes by name. */
export const recipes: ProjectSlice<Map<string, SimulatedRecipe>> = projectSlice("recipes", () => new Map(), {
  renamed: (held, object, to) => {
    const rename = (ref: string): string => `datasets/${ref}` === object ? to.slice("datasets/".length) : ref;
    for (const recipe of held.values()) {
      const { inputs, outputs } = recipe;
      held.set(recipe.name, { ...recipe, inputs: inputs.map(rename), outputs: outputs.map(rename) });
    }
  },
  content: {
    take: (held) => held,
    put: (held, documents) => {
      held.clear();
      for (const recipe of documents) held.set(String(recipe.name), recipe as unknown as SimulatedRecipe);
    },
  },
});
