/**
 * Clusters: where DSS runs containers, or Hadoop and Spark.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";
import { InfoMessages } from "../../src/json/info_messages.ts";

/** What a cluster is; further values may come. */
export type ClusterArchitecture = "HADOOP" | "KUBERNETES" | (string & Record<never, never>);

/** Where a cluster stands; further values may come. */
export type ClusterState = "NONE" | "STARTING" | "RUNNING" | "STOPPING" | (string & Record<never, never>);

/** A cluster in a list. */
export interface Cluster {
  /** Id; old versions of DSS leave it out. */
  readonly id?: string | null;
  /** Name. */
  readonly name?: string | null;
  /** Kind: `manual`, or what a plugin brings, as `pycluster_eks-clusters_create-eks-cluster`. */
  readonly type?: string | null;
  /** What it is. */
  readonly architecture?: ClusterArchitecture | null;
  /** Where it stands. */
  readonly state?: ClusterState | null;
  /** Login of its owner. */
  readonly owner?: string | null;
}

const listed = {
  id: maybe(Schema.String),
  name: maybe(Schema.String),
  type: maybe(Schema.String),
  architecture: maybe(openEnum<ClusterArchitecture>()),
  state: maybe(openEnum<ClusterState>()),
  owner: maybe(Schema.String),
} satisfies Fields<Cluster>;

/** Schema of {@linkcode Cluster}. */
export const Cluster: Schema.Codec<Cluster, unknown> = open(listed);

/** The settings of a cluster; they are written back whole. */
export interface ClusterSettings extends Cluster {
  /** Parameters of its kind; they may hold secrets. */
  readonly params?: Readonly<Record<string, unknown>> | null;
  /** What the plugin behind it remembers: it is not to be edited. */
  readonly data?: unknown;
  /** Who may use or change it besides its owner. */
  readonly permissions?: ReadonlyArray<unknown> | null;
  /** Whether everybody may use it. */
  readonly usableByAll?: boolean | null;
}

/** Schema of {@linkcode ClusterSettings}. */
export const ClusterSettings: Schema.Codec<ClusterSettings, unknown> = open(
  {
    ...listed,
    params: maybe(dictionary(Schema.Unknown)),
    data: Schema.optionalKey(Schema.Unknown),
    permissions: maybe(Schema.Array(Schema.Unknown)),
    usableByAll: maybe(Schema.Boolean),
  } satisfies Fields<ClusterSettings>,
);

/** Where a cluster stands, and further fields that DSS does not document. */
export interface ClusterStatus {
  /** Where it stands. */
  readonly state: ClusterState;
}

/** Schema of {@linkcode ClusterStatus}. */
export const ClusterStatus: Schema.Codec<ClusterStatus, unknown> = open(
  { state: openEnum<ClusterState>() } satisfies Fields<ClusterStatus>,
);

/** A cluster that was created. */
export interface CreatedCluster {
  /** Its id. */
  readonly id: string;
  /** What DSS has to say. */
  readonly messages?: InfoMessages | null;
}

/** Schema of {@linkcode CreatedCluster}. */
export const CreatedCluster: Schema.Codec<CreatedCluster, unknown> = open(
  { id: Schema.String, messages: maybe(InfoMessages) } satisfies Fields<CreatedCluster>,
);

/** What came of the start or stop of a cluster that did not fail. */
export interface ClusterResult {
  /** What DSS has to say. */
  readonly messages?: InfoMessages | null;
}

/** Schema of {@linkcode ClusterResult}. */
export const ClusterResult: Schema.Codec<ClusterResult, unknown> = open(
  { messages: maybe(InfoMessages) } satisfies Fields<ClusterResult>,
);

/** What DSS answers of work on Kubernetes, such as the exit code and the output of a command; it documents no names of fields. */
export type KubernetesReport = Readonly<Record<string, unknown>>;

/** Schema of {@linkcode KubernetesReport}. */
export const KubernetesReport: Schema.Codec<KubernetesReport, unknown> = dictionary(Schema.Unknown);
