/**
 * Files in managed folders.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import { ManagedFolderFile } from "../../schemas/flow/managed_folder.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FileTree, TreeFile } from "../../src/files/file_tree.ts";
import { open } from "../../src/json/open.ts";
import { type Content, del, filePath, get, type Path, path, post } from "../../src/transport/request.ts";

export type { FileTree, TreeFile };

/**
 * Files in managed folders. Paths are from the root of the folder, with a slash at their beginning or without, as `/2025/march/report.csv`.
 * Blanks and any other characters need no care: each path reaches its file. There are no empty folders in a folder.
 *
 * @example
 * ```ts
 * import { Effect, Stream } from "effect";
 * import { ManagedFolderFiles } from "@effect-dataiku/dss/managed-folder-files";
 * import { ManagedFolders } from "@effect-dataiku/dss/managed-folders";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const { id } = yield* (yield* ManagedFolders).create("SALES", "letters");
 *   const files = yield* ManagedFolderFiles;
 *   yield* files.write("SALES", id, "2025/für #1.txt", new TextEncoder().encode("Hello"));
 *   return yield* Stream.mkString(Stream.decodeText(files.read("SALES", id, "2025/für #1.txt")));
 * });
 * const text = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (text !== "Hello") throw new Error(text);
 * ```
 */
export interface ManagedFolderFiles {
  /**
   * All files of all levels of a folder, in one list: DSS has no pages of it. Of a folder that was never written to, some storages answer
   * an error.
   */
  list(projectKey: string, folderId: string): Effect.Effect<ReadonlyArray<ManagedFolderFile>, DssError>;
  /** The bytes of a file, as they come: one piece is in memory at a time. `saveToFile` of `./files` writes them. */
  read(projectKey: string, folderId: string, filePath: string): Stream.Stream<Uint8Array, DssError>;
  /**
   * Writes a file, a new one or in place of one, and gives it as it is there then. The folders of its path need not be there.
   *
   * A `Blob` or an array is sent again when the answer was lost, which is the same as once; a stream is not: that is `OutcomeUnknown`.
   * `fileContent` of `./files` gives the content of a local file of any size.
   */
  write(
    projectKey: string,
    folderId: string,
    filePath: string,
    content: Content,
  ): Effect.Effect<ManagedFolderFile, DssError>;
  /** Deletes a file; DSS takes one that is not there for deleted. */
  delete(projectKey: string, folderId: string, filePath: string): Effect.Effect<void, DssError>;
  /** The files of one folder, for `downloadFolder` and `uploadFolder` of `./files`. */
  in(projectKey: string, folderId: string): FileTree<DssError>;
}

const Contents: Schema.Codec<{ readonly items: ReadonlyArray<ManagedFolderFile> }, unknown> = open(
  { items: Schema.Array(ManagedFolderFile) },
);

/** Key of {@linkcode ManagedFolderFiles}, with its layer. */
export const ManagedFolderFiles: DssService<ManagedFolderFiles> = service(
  "ManagedFolderFiles",
  Effect.map(Dss, (dss): ManagedFolderFiles => {
    const at = (projectKey: string, folderId: string, file: string): Path =>
      path`/projects/${projectKey}/managedfolders/${folderId}/contents/${filePath(file)}`;

    const list: ManagedFolderFiles["list"] = (projectKey, folderId) =>
      Effect.map(
        dss.json(
          "ManagedFolderFiles.list",
          get(path`/projects/${projectKey}/managedfolders/${folderId}/contents`),
          Contents,
        ),
        ({ items }) => items,
      );
    const read: ManagedFolderFiles["read"] = (projectKey, folderId, file) =>
      dss.stream("ManagedFolderFiles.read", get(at(projectKey, folderId, file)));
    const write: ManagedFolderFiles["write"] = (projectKey, folderId, file, content) =>
      dss.json(
        "ManagedFolderFiles.write",
        post(at(projectKey, folderId, file), {
          // The path alone names the file.
          parts: [{ name: "file", fileName: "", content }],
          repeatable: content instanceof Uint8Array || content instanceof Blob,
        }),
        ManagedFolderFile,
      );
    const remove: ManagedFolderFiles["delete"] = (projectKey, folderId, file) =>
      dss.empty("ManagedFolderFiles.delete", del(at(projectKey, folderId, file)));
    return {
      list,
      read,
      write,
      delete: remove,
      in: (projectKey, folderId) => ({
        list: list(projectKey, folderId),
        read: (file) => read(projectKey, folderId, file),
        write: (file, content) => write(projectKey, folderId, file, content),
        delete: (file) => remove(projectKey, folderId, file),
      }),
    };
  }),
);
