/**
 * Clusters: where DSS runs containers, or Hadoop and Spark.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import {
  Cluster,
  type ClusterArchitecture,
  ClusterResult,
  ClusterSettings,
  ClusterStatus,
  CreatedCluster,
  KubernetesReport,
} from "../../schemas/admin/cluster.ts";
import { decodeValue } from "../../src/transport/answer.ts";
import { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { failureMessages } from "../../src/operation/failure_messages.ts";
import { FutureFailed } from "../../src/operation/future_failure.ts";
import { del, type DssRequest, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/admin/cluster.ts";

/** How a cluster is created. */
export interface CreateClusterOptions {
  /**
   * Kind: `manual`, or what a plugin brings.
   *
   * @default {"manual"}
   */
  readonly type?: string;
  /**
   * What it is.
   *
   * @default {"HADOOP"}
   */
  readonly architecture?: ClusterArchitecture;
  /** Parameters of its kind. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** How a cluster is stopped. */
export interface StopClusterOptions {
  /**
   * Whether its machines are given back too.
   *
   * @default {true}
   */
  readonly terminate?: boolean;
  /**
   * Whether it is stopped although something uses it.
   *
   * @default {false}
   */
  readonly force?: boolean;
}

/** Which pods are meant. */
export interface PodsOptions {
  /** Namespace; by default that of the cluster. */
  readonly namespace?: string;
  /** Selector of labels, as `app=dss`. */
  readonly labelFilter?: string;
  /**
   * Whether it is only told what would be deleted.
   *
   * @default {false}
   */
  readonly dryRun?: boolean;
}

/** Which jobs of Kubernetes are meant. */
export interface FinishedJobsOptions extends PodsOptions {
  /**
   * Whether those that failed are deleted too.
   *
   * @default {false}
   */
  readonly deleteFailed?: boolean;
}

/**
 * Clusters: where DSS runs containers, or Hadoop and Spark.
 *
 * DSS answers the start and the stop of a cluster only at their end, which takes minutes; `status` tells meanwhile where it stands. It
 * answers a failure with a success that has messages: that is a `FutureFailed`. What acts is never sent twice: a lost answer is
 * `OutcomeUnknown`. All of it needs a key that may create or manage clusters.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Clusters } from "@effect-dataiku/dss/clusters";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const clusters = yield* Clusters;
 *   const { id } = yield* clusters.create("nightly", { architecture: "KUBERNETES" });
 *   yield* clusters.start(id);
 *   return yield* clusters.status(id);
 * });
 * const { state } = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (state !== "RUNNING") throw new Error("unexpected");
 * ```
 */
export interface Clusters {
  /** All clusters. */
  list(): Effect.Effect<ReadonlyArray<Cluster>, DssError>;
  /** Creates a cluster, which does not run yet. */
  create(name: string, options?: CreateClusterOptions): Effect.Effect<CreatedCluster, DssError | FutureFailed>;
  /** Where a cluster stands. */
  status(id: string): Effect.Effect<ClusterStatus, DssError>;
  /** Starts a cluster, or attaches to it, and ends when it runs. */
  start(id: string): Effect.Effect<ClusterResult, DssError | FutureFailed>;
  /** Stops a cluster, or detaches from it, and ends when it does not run any more. */
  stop(id: string, options?: StopClusterOptions): Effect.Effect<ClusterResult, DssError | FutureFailed>;
  /** The settings of a cluster. */
  settings(id: string): Effect.Effect<ClusterSettings, DssError>;
  /**
   * Changes the settings of a cluster: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit. What it throws is a defect.
   */
  updateSettings(
    id: string,
    edit: (settings: ClusterSettings) => ClusterSettings,
  ): Effect.Effect<ClusterSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    id: string,
    next: ClusterSettings,
    options?: SaveOptions<ClusterSettings>,
  ): Effect.Effect<ClusterSettings, DssError | SettingsError>;
  /** Deletes a cluster from DSS; it is not stopped by that. */
  delete(id: string): Effect.Effect<void, DssError>;
  /**
   * Runs `kubectl` on a cluster of Kubernetes, and gives what DSS says of its end and output.
   *
   * @param args What comes after `kubectl`, as `get pods`.
   */
  runKubectl(id: string, args: string): Effect.Effect<KubernetesReport, DssError | FutureFailed>;
  /** Deletes the jobs of Kubernetes that have ended. */
  deleteFinishedJobs(
    id: string,
    options?: FinishedJobsOptions,
  ): Effect.Effect<KubernetesReport, DssError | FutureFailed>;
  /** Deletes the pods that have ended. */
  deleteFinishedPods(id: string, options?: PodsOptions): Effect.Effect<KubernetesReport, DssError | FutureFailed>;
  /** Deletes all pods, those that run too. */
  deleteAllPods(id: string, options?: PodsOptions): Effect.Effect<KubernetesReport, DssError | FutureFailed>;
}

/** Key of {@linkcode Clusters}, with its layer. */
export const Clusters: DssService<Clusters> = service(
  "Clusters",
  Effect.map(Dss, (dss): Clusters => {
    const cluster = (id: string) => path`/admin/clusters/${id}`;
    const { read, update, save } = editing(dss, {
      methods: ["Clusters.settings", "Clusters.updateSettings", "Clusters.saveSettings"],
      schema: ClusterSettings,
      at: cluster,
    });
    /** Acts; messages that say that it failed are looked at first, because what else is missing then is no concern. */
    const act = <A>(method: string, request: DssRequest, schema: Schema.Codec<A, unknown>) =>
      Effect.gen(function* () {
        const answer = yield* dss.json(method, request, Schema.Unknown);
        const messages = failureMessages(answer);
        if (messages !== undefined) {
          return yield* Effect.fail(new FutureFailed(dss.withoutSecrets({ messages, result: answer }, request)));
        }
        return yield* Effect.mapError(
          decodeValue(answer, schema),
          (reason) => new DssError({ method, reason }),
        );
      });
    return {
      list: () => dss.json("Clusters.list", get(path`/admin/clusters/`), Schema.Array(Cluster)),
      create: (name, { type = "manual", architecture = "HADOOP", params = {} } = {}) =>
        act(
          "Clusters.create",
          post(path`/admin/clusters/`, { json: { name, type, architecture, params } }),
          CreatedCluster,
        ),
      status: (id) => dss.json("Clusters.status", get(path`/admin/clusters/${id}/status`), ClusterStatus),
      start: (id) =>
        act("Clusters.start", post(path`/admin/clusters/${id}/actions/start`, { slow: true }), ClusterResult),
      stop: (id, { terminate = true, force: forceStop = false } = {}) =>
        act(
          "Clusters.stop",
          post(path`/admin/clusters/${id}/actions/stop`, { query: { terminate, forceStop }, slow: true }),
          ClusterResult,
        ),
      settings: read,
      updateSettings: update,
      saveSettings: save,
      delete: (id) => dss.empty("Clusters.delete", del(cluster(id))),
      runKubectl: (id, args) =>
        act(
          "Clusters.runKubectl",
          post(path`/admin/clusters/${id}/k8s/actions/run-kubectl`, { json: { args }, slow: true }),
          KubernetesReport,
        ),
      deleteFinishedJobs: (id, { deleteFailed = false, namespace, labelFilter, dryRun = false } = {}) =>
        act(
          "Clusters.deleteFinishedJobs",
          post(path`/admin/clusters/${id}/k8s/jobs/actions/delete-finished`, {
            query: { deleteFailed, namespace, labelFilter, dryRun },
            slow: true,
          }),
          KubernetesReport,
        ),
      deleteFinishedPods: (id, { namespace, labelFilter, dryRun = false } = {}) =>
        act(
          "Clusters.deleteFinishedPods",
          post(path`/admin/clusters/${id}/k8s/pods/actions/delete-finished`, {
            query: { namespace, labelFilter, dryRun },
            slow: true,
          }),
          KubernetesReport,
        ),
      deleteAllPods: (id, { namespace, labelFilter, dryRun = false } = {}) =>
        act(
          "Clusters.deleteAllPods",
          post(path`/admin/clusters/${id}/k8s/pods/actions/delete-all`, {
            query: { namespace, labelFilter, dryRun },
            slow: true,
          }),
          KubernetesReport,
        ),
    };
  }),
);
