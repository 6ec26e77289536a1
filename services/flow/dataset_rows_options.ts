/**
 * Which rows of a dataset are read.
 *
 * @module
 */
import type { RowsOptions } from "./rows_options.ts";

/** Which rows DSS takes of all. */
export interface DatasetSampling {
  /** How they are chosen; further methods may come. */
  readonly samplingMethod:
    | "FULL"
    | "HEAD_SEQUENTIAL"
    | "RANDOM_FIXED_RATIO"
    | "RANDOM_FIXED_NB"
    | "RANDOM_FIXED_NB_EXACT"
    | "COLUMN_BASED"
    | (string & Record<never, never>);
  /** At most so many rows, for all methods but those of a ratio. */
  readonly maxRecords?: number;
  /** Which part of the rows, from 0 to 1, for `RANDOM_FIXED_RATIO`. */
  readonly targetRatio?: number;
  /** The column whose values are kept or left out with all of their rows, for `COLUMN_BASED`. */
  readonly column?: string;
}

/** Which part of a dataset is read. */
export interface DatasetPart {
  /** Names of columns, at least one. Whatever order they are named in, they are read in that of the dataset. By default all. */
  readonly columns?: ReadonlyArray<string>;
  /** Ids of partitions, at least one. By default all. */
  readonly partitions?: ReadonlyArray<string>;
  /** Which rows are taken. By default all. */
  readonly sampling?: DatasetSampling;
  /** A formula of DSS that is true for the rows that are read, as `amount > 100 && country == "FR"`. By default all rows are. */
  readonly filter?: string;
  /** At most so many rows, from 1. By default all. Known of DSS 15. */
  readonly limit?: number;
}

/** How the rows of a dataset are read. */
export interface ReadRowsOptions extends DatasetPart, RowsOptions {}

/**
 * A form of rows in files.
 *
 * - `csv`: with commas and a header, quoted as spreadsheets do, lines end with CRLF; cells as DSS writes them;
 * - `tsv`: with tabs and a header, in the same quoting, lines end with LF; cells as DSS writes them;
 * - `ndjson`: each row a JSON object in a line, with values of the types of the columns: instants, days and shapes are texts, numbers that are
 *   not finite are texts too, integers keep all their digits.
 */
export type RowsFormat = "csv" | "tsv" | "ndjson";
