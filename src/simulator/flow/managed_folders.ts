/**
 * The managed folders of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { connections, mayUse } from "../admin/connections_state.ts";
import {
  type Call,
  emptyAnswer,
  flag,
  forbidden,
  invalid,
  jsonAnswer,
  type Route,
  SimulatedRefusal,
} from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findProject } from "../projects/projects_state.ts";
import {
  completeFolder,
  filesOfFolder,
  findFolder,
  folderNamed,
  managedFolders,
  putFolder,
} from "./managed_folders_state.ts";
import { recipes } from "./recipes_state.ts";

/** Kinds of folders by the kinds of connections that they can be on. */
const folderTypes: ReadonlyMap<unknown, string> = new Map([
  ["EC2", "S3"],
  ["SSH", "SCP"],
  ...["Filesystem", "Azure", "GCS", "SFTP", "FTP", "HDFS", "SharePointOnline", "Databricks"].map((type) =>
    [type, type] as const
  ),
]);

const isTextOrNothing = (value: unknown): boolean => (value ?? null) === null || typeof value === "string";
const isObjectOrNothing = (value: unknown): boolean => (value ?? null) === null || isJsonObject(value);

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: (value) => typeof value === "string" && value !== "",
  params: isJsonObject,
  type: isTextOrNothing,
  checks: isObjectOrNothing,
  metrics: isObjectOrNothing,
  flowOptions: isObjectOrNothing,
  customFields: isObjectOrNothing,
  partitioning: (value) =>
    (value ?? null) === null || (isJsonObject(value) && Array.isArray(value.dimensions ?? []) &&
      isTextOrNothing(value.filePathPattern)),
  tags: (value) =>
    (value ?? null) === null || (Array.isArray(value) && value.every((each) => typeof each === "string")),
  shortDesc: isTextOrNothing,
  description: isTextOrNothing,
};

/** The kind of storage of a folder, when it can be as it is sent. */
const typeOf = (world: World, { user }: Call, sent: JsonObject): Effect.Effect<string, SimulatedRefusal> => {
  const wrong = Object.entries(kinds).find(([key, fits]) => !fits(sent[key]));
  if (wrong !== undefined) return Effect.fail(invalid(`${wrong[0]} of a managed folder is not as it must be`));
  const { connection: name, path } = sent.params as JsonObject;
  const connection = world.of(connections).get(String(name));
  if (connection === undefined) return Effect.fail(invalid(`Connection ${name} does not exist`));
  const type = folderTypes.get(connection.type);
  if (type === undefined) {
    return Effect.fail(invalid(`Invalid connection type for managed folders: ${connection.type}`));
  }
  if (!mayUse(world, user, connection) || connection.allowManagedFolders !== true) {
    return Effect.fail(forbidden(`User ${user.login} may not create a managed folder on connection ${name}`));
  }
  if (!isTextOrNothing(path)) return Effect.fail(invalid("The path of a managed folder must be a text"));
  return (sent.type ?? null) === null || sent.type === type
    ? Effect.succeed(type)
    : Effect.fail(invalid(`A managed folder on connection ${name} is of type ${type}, not ${sent.type}`));
};

/** @internal */
export const managedFoldersRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/managedfolders/",
    known: "official client",
    note: "The folders with their settings; that the list has all of these is assumed.",
    handle: (call, world) =>
      Effect.map(
        findProject(world, call.params.projectKey),
        (project) => jsonAnswer([...project.of(managedFolders).values()]),
      ),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/managedfolders/",
    known: "official client",
    note:
      "name, type or null, params with connection and path; answers the whole settings, with an id of eight letters and digits. Connections of SQL, and those that the user may not use for folders, are refused; the words are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        const sent = yield* documentSent(world, call);
        const type = yield* typeOf(world, call, sent);
        const id = world.chance.id();
        const { projectKey } = project;
        const folder = completeFolder({ ...sent, id, projectKey, type }, call.user.login, call.now);
        project.of(managedFolders).set(id, folder);
        return jsonAnswer(folder);
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/managedfolders/:folderId",
    known: "public evidence",
    note: "The whole settings, as exports of projects hold them.",
    handle: (call, world) => Effect.map(folderNamed(world, call), ({ folder }) => jsonAnswer(folder)),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/managedfolders/:folderId",
    known: "official client",
    note:
      "Takes the place of the whole settings. That id, project and who created it stay, what is refused, and the message are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const found = yield* folderNamed(world, call);
        const sent = yield* documentSent(world, call);
        const type = yield* typeOf(world, call, sent);
        putFolder(found, { ...sent, type }, call.user.login, call.now);
        return jsonAnswer({ msg: `Updated managed folder ${call.params.projectKey}.${call.params.folderId}` });
      }),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey/managedfolders/:folderId",
    known: "official client",
    note:
      "The files stay on the storage, unless dropData says otherwise, as since 15.2, whose client reads an object; the message in it is assumed.",
    handle: (call, world) =>
      Effect.map(folderNamed(world, call), ({ project, folder }) => {
        if (flag(call.query, "dropData")) filesOfFolder(project, folder).clear();
        project.of(managedFolders).delete(String(folder.id));
        project.removed(`managedFolders/${folder.id}`);
        return jsonAnswer({ msg: `Deleted managed folder ${project.projectKey}.${folder.id}` });
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/actions/renameManagedFolder",
    known: "official client",
    note: "id and newName; neither id nor path change. That a name must have a character is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { id, newName } = isJsonObject(call.json) ? call.json : {};
        const found = yield* findFolder(world, call.params.projectKey, id);
        if (typeof newName !== "string" || newName === "") {
          return yield* Effect.fail(invalid("newName must be a text that is not empty"));
        }
        putFolder(found, { ...found.folder, name: newName }, call.user.login, call.now);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/managedfolders/:folderId/usages",
    known: "official client",
    note: "RECIPE_INPUT and RECIPE_OUTPUT of the recipes of the project.",
    handle: (call, world) =>
      Effect.map(folderNamed(world, call), ({ project, folder }) => {
        const id = String(folder.id);
        const usage = (type: string, objectId: string) => ({ type, objectId, objectProjectKey: project.projectKey });
        return jsonAnswer(
          [...project.of(recipes).values()].flatMap(({ name, inputs, outputs }) => [
            ...inputs.includes(id) ? [usage("RECIPE_INPUT", name)] : [],
            ...outputs.includes(id) ? [usage("RECIPE_OUTPUT", name)] : [],
          ]),
        );
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/managedfolders/:folderId/actions/copyTo",
    known: "official client",
    note:
      "targetProjectKey, targetFolderId, writeMode OVERWRITE or APPEND; a future. That OVERWRITE removes what is there first, that it takes three seconds, and its result are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const source = yield* folderNamed(world, call);
        const { targetProjectKey, targetFolderId, writeMode } = isJsonObject(call.json) ? call.json : {};
        const target = yield* findFolder(world, String(targetProjectKey), targetFolderId);
        if (writeMode !== "OVERWRITE" && writeMode !== "APPEND") {
          return yield* Effect.fail(invalid(`writeMode is ${writeMode}, expected OVERWRITE or APPEND`));
        }
        const [from, to] = [source, target].map(({ project, folder }) => filesOfFolder(project, folder));
        if (from === to) return yield* Effect.fail(invalid("A managed folder cannot be copied to itself"));
        const name = `${source.project.projectKey}.${source.folder.id}`;
        const outcome = world.outcomes.take(`managed-folders/${name}`);
        return startScripted(world, call.now, outcome, {
          owner: call.user.login,
          displayName: `Copying managed folder ${source.folder.name}`,
          kind: "MANAGED_FOLDER_COPY",
          seconds: 3,
          end: (lastModified) => {
            if (outcome.end === "fail") {
              const detail = outcome.message ?? `Copying managed folder ${name} failed`;
              return { failure: new SimulatedRefusal({ status: 500, errorType: "java.io.IOException", detail }) };
            }
            if (writeMode === "OVERWRITE") to!.clear();
            for (const [path, { bytes }] of from!) to!.set(path, { bytes, lastModified });
            return { result: {} };
          },
        });
      }),
  },
];
