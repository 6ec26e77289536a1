/**
 * What came of the rows: handed from the process that played them to the one that prints them.
 *
 * @module
 */
import type { Level, Played, Row } from "./row.ts";

/** What came of one row on a level. */
export interface Result {
  /** Place of the row in the list of all. */
  readonly index: number;
  readonly level: Level;
  /** Nothing, when it passed. */
  readonly wrong: ReadonlyArray<string>;
}

/** Rows of a level whose title has a text in it. */
export const chosen = (rows: ReadonlyArray<Row>, level: Level, only: string): ReadonlyArray<Row> =>
  rows.filter((row) => row.levels.includes(level) && titleOf(row).includes(only));

/** Row, fault and call in one line. */
export const titleOf = ({ row, fault, given }: Row): string => `${row} ${fault} | ${given}`;

/** What came of rows, as text. */
export const writeResults = (rows: ReadonlyArray<Row>, played: ReadonlyArray<Played>): string =>
  JSON.stringify(played.map(({ row, level, wrong }): Result => ({ index: rows.indexOf(row), level, wrong })));

/** What came of rows, from text. */
export const readResults = (text: string): ReadonlyArray<Result> => JSON.parse(text);
