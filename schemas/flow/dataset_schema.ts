/**
 * The schemas of datasets: their columns, and what these hold.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** What a column holds; further values may come. `dateonly` and `datetimenotz` are there since DSS 14. */
export type ColumnType =
  | "string"
  | "bigint"
  | "int"
  | "smallint"
  | "tinyint"
  | "float"
  | "double"
  | "boolean"
  | "date"
  | "dateonly"
  | "datetimenotz"
  | "geopoint"
  | "geometry"
  | "array"
  | "map"
  | "object"
  | (string & Record<never, never>);

/** A column of a dataset. */
export interface DatasetColumn {
  /** Name. */
  readonly name: string;
  /** What it holds. */
  readonly type: ColumnType;
  /** Longest text, in characters; `-1` for no limit. */
  readonly maxLength?: number | null;
  /** What it holds in the words of where the data is, as `varchar`. */
  readonly originalType?: string | null;
  /** Id of the meaning that its values have. */
  readonly meaning?: string | null;
  /** What people say of it. */
  readonly comment?: string | null;
}

/** Schema of {@linkcode DatasetColumn}. */
export const DatasetColumn: Schema.Codec<DatasetColumn, unknown> = open(
  {
    name: Schema.String,
    type: openEnum<ColumnType>(),
    maxLength: maybe(Schema.Number),
    originalType: maybe(Schema.String),
    meaning: maybe(Schema.String),
    comment: maybe(Schema.String),
  } satisfies Fields<DatasetColumn>,
);

/** The columns of a dataset. */
export interface DatasetSchema {
  /** In their order; none for a dataset that was never built. */
  readonly columns: ReadonlyArray<DatasetColumn>;
  /** Whether a person made them, and not DSS. */
  readonly userModified?: boolean | null;
}

/** Schema of {@linkcode DatasetSchema}. */
export const DatasetSchema: Schema.Codec<DatasetSchema, unknown> = open(
  {
    columns: Schema.Array(DatasetColumn),
    userModified: maybe(Schema.Boolean),
  } satisfies Fields<DatasetSchema>,
);
