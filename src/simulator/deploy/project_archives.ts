/**
 * Export and import of projects of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import { infoMessage } from "../kernel/info_messages.ts";
import { addArchived, archiveOf, projectIn } from "../projects/project_content.ts";
import { projectFolders, putInto, root } from "../projects/project_folders_state.ts";
import { administrated, freeKey, mayNotCreate } from "../projects/projects_state.ts";
import {
  type Answer,
  type Call,
  invalid,
  jsonAnswer,
  missing,
  refuse,
  type Route,
  type SimulatedRefusal,
  zipAnswer,
} from "../kernel/route.ts";
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { fileSent } from "../kernel/uploaded_file.ts";
import type { World } from "../kernel/world.ts";
import { connections } from "../admin/connections_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** Archives of projects that were uploaded, and wait to be imported, by id. */
export const imports: Slice<Map<string, Uint8Array>> = slice("imports", () => new Map());

/** What is to take the place of what is lacking, and is not there either. */
const faultInRemapping = (world: World, remapping: unknown): SimulatedRefusal | string | undefined => {
  if (remapping === undefined) return undefined;
  if (!isJsonObject(remapping)) return invalid("remapping must be an object");
  for (const kind of ["connections", "codeEnvs", "containerExecs"]) {
    const all = remapping[kind] ?? [];
    const isReplacement = ({ source, target }: JsonObject) => typeof source === "string" && typeof target === "string";
    if (!Array.isArray(all) || !all.every((each) => isJsonObject(each) && isReplacement(each))) {
      return invalid(`remapping.${kind} must be an array, each with source and target`);
    }
  }
  const missed = jsonObjects(remapping.connections).find(({ target }) => !world.of(connections).has(String(target)));
  return missed === undefined ? undefined : `There is no connection ${missed.target}`;
};

/** Imports an archive that was uploaded: what cannot be is said in the answer. */
const importInto = (world: World, call: Call, body: JsonObject): Effect.Effect<JsonObject, SimulatedRefusal> =>
  Effect.gen(function* () {
    const archive = world.of(imports).get(call.params.importId!);
    if (archive === undefined) return yield* Effect.fail(missing(`Import ${call.params.importId}`));
    const archived = yield* projectIn(archive);
    const fault = faultInRemapping(world, body.remapping);
    if (typeof fault === "object") return yield* Effect.fail(fault);
    const key = yield* Effect.result(freeKey(world, body.targetProjectKey ?? archived.projectKey));
    if (fault !== undefined || Result.isFailure(key)) {
      const detail = fault ?? (Result.isFailure(key) ? key.failure.detail : "");
      return { success: false, messages: infoMessage("ERROR", "ERR_PROJECT_IMPORT", "Not imported", detail) };
    }
    world.of(imports).delete(call.params.importId!);
    const { projectKey } = addArchived(world, archived, key.success, { login: call.user.login, now: call.now });
    putInto(world, projectKey, world.of(projectFolders).get(root)!);
    return {
      success: true,
      usedProjectKey: projectKey,
      messages: infoMessage("SUCCESS", "INFO_PROJECT_IMPORT", "Imported", `Project ${projectKey} is imported`),
    };
  });

/** Exports a project. */
const exported = (world: World, call: Call, options: unknown): Effect.Effect<Answer, SimulatedRefusal> =>
  Effect.gen(function* () {
    const project = yield* administrated(world, call);
    if (!isJsonObject(options)) return yield* Effect.fail(invalid("The body must be an object of options"));
    const wrong = Object.entries(options).find(([, value]) => typeof value !== "boolean");
    if (wrong !== undefined) return yield* Effect.fail(invalid(`${wrong[0]} must be a boolean`));
    return zipAnswer(archiveOf(world, project, options));
  });

/** @internal */
export const projectArchivesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/export",
    known: "documented",
    note: "The same without options.",
    handle: (call, world) => exported(world, call, {}),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/export",
    known: "public evidence",
    note:
      "A ZIP file with export-manifest.json. Its other files are of this simulated DSS alone. Who may export is assumed.",
    handle: (call, world) => exported(world, call, call.json),
  },
  {
    method: "POST",
    path: "/projects/import/upload",
    known: "official client",
    note: "A multipart file; answers its id. That what is no archive of a project is refused at once is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        yield* refuse(mayNotCreate(world, call.user));
        const archive = yield* fileSent(call);
        yield* projectIn(archive);
        const id = world.chance.id();
        world.of(imports).set(id, archive);
        return jsonAnswer({ id });
      }),
  },
  {
    method: "POST",
    path: "/projects/import/:importId/process",
    known: "official client",
    note:
      "targetProjectKey and remapping, and no empty object; answers success. That a taken key and an unknown connection are told with success: false, and usedProjectKey, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        yield* refuse(mayNotCreate(world, call.user));
        const { json } = call;
        if (!isJsonObject(json) || Object.keys(json).length === 0) {
          return yield* Effect.fail(invalid("The body must be an object that is not empty"));
        }
        return jsonAnswer(yield* importInto(world, call, json));
      }),
  },
];
