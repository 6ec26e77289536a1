/**
 * What can be said of the work on deployments of API services.
 *
 * @module
 */
import type { SaveOptions } from "../../src/settings/settings.ts";
import type { ApiDeploymentSettings } from "../../schemas/deploy/api_deployment.ts";

/** Whether a group may send queries through the deployer. */
export interface QueryAuthorization {
  /** Name of the group. */
  readonly group: string;
  /** Whether it may. */
  readonly queryThroughDeployer: boolean;
}

/** Whether warnings of DSS count. */
export interface IgnoreWarningsOptions {
  /** Whether warnings, as of the state of models in Dataiku Govern, are passed over; otherwise they are refusals. */
  readonly ignoreWarnings?: boolean;
}

/** How a deployment is created. */
export interface CreateApiDeploymentOptions extends IgnoreWarningsOptions {
  /** The endpoint that is deployed, on infrastructures that take one alone. */
  readonly endpointId?: string;
  /** Which groups may send queries through the deployer. */
  readonly queryAuthorizations?: ReadonlyArray<QueryAuthorization>;
}

/** How settings of a deployment are saved. */
export interface SaveApiDeploymentOptions extends IgnoreWarningsOptions, SaveOptions<ApiDeploymentSettings> {}

/** Which test queries are run. */
export interface RunTestQueriesOptions {
  /** The endpoint; by default all of them. */
  readonly endpointId?: string;
  /** Queries, as `{ q: { features: { … } } }`; by default those that are stored with the endpoint. */
  readonly queries?: ReadonlyArray<unknown>;
}

/** How queries are run. */
export interface RunQueriesOptions {
  /** The endpoint; needed when there are several. */
  readonly endpointId?: string;
  /**
   * Whether the queries are brought to the form of the infrastructure.
   *
   * @default {true}
   */
  readonly adaptQueryForInfraType?: boolean;
}

/** How a deployment is deleted. */
export interface DeleteApiDeploymentOptions {
  /** Whether it is disabled first; one that is enabled is not deleted otherwise. */
  readonly disableFirst?: boolean;
  /** Whether it is deleted although the nodes cannot be told. */
  readonly ignorePreDeleteErrors?: boolean;
}
