/**
 * Files that are elsewhere, as whole folders are copied from and to.
 *
 * @module
 */
import type * as Effect from "effect/Effect";
import type * as Stream from "effect/Stream";
import type { Content } from "../transport/request.ts";

/** What is known of a file that is elsewhere. */
export interface TreeFile {
  /** Its path from the root, as `/2025/march/report.csv`. */
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
  /** When it was written last, in milliseconds since 1970, by the clock of where it is. */
  readonly lastModified: number;
}

/** Files that are elsewhere, as those of a managed folder: `ManagedFolderFiles.in` gives them. */
export interface FileTree<E> {
  /** All files of all levels. */
  readonly list: Effect.Effect<ReadonlyArray<TreeFile>, E>;
  /** The bytes of a file. */
  read(path: string): Stream.Stream<Uint8Array, E>;
  /** Writes a file, a new one or in place of one, and gives it as it is there then. */
  write(path: string, content: Content): Effect.Effect<TreeFile, E>;
  /** Deletes a file; one that is not there is none. */
  delete(path: string): Effect.Effect<void, E>;
}
