/**
 * Cells that are not of the type of their column.
 *
 * @module
 */
import * as Data from "effect/Data";
import type { SqlColumnType } from "../../schemas/code/sql_query.ts";

/** A cell of a query is not of the type of its column, or has more digits than its type can hold. */
export class UnreadableCell extends Data.Error<{
  /** Number of the row, from 1. */
  readonly row: number;
  /** Name of the column. */
  readonly column: string;
  /** Type of the column. */
  readonly type: SqlColumnType;
  /** The whole text of the cell. */
  readonly text: string;
}> {
  /** Tag of this error. */
  readonly _tag = "UnreadableCell" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "UnreadableCell" as const;
  /** One line, with the beginning of the text. */
  override get message(): string {
    const text = JSON.stringify(this.text.length > 40 ? `${this.text.slice(0, 40)}…` : this.text);
    return `Cell ${this.column} of row ${this.row} is ${text}, expected a value of type ${this.type}`;
  }
}
