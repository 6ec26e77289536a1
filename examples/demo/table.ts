/**
 * The end of a run as a table.
 *
 * @module
 */
import { styleText } from "node:util";
import type { Row } from "./picture.ts";
import { branches } from "./tree.ts";
import { duration, inColourOf } from "./words.ts";

const headings = ["", "KIND", "STATE", "DURATION"] as const;

/** All rows of a tree, a line each, below their headings. */
export const table = (rows: ReadonlyArray<Row>): string => {
  const names = branches(rows);
  const cells = rows.map(({ kind, state, start, end }, place) =>
    [names[place] ?? "", kind, state, duration(start, end)] as const
  );
  const width = (column: 0 | 1 | 2 | 3) => Math.max(...[headings, ...cells].map((row) => row[column].length));
  const line = ([name, kind, state, time]: typeof headings | typeof cells[number], paint = (text: string) => text) =>
    [
      name.padEnd(width(0)),
      kind.padEnd(width(1)),
      paint(state.padEnd(width(2))),
      time.padStart(width(3)),
    ].join("  ");
  return [
    styleText("bold", line(headings)),
    ...cells.map((row) => line(row, (text) => inColourOf(row[2], text))),
  ].join("\n");
};
