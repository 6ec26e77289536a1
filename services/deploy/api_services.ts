/**
 * API services of projects: designed, packaged, and published to the API Deployer.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import {
  ApiService,
  ApiServicePackage,
  ApiServicePackageSummary,
  ApiServiceSettings,
} from "../../schemas/deploy/api_service.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/deploy/api_service.ts";

/** How a package is made. */
export interface CreateApiServicePackageOptions {
  /** What is new in it. */
  readonly releaseNotes?: string;
}

/** How a package is published. */
export interface PublishApiServicePackageOptions {
  /** Id of the service on the deployer; by default that of the project. It is created when it is not there. */
  readonly publishedServiceId?: string;
}

/**
 * API services of projects: designed, packaged, and published to the API Deployer.
 *
 * A service is deployed by its packages: `createPackage` freezes it as a version, `publishPackage` hands a version to the deployer that this
 * DSS is connected to, and `archive` gives the bytes, for any other.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { addPredictionEndpoint, ApiServices } from "@effect-dataiku/dss/api-services";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const services = yield* ApiServices;
 *   yield* services.create("CHURN", "scores");
 *   yield* services.updateSettings("CHURN", "scores", addPredictionEndpoint("predict", "Kd83mPq2"));
 *   yield* services.createPackage("CHURN", "scores", "v1", { releaseNotes: "The first" });
 *   return yield* services.packages("CHURN", "scores");
 * });
 * const packages = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (packages[0]?.id !== "v1") throw new Error("unexpected");
 * ```
 */
export interface ApiServices {
  /** The API services of a project. */
  list(projectKey: string): Effect.Effect<ReadonlyArray<ApiService>, DssError>;
  /** Creates an API service without endpoints. An id that is taken is refused. */
  create(projectKey: string, serviceId: string): Effect.Effect<void, DssError>;
  /** The settings of an API service: its endpoints, and who may ask them. */
  settings(projectKey: string, serviceId: string): Effect.Effect<ApiServiceSettings, DssError>;
  /**
   * Changes the settings of an API service: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit, see `addPredictionEndpoint`. What it throws is a defect.
   */
  updateSettings(
    projectKey: string,
    serviceId: string,
    edit: (settings: ApiServiceSettings) => ApiServiceSettings,
  ): Effect.Effect<ApiServiceSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    projectKey: string,
    serviceId: string,
    next: ApiServiceSettings,
    options?: SaveOptions<ApiServiceSettings>,
  ): Effect.Effect<ApiServiceSettings, DssError | SettingsError>;
  /** The packages of an API service. */
  packages(projectKey: string, serviceId: string): Effect.Effect<ReadonlyArray<ApiServicePackage>, DssError>;
  /** Freezes an API service as a package. DSS answers when it is made; an id that is taken is refused. */
  createPackage(
    projectKey: string,
    serviceId: string,
    packageId: string,
    options?: CreateApiServicePackageOptions,
  ): Effect.Effect<void, DssError>;
  /** What DSS says of a package; its keys are not documented. */
  packageSummary(
    projectKey: string,
    serviceId: string,
    packageId: string,
  ): Effect.Effect<ApiServicePackageSummary, DssError>;
  /** The bytes of a package, a ZIP file, as they come: to be saved, or imported into a deployer. */
  archive(projectKey: string, serviceId: string, packageId: string): Stream.Stream<Uint8Array, DssError>;
  /** Hands a package to the API Deployer that this DSS is connected to. */
  publishPackage(
    projectKey: string,
    serviceId: string,
    packageId: string,
    options?: PublishApiServicePackageOptions,
  ): Effect.Effect<void, DssError>;
  /** Deletes a package; what was published of it stays. */
  deletePackage(projectKey: string, serviceId: string, packageId: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode ApiServices}, with its layer. */
export const ApiServices: DssService<ApiServices> = service(
  "ApiServices",
  Effect.map(Dss, (dss): ApiServices => {
    const settingsOf = (projectKey: string, serviceId: string) =>
      path`/projects/${projectKey}/apiservices/${serviceId}/settings`;
    const { read, update, save } = editing(dss, {
      methods: ["ApiServices.settings", "ApiServices.updateSettings", "ApiServices.saveSettings"],
      schema: ApiServiceSettings,
      at: settingsOf,
    });
    return {
      list: (projectKey) =>
        dss.json("ApiServices.list", get(path`/projects/${projectKey}/apiservices/`), Schema.Array(ApiService)),
      create: (projectKey, serviceId) =>
        dss.empty("ApiServices.create", post(path`/projects/${projectKey}/apiservices/${serviceId}`)),
      settings: read,
      updateSettings: update,
      saveSettings: save,
      packages: (projectKey, serviceId) =>
        dss.json(
          "ApiServices.packages",
          get(path`/projects/${projectKey}/apiservices/${serviceId}/packages`),
          Schema.Array(ApiServicePackage),
        ),
      createPackage: (projectKey, serviceId, packageId, { releaseNotes } = {}) =>
        dss.empty(
          "ApiServices.createPackage",
          post(path`/projects/${projectKey}/apiservices/${serviceId}/packages/${packageId}`, {
            query: { releaseNotes },
            slow: true,
          }),
        ),
      packageSummary: (projectKey, serviceId, packageId) =>
        dss.json(
          "ApiServices.packageSummary",
          get(path`/projects/${projectKey}/apiservices/${serviceId}/packages/${packageId}/summary`),
          ApiServicePackageSummary,
        ),
      archive: (projectKey, serviceId, packageId) =>
        dss.stream(
          "ApiServices.archive",
          get(path`/projects/${projectKey}/apiservices/${serviceId}/packages/${packageId}/archive`, { slow: true }),
        ),
      publishPackage: (projectKey, serviceId, packageId, { publishedServiceId } = {}) =>
        dss.empty(
          "ApiServices.publishPackage",
          post(path`/projects/${projectKey}/apiservices/${serviceId}/packages/${packageId}/publish`, {
            query: { publishedServiceId },
            slow: true,
          }),
        ),
      deletePackage: (projectKey, serviceId, packageId) =>
        dss.empty(
          "ApiServices.deletePackage",
          del(path`/projects/${projectKey}/apiservices/${serviceId}/packages/${packageId}`),
        ),
    };
  }),
);
