/**
 * The jobs and pods in the clusters of the simulated DSS.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type ClusterRecord, deleteObjects, findCluster, type KubernetesObject } from "./clusters_state.ts";
import { type Call, flag, invalid, jsonAnswer, type Route, type SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

/** A cluster of Kubernetes that runs. */
const findKubernetes = (world: World, call: Call): Effect.Effect<ClusterRecord, SimulatedRefusal> =>
  Effect.flatMap(findCluster(world, call), (record) => {
    if (record.settings.architecture !== "KUBERNETES") {
      return Effect.fail(invalid(`Cluster ${record.settings.id} is not one of Kubernetes`));
    }
    return record.state === "RUNNING"
      ? Effect.succeed(record)
      : Effect.fail(invalid(`Cluster ${record.settings.id} does not run`));
  });

const deletion = (
  path: `/${string}`,
  note: string,
  isMeant: (object: KubernetesObject, query: URLSearchParams) => boolean,
): Route => ({
  method: "POST",
  path,
  known: "official client",
  note: `${note}; what is answered, and what is in a cluster, is assumed.`,
  admin: true,
  handle: (call, world) =>
    Effect.map(
      findKubernetes(world, call),
      (record) => jsonAnswer({ deleted: deleteObjects(record, call.query, (object) => isMeant(object, call.query)) }),
    ),
});

/** The routes of Kubernetes. */
export const clusterKubernetesRoutes: ReadonlyArray<Route> = [
  {
    method: "POST",
    path: "/admin/clusters/:clusterId/k8s/actions/run-kubectl",
    known: "official client",
    note: "The arguments as one text. What is answered is assumed; it knows only `get pods` and `get jobs`.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* findKubernetes(world, call);
        const args = isJsonObject(call.json) ? call.json.args : undefined;
        if (typeof args !== "string") return yield* Effect.fail(invalid("The arguments of kubectl must be a text"));
        const kind = /^get (job|pod)s$/.exec(args)?.[1];
        if (kind === undefined) return jsonAnswer({ rv: 1, out: "", err: `error: unknown command "${args}"\n` });
        const lines = record.objects.filter((object) => object.kind === kind).map(({ name, phase }) =>
          `${name} ${phase}\n`
        );
        return jsonAnswer({ rv: 0, out: lines.join(""), err: "" });
      }),
  },
  deletion(
    "/admin/clusters/:clusterId/k8s/jobs/actions/delete-finished",
    "deleteFailed, namespace, labelFilter and dryRun",
    ({ kind, phase }, query) =>
      kind === "job" && (phase === "Succeeded" || (phase === "Failed" && flag(query, "deleteFailed"))),
  ),
  deletion(
    "/admin/clusters/:clusterId/k8s/pods/actions/delete-finished",
    "namespace, labelFilter and dryRun",
    ({ kind, phase }) => kind === "pod" && phase !== "Running",
  ),
  deletion(
    "/admin/clusters/:clusterId/k8s/pods/actions/delete-all",
    "namespace, labelFilter and dryRun",
    ({ kind }) => kind === "pod",
  ),
];
