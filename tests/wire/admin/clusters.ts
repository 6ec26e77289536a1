/** Clusters: our calls for those of the official client. */
import type { Noun } from "../harness/noun.ts";

const id = "cl1";
const narrowed = { namespace: "ns", labelFilter: "a=b", dryRun: true };

const clusters: Noun = {
  areas: [],
  methods: {
    "DSSClient.list_clusters": { ours: "Clusters.list", calls: [({ clusters }) => clusters.list()] },
    "DSSClient.create_cluster": {
      ours: "Clusters.create",
      calls: [
        ({ clusters }) => clusters.create("c"),
        ({ clusters }) => clusters.create("c", { type: "pycluster_x", params: { a: 1 }, architecture: "KUBERNETES" }),
      ],
    },
    "DSSCluster.delete": { ours: "Clusters.delete", calls: [({ clusters }) => clusters.delete(id)] },
    "DSSCluster.get_settings": { ours: "Clusters.settings", calls: [({ clusters }) => clusters.settings(id)] },
    "DSSCluster.get_definition": { ours: "Clusters.settings", calls: [({ clusters }) => clusters.settings(id)] },
    "DSSCluster.set_definition": {
      ours: "Clusters.saveSettings",
      calls: [({ clusters }) => clusters.saveSettings(id, { id })],
    },
    "DSSClusterSettings.save": {
      ours: "Clusters.updateSettings",
      calls: [({ clusters }) => clusters.updateSettings(id, (same) => same)],
    },
    "DSSCluster.get_status": { ours: "Clusters.status", calls: [({ clusters }) => clusters.status(id)] },
    "DSSCluster.start": {
      ours: "Clusters.start",
      calls: [({ clusters }) => clusters.start(id), ({ clusters }) => clusters.start(id)],
    },
    "DSSCluster.stop": {
      ours: "Clusters.stop",
      calls: [
        ({ clusters }) => clusters.stop(id),
        ({ clusters }) => clusters.stop(id, { terminate: false, force: true }),
      ],
    },
    "DSSCluster.run_kubectl": {
      ours: "Clusters.runKubectl",
      calls: [({ clusters }) => clusters.runKubectl(id, "get pods")],
    },
    "DSSCluster.delete_finished_jobs": {
      ours: "Clusters.deleteFinishedJobs",
      calls: [
        ({ clusters }) => clusters.deleteFinishedJobs(id),
        ({ clusters }) => clusters.deleteFinishedJobs(id, { deleteFailed: true, ...narrowed }),
      ],
    },
    "DSSCluster.delete_finished_pods": {
      ours: "Clusters.deleteFinishedPods",
      calls: [
        ({ clusters }) => clusters.deleteFinishedPods(id),
        ({ clusters }) => clusters.deleteFinishedPods(id, narrowed),
      ],
    },
    "DSSCluster.delete_all_pods": {
      ours: "Clusters.deleteAllPods",
      calls: [
        ({ clusters }) => clusters.deleteAllPods(id),
        ({ clusters }) => clusters.deleteAllPods(id, narrowed),
      ],
    },
  },
  withoutRequest: {
    "DSSClient.get_cluster": "Clusters.settings",
    "DSSClusterSettings.get_raw": "Clusters.settings",
    "DSSClusterSettings.get_plugin_data": "ClusterSettings",
    "DSSClusterStatus.get_raw": "Clusters.status",
  },
  samples: {
    "POST /admin/clusters/{}/actions/{}": {
      messages: { anyMessage: false, success: false, warning: false, error: false, fatal: false, messages: [] },
    },
    "POST /admin/clusters/": {
      messages: { anyMessage: false, success: false, warning: false, error: false, fatal: false, messages: [] },
    },
  },
};

export default clusters;
