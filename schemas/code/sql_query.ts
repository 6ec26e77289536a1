/**
 * SQL queries, and the values of their rows.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import type { CellValue } from "../flow/cell.ts";
import type { ColumnType } from "../flow/dataset_schema.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** The type of a column, as DSS has it; further values may come. */
export type SqlColumnType = ColumnType;

/** A column of what a query gives. */
export interface SqlColumn {
  /** Its name. SQL allows two columns of one name. */
  readonly name: string;
  /** Its type in DSS. */
  readonly type: SqlColumnType;
  /** Most characters of a text. */
  readonly length?: number | null;
  /** What it means. */
  readonly comment?: string | null;
  /** Its type in the database. */
  readonly originalType?: string | null;
  /** Its type in BigQuery. */
  readonly originalSQLType?: string | null;
}

/** Schema of {@linkcode SqlColumn}. */
export const SqlColumn: Schema.Codec<SqlColumn, unknown> = open(
  {
    name: Schema.String,
    type: openEnum<SqlColumnType>(),
    length: maybe(Schema.Number),
    comment: maybe(Schema.String),
    originalType: maybe(Schema.String),
    originalSQLType: maybe(Schema.String),
  } satisfies Fields<SqlColumn>,
);

/** The columns inside of an object, as some versions of DSS answer them. */
export interface SqlColumns {
  /** In the order of the cells of a row. */
  readonly columns: ReadonlyArray<SqlColumn>;
}

/** Schema of {@linkcode SqlColumns}. */
export const SqlColumns: Schema.Codec<SqlColumns, unknown> = open(
  { columns: Schema.Array(SqlColumn) } satisfies Fields<SqlColumns>,
);

/** A query that was started. */
export interface SqlQuery {
  /** Its id. */
  readonly queryId: string;
  /** Whether it gives rows. */
  readonly hasResults?: boolean | null;
  /** Its columns; a statement that gives no rows has none. See `SqlQuery.columns`. */
  readonly schema?: ReadonlyArray<SqlColumn> | SqlColumns | null;
}

/** Schema of {@linkcode SqlQuery}, with its accessor. */
export interface SqlQueryCodec extends Schema.Codec<SqlQuery, unknown> {
  /** The columns, in the order of the cells of a row; none for a statement that gives no rows. */
  columns(query: SqlQuery): ReadonlyArray<SqlColumn>;
}

/** Schema of {@linkcode SqlQuery}, with its accessor. */
export const SqlQuery: SqlQueryCodec = Object.assign(
  open(
    {
      queryId: Schema.String,
      hasResults: maybe(Schema.Boolean),
      schema: maybe(Schema.Union([Schema.Array(SqlColumn), SqlColumns])),
    } satisfies Fields<SqlQuery>,
  ),
  {
    columns: ({ schema }: SqlQuery): ReadonlyArray<SqlColumn> => {
      if (schema === undefined || schema === null) return [];
      return "columns" in schema ? schema.columns : schema;
    },
  },
);

/** The value of a cell, by the type of its column. */
export type SqlValue = CellValue;

/** A row, in the order of the columns. */
export type SqlRow = ReadonlyArray<SqlValue>;
