/**
 * The execution in containers of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { infoMessage } from "../kernel/info_messages.ts";
import type { Route } from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";

/** A route that starts work without further parameters. */
const action = (name: string, displayName: string, seconds: number): Route => ({
  method: "POST",
  path: `/admin/container-exec/actions/${name}`,
  known: "official client",
  note: "Answers a future; its result, and how long it takes, is assumed.",
  admin: true,
  handle: ({ user, now }, world) => {
    const outcome = world.outcomes.take(`container-exec/${name}`);
    const { message } = outcome;
    const messages = {
      fail: infoMessage("ERROR", "ERR_CONTAINER_EXEC", "Failed", message ?? "The registry cannot be reached"),
      warn: infoMessage("WARNING", "WARN_CONTAINER_EXEC", "Done with warnings", message ?? "A layer is large"),
    }[outcome.end as string] ?? infoMessage("SUCCESS", "INFO_CONTAINER_EXEC", "Done", `${displayName} is done`);
    return Effect.succeed(startScripted(world, now, outcome, {
      owner: user.login,
      displayName,
      kind: "CONTAINER_EXEC",
      seconds,
      end: () => ({ result: { messages } }),
    }));
  },
});

/** @internal */
export const containerExecRoutes: ReadonlyArray<Route> = [
  action("push-base-images", "Pushing the base images", 120),
  action("apply-kubernetes-policies", "Applying the policies of namespaces", 5),
  action("build-cde-plugins-image", "Building the image of plugins", 180),
  action("install-jupyter-support", "Installing the support of Jupyter", 90),
  action("remove-jupyter-support", "Removing the support of Jupyter", 10),
];
