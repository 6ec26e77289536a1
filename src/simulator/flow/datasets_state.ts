/**
 * Datasets of the simulated DSS.
 *
 * @module
 * @internal
 */
import { type ProjectSlice, projectSlice } from "../projects/project_slice.ts";
import { recipes } from "./recipes_state.ts";

/** A dataset of a project, and when it was built last. */
export interface SimulatedDataset {
  readonly name: string;
  /** Whether it has partitions: a build names some of them then, and none otherwise. */
  readonly isPartitioned: boolean;
  /** When it was built, in milliseconds since 1970; never for `undefined`. */
  builtAt: number | undefined;
}

/** Datasets by name. */
export const datasets: ProjectSlice<Map<string, SimulatedDataset>> = projectSlice("datasets", () => new Map(), {
  content: {
    take: (held, project, data) => {
      const outputs = new Set([...project.of(recipes).values()].flatMap(({ outputs }) => outputs));
      const isTaken = (name: string): boolean => data === "all" || (data === "of sources" && !outputs.has(name));
      return [...held.values()].map(({ name, isPartitioned, builtAt }) => [
        name,
        { name, isPartitioned, ...(isTaken(name) ? { builtAt } : {}) },
      ]);
    },
    put: (held, documents) => {
      const built = new Map([...held].map(([name, { builtAt }]) => [name, builtAt]));
      held.clear();
      for (const document of documents) {
        const name = String(document.name);
        const builtAt = typeof document.builtAt === "number" ? document.builtAt : built.get(name);
        held.set(name, { name, isPartitioned: document.isPartitioned === true, builtAt });
      }
    },
  },
});

/** Says when a dataset was built: never for `undefined`. */
export const markBuilt = (held: Map<string, SimulatedDataset>, name: string, at: number | undefined): void => {
  held.set(name, { name, isPartitioned: held.get(name)?.isPartitioned ?? false, builtAt: at });
};
