/**
 * Folders of projects of the simulated DSS.
 *
 * @module
 * @internal
 */
import { invalid, type SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { projects } from "./projects_state.ts";
import { users } from "../admin/users_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A folder. */
export interface ProjectFolderRecord {
  readonly id: string;
  parentId: string | undefined;
  /** Its settings; replaced as a whole, never changed. */
  settings: JsonObject;
  readonly projectKeys: Set<string>;
}

/** Folders of projects by id; the root is `ROOT`. */
export const projectFolders: Slice<Map<string, ProjectFolderRecord>> = slice("projectFolders", () => new Map(), {
  removed: (held, object) => {
    for (const { projectKeys } of held.values()) projectKeys.delete(object.replace(/^projects\//, ""));
  },
});

/** Id of the folder above all others. */
export const root = "ROOT";

/** Makes a folder. */
export const addFolder = (
  world: World,
  id: string,
  parentId: string | undefined,
  name: string,
  owner: string,
): ProjectFolderRecord => {
  const folder: ProjectFolderRecord = {
    id,
    parentId,
    settings: { name, owner, permissions: [] },
    projectKeys: new Set(),
  };
  world.of(projectFolders).set(id, folder);
  return folder;
};

/** The folders in a folder. */
export const childrenOf = (world: World, id: string): ReadonlyArray<ProjectFolderRecord> =>
  [...world.of(projectFolders).values()].filter(({ parentId }) => parentId === id);

/** The folder that a project is in: the root, unless it was moved. */
export const folderOf = (world: World, projectKey: string): ProjectFolderRecord =>
  [...world.of(projectFolders).values()].find(({ projectKeys }) => projectKeys.has(projectKey)) ??
    world.of(projectFolders).get(root)!;

/** Puts a project into a folder. */
export const putInto = (world: World, projectKey: string, folder: ProjectFolderRecord): void => {
  for (const { projectKeys } of world.of(projectFolders).values()) projectKeys.delete(projectKey);
  folder.projectKeys.add(projectKey);
};

/** A folder, as DSS says it. */
export const folderDocument = (world: World, folder: ProjectFolderRecord): JsonObject => ({
  id: folder.id,
  ...(folder.parentId === undefined ? {} : { name: folder.settings.name, parentId: folder.parentId }),
  childrenIds: childrenOf(world, folder.id).map(({ id }) => id),
  projectKeys: [...world.of(projects).keys()].filter((key) => folderOf(world, key) === folder),
});

/** The folders from the root to a folder. */
export const locationOf = (world: World, folder: ProjectFolderRecord): ReadonlyArray<JsonObject> => {
  const parent = folder.parentId === undefined ? undefined : world.of(projectFolders).get(folder.parentId);
  const { name } = folder.settings;
  return [...(parent === undefined ? [] : locationOf(world, parent)), { id: folder.id, name }];
};

/** Whether a folder is another one, or in it. */
export const isWithin = (world: World, folder: ProjectFolderRecord, outer: ProjectFolderRecord): boolean => {
  if (folder === outer) return true;
  const parent = folder.parentId === undefined ? undefined : world.of(projectFolders).get(folder.parentId);
  return parent !== undefined && isWithin(world, parent, outer);
};

const flags = ["read", "writeContents", "admin"];

const isPermission = (value: unknown): boolean =>
  isJsonObject(value) && (typeof value.group === "string") !== (typeof value.user === "string") &&
  flags.every((flag) => value[flag] === undefined || typeof value[flag] === "boolean");

/** Why the settings of a folder cannot be stored. */
export const faultInFolder = (
  world: World,
  { name, owner, permissions = [] }: JsonObject,
): SimulatedRefusal | undefined => {
  if (typeof name !== "string" || name === "") return invalid("A folder needs a name");
  if (typeof owner !== "string" || !world.of(users).has(owner)) {
    return invalid(`There is no user ${owner} to own a folder`);
  }
  return Array.isArray(permissions) && permissions.every(isPermission)
    ? undefined
    : invalid("A permission needs a group or a user, and booleans for what they may do");
};

/** Fills an instance with folders. */
export const seedProjectFolders = (world: World): void => {
  addFolder(world, root, undefined, "Root", "admin");
  addFolder(world, "Ab3dE9x", root, "Data science", "maria").projectKeys.add("CHURN");
  addFolder(world, "Qz81Lm0", "Ab3dE9x", "Archive", "maria");
};
