/**
 * All rows.
 *
 * @module
 */
import { answers } from "./answers.ts";
import { journeys } from "./journeys/mod.ts";
import { type Case, type Count, matrix } from "./matrix.ts";
import { play } from "./play.ts";
import { allLevels, type Row } from "./row.ts";

const count = (count: Count): string => typeof count === "number" ? `${count}` : "…";

const ofCase = (row: Case): Row => ({
  row: row.row,
  fault: row.times === 1 ? `${row.name}, once` : row.name,
  given: row.given,
  expected: `${row.expected.error} ${count(row.expected.attempts)}/${
    count(row.expected.requests)
  }/${row.expected.leftOver}`,
  levels: row.levels ?? allLevels,
  play: play(row),
});

const number = ({ row }: Row): number => Number(row.slice(1));

/** All rows, in the order of the README. */
export const rows: ReadonlyArray<Row> = [...[...matrix, ...answers].map(ofCase), ...journeys]
  .toSorted((a, b) => number(a) - number(b));
