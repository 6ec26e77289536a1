/**
 * How rows are read.
 *
 * @module
 */
import type * as Schema from "effect/Schema";
import type { UnreadableCell } from "./unreadable_cell.ts";

/** How rows are read. */
export interface RowsOptions {
  /**
   * What is done with a cell that is not of the type of its column: it fails the stream, or it is `null`; a function collects it, and it is
   * `null` too. What the function throws is a defect.
   *
   * @default {"fail"}
   */
  readonly unreadable?: "fail" | "null" | ((cell: UnreadableCell) => void);
}

/** How rows are read as values of one type. */
export interface RowsAs<A> extends RowsOptions {
  /** Decodes a row, which is an object with the names of the columns as keys. */
  readonly schema: Schema.Codec<A, unknown>;
}
