/**
 * Files of plugins that are developed on the instance.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import { PluginFile } from "../../schemas/code/plugin.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { type Content, filePath, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";

/**
 * Files of plugins that are developed on the instance. Paths are from the root of the plugin, as `python-lib/geo.py`.
 *
 * @example
 * ```ts
 * import { Effect, Stream } from "effect";
 * import { PluginFiles } from "@effect-dataiku/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const files = yield* PluginFiles;
 *   yield* files.write("toolbox", "python-lib/answer.py", new TextEncoder().encode("answer = 42"));
 *   return yield* Stream.mkString(Stream.decodeText(files.read("toolbox", "python-lib/answer.py")));
 * });
 * const text = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (text !== "answer = 42") throw new Error(text);
 * ```
 */
export interface PluginFiles {
  /** The files at the root of a plugin, and what is in its folders. */
  list(pluginId: string): Effect.Effect<ReadonlyArray<PluginFile>, DssError>;
  /** The bytes of a file; `saveToFile` of `./files` writes them. */
  read(pluginId: string, filePath: string): Stream.Stream<Uint8Array, DssError>;
  /** Writes a file, a new one or in place of one. */
  write(pluginId: string, filePath: string, content: Content): Effect.Effect<void, DssError>;
  /** Gives a file or folder another name, in the folder that it is in. */
  rename(pluginId: string, filePath: string, newName: string): Effect.Effect<void, DssError>;
  /** Moves a file or folder into another folder of the plugin. */
  move(pluginId: string, filePath: string, newPath: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode PluginFiles}, with its layer. */
export const PluginFiles: DssService<PluginFiles> = service(
  "PluginFiles",
  Effect.map(Dss, (dss): PluginFiles => ({
    list: (id) => dss.json("PluginFiles.list", get(path`/plugins/${id}/contents`), Schema.Array(PluginFile)),
    read: (id, file) =>
      dss.stream(
        "PluginFiles.read",
        get(path`/plugins/${id}/contents/${filePath(file)}`, { page: /\.x?html?$/i.test(file) }),
      ),
    write: (id, file, content) =>
      dss.empty("PluginFiles.write", post(path`/plugins/${id}/contents/${filePath(file)}`, { content })),
    rename: (id, oldPath, newName) =>
      dss.empty(
        "PluginFiles.rename",
        post(path`/plugins/${id}/contents-actions/rename`, { json: { oldPath, newName } }),
      ),
    move: (id, oldPath, newPath) =>
      dss.empty("PluginFiles.move", post(path`/plugins/${id}/contents-actions/move`, { json: { oldPath, newPath } })),
  })),
);
