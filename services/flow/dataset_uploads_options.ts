/**
 * How rows are written to uploaded datasets.
 *
 * @module
 */
import type * as Schema from "effect/Schema";
import type { DatasetColumn } from "../../schemas/flow/dataset_schema.ts";

/** How rows are written to an uploaded dataset. */
export interface WriteOptions {
  /**
   * Name of the new file; one that is there is refused.
   *
   * @default {"rows.csv"}
   */
  readonly fileName?: string;
  /** Whether all files of the dataset are deleted before. By default they stay. */
  readonly replace?: boolean;
}

/** How rows of one type are written. */
export interface WriteRowsOptions<A> extends WriteOptions {
  /**
   * Encodes a row to an object with a key for each column. Texts become columns of type `string`, numbers `double`, bigints `bigint`, booleans
   * `boolean`, a `DateTime.Utc` (`Schema.DateTimeUtc`) `date`, arrays `array` and structs `object`; all may be null. The same schema reads
   * the rows back with `DatasetRows.read`.
   */
  readonly schema: Schema.Codec<A, unknown>;
}

/** How rows with given columns are written. */
export interface WriteColumnsOptions extends WriteOptions {
  /** Names and types, in the order of the cells. Whether cells fit the types is not looked at. */
  readonly columns: ReadonlyArray<DatasetColumn>;
}

/** The values of a row: an array in the order of the columns, or an object with their names. */
export type RowValues = ReadonlyArray<unknown> | Readonly<Record<string, unknown>>;
