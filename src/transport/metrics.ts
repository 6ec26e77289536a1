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
import type { DssErrorReason } from "../errors/reasons.ts";
import type { DssRequest } from "./request.ts";

/** The metrics of this library, as they are named in exports. */
export interface DssMetrics {
  /** `dataiku.dss.calls`: calls that ended, by `method` as `Jobs.get`, `route` without ids, and `outcome`: `success`, or the reason. */
  readonly calls: Metric.Counter<number>;
  /** `dataiku.dss.call.duration`: how long they took with all attempts and pauses, by `method`; in milliseconds. */
  readonly callDuration: Metric.Histogram<Duration.Duration>;
  /** `dataiku.dss.retries`: attempts after the first, by `method` and the `reason` of the failure before. */
  readonly retries: Metric.Counter<number>;
  /**
   * `dataiku.dss.waits`: how long the `result` of operations was waited for, by `kind` as `job` and `end`: `success`, the error, or
   * `interrupted`; in milliseconds. It is measured whatever the options of the connection, once for each wait.
   */
  readonly waits: Metric.Histogram<Duration.Duration>;
}

/** The metrics of this library. A connection counts with the option `metrics`; without it, it does nothing of this. */
export const DssMetrics: DssMetrics = {
  calls: Metric.counter("dataiku.dss.calls", { description: "Calls to DSS that ended", incremental: true }),
  callDuration: Metric.timer("dataiku.dss.call.duration", { description: "How long calls to DSS took" }),
  retries: Metric.counter("dataiku.dss.retries", { description: "Attempts after the first", incremental: true }),
  waits: Metric.timer("dataiku.dss.waits", { description: "How long operations were waited for" }),
};

/** How an effect ended, in a word. */
const endOf = (exit: Exit.Exit<unknown, unknown>): string => {
  if (Exit.isSuccess(exit)) return "success";
  return Option.match(Exit.findErrorOption(exit), {
    onNone: () => "interrupted",
    onSome: (error) => (error as { readonly _tag?: string } | undefined)?._tag ?? "other",
  });
};

/** Tells how long an effect took, and how it ended. */
const timed = <A, E, R>(
  effect: Effect.Effect<A, E, R>,
  tell: (lasted: Duration.Duration, end: string) => Effect.Effect<void>,
): Effect.Effect<A, E, R> =>
  Effect.flatMap(
    Clock.currentTimeMillis,
    (since) =>
      Effect.onExit(effect, (exit) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => tell(Duration.millis(now - since), endOf(exit)))),
  );

/** @internal Measures how long an operation is waited for. */
export const measureWait = <A, E>(kind: string, wait: Effect.Effect<A, E>): Effect.Effect<A, E> =>
  timed(wait, (lasted, end) => Metric.update(Metric.withAttributes(DssMetrics.waits, { kind, end }), lasted));

/** What is done with the effect of a call. */
type Measure = (
  method: string,
  request: DssRequest,
) => <A, R>(call: Effect.Effect<A, DssErrorReason, R>) => Effect.Effect<A, DssErrorReason, R>;

/** @internal Leaves a call as it is. */
export const unmeasured: Measure = () => (call) => call;

/** @internal Counts a call by how it ended, and measures it; one that is interrupted is counted as that. */
export const measure: Measure = (method, { path: { template: route } }) => (call) =>
  timed(call, (lasted, outcome) =>
    Effect.andThen(
      Metric.update(Metric.withAttributes(DssMetrics.calls, { method, route, outcome }), 1),
      Metric.update(Metric.withAttributes(DssMetrics.callDuration, { method }), lasted),
    ));

/** @internal Counts an attempt after the first. */
export const countRetry = (method: string, { _tag: reason }: DssErrorReason): Effect.Effect<void> =>
  Metric.update(Metric.withAttributes(DssMetrics.retries, { method, reason }), 1);
