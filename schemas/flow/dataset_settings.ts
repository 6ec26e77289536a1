/**
 * The settings of datasets: where their data is, how it is written, and what DSS does with it.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";
import { DatasetSchema } from "./dataset_schema.ts";

/** What a partition of a dataset is for: a value, or a span of time; further values may come. */
export type PartitionDimensionType = "value" | "time" | (string & Record<never, never>);

/** The span of time that a partition is for; further values may come. */
export type PartitionPeriod = "YEAR" | "MONTH" | "DAY" | "HOUR" | (string & Record<never, never>);

/** What tells the partitions of a dataset apart. */
export interface PartitionDimension {
  /** Name. */
  readonly name: string;
  /** Whether it is a value or a span of time. */
  readonly type: PartitionDimensionType;
  /** What its kind needs: `period` for a span of time. */
  readonly params?: { readonly period?: PartitionPeriod | null } | null;
}

/** Schema of {@linkcode PartitionDimension}. */
export const PartitionDimension: Schema.Codec<PartitionDimension, unknown> = open(
  {
    name: Schema.String,
    type: openEnum<PartitionDimensionType>(),
    params: maybe(
      open({ period: maybe(openEnum<PartitionPeriod>()) }) as Schema.Codec<
        { readonly period?: PartitionPeriod | null },
        unknown
      >,
    ),
  } satisfies Fields<PartitionDimension>,
);

/** How a dataset is cut into partitions. */
export interface DatasetPartitioning {
  /** What tells the partitions apart; nothing when there are none. */
  readonly dimensions?: ReadonlyArray<PartitionDimension> | null;
  /** Where the files of a partition are, as `%{country}/%Y/%M/%D/.*`. */
  readonly filePathPattern?: string | null;
  /** Whether files that the pattern does not fit are left out, in place of an error. */
  readonly ignoreNonMatchingFile?: boolean | null;
  /** Whether a partition that is not there is empty, in place of an error. */
  readonly considerMissingRequestedPartitionsAsEmpty?: boolean | null;
}

/** Schema of {@linkcode DatasetPartitioning}. */
export const DatasetPartitioning: Schema.Codec<DatasetPartitioning, unknown> = open(
  {
    dimensions: maybe(Schema.Array(PartitionDimension)),
    filePathPattern: maybe(Schema.String),
    ignoreNonMatchingFile: maybe(Schema.Boolean),
    considerMissingRequestedPartitionsAsEmpty: maybe(Schema.Boolean),
  } satisfies Fields<DatasetPartitioning>,
);

/** When DSS builds a dataset that something else needs; further values may come. */
export type RebuildBehavior = "NORMAL" | "EXPLICIT" | "WRITE_PROTECT" | (string & Record<never, never>);

/** How a dataset takes part in the flow. */
export interface DatasetFlowOptions {
  /** Whether SQL engines may skip writing it. */
  readonly virtualizable?: boolean | null;
  /** When it is built. */
  readonly rebuildBehavior?: RebuildBehavior | null;
  /** When it is built from other projects, as `DEFAULT`. */
  readonly crossProjectBuildBehavior?: string | null;
}

/** Schema of {@linkcode DatasetFlowOptions}. */
export const DatasetFlowOptions: Schema.Codec<DatasetFlowOptions, unknown> = open(
  {
    virtualizable: maybe(Schema.Boolean),
    rebuildBehavior: maybe(openEnum<RebuildBehavior>()),
    crossProjectBuildBehavior: maybe(Schema.String),
  } satisfies Fields<DatasetFlowOptions>,
);

/** A dataset with its settings, as DSS stores them. */
export interface DatasetSettings {
  /** Key of its project: of one that is shared, another than that of the list. */
  readonly projectKey: string;
  /** Name, which is its id in the project. */
  readonly name: string;
  /** Kind, as `PostgreSQL`, `UploadedFiles`, or `S3` for Amazon S3. */
  readonly type: string;
  /** Whether DSS owns the data, and may write and remove it. */
  readonly managed?: boolean | null;
  /** Where the data is; each kind has its own. Those of plugins may hold secrets: do not log them. */
  readonly params?: Readonly<Record<string, unknown>> | null;
  /** How its files are written, as `csv` or `parquet`; other kinds have none. */
  readonly formatType?: string | null;
  /** What its format needs, as `separator`. */
  readonly formatParams?: Readonly<Record<string, unknown>> | null;
  /** Its columns. */
  readonly schema?: DatasetSchema | null;
  /** How it is cut into partitions. */
  readonly partitioning?: DatasetPartitioning | null;
  /** How it takes part in the flow. */
  readonly flowOptions?: DatasetFlowOptions | null;
  /** Whether it is in the feature store. */
  readonly featureGroup?: boolean | null;
  /** What people say of it in a line. */
  readonly shortDesc?: string | null;
  /** What people say of it. */
  readonly description?: string | null;
  /** Login of who takes care of the data. */
  readonly dataSteward?: string | null;
  /** Tags. */
  readonly tags?: ReadonlyArray<string> | null;
}

/** Schema of {@linkcode DatasetSettings}. */
export const DatasetSettings: Schema.Codec<DatasetSettings, unknown> = open(
  {
    projectKey: Schema.String,
    name: Schema.String,
    type: Schema.String,
    managed: maybe(Schema.Boolean),
    params: maybe(Schema.Record(Schema.String, Schema.Unknown)),
    formatType: maybe(Schema.String),
    formatParams: maybe(Schema.Record(Schema.String, Schema.Unknown)),
    schema: maybe(DatasetSchema),
    partitioning: maybe(DatasetPartitioning),
    flowOptions: maybe(DatasetFlowOptions),
    featureGroup: maybe(Schema.Boolean),
    shortDesc: maybe(Schema.String),
    description: maybe(Schema.String),
    dataSteward: maybe(Schema.String),
    tags: maybe(Schema.Array(Schema.String)),
  } satisfies Fields<DatasetSettings>,
);

/** What people say of a dataset, apart from its settings. */
export interface DatasetMetadata {
  /** What people say of it. */
  readonly description?: string | null;
  /** Tags. */
  readonly tags?: ReadonlyArray<string> | null;
  /** Values under names of one's own, in `kv`. */
  readonly custom?: { readonly kv?: Readonly<Record<string, unknown>> | null } | null;
}

/** Schema of {@linkcode DatasetMetadata}. */
export const DatasetMetadata: Schema.Codec<DatasetMetadata, unknown> = open(
  {
    description: maybe(Schema.String),
    tags: maybe(Schema.Array(Schema.String)),
    custom: maybe(
      open({ kv: maybe(Schema.Record(Schema.String, Schema.Unknown)) }) as Schema.Codec<
        { readonly kv?: Readonly<Record<string, unknown>> | null },
        unknown
      >,
    ),
  } satisfies Fields<DatasetMetadata>,
);
