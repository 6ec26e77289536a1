/**
 * Reading the cells of datasets, by the types of their columns.
 *
 * @module
 * @internal
 */
import type { CellValue } from "../../schemas/flow/cell_value.ts";
import { isJsonContainer, parseExact } from "../../src/json/exact_json.ts";
import { cellReader, emptyCell } from "./cells.ts";
import type { ReadCell } from "./tsv.ts";
import type { CellReading } from "./typed_rows.ts";

const json = (fits: (value: object) => boolean): ReadCell<CellValue> => (text, start, end) => {
  try {
    const value = parseExact(text.slice(start, end));
    return value === null || (isJsonContainer(value) && fits(value)) ? value as CellValue : undefined;
  } catch {
    return undefined; // it is no JSON, which is said of the cell
  }
};

const list = json(Array.isArray);
const record = json((value) => !Array.isArray(value));

const containers: ReadonlyMap<string, ReadCell<CellValue>> = new Map([
  ["array", list],
  ["map", record],
  ["object", record],
]);

/** Cells as values of the types of their columns. */
export const typedCells: CellReading<CellValue> = {
  reader: (type) => containers.get(type) ?? cellReader(type),
  empty: (type) => containers.has(type) ? null : emptyCell(type),
};

/** Cells as DSS writes them. */
export const writtenCells: CellReading<string> = {
  reader: () => (text, start, end) => text.slice(start, end),
  empty: () => "",
};
