/**
 * Metrics of datasets, managed folders, saved models and evaluation stores, and the outcomes of their checks.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** Type of the value of a metric; further values may come. */
export type MetricDataType = "BIGINT" | "DOUBLE" | "STRING" | "BOOLEAN" | "ARRAY" | (string & Record<never, never>);

/** What a metric measures. */
export interface Metric {
  /** Its id, as `records:COUNT_RECORDS` or `col_stats:MIN:amount`. */
  readonly id: string;
  /** Family of what measures it, as `col_stats`. */
  readonly type?: string | null;
  /** What is measured, as `MIN`. */
  readonly metricType?: string | null;
  /** The column, for metrics of one. */
  readonly column?: string | null;
  /** Type of its values. */
  readonly dataType?: MetricDataType | null;
}

/** Schema of {@linkcode Metric}. */
export const Metric: Schema.Codec<Metric, unknown> = open(
  {
    id: Schema.String,
    type: maybe(Schema.String),
    metricType: maybe(Schema.String),
    column: maybe(Schema.String),
    dataType: maybe(openEnum<MetricDataType>()),
  } satisfies Fields<Metric>,
);

/** A value of a metric, for one partition. */
export interface MetricValue {
  /** The partition; `NP` without partitions, `ALL` for all of them together. */
  readonly partition: string;
  /** The value, as text; not there when it could not be measured. See `MetricValue.scalar`. */
  readonly value?: string | null;
  /** Type of the value. */
  readonly dataType?: MetricDataType | null;
  /** When it was measured, in milliseconds since 1970. See `MetricValue.computedAt`. */
  readonly computed?: number | null;
}

/** What a metric came to: whole numbers that JavaScript cannot hold exactly are bigints; what is no number or truth value is its text. */
export type MetricScalar = number | bigint | boolean | string;

/** Schema of {@linkcode MetricValue}, with its accessors. */
export interface MetricValueCodec extends Schema.Codec<MetricValue, unknown> {
  /** The value by its type; `undefined` when there is none. */
  scalar(value: Pick<MetricValue, "value" | "dataType">): MetricScalar | undefined;
  /** When it was measured. */
  computedAt(value: MetricValue): DateTime.Utc | undefined;
}

const wholeNumber = (text: string): MetricScalar => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};

/** A value of a metric by its type; a text that is none of that type stays the text. */
const scalar = ({ value, dataType }: Pick<MetricValue, "value" | "dataType">): MetricScalar | undefined => {
  if (value === undefined || value === null) return undefined;
  if (dataType === "BIGINT" && /^[+-]?\d+$/.test(value)) return wholeNumber(value.replace(/^\+/, ""));
  if (dataType === "BIGINT" || dataType === "DOUBLE") return /\d/.test(value) && isFinite(+value) ? +value : value;
  return dataType === "BOOLEAN" && /^(true|false)$/i.test(value) ? value.toLowerCase() === "true" : value;
};

/** Schema of {@linkcode MetricValue}, with its accessors. */
export const MetricValue: MetricValueCodec = Object.assign(
  open(
    {
      partition: Schema.String,
      value: maybe(Schema.String),
      dataType: maybe(openEnum<MetricDataType>()),
      computed: maybe(Schema.Number),
    } satisfies Fields<MetricValue>,
  ) as Schema.Codec<MetricValue, unknown>,
  { scalar, computedAt: ({ computed }: MetricValue): DateTime.Utc | undefined => instantOf(computed) },
);

/** A metric with its last values. */
export interface MeasuredMetric {
  /** The metric. */
  readonly metric: Metric;
  /** Its last value for each partition; none when it was never measured. */
  readonly lastValues?: ReadonlyArray<MetricValue> | null;
  /** Whether DSS shows it among the metrics. */
  readonly displayedAsMetric?: boolean | null;
}

/** Schema of {@linkcode MeasuredMetric}. */
export const MeasuredMetric: Schema.Codec<MeasuredMetric, unknown> = open(
  {
    metric: Metric,
    lastValues: maybe(Schema.Array(MetricValue)),
    displayedAsMetric: maybe(Schema.Boolean),
  } satisfies Fields<MeasuredMetric>,
);

/** The last values of all metrics of an object. */
export interface MetricValues {
  /** The metrics that are known, those that were never measured too. */
  readonly metrics: ReadonlyArray<MeasuredMetric>;
}

/** Schema of {@linkcode MetricValues}, with its accessors. */
export interface MetricValuesCodec extends Schema.Codec<MetricValues, unknown> {
  /**
   * The last value of a metric; `undefined` when there is none.
   *
   * @param partition Without one, that of the whole: `NP`, else `ALL`.
   */
  last(values: MetricValues, metricId: string, partition?: string): MetricValue | undefined;
  /** All metrics that have a value, by id, for a partition or for the whole. */
  byId(values: MetricValues, partition?: string): Readonly<Record<string, MetricScalar>>;
  /** What came of the checks, by their labels: the outcome as DSS stores it, as a value of a metric. */
  checks(values: MetricValues, partition?: string): Readonly<Record<string, string>>;
}

const whole = ["NP", "ALL"];

const lastOf = ({ lastValues }: MeasuredMetric, partition: string | undefined): MetricValue | undefined => {
  for (const asked of partition === undefined ? whole : [partition]) {
    const found = lastValues?.find((value) => value.partition === asked);
    if (found !== undefined) return found;
  }
  return undefined;
};

const checkPrefix = "check:CHECK:";

const byId = ({ metrics }: MetricValues, partition?: string): Readonly<Record<string, MetricScalar>> =>
  Object.fromEntries(metrics.flatMap((measured) => {
    const last = lastOf(measured, partition);
    const value = last === undefined
      ? undefined
      : scalar({ ...last, dataType: last.dataType ?? measured.metric.dataType ?? null });
    return value === undefined ? [] : [[measured.metric.id, value]];
  }));

/** Schema of {@linkcode MetricValues}, with its accessors. */
export const MetricValues: MetricValuesCodec = Object.assign(
  open({ metrics: Schema.Array(MeasuredMetric) } satisfies Fields<MetricValues>) as Schema.Codec<MetricValues, unknown>,
  {
    last: ({ metrics }: MetricValues, metricId: string, partition?: string): MetricValue | undefined => {
      const measured = metrics.find(({ metric }) => metric.id === metricId);
      return measured === undefined ? undefined : lastOf(measured, partition);
    },
    byId,
    checks: (values: MetricValues, partition?: string): Readonly<Record<string, string>> =>
      Object.fromEntries(
        Object.entries(byId(values, partition)).filter(([id]) => id.startsWith(checkPrefix)).map((
          [id, value],
        ) => [id.slice(checkPrefix.length), String(value)]),
      ),
  },
);

/** A value of a metric at a time. */
export interface MetricPoint {
  /** When it was measured, in milliseconds since 1970. */
  readonly time?: number | null;
  /** The value, as text. */
  readonly value?: string | null;
}

/** Schema of {@linkcode MetricPoint}. */
export const MetricPoint: Schema.Codec<MetricPoint, unknown> = open(
  { time: maybe(Schema.Number), value: maybe(Schema.String) } satisfies Fields<MetricPoint>,
);

/** The values of a metric over time, for one partition. */
export interface MetricHistory {
  /** Id of the metric. */
  readonly metricId?: string | null;
  /** The metric. */
  readonly metric?: Metric | null;
  /** Its values, the oldest first. */
  readonly values?: ReadonlyArray<MetricPoint> | null;
}

/** Schema of {@linkcode MetricHistory}. */
export const MetricHistory: Schema.Codec<MetricHistory, unknown> = open(
  {
    metricId: maybe(Schema.String),
    metric: maybe(Metric),
    values: maybe(Schema.Array(MetricPoint)),
  } satisfies Fields<MetricHistory>,
);

/** A metric that was measured just now. */
export interface ComputedMetric {
  /** Id of the metric. */
  readonly metricId?: string | null;
  /** The value, as text. */
  readonly value?: string | null;
  /** Type of the value. */
  readonly dataType?: MetricDataType | null;
  /** The partition. */
  readonly partition?: string | null;
}

/** Schema of {@linkcode ComputedMetric}. */
export const ComputedMetric: Schema.Codec<ComputedMetric, unknown> = open(
  {
    metricId: maybe(Schema.String),
    value: maybe(Schema.String),
    dataType: maybe(openEnum<MetricDataType>()),
    partition: maybe(Schema.String),
  } satisfies Fields<ComputedMetric>,
);

/** What came of measuring. */
export interface ComputedMetrics {
  /** What was measured. */
  readonly computed?: ReadonlyArray<ComputedMetric> | null;
  /** What was left out, in a form that DSS does not document. */
  readonly skipped?: ReadonlyArray<unknown> | null;
  /** What failed, in a form that DSS does not document; the others were measured. */
  readonly errors?: unknown;
}

/** Schema of {@linkcode ComputedMetrics}. */
export const ComputedMetrics: Schema.Codec<ComputedMetrics, unknown> = open(
  {
    computed: maybe(Schema.Array(ComputedMetric)),
    skipped: maybe(Schema.Array(Schema.Unknown)),
    errors: Schema.optionalKey(Schema.Unknown),
  } satisfies Fields<ComputedMetrics>,
);
