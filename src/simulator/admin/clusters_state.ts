/**
 * Clusters of the simulated DSS, and the jobs and pods in those of Kubernetes.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, missing, type SimulatedRefusal } from "../kernel/route.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A job or a pod of Kubernetes. */
export interface KubernetesObject {
  readonly kind: "job" | "pod";
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly phase: "Running" | "Succeeded" | "Failed";
}

/** A cluster. */
export interface ClusterRecord {
  /** Its settings; replaced as a whole, never changed. */
  settings: JsonObject;
  state: "NONE" | "RUNNING";
  /** What is in it, while it runs. */
  objects: ReadonlyArray<KubernetesObject>;
}

/** Clusters by id. */
export const clusters: Slice<Map<string, ClusterRecord>> = slice("clusters", () => new Map());

/** Names of the architectures. */
export const architectures: ReadonlyArray<string> = ["HADOOP", "KUBERNETES"];

/** Makes a cluster, which does not run. */
export const addCluster = (world: World, id: string, settings: JsonObject): ClusterRecord => {
  const record: ClusterRecord = {
    settings: { id, params: {}, data: {}, permissions: [], usableByAll: true, ...settings },
    state: "NONE",
    objects: [],
  };
  world.of(clusters).set(id, record);
  return record;
};

/** The cluster that a request names. */
export const findCluster = (world: World, { params }: Call): Effect.Effect<ClusterRecord, SimulatedRefusal> => {
  const record = world.of(clusters).get(params.clusterId!);
  return record === undefined ? Effect.fail(missing(`Cluster ${params.clusterId}`)) : Effect.succeed(record);
};

/** What a list says of a cluster. */
export const listedCluster = ({ settings, state }: ClusterRecord): JsonObject => {
  const { id, name, type, architecture, owner } = settings;
  return { id, name, type, architecture, state, owner };
};

const objectOf = (
  kind: "job" | "pod",
  name: string,
  phase: KubernetesObject["phase"],
  namespace: string,
  app: string,
): KubernetesObject => ({ kind, name, namespace, labels: { app }, phase });

/** What is in a cluster of Kubernetes that was used for a while. */
export const usedObjects: ReadonlyArray<KubernetesObject> = [
  objectOf("job", "recipe-done", "Succeeded", "dss", "recipe"),
  objectOf("job", "recipe-failed", "Failed", "dss", "recipe"),
  objectOf("job", "recipe-running", "Running", "dss", "recipe"),
  objectOf("job", "model-done", "Succeeded", "ml", "training"),
  objectOf("pod", "recipe-done-x1", "Succeeded", "dss", "recipe"),
  objectOf("pod", "recipe-failed-x2", "Failed", "dss", "recipe"),
  objectOf("pod", "recipe-running-x3", "Running", "dss", "recipe"),
  objectOf("pod", "notebook-x4", "Running", "dss", "notebook"),
  objectOf("pod", "model-done-x5", "Succeeded", "ml", "training"),
];

/** Deletes those objects that fit the query, unless it is only asked which; gives their names. */
export const deleteObjects = (
  record: ClusterRecord,
  query: URLSearchParams,
  isMeant: (object: KubernetesObject) => boolean,
): ReadonlyArray<string> => {
  const namespace = query.get("namespace");
  const selectors = (query.get("labelFilter") ?? "").split(",").filter((part) => part !== "");
  const fits = (object: KubernetesObject): boolean =>
    isMeant(object) && (namespace === null || object.namespace === namespace) &&
    selectors.every((selector) => {
      const [label = "", value] = selector.split("=");
      return value === undefined ? label in object.labels : object.labels[label] === value;
    });
  const found = record.objects.filter(fits);
  if (query.get("dryRun")?.toLowerCase() !== "true") {
    record.objects = record.objects.filter((object) => !found.includes(object));
  }
  return found.map(({ name }) => name);
};
