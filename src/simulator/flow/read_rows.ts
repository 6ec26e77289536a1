/**
 * What the simulated DSS reads of a dataset, by what it is asked for.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { invalid, type SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";
import { columnsOf, rowsOf } from "./dataset_rows_state.ts";
import { dimensionsOf, type SimulatedDataset } from "./datasets_state.ts";
import { type Formula, NotAFormula, readFormula } from "./formula.ts";
import { firstRows } from "./tab_separated.ts";
import type { Row } from "./warehouse_tables.ts";

/** What is asked for, with absence as `undefined`. */
export interface ReadRequest {
  readonly format: unknown;
  readonly columns: ReadonlyArray<string> | undefined;
  readonly partitions: ReadonlyArray<string> | undefined;
  readonly sampling: unknown;
  readonly filter: unknown;
  readonly limit: unknown;
}

const numbers: ReadonlySet<unknown> = new Set(["tinyint", "smallint", "int", "bigint", "float", "double"]);

const valueOf = (cell: string, type: unknown): string | number | boolean => {
  if (type === "boolean") return cell === "true";
  return numbers.has(type) ? Number(cell) : cell;
};

const filtered = (rows: Iterable<Row>, formula: Formula, columns: ReadonlyArray<JsonObject>): Iterable<Row> => {
  const places = new Map(columns.map(({ name }, at) => [name, at]));
  const keeps = (row: Row): boolean =>
    formula((name) => {
      const at = places.get(name);
      const cell = at === undefined ? null : row[at]!;
      return cell === null ? null : valueOf(cell, columns[at!]!.type);
    }) === true;
  return Iterator.from(rows).filter(keeps);
};

const methods: ReadonlySet<unknown> = new Set([
  "FULL",
  "HEAD_SEQUENTIAL",
  "RANDOM_FIXED_RATIO",
  "RANDOM_FIXED_NB",
  "RANDOM_FIXED_NB_EXACT",
  "COLUMN_BASED",
]);

/** So many rows, each with the same chance, in their order. */
const randomRows = (world: World, rows: Iterable<Row>, count: number): Iterable<Row> => {
  const all = [...rows].map((row, at) => ({ row, at, chance: world.chance.next() }));
  const chosen = all.sort((one, other) => one.chance - other.chance).slice(0, count);
  return chosen.sort((one, other) => one.at - other.at).map(({ row }) => row);
};

const sampled = (
  world: World,
  rows: Iterable<Row>,
  { samplingMethod, maxRecords, targetRatio, column }: JsonObject,
  columns: ReadonlyArray<JsonObject>,
): Iterable<Row> => {
  const most = typeof maxRecords === "number" ? maxRecords : Number.POSITIVE_INFINITY;
  if (samplingMethod === "HEAD_SEQUENTIAL") return firstRows(rows, most);
  if (samplingMethod === "RANDOM_FIXED_RATIO") {
    return Iterator.from(rows).filter(() => world.chance.next() < Number(targetRatio ?? 1));
  }
  if (samplingMethod === "RANDOM_FIXED_NB" || samplingMethod === "RANDOM_FIXED_NB_EXACT") {
    return randomRows(world, rows, most);
  }
  if (samplingMethod !== "COLUMN_BASED") return rows;
  const at = columns.findIndex(({ name }) => name === column);
  const byValue = [...Map.groupBy(rows, (row) => row[at])];
  let count = 0;
  return byValue.flatMap(([, group]) => (count += group.length) <= most ? group : []);
};

const faultIn = (
  { format, columns, partitions, sampling, limit }: ReadRequest,
  dataset: SimulatedDataset,
  all: ReadonlyArray<JsonObject>,
): SimulatedRefusal | undefined => {
  if (format !== "tsv-excel-noheader" && format !== "tsv-excel-header") {
    return invalid(`${format} is no format that is written here: tsv-excel-noheader or tsv-excel-header`);
  }
  const unknown = columns?.find((name) => !all.some((column) => column.name === name));
  if (unknown !== undefined) return invalid(`${dataset.name} has no column ${unknown}`);
  if (partitions !== undefined && dimensionsOf(dataset).length === 0) {
    return invalid(`${dataset.name} is not partitioned`);
  }
  if (sampling !== undefined) {
    if (!isJsonObject(sampling) || !methods.has(sampling.samplingMethod)) {
      return invalid("sampling has no known method");
    }
    if (sampling.samplingMethod === "COLUMN_BASED" && !all.some(({ name }) => name === sampling.column)) {
      return invalid(`${dataset.name} has no column ${sampling.column}`);
    }
  }
  return limit === undefined || (Number.isInteger(limit) && Number(limit) >= 0)
    ? undefined
    : invalid("limit must be a number");
};

const formulaOf = (
  filter: unknown,
  all: ReadonlyArray<JsonObject>,
): Effect.Effect<Formula | undefined, SimulatedRefusal> => {
  if (filter === undefined) return Effect.succeed(undefined);
  return Effect.try({
    try: () => {
      const formula = readFormula(String(filter));
      // A column that is not there is told before the first row.
      formula((name) => {
        if (!all.some((column) => column.name === name)) throw new NotAFormula(`there is no column ${name}`);
        return null;
      });
      return formula;
    },
    catch: (error) => {
      if (error instanceof NotAFormula) return invalid(`The filter ${filter} is wrong: ${error.message}`);
      throw error;
    },
  });
};

/** The rows that are asked for, the header first if it is. */
export const readRows = (
  world: World,
  project: SimulatedProject,
  dataset: SimulatedDataset,
  request: ReadRequest,
): Effect.Effect<Iterable<Row>, SimulatedRefusal> =>
  Effect.gen(function* () {
    const all = columnsOf(dataset);
    const fault = faultIn(request, dataset, all);
    if (fault !== undefined) return yield* Effect.fail(fault);
    const { sampling, limit, columns, partitions, format } = request;
    const formula = yield* formulaOf(request.filter, all);
    let rows: Iterable<Row> = rowsOf(project, dataset, partitions);
    if (isJsonObject(sampling)) rows = sampled(world, rows, sampling, all);
    if (formula !== undefined) rows = filtered(rows, formula, all);
    if (limit !== undefined) rows = firstRows(rows, Number(limit));
    const places = all.flatMap(({ name }, at) => columns === undefined || columns.includes(String(name)) ? [at] : []);
    const cut: Iterable<Row> = columns === undefined
      ? rows
      : Iterator.from(rows).map((row) => places.map((at) => row[at] ?? null));
    if (format !== "tsv-excel-header") return cut;
    const header: Row = places.map((at) => String(all[at]!.name));
    return (function* () {
      yield header;
      yield* cut;
    })();
  });
