/**
 * What a connection counts and measures, for metrics exporters of Effect.
 *
 * @module
 */
import * as Clock from "effect/Clock";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Metric from "effect/Metric";
import * as Option from "effect/Option";
import type { DssErrorReason } from "./reasons.ts";
import type { DssRequest } from "./request.ts";

/** The metrics of this library, as they are named in exports. */
export interface DssMetrics {
  /** `dataiku.dss.calls`: calls that ended, by `method` as `Jobs.get`, `route` without ids, and `outcome`: `success`, or the reason. */
  readonly calls: Metric.Counter<number>;
  /** `dataiku.dss.call.duration`: how long they took with all attempts and pauses, by `method`; in milliseconds. */
  readonly callDuration: Metric.Histogram<Duration.Duration>;
  /** `dataiku.dss.retries`: attempts after the first, by `method` and the `reason` of the failure before. */
  readonly retries: Metric.Counter<number>;
}

/** The metrics of this library. A connection counts with the option `metrics`; without it, it does nothing of this. */
export const DssMetrics: DssMetrics = {
  calls: Metric.counter("dataiku.dss.calls", { description: "Calls to DSS that ended", incremental: true }),
  callDuration: Metric.timer("dataiku.dss.call.duration", { description: "How long calls to DSS took" }),
  retries: Metric.counter("dataiku.dss.retries", { description: "Attempts after the first", incremental: true }),
};

/** What is done with the effect of a call. */
type Measure = (
  method: string,
  request: DssRequest,
) => <A, R>(call: Effect.Effect<A, DssErrorReason, R>) => Effect.Effect<A, DssErrorReason, R>;

/** @internal Leaves a call as it is. */
export const unmeasured: Measure = () => (call) => call;

/** @internal Counts a call by how it ended, and measures it; one that is interrupted is counted as that. */
export const measure: Measure = (method, { path: { template: route } }) => (call) =>
  Effect.flatMap(Clock.currentTimeMillis, (since) =>
    Effect.onExit(call, (exit) =>
      Effect.gen(function* () {
        const failure = Option.match(Exit.findErrorOption(exit), {
          onNone: () => "interrupted",
          onSome: ({ _tag }) => _tag,
        });
        const attributes = { method, route, outcome: Exit.isSuccess(exit) ? "success" : failure };
        yield* Metric.update(Metric.withAttributes(DssMetrics.calls, attributes), 1);
        const lasted = Duration.millis((yield* Clock.currentTimeMillis) - since);
        yield* Metric.update(Metric.withAttributes(DssMetrics.callDuration, { method }), lasted);
      })));

/** @internal Counts an attempt after the first. */
export const countRetry = (method: string, { _tag: reason }: DssErrorReason): Effect.Effect<void> =>
  Metric.update(Metric.withAttributes(DssMetrics.retries, { method, reason }), 1);
