/**
 * Metrics and checks of datasets.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { ContactLost, WaitTimedOut } from "../../src/operation/operation.ts";
import { path } from "../../src/transport/request.ts";
import { type ComputeMetricsOptions, metricCalls, type ObjectMetrics, type RunChecksOptions } from "./metric_calls.ts";

export * from "../../schemas/flow/metric.ts";
export type { ComputeMetricsOptions, MetricLookup, ObjectMetrics, RunChecksOptions } from "./metric_calls.ts";

/** Of which part of a dataset. */
export interface DatasetMetricsOptions {
  /** A partition, or `ALL` for all of them together; by default the whole of a dataset without partitions. */
  readonly partition?: string;
}

/** What is measured of which part of a dataset. */
export interface ComputeDatasetMetricsOptions extends DatasetMetricsOptions, ComputeMetricsOptions {}

/** Which checks run on which part of a dataset. */
export interface RunDatasetChecksOptions extends DatasetMetricsOptions, RunChecksOptions {}

/**
 * Metrics of datasets: rows, columns, and what is in them.
 *
 * A build measures only what the settings of the dataset say (`computeOnBuildMode`): measure before reading where it matters. Checks of
 * datasets are rules of data quality since DSS 12.6.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { DatasetMetrics, MetricValues } from "@effect-dataiku/dss/dataset-metrics";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const measured = Effect.gen(function* () {
 *   const metrics = yield* DatasetMetrics;
 *   yield* metrics.compute("SALES", "orders_raw", { metricIds: ["basic:COUNT_COLUMNS"] });
 *   return MetricValues.byId(yield* metrics.last("SALES", "orders_raw"));
 * });
 * const { "basic:COUNT_COLUMNS": columns } = await Effect.runPromise(Effect.provide(measured, Simulator.layer()));
 * if (columns !== 7) throw new Error("unexpected");
 * ```
 */
export interface DatasetMetrics extends ObjectMetrics<DatasetMetricsOptions, ComputeDatasetMetricsOptions> {
  /**
   * Runs the checks of a dataset, or those that are given. What came of them are metrics then: `MetricValues.checks` reads them.
   *
   * For datasets without rules of data quality, as before DSS 12.6. DSS does not document what it answers.
   */
  runChecks(
    projectKey: string,
    name: string,
    options?: RunDatasetChecksOptions,
  ): Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;
}

/** Key of {@linkcode DatasetMetrics}, with its layer. */
export const DatasetMetrics: DssService<DatasetMetrics> = service(
  "DatasetMetrics",
  Effect.map(Dss, (dss): DatasetMetrics =>
    metricCalls<DatasetMetricsOptions>(dss, {
      service: "DatasetMetrics",
      at: (projectKey, name) => path`/projects/${projectKey}/datasets/${name}`,
      part: ({ partition = "NP" }) => path`/${partition}`,
      query: ({ partition = "" }) => ({ partition }),
    })),
);
