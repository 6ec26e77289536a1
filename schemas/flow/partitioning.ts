/**
 * How datasets and managed folders are cut into partitions.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";

/** Kind of a dimension; further values may come. */
export type PartitioningDimensionType = "value" | "time" | (string & Record<never, never>);

/** Schema of {@linkcode PartitioningDimensionType}. */
export const PartitioningDimensionType: Schema.Codec<PartitioningDimensionType, string> = openEnum<
  PartitioningDimensionType
>();

/** A dimension of partitions. */
export interface PartitioningDimension {
  /** Name. */
  readonly name: string;
  /** Whether partitions are values, or periods of time. */
  readonly type: PartitioningDimensionType;
  /** Of time: `period`, which is `YEAR`, `MONTH`, `DAY` or `HOUR`. */
  readonly params?: Readonly<Record<string, unknown>> | null;
}

/** Schema of {@linkcode PartitioningDimension}. */
export const PartitioningDimension: Schema.Codec<PartitioningDimension, unknown> = open(
  {
    name: Schema.String,
    type: PartitioningDimensionType,
    params: maybe(dictionary(Schema.Unknown)),
  } satisfies Fields<PartitioningDimension>,
);

/** How something is cut into partitions; without dimensions it is not. */
export interface Partitioning {
  /** Dimensions. */
  readonly dimensions?: ReadonlyArray<PartitioningDimension> | null;
  /** Which files belong to which partition, as `%{country}/.*` or `%Y/%M/%D/.*`. */
  readonly filePathPattern?: string | null;
  /** Whether files that fit no partition are left out; otherwise they are an error. */
  readonly ignoreNonMatchingFile?: boolean | null;
  /** Whether a partition that is not there is empty; otherwise it is an error. */
  readonly considerMissingRequestedPartitionsAsEmpty?: boolean | null;
}

/** Schema of {@linkcode Partitioning}. */
export const Partitioning: Schema.Codec<Partitioning, unknown> = open(
  {
    dimensions: maybe(Schema.Array(PartitioningDimension)),
    filePathPattern: maybe(Schema.String),
    ignoreNonMatchingFile: maybe(Schema.Boolean),
    considerMissingRequestedPartitionsAsEmpty: maybe(Schema.Boolean),
  } satisfies Fields<Partitioning>,
);
