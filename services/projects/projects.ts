/**
 * Projects: listed, created, duplicated, deleted, and what happened in them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import {
  GeneratedDescription,
  Project,
  ProjectDuplication,
  ProjectInterest,
  ProjectTimeline,
} from "../../schemas/projects/project.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import type {
  CreateProjectOptions,
  DeleteProjectOptions,
  DuplicateProjectOptions,
  GenerateDescriptionOptions,
  ListProjectsOptions,
  TimelineOptions,
} from "./project_options.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { startFuture } from "../../src/operation/started_future.ts";

export * from "../../schemas/projects/project.ts";
export type * from "./project_options.ts";

/** The operation of a deletion; its result is what DSS says of it, if anything. */
export type ProjectDeletion = FutureOperation<unknown>;

/**
 * Projects.
 *
 * DSS answers `Forbidden` for a project that does not exist, as for one that may not be read.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Projects } from "@effect-dataiku/dss/projects";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const projects = yield* Projects;
 *   yield* projects.duplicate("SALES", "SALES_TEST", "Sales, to try things out");
 *   const keys = yield* projects.keys();
 *   yield* projects.delete("SALES_TEST");
 *   return keys;
 * });
 * const keys = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (!keys.includes("SALES_TEST")) throw new Error("unexpected");
 * ```
 */
export interface Projects {
  /** The keys of the projects that may be read. */
  keys(): Effect.Effect<ReadonlyArray<string>, DssError>;
  /** The projects that may be read. */
  list(options?: ListProjectsOptions): Effect.Effect<ReadonlyArray<Project>, DssError>;
  /** One project, as lists show it. */
  get(projectKey: string): Effect.Effect<Project, DssError>;
  /**
   * Creates a project, and gives its key. A key that is taken is refused with `Conflict`.
   *
   * @param owner Login of its owner.
   */
  create(
    projectKey: string,
    name: string,
    owner: string,
    options?: CreateProjectOptions,
  ): Effect.Effect<string, DssError>;
  /** Duplicates a project; the call ends when the copy is there. */
  duplicate(
    projectKey: string,
    targetKey: string,
    targetName: string,
    options?: DuplicateProjectOptions,
  ): Effect.Effect<ProjectDuplication, DssError>;
  /** Deletes a project with all that is in it, and waits for the end. */
  delete(
    projectKey: string,
    options?: DeleteProjectOptions,
  ): Effect.Effect<void, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** Starts the deletion of a project. When DSS forgets its future, the list of projects tells whether it ended well. */
  startDelete(projectKey: string, options?: DeleteProjectOptions): Effect.Effect<ProjectDeletion, DssError>;
  /** How many people care for a project. */
  interest(projectKey: string): Effect.Effect<ProjectInterest, DssError>;
  /** What happened in a project, latest first. */
  timeline(projectKey: string, options?: TimelineOptions): Effect.Effect<ProjectTimeline, DssError>;
  /** Lets DSS describe a project, which needs its AI services. */
  generateDescription(
    projectKey: string,
    options?: GenerateDescriptionOptions,
  ): Effect.Effect<string, DssError>;
  /** Applies the permissions of a project to the files of its datasets on HDFS, and waits for the end. */
  syncDatasetAcls(
    projectKey: string,
    options?: WaitOptions,
  ): Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** Starts to apply the permissions of a project to the files of its datasets on HDFS. */
  startSyncDatasetAcls(projectKey: string, options?: WaitOptions): Effect.Effect<FutureOperation<unknown>, DssError>;
}

const Keys = Schema.Array(Schema.Struct({ projectKey: Schema.String }));

/** Key of {@linkcode Projects}, with its layer. */
export const Projects: DssService<Projects> = service(
  "Projects",
  Effect.map(Dss, (dss): Projects => {
    const keys = (method: string): Effect.Effect<ReadonlyArray<string>, DssError> =>
      Effect.map(dss.json(method, get(path`/projects/`), Keys), (all) => all.map(({ projectKey }) => projectKey));
    const startDelete: Projects["startDelete"] = (projectKey, options = {}) => {
      const {
        clearManagedDatasets = false,
        clearManagedKnowledgeBanks = false,
        clearOutputManagedFolders = false,
        clearJobAndScenarioLogs = true,
      } = options;
      const query = {
        clearManagedDatasets,
        clearManagedKnowledgeBanks,
        clearOutputManagedFolders,
        clearJobAndScenarioLogs,
        wait: false,
      };
      const method = "Projects.delete";
      return startFuture(dss, {
        method,
        request: del(path`/projects/${projectKey}`, { query }),
        result: Schema.Unknown,
        forgotten: Effect.map(keys(method), (all) => all.includes(projectKey) ? Option.none() : Option.some(undefined)),
      }, options);
    };
    const startSyncDatasetAcls: Projects["startSyncDatasetAcls"] = (projectKey, options) =>
      startFuture(dss, {
        method: "Projects.syncDatasetAcls",
        request: post(path`/projects/${projectKey}/actions/sync`),
        result: Schema.Unknown,
      }, options);
    return {
      keys: () => keys("Projects.keys"),
      list: ({ includeLocation = false } = {}) =>
        dss.json("Projects.list", get(path`/projects/`, { query: { includeLocation } }), Schema.Array(Project)),
      get: (projectKey) => dss.json("Projects.get", get(path`/projects/${projectKey}`), Project),
      create: (projectKey, name, owner, options = {}) => {
        const { description = null, settings = null, folderId: projectFolderId, permissions = [], tags = [] } = options;
        const json = { projectKey, name, owner, settings, description, permissions, tags };
        const request = post(path`/projects/`, { query: { projectFolderId }, json });
        return Effect.as(dss.empty("Projects.create", request), projectKey);
      },
      duplicate: (projectKey, targetProjectKey, targetProjectName, options = {}) => {
        const { mode: duplicationMode = "MINIMAL", analysisModels: exportAnalysisModels = true } = options;
        const { savedModels: exportSavedModels = true, gitRepository: exportGitRepository = null } = options;
        const { insightsData: exportInsightsData = true, remapping = {}, folderId: targetProjectFolderId } = options;
        return dss.json(
          "Projects.duplicate",
          post(path`/projects/${projectKey}/duplicate/`, {
            slow: true,
            json: {
              targetProjectName,
              targetProjectKey,
              duplicationMode,
              exportAnalysisModels,
              exportSavedModels,
              exportGitRepository,
              exportInsightsData,
              remapping,
              targetProjectFolderId,
            },
          }),
          ProjectDuplication,
        );
      },
      delete: (projectKey, options) => Effect.asVoid(runOperation(startDelete(projectKey, options))),
      startDelete,
      interest: (projectKey) =>
        dss.json("Projects.interest", get(path`/projects/${projectKey}/interest`), ProjectInterest),
      timeline: (projectKey, { limit: itemCount = 100 } = {}) =>
        dss.json(
          "Projects.timeline",
          get(path`/projects/${projectKey}/timeline`, { query: { itemCount } }),
          ProjectTimeline,
        ),
      generateDescription: (projectKey, options = {}) => {
        const { language = "english", purpose = "generic", length = "medium", save: saveDescription = false } = options;
        const request = post(path`/projects/${projectKey}/generate-ai-description`, {
          query: { language, purpose, length, saveDescription },
          slow: true,
        });
        return Effect.map(dss.json("Projects.generateDescription", request, GeneratedDescription), ({ msg }) => msg);
      },
      syncDatasetAcls: (projectKey, options) => runOperation(startSyncDatasetAcls(projectKey, options)),
      startSyncDatasetAcls,
    };
  }),
);
