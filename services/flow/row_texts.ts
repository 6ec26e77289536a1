/**
 * Rows as lines of CSV, TSV and NDJSON.
 *
 * @module
 * @internal
 */
import * as DateTime from "effect/DateTime";
import type { CellValue } from "../../schemas/flow/cell.ts";
import type { Cells, RowColumn } from "./row_stream.ts";

/** How rows become lines. */
export interface RowLines {
  /** What comes before the first row. */
  readonly head: string;
  readonly line: (row: Cells) => string;
}

const textOf = (value: CellValue): string => DateTime.isDateTime(value) ? DateTime.formatIso(value) : String(value);

const separated = (separator: string, columns: ReadonlyArray<RowColumn>): RowLines => {
  const special = new RegExp(`["\r\n${separator}]`);
  const cell = (value: CellValue): string => {
    if (value === null) return "";
    const text = textOf(value);
    return text === "" || special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const line = (row: Cells): string => `${row.map(cell).join(separator)}\n`;
  return { head: line(columns.map(({ name }) => name)), line };
};

const nested: ReadonlySet<string> = new Set(["array", "map", "object"]);

/** Whether a text is JSON: it stays as it was written then, with all digits of its numbers. */
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const json = (value: CellValue, type: string): string => {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isFinite(value) ? JSON.stringify(value) : JSON.stringify(String(value));
  if (value === null || typeof value === "boolean") return String(value);
  const text = textOf(value);
  // A line of NDJSON has no line breaks, which JSON may have between its values.
  return nested.has(type) && isJson(text) ? text.replaceAll(/[\r\n]/g, " ") : JSON.stringify(text);
};

const newlineDelimited = (columns: ReadonlyArray<RowColumn>): RowLines => {
  const keys = columns.map(({ name }) => JSON.stringify(name));
  return {
    head: "",
    line: (row) => `{${row.map((value, at) => `${keys[at]}:${json(value, columns[at]!.type)}`).join(",")}}\n`,
  };
};

/** The lines of rows. */
export const rowLines = (format: "csv" | "tsv" | "ndjson", columns: ReadonlyArray<RowColumn>): RowLines => {
  if (format === "ndjson") return newlineDelimited(columns);
  return separated(format === "csv" ? "," : "\t", columns);
};
