/**
 * Plugins: what is installed, what uses it, and how it is installed, updated and removed.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import { Plugin, PluginResult, PluginUsages, ProjectPluginUsages } from "../../schemas/code/plugin.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import type { CreatePluginCodeEnvOptions, DeletePluginOptions, PluginFromGitOptions } from "./plugin_options.ts";
import { type Content, type DssRequest, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { type StartedFutureSpec, startFuture } from "../../src/operation/started_future.ts";
import { unsuccessful } from "./unsuccessful.ts";

export * from "../../schemas/code/plugin.ts";
export type * from "./plugin_options.ts";

/** Work on a plugin, from its start to its end. */
export type PluginWork = Effect.Effect<PluginResult, DssError | FutureEnd | ContactLost | WaitTimedOut>;

/** The start of work on a plugin. */
export type PluginStart = Effect.Effect<FutureOperation<PluginResult>, DssError>;

/**
 * Plugins.
 *
 * What takes long comes twice: `installFromStore` waits for the end, and aborts the work when the wait is interrupted;
 * `startInstallFromStore` gives its operation. Work that fails is a `FutureFailed`. Starts are never sent twice: a lost answer is
 * `OutcomeUnknown`. Changing plugins needs an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Plugins, PluginUsages } from "@effect-dataiku/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * // Which plugins are surely not used?
 * const program = Effect.gen(function* () {
 *   const plugins = yield* Plugins;
 *   const unused: Array<string> = [];
 *   for (const { id } of yield* plugins.list()) {
 *     if (!PluginUsages.mayBeUsed(yield* plugins.usages(id))) unused.push(id);
 *   }
 *   return unused;
 * });
 * const unused = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (unused.join() !== "toolbox") throw new Error(unused.join());
 * ```
 */
export interface Plugins {
  /** The plugins that are installed. */
  list(): Effect.Effect<ReadonlyArray<Plugin>, DssError>;
  /** What uses a plugin, on the whole instance or in one project. */
  usages(pluginId: string, options?: { readonly projectKey?: string }): Effect.Effect<PluginUsages, DssError>;
  /** What a project uses of all plugins. */
  projectUsages(projectKey: string): Effect.Effect<ReadonlyArray<ProjectPluginUsages>, DssError>;
  /** The archive of a plugin that is developed on this instance, a ZIP file; `saveToFile` of `./files` writes it. */
  download(pluginId: string): Stream.Stream<Uint8Array, DssError>;
  /**
   * Installs a plugin from its archive in one request, as all versions of DSS know it; it is answered when the work is done. A plugin that is
   * there already is a `Conflict`, see `updateFromArchive`.
   */
  installFromArchive(archive: Content): PluginWork;
  /** Starts to install a plugin from its archive. */
  startInstallFromArchive(archive: Content, options?: WaitOptions): PluginStart;
  /** Installs a plugin from the store of Dataiku, which DSS must be able to reach. */
  installFromStore(pluginId: string, options?: WaitOptions): PluginWork;
  /** Starts what `installFromStore` does. */
  startInstallFromStore(pluginId: string, options?: WaitOptions): PluginStart;
  /** Installs a plugin from a Git repository, which DSS must be able to reach. */
  installFromGit(repositoryUrl: string, options?: PluginFromGitOptions): PluginWork;
  /** Starts what `installFromGit` does. */
  startInstallFromGit(repositoryUrl: string, options?: PluginFromGitOptions): PluginStart;
  /** Replaces a plugin by what is in an archive, in one request that is answered when the work is done. */
  updateFromArchive(pluginId: string, archive: Content): PluginWork;
  /** Starts to replace a plugin by what is in an archive. */
  startUpdateFromArchive(pluginId: string, archive: Content, options?: WaitOptions): PluginStart;
  /** Brings a plugin up to date from the store of Dataiku. */
  updateFromStore(pluginId: string, options?: WaitOptions): PluginWork;
  /** Starts what `updateFromStore` does. */
  startUpdateFromStore(pluginId: string, options?: WaitOptions): PluginStart;
  /** Replaces a plugin by what is in a Git repository. */
  updateFromGit(pluginId: string, repositoryUrl: string, options?: PluginFromGitOptions): PluginWork;
  /** Starts what `updateFromGit` does. */
  startUpdateFromGit(pluginId: string, repositoryUrl: string, options?: PluginFromGitOptions): PluginStart;
  /** Builds the code environment that a plugin asks for; the result has its name. It is used once the settings name it. */
  createCodeEnv(pluginId: string, options?: CreatePluginCodeEnvOptions): PluginWork;
  /** Starts what `createCodeEnv` does. */
  startCreateCodeEnv(pluginId: string, options?: CreatePluginCodeEnvOptions): PluginStart;
  /** Builds the code environment of a plugin anew. */
  updateCodeEnv(pluginId: string, options?: WaitOptions): PluginWork;
  /** Starts what `updateCodeEnv` does. */
  startUpdateCodeEnv(pluginId: string, options?: WaitOptions): PluginStart;
  /** Removes a plugin. One that is used stays, unless it is forced. */
  delete(pluginId: string, options?: DeletePluginOptions): PluginWork;
  /** Starts what `delete` does. */
  startDelete(pluginId: string, options?: DeletePluginOptions): PluginStart;
}

/** Key of {@linkcode Plugins}, with its layer. */
export const Plugins: DssService<Plugins> = service(
  "Plugins",
  Effect.map(Dss, (dss): Plugins => {
    const list = (method: string) => dss.json(method, get(path`/plugins/`), Schema.Array(Plugin));
    const start = (
      method: string,
      request: DssRequest,
      options?: WaitOptions,
      more: Pick<StartedFutureSpec<PluginResult>, "forgotten"> = {},
    ): PluginStart =>
      startFuture(dss, { method, request, result: PluginResult, failed: unsuccessful, ...more }, options);
    /** A future that is forgotten is no loss when the list shows what it was for. */
    const shows = (method: string, isDone: (plugins: ReadonlyArray<Plugin>) => boolean) => ({
      forgotten: Effect.map(
        list(method),
        (plugins): Option.Option<PluginResult> => isDone(plugins) ? Option.some({}) : Option.none(),
      ),
    });
    const archived = (content: Content) => ({ parts: [{ name: "file", fileName: "plugin.zip", content }] });
    const repository = (
      gitRepositoryUrl: string,
      { checkout: gitCheckout = "master", subpath }: PluginFromGitOptions = {},
    ) => ({ json: { gitRepositoryUrl, gitCheckout, gitSubpath: subpath ?? null } });

    const startInstallFromStore: Plugins["startInstallFromStore"] = (pluginId, options) => {
      const method = "Plugins.installFromStore";
      const request = post(path`/plugins/actions/installFromStore`, { json: { pluginId } });
      return start(method, request, options, shows(method, (all) => all.some(({ id }) => id === pluginId)));
    };
    const startInstallFromGit: Plugins["startInstallFromGit"] = (url, options) =>
      start("Plugins.installFromGit", post(path`/plugins/actions/installFromGit`, repository(url, options)), options);
    const startUpdateFromStore: Plugins["startUpdateFromStore"] = (id, options) =>
      start("Plugins.updateFromStore", post(path`/plugins/${id}/actions/updateFromStore`), options);
    const startUpdateFromGit: Plugins["startUpdateFromGit"] = (id, url, options) => {
      const request = post(path`/plugins/${id}/actions/updateFromGit`, repository(url, options));
      return start("Plugins.updateFromGit", request, options);
    };
    const startCreateCodeEnv: Plugins["startCreateCodeEnv"] = (id, options = {}) => {
      const { pythonInterpreter = null, conda = false } = options;
      const json = { deploymentMode: "PLUGIN_MANAGED", conda, pythonInterpreter };
      return start("Plugins.createCodeEnv", post(path`/plugins/${id}/code-env/actions/create`, { json }), options);
    };
    const startUpdateCodeEnv: Plugins["startUpdateCodeEnv"] = (id, options) =>
      start("Plugins.updateCodeEnv", post(path`/plugins/${id}/code-env/actions/update`), options);
    const startDelete: Plugins["startDelete"] = (pluginId, options = {}) => {
      const method = "Plugins.delete";
      const request = post(path`/plugins/${pluginId}/actions/delete`, { json: { force: options.force ?? false } });
      return start(method, request, options, shows(method, (all) => all.every(({ id }) => id !== pluginId)));
    };
    return {
      list: () => list("Plugins.list"),
      usages: (pluginId, { projectKey } = {}) =>
        dss.json(
          "Plugins.usages",
          get(path`/plugins/${pluginId}/actions/listUsages`, { query: { projectKey } }),
          PluginUsages,
        ),
      projectUsages: (projectKey) =>
        dss.json(
          "Plugins.projectUsages",
          get(path`/projects/${projectKey}/plugins/usages`),
          Schema.Array(ProjectPluginUsages),
        ),
      download: (pluginId) => dss.stream("Plugins.download", get(path`/plugins/${pluginId}/download`)),
      installFromArchive: (archive) =>
        runOperation(
          start("Plugins.installFromArchive", post(path`/plugins/actions/installFromZip`, archived(archive))),
        ),
      startInstallFromArchive: (archive, options) => {
        const request = post(path`/plugins/actions/future/installFromZip`, archived(archive));
        return start("Plugins.installFromArchive", request, options);
      },
      installFromStore: (...args) => runOperation(startInstallFromStore(...args)),
      startInstallFromStore,
      installFromGit: (...args) => runOperation(startInstallFromGit(...args)),
      startInstallFromGit,
      updateFromArchive: (pluginId, archive) => {
        const request = post(path`/plugins/${pluginId}/actions/updateFromZip`, archived(archive));
        return runOperation(start("Plugins.updateFromArchive", request));
      },
      startUpdateFromArchive: (pluginId, archive, options) => {
        const request = post(path`/plugins/${pluginId}/actions/future/updateFromZip`, archived(archive));
        return start("Plugins.updateFromArchive", request, options);
      },
      updateFromStore: (...args) => runOperation(startUpdateFromStore(...args)),
      startUpdateFromStore,
      updateFromGit: (...args) => runOperation(startUpdateFromGit(...args)),
      startUpdateFromGit,
      createCodeEnv: (...args) => runOperation(startCreateCodeEnv(...args)),
      startCreateCodeEnv,
      updateCodeEnv: (...args) => runOperation(startUpdateCodeEnv(...args)),
      startUpdateCodeEnv,
      delete: (...args) => runOperation(startDelete(...args)),
      startDelete,
    };
  }),
);
