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
const treeOf = (paths: ReadonlyArray<string>, folder = ""): ReadonlyArray<JsonObject> => {
  const below = paths.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
  const names = [...new Set(below.map((path) => path.split("/")[0]!))].sort();
  return names.map((name) =>
    below.includes(name)
      ? { name, path: `${folder}${name}` }
      : { name, path: `${folder}${name}`, children: treeOf(paths, `${folder}${name}/`) }
  );
};

const isPath = (path: unknown): path is string =>
  typeof path === "string" && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

const hasFolder = ({ files }: PluginRecord, path: string): boolean =>
  [...files.keys()].some((file) => file.startsWith(`${path}/`));

/** Gives a file, or all in a folder, another path. */
const moveTo = (plugin: PluginRecord, from: unknown, to: unknown): SimulatedRefusal | undefined => {
  const { id, files } = plugin;
  if (!isPath(from) || !isPath(to)) return invalid("Paths must be those of files or folders of the plugin");
  const moved = [...files].filter(([file]) => file === from || file.startsWith(`${from}/`));
  if (moved.length === 0) return missing(`File ${from} of plugin ${id}`);
  if (files.has(to) || hasFolder(plugin, to)) return conflict(`${to} exists already in plugin ${id}`);
  if (to.startsWith(`${from}/`)) return invalid(`${from} cannot be moved into itself`);
  for (const [file, content] of moved) {
    files.delete(file);
    files.set(to + file.slice(from.length), content);
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
    handle: (call, world) =>
      Effect.map(findDeveloped(world, call), ({ files }) => jsonAnswer(treeOf([...files.keys()]))),
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
