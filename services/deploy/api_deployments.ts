/**
 * Deployments of API services: created, updated, asked, deleted.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import {
  ApiDeployment,
  type ApiDeploymentEdit,
  ApiDeploymentHealth,
  ApiDeploymentSettings,
  type ApiDeploymentStatus,
  setApiDeploymentEnabled,
} from "../../schemas/deploy/api_deployment.ts";
import { ApiDeploymentUpdate, ApiQueryAnswers } from "../../schemas/deploy/api_deployment_update.ts";
import { InfoMessages } from "../../src/json/info_messages.ts";
import type {
  CreateApiDeploymentOptions,
  DeleteApiDeploymentOptions,
  IgnoreWarningsOptions,
  RunQueriesOptions,
  RunTestQueriesOptions,
  SaveApiDeploymentOptions,
} from "./api_deployment_options.ts";
import { startDeploymentUpdate } from "./api_deployment_update.ts";
import { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { Invalid } from "../../src/errors/reasons.ts";
import { del, get, path, post, put } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import {
  readSettings,
  saveSettings,
  type SettingsError,
  type SettingsSource,
  updateSettings,
} from "../../src/settings/settings.ts";

export * from "../../schemas/deploy/api_deployment.ts";
export * from "../../schemas/deploy/api_deployment_update.ts";
export type * from "./api_deployment_options.ts";

/**
 * Deployments of API services.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { ApiDeployments, ApiDeploymentStatus, setSingleVersion } from "@effect-dataiku/dss/api-deployments";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const deployments = yield* ApiDeployments;
 *   yield* deployments.updateSettings("churn-on-api-prod", setSingleVersion("v2"));
 *   const update = yield* deployments.startUpdate("churn-on-api-prod");
 *   return ApiDeploymentStatus.serviceUrls(yield* deployments.status("churn-on-api-prod"));
 * });
 * const [url] = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (url !== "https://apinode1.example.com:12000/public/api/v1/churn") throw new Error(url);
 * ```
 */
export interface ApiDeployments {
  /** The deployments. */
  list(): Effect.Effect<ReadonlyArray<ApiDeployment>, DssError>;
  /** A deployment. */
  get(deploymentId: string): Effect.Effect<ApiDeployment, DssError>;
  /** A deployment and its health: DSS asks the nodes for it, which can take a while. */
  status(deploymentId: string): Effect.Effect<ApiDeploymentStatus, DssError>;
  /**
   * Creates a deployment of a version, which answers after its first update. Warnings are refusals unless they are ignored; an id that is
   * taken is a `Conflict`.
   */
  create(
    deploymentId: string,
    serviceId: string,
    infraId: string,
    version: string,
    options?: CreateApiDeploymentOptions,
  ): Effect.Effect<void, DssError>;
  /** The settings of a deployment. */
  settings(deploymentId: string): Effect.Effect<ApiDeploymentSettings, DssError>;
  /**
   * Changes the settings of a deployment: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit, see `setSingleVersion`. What it throws is a defect.
   */
  updateSettings(
    deploymentId: string,
    edit: ApiDeploymentEdit,
    options?: IgnoreWarningsOptions,
  ): Effect.Effect<ApiDeploymentSettings, DssError | SettingsError>;
  /** Writes settings that were edited slowly, and reads them back. */
  saveSettings(
    deploymentId: string,
    next: ApiDeploymentSettings,
    options?: SaveApiDeploymentOptions,
  ): Effect.Effect<ApiDeploymentSettings, DssError | SettingsError>;
  /** Whether a version, by default that of the settings, may be deployed as Dataiku Govern sees it. */
  governanceStatus(deploymentId: string, version?: string): Effect.Effect<InfoMessages, DssError>;
  /** Brings the nodes to what the settings say, and waits for it. An update that fails is a `FutureFailed`. */
  update(
    deploymentId: string,
    options?: WaitOptions,
  ): Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** Starts what `update` does. When DSS forgets its future, the last update of the deployment tells how it ended. */
  startUpdate(deploymentId: string, options?: WaitOptions): Effect.Effect<FutureOperation<unknown>, DssError>;
  /** The updates of a deployment, latest first. */
  updates(deploymentId: string): Effect.Effect<ReadonlyArray<ApiDeploymentUpdate>, DssError>;
  /** An update with its log; by default the last one. */
  getUpdate(deploymentId: string, startTimestamp?: number | string): Effect.Effect<ApiDeploymentUpdate, DssError>;
  /** The OpenAPI document of the service as JSON text; one without is `NotFound`. */
  openApi(deploymentId: string): Effect.Effect<string, DssError>;
  /** Sends test queries to the nodes, see `ApiQueryAnswers.failure`. */
  runTestQueries(deploymentId: string, options?: RunTestQueriesOptions): Effect.Effect<ApiQueryAnswers, DssError>;
  /** Sends queries to the nodes, as `{ features: { … } }`. */
  runQueries(
    deploymentId: string,
    queries: ReadonlyArray<unknown>,
    options?: RunQueriesOptions,
  ): Effect.Effect<ApiQueryAnswers, DssError>;
  /** Deletes a deployment. One that is enabled is `Invalid`, unless it is disabled first. */
  delete(deploymentId: string, options?: DeleteApiDeploymentOptions): Effect.Effect<void, DssError | SettingsError>;
}

/** Key of {@linkcode ApiDeployments}, with its layer. */
export const ApiDeployments: DssService<ApiDeployments> = service(
  "ApiDeployments",
  Effect.map(Dss, (dss): ApiDeployments => {
    const light = (method: string, id: string) =>
      dss.json(method, get(path`/api-deployer/deployments/${id}`), ApiDeployment);
    const status = (method: string, id: string): Effect.Effect<ApiDeploymentStatus, DssError> =>
      Effect.gen(function* () {
        const deployment = yield* light(method, id);
        const request = get(path`/api-deployer/deployments/${id}/status`, { slow: true });
        return { deployment, health: yield* dss.json(method, request, ApiDeploymentHealth) };
      });
    const source = (
      method: string,
      id: string,
      { ignoreWarnings = false }: IgnoreWarningsOptions = {},
    ): SettingsSource<ApiDeploymentSettings> => ({
      method,
      schema: ApiDeploymentSettings,
      read: get(path`/api-deployer/deployments/${id}/settings`),
      write: (json) => put(path`/api-deployer/deployments/${id}/settings`, { query: { ignoreWarnings }, json }),
    });
    const startUpdate: ApiDeployments["startUpdate"] = (id, options) =>
      startDeploymentUpdate(dss, "ApiDeployments.update", id, options);
    return {
      list: () => dss.json("ApiDeployments.list", get(path`/api-deployer/deployments`), Schema.Array(ApiDeployment)),
      get: (id) => light("ApiDeployments.get", id),
      status: (id) => status("ApiDeployments.status", id),
      create: (deploymentId, publishedServiceId, infraId, version, options = {}) => {
        const { endpointId = null, ignoreWarnings = false, queryAuthorizations } = options;
        const authorizationsToQueryThroughDeployer = queryAuthorizations ?? null;
        const named = { deploymentId, publishedServiceId, infraId, version, endpointId };
        return dss.empty(
          "ApiDeployments.create",
          post(path`/api-deployer/deployments`, {
            query: { ignoreWarnings },
            json: { ...named, authorizationsToQueryThroughDeployer },
          }),
        );
      },
      settings: (id) => readSettings(dss, source("ApiDeployments.settings", id)),
      updateSettings: (id, edit, options) =>
        updateSettings(dss, source("ApiDeployments.updateSettings", id, options), edit),
      saveSettings: (id, next, options) =>
        saveSettings(dss, source("ApiDeployments.saveSettings", id, options), next, options),
      governanceStatus: (id, version = "") =>
        dss.json(
          "ApiDeployments.governanceStatus",
          get(path`/api-deployer/deployments/${id}/governance-status`, { query: { version } }),
          InfoMessages,
        ),
      update: (...args) => runOperation(startUpdate(...args)),
      startUpdate,
      updates: (id) =>
        dss.json(
          "ApiDeployments.updates",
          get(path`/api-deployer/deployments/${id}/update`),
          Schema.Array(ApiDeploymentUpdate),
        ),
      getUpdate: (id, startTimestamp) =>
        dss.json(
          "ApiDeployments.getUpdate",
          get(
            startTimestamp === undefined
              ? path`/api-deployer/deployments/${id}/last-update`
              : path`/api-deployer/deployments/${id}/update/${startTimestamp}`,
          ),
          ApiDeploymentUpdate,
        ),
      openApi: (id) => dss.text("ApiDeployments.openApi", get(path`/api-deployer/deployments/${id}/get-open-api`)),
      runTestQueries: (id, { endpointId: endpointIdParam, queries } = {}) => {
        const testQueriesParam = queries === undefined ? undefined : { json: queries };
        const query = { endpointIdParam, testQueriesParam };
        return dss.json(
          "ApiDeployments.runTestQueries",
          post(path`/api-deployer/deployments/${id}/actions/run-test-queries`, { query, slow: true }),
          ApiQueryAnswers,
        );
      },
      runQueries: (id, queries, { endpointId, adaptQueryForInfraType = true } = {}) => {
        const query = { queries: { json: queries }, adaptQueryForInfraType, endpointId };
        return dss.json(
          "ApiDeployments.runQueries",
          post(path`/api-deployer/deployments/${id}/actions/run-queries`, { query, slow: true }),
          ApiQueryAnswers,
        );
      },
      delete: (id, { disableFirst = false, ignorePreDeleteErrors = false } = {}) =>
        Effect.gen(function* () {
          const method = "ApiDeployments.delete";
          const { deployment } = yield* status(method, id);
          if (deployment.deploymentBasicInfo.enabled === true) {
            if (!disableFirst) {
              const detail = `the deployment ${id} is enabled, expected one that is not: disable it first`;
              return yield* Effect.fail(new DssError({ method, reason: new Invalid({ detail }) }));
            }
            yield* updateSettings(dss, source(method, id), setApiDeploymentEnabled(false));
          }
          yield* dss.empty(method, del(path`/api-deployer/deployments/${id}`, { query: { ignorePreDeleteErrors } }));
        }),
    };
  }),
);
