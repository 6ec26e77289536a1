/**
 * The rows that datasets of the simulated DSS have.
 *
 * @module
 * @internal
 */
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { type ProjectSlice, projectSlice } from "../projects/project_slice.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";
import { isPartitioned, type SimulatedDataset } from "./datasets_state.ts";
import { recipes } from "./recipes_state.ts";
import { tables } from "./warehouse_tables.ts";

/** Cells by column, as they are written; one that has nothing is left out. */
export type StoredRow = Readonly<Record<string, string>>;

/** Rows by partition; those of a dataset without partitions are in `NP`. */
export type StoredRows = Readonly<Record<string, ReadonlyArray<StoredRow>>>;

/** Rows by dataset. Those of tables of the database are there, and not here. */
export const datasetRows: ProjectSlice<Map<string, StoredRows>> = projectSlice("rows", () => new Map(), {
  removed: (held, object) => {
    const [kind, name = "", data, partition] = object.split("/");
    const stored = held.get(name);
    if (kind !== "datasets" || stored === undefined || data !== "data") return;
    if (partition === undefined) return void held.delete(name);
    held.set(name, Object.fromEntries(Object.entries(stored).filter(([id]) => id !== partition)));
  },
  renamed: (held, object, to) => {
    const [kind, name = ""] = object.split("/");
    const stored = held.get(name);
    if (kind !== "datasets" || stored === undefined) return;
    held.delete(name);
    held.set(to.slice("datasets/".length), stored);
  },
  content: {
    take: (held, project, data) => {
      const outputs = new Set([...project.of(recipes).values()].flatMap(({ outputs }) => outputs));
      return [...held].filter(([name]) => data === "all" || (data === "of sources" && !outputs.has(name)))
        .map(([name, partitions]) => [name, { name, partitions }]);
    },
    put: (held, documents) => {
      for (const { name, partitions } of documents) held.set(String(name), partitions as StoredRows);
    },
  },
});

/** The columns of a dataset. */
export const columnsOf = ({ document: { schema } }: SimulatedDataset): ReadonlyArray<JsonObject> =>
  jsonObjects(isJsonObject(schema) ? schema.columns : []);

const tableOf = ({ document: { params } }: SimulatedDataset) =>
  isJsonObject(params) && params.connection === "pg_dwh" && typeof params.table === "string"
    ? tables.get(params.table)
    : undefined;

/** The rows of a dataset: all, or those of some partitions. */
export function* rowsOf(
  project: SimulatedProject,
  dataset: SimulatedDataset,
  partitions?: ReadonlyArray<string>,
): Generator<StoredRow> {
  const table = tableOf(dataset);
  if (table !== undefined) {
    for (let at = 0; at < table.rows; at++) {
      const cells = table.row(at);
      yield Object.fromEntries(
        table.columns.flatMap(({ name }, column) => cells[column] === null ? [] : [[name, cells[column]!]]),
      );
    }
    return;
  }
  const stored = project.of(datasetRows).get(dataset.name) ?? {};
  for (const [id, rows] of Object.entries(stored)) {
    if (partitions === undefined || partitions.includes(id)) yield* rows;
  }
}

/** Puts rows in place of those of some partitions, or after them. */
export const putRows = (
  project: SimulatedProject,
  dataset: SimulatedDataset,
  rows: ReadonlyArray<StoredRow>,
  partitions: ReadonlyArray<string> = [],
  mode: "OVERWRITE" | "APPEND" = "OVERWRITE",
): void => {
  const held = project.of(datasetRows);
  const before = held.get(dataset.name) ?? {};
  const ids = isPartitioned(dataset) ? partitions : ["NP"];
  const after = ids.map((id) => [id, mode === "APPEND" ? [...before[id] ?? [], ...rows] : rows] as const);
  held.set(dataset.name, { ...before, ...Object.fromEntries(after) });
};
