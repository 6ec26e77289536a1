/**
 * What can be said of the release of a version of an API service.
 *
 * @module
 */
import type * as Duration from "effect/Duration";
import type { ApiQueryAnswers } from "../../schemas/deploy/api_deployment_update.ts";
import type { IgnoreWarningsOptions, RunTestQueriesOptions } from "./api_deployment_options.ts";
import type { WaitOptions } from "../../src/operation/operation.ts";
import type { Content } from "../../src/transport/request.ts";

/** How a version is released. */
export interface ApiReleaseOptions extends IgnoreWarningsOptions, Pick<WaitOptions, "polling" | "outageBudget"> {
  /** The archive of the version, for a deployer that does not have it. */
  readonly archive?: Content;
  /**
   * How long the deployment may take to become healthy after its update.
   *
   * @default {"1 minute"}
   */
  readonly healthTimeout?: Duration.Input;
  /** Whether a health of `WARNING` is good enough. */
  readonly acceptWarning?: boolean;
  /**
   * Which test queries are run; `false` for none.
   *
   * @default {those that are stored with the endpoints}
   */
  readonly testQueries?: RunTestQueriesOptions | false;
  /** What is wrong with the answers to them, in words; `undefined` for nothing. By default `ApiQueryAnswers.failure` tells. */
  readonly checkAnswers?: (answers: ApiQueryAnswers) => string | undefined;
}

/** What is released where. */
export interface ApiReleaseRequest {
  /** Id of the service on the deployer; one that is not there comes with the archive. */
  readonly serviceId: string;
  /** The version. */
  readonly version: string;
  /** Id of the deployment. */
  readonly deploymentId: string;
  /** Id of the infrastructure, for a deployment that is not there: it is created then. */
  readonly infraId?: string;
}
