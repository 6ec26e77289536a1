/**
 * Whole folders down to a local one.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import { mkdir, rm, rmdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { attempt, type FileFailed } from "./file_failed.ts";
import type { FileTree, TreeFile } from "./file_tree.ts";
import {
  copyAll,
  type FolderCopied,
  FolderCopyFailed,
  type FolderCopyOptions,
  isInStep,
  listLocal,
  type LocalFiles,
  localOf,
  lookAt,
  type Pair,
  prefixOf,
  putInStep,
} from "./folder_copy.ts";
import { saveToFile } from "./save_to_file.ts";

interface Wanted extends Pair {
  readonly file: TreeFile;
}

/** A file cannot be where another one needs a folder: storages without folders have both. */
const faultBeside = (wanted: ReadonlyArray<Wanted>): FolderCopyFailed | undefined => {
  const paths = new Set(wanted.map(({ path }) => path));
  for (const { path } of wanted) {
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) {
      const above = path.slice(0, at);
      if (!paths.has(above)) continue;
      const detail = `it would be in a folder where the file ${JSON.stringify(above)} is: rename one of them`;
      return new FolderCopyFailed({ path, detail });
    }
  }
  return undefined;
};

/** The bytes of a file, which must be as many as its list says. */
const whole = <E>(tree: FileTree<E>, { path, size }: TreeFile): Stream.Stream<Uint8Array, E | FolderCopyFailed> =>
  Stream.suspend(() => {
    let read = 0;
    const bytes = Stream.tap(tree.read(path), (piece) => Effect.sync(() => void (read += piece.length)));
    const detail = () =>
      `${read} bytes came, expected ${size}: it was written to, or was cut off, while it was read; copy it again`;
    return Stream.concat(
      bytes,
      Stream.suspend((): Stream.Stream<never, FolderCopyFailed> =>
        read === size ? Stream.empty : Stream.fail(new FolderCopyFailed({ path, detail: detail() }))
      ),
    );
  });

/** Deletes a local file, and the folders above it that are empty then. */
const removeLocal = (root: string, { local }: Pair): Effect.Effect<void, FileFailed> =>
  attempt(local, "written", async () => {
    await rm(local, { force: true });
    for (let folder = dirname(local); folder !== root && folder.startsWith(root); folder = dirname(folder)) {
      if (!await rmdir(folder).then(() => true, () => false)) break;
    }
  });

/**
 * Copies a whole folder down to a local one, which is made when it is not there: only what changed, several files at once, each there whole
 * or not at all, with one piece of each in memory. What fails ends the copy; done again, it goes on where it was.
 *
 * Local files get the time of those that they are copies of: equal times and sizes tell the next copy, in either way, what did not change.
 *
 * Fails with {@linkcode FolderCopyFailed} for a path that cannot be that of a local file, as one with `..`, before anything is copied, and for
 * a file that has not the size that its list said; with {@linkcode FileFailed} when a local file cannot be written.
 *
 * @example
 * ```ts ignore
 * import { Effect } from "effect";
 * import { ManagedFolderFiles } from "@effect-dataiku/dss";
 * import { downloadFolder } from "@effect-dataiku/dss/files";
 *
 * const copy = Effect.gen(function* () {
 *   const files = yield* ManagedFolderFiles;
 *   return yield* downloadFolder(files.in("SALES", "aB3kQ9xZ"), "reports", { prune: true });
 * });
 * ```
 */
export function downloadFolder<E>(
  tree: FileTree<E>,
  folder: string,
  options: FolderCopyOptions = {},
): Effect.Effect<FolderCopied, E | FileFailed | FolderCopyFailed> {
  return Effect.gen(function* () {
    const [root, prefix] = [resolve(folder), prefixOf(options)];
    const listed = (yield* tree.list).filter(({ path }) => path.startsWith(prefix));
    const wanted = yield* Effect.forEach(
      listed,
      (file) => Effect.map(localOf(root, prefix, file.path), (local): Wanted => ({ ...file, local, file })),
    );
    const fault = faultBeside(wanted);
    if (fault !== undefined) return yield* Effect.fail(fault);

    yield* attempt(root, "written", () => mkdir(root, { recursive: true }));
    const paths = new Set(wanted.map(({ path }) => path));
    const none: LocalFiles = { files: [], skipped: [] };
    const { files, skipped } = options.prune === true ? yield* listLocal(root, prefix) : none;
    const tooMuch = files.filter(({ path }) => !paths.has(path));
    const copied = yield* copyAll<Wanted, E | FileFailed | FolderCopyFailed>(wanted, tooMuch, options, {
      isInStep: ({ path, local, file }) =>
        Effect.flatMap(
          attempt(local, "read", () => lookAt(path, local)),
          (found) => isInStep(tree, found, file, options),
        ),
      copy: (pair) =>
        attempt(pair.local, "written", () => mkdir(dirname(pair.local), { recursive: true })).pipe(
          Effect.andThen(saveToFile(whole(tree, pair.file), pair.local)),
          Effect.andThen(putInStep(pair, pair.file)),
        ),
      remove: (pair) => removeLocal(root, pair),
    });
    return { ...copied, skipped };
  });
}
