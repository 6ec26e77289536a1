/**
 * The values of the cells of rows.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";

/**
 * The value of a cell that has no parts, by the type of its column.
 *
 * - `tinyint`, `smallint`, `int`: a number;
 * - `bigint`: a bigint, whatever its size;
 * - `float`, `double`: a number, `NaN` and the infinities included;
 * - `boolean`: a boolean;
 * - `date`, which is an instant: a `DateTime.Utc`;
 * - `dateonly`, `datetimenotz`, which are no instants, and all others: the text as it came;
 * - nothing: `null`.
 */
export type ScalarValue = string | number | bigint | boolean | DateTime.Utc | null;

/**
 * The value of a cell of a dataset: as {@linkcode ScalarValue}, and those of `array`, `map` and `object` are JSON that was read; points and
 * shapes are texts, as `POINT(2.35 48.85)`. DSS writes nothing and an empty text in the same way: both are `null`.
 */
export type CellValue = ScalarValue | ReadonlyArray<unknown> | Readonly<Record<string, unknown>>;

/** A row of a dataset, in the order of its columns. */
export type DatasetRow = ReadonlyArray<CellValue>;
