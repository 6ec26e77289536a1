/**
 * Updates of deployments as operations, which look at the deployment itself when DSS has forgotten their future.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import type * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import { ApiDeploymentUpdate } from "../../schemas/deploy/api_deployment_update.ts";
import { FutureState } from "../../src/operation/future_state.ts";
import type { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { errorMessages } from "../../src/operation/failure_messages.ts";
import { FutureFailed } from "../../src/operation/future_failure.ts";
import { type FutureOperation, makeFutureOperation } from "../../src/operation/future_operation.ts";
import type { WaitOptions } from "../../src/operation/operation.ts";
import { get, path, post } from "../../src/transport/request.ts";
import { futureOf } from "../../src/operation/started_future.ts";

/** Ends of updates that are none of success. */
const failing = /^(ERROR|FAILED|FAILURE|ABORTED)$/i;

/** Whether an update that failed says so, with the end of its log. */
export const updateFailure = (dss: Dss, update: ApiDeploymentUpdate): FutureFailed | undefined => {
  if (!failing.test(update.status ?? "")) return undefined;
  const last = ApiDeploymentUpdate.lines(update).at(-1);
  const messages = errorMessages(`the update ended as ${update.status}${last === undefined ? "" : `: ${last}`}`);
  return new FutureFailed(dss.withoutSecrets({ messages, result: update }));
};

/** Starts an update. */
export const startDeploymentUpdate = (
  dss: Dss,
  method: string,
  deploymentId: string,
  options?: WaitOptions,
): Effect.Effect<FutureOperation<unknown>, DssError> => {
  const request = post(path`/api-deployer/deployments/${deploymentId}/actions/update`);
  const last = get(path`/api-deployer/deployments/${deploymentId}/last-update`);
  return Effect.flatMap(
    dss.json(method, { ...request, starts: true, repeatable: false }, FutureState),
    (answer) => {
      const future = futureOf(answer);
      const { startTime } = future;
      /** The last update is this one when it began no earlier, by the clock of DSS. */
      const forgotten = Effect.flatMap(
        dss.json(method, last, ApiDeploymentUpdate),
        (update): Effect.Effect<Option.Option<unknown>, FutureFailed> => {
          const isThis = typeof startTime === "number" && Number(update.startTimestamp) >= startTime - 1000;
          const failure = updateFailure(dss, update);
          if (!ApiDeploymentUpdate.hasEnded(update) || !isThis) return Effect.succeedNone;
          return failure === undefined ? Effect.succeedSome(update) : Effect.fail(failure);
        },
      );
      return makeFutureOperation(dss, { method, future, isNew: true, result: Schema.Unknown, forgotten }, options);
    },
  );
};
