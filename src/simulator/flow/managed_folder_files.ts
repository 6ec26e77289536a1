/**
 * The files in managed folders of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Call, emptyAnswer, invalid, jsonAnswer, missing, type Route, SimulatedRefusal } from "../kernel/route.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import { fileSent } from "../kernel/uploaded_file.ts";
import type { World } from "../kernel/world.ts";
import { filesOfFolder, folderNamed, type StoredFile, type StoredFiles } from "./managed_folders_state.ts";

const shown = (path: string, { bytes, lastModified }: StoredFile): JsonObject => ({
  path,
  size: bytes.length,
  lastModified,
});

/** The files of the folder that a request names, and the path in it, with one slash at its beginning and between levels. */
const fileNamed = (
  world: World,
  call: Call,
): Effect.Effect<{ readonly files: StoredFiles; readonly path: string }, SimulatedRefusal> =>
  Effect.flatMap(folderNamed(world, call), ({ project, folder }) => {
    const levels = call.params["*"]!.split("/").filter((level) => level !== "");
    if (levels.some((level) => level === "." || level === "..") || levels.length === 0) {
      const detail = `ERR_FSPROVIDER_FSLIKE_REACH_OUT_OF_ROOT: ${call.params["*"]} is no path of a file in the folder`;
      return Effect.fail(
        new SimulatedRefusal({ status: 500, errorType: "com.dataiku.dip.exceptions.DKUSecurityException", detail }),
      );
    }
    return Effect.succeed({ files: filesOfFolder(project, folder), path: `/${levels.join("/")}` });
  });

/** Why a file cannot be at a path: where it would be, or above it, is something else. */
const faultInPlace = (files: StoredFiles, path: string): SimulatedRefusal | undefined => {
  const other = [...files.keys()].find((each) => each.startsWith(`${path}/`) || path.startsWith(`${each}/`));
  return other === undefined ? undefined : invalid(`${path} cannot be a file beside ${other}`);
};

/** @internal */
export const managedFolderFilesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/managedfolders/:folderId/contents",
    known: "public evidence",
    note: "items: all files of all levels with path, size and lastModified; no folders. Their order is assumed.",
    handle: (call, world) =>
      Effect.map(folderNamed(world, call), ({ project, folder }) => {
        const files = [...filesOfFolder(project, folder)].sort(([one], [other]) => one < other ? -1 : 1);
        return jsonAnswer({ items: files.map(([path, file]) => shown(path, file)) });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/managedfolders/:folderId/contents/*",
    known: "official client",
    note:
      "The bytes of the file. Slashes may be encoded, and one may be at the beginning. What is no file, and a path out of the folder, is an error; its class is assumed.",
    handle: (call, world) =>
      Effect.flatMap(fileNamed(world, call), ({ files, path }) => {
        const file = files.get(path);
        return file === undefined
          ? Effect.fail(missing(`File ${path} of managed folder ${call.params.folderId}`))
          : Effect.succeed({
            status: 200,
            headers: { "content-type": "application/octet-stream" },
            body: file.bytes,
          });
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/managedfolders/:folderId/contents/*",
    known: "public evidence",
    note:
      "A multipart file, whose own name does not count; takes the place of one that is there, and answers path, size and lastModified. That a file cannot be where folders are is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { files, path } = yield* fileNamed(world, call);
        const bytes = yield* fileSent(call);
        const fault = faultInPlace(files, path);
        if (fault !== undefined) return yield* Effect.fail(fault);
        const file = { bytes, lastModified: call.now };
        files.set(path, file);
        return jsonAnswer(shown(path, file));
      }),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey/managedfolders/:folderId/contents/*",
    known: "public evidence",
    note:
      "An empty answer, also for a file that is not there. That it deletes no folder with what is in it is assumed.",
    handle: (call, world) =>
      Effect.map(fileNamed(world, call), ({ files, path }) => {
        files.delete(path);
        return emptyAnswer;
      }),
  },
];
