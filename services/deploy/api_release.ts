/**
 * The release of a version: each step looks whether it is done already, so that it can be begun again at any point.
 *
 * @module
 * @internal
 */
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import type { ApiDeploymentSettings, DeploymentHealth } from "../../schemas/deploy/api_deployment.ts";
import { ApiDeployerService } from "../../schemas/deploy/api_deployer_service.ts";
import { ApiDeploymentUpdate, ApiQueryAnswers } from "../../schemas/deploy/api_deployment_update.ts";
import type { ApiDeployerServices } from "./api_deployer_services.ts";
import type { ApiDeployments } from "./api_deployments.ts";
import {
  ApiReleaseFailed,
  type ApiReleaseRestored,
  type ApiReleaseStage,
  ApiReleaseUnfit,
} from "./api_release_failed.ts";
import type { ApiReleaseOptions } from "./api_release_options.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { equalJson } from "../../src/json/exact_json.ts";
import type { Token } from "../../src/errors/token.ts";

/** What a deployment was before, as far as a release changes it. */
export type Former = Pick<ApiDeploymentSettings, "enabled" | "generationsMapping">;

/** What is released where. */
export interface ReleasePlan {
  readonly token: Token;
  readonly deploymentId: string;
  readonly serviceId: string;
  readonly version: string;
  readonly infraId: string;
  /** `undefined` when the release creates the deployment. */
  readonly former: Former | undefined;
  /** Whether the deployment may have been changed already, by this program or another one. */
  mayBeChanged: boolean;
}

/** What a release works with. */
export interface ReleaseTools {
  readonly deployments: ApiDeployments;
  readonly services: ApiDeployerServices;
  readonly options: ApiReleaseOptions;
  /** Tells what is being done. */
  readonly tell: (phase: ApiReleaseStage | "RESTORE") => Effect.Effect<void>;
  /** Fails when somebody asked to abort. */
  readonly goesOn: Effect.Effect<void, ApiReleaseUnfit>;
}

type Failure = Error;

const pause = Duration.seconds(3);

/** How long an update of somebody else is waited for. */
const longestUpdate = Duration.hours(1);

const isReason = (error: unknown, ...tags: ReadonlyArray<string>): boolean =>
  error instanceof DssError && tags.includes(error.reason._tag);

/** Something that DSS was asked for and whose answer was lost is done when a look shows it. */
const orDone = (
  write: Effect.Effect<unknown, Failure>,
  isDone: Effect.Effect<boolean, Failure>,
): Effect.Effect<void, Failure> =>
  Effect.asVoid(
    Effect.catch(write, (error) =>
      isReason(error, "OutcomeUnknown", "Conflict")
        ? Effect.flatMap(isDone, (done) =>
          done ? Effect.void : Effect.fail(error))
        : Effect.fail(error)),
  );

const importVersion = (plan: ReleasePlan, { services, options }: ReleaseTools): Effect.Effect<void, Failure> =>
  Effect.gen(function* () {
    const { serviceId, version } = plan;
    const versions = Effect.map(services.get(serviceId), ApiDeployerService.versions);
    const isThere = Effect.map(versions, (all) => all.includes(version));
    const found = yield* Effect.result(versions);
    if (found._tag === "Failure" && !isReason(found.failure, "NotFound")) return yield* Effect.fail(found.failure);
    if (found._tag === "Success" && found.success.includes(version)) return;
    const { archive } = options;
    if (archive === undefined) {
      const detail = `the deployer has no version ${version} of service ${serviceId}: give its archive`;
      return yield* Effect.fail(new ApiReleaseUnfit({ detail }));
    }
    if (found._tag === "Failure") {
      yield* orDone(services.create(serviceId), Effect.as(versions, true));
    }
    yield* orDone(services.importVersion(serviceId, archive), isThere);
    if (yield* isThere) return;
    const detail = `the archive is not that of version ${version}, as the service ${serviceId} shows after its import`;
    yield* Effect.fail(new ApiReleaseUnfit({ detail }));
  });

const set = (plan: ReleasePlan, { deployments, options }: ReleaseTools): Effect.Effect<void, Failure> =>
  Effect.gen(function* () {
    const { deploymentId, serviceId, infraId, version, former } = plan;
    const { ignoreWarnings = false } = options;
    const found = yield* Effect.result(deployments.settings(deploymentId));
    if (found._tag === "Failure") {
      if (former !== undefined || !isReason(found.failure, "NotFound")) return yield* Effect.fail(found.failure);
      const create = deployments.create(deploymentId, serviceId, infraId, version, { ignoreWarnings });
      return yield* orDone(create, Effect.as(deployments.get(deploymentId), true));
    }
    const { enabled, generationsMapping } = found.success;
    if (
      enabled === true && generationsMapping?.mode === "SINGLE_GENERATION" && generationsMapping.generation === version
    ) {
      return;
    }
    const mapping = { mode: "SINGLE_GENERATION", generation: version };
    yield* deployments.updateSettings(
      deploymentId,
      (settings) => ({ ...settings, enabled: true, generationsMapping: mapping }),
      { ignoreWarnings },
    );
  });

/** Waits until no update runs: one of a program that was killed goes on. */
const whenIdle = (id: string, { deployments }: ReleaseTools): Effect.Effect<void, Failure> =>
  Effect.gen(function* () {
    for (;;) {
      const last = yield* Effect.result(deployments.getUpdate(id));
      if (last._tag === "Failure") {
        // What DSS answers for a deployment that was never updated is not known; nothing runs then.
        const isNone = isReason(last.failure, "NotFound", "Undecodable", "UnexpectedContent");
        return yield* isNone ? Effect.void : Effect.fail(last.failure);
      }
      if (ApiDeploymentUpdate.hasEnded(last.success)) return;
      yield* Effect.sleep(pause);
    }
  }).pipe(Effect.timeoutOrElse({
    duration: longestUpdate,
    orElse: () => Effect.fail(new ApiReleaseUnfit({ detail: `another update of ${id} does not end` })),
  }));

/** An update brings the nodes to what the settings say: after a lost answer it can be asked for again. */
const update = (id: string, tools: ReleaseTools): Effect.Effect<void, Failure> => {
  const once = Effect.andThen(whenIdle(id, tools), tools.deployments.update(id, tools.options));
  return Effect.asVoid(Effect.catch(once, (error) => isReason(error, "OutcomeUnknown") ? once : Effect.fail(error)));
};

const waitForHealth = (
  { deploymentId }: ReleasePlan,
  { deployments, options, goesOn }: ReleaseTools,
): Effect.Effect<void, Failure> => {
  const { healthTimeout = "1 minute", acceptWarning = false } = options;
  let last: DeploymentHealth | undefined;
  let said: string | undefined;
  return Effect.gen(function* () {
    for (;;) {
      yield* goesOn;
      const { health } = yield* deployments.status(deploymentId);
      last = health.health;
      said = health.healthMessages?.messages[0]?.message ?? undefined;
      if (last === "HEALTHY" || (acceptWarning && last === "WARNING")) return;
      yield* Effect.sleep(pause);
    }
  }).pipe(Effect.timeoutOrElse({
    duration: healthTimeout,
    orElse: () => {
      const after = Duration.format(Duration.fromInputUnsafe(healthTimeout));
      const detail = `the deployment is ${last ?? "not to be asked"} after ${after}${
        said === undefined ? "" : `: ${said}`
      }`;
      return Effect.fail(new ApiReleaseUnfit({ detail }));
    },
  }));
};

const test = ({ deploymentId }: ReleasePlan, { deployments, options }: ReleaseTools): Effect.Effect<void, Failure> => {
  const { testQueries = {}, checkAnswers = ApiQueryAnswers.failure } = options;
  if (testQueries === false) return Effect.void;
  return Effect.flatMap(deployments.runTestQueries(deploymentId, testQueries), (answers) => {
    const said = checkAnswers(answers);
    return said === undefined
      ? Effect.void
      : Effect.fail(new ApiReleaseUnfit({ detail: `a test query failed: ${said}` }));
  });
};

/** Whether a deployment is as it was, as after a refusal of the first write. */
const isUntouched = ({ deploymentId, former }: ReleasePlan, { deployments }: ReleaseTools): Effect.Effect<boolean> =>
  Effect.match(deployments.settings(deploymentId), {
    onSuccess: ({ enabled, generationsMapping }) =>
      former !== undefined && equalJson({ enabled, generationsMapping }, former),
    onFailure: (error) => former === undefined && isReason(error, "NotFound"),
  });

const restore = ({ deploymentId, former }: ReleasePlan, tools: ReleaseTools): Effect.Effect<void, Failure> => {
  const { deployments } = tools;
  if (former === undefined) {
    const remove = Effect.andThen(
      whenIdle(deploymentId, tools),
      deployments.delete(deploymentId, { disableFirst: true, ignorePreDeleteErrors: true }),
    );
    return Effect.catch(remove, (error) => isReason(error, "NotFound") ? Effect.void : Effect.fail(error));
  }
  const back = (settings: ApiDeploymentSettings): ApiDeploymentSettings => ({ ...settings, ...former });
  // What was deployed before may be deployed again, whatever warnings say.
  return Effect.andThen(
    deployments.updateSettings(deploymentId, back, { ignoreWarnings: true }),
    update(deploymentId, tools),
  );
};

/** Releases a version, or puts back what was there before. */
export const release = (plan: ReleasePlan, tools: ReleaseTools): Effect.Effect<void, ApiReleaseFailed> => {
  const { token, deploymentId, version } = plan;
  let stage: ApiReleaseStage = "IMPORT";
  const at = (next: ApiReleaseStage, step: Effect.Effect<void, Failure>): Effect.Effect<void, Failure> =>
    Effect.andThen(
      Effect.suspend(() => {
        stage = next;
        if (next === "SET") plan.mayBeChanged = true;
        return Effect.andThen(tools.tell(next), tools.goesOn);
      }),
      step,
    );
  const fail = (
    cause: Error,
    restored: ApiReleaseRestored,
    restoreCause?: Error,
  ): Effect.Effect<never, ApiReleaseFailed> =>
    Effect.fail(
      new ApiReleaseFailed({
        token,
        deploymentId,
        version,
        stage,
        cause,
        restored,
        ...(restoreCause === undefined ? {} : { restoreCause }),
      }),
    );
  const steps = Effect.gen(function* () {
    yield* at("IMPORT", importVersion(plan, tools));
    yield* at("SET", set(plan, tools));
    yield* at("UPDATE", update(deploymentId, tools));
    yield* at("HEALTH", waitForHealth(plan, tools));
    yield* at("TEST", test(plan, tools));
  });
  return Effect.catch(steps, (cause) =>
    Effect.gen(function* () {
      if (!plan.mayBeChanged || (stage === "SET" && (yield* isUntouched(plan, tools)))) {
        return yield* fail(cause, "NOTHING_CHANGED");
      }
      yield* tools.tell("RESTORE");
      const undone = yield* Effect.result(restore(plan, tools));
      return yield* undone._tag === "Success" ? fail(cause, "RESTORED") : fail(cause, "NOT_RESTORED", undone.failure);
    }));
};
