/**
 * Rows as the simulated DSS streams them: tab-separated, in the quoting of Excel.
 *
 * @module
 * @internal
 */
import type { Cell, Row } from "./warehouse_tables.ts";

/** A cell that is not there has no quotes; one that is empty is given as it is. */
const written = (cell: Cell, empty: string): string => {
  if (cell === null) return "";
  if (cell === "") return empty;
  return /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
};

const pieceSize = 65_536;

/** Rows in pieces of the tab-separated form; an empty text has quotes by default. */
export function* piecesOfRows(rows: Iterable<Row>, empty: string = '""'): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = "";
  for (const row of rows) {
    text += `${row.map((cell) => written(cell, empty)).join("\t")}\n`;
    if (text.length < pieceSize) continue;
    yield encoder.encode(text);
    text = "";
  }
  if (text !== "") yield encoder.encode(text);
}

/** The first of some rows. */
export function* firstRows(rows: Iterable<Row>, count: number): Generator<Row> {
  let given = 0;
  if (count === 0) return;
  for (const row of rows) {
    yield row;
    if (++given >= count) return;
  }
}
