/** Metrics and checks: our calls for those of the official client. */
import type { Noun } from "../harness/noun.ts";

const [key, dataset, folder] = ["WIRE_PROJ", "x", "abcd1234"];
const probes = { probes: [] };

const metrics: Noun = {
  areas: [],
  methods: {
    "DSSDataset.compute_metrics": {
      ours: "DatasetMetrics.compute",
      calls: [
        ({ datasetMetrics }) => datasetMetrics.compute(key, dataset),
        ({ datasetMetrics }) =>
          datasetMetrics.compute(key, dataset, { partition: "p1", metricIds: ["records:COUNT_RECORDS"] }),
        ({ datasetMetrics }) => datasetMetrics.compute(key, dataset, { probes }),
      ],
    },
    "DSSDataset.run_checks": {
      ours: "DatasetMetrics.runChecks",
      calls: [
        ({ datasetMetrics }) => datasetMetrics.runChecks(key, dataset),
        ({ datasetMetrics }) =>
          datasetMetrics.runChecks(key, dataset, { partition: "p1", checks: [{ type: "numericRange" }] }),
      ],
    },
    "DSSDataset.get_last_metric_values": {
      ours: "DatasetMetrics.last",
      calls: [
        ({ datasetMetrics }) => datasetMetrics.last(key, dataset),
        ({ datasetMetrics }) => datasetMetrics.last(key, dataset, { partition: "p1" }),
      ],
    },
    "DSSDataset.get_metric_history": {
      ours: "DatasetMetrics.history",
      calls: [
        ({ datasetMetrics }) => datasetMetrics.history(key, dataset, "records:COUNT_RECORDS"),
        ({ datasetMetrics }) => datasetMetrics.history(key, dataset, "m", { partition: "p1" }),
      ],
    },
    "DSSManagedFolder.compute_metrics": {
      ours: "ManagedFolderMetrics.compute",
      calls: [
        ({ managedFolderMetrics }) => managedFolderMetrics.compute(key, folder),
        ({ managedFolderMetrics }) => managedFolderMetrics.compute(key, folder, { metricIds: ["a"] }),
        ({ managedFolderMetrics }) => managedFolderMetrics.compute(key, folder, { probes }),
      ],
    },
    "DSSManagedFolder.get_last_metric_values": {
      ours: "ManagedFolderMetrics.last",
      calls: [({ managedFolderMetrics }) => managedFolderMetrics.last(key, folder)],
    },
    "DSSManagedFolder.get_metric_history": {
      ours: "ManagedFolderMetrics.history",
      calls: [({ managedFolderMetrics }) => managedFolderMetrics.history(key, folder, "m")],
    },
  },
  withoutRequest: {
    "ComputedMetrics.get_raw": "DatasetMetrics.last",
    "ComputedMetrics.get_metric_by_id": "MetricValues.last",
    "ComputedMetrics.get_all_ids": "MetricValues",
    "ComputedMetrics.get_global_data": "MetricValues.last",
    "ComputedMetrics.get_global_value": "MetricValues.byId",
    "ComputedMetrics.get_partition_data": "MetricValues.last",
    "ComputedMetrics.get_partition_value": "MetricValues.byId",
    "ComputedMetrics.get_first_partition_data": "MeasuredMetric.lastValues",
    "ComputedMetrics.get_value_from_data": "MetricValue.scalar",
  },
  samples: Object.fromEntries([
    ["GET /projects/{}/datasets/{}/metrics/last/{}", { metrics: [] }],
    ["GET /projects/{}/datasets/{}/metrics/history/{}", { values: [] }],
    ["GET /projects/{}/managedfolders/{}/metrics/last", { metrics: [] }],
    ["GET /projects/{}/managedfolders/{}/metrics/history", { values: [] }],
    ...["computeMetrics", "computeMetricsFromIds", "runChecks"].flatMap((action) => [
      [`POST /projects/{}/datasets/{}/actions/${action}`, { hasResult: true, result: { computed: [] } }],
      [`POST /projects/{}/managedfolders/{}/actions/${action}`, { hasResult: true, result: { computed: [] } }],
    ]),
  ]),
};

export default metrics;
