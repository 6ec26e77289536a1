/**
 * Cells that are not of the type of their column.
 *
 * @module
 */
import type { ColumnType } from "../../schemas/flow/dataset_schema.ts";
import { PlainError } from "../../src/errors/plain_error.ts";

/** Types of numbers, whose cells may have a number that JavaScript cannot hold. */
const numbers: ReadonlySet<string> = new Set(["tinyint", "smallint", "int", "float", "double"]);

/** A cell of a row is not of the type of its column, has a number that its type cannot hold, or bytes that are not UTF-8. */
export class UnreadableCell extends PlainError<{
  /** Number of the row, from 1. */
  readonly row: number;
  /** Name of the column. */
  readonly column: string;
  /** Type of the column. */
  readonly type: ColumnType;
  /** The whole text of the cell; bytes that are not UTF-8 are U+FFFD in it. */
  readonly text: string;
  /** Whether the cell has bytes that are not UTF-8. By default it has not. */
  readonly hasOtherBytes?: boolean;
}> {
  /** Tag of this error. */
  readonly _tag = "UnreadableCell" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "UnreadableCell" as const;
  /** One line, with the beginning of the text. */
  override get message(): string {
    const text = JSON.stringify(this.text.length > 40 ? `${this.text.slice(0, 40)}…` : this.text);
    const cell = `Cell ${this.column} of row ${this.row} is ${text}`;
    if (this.hasOtherBytes === true) {
      return `${cell}, which has bytes that are not UTF-8: convert the column where it comes from, or say what becomes of such cells with \`unreadable\``;
    }
    const expected = `${cell}, expected a value of type ${this.type}`;
    return numbers.has(this.type) && /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(this.text)
      ? `${expected} that JavaScript can hold: make the column a text where it comes from`
      : expected;
  }
}
