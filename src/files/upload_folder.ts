/**
 * Whole local folders up to where files are kept.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { resolve } from "node:path";
import { fileContent } from "./file_content.ts";
import { attempt, type FileFailed } from "./file_failed.ts";
import type { FileTree, TreeFile } from "./file_tree.ts";
import {
  copyAll,
  type FolderCopied,
  FolderCopyFailed,
  type FolderCopyOptions,
  isInStep,
  listLocal,
  type LocalFile,
  lookAt,
  prefixOf,
  putInStep,
} from "./folder_copy.ts";

/** Sends a file. It gets the time of its copy, unless it was written to meanwhile: then it is sent again next time. */
const send = <E>(tree: FileTree<E>, file: LocalFile): Effect.Effect<void, E | FileFailed | FolderCopyFailed> =>
  Effect.gen(function* () {
    const { path, local, size, lastModified } = file;
    const stored: TreeFile = yield* tree.write(path, yield* fileContent(local));
    const now = yield* attempt(local, "read", () => lookAt(path, local));
    if (now === undefined || now.size !== size || now.lastModified !== lastModified) return;
    if (stored.size === size) return yield* putInStep(file, stored);
    const detail = `${stored.size} bytes were stored, expected ${size}: copy it again`;
    yield* Effect.fail(new FolderCopyFailed({ path, detail }));
  });

/**
 * Copies a local folder up: only what changed, several files at once, none held in memory beyond what `fileContent` says. What fails ends the
 * copy; done again, it goes on where it was.
 *
 * Local files get the time that their copies have: equal times and sizes tell the next copy, in either way, what did not change. Links to files
 * are followed, links to folders are not; what is no file is told as `skipped`.
 *
 * Fails with {@linkcode FileFailed} when the folder is not there or a file cannot be read, with {@linkcode FolderCopyFailed} when a file was not
 * stored whole.
 *
 * @example
 * ```ts ignore
 * import { Effect } from "effect";
 * import { ManagedFolderFiles } from "@effect-dataiku/dss";
 * import { uploadFolder } from "@effect-dataiku/dss/files";
 *
 * const copy = Effect.gen(function* () {
 *   const files = yield* ManagedFolderFiles;
 *   return yield* uploadFolder("reports", files.in("SALES", "aB3kQ9xZ"), { folder: "2025" });
 * });
 * ```
 */
export function uploadFolder<E>(
  folder: string,
  tree: FileTree<E>,
  options: FolderCopyOptions = {},
): Effect.Effect<FolderCopied, E | FileFailed | FolderCopyFailed> {
  return Effect.gen(function* () {
    const prefix = prefixOf(options);
    const { files, skipped } = yield* listLocal(resolve(folder), prefix);
    const there = new Map((yield* tree.list).map((file) => [file.path, file]));
    const paths = new Set(files.map(({ path }) => path));
    // What was not looked into is not known to be gone.
    const isSkipped = (path: string): boolean => skipped.some((each) => path === each || path.startsWith(`${each}/`));
    const tooMuch = options.prune !== true ? [] : [...there.values()]
      .filter(({ path }) => path.startsWith(prefix) && !paths.has(path) && !isSkipped(path))
      .map((file) => ({ ...file, local: "" }));
    const copied = yield* copyAll<LocalFile, E | FileFailed | FolderCopyFailed>(files, tooMuch, options, {
      isInStep: (file) => isInStep(tree, file, there.get(file.path), options),
      copy: (file) => send(tree, file),
      remove: ({ path }) => tree.delete(path),
    });
    return { ...copied, skipped };
  });
}
