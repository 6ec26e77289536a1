/**
 * Managed folders of the simulated DSS, and the storage that holds their files.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, missing, type SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type DataTaken, type ProjectSlice, projectSlice } from "../projects/project_slice.ts";
import { findProject, type SimulatedProject } from "../projects/projects_state.ts";
import { recipes } from "./recipes_state.ts";

/** A file on the storage. */
export interface StoredFile {
  readonly bytes: Uint8Array;
  /** When it was written, in milliseconds since 1970. */
  readonly lastModified: number;
}

/** Files by path, which begins with a slash. */
export type StoredFiles = Map<string, StoredFile>;

/** What folders of a project have stored, by connection and path there: it stays when the folder goes. */
export const folderStorage: ProjectSlice<Map<string, StoredFiles>> = projectSlice("folderStorage", () => new Map());

/** Where on the storage the files of a folder are. */
const placeOf = ({ projectKey }: SimulatedProject, { id, params }: JsonObject): string => {
  const { connection, path, bucket, container } = isJsonObject(params) ? params : {};
  const resolved = String(path ?? "").replaceAll("${projectKey}", projectKey).replaceAll("${odbId}", String(id));
  return `${connection}:${bucket ?? container ?? ""}/${resolved.replaceAll(/^\/+|\/+$/g, "")}`;
};

/** The files of a folder. */
export const filesOfFolder = (project: SimulatedProject, folder: JsonObject): StoredFiles => {
  const storage = project.of(folderStorage);
  const place = placeOf(project, folder);
  const files = storage.get(place) ?? new Map<string, StoredFile>();
  storage.set(place, files);
  return files;
};

const toText = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const toBytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** Whether the files of a folder go with the content of its project. */
const areTaken = (project: SimulatedProject, id: string, data: DataTaken): boolean =>
  data === "all" ||
  (data === "of sources" && ![...project.of(recipes).values()].some(({ outputs }) => outputs.includes(id)));

/** Managed folders by id; replaced as a whole, never changed. */
export const managedFolders: ProjectSlice<Map<string, JsonObject>> = projectSlice("managedFolders", () => new Map(), {
  content: {
    take: (held, project, _, data) =>
      [...held].map(([id, folder]) => {
        const files = [...filesOfFolder(project, folder)].map(([path, { bytes, lastModified }]) => ({
          path,
          lastModified,
          content: toText(bytes),
        }));
        return [id, areTaken(project, id, data) ? { folder, files } : { folder }];
      }),
    put: (held, documents, { project }) => {
      held.clear();
      for (const { folder, files } of documents) {
        const { projectKey } = project;
        const document: JsonObject = { ...folder as JsonObject, projectKey };
        held.set(String(document.id), document);
        if (files === undefined) continue;
        const stored = filesOfFolder(project, document);
        stored.clear();
        for (const { path, content, lastModified } of jsonObjects(files)) {
          stored.set(String(path), { bytes: toBytes(String(content)), lastModified: Number(lastModified) });
        }
      }
    },
  },
});

/** A folder, and the project that it is in. */
export interface FoundFolder {
  readonly project: SimulatedProject;
  readonly folder: JsonObject;
}

/** A folder of a project. */
export const findFolder = (
  world: World,
  projectKey: string | undefined,
  id: unknown,
): Effect.Effect<FoundFolder, SimulatedRefusal> =>
  Effect.flatMap(findProject(world, projectKey), (project) => {
    const folder = project.of(managedFolders).get(String(id));
    return folder === undefined
      ? Effect.fail(missing(`Managed folder ${projectKey}.${id}`))
      : Effect.succeed({ project, folder });
  });

/** The folder that a request names. */
export const folderNamed = (world: World, { params }: Call): Effect.Effect<FoundFolder, SimulatedRefusal> =>
  findFolder(world, params.projectKey, params.folderId);

const version = (versionNumber: number, login: string, now: number): JsonObject => ({
  versionNumber,
  lastModifiedBy: { login },
  lastModifiedOn: now,
});

/** A new folder, whole. */
export const completeFolder = (sent: JsonObject, login: string, now: number): JsonObject => ({
  flowOptions: { virtualizable: false, rebuildBehavior: "NORMAL", crossProjectBuildBehavior: "DEFAULT" },
  metrics: {
    probes: [{
      type: "basic",
      enabled: true,
      computeOnBuildMode: "PARTITION",
      meta: { name: "Basic data", level: 0 },
      configuration: {},
    }],
    engineConfig: { padRunsWithMetrics: false, basic: {} },
    displayedState: { metrics: ["basic:COUNT_FILES", "basic:SIZE"], columns: [] },
  },
  checks: { runOnBuild: false, checks: [], displayedState: { checks: [], partition: "NP" } },
  tags: [],
  customFields: {},
  checklists: { checklists: [] },
  partitioning: { dimensions: [] },
  ...sent,
  params: {
    notReadyIfEmpty: false,
    filesSelectionRules: { mode: "ALL", excludeRules: [], includeRules: [], explicitFiles: [] },
    ...sent.params as JsonObject,
  },
  creationTag: version(0, login, now),
  versionTag: version(0, login, now),
});

/** Puts a folder in place of what it was; its version goes up. */
export const putFolder = ({ project, folder }: FoundFolder, next: JsonObject, login: string, now: number): void => {
  const { versionNumber } = folder.versionTag as { readonly versionNumber: number };
  const { id, projectKey, creationTag } = folder;
  const versionTag = version(versionNumber + 1, login, now);
  project.of(managedFolders).set(String(id), { ...next, id, projectKey, creationTag, versionTag });
};
