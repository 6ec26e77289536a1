/**
 * Metrics of managed folders.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { path } from "../../src/transport/request.ts";
import { type ComputeMetricsOptions, metricCalls, type ObjectMetrics } from "./metric_calls.ts";

export * from "../../schemas/flow/metric.ts";
export type { ComputeMetricsOptions, MetricLookup, ObjectMetrics } from "./metric_calls.ts";

/**
 * Metrics of managed folders: how many files there are, and how large they are together. Those of a folder with partitions are of the whole.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { ManagedFolderMetrics, MetricValues } from "@effect-dataiku/dss/managed-folder-metrics";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const measured = Effect.gen(function* () {
 *   const metrics = yield* ManagedFolderMetrics;
 *   yield* metrics.compute("SALES", "aB3kQ9xZ");
 *   return MetricValues.byId(yield* metrics.last("SALES", "aB3kQ9xZ"));
 * });
 * const { "basic:COUNT_FILES": files } = await Effect.runPromise(Effect.provide(measured, Simulator.layer()));
 * if (files !== 2) throw new Error("unexpected");
 * ```
 */
export interface ManagedFolderMetrics extends ObjectMetrics<Record<never, never>, ComputeMetricsOptions> {}

/** Key of {@linkcode ManagedFolderMetrics}, with its layer. */
export const ManagedFolderMetrics: DssService<ManagedFolderMetrics> = service(
  "ManagedFolderMetrics",
  Effect.map(Dss, (dss): ManagedFolderMetrics => {
    const { last, history, startCompute, compute } = metricCalls<Record<never, never>>(dss, {
      service: "ManagedFolderMetrics",
      at: (projectKey, folderId) => path`/projects/${projectKey}/managedfolders/${folderId}`,
    });
    return { last, history, startCompute, compute };
  }),
);
