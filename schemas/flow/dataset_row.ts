/**
 * The rows of datasets.
 *
 * @module
 */
import type { CellValue } from "./cell.ts";

/**
 * A row of a dataset, in the order of the columns of its schema. DSS writes a text that is empty and one that is not there the same way: both are
 * `null`. Arrays, maps, objects are texts of JSON, points and geometries texts of WKT.
 */
export type DatasetRow = ReadonlyArray<CellValue>;
