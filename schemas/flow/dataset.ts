/**
 * What DSS says of datasets: when they were built, what uses them, where their columns come from, what is in their files.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";
import { DatasetSchema } from "./dataset_schema.ts";

/** The last build of a dataset. */
export interface LastBuild {
  /** When it began, in milliseconds since 1970. */
  readonly buildStartTime?: number | null;
  /** When it ended, in milliseconds since 1970. */
  readonly buildEndTime?: number | null;
  /** Whether it ended well. */
  readonly buildSuccess?: boolean | null;
}

/** Schema of {@linkcode LastBuild}. */
export const LastBuild: Schema.Codec<LastBuild, unknown> = open(
  {
    buildStartTime: maybe(Schema.Number),
    buildEndTime: maybe(Schema.Number),
    buildSuccess: maybe(Schema.Boolean),
  } satisfies Fields<LastBuild>,
);

/** What DSS knows of a dataset besides its settings. */
export interface DatasetInfo {
  /** Name. */
  readonly name?: string | null;
  /** Kind, as `PostgreSQL`. */
  readonly type?: string | null;
  /** Its last build; not there when it was never built. See `DatasetInfo.builtAt`. */
  readonly lastBuild?: LastBuild | null;
}

/** Schema of {@linkcode DatasetInfo}, with its accessors. */
export interface DatasetInfoCodec extends Schema.Codec<DatasetInfo, unknown> {
  /** When the last build ended; `undefined` when the dataset was never built. */
  builtAt(info: DatasetInfo): DateTime.Utc | undefined;
}

/** Schema of {@linkcode DatasetInfo}, with its accessors. */
export const DatasetInfo: DatasetInfoCodec = Object.assign(
  open(
    { name: maybe(Schema.String), type: maybe(Schema.String), lastBuild: maybe(LastBuild) } satisfies Fields<
      DatasetInfo
    >,
  ) as Schema.Codec<DatasetInfo, unknown>,
  { builtAt: ({ lastBuild }: DatasetInfo): DateTime.Utc | undefined => instantOf(lastBuild?.buildEndTime) },
);

/** How something uses a dataset; further values may come. */
export type DatasetUsageType = "RECIPE_INPUT" | "RECIPE_OUTPUT" | "ANALYSIS" | (string & Record<never, never>);

/** Something that uses a dataset. DSS names recipes and analyses; insights and dashboards are not among them. */
export interface DatasetUsage {
  /** How it uses it. */
  readonly type: DatasetUsageType;
  /** Its id. */
  readonly objectId: string;
  /** Key of its project. */
  readonly objectProjectKey?: string | null;
}

/** Schema of {@linkcode DatasetUsage}. */
export const DatasetUsage: Schema.Codec<DatasetUsage, unknown> = open(
  {
    type: openEnum<DatasetUsageType>(),
    objectId: Schema.String,
    objectProjectKey: maybe(Schema.String),
  } satisfies Fields<DatasetUsage>,
);

/** That a column is made from another one. Datasets have their project before them, as `SALES.orders`. */
export interface ColumnRelation {
  /** Where the other column is. */
  readonly inputDataset?: string | null;
  /** The other column. */
  readonly inputColumn?: string | null;
  /** Where the column is. */
  readonly outputDataset?: string | null;
  /** The column. */
  readonly outputColumn?: string | null;
}

/** Schema of {@linkcode ColumnRelation}. */
export const ColumnRelation: Schema.Codec<ColumnRelation, unknown> = open(
  {
    inputDataset: maybe(Schema.String),
    inputColumn: maybe(Schema.String),
    outputDataset: maybe(Schema.String),
    outputColumn: maybe(Schema.String),
  } satisfies Fields<ColumnRelation>,
);

/** What DSS made of the columns of the data. */
export interface SchemaDetection {
  /** The columns of the data alone. */
  readonly detectedSchema?: DatasetSchema | null;
  /** The columns of the data put into those that the dataset has: columns that are gone from the data stay in it. */
  readonly newSchema?: DatasetSchema | null;
  /** Why the two differ, in words. */
  readonly textReasons?: ReadonlyArray<string> | null;
}

/** Schema of {@linkcode SchemaDetection}. */
export const SchemaDetection: Schema.Codec<SchemaDetection, unknown> = open(
  {
    detectedSchema: maybe(DatasetSchema),
    newSchema: maybe(DatasetSchema),
    textReasons: maybe(Schema.Array(Schema.String)),
  } satisfies Fields<SchemaDetection>,
);

/** What DSS made of the files of a dataset. */
export interface FormatDetection {
  /** Whether it found a format. */
  readonly ok?: boolean | null;
  /** The format, as `csv`. */
  readonly type?: string | null;
  /** What the format needs. */
  readonly params?: Readonly<Record<string, unknown>> | null;
  /** The columns. */
  readonly schemaDetection?: SchemaDetection | null;
}

/** Schema of {@linkcode FormatDetection}. */
export const FormatDetection: Schema.Codec<FormatDetection, unknown> = open(
  {
    ok: maybe(Schema.Boolean),
    type: maybe(Schema.String),
    params: maybe(Schema.Record(Schema.String, Schema.Unknown)),
    schemaDetection: maybe(SchemaDetection),
  } satisfies Fields<FormatDetection>,
);

/** What DSS found where the data of a dataset is: `applyDetection` puts it into the settings. */
export interface DatasetDetection {
  /** Of files: how they are written, and their columns. */
  readonly format?: FormatDetection | null;
  /** Of tables and indices: their columns. */
  readonly schemaDetection?: SchemaDetection | null;
  /** Of the data of plugins: its columns. */
  readonly schema?: DatasetSchema | null;
}

/** Schema of {@linkcode DatasetDetection}. */
export const DatasetDetection: Schema.Codec<DatasetDetection, unknown> = open(
  {
    format: maybe(FormatDetection),
    schemaDetection: maybe(SchemaDetection),
    schema: maybe(DatasetSchema),
  } satisfies Fields<DatasetDetection>,
);
