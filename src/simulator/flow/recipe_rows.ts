/**
 * What the recipes of the simulated DSS compute when they are built.
 *
 * A join keeps each row of its first input, and adds the first row of the others that has the same values in all columns of one name. A
 * grouping has a row for each of the values of the columns that its output shares with its first input; `count`, `X_sum` and `X_mean` are computed. All
 * others copy the columns that their output shares with their first input.
 *
 * @module
 * @internal
 */
import type { SimulatedProject } from "../projects/projects_state.ts";
import { datasets, type SimulatedDataset } from "./datasets_state.ts";
import type { SimulatedRecipe } from "./recipes_state.ts";
import { columnsOf, putRows, rowsOf, type StoredRow } from "./rows_state.ts";

const namesOf = (dataset: SimulatedDataset): ReadonlyArray<string> =>
  columnsOf(dataset).map(({ name }) => String(name));

const cellsOf = (row: StoredRow, names: ReadonlyArray<string>): StoredRow =>
  Object.fromEntries(names.flatMap((name) => row[name] === undefined ? [] : [[name, row[name]]]));

const keyOf = (row: StoredRow, names: ReadonlyArray<string>): string =>
  JSON.stringify(names.map((name) => row[name] ?? null));

const joined = (
  left: ReadonlyArray<StoredRow>,
  shared: ReadonlyArray<string>,
  right: Iterable<StoredRow>,
): ReadonlyArray<StoredRow> => {
  const byKey = new Map<string, StoredRow>();
  for (const row of right) {
    const key = keyOf(row, shared);
    if (!byKey.has(key)) byKey.set(key, row);
  }
  return left.map((row) => ({ ...byKey.get(keyOf(row, shared)), ...row }));
};

const grouped = (
  rows: ReadonlyArray<StoredRow>,
  keys: ReadonlyArray<string>,
  names: ReadonlyArray<string>,
): ReadonlyArray<StoredRow> =>
  [...Map.groupBy(rows, (row) => keyOf(row, keys)).values()].map((group) => {
    const computed = names.flatMap((name): ReadonlyArray<readonly [string, string]> => {
      if (name === "count") return [[name, String(group.length)]];
      const [, column, aggregate] = /^(.+)_(sum|mean)$/.exec(name) ?? [];
      if (column === undefined) return [];
      const values = group.flatMap((row) => row[column] === undefined ? [] : [Number(row[column])]);
      const sum = values.reduce((total, value) => total + value, 0);
      if (values.length === 0) return [];
      return [[name, String(aggregate === "sum" ? sum : sum / values.length)]];
    });
    return { ...cellsOf(group[0]!, keys), ...Object.fromEntries(computed) };
  });

/** Computes the rows of an output of a recipe, each partition that is built. */
export const computeRows = (
  project: SimulatedProject,
  { type, inputs }: SimulatedRecipe,
  output: string,
  partitions: ReadonlyArray<string>,
): void => {
  const held = project.of(datasets);
  const target = held.get(output);
  const [first, ...others] = inputs.flatMap((name) => held.get(name) ?? []);
  if (target === undefined || first === undefined) return;
  const names = namesOf(target);
  let rows: ReadonlyArray<StoredRow> = [...rowsOf(project, first)];
  let known = namesOf(first);
  if (type === "join") {
    for (const other of others) {
      const more = namesOf(other);
      const shared = more.filter((name) => known.includes(name));
      if (shared.length > 0) rows = joined(rows, shared, rowsOf(project, other));
      known = [...known, ...more];
    }
  }
  const computed = type === "grouping"
    ? grouped(rows, names.filter((name) => known.includes(name)), names)
    : rows.map((row) => cellsOf(row, names));
  putRows(project, target, computed, partitions);
};
