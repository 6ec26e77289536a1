/**
 * Folders of projects: looked through, created, moved, edited, deleted.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { ProjectFolder, ProjectFolderSettings } from "../../schemas/projects/project_folder.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/projects/project_folder.ts";

/** How a project is moved. */
export interface MoveProjectOptions {
  /** Id of the folder that it is in; by default DSS is asked for it. */
  readonly from?: string;
}

/**
 * Folders of projects. DSS has no list of them: one begins at the root, or where a project is.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { ProjectFolders, rootProjectFolder } from "@effect-dataiku/dss/project-folders";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const folders = yield* ProjectFolders;
 *   const finance = yield* folders.create(rootProjectFolder, "Finance");
 *   yield* folders.moveProject("SALES", finance.id);
 *   return yield* folders.path((yield* folders.ofProject("SALES")).id);
 * });
 * const found = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (found !== "/Finance") throw new Error("unexpected");
 * ```
 */
export interface ProjectFolders {
  /** The folder above all others. */
  root(): Effect.Effect<ProjectFolder, DssError>;
  /** One folder. */
  get(id: string): Effect.Effect<ProjectFolder, DssError>;
  /** The folder that a project is in. */
  ofProject(projectKey: string): Effect.Effect<ProjectFolder, DssError>;
  /** The folder that a folder is in; `undefined` for the root. */
  parent(id: string): Effect.Effect<ProjectFolder | undefined, DssError>;
  /** The folders in a folder; each is asked for by itself. */
  children(id: string): Effect.Effect<ReadonlyArray<ProjectFolder>, DssError>;
  /** The names from the root to a folder, as `/Finance/Closed`; that of the root is `/`. */
  path(id: string): Effect.Effect<string, DssError>;
  /** The folder that projects go into which are created while one looks at a folder. */
  defaultForNewProjects(id: string): Effect.Effect<ProjectFolder, DssError>;
  /** Creates a folder in a folder. */
  create(parentId: string, name: string): Effect.Effect<ProjectFolder, DssError>;
  /** Moves a folder, with all that is in it, into another one. */
  move(id: string, destinationId: string): Effect.Effect<void, DssError>;
  /** Moves a project into a folder. */
  moveProject(projectKey: string, destinationId: string, options?: MoveProjectOptions): Effect.Effect<void, DssError>;
  /** The settings of a folder. */
  settings(id: string): Effect.Effect<ProjectFolderSettings, DssError>;
  /**
   * Changes the settings of a folder: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateSettings(
    id: string,
    edit: (settings: ProjectFolderSettings) => ProjectFolderSettings,
  ): Effect.Effect<ProjectFolderSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    id: string,
    next: ProjectFolderSettings,
    options?: SaveOptions<ProjectFolderSettings>,
  ): Effect.Effect<ProjectFolderSettings, DssError | SettingsError>;
  /** Deletes a folder, which must be empty. */
  delete(id: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode ProjectFolders}, with its layer. */
export const ProjectFolders: DssService<ProjectFolders> = service(
  "ProjectFolders",
  Effect.map(Dss, (dss): ProjectFolders => {
    const read = (method: string, id: string): Effect.Effect<ProjectFolder, DssError> =>
      dss.json(method, get(path`/project-folders/${id}`), ProjectFolder);
    const locate = (method: string, projectKey: string): Effect.Effect<ProjectFolder, DssError> =>
      dss.json(method, get(path`/project-folders/locate-project/${projectKey}`), ProjectFolder);
    const settings = editing(dss, {
      methods: ["ProjectFolders.settings", "ProjectFolders.updateSettings", "ProjectFolders.saveSettings"],
      schema: ProjectFolderSettings,
      at: (id: string) => path`/project-folders/${id}/settings`,
    });
    return {
      root: () => dss.json("ProjectFolders.root", get(path`/project-folders/ROOT`), ProjectFolder),
      get: (id) => read("ProjectFolders.get", id),
      ofProject: (projectKey) => locate("ProjectFolders.ofProject", projectKey),
      parent: (id) =>
        Effect.flatMap(
          read("ProjectFolders.parent", id),
          ({ parentId }) => typeof parentId === "string" ? read("ProjectFolders.parent", parentId) : Effect.undefined,
        ),
      children: (id) =>
        Effect.flatMap(
          read("ProjectFolders.children", id),
          ({ childrenIds }) => Effect.forEach(childrenIds, (child) => read("ProjectFolders.children", child)),
        ),
      path: (id) =>
        Effect.gen(function* () {
          const names: Array<string> = [];
          let at = yield* read("ProjectFolders.path", id);
          while (typeof at.parentId === "string") {
            names.unshift(at.name ?? at.id);
            at = yield* read("ProjectFolders.path", at.parentId);
          }
          return `/${names.join("/")}`;
        }),
      defaultForNewProjects: (id) =>
        dss.json(
          "ProjectFolders.defaultForNewProjects",
          get(path`/project-folders/${id}/default-for-project-creation`),
          ProjectFolder,
        ),
      create: (parentId, name) =>
        dss.json(
          "ProjectFolders.create",
          post(path`/project-folders/${parentId}/children`, { query: { name } }),
          ProjectFolder,
        ),
      move: (id, destination) =>
        dss.empty("ProjectFolders.move", post(path`/project-folders/${id}/move`, { query: { destination } })),
      moveProject: (projectKey, destination, { from } = {}) => {
        const method = "ProjectFolders.moveProject";
        const origin = from === undefined
          ? Effect.map(locate(method, projectKey), ({ id }) => id)
          : Effect.succeed(from);
        return Effect.flatMap(
          origin,
          (id) =>
            dss.empty(
              method,
              post(path`/project-folders/${id}/projects/${projectKey}/move`, { query: { destination } }),
            ),
        );
      },
      settings: settings.read,
      updateSettings: settings.update,
      saveSettings: settings.save,
      delete: (id) => dss.empty("ProjectFolders.delete", del(path`/project-folders/${id}`)),
    };
  }),
);
