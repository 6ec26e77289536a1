/**
 * Cells that are not of the type of their column.
 *
 * @module
 */
import type { ColumnType } from "../../schemas/flow/dataset_schema.ts";
import * as Schema from "effect/Schema";
import { openEnum } from "../../src/json/open.ts";
import { type ErrorClass, errorClass } from "../../src/errors/error_class.ts";

/** Types of numbers, whose cells may have a number that JavaScript cannot hold. */
const numbers: ReadonlySet<string> = new Set(["tinyint", "smallint", "int", "float", "double"]);

const UnreadableCellBase: ErrorClass<
  UnreadableCell,
  "UnreadableCell",
  "row" | "column" | "type" | "text" | "hasOtherBytes"
> = errorClass("UnreadableCell", () => ({
  row: Schema.Finite,
  column: Schema.String,
  type: openEnum<ColumnType>(),
  text: Schema.String,
  hasOtherBytes: Schema.optionalKey(Schema.Boolean),
}));

/** A cell of a row is not of the type of its column, has a number that its type cannot hold, or bytes that are not UTF-8. */
export class UnreadableCell extends UnreadableCellBase {
  /** Number of the row, from 1. */
  declare readonly row: number;
  /** Name of the column. */
  declare readonly column: string;
  /** Type of the column. */
  declare readonly type: ColumnType;
  /** The whole text of the cell; bytes that are not UTF-8 are U+FFFD in it. */
  declare readonly text: string;
  /** Whether the cell has bytes that are not UTF-8. By default it has not. */
  declare readonly hasOtherBytes?: boolean;
  /** One line, with the beginning of the text. */
  override get message(): string {
    const text = JSON.stringify(this.text.length > 40 ? `${this.text.slice(0, 40)}…` : this.text);
    const cell = `Cell ${this.column} of row ${this.row} is ${text}`;
    if (this.hasOtherBytes === true) {
      return `${cell}, which has bytes that are not UTF-8: convert the column where it comes from, or say what becomes of such cells with \`unreadable\``;
    }
    const expected = `${cell}, expected a value of type ${this.type}`;
    return numbers.has(this.type) && /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(this.text)
      ? `${expected} that JavaScript can hold: have the column be one of texts`
      : expected;
  }
}
