/**
 * Texts with separators, as the simulated DSS reads them from files.
 *
 * @module
 * @internal
 */
import type { JsonObject } from "../kernel/stored_document.ts";
import type { Row } from "./warehouse_tables.ts";

/** The rows of a text; what is empty is not there. */
const rowsIn = (text: string, separator: string, quote: string, escape: string | undefined): ReadonlyArray<Row> => {
  const rows: Array<Row> = [];
  let row: Array<string | null> = [];
  let cell = "";
  let isQuoted = false;
  let hasBegun = false;
  const endCell = (): void => {
    row.push(cell === "" ? null : cell);
    cell = "";
  };
  const endRow = (): void => {
    // A line without anything is none.
    if (hasBegun) {
      endCell();
      rows.push(row);
    }
    row = [];
    cell = "";
    hasBegun = false;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (isQuoted) {
      if (character === escape && at + 1 < text.length) cell += text[++at];
      else if (character !== quote) cell += character;
      else if (text[at + 1] === quote) cell += text[++at];
      else isQuoted = false;
    } else if (character === quote && cell === "") {
      isQuoted = true;
      hasBegun = true;
    } else if (character === separator) {
      endCell();
      hasBegun = true;
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[at + 1] === "\n") at++;
      endRow();
    } else {
      cell += character;
      hasBegun = true;
    }
  }
  endRow();
  return rows;
};

const text = (value: unknown, otherwise: string): string =>
  typeof value === "string" && value !== "" ? value : otherwise;

/** The rows of a file, in the order of the columns of its dataset; those that it does not have are not there. */
export const rowsOfCsv = (
  bytes: Uint8Array,
  params: JsonObject,
  columns: ReadonlyArray<unknown>,
): ReadonlyArray<Row> => {
  const { style, separator, quoteChar, escapeChar, parseHeaderRow, skipRowsBeforeHeader, skipRowsAfterHeader } = params;
  const escape = style === "unix" ? text(escapeChar, "\\") : undefined;
  const all = rowsIn(new TextDecoder().decode(bytes), text(separator, ","), text(quoteChar, '"'), escape)
    .slice(Number(skipRowsBeforeHeader ?? 0));
  const header = parseHeaderRow === true ? all[0] : undefined;
  const rows = all.slice((header === undefined ? 0 : 1) + Number(skipRowsAfterHeader ?? 0));
  const places = columns.map((name, at) => header === undefined ? at : header.indexOf(name as string));
  return rows.map((row) => places.map((place) => row[place] ?? null));
};
