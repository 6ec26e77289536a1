/**
 * Files of plugins that are developed on the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { findPlugin, mayNotDevelop, type PluginRecord } from "./plugins_state.ts";
import {
  type Call,
  conflict,
  emptyAnswer,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

const findDeveloped = (world: World, call: Call): Effect.Effect<PluginRecord, SimulatedRefusal> =>
  Effect.flatMap(findPlugin(world, call), (plugin) => {
    const refusal = mayNotDevelop(world, call.user) ??
      (plugin.isDev ? undefined : invalid(`Plugin ${plugin.id} is not developed here`));
    return refusal === undefined ? Effect.succeed(plugin) : Effect.fail(refusal);
  });

/** What is in a folder, as a tree. */
const treeOf = (
  { files, folders }: Pick<PluginRecord, "files" | "folders">,
  folder = "",
): ReadonlyArray<JsonObject> => {
  const paths = [...files.keys(), ...folders];
  const below = paths.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
  const names = [...new Set(below.map((path) => path.split("/")[0]!))].sort();
  return names.map((name) => {
    const path = `${folder}${name}`;
    return files.has(path) ? { name, path } : { name, path, children: treeOf({ files, folders }, `${path}/`) };
  });
};

const isPath = (path: unknown): path is string =>
  typeof path === "string" && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

const hasFolder = ({ files, folders }: PluginRecord, path: string): boolean =>
  folders.has(path) || [...files.keys(), ...folders].some((each) => each.startsWith(`${path}/`));

/** Gives a file, or all in a folder, another path. */
const moveTo = (plugin: PluginRecord, from: unknown, to: unknown): SimulatedRefusal | undefined => {
  const { id, files, folders } = plugin;
  if (!isPath(from) || !isPath(to)) return invalid("Paths must be those of files or folders of the plugin");
  const isMoved = (path: string): boolean => path === from || path.startsWith(`${from}/`);
  const moved = [...files].filter(([file]) => isMoved(file));
  const movedFolders = [...folders].filter(isMoved);
  if (moved.length + movedFolders.length === 0) return missing(`File ${from} of plugin ${id}`);
  if (files.has(to) || hasFolder(plugin, to)) return conflict(`${to} exists already in plugin ${id}`);
  if (to.startsWith(`${from}/`)) return invalid(`${from} cannot be moved into itself`);
  for (const [file, content] of moved) {
    files.delete(file);
    files.set(to + file.slice(from.length), content);
  }
  for (const folder of movedFolders) {
    folders.delete(folder);
    folders.add(to + folder.slice(from.length));
  }
  return undefined;
};

/** @internal */
export const pluginFilesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/plugins/:pluginId/contents",
    known: "official client",
    note:
      "A tree of name, path and, for folders, children. That plugins which are not developed here are refused is assumed.",
    handle: (call, world) => Effect.map(findDeveloped(world, call), (plugin) => jsonAnswer(treeOf(plugin))),
  },
  {
    method: "GET",
    path: "/plugins/:pluginId/contents/*",
    known: "official client",
    note: "The bytes of the file.",
    handle: (call, world) =>
      Effect.flatMap(findDeveloped(world, call), ({ id, files }) => {
        const path = call.params["*"]!;
        const body = files.get(path);
        return body === undefined
          ? Effect.fail(missing(`File ${path} of plugin ${id}`))
          : Effect.succeed({ status: 200, headers: { "content-type": "application/octet-stream" }, body });
      }),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/contents/*",
    known: "official client",
    note: "The body is the file, whatever its type. That folders come by themselves is assumed.",
    takesBytes: true,
    handle: (call, world) =>
      Effect.flatMap(findDeveloped(world, call), (plugin) => {
        const path = call.params["*"]!;
        if (!isPath(path) || hasFolder(plugin, path)) {
          return Effect.fail(invalid(`${path} cannot be the path of a file`));
        }
        plugin.files.set(path, new Uint8Array(call.body));
        return Effect.succeed(emptyAnswer);
      }),
  },
  {
    method: "DELETE",
    path: "/plugins/:pluginId/contents/*",
    known: "documented",
    note: "Deletes a file, or a folder with all that is in it; an empty answer is assumed.",
    handle: (call, world) =>
      Effect.flatMap(findDeveloped(world, call), ({ id, files, folders }) => {
        const path = call.params["*"]!;
        const gone = [...files.keys(), ...folders].filter((each) => each === path || each.startsWith(`${path}/`));
        if (gone.length === 0) return Effect.fail(missing(`File ${path} of plugin ${id}`));
        for (const each of gone) {
          files.delete(each);
          folders.delete(each);
        }
        return Effect.succeed(emptyAnswer);
      }),
  },
  {
    method: "GET",
    path: "/plugins/:pluginId/details/*",
    known: "documented",
    note: "name, path, size and mimeType of a file; the names of these fields are assumed.",
    handle: (call, world) =>
      Effect.flatMap(findDeveloped(world, call), ({ id, files }) => {
        const path = call.params["*"]!;
        const content = files.get(path);
        return content === undefined
          ? Effect.fail(missing(`File ${path} of plugin ${id}`))
          : Effect.succeed(jsonAnswer({
            name: path.split("/").at(-1),
            path,
            size: content.length,
            mimeType: "application/octet-stream",
          }));
      }),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/folders/*",
    known: "documented",
    note: "Makes a folder; an empty answer, and that one which is there stays as it is, is assumed.",
    handle: (call, world) =>
      Effect.flatMap(findDeveloped(world, call), ({ files, folders }) => {
        const path = call.params["*"]!;
        if (!isPath(path) || files.has(path)) return Effect.fail(invalid(`${path} cannot be the path of a folder`));
        folders.add(path);
        return Effect.succeed(emptyAnswer);
      }),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/contents-actions/rename",
    known: "official client",
    note: "oldPath and newName. What is refused is assumed.",
    handle: (call, world) =>
      Effect.flatMap(findDeveloped(world, call), (plugin) => {
        const { oldPath, newName } = isJsonObject(call.json) ? call.json : {};
        if (typeof newName !== "string" || newName.includes("/")) {
          return Effect.fail(invalid("newName must be a name without slashes"));
        }
        const refusal = moveTo(plugin, oldPath, [...String(oldPath).split("/").slice(0, -1), newName].join("/"));
        return refusal === undefined ? Effect.succeed(emptyAnswer) : Effect.fail(refusal);
      }),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/contents-actions/move",
    known: "official client",
    note: "oldPath and newPath, from the root of the plugin. That a folder that is there takes it in is assumed.",
    handle: (call, world) =>
      Effect.flatMap(findDeveloped(world, call), (plugin) => {
        const { oldPath, newPath } = isJsonObject(call.json) ? call.json : {};
        const to = typeof newPath === "string" && hasFolder(plugin, newPath)
          ? `${newPath}/${String(oldPath).split("/").at(-1)}`
          : newPath;
        const refusal = moveTo(plugin, oldPath, to);
        return refusal === undefined ? Effect.succeed(emptyAnswer) : Effect.fail(refusal);
      }),
  },
];
