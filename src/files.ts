/**
 * Files: downloads that are there whole or not at all, uploads that are never held in memory, whole folders kept in step, and cassettes.
 *
 * This sub-path is the only one that needs a file system; it works on Deno and Node.
 *
 * @example
 * ```ts ignore
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { Effect, Stream } from "effect";
 * import { saveToFile } from "@effect-dataiku/dss/files";
 *
 * // Any stream of bytes, as that of a log, an archive, a report.
 * const bytes = Stream.make(new TextEncoder().encode("id,name\n"));
 * const saved = await Effect.runPromise(saveToFile(bytes, join(tmpdir(), "orders.csv")));
 * if (saved !== 8) throw new Error("unexpected");
 * ```
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import { readFile } from "node:fs/promises";
import { type Cassette, type CassetteInvalid, readCassette } from "./cassette/cassette.ts";
import { Recorder } from "./cassette/recorder.ts";
import { attempt, type FileFailed } from "./files/file_failed.ts";
import { saveToFile } from "./files/save_to_file.ts";

export { FileFailed } from "./files/file_failed.ts";
export { fileContent } from "./files/file_content.ts";
export { saveToFile } from "./files/save_to_file.ts";
export { downloadFolder } from "./files/download_folder.ts";
export { uploadFolder } from "./files/upload_folder.ts";
export {
  type FolderCopied,
  FolderCopyFailed,
  type FolderCopyOptions,
  type FolderCopyProgress,
} from "./files/folder_copy.ts";
export type { FileTree, TreeFile } from "./files/file_tree.ts";

/** Writes a cassette into a file, which is there whole or not at all. */
export function saveCassette(cassette: Cassette, path: string): Effect.Effect<void, FileFailed> {
  return Effect.suspend(() =>
    Effect.asVoid(saveToFile(Stream.encodeText(Stream.make(`${JSON.stringify(cassette, undefined, 2)}\n`)), path))
  );
}

/** Reads a cassette from a file. */
export function loadCassette(path: string): Effect.Effect<Cassette, FileFailed | CassetteInvalid> {
  return Effect.flatMap(attempt(path, "read", () => readFile(path)), readCassette);
}

/** Runs a program that is recorded, and saves the cassette when it ends, also when it fails: that is when it is needed most. */
export function recordToFile<A, E, R>(
  program: Effect.Effect<A, E, R>,
  path: string,
): Effect.Effect<A, E | FileFailed, R | Recorder> {
  return Effect.onExit(
    program,
    () =>
      Effect.flatMap(
        Recorder,
        (recorder) => Effect.flatMap(recorder.cassette, (cassette) => saveCassette(cassette, path)),
      ),
  );
}
