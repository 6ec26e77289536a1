/**
 * Metrics and checks of the datasets of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Call, invalid, type Route, type SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { outcomeOf } from "./checks.ts";
import { findDataset, isPartitioned } from "./datasets_state.ts";
import { compute, computeFromIds, history, lastValues, measuring } from "./metric_answers.ts";
import { measuredDataset } from "./dataset_measures.ts";
import { findAll, findMetric, type MeasuredObject } from "./metrics_state.ts";

/** The dataset that a request names, as one that is measured. */
const measuredBy = (world: World, call: Call): Effect.Effect<MeasuredObject, SimulatedRefusal> =>
  Effect.map(findDataset(world, call), ({ project, dataset }) => measuredDataset(project, dataset));

/** The partition that an action is for. */
const partitionAsked = (world: World, call: Call): Effect.Effect<string, SimulatedRefusal> =>
  Effect.flatMap(findDataset(world, call), ({ dataset }) => {
    const asked = call.query.get("partition") ?? "";
    const isWhole = ["", "NP", "ALL"].includes(asked);
    if (!isWhole && !isPartitioned(dataset)) {
      return Effect.fail(invalid(`${dataset.name} has no partitions, so none of the name ${asked}`));
    }
    return Effect.succeed(isWhole ? isPartitioned(dataset) ? "ALL" : "NP" : asked);
  });

/** Answers an action on a dataset and one of its partitions. */
const acting = (
  answer: typeof compute,
): Route["handle"] =>
(call, world) =>
  Effect.flatMap(
    Effect.all([measuredBy(world, call), partitionAsked(world, call)]),
    ([measured, partition]) => answer(world, call, measured, partition),
  );

/** @internal */
export const datasetMetricsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/metrics/last/:partition",
    known: "public evidence",
    note:
      "Metrics that are shown are there before they were measured, with no values. That only values of the partition that is asked for are there is assumed.",
    handle: (call, world) =>
      Effect.map(measuredBy(world, call), (measured) => lastValues(measured, call.params.partition!)),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/metrics/history/:partition",
    known: "official client",
    note: "values with time and value; how a metric is described other than by its id is assumed.",
    handle: (call, world) =>
      Effect.flatMap(measuredBy(world, call), (measured) => history(measured, call, call.params.partition!)),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/:name/actions/computeMetrics",
    known: "public evidence",
    note:
      "A future that is done at once, with computed and skipped; a body has other probes than those of the settings.",
    handle: acting(compute),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/:name/actions/computeMetricsFromIds",
    known: "public evidence",
    note:
      "metricIds, whether a probe of the settings measures them or not. That one that is none is refused is assumed.",
    handle: acting(computeFromIds),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/:name/actions/runChecks",
    known: "official client",
    note:
      "The checks of the settings, or a list that is sent; outcomes become metrics with the id check:CHECK:label, as settings name them. Their values, and the answer, are assumed.",
    handle: acting((world, call, measured, partition) => {
      const { checks, metricsChecks } = measured.document;
      const stored = [
        ...jsonObjects(checks),
        ...jsonObjects(isJsonObject(metricsChecks) ? metricsChecks.checks : []),
      ];
      if (call.json !== undefined && !Array.isArray(call.json)) {
        return Effect.fail(invalid("Checks must be a list"));
      }
      const asked = call.json === undefined ? stored : jsonObjects(call.json);
      return Effect.succeed(measuring(world, call, measured, partition, () => {
        const found = findAll(measured, partition);
        return Object.fromEntries(asked.map((check, at) => {
          const { meta, metricId } = check;
          const label = String((isJsonObject(meta) ? meta.label : undefined) ?? check.displayName ?? `check ${at + 1}`);
          const metric = { ...findMetric(measured, String(metricId), partition), ...found }[String(metricId)];
          return [`check:CHECK:${label}`, { value: outcomeOf(check, metric?.value), dataType: "STRING" }];
        }));
      }));
    }),
  },
];
