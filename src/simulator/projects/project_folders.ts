/**
 * Folders of projects of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  addFolder,
  childrenOf,
  faultInFolder,
  folderDocument,
  folderOf,
  isWithin,
  type ProjectFolderRecord,
  projectFolders,
  putInto,
} from "./project_folders_state.ts";
import {
  type Call,
  emptyAnswer,
  forbidden,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { documentSent, jsonObjects } from "../kernel/stored_document.ts";
import { isGivenTo } from "../admin/users_state.ts";
import type { World } from "../kernel/world.ts";
import { findProject } from "./projects_state.ts";

const find = (world: World, id: string | null | undefined): Effect.Effect<ProjectFolderRecord, SimulatedRefusal> => {
  const folder = world.of(projectFolders).get(id ?? "");
  return folder === undefined ? Effect.fail(missing(`Project folder ${id}`)) : Effect.succeed(folder);
};

/** Lets only those through who may change a folder. */
const administrated = (
  world: World,
  folder: ProjectFolderRecord,
  { user }: Call,
): Effect.Effect<void, SimulatedRefusal> => {
  const isGiven = jsonObjects(folder.settings.permissions).some((each) =>
    each.admin === true && isGivenTo(world, each, user.login)
  );
  return user.admin || folder.settings.owner === user.login || isGiven
    ? Effect.void
    : Effect.fail(forbidden(`User ${user.login} is not an administrator of project folder ${folder.id}`));
};

/** @internal */
export const projectFoldersRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/project-folders/:id",
    known: "documented",
    note: "The root is ROOT, and has neither name nor parent. That everybody may read is assumed.",
    handle: ({ params }, world) =>
      Effect.map(find(world, params.id), (folder) => jsonAnswer(folderDocument(world, folder))),
  },
  {
    method: "GET",
    path: "/project-folders/locate-project/:projectKey",
    known: "official client",
    note: "The folder that a project is in.",
    handle: ({ params }, world) =>
      Effect.map(
        findProject(world, params.projectKey),
        ({ projectKey }) => jsonAnswer(folderDocument(world, folderOf(world, projectKey))),
      ),
  },
  {
    method: "GET",
    path: "/project-folders/:id/default-for-project-creation",
    known: "official client",
    note: "That it is the folder itself where one may write, and the root elsewhere, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const folder = yield* find(world, call.params.id);
        const mayWrite = yield* Effect.isSuccess(administrated(world, folder, call));
        return jsonAnswer(folderDocument(world, mayWrite ? folder : yield* find(world, "ROOT")));
      }),
  },
  {
    method: "GET",
    path: "/project-folders/:id/settings",
    known: "documented",
    note: "name, owner and permissions.",
    handle: ({ params }, world) => Effect.map(find(world, params.id), ({ settings }) => jsonAnswer(settings)),
  },
  {
    method: "PUT",
    path: "/project-folders/:id/settings",
    known: "documented",
    note: "Takes the place of the whole document; an empty answer. Who may do it, and what is refused, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const folder = yield* find(world, call.params.id);
        yield* administrated(world, folder, call);
        const sent = yield* documentSent(world, call);
        const fault = faultInFolder(world, sent);
        if (fault !== undefined) return yield* Effect.fail(fault);
        folder.settings = sent;
        return emptyAnswer;
      }),
  },
  {
    method: "POST",
    path: "/project-folders/:id/children",
    known: "documented",
    note:
      "The name goes in the query; the new folder is the answer. Who may do it, and that a name is needed, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const parent = yield* find(world, call.params.id);
        yield* administrated(world, parent, call);
        const name = call.query.get("name");
        if (name === null || name === "") return yield* Effect.fail(invalid("A folder needs a name"));
        const folder = addFolder(world, world.chance.id(), parent.id, name, call.user.login);
        return jsonAnswer(folderDocument(world, folder));
      }),
  },
  {
    method: "POST",
    path: "/project-folders/:id/move",
    known: "documented",
    note:
      "The destination goes in the query; an empty answer. That the root cannot be moved, nor a folder into itself, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const folder = yield* find(world, call.params.id);
        const destination = yield* find(world, call.query.get("destination"));
        yield* administrated(world, folder, call);
        yield* administrated(world, destination, call);
        if (folder.parentId === undefined) return yield* Effect.fail(invalid("The root folder cannot be moved"));
        if (isWithin(world, destination, folder)) {
          return yield* Effect.fail(invalid(`Project folder ${folder.id} cannot be moved into itself`));
        }
        folder.parentId = destination.id;
        return emptyAnswer;
      }),
  },
  {
    method: "POST",
    path: "/project-folders/:id/projects/:projectKey/move",
    known: "documented",
    note: "The destination goes in the query; an empty answer. That the project must be in the folder is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const folder = yield* find(world, call.params.id);
        const { projectKey } = yield* findProject(world, call.params.projectKey);
        const destination = yield* find(world, call.query.get("destination"));
        yield* administrated(world, folder, call);
        yield* administrated(world, destination, call);
        if (folderOf(world, projectKey) !== folder) {
          return yield* Effect.fail(invalid(`Project ${projectKey} is not in project folder ${folder.id}`));
        }
        putInto(world, projectKey, destination);
        return emptyAnswer;
      }),
  },
  {
    method: "DELETE",
    path: "/project-folders/:id",
    known: "documented",
    note: "Only an empty folder; an empty answer. The reason and who may do it are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const folder = yield* find(world, call.params.id);
        yield* administrated(world, folder, call);
        if (folder.parentId === undefined) return yield* Effect.fail(invalid("The root folder cannot be deleted"));
        if (childrenOf(world, folder.id).length > 0 || folder.projectKeys.size > 0) {
          return yield* Effect.fail(invalid(`Project folder ${folder.id} is not empty`));
        }
        world.of(projectFolders).delete(folder.id);
        return emptyAnswer;
      }),
  },
];
