/**
 * The data of the datasets of the simulated DSS: rows that it has written, files that were uploaded, and the tables of its warehouse.
 *
 * @module
 * @internal
 */
import type { Outcome } from "../kernel/outcomes.ts";
import { type Slice, slice } from "../kernel/slice.ts";
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { type DataTaken, type ProjectContent, type ProjectSlice, projectSlice } from "../projects/project_slice.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";
import { rowsOfCsv } from "./csv_text.ts";
import type { SimulatedDataset } from "./datasets_state.ts";
import { recipes } from "./recipes_state.ts";
import { type Row, rowsOfTable, type SimulatedTable, tables } from "./warehouse_tables.ts";

/** What a dataset without partitioning has its rows under. */
export const noPartition = "NP";

/** Something that a dataset has, by names. */
type Held<A> = Map<string, Map<string, A>>;

/** The name of a dataset, and the partition, that `datasets/NAME/data/ID` names; without an id all data. */
const dataNamed = (object: string): readonly [dataset: string, partition: string | undefined] | undefined => {
  const match = /^datasets\/([^/]+)\/data(?:\/(.*))?$/.exec(object);
  return match === null ? undefined : [match[1]!, match[2]];
};

const renamed = (held: Map<string, unknown>, object: string, to: string): void => {
  const [from, next] = [object, to].map((each) => /^datasets\/([^/]+)$/.exec(each)?.[1]);
  if (from === undefined || next === undefined || !held.has(from)) return;
  held.set(next, held.get(from));
  held.delete(from);
};

/** Whether the data of a dataset goes with the content of its project. */
const isTaken = (project: SimulatedProject, name: string, data: DataTaken): boolean =>
  data === "all" ||
  (data === "of sources" && ![...project.of(recipes).values()].some(({ outputs }) => outputs.includes(name)));

/** What of the data goes with the content of a project. */
const contentOf = <A>(
  key: string,
  shown: (name: string, value: A) => JsonObject,
  read: (item: JsonObject) => readonly [name: string, value: A],
): ProjectContent<Held<A>> => ({
  take: (held, project, data) =>
    [...held].filter(([name]) => isTaken(project, name, data)).map(([name, values]) => [
      name,
      { name, [key]: [...values].map(([each, value]) => shown(each, value)) },
    ]),
  put: (held, documents) => {
    for (const document of documents) {
      held.set(String(document.name), new Map(jsonObjects(document[key]).map(read)));
    }
  },
});

/** Rows that DSS has written, by dataset and partition. Of a dataset that is deleted without its data they stay. */
export const writtenRows: ProjectSlice<Held<ReadonlyArray<Row>>> = projectSlice("datasetRows", () => new Map(), {
  renamed,
  removed: (held, object) => {
    const named = dataNamed(object);
    if (named === undefined) return;
    const [name, partition] = named;
    if (partition === undefined) held.delete(name);
    else held.get(name)?.delete(partition);
  },
  content: contentOf<ReadonlyArray<Row>>(
    "partitions",
    (id, rows) => ({ id, rows }),
    ({ id, rows }) => [String(id), rows as ReadonlyArray<Row>],
  ),
});

const toText = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const toBytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** Files of uploaded datasets, by dataset and name; they go with their dataset. */
export const uploadedFiles: ProjectSlice<Held<Uint8Array>> = projectSlice("uploadedFiles", () => new Map(), {
  renamed,
  removed: (held, object) => {
    const [name, partition] = dataNamed(object) ?? [/^datasets\/([^/]+)$/.exec(object)?.[1], undefined];
    if (name !== undefined && partition === undefined) held.delete(name);
  },
  content: contentOf<Uint8Array>(
    "files",
    (name, bytes) => ({ name, content: toText(bytes) }),
    ({ name, content }) => [String(name), toBytes(String(content))],
  ),
});

/** A read that was begun with a name, and is not over. */
export interface ReadSession {
  readonly login: string;
  readonly dataset: string;
  readonly outcome: Outcome;
}

/** Reads by the ids that clients made; a restart forgets them all. */
export const readSessions: Slice<Map<string, ReadSession>> = slice("readSessions", () => new Map(), {
  restarted: (held) => held.clear(),
});

/** The columns of a dataset, by its schema. */
export const columnsOf = ({ document: { schema } }: SimulatedDataset): ReadonlyArray<JsonObject> =>
  isJsonObject(schema) ? jsonObjects(schema.columns) : [];

/** The table of the warehouse that a dataset is. */
const tableOf = ({ document: { params } }: SimulatedDataset): SimulatedTable | undefined =>
  isJsonObject(params) && params.connection === "pg_dwh" && params.mode === "table"
    ? tables.get(String(params.table))
    : undefined;

/** The files of an uploaded dataset. */
export const filesOf = (project: SimulatedProject, { name }: SimulatedDataset): ReadonlyMap<string, Uint8Array> =>
  project.of(uploadedFiles).get(name) ?? new Map<string, Uint8Array>();

/** What is in the files of an uploaded dataset: nothing before their format and the columns are known. */
const uploadedRows = (project: SimulatedProject, dataset: SimulatedDataset): ReadonlyArray<Row> => {
  const { formatType, formatParams } = dataset.document;
  const names = columnsOf(dataset).map(({ name }) => name);
  const params = isJsonObject(formatParams) ? formatParams : {};
  const isReadable = formatType === "csv" && (params.compress ?? "") === "" && names.length > 0;
  return isReadable ? [...filesOf(project, dataset).values()].flatMap((file) => rowsOfCsv(file, params, names)) : [];
};

/** The rows of a dataset, of all or of some of its partitions. */
export function* rowsOf(
  project: SimulatedProject,
  dataset: SimulatedDataset,
  partitions?: ReadonlyArray<string>,
): Generator<Row> {
  const written = project.of(writtenRows).get(dataset.name);
  if (written !== undefined) {
    const wanted = partitions === undefined ? [...written.keys()] : partitions;
    for (const id of wanted) yield* written.get(id) ?? [];
  } else if (dataset.document.type === "UploadedFiles") {
    yield* uploadedRows(project, dataset);
  } else {
    const table = tableOf(dataset);
    if (table !== undefined) yield* rowsOfTable(table);
  }
}

/** Writes rows into a dataset, in place of those of a partition, or after them. */
export const writeRows = (
  project: SimulatedProject,
  dataset: SimulatedDataset,
  rows: ReadonlyArray<Row>,
  partition: string = noPartition,
  isAppended: boolean = false,
): void => {
  const before = isAppended ? [...rowsOf(project, dataset, [partition])] : [];
  const held = project.of(writtenRows);
  const written = held.get(dataset.name) ?? new Map<string, ReadonlyArray<Row>>();
  written.set(partition, [...before, ...rows]);
  held.set(dataset.name, written);
};
