/**
 * The values of the cells of rows.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";

/**
 * The value of a cell, by the type of its column.
 *
 * - `tinyint`, `smallint`, `int`: a number;
 * - `bigint`: a bigint, whatever its size;
 * - `float`, `double`: a number, `NaN` and the infinities included;
 * - `boolean`: a boolean;
 * - `date`, which is an instant: a `DateTime.Utc`;
 * - `dateonly`, `datetimenotz`, which are no instants, and all others: the text as it came;
 * - nothing: `null`. A text that is empty, in quotes, is one.
 */
export type CellValue = string | number | bigint | boolean | DateTime.Utc | null;
