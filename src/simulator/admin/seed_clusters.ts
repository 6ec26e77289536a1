/**
 * The clusters that a simulated DSS starts with.
 *
 * @module
 * @internal
 */
import { addCluster, usedObjects } from "./clusters_state.ts";
import type { World } from "../kernel/world.ts";

/** Fills an instance with clusters: one of Kubernetes, which runs and was used, and one of Hadoop, which does not. */
export const seedClusters = (world: World): void => {
  const eks = addCluster(world, "eks_prod", {
    name: "EKS production",
    type: "pycluster_eks-clusters_create-eks-cluster",
    architecture: "KUBERNETES",
    owner: "admin",
    params: { nodeType: "m5.xlarge", numNodes: 3 },
    data: { kubeConfigPath: "/data/dss/clusters/eks_prod/config" },
  });
  eks.state = "RUNNING";
  eks.objects = usedObjects;
  addCluster(world, "hadoop_old", { name: "Old Hadoop", type: "manual", architecture: "HADOOP", owner: "maria" });
};
