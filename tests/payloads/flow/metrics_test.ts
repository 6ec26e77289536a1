import { ComputedMetrics, MetricHistory, MetricValues } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const [key, id] = ["SALES", "orders"];

const metric = document({
  id: always("col_stats:MIN:amount"),
  type: optional("col_stats"),
  metricType: optional("MIN"),
  column: optional("amount"),
  dataType: optional(oneOf("DOUBLE")),
});

const values = document({
  metrics: always([
    document({
      metric: always(metric),
      displayedAsMetric: optional(true),
      meta: optional({ name: "Minimum", level: 2 }),
      lastValues: optional([
        document({
          partition: always("NP"),
          dataType: optional(oneOf("DOUBLE")),
          value: optional("-3.5"),
          computed: optional(1759312596668),
        }),
      ]),
    }),
  ]),
});

itIsReturned("the last values of metrics", {
  document: values,
  schema: MetricValues,
  through: {
    "DatasetMetrics.last": { call: ({ datasetMetrics }) => datasetMetrics.last(key, id) },
    "ManagedFolderMetrics.last": { call: ({ managedFolderMetrics }) => managedFolderMetrics.last(key, id) },
  },
  accessors: [
    (read) => MetricValues.last(read, "col_stats:MIN:amount"),
    (read) => MetricValues.byId(read),
    (read) => MetricValues.byId(read, "2026"),
    (read) => MetricValues.checks(read),
  ],
});

itIsReturned("the history of a metric", {
  document: document({
    metricId: optional("col_stats:MIN:amount"),
    metric: optional(metric),
    values: optional([document({ time: optional(1759312596668), value: optional("-3.5") })]),
  }),
  schema: MetricHistory,
  through: {
    "DatasetMetrics.history": { call: ({ datasetMetrics }) => datasetMetrics.history(key, id, "m") },
    "ManagedFolderMetrics.history": {
      call: ({ managedFolderMetrics }) => managedFolderMetrics.history(key, id, "m"),
    },
  },
});

const computed = document({
  computed: optional([
    document({
      metricId: optional("records:COUNT_RECORDS"),
      value: optional("5"),
      dataType: optional(oneOf("BIGINT")),
      partition: optional("NP"),
    }),
  ]),
  skipped: optional([{ metricId: "x" }]),
  errors: optional([{ message: "no engine" }]),
});

itIsReturned("what was measured", {
  document: computed,
  schema: ComputedMetrics,
  through: {
    "DatasetMetrics.compute": {
      answers: (result) => [{ hasResult: true, aborted: false, result }],
      call: ({ datasetMetrics }) => datasetMetrics.compute(key, id),
    },
    "ManagedFolderMetrics.compute, as older versions answer": {
      call: ({ managedFolderMetrics }) => managedFolderMetrics.compute(key, id),
    },
  },
});
