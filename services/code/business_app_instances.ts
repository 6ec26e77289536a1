/**
 * Instances of business applications: projects with a web app that its users open.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import { BusinessAppInstance, BusinessAppPermissions } from "../../schemas/code/business_app.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { WaitOptions } from "../../src/operation/operation.ts";
import { startFuture } from "../../src/operation/started_future.ts";
import { get, path, post } from "../../src/transport/request.ts";
import type {
  BusinessAppEnd,
  BusinessAppStart,
  BusinessAppWork,
  CreateBusinessAppInstanceOptions,
} from "./business_app_options.ts";
import { unsuccessful } from "./unsuccessful.ts";

export { BusinessAppInstance, BusinessAppPermissions } from "../../schemas/code/business_app.ts";
export type {
  BusinessAppEnd,
  BusinessAppStart,
  BusinessAppWork,
  CreateBusinessAppInstanceOptions,
} from "./business_app_options.ts";

/**
 * Instances of business applications. An instance is a project: `Projects.delete` deletes it.
 *
 * What takes long comes twice: `create` waits for the end, and aborts the work when the wait is interrupted; `startCreate` gives its
 * operation. Work that fails is a `FutureFailed`. Starts are never sent twice: a lost answer is `OutcomeUnknown`.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { BusinessAppInstances } from "@effect-dataiku/dss/business-app-instances";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const instances = yield* BusinessAppInstances;
 *   const { projectKey } = yield* instances.create("churn-watch", "CHURN_EU", "Churn in Europe");
 *   return yield* instances.permissions("churn-watch", projectKey, "maria");
 * });
 * const { admin } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (admin !== false) throw new Error("unexpected");
 * ```
 */
export interface BusinessAppInstances {
  /** The instances of a business application. */
  list(businessAppId: string): Effect.Effect<ReadonlyArray<BusinessAppInstance>, DssError>;
  /** Makes an instance, waits until it is there, and gives it. No other project may have its key. */
  create(
    businessAppId: string,
    projectKey: string,
    name: string,
    options?: CreateBusinessAppInstanceOptions,
  ): Effect.Effect<BusinessAppInstance, BusinessAppEnd>;
  /** Starts to make an instance. When DSS forgets its future, the list of instances tells whether it is there. */
  startCreate(
    businessAppId: string,
    projectKey: string,
    name: string,
    options?: CreateBusinessAppInstanceOptions,
  ): BusinessAppStart;
  /** Upgrades an instance to the version of the business application that is installed. */
  upgrade(businessAppId: string, projectKey: string, options?: WaitOptions): BusinessAppWork;
  /** Starts what `upgrade` does. */
  startUpgrade(businessAppId: string, projectKey: string, options?: WaitOptions): BusinessAppStart;
  /** Starts the backend of the web app of an instance, or restarts the one that runs. */
  restart(businessAppId: string, projectKey: string, options?: WaitOptions): BusinessAppWork;
  /** Starts what `restart` does. */
  startRestart(businessAppId: string, projectKey: string, options?: WaitOptions): BusinessAppStart;
  /** Stops the backend of the web app of an instance. */
  stop(businessAppId: string, projectKey: string): Effect.Effect<void, DssError>;
  /** What a user may do with an instance, by groups too. */
  permissions(
    businessAppId: string,
    projectKey: string,
    login: string,
  ): Effect.Effect<BusinessAppPermissions, DssError>;
}

/** Key of {@linkcode BusinessAppInstances}, with its layer. */
export const BusinessAppInstances: DssService<BusinessAppInstances> = service(
  "BusinessAppInstances",
  Effect.map(Dss, (dss): BusinessAppInstances => {
    const list = (method: string, id: string) =>
      dss.json(method, get(path`/business-apps/${id}/instances`), Schema.Array(BusinessAppInstance));
    const work = { result: Schema.Unknown, failed: unsuccessful };

    const startCreate: BusinessAppInstances["startCreate"] = (id, projectKey, projectName, options = {}) => {
      const method = "BusinessAppInstances.create";
      const json = { projectKey, projectName, shortDesc: options.shortDesc ?? null };
      return startFuture(dss, {
        ...work,
        method,
        request: post(path`/business-apps/${id}/instances`, { json }),
        forgotten: Effect.map(
          list(method, id),
          (all) => all.some((each) => each.projectKey === projectKey) ? Option.some<unknown>(undefined) : Option.none(),
        ),
      }, options);
    };
    const startUpgrade: BusinessAppInstances["startUpgrade"] = (id, projectKey, options) =>
      startFuture(dss, {
        ...work,
        method: "BusinessAppInstances.upgrade",
        request: post(path`/business-apps/${id}/instances/${projectKey}/upgrade`),
      }, options);
    const startRestart: BusinessAppInstances["startRestart"] = (id, projectKey, options) =>
      startFuture(dss, {
        ...work,
        method: "BusinessAppInstances.restart",
        request: post(path`/business-apps/${id}/instances/${projectKey}/restart`),
      }, options);
    return {
      list: (id) => list("BusinessAppInstances.list", id),
      create: (id, projectKey, name, options) =>
        Effect.as(runOperation(startCreate(id, projectKey, name, options)), { projectKey, name }),
      startCreate,
      upgrade: (...args) => runOperation(startUpgrade(...args)),
      startUpgrade,
      restart: (...args) => runOperation(startRestart(...args)),
      startRestart,
      stop: (id, projectKey) => {
        // A POST, but the same when sent twice.
        const request = post(path`/business-apps/${id}/instances/${projectKey}/stop`, { repeatable: true });
        return dss.empty("BusinessAppInstances.stop", request);
      },
      permissions: (id, projectKey, login) =>
        dss.json(
          "BusinessAppInstances.permissions",
          get(path`/business-apps/${id}/instances/${projectKey}/permissions/${login}`),
          BusinessAppPermissions,
        ),
    };
  }),
);
