/**
 * Services of the API Deployer: the versions that can be deployed.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import { ApiDeployerService, ApiDeployerServiceSettings } from "../../schemas/deploy/api_deployer_service.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { type Content, del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/deploy/api_deployer_service.ts";

/**
 * Services of the API Deployer. What is published from a project, or imported as an archive, is a version of one.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { ApiDeployerService, ApiDeployerServices, ApiServices } from "@effect-dataiku/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const [designed, services] = [yield* ApiServices, yield* ApiDeployerServices];
 *   yield* designed.createPackage("CHURN", "churn", "v3");
 *   yield* services.importVersion("churn", designed.archive("CHURN", "churn", "v3"));
 *   return ApiDeployerService.versions(yield* services.get("churn"));
 * });
 * const versions = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (!versions.includes("v3")) throw new Error("unexpected");
 * ```
 */
export interface ApiDeployerServices {
  /** The services. */
  list(): Effect.Effect<ReadonlyArray<ApiDeployerService>, DssError>;
  /** A service, with its versions and deployments. */
  get(serviceId: string): Effect.Effect<ApiDeployerService, DssError>;
  /** Creates a service without versions. */
  create(serviceId: string): Effect.Effect<void, DssError>;
  /** Imports a version from its archive, which names it. It is never sent twice: a lost answer is `OutcomeUnknown`. */
  importVersion(serviceId: string, archive: Content): Effect.Effect<void, DssError>;
  /** The archive of a version, a ZIP file; `saveToFile` of `./files` writes it. */
  download(serviceId: string, version: string): Stream.Stream<Uint8Array, DssError>;
  /** Deletes a version. */
  deleteVersion(serviceId: string, version: string): Effect.Effect<void, DssError>;
  /** The settings of a service. */
  settings(serviceId: string): Effect.Effect<ApiDeployerServiceSettings, DssError>;
  /**
   * Changes the settings of a service: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateSettings(
    serviceId: string,
    edit: (settings: ApiDeployerServiceSettings) => ApiDeployerServiceSettings,
  ): Effect.Effect<ApiDeployerServiceSettings, DssError | SettingsError>;
  /** Writes settings that were edited slowly, and reads them back. */
  saveSettings(
    serviceId: string,
    next: ApiDeployerServiceSettings,
    options?: SaveOptions<ApiDeployerServiceSettings>,
  ): Effect.Effect<ApiDeployerServiceSettings, DssError | SettingsError>;
  /** Deletes a service that is not deployed, with its versions. */
  delete(serviceId: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode ApiDeployerServices}, with its layer. */
export const ApiDeployerServices: DssService<ApiDeployerServices> = service(
  "ApiDeployerServices",
  Effect.map(Dss, (dss): ApiDeployerServices => {
    const settings = editing(dss, {
      methods: [
        "ApiDeployerServices.settings",
        "ApiDeployerServices.updateSettings",
        "ApiDeployerServices.saveSettings",
      ],
      schema: ApiDeployerServiceSettings,
      at: (id: string) => path`/api-deployer/services/${id}/settings`,
    });
    return {
      list: () =>
        dss.json("ApiDeployerServices.list", get(path`/api-deployer/services`), Schema.Array(ApiDeployerService)),
      get: (id) => dss.json("ApiDeployerServices.get", get(path`/api-deployer/services/${id}`), ApiDeployerService),
      create: (publishedServiceId) =>
        dss.empty("ApiDeployerServices.create", post(path`/api-deployer/services`, { json: { publishedServiceId } })),
      importVersion: (id, content) => {
        const parts = [{ name: "file", fileName: "package.zip", content }];
        return dss.empty(
          "ApiDeployerServices.importVersion",
          post(path`/api-deployer/services/${id}/versions`, { parts }),
        );
      },
      download: (id, version) =>
        dss.stream("ApiDeployerServices.download", get(path`/api-deployer/services/${id}/versions/${version}`)),
      deleteVersion: (id, version) =>
        dss.empty("ApiDeployerServices.deleteVersion", del(path`/api-deployer/services/${id}/versions/${version}`)),
      settings: settings.read,
      updateSettings: settings.update,
      saveSettings: settings.save,
      delete: (id) => dss.empty("ApiDeployerServices.delete", del(path`/api-deployer/services/${id}`)),
    };
  }),
);
