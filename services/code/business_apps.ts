/**
 * Business applications: what is installed, how it is set, and how it is installed, upgraded and removed.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import { BusinessApp, BusinessAppDetails, BusinessAppSettings } from "../../schemas/code/business_app.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { WaitOptions } from "../../src/operation/operation.ts";
import { startFuture } from "../../src/operation/started_future.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";
import { type Content, type DssRequest, get, path, post } from "../../src/transport/request.ts";
import type {
  BusinessAppStart,
  BusinessAppWork,
  CreateBusinessAppCodeEnvOptions,
  DeleteBusinessAppOptions,
} from "./business_app_options.ts";
import { unsuccessful } from "./unsuccessful.ts";

export { BusinessApp, BusinessAppDetails, BusinessAppSettings } from "../../schemas/code/business_app.ts";
export type {
  BusinessAppEnd,
  BusinessAppStart,
  BusinessAppWork,
  CreateBusinessAppCodeEnvOptions,
  DeleteBusinessAppOptions,
} from "./business_app_options.ts";

/**
 * Business applications, which Dataiku's own client knows since 15.0; some of it since 15.2. Their instances are `BusinessAppInstances`.
 *
 * What takes long comes twice: `installFromStore` waits for the end, and aborts the work when the wait is interrupted;
 * `startInstallFromStore` gives its operation. Work that fails is a `FutureFailed`. Starts are never sent twice: a lost answer is
 * `OutcomeUnknown`. Changing business applications needs an administrator's key.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { BusinessApps } from "@effect-dataiku/dss/business-apps";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const apps = yield* BusinessApps;
 *   // The connection that it was made with is another one here.
 *   const connections = [{ source: "warehouse", target: "pg_main" }];
 *   yield* apps.updateSettings("churn-watch", (found) => ({ ...found, remapping: { ...found.remapping, connections } }));
 *   const work = yield* apps.startUpgradeFromStore("churn-watch");
 *   return yield* work.state;
 * });
 * const { phase } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (phase !== "RUNNING") throw new Error(phase);
 * ```
 */
export interface BusinessApps {
  /** The business applications that are installed. */
  list(): Effect.Effect<ReadonlyArray<BusinessApp>, DssError>;
  /** What is known of a business application. */
  get(businessAppId: string): Effect.Effect<BusinessAppDetails, DssError>;
  /** The settings of a business application. */
  settings(businessAppId: string): Effect.Effect<BusinessAppSettings, DssError>;
  /**
   * Changes the settings of a business application: reads them, edits them, writes them, reads them back, and gives them as DSS has them
   * then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateSettings(
    businessAppId: string,
    edit: (settings: BusinessAppSettings) => BusinessAppSettings,
  ): Effect.Effect<BusinessAppSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    businessAppId: string,
    next: BusinessAppSettings,
    options?: SaveOptions<BusinessAppSettings>,
  ): Effect.Effect<BusinessAppSettings, DssError | SettingsError>;
  /** Installs a business application from its archive, a ZIP file, or upgrades the one that is there. Its code environment is `createCodeEnv`. */
  installFromArchive(archive: Content, options?: WaitOptions): BusinessAppWork;
  /** Starts what `installFromArchive` does. */
  startInstallFromArchive(archive: Content, options?: WaitOptions): BusinessAppStart;
  /**
   * Installs a business application, which must not be there yet, from the store of Dataiku, which DSS must be able to reach. Its code
   * environment is `createCodeEnv`.
   */
  installFromStore(businessAppId: string, options?: WaitOptions): BusinessAppWork;
  /** Starts what `installFromStore` does. */
  startInstallFromStore(businessAppId: string, options?: WaitOptions): BusinessAppStart;
  /** Upgrades a business application from the store of Dataiku. Its code environment and its instances stay as they are. */
  upgradeFromStore(businessAppId: string, options?: WaitOptions): BusinessAppWork;
  /** Starts what `upgradeFromStore` does. */
  startUpgradeFromStore(businessAppId: string, options?: WaitOptions): BusinessAppStart;
  /** Builds the code environment that a business application asks for; `get` names it then. */
  createCodeEnv(businessAppId: string, options?: CreateBusinessAppCodeEnvOptions): BusinessAppWork;
  /** Starts what `createCodeEnv` does. */
  startCreateCodeEnv(businessAppId: string, options?: CreateBusinessAppCodeEnvOptions): BusinessAppStart;
  /** Brings the code environment of a business application up to date with what it asks for. */
  updateCodeEnv(businessAppId: string, options?: WaitOptions): BusinessAppWork;
  /** Starts what `updateCodeEnv` does. */
  startUpdateCodeEnv(businessAppId: string, options?: WaitOptions): BusinessAppStart;
  /** Removes a business application. One with instances stays, unless it is forced: they are deleted with it then. */
  delete(businessAppId: string, options?: DeleteBusinessAppOptions): BusinessAppWork;
  /** Starts what `delete` does. */
  startDelete(businessAppId: string, options?: DeleteBusinessAppOptions): BusinessAppStart;
}

/** Key of {@linkcode BusinessApps}, with its layer. */
export const BusinessApps: DssService<BusinessApps> = service(
  "BusinessApps",
  Effect.map(Dss, (dss): BusinessApps => {
    const list = (method: string) => dss.json(method, get(path`/business-apps/`), Schema.Array(BusinessApp));
    const settings = editing(dss, {
      methods: ["BusinessApps.settings", "BusinessApps.updateSettings", "BusinessApps.saveSettings"],
      schema: BusinessAppSettings,
      at: (id: string) => path`/business-apps/${id}/settings`,
    });
    const start = (
      method: string,
      request: DssRequest,
      options?: WaitOptions,
      isDone?: (installed: ReadonlyArray<BusinessApp>) => boolean,
    ): BusinessAppStart =>
      startFuture(dss, {
        method,
        request,
        result: Schema.Unknown,
        failed: unsuccessful,
        // A future that is forgotten is no loss when the list shows what it was for.
        ...(isDone === undefined ? {} : {
          forgotten: Effect.map(list(method), (all) => isDone(all) ? Option.some<unknown>(undefined) : Option.none()),
        }),
      }, options);

    const startInstallFromArchive: BusinessApps["startInstallFromArchive"] = (content, options) => {
      const parts = [{ name: "file", fileName: "app.zip", content }];
      return start(
        "BusinessApps.installFromArchive",
        post(path`/business-apps/install-from-archive`, { parts }),
        options,
      );
    };
    const startInstallFromStore: BusinessApps["startInstallFromStore"] = (businessAppId, options) => {
      const request = post(path`/business-apps/install-from-store`, { json: { businessAppId } });
      const isThere = (all: ReadonlyArray<BusinessApp>): boolean => all.some(({ id }) => id === businessAppId);
      return start("BusinessApps.installFromStore", request, options, isThere);
    };
    const startUpgradeFromStore: BusinessApps["startUpgradeFromStore"] = (id, options) =>
      start("BusinessApps.upgradeFromStore", post(path`/business-apps/${id}/upgrade-from-store`), options);
    const startCreateCodeEnv: BusinessApps["startCreateCodeEnv"] = (id, options = {}) => {
      const { pythonInterpreter = null, conda = false } = options;
      const json = { deploymentMode: "BUSINESS_APP_MANAGED", conda, pythonInterpreter };
      return start(
        "BusinessApps.createCodeEnv",
        post(path`/business-apps/${id}/code-env/actions/create`, { json }),
        options,
      );
    };
    const startUpdateCodeEnv: BusinessApps["startUpdateCodeEnv"] = (id, options) =>
      start("BusinessApps.updateCodeEnv", post(path`/business-apps/${id}/code-env/actions/update`), options);
    const startDelete: BusinessApps["startDelete"] = (businessAppId, options = {}) => {
      const request = post(path`/business-apps/${businessAppId}/actions/delete`, {
        json: { force: options.force ?? false },
      });
      const isGone = (all: ReadonlyArray<BusinessApp>): boolean => all.every(({ id }) => id !== businessAppId);
      return start("BusinessApps.delete", request, options, isGone);
    };
    return {
      list: () => list("BusinessApps.list"),
      get: (id) => dss.json("BusinessApps.get", get(path`/business-apps/${id}`), BusinessAppDetails),
      settings: settings.read,
      updateSettings: settings.update,
      saveSettings: settings.save,
      installFromArchive: (...args) => runOperation(startInstallFromArchive(...args)),
      startInstallFromArchive,
      installFromStore: (...args) => runOperation(startInstallFromStore(...args)),
      startInstallFromStore,
      upgradeFromStore: (...args) => runOperation(startUpgradeFromStore(...args)),
      startUpgradeFromStore,
      createCodeEnv: (...args) => runOperation(startCreateCodeEnv(...args)),
      startCreateCodeEnv,
      updateCodeEnv: (...args) => runOperation(startUpdateCodeEnv(...args)),
      startUpdateCodeEnv,
      delete: (...args) => runOperation(startDelete(...args)),
      startDelete,
    };
  }),
);
