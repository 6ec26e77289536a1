/**
 * Managed folders: files of any kind in a project.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { ManagedFolder, ManagedFolderUsage } from "../../schemas/flow/managed_folder.ts";
import type { Partitioning } from "../../schemas/flow/partitioning.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureAborted, FutureFailed, FutureLost } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { startFuture } from "../../src/operation/started_future.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";
import { del, get, path, post } from "../../src/transport/request.ts";

export * from "../../schemas/flow/managed_folder.ts";
export * from "../../schemas/flow/managed_folder_edits.ts";
export * from "../../schemas/flow/partitioning.ts";

/** Where a new folder is, and how it is cut into partitions. */
export interface CreateManagedFolderOptions {
  /**
   * The connection; not every instance has the default one.
   *
   * @default {"filesystem_folders"}
   */
  readonly connection?: string;
  /**
   * Path on the connection.
   *
   * @default {"/${projectKey}/${odbId}"}
   */
  readonly path?: string;
  /** Kind of its storage; by default DSS finds it out from the connection. */
  readonly type?: string;
  /** How its files are cut into partitions; by default they are not. */
  readonly partitioning?: Partitioning;
}

/** What goes with a folder. */
export interface DeleteManagedFolderOptions {
  /** Whether its files are deleted too; by default they stay on the storage. A DSS before 15.2 does not look at it: they stay there. */
  readonly dropData?: boolean;
}

/** How the files of a folder are copied. */
export interface CopyManagedFolderOptions extends WaitOptions {
  /**
   * What becomes of the files of the other folder: `OVERWRITE` removes them first, `APPEND` keeps those that are not copied.
   *
   * @default {"OVERWRITE"}
   */
  readonly writeMode?: "OVERWRITE" | "APPEND";
}

/** The folder that files are copied to; it must be there. */
export interface ManagedFolderTarget {
  /** Key of its project. */
  readonly projectKey: string;
  /** Its id. */
  readonly folderId: string;
}

/**
 * Managed folders. Their files are those of `ManagedFolderFiles`.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { addValuePartitioning, ManagedFolders } from "@effect-dataiku/dss/managed-folders";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const folders = yield* ManagedFolders;
 *   const { id } = yield* folders.create("SALES", "letters");
 *   return yield* folders.update("SALES", id, addValuePartitioning("country"));
 * });
 * const { partitioning } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (partitioning?.dimensions?.length !== 1) throw new Error("unexpected");
 * ```
 */
export interface ManagedFolders {
  /** The folders of a project. */
  list(projectKey: string): Effect.Effect<ReadonlyArray<ManagedFolder>, DssError>;
  /** A folder with its settings. */
  get(projectKey: string, folderId: string): Effect.Effect<ManagedFolder, DssError>;
  /** Creates a folder, and gives it with its id. Several may have the same name. */
  create(
    projectKey: string,
    name: string,
    options?: CreateManagedFolderOptions,
  ): Effect.Effect<ManagedFolder, DssError>;
  /**
   * Changes the settings of a folder: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit, see `setFolderConnection`, `addValuePartitioning` and others. What it throws is a defect.
   */
  update(
    projectKey: string,
    folderId: string,
    edit: (folder: ManagedFolder) => ManagedFolder,
  ): Effect.Effect<ManagedFolder, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  save(
    projectKey: string,
    folderId: string,
    next: ManagedFolder,
    options?: SaveOptions<ManagedFolder>,
  ): Effect.Effect<ManagedFolder, DssError | SettingsError>;
  /** Gives a folder another name. Its id and its files stay as they are. */
  rename(projectKey: string, folderId: string, newName: string): Effect.Effect<void, DssError>;
  /** Deletes a folder. Recipes that use it are broken then. */
  delete(projectKey: string, folderId: string, options?: DeleteManagedFolderOptions): Effect.Effect<void, DssError>;
  /** What uses a folder. */
  usages(projectKey: string, folderId: string): Effect.Effect<ReadonlyArray<ManagedFolderUsage>, DssError>;
  /** Copies the files of a folder into another one, waits, and aborts that when it is interrupted. */
  copyTo(
    projectKey: string,
    folderId: string,
    target: ManagedFolderTarget,
    options?: CopyManagedFolderOptions,
  ): Effect.Effect<unknown, DssError | FutureFailed | FutureAborted | FutureLost | ContactLost | WaitTimedOut>;
  /** Starts what `copyTo` does, and gives its operation. */
  startCopyTo(
    projectKey: string,
    folderId: string,
    target: ManagedFolderTarget,
    options?: CopyManagedFolderOptions,
  ): Effect.Effect<FutureOperation<unknown>, DssError>;
}

/** Key of {@linkcode ManagedFolders}, with its layer. */
export const ManagedFolders: DssService<ManagedFolders> = service(
  "ManagedFolders",
  Effect.map(Dss, (dss): ManagedFolders => {
    const { read, update, save } = editing(dss, {
      methods: ["ManagedFolders.get", "ManagedFolders.update", "ManagedFolders.save"],
      schema: ManagedFolder,
      at: (projectKey: string, folderId: string) => path`/projects/${projectKey}/managedfolders/${folderId}`,
    });
    const startCopyTo: ManagedFolders["startCopyTo"] = (projectKey, folderId, target, options = {}) => {
      const { writeMode = "OVERWRITE" } = options;
      const json = { targetProjectKey: target.projectKey, targetFolderId: target.folderId, writeMode };
      return startFuture(dss, {
        method: "ManagedFolders.copyTo",
        request: post(path`/projects/${projectKey}/managedfolders/${folderId}/actions/copyTo`, { json }),
        result: Schema.Unknown,
      }, options);
    };
    return {
      list: (projectKey) =>
        dss.json(
          "ManagedFolders.list",
          get(path`/projects/${projectKey}/managedfolders/`),
          Schema.Array(ManagedFolder),
        ),
      get: read,
      create: (projectKey, name, options = {}) => {
        const { type = null, connection = "filesystem_folders", partitioning } = options;
        const params = { connection, path: options.path ?? "/${projectKey}/${odbId}" };
        const json = { name, projectKey, type, params, ...(partitioning === undefined ? {} : { partitioning }) };
        return dss.json(
          "ManagedFolders.create",
          post(path`/projects/${projectKey}/managedfolders/`, { json }),
          ManagedFolder,
        );
      },
      update,
      save,
      rename: (projectKey, id, newName) =>
        dss.empty(
          "ManagedFolders.rename",
          post(path`/projects/${projectKey}/actions/renameManagedFolder`, { json: { id, newName } }),
        ),
      delete: (projectKey, folderId, { dropData = false } = {}) =>
        dss.empty(
          "ManagedFolders.delete",
          del(path`/projects/${projectKey}/managedfolders/${folderId}`, { query: { dropData } }),
        ),
      usages: (projectKey, folderId) =>
        dss.json(
          "ManagedFolders.usages",
          get(path`/projects/${projectKey}/managedfolders/${folderId}/usages`),
          Schema.Array(ManagedFolderUsage),
        ),
      copyTo: (...args) => runOperation(startCopyTo(...args)),
      startCopyTo,
    };
  }),
);
