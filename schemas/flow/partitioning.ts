/**
 * How datasets and managed folders are cut into partitions.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** Kind of a dimension; further values may come. */
export type PartitioningDimensionType = "value" | "time" | (string & Record<never, never>);

/** Schema of {@linkcode PartitioningDimensionType}. */
export const PartitioningDimensionType: Schema.Codec<PartitioningDimensionType, string> = openEnum<
  PartitioningDimensionType
>();

/** The span of time that a partition is for; further values may come. */
export type PartitioningPeriod = "YEAR" | "MONTH" | "DAY" | "HOUR" | (string & Record<never, never>);

/** A dimension of partitions. */
export interface PartitioningDimension {
  /** Name. */
  readonly name: string;
  /** Whether partitions are values, or periods of time. */
  readonly type: PartitioningDimensionType;
  /** What its kind needs: `period` for periods of time. */
  readonly params?: { readonly period?: PartitioningPeriod | null } | null;
}

/** Schema of {@linkcode PartitioningDimension}. */
export const PartitioningDimension: Schema.Codec<PartitioningDimension, unknown> = open(
  {
    name: Schema.String,
    type: PartitioningDimensionType,
    params: maybe(
      open({ period: maybe(openEnum<PartitioningPeriod>()) }) as Schema.Codec<
        { readonly period?: PartitioningPeriod | null },
        unknown
      >,
    ),
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
