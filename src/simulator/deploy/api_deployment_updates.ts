/**
 * Updates of deployments of the simulated DSS: they bring the nodes to what the settings say.
 *
 * @module
 * @internal
 */
import { type ApiDeploymentRecord, versionsIn } from "./api_deployer_state.ts";
import { infoMessage } from "../kernel/info_messages.ts";
import type { Answer, Call } from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

/** How a version is when it answers: `api-versions/churn.v2` can be scripted to fail or to warn. */
const bring = (world: World, deployment: ApiDeploymentRecord, versions: ReadonlyArray<string>): void => {
  const outcomes = versions.map((version) => world.outcomes.take(`api-versions/${deployment.serviceId}.${version}`));
  const failing = outcomes.find(({ end }) => end === "fail");
  const warning = outcomes.find(({ end }) => end === "warn");
  const { message = failing === undefined ? "A node answers slowly" : "The endpoint cannot be loaded" } = failing ??
    warning ?? {};
  deployment.live = {
    mapping: deployment.settings.generationsMapping,
    health: failing !== undefined ? "ERROR" : warning !== undefined ? "WARNING" : "HEALTHY",
    message: failing ?? warning ? message : undefined,
  };
};

/** Starts an update; its end can be scripted as `api-deployments/churn-on-api-prod`. */
export const startDeploymentUpdate = (world: World, { now, user }: Call, deployment: ApiDeploymentRecord): Answer => {
  const { id } = deployment;
  const outcome = world.outcomes.take(`api-deployments/${id}`);
  const versions = versionsIn(deployment.settings.generationsMapping);
  const begun: JsonObject = { startTimestamp: now, type: "UPDATE", status: "RUNNING", requester: user.login };
  deployment.updates = [begun, ...deployment.updates];
  deployment.isUpdating = true;
  const end = (at: number, status: string, line: string): void => {
    const logs = { lines: [`Preparing ${versions}`, line] };
    deployment.isUpdating = false;
    deployment.updates = deployment.updates.map((update) =>
      update === begun ? { ...begun, status, endTimestamp: at, logs } : update
    );
  };
  return startScripted(world, now, outcome, {
    owner: user.login,
    displayName: `Updating deployment ${id}`,
    kind: "API_DEPLOYMENT_UPDATE",
    targets: [{ objectType: "API_DEPLOYMENT", objectId: id }],
    seconds: 4,
    onAbort: (at) => end(at, "ABORTED", "The update was aborted"),
    end: (at) => {
      if (outcome.end === "fail") {
        const message = outcome.message ?? "A node cannot be reached";
        end(at, "ERROR", message);
        return { result: infoMessage("ERROR", "ERR_DEPLOYMENT_UPDATE", "Not updated", message) };
      }
      bring(world, deployment, versions);
      const line = `Activated ${versions}`;
      end(at, outcome.end === "warn" ? "WARNING" : "SUCCESS", line);
      const severity = outcome.end === "warn" ? "WARNING" : "SUCCESS";
      return { result: infoMessage(severity, "INFO_DEPLOYMENT_UPDATE", "Updated", outcome.message ?? line) };
    },
  });
};
