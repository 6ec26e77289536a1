/**
 * Releases: a version of an API service on a deployment, or the former one back.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { ApiDeploymentSettings } from "../../schemas/deploy/api_deployment.ts";
import { decodeValue } from "../../src/transport/answer.ts";
import { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import type { ReleasePlan } from "./api_release.ts";
import type { ApiReleaseFailed } from "./api_release_failed.ts";
import { type ApiReleased, type ApiReleaseOperation, makeReleaseOperation } from "./api_release_operation.ts";
import type { ApiReleaseOptions, ApiReleaseRequest } from "./api_release_options.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitTimedOut } from "../../src/operation/operation.ts";
import { Invalid } from "../../src/errors/reasons.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { tokenIds, TokenInvalid } from "../../src/errors/token.ts";
import { ApiDeployerServices } from "./api_deployer_services.ts";
import { ApiDeployments } from "./api_deployments.ts";

export {
  ApiReleaseFailed,
  type ApiReleaseRestored,
  type ApiReleaseStage,
  ApiReleaseUnfit,
} from "./api_release_failed.ts";
export type { ApiReleased, ApiReleaseOperation, ApiReleaseState } from "./api_release_operation.ts";
export type * from "./api_release_options.ts";

/**
 * Releases of versions of API services.
 *
 * A release imports the version unless the deployer has it, sets it on the deployment, updates the nodes, waits until they are healthy, and
 * runs test queries. When one of these fails, the deployment is put back to what it was, and `ApiReleaseFailed` says so; the version that
 * was imported stays.
 *
 * The work is done by the program itself, as long as somebody waits for `result` or watches `states`. A program that is killed can be
 * followed by another one, with the token: the end is always that the version is released, or that the deployment is as it was.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { ApiReleases } from "@effect-dataiku/dss/api-releases";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const releases = yield* ApiReleases;
 *   const request = { serviceId: "churn", version: "v2", deploymentId: "churn-on-api-prod" };
 *   const operation = yield* releases.start(request);
 *   return (yield* operation.state).phase;
 * });
 * const phase = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (phase !== "IMPORT") throw new Error(phase);
 * ```
 */
export interface ApiReleases {
  /** Releases a version. When that is interrupted, the deployment is put back first. */
  run(
    request: ApiReleaseRequest,
    options?: ApiReleaseOptions,
  ): Effect.Effect<ApiReleased, DssError | ContactLost | WaitTimedOut | ApiReleaseFailed>;
  /**
   * Makes the operation of a release: it looks at what the deployment is, and changes nothing yet. Its `result` does the work, and is
   * stopped where it stands when it is interrupted; `abort` puts the deployment back.
   */
  start(request: ApiReleaseRequest, options?: ApiReleaseOptions): Effect.Effect<ApiReleaseOperation, DssError>;
  /** Goes on with a release, of this or another program, from its token. An archive that is still needed must be given again. */
  resume(token: unknown, options?: ApiReleaseOptions): Effect.Effect<ApiReleaseOperation, TokenInvalid>;
}

const kind = "api-release";

/** Key of {@linkcode ApiReleases}, with its layer. */
export const ApiReleases: DssService<ApiReleases> = service(
  "ApiReleases",
  Effect.gen(function* (): Effect.gen.Return<ApiReleases, never, Dss | ApiDeployments | ApiDeployerServices> {
    const dss = yield* Dss;
    const deployments = yield* ApiDeployments;
    const services = yield* ApiDeployerServices;
    const operation = (plan: ReleasePlan, options: ApiReleaseOptions = {}) =>
      makeReleaseOperation(plan, { deployments, services, options });

    const start: ApiReleases["start"] = ({ deploymentId, serviceId, version, infraId }, options) =>
      Effect.gen(function* () {
        const method = "ApiReleases.start";
        const found = yield* Effect.result(deployments.settings(deploymentId));
        const isMissing = found._tag === "Failure" && found.failure.reason._tag === "NotFound" && infraId !== undefined;
        if (found._tag === "Failure" && !isMissing) return yield* Effect.fail(found.failure);
        const settings = found._tag === "Success" ? found.success : undefined;
        const { publishedServiceId } = settings ?? {};
        if (typeof publishedServiceId === "string" && publishedServiceId !== serviceId) {
          const detail = `the deployment ${deploymentId} is of service ${publishedServiceId}, not of ${serviceId}`;
          return yield* Effect.fail(new DssError({ method, reason: new Invalid({ detail }) }));
        }
        const { enabled, generationsMapping } = settings ?? {};
        const former = settings === undefined ? undefined : {
          ...(enabled === undefined ? {} : { enabled }),
          ...(generationsMapping === undefined ? {} : { generationsMapping }),
        };
        const on = infraId ?? settings?.infraId ?? "-";
        const ids = [deploymentId, serviceId, version, on, JSON.stringify(former ?? null)];
        const token = { kind, version: 1, dss: dss.instance, ids } as const;
        const plan = { token, deploymentId, serviceId, version, infraId: on, former, mayBeChanged: false };
        return yield* operation(plan, options);
      });
    return {
      start,
      run: (...args) => runOperation(start(...args)),
      resume: (json, options) =>
        Effect.gen(function* () {
          const ids = yield* tokenIds(kind, dss.instance, 5, json);
          const [deploymentId, serviceId, version, infraId, said] = ids as readonly [
            string,
            string,
            string,
            string,
            string,
          ];
          const former = yield* Effect.mapError(
            said === "null" ? Effect.succeed(undefined) : Effect.flatMap(
              Effect.try(() => JSON.parse(said)),
              (value) => decodeValue(value, ApiDeploymentSettings, "token"),
            ),
            () => new TokenInvalid({ detail: "what the deployment was before cannot be read" }),
          );
          const token = { kind, version: 1, dss: dss.instance, ids } as const;
          const plan = { token, deploymentId, serviceId, version, infraId, former, mayBeChanged: true };
          return yield* operation(plan, options);
        }),
    };
  }).pipe(Effect.provide(Layer.merge(ApiDeployments.layer, ApiDeployerServices.layer))),
);
