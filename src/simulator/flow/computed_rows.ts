/**
 * What recipes of the simulated DSS compute, by the names of columns: those of an output that an input has are taken from it.
 *
 * A grouping sums what is called `…_sum` and counts what is called `count`; a join looks for rows with the same values in the columns that
 * both have. What a program would compute is not there.
 *
 * @module
 * @internal
 */
import type { SimulatedProject } from "../projects/projects_state.ts";
import { columnsOf, noPartition, rowsOf, writeRows } from "./dataset_rows_state.ts";
import { datasets, isPartitioned, type SimulatedDataset } from "./datasets_state.ts";
import type { SimulatedRecipe } from "./recipes_state.ts";
import type { Cell, Row } from "./warehouse_tables.ts";

/** Rows, and the names of their columns. */
interface Table {
  readonly names: ReadonlyArray<string>;
  readonly rows: ReadonlyArray<Row>;
}

const namesOf = (dataset: SimulatedDataset): ReadonlyArray<string> =>
  columnsOf(dataset).map(({ name }) => String(name));

const tableOf = (project: SimulatedProject, dataset: SimulatedDataset): Table => ({
  names: namesOf(dataset),
  rows: [...rowsOf(project, dataset)],
});

/** The rows of one table, each with the first of another that has the same values in the columns of both. */
const joined = (left: Table, right: Table): Table => {
  const shared = left.names.filter((name) => right.names.includes(name));
  const added = right.names.filter((name) => !shared.includes(name));
  const keyIn = ({ names }: Table) => {
    const places = shared.map((name) => names.indexOf(name));
    return (row: Row): string => JSON.stringify(places.map((at) => row[at]));
  };
  const [leftKey, rightKey] = [keyIn(left), keyIn(right)];
  const byKey = new Map([...right.rows].reverse().map((row) => [rightKey(row), row]));
  const places = added.map((name) => right.names.indexOf(name));
  return {
    names: [...left.names, ...added],
    rows: left.rows.map((row) => {
      const found = byKey.get(leftKey(row));
      return [...row, ...places.map((at) => found?.[at] ?? null)];
    }),
  };
};

const taken = (names: ReadonlyArray<string>, table: Table): ReadonlyArray<Row> => {
  const places = names.map((name) => table.names.indexOf(name));
  return table.rows.map((row) => places.map((at) => row[at] ?? null));
};

const sumOf = (rows: ReadonlyArray<Row>, at: number): Cell => {
  const cents = rows.reduce((sum, row) => sum + Math.round(Number(row[at] ?? 0) * 100), 0);
  return String(cents / 100);
};

const grouped = (names: ReadonlyArray<string>, table: Table): ReadonlyArray<Row> => {
  const keys = names.map((name) => table.names.indexOf(name)).filter((at) => at !== -1);
  const groups = Map.groupBy(table.rows, (row) => JSON.stringify(keys.map((at) => row[at])));
  return [...groups.values()].map((rows) =>
    names.map((name) => {
      const at = table.names.indexOf(name);
      if (at !== -1) return rows[0]![at] ?? null;
      if (name === "count") return String(rows.length);
      const summed = table.names.indexOf(name.replace(/_sum$/, ""));
      return summed === -1 || !name.endsWith("_sum") ? null : sumOf(rows, summed);
    })
  );
};

/** Writes what a recipe computes into one of its outputs, all of it or some of its partitions. */
export const computeRows = (
  project: SimulatedProject,
  recipe: SimulatedRecipe,
  output: string,
  partitions: ReadonlyArray<string> = [],
): void => {
  const held = project.of(datasets);
  const target = held.get(output);
  const [first, ...others] = recipe.inputs.flatMap((name) => {
    const input = held.get(name);
    return input === undefined ? [] : [tableOf(project, input)];
  });
  if (target === undefined || first === undefined) return;
  const names = namesOf(target);
  const rows = recipe.type === "grouping"
    ? grouped(names, first)
    : taken(names, recipe.type === "join" ? others.reduce(joined, first) : first);
  for (const id of isPartitioned(target) ? partitions : [noPartition]) writeRows(project, target, rows, id);
};
