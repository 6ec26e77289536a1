/**
 * The settings of datasets: where their data is, how it is written, and what DSS does with it.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";
import { DatasetSchema } from "./dataset_schema.ts";
import { Partitioning } from "./partitioning.ts";

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
  readonly partitioning?: Partitioning | null;
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
    partitioning: maybe(Partitioning),
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
