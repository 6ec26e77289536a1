/**
 * Clusters, as DSS answers them.
 *
 * @module
 */
import { always, type Document, document, oneOf, optional } from "../document.ts";
import { infoMessages } from "../automation/futures.ts";

const listed = {
  id: optional("eks_prod"),
  name: optional("EKS production"),
  type: optional("pycluster_eks-clusters_create-eks-cluster"),
  architecture: optional(oneOf("KUBERNETES")),
  state: optional(oneOf("RUNNING")),
  owner: optional("admin"),
};

/** A cluster in a list. */
export const cluster: Document = document(listed);

/** The settings of a cluster. */
export const clusterSettings: Document = document({
  ...listed,
  params: optional({ nodeType: "m5.xlarge" }),
  data: optional({ kubeConfigPath: "/data/config" }),
  permissions: optional([{ group: "data_team", use: true }]),
  usableByAll: optional(true),
});

/** Where a cluster stands. */
export const clusterStatus: Document = document({ state: always(oneOf("RUNNING")), usages: optional([]) });

/** A cluster that was created. */
export const createdCluster: Document = document({
  id: always("eks_prod"),
  messages: optional(infoMessages({ error: false, fatal: false })),
});

/** What came of the start or stop of a cluster. */
export const clusterResult: Document = document({
  messages: optional(infoMessages({ error: false, fatal: false })),
});
