/**
 * Bundles: versions of projects, exported on design nodes and activated on automation nodes.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Stream from "effect/Stream";
import { type Bundle, BundleReport, Bundles as BundleList, PublishedBundle } from "../../schemas/deploy/bundle.ts";
import { ProjectFromBundle } from "../../schemas/deploy/project_import.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import type {
  ActivateBundleOptions,
  CreateBundleOptions,
  ProjectFromBundleOptions,
  ProjectFromServerBundleOptions,
} from "./project_archive_options.ts";
import { type Content, del, get, path, post, put, type Query } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { startFuture } from "../../src/operation/started_future.ts";

export {
  Bundle,
  BundleManifest,
  BundleReport,
  PublishedBundle,
  type PublishedBundleCodec,
} from "../../schemas/deploy/bundle.ts";
export type {
  ActivateBundleOptions,
  CreateBundleOptions,
  PermissionsPropagation,
  ProjectFromBundleOptions,
  ProjectFromServerBundleOptions,
} from "./project_archive_options.ts";

/** Work on an imported bundle, from its start to its end. */
export type BundleWork = Effect.Effect<BundleReport, DssError | FutureEnd | ContactLost | WaitTimedOut>;

/** The start of work on an imported bundle. */
export type BundleStart = Effect.Effect<FutureOperation<BundleReport>, DssError>;

/**
 * Bundles of projects.
 *
 * DSS answers some of this when the work is done, and newer versions may answer a future: both are followed.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Bundles } from "@effect-dataiku/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const bundles = yield* Bundles;
 *   yield* bundles.create("SALES", "v1", { releaseNotes: "First" });
 *   yield* bundles.import("SALES", bundles.download("SALES", "v1"));
 *   return yield* bundles.activate("SALES", "v1", { scenariosActive: { NIGHTLY_BUILD: true } });
 * });
 * const report = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (report.neededAMigration !== false) throw new Error("unexpected");
 * ```
 */
export interface Bundles {
  /** The bundles that were exported from a project. */
  exported(projectKey: string): Effect.Effect<ReadonlyArray<Bundle>, DssError>;
  /** Exports a bundle of a project. An id that is taken is a `Conflict`. */
  create(projectKey: string, bundleId: string, options?: CreateBundleOptions): Effect.Effect<void, DssError>;
  /** Deletes an exported bundle. */
  deleteExported(projectKey: string, bundleId: string): Effect.Effect<void, DssError>;
  /** The archive of an exported bundle, a ZIP file; `saveToFile` of `./files` writes it. */
  download(projectKey: string, bundleId: string): Stream.Stream<Uint8Array, DssError>;
  /** Publishes an exported bundle to the deployer, by default under the key of its project. */
  publish(
    projectKey: string,
    bundleId: string,
    options?: { readonly publishedProjectKey?: string },
  ): Effect.Effect<PublishedBundle, DssError>;
  /** The bundles that were imported into a project. */
  imported(projectKey: string): Effect.Effect<ReadonlyArray<Bundle>, DssError>;
  /** Imports a bundle into a project; it is not active before `activate`. */
  import(projectKey: string, archive: Content): Effect.Effect<void, DssError>;
  /**
   * Imports a bundle from a file of the server.
   *
   * @param archivePath Absolute path on the machine of DSS, as `/data/v1.zip`.
   */
  importFromServer(projectKey: string, archivePath: string): Effect.Effect<void, DssError>;
  /** Prepares the code environments and models of an imported bundle. */
  preload(projectKey: string, bundleId: string, options?: WaitOptions): BundleWork;
  /** Starts what `preload` does. */
  startPreload(projectKey: string, bundleId: string, options?: WaitOptions): BundleStart;
  /** Makes an imported bundle the content of its project. */
  activate(projectKey: string, bundleId: string, options?: ActivateBundleOptions): BundleWork;
  /** Starts what `activate` does. */
  startActivate(projectKey: string, bundleId: string, options?: ActivateBundleOptions): BundleStart;
  /** Deletes an imported bundle. */
  deleteImported(projectKey: string, bundleId: string): Effect.Effect<void, DssError>;
  /** Makes a project from the archive of a bundle. Its key is that of the original; one that is taken is a `Conflict`. */
  createProject(archive: Content, options?: ProjectFromBundleOptions): Effect.Effect<ProjectFromBundle, DssError>;
  /**
   * Makes a project from a bundle that is a file of the server.
   *
   * @param archivePath Absolute path on the machine of DSS, as `/data/v1.zip`.
   */
  createProjectFromServer(
    archivePath: string,
    options?: ProjectFromServerBundleOptions,
  ): Effect.Effect<ProjectFromBundle, DssError>;
}

/** The query of what makes a project. */
const creation = (options: ProjectFromBundleOptions = {}): Query => {
  const { folderId, permissionsPropagation = "NONE", failOnMissingUsersOrGroups = true } = options;
  return {
    permissionsPropagationPolicy: permissionsPropagation,
    failOnMissingUsersOrGroups,
    projectFolderId: folderId,
  };
};

/** Key of {@linkcode Bundles}, with its layer. */
export const Bundles: DssService<Bundles> = service(
  "Bundles",
  Effect.map(Dss, (dss): Bundles => {
    const listed = (method: string, request: ReturnType<typeof get>) =>
      Effect.map(dss.json(method, request, BundleList), ({ bundles }) => bundles);
    const exported = (method: string, key: string) => listed(method, get(path`/projects/${key}/bundles/exported`));
    const archived = (content: Content) => ({
      parts: [{ name: "file", content, ...(content instanceof File ? {} : { fileName: "bundle.zip" }) }],
    });

    const startPreload: Bundles["startPreload"] = (key, id, options) =>
      startFuture(dss, {
        method: "Bundles.preload",
        request: post(path`/projects/${key}/bundles/imported/${id}/actions/preload`, { slow: true }),
        result: BundleReport,
      }, options);
    const startActivate: Bundles["startActivate"] = (key, id, options = {}) => {
      const { scenariosActive: scenariosActiveOnActivation } = options;
      const request = post(path`/projects/${key}/bundles/imported/${id}/actions/activate`, {
        json: { scenariosActiveOnActivation },
        slow: true,
      });
      return startFuture(dss, { method: "Bundles.activate", request, result: BundleReport }, options);
    };
    return {
      exported: (key) => exported("Bundles.exported", key),
      create: (key, id, { releaseNotes, evaluateProjectStandardsChecks = true } = {}) => {
        const method = "Bundles.create";
        return dss.empty(
          method,
          put(path`/projects/${key}/bundles/exported/${id}`, {
            query: { releaseNotes, evaluateProjectStandardsChecks },
            slow: true,
            // DSS refuses an id that is taken: sent again, a success would look like a failure.
            unlessDone: Effect.map(exported(method, key), (all) => all.some(({ bundleId }) => bundleId === id)),
          }),
        );
      },
      deleteExported: (key, id) =>
        dss.empty("Bundles.deleteExported", del(path`/projects/${key}/bundles/exported/${id}`)),
      download: (key, id) => dss.stream("Bundles.download", get(path`/projects/${key}/bundles/exported/${id}/archive`)),
      publish: (key, id, { publishedProjectKey } = {}) =>
        dss.json(
          "Bundles.publish",
          post(path`/projects/${key}/bundles/${id}/publish`, { query: { publishedProjectKey }, slow: true }),
          PublishedBundle,
        ),
      imported: (key) => listed("Bundles.imported", get(path`/projects/${key}/bundles/imported`)),
      import: (key, archive) =>
        dss.empty(
          "Bundles.import",
          post(path`/projects/${key}/bundles/imported/actions/importFromStream`, archived(archive)),
        ),
      importFromServer: (key, archivePath) =>
        dss.empty(
          "Bundles.importFromServer",
          post(path`/projects/${key}/bundles/imported/actions/importFromArchive`, {
            query: { archivePath },
            slow: true,
          }),
        ),
      preload: (...args) => runOperation(startPreload(...args)),
      startPreload,
      activate: (...args) => runOperation(startActivate(...args)),
      startActivate,
      deleteImported: (key, id) =>
        dss.empty("Bundles.deleteImported", del(path`/projects/${key}/bundles/imported/${id}`)),
      createProject: (archive, options) =>
        dss.json(
          "Bundles.createProject",
          post(path`/projectsFromBundle/`, { query: creation(options), ...archived(archive) }),
          ProjectFromBundle,
        ),
      createProjectFromServer: (archivePath, options) =>
        dss.json(
          "Bundles.createProjectFromServer",
          post(path`/projectsFromBundle/fromArchive`, { query: { archivePath, ...creation(options) }, slow: true }),
          ProjectFromBundle,
        ),
    };
  }),
);
