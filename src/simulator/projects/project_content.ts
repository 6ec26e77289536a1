/**
 * The content of projects of the simulated DSS: what an export writes and an import reads, what bundles hold, what copies have.
 *
 * Slices say themselves whether they belong to it, so that it grows with them.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { invalid, type SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import { filesOf, jsonIn } from "../kernel/uploaded_file.ts";
import type { World } from "../kernel/world.ts";
import { writeZip } from "../kernel/zip.ts";
import type { DataTaken, ProjectContent, ProjectSlice } from "./project_slice.ts";
import { addProject, type SimulatedProject } from "./projects_state.ts";

/** The content of a project. */
export interface Content {
  /** Its own documents: metadata, settings, tags, variables. */
  readonly documents: JsonObject;
  /** Documents of slices by path: `datasets/orders`. */
  readonly files: ReadonlyMap<string, JsonObject>;
}

/** The content of a project in an archive. */
export interface ArchivedProject extends Content {
  /** What the archive says of itself. */
  readonly manifest: JsonObject;
  readonly projectKey: string;
}

const folder = "project_config";

/** The slices that belong to content, each with how. */
const contentSlices = (
  { declared }: World,
): ReadonlyArray<{ readonly slice: ProjectSlice<unknown>; readonly content: ProjectContent<unknown> }> =>
  declared.nested.flatMap((slice: ProjectSlice<unknown>) => {
    const { content } = slice;
    return content === undefined ? [] : [{ slice, content }];
  });

/** Takes the content of a project. */
const contentOf = (
  world: World,
  project: SimulatedProject,
  data: DataTaken,
  filesOfFolders: DataTaken = data,
): Content => {
  const { metadata, settings, tags, variables } = project.documents;
  const files = contentSlices(world).flatMap(({ slice, content }) =>
    [...content.take(project.of(slice), project, data, filesOfFolders)].map(([name, document]) =>
      [`${slice.name}/${name}`, document as JsonObject] as const
    )
  );
  return { documents: { metadata, settings, tags, variables }, files: new Map(files) };
};

/** Puts content in place of that of a project; what does not belong to content, as its runs and jobs, stays. */
export const putContent = (
  world: World,
  project: SimulatedProject,
  { documents, files }: Content,
  now: number,
): void => {
  const { metadata, settings, tags, variables } = documents as Record<string, JsonObject>;
  Object.assign(project.documents, { metadata, settings, tags, variables });
  for (const { slice, content } of contentSlices(world)) {
    const own = [...files].filter(([path]) => path.startsWith(`${slice.name}/`)).map(([, document]) => document);
    content.put(project.of(slice), own, { world, project, now });
  }
};

/** Which files of managed folders an export takes along. */
const filesExported = ({ exportManagedFolders, exportAllInputManagedFolders }: JsonObject): DataTaken => {
  if (exportManagedFolders === true) return "all";
  return exportAllInputManagedFolders === true ? "of sources" : "none";
};

/** The archive of a project. */
export const archiveOf = (
  world: World,
  project: SimulatedProject,
  exportedWithOptions: JsonObject,
  more: JsonObject = {},
): Uint8Array<ArrayBuffer> => {
  const { documents, files } = contentOf(
    world,
    project,
    exportedWithOptions.exportAllDatasets === true ? "all" : "none",
    filesExported(exportedWithOptions),
  );
  const all: ReadonlyArray<readonly [string, unknown]> = [
    ["export-manifest.json", {
      ...more,
      originalProjectKey: project.projectKey,
      manifestVersion: 3,
      generatedWithDSSVersion: "14.3.3",
      exportedWithOptions,
      exportedWithPlugins: [],
      requiredConnections: {},
      usedCodeEnvRefs: [],
    }],
    [`${folder}/params.json`, documents],
    ...[...files].map(([path, document]) => [`${folder}/${path}.json`, document] as const),
  ];
  return writeZip(all.map(([path, value]) => [path, new TextEncoder().encode(JSON.stringify(value))] as const));
};

/** The project in an archive. */
export const projectIn = (archive: Uint8Array): Effect.Effect<ArchivedProject, SimulatedRefusal> =>
  Effect.flatMap(filesOf(archive), (archived) => {
    const manifest = jsonIn(archived, "export-manifest.json");
    const documents = jsonIn(archived, `${folder}/params.json`);
    if (typeof manifest?.originalProjectKey !== "string" || !isJsonObject(documents?.metadata)) {
      return Effect.fail(invalid("The archive is not that of a project: it has no export-manifest.json"));
    }
    const files = new Map<string, JsonObject>();
    for (const path of archived.keys()) {
      const [, name] = /^project_config\/(.+\/.+)\.json$/.exec(path) ?? [];
      const document = name === undefined ? undefined : jsonIn(archived, path);
      if (name !== undefined && document !== undefined) files.set(name, document);
    }
    return Effect.succeed({ manifest, projectKey: manifest.originalProjectKey, documents, files });
  });

/** Makes a project from an archive; its scenarios are not active. */
export const addArchived = (
  world: World,
  archived: ArchivedProject,
  projectKey: string,
  { login, now }: { readonly login: string; readonly now: number },
): SimulatedProject => {
  const name = String((archived.documents.metadata as JsonObject).label);
  const project = addProject(world, { projectKey, name, owner: login }, login, now);
  putContent(world, project, archived, now);
  return project;
};

/** Copies a project; what does not belong to content, as its runs and jobs, is left behind. */
export const copyProject = (
  world: World,
  from: SimulatedProject,
  to: { readonly projectKey: string; readonly name: string },
  { login, now, data }: { readonly login: string; readonly now: number; readonly data: DataTaken },
): SimulatedProject => {
  const copy = addProject(world, { ...to, owner: login }, login, now);
  const { documents, files } = contentOf(world, from, data);
  const { metadata } = from.documents;
  putContent(world, copy, { documents: { ...documents, metadata: { ...metadata, label: to.name } }, files }, now);
  return copy;
};
