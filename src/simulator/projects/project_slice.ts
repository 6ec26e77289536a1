/**
 * Slices of state that each project of the simulated DSS holds.
 *
 * @module
 * @internal
 */
import type { JsonObject } from "../kernel/stored_document.ts";
import { type Slice, slice, type SliceEvents } from "../kernel/slice.ts";
import type { World } from "../kernel/world.ts";
import type { SimulatedProject } from "./projects_state.ts";

/** Which of the data of a project goes with its content: that of its sources lies elsewhere, and is there for a copy too. */
export type DataTaken = "all" | "of sources" | "none";

/** What is known when content is put into a project. */
export interface Placing {
  readonly world: World;
  readonly project: SimulatedProject;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** How a slice belongs to the content of a project: what is exported and imported, duplicated, and put into bundles. */
export interface ProjectContent<A> {
  /** Its documents by name, as JSON. */
  take(
    state: A,
    project: SimulatedProject,
    data: DataTaken,
    filesOfFolders: DataTaken,
  ): Iterable<readonly [name: string, document: unknown]>;
  /** Puts documents that were taken in place of what is there. */
  put(state: A, documents: ReadonlyArray<JsonObject>, placing: Placing): void;
}

/** A slice that each project holds. */
export interface ProjectSlice<A> extends Slice<A> {
  /** How it belongs to the content of a project, if it does. */
  readonly content?: ProjectContent<A>;
}

/** Declares a piece of the state of a project. */
export const projectSlice = <A>(
  name: string,
  empty: () => A,
  { content, ...events }: SliceEvents<A> & { readonly content?: ProjectContent<A> } = {},
): ProjectSlice<A> => ({ ...slice(name, empty, events), ...(content === undefined ? {} : { content }) });
