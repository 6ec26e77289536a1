/**
 * Metrics: the calls that are the same for datasets, managed folders and whatever else is measured.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { ComputedMetrics, MetricHistory, MetricValues } from "../../schemas/flow/metric.ts";
import type { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { Invalid } from "../../src/errors/reasons.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { startFuture } from "../../src/operation/started_future.ts";
import { get, type Path, path, post, type Query } from "../../src/transport/request.ts";

/** A metric by its id, or by its description. */
export type MetricLookup = string | Readonly<Record<string, unknown>>;

/** What is measured. Without ids and probes, all that is enabled in the settings. */
export interface ComputeMetricsOptions extends WaitOptions {
  /** Ids of metrics, as `records:COUNT_RECORDS`. */
  readonly metricIds?: ReadonlyArray<string>;
  /** Probes in place of those of the settings: an object with `probes` and `engineConfig`, as the settings have it. */
  readonly probes?: Readonly<Record<string, unknown>>;
}

/** Metrics of one kind of objects, each named by its project and its id. */
export interface ObjectMetrics<Options, ComputeOptions> {
  /** The last values of all metrics. `MetricValues.byId` gives them as a record. */
  last(projectKey: string, id: string, options?: Options): Effect.Effect<MetricValues, DssError>;
  /** The values of a metric over time. */
  history(
    projectKey: string,
    id: string,
    metric: MetricLookup,
    options?: Options,
  ): Effect.Effect<MetricHistory, DssError>;
  /** Starts to measure, and gives the operation; mostly it is done at once. */
  startCompute(
    projectKey: string,
    id: string,
    options?: ComputeOptions,
  ): Effect.Effect<FutureOperation<ComputedMetrics>, DssError>;
  /** Measures, waits, and aborts that when it is interrupted. What `last` says right after may still be what it was before. */
  compute(
    projectKey: string,
    id: string,
    options?: ComputeOptions,
  ): Effect.Effect<ComputedMetrics, DssError | FutureEnd | ContactLost | WaitTimedOut>;
}

/** What tells the metrics of one kind of objects from others. */
export interface MetricCallsSpec<Options> {
  /** Name of the service. */
  readonly service: string;
  /** Path of an object. */
  readonly at: (projectKey: string, id: string) => Path;
  /** Of which part of it, below what is read; by default there is nothing. */
  readonly part?: (options: Options) => Path;
  /** Of which part of it, in the query of an action; by default there is nothing. */
  readonly query?: (options: Options) => Query;
}

/** The calls of {@linkcode ObjectMetrics}, and the one that runs checks. */
export interface MetricCalls<Options> extends ObjectMetrics<Options, Options & ComputeMetricsOptions> {
  /** Runs the checks of an object, or those that are given, and gives what DSS says of them. */
  runChecks(
    projectKey: string,
    id: string,
    options?: Options & RunChecksOptions,
  ): Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;
}

/** Which checks run. */
export interface RunChecksOptions extends WaitOptions {
  /** Checks in place of those of the settings, as the settings have them. */
  readonly checks?: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/** A path below another one. */
const below = (above: Path, rest: Path): Path => {
  const invalid = above.invalid ?? rest.invalid;
  return {
    template: above.template + rest.template,
    value: above.value + rest.value,
    secrets: [...above.secrets, ...rest.secrets],
    ...(invalid === undefined ? {} : { invalid }),
  };
};

/** @internal */
export const metricCalls = <Options extends object>(
  dss: Dss,
  { service, at, part = () => path``, query = () => ({}) }: MetricCallsSpec<Options>,
): MetricCalls<Options> => {
  const none = {} as Options;
  const read = (what: Path, projectKey: string, id: string, options: Options): Path =>
    below(below(at(projectKey, id), what), part(options));
  const starting = (method: string): MetricCalls<Options>["startCompute"] => (projectKey, id, options) => {
    const { metricIds, probes } = options ?? {};
    if (metricIds !== undefined && probes !== undefined) {
      const detail = "metricIds and probes are both given, expected one of them";
      return Effect.fail(new DssError({ method, reason: new Invalid({ detail }) }));
    }
    const [action, json] = metricIds === undefined
      ? [path`/actions/computeMetrics`, probes]
      : [path`/actions/computeMetricsFromIds`, { metricIds }];
    const request = post(below(at(projectKey, id), action), { query: query(options ?? none), json });
    return startFuture(dss, { method, request, result: ComputedMetrics }, options);
  };
  return {
    last: (projectKey, id, options = none) =>
      dss.json(`${service}.last`, get(read(path`/metrics/last`, projectKey, id, options)), MetricValues),
    history: (projectKey, id, metric, options = none) =>
      dss.json(
        `${service}.history`,
        get(read(path`/metrics/history`, projectKey, id, options), {
          query: { metricLookup: typeof metric === "string" ? metric : { json: metric } },
        }),
        MetricHistory,
      ),
    startCompute: starting(`${service}.startCompute`),
    compute: (...args) => runOperation(starting(`${service}.compute`)(...args)),
    runChecks: (projectKey, id, options) => {
      const method = `${service}.runChecks`;
      const request = post(below(at(projectKey, id), path`/actions/runChecks`), {
        query: query(options ?? none),
        json: options?.checks,
      });
      return runOperation(startFuture(dss, { method, request, result: Schema.Unknown }, options));
    },
  };
};
