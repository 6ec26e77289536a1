import { Effect } from "effect";
import { Cluster, ClusterResult, ClusterSettings, ClusterStatus, CreatedCluster } from "../../../mod.ts";
import { cluster, clusterResult, clusterSettings, clusterStatus, createdCluster } from "./clusters.ts";
import { itIsReturned } from "../returned.ts";

const id = "eks_prod";

itIsReturned("a cluster in a list", {
  document: cluster,
  schema: Cluster,
  through: {
    "Clusters.list": {
      answers: (cluster) => [[cluster]],
      call: ({ clusters }) => Effect.map(clusters.list(), ([first]) => first!),
    },
  },
});

itIsReturned("the settings of a cluster", {
  document: clusterSettings,
  schema: ClusterSettings,
  through: {
    "Clusters.settings": { call: ({ clusters }) => clusters.settings(id) },
    "Clusters.updateSettings": { call: ({ clusters }) => clusters.updateSettings(id, (same) => same) },
    "Clusters.saveSettings": { call: ({ clusters }, settings) => clusters.saveSettings(id, settings) },
  },
});

itIsReturned("where a cluster stands", {
  document: clusterStatus,
  schema: ClusterStatus,
  through: { "Clusters.status": { call: ({ clusters }) => clusters.status(id) } },
});

itIsReturned("a cluster that was created", {
  document: createdCluster,
  schema: CreatedCluster,
  through: { "Clusters.create": { call: ({ clusters }) => clusters.create("EKS production") } },
});

itIsReturned("what came of the start or stop of a cluster", {
  document: clusterResult,
  schema: ClusterResult,
  through: {
    "Clusters.start": { call: ({ clusters }) => clusters.start(id) },
    "Clusters.stop": { call: ({ clusters }) => clusters.stop(id) },
  },
});
