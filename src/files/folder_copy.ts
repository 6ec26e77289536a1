/**
 * What copies of whole folders share, down to a local one and up from it.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import { open, readdir, stat, utimes } from "node:fs/promises";
import { join, sep } from "node:path";
import * as Schema from "effect/Schema";
import { type ErrorClass, errorClass } from "../errors/error_class.ts";
import { attempt, codeOf, type FileFailed } from "./file_failed.ts";
import type { FileTree, TreeFile } from "./file_tree.ts";

const FolderCopyFailedBase: ErrorClass<FolderCopyFailed, "FolderCopyFailed", "path" | "detail"> = errorClass(
  "FolderCopyFailed",
  () => ({
    path: Schema.String,
    detail: Schema.String,
  }),
);

/** A file could not be copied with its folder. */
export class FolderCopyFailed extends FolderCopyFailedBase {
  /** Its path in the tree. */
  declare readonly path: string;
  /** Why, and what to do. */
  declare readonly detail: string;
  /** One line. */
  override get message(): string {
    return `The file ${JSON.stringify(this.path)} could not be copied: ${this.detail}`;
  }
}

/** How far a copy of a folder is, after each file. */
export interface FolderCopyProgress {
  /** Path of the file in the tree. */
  readonly path: string;
  /** What became of it. */
  readonly action: "copied" | "unchanged" | "deleted";
  /** Files that are done, with those that did not change. */
  readonly done: number;
  /** All files, without those that are deleted. */
  readonly total: number;
  /** Bytes of the files that are done. */
  readonly doneBytes: number;
  /** Bytes of all files. */
  readonly totalBytes: number;
}

/** How a folder is copied. */
export interface FolderCopyOptions {
  /** A folder of the tree, as `2025/march`: only what is in it is copied. By default the root. */
  readonly folder?: string;
  /**
   * How files that did not change are found, which are not copied. By `time`: those with the size and the time of the other side, which
   * local files are given when they are copied. By `content`: those with the same bytes; to tell, files of the same size are read on both sides.
   *
   * @default {"time"}
   */
  readonly compare?: "time" | "content";
  /** Whether files are deleted that the other side does not have; they are deleted first. */
  readonly prune?: boolean;
  /**
   * How many files are copied at once.
   *
   * @default {8}
   */
  readonly concurrency?: number;
  /** Called after each file. */
  readonly onProgress?: (progress: FolderCopyProgress) => Effect.Effect<void>;
}

/** What came of the copy of a folder; paths are those in the tree. */
export interface FolderCopied {
  /** Files that were copied. */
  readonly copied: ReadonlyArray<string>;
  /** Files that did not change. */
  readonly unchanged: ReadonlyArray<string>;
  /** Files that were deleted. */
  readonly deleted: ReadonlyArray<string>;
  /** What of a local folder is no file, or cannot be found by its name: links to folders, links to nothing, sockets, pipes. */
  readonly skipped: ReadonlyArray<string>;
  /** Bytes of the files that were copied. */
  readonly bytes: number;
}

/** @internal The prefix of the paths in a folder of a tree. */
export const prefixOf = ({ folder = "" }: FolderCopyOptions): string => {
  const inside = folder.replaceAll(/^\/+|\/+$/g, "");
  return inside === "" ? "/" : `/${inside}/`;
};

/** @internal What is to be copied: a local file, and one of a tree. */
export interface Pair {
  /** The path in the tree. */
  readonly path: string;
  readonly local: string;
  /** Size of what is copied, in bytes. */
  readonly size: number;
}

/** @internal The file of a tree, as a local one; a name of theirs leads nowhere else. */
export const localOf = (root: string, prefix: string, path: string): Effect.Effect<string, FolderCopyFailed> => {
  const levels = path.slice(prefix.length).split("/");
  const unfit = levels.find((level) =>
    level === "" || level === "." || level === ".." || level.includes("\0") || (sep === "\\" && /[\\:]/.test(level))
  );
  if (unfit === undefined) return Effect.succeed(join(root, ...levels));
  const detail = `${
    JSON.stringify(unfit)
  } in its path cannot be the name of a file or folder here: rename it, or leave it out`;
  return Effect.fail(new FolderCopyFailed({ path, detail }));
};

/** @internal A local file. */
export interface LocalFile extends Pair {
  /** In whole milliseconds since 1970. */
  readonly lastModified: number;
}

/** @internal The local files of a folder, and what is none. */
export interface LocalFiles {
  readonly files: ReadonlyArray<LocalFile>;
  readonly skipped: ReadonlyArray<string>;
}

/** @internal What is known of a local file; `undefined` for what is none. */
export const lookAt = async (path: string, local: string): Promise<LocalFile | undefined> => {
  try {
    const found = await stat(local);
    // Rounded: how exact times are kept differs between systems.
    return found.isFile() ? { path, local, size: found.size, lastModified: Math.round(found.mtimeMs) } : undefined;
  } catch (error) {
    if (["ENOENT", "ELOOP", "ENOTDIR"].includes(codeOf(error))) return undefined;
    throw error;
  }
};

/** @internal Lists a local folder. */
export const listLocal = (root: string, prefix: string): Effect.Effect<LocalFiles, FileFailed> =>
  attempt(root, "read", async () => {
    const files: Array<LocalFile> = [];
    const skipped: Array<string> = [];
    const walk = async (levels: ReadonlyArray<string>): Promise<void> => {
      const entries = await readdir(join(root, ...levels), { withFileTypes: true });
      for (const entry of entries.sort((one, other) => one.name < other.name ? -1 : 1)) {
        const inside = [...levels, entry.name];
        const path = `${prefix}${inside.join("/")}`;
        if (entry.isDirectory()) {
          await walk(inside);
          continue;
        }
        const file = await lookAt(path, join(root, ...inside));
        if (file === undefined) skipped.push(path);
        else files.push(file);
      }
    };
    await walk([]);
    return { files, skipped };
  });

/** @internal Whether a local file has these bytes; no more of them is read than it takes to tell. */
export const hasBytes = <E>(
  local: string,
  bytes: Stream.Stream<Uint8Array, E>,
): Effect.Effect<boolean, E | FileFailed> =>
  Effect.acquireUseRelease(
    attempt(local, "read", () => open(local, "r")),
    (file) => {
      let at = 0;
      let isSame = true;
      const compare = (piece: Uint8Array): Effect.Effect<boolean, FileFailed> =>
        attempt(local, "read", async () => {
          for (let compared = 0; compared < piece.length && isSame;) {
            const ours = new Uint8Array(piece.length - compared);
            const { bytesRead } = await file.read(ours, 0, ours.length, at);
            isSame = bytesRead > 0 &&
              ours.subarray(0, bytesRead).every((byte, index) => byte === piece[compared + index]);
            compared += bytesRead;
            at += bytesRead;
          }
          return isSame;
        });
      return Stream.runForEachWhile(bytes, compare).pipe(
        Effect.flatMap(() => attempt(local, "read", async () => isSame && (await file.stat()).size === at)),
      );
    },
    (file) => Effect.promise(() => file.close()),
  );

/** @internal Gives a local file the time of the other side; where it cannot be, it is copied again next time. */
export const putInStep = ({ local }: Pair, { lastModified }: TreeFile): Effect.Effect<void> =>
  Effect.promise(() => utimes(local, lastModified / 1000, lastModified / 1000).catch(() => {}));

/** @internal Whether a local file is that of the tree. */
export const isInStep = <E>(
  tree: FileTree<E>,
  local: LocalFile | undefined,
  other: TreeFile | undefined,
  { compare = "time" }: FolderCopyOptions,
): Effect.Effect<boolean, E | FileFailed> => {
  if (local === undefined || other === undefined || local.size !== other.size) return Effect.succeed(false);
  if (compare === "time") return Effect.succeed(local.lastModified === other.lastModified);
  return Effect.tap(
    hasBytes(local.local, tree.read(other.path)),
    (isSame) => isSame && local.lastModified !== other.lastModified ? putInStep(local, other) : Effect.void,
  );
};

/** @internal Deletes what is too much, copies what changed, and tells of each. */
export const copyAll = <P extends Pair, E>(
  pairs: ReadonlyArray<P>,
  tooMuch: ReadonlyArray<Pair>,
  { concurrency = 8, onProgress = () => Effect.void }: FolderCopyOptions,
  work: {
    readonly isInStep: (pair: P) => Effect.Effect<boolean, E>;
    readonly copy: (pair: P) => Effect.Effect<void, E>;
    readonly remove: (pair: Pair) => Effect.Effect<void, E>;
  },
): Effect.Effect<Omit<FolderCopied, "skipped">, E> =>
  Effect.suspend(() => {
    const totalBytes = pairs.reduce((bytes, { size }) => bytes + size, 0);
    const paths = { copied: new Set<string>(), unchanged: new Set<string>(), deleted: new Set<string>() };
    let [done, doneBytes, bytes] = [0, 0, 0];
    const tell = (pair: Pair, action: FolderCopyProgress["action"]): Effect.Effect<void> =>
      Effect.suspend(() => {
        paths[action].add(pair.path);
        if (action === "copied") bytes += pair.size;
        if (action !== "deleted") {
          done += 1;
          doneBytes += pair.size;
        }
        return onProgress({ path: pair.path, action, done, total: pairs.length, doneBytes, totalBytes });
      });
    const step = (pair: P): Effect.Effect<void, E> =>
      Effect.flatMap(work.isInStep(pair), (isSame) =>
        isSame ? tell(pair, "unchanged") : Effect.andThen(work.copy(pair), tell(pair, "copied")));
    const deleteIt = (pair: Pair): Effect.Effect<void, E> =>
      Effect.andThen(work.remove(pair), tell(pair, "deleted"));
    const inOrder = (seen: ReadonlySet<string>, all: ReadonlyArray<Pair>): ReadonlyArray<string> =>
      all.filter(({ path }) => seen.has(path)).map(({ path }) => path);
    return Effect.forEach(tooMuch, deleteIt, { concurrency, discard: true }).pipe(
      Effect.andThen(Effect.forEach(pairs, step, { concurrency, discard: true })),
      Effect.map(() => ({
        copied: inOrder(paths.copied, pairs),
        unchanged: inOrder(paths.unchanged, pairs),
        deleted: inOrder(paths.deleted, tooMuch),
        bytes,
      })),
    );
  });
