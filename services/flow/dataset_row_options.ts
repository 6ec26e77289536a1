/**
 * What the reading of the rows of datasets may be told.
 *
 * @module
 */
import type * as Schema from "effect/Schema";
import type { UnreadableCell } from "./unreadable_cell.ts";

/** Which of the rows DSS takes. */
export type RowSampling =
  /** All. */
  | { readonly samplingMethod: "FULL" }
  /** The first ones, or some by chance; the number of those of `RANDOM_FIXED_NB` is near. */
  | {
    readonly samplingMethod: "HEAD_SEQUENTIAL" | "RANDOM_FIXED_NB" | "RANDOM_FIXED_NB_EXACT";
    /** How many. */
    readonly maxRecords: number;
  }
  /** Each by chance. */
  | {
    readonly samplingMethod: "RANDOM_FIXED_RATIO";
    /** From 0 to 1. */
    readonly targetRatio: number;
  }
  /** All rows of some values of a column. */
  | {
    readonly samplingMethod: "COLUMN_BASED";
    /** How many rows, nearly. */
    readonly maxRecords: number;
    /** Name of the column. */
    readonly column: string;
  };

/** Which rows are read, and how. */
export interface ReadRowsOptions {
  /** Names of the columns that are read; they come in the order of the schema of the dataset, whatever the order here. By default all. */
  readonly columns?: ReadonlyArray<string>;
  /** Ids of the partitions that are read. By default all. */
  readonly partitions?: ReadonlyArray<string>;
  /** Which rows DSS takes. By default all. */
  readonly sampling?: RowSampling;
  /** A formula of DSS, as `amount > 100 && country == "FR"`: rows for which it is true are read. By default all. */
  readonly filter?: string;
  /** Most rows that are read. By default all. */
  readonly limit?: number;
  /**
   * What is done with a cell that is not of the type of its column: it fails the stream, or it is `null`; a function collects it, and it is
   * `null` too. What the function throws is a defect.
   *
   * @default {"fail"}
   */
  readonly unreadable?: "fail" | "null" | ((cell: UnreadableCell) => void);
}

/** How rows are read as values of one type. */
export interface ReadRowsAs<A> extends ReadRowsOptions {
  /** Decodes a row, which is an object with the names of the columns as keys. */
  readonly schema: Schema.Codec<A, unknown>;
}

/** How rows become bytes. */
export interface RowBytesOptions extends ReadRowsOptions {
  /**
   * `csv`: commas, as in RFC 4180, with LF. `tsv`: tabs, in the same quoting. Both begin with the names of the columns; a text in quotes that is empty is no missing one.
   * `ndjson`: an object of JSON in each line, its integers exact; arrays, maps and objects are JSON there too, `NaN` and infinities are texts.
   */
  readonly format: "csv" | "tsv" | "ndjson";
}
