/**
 * Rows in the forms of files.
 *
 * @module
 * @internal
 */
import * as DateTime from "effect/DateTime";
import type { CellValue } from "../../schemas/flow/cell_value.ts";

/** A form with a separator. */
export interface Separated {
  readonly separator: "," | "\t";
  readonly lineEnd: "\r\n" | "\n";
}

/** The forms with separators, by name. */
export const separated: Readonly<Record<"csv" | "tsv", Separated>> = {
  csv: { separator: ",", lineEnd: "\r\n" },
  tsv: { separator: "\t", lineEnd: "\n" },
};

const quotedCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A row with separators; nothing has no quotes, an empty text has. */
export const separatedRow = (
  cells: ReadonlyArray<string | null>,
  { separator, lineEnd }: Separated,
): string => {
  // A line without anything would be taken for none.
  if (cells.length === 1 && cells[0] === null) return `""${lineEnd}`;
  let line = "";
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    if (at > 0) line += separator;
    if (cell === null) continue;
    line += cell === "" || cell.includes(separator) || /["\r\n]/.test(cell) ? quotedCell(cell) : cell;
  }
  return line + lineEnd;
};

/** A value in JSON. */
const jsonOf = (value: CellValue): string => {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`;
  return JSON.stringify(DateTime.isDateTime(value) ? DateTime.formatIso(value) : value);
};

/** What makes a line of JSON of a row with these columns. */
export const jsonRow = (names: ReadonlyArray<string>): (row: ReadonlyArray<CellValue>) => string => {
  const keys = names.map((name) => JSON.stringify(name));
  return (row) => `{${row.map((value, at) => `${keys[at]}:${jsonOf(value)}`).join(",")}}\n`;
};
