/**
 * The schemas of the datasets of the simulated DSS, and what it finds in data.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Call, emptyAnswer, invalid, jsonAnswer, type Provenance, type Route } from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import { documentSent, isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { databaseTypes } from "./dataset_creation.ts";
import { lineageOf } from "./dataset_uses.ts";
import { changeDataset, faultInSchema, findDataset, type SimulatedDataset } from "./datasets_state.ts";
import { schemaOf, warehouse } from "./seed_datasets.ts";

const fileTypes: ReadonlySet<unknown> = new Set([
  "Azure",
  "FTP",
  "FilesInFolder",
  "Filesystem",
  "GCS",
  "HDFS",
  "S3",
  "SCP",
  "SFTP",
  "UploadedFiles",
]);

/** What DSS finds when nobody has said anything of the files. */
const guessed: JsonObject = { columns: ["col_0", "col_1"].map((name) => ({ name, type: "string" })) };

const storedSchema = ({ document: { schema } }: SimulatedDataset): JsonObject | undefined =>
  isJsonObject(schema) && jsonObjects(schema.columns).length > 0 ? schema : undefined;

/** What was found put into what is stored: columns that are gone from the data stay. */
const schemaDetection = (found: JsonObject, stored: JsonObject | undefined): JsonObject => {
  const columns = jsonObjects(found.columns);
  const stale = jsonObjects(stored?.columns).filter(({ name }) => !columns.some((column) => column.name === name));
  return {
    detectedSchema: { columns, userModified: false },
    newSchema: { columns: [...columns, ...stale], userModified: false },
    textReasons: stale.map(({ name }) => `Column ${name} is not in the data`),
  };
};

const detectedInFiles = (dataset: SimulatedDataset, infers: boolean): JsonObject => {
  const { formatType, formatParams } = dataset.document;
  const stored = storedSchema(dataset);
  const columns = jsonObjects((stored ?? guessed).columns)
    .map((column) => infers ? column : { ...column, type: "string" });
  return {
    ok: true,
    type: formatType ?? "csv",
    params: formatParams ?? { style: "excel", charset: "utf8", separator: ",", parseHeaderRow: true },
    schemaDetection: schemaDetection({ columns }, stored),
  };
};

/** A detection that DSS answers at once. */
const direct = (
  family: string,
  isOf: (type: unknown) => boolean,
  found: (dataset: SimulatedDataset) => JsonObject,
  known: Provenance,
  note: string,
): Route => ({
  method: "POST",
  path: `/projects/:projectKey/datasets/:name/actions/testAndDetectSettings/${family}`,
  known,
  note,
  handle: (call, world) =>
    Effect.flatMap(
      findDataset(world, call),
      ({ dataset }) =>
        isOf(dataset.document.type)
          ? Effect.succeed(jsonAnswer(found(dataset)))
          : Effect.fail(invalid(`${dataset.name} is of type ${dataset.document.type}, which is not of ${family}`)),
    ),
});

const tableOf = ({ document: { params } }: SimulatedDataset): string | undefined => {
  const name = isJsonObject(params) && params.connection === "pg_dwh" ? String(params.table) : "";
  return warehouse.get(name);
};

const hiveTypes: ReadonlySet<unknown> = new Set(["Azure", "GCS", "HDFS", "S3"]);

const withHive = (action: string): Route => ({
  method: "POST",
  path: `/projects/:projectKey/datasets/:name/actions/${action}`,
  known: "official client",
  note: "Answers nothing. Which kinds of datasets Hive knows, and that nothing changes, is assumed.",
  handle: (call, world) =>
    Effect.flatMap(
      findDataset(world, call),
      ({ dataset: { name, document: { type } } }) =>
        hiveTypes.has(type)
          ? Effect.succeed(emptyAnswer)
          : Effect.fail(invalid(`${name} is of type ${type}, which the Hive metastore does not know`)),
    ),
});

/** How many datasets a lineage goes over at most. */
const most = ({ query }: Call): number | undefined => {
  const given = query.get("maxDatasetCount");
  if (given === null) return 100;
  return /^[1-9]\d*$/.test(given) ? Number(given) : undefined;
};

/** @internal */
export const datasetSchemasRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/schema",
    known: "public evidence",
    note: "columns and userModified.",
    handle: (call, world) => Effect.map(findDataset(world, call), ({ dataset }) => jsonAnswer(dataset.document.schema)),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/datasets/:name/schema",
    known: "public evidence",
    note: "Takes the place of all columns; the data stays as it is. What is refused is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { dataset } = yield* findDataset(world, call);
        const schema = yield* documentSent(world, call);
        const fault = faultInSchema(schema);
        if (fault !== undefined) return yield* Effect.fail(fault);
        changeDataset(dataset, { schema }, { login: call.user.login, now: call.now });
        return jsonAnswer({ msg: `Updated schema of dataset ${dataset.name}` });
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/:name/actions/testAndDetectSettings/fsLike",
    known: "public evidence",
    note:
      "Answers a future; format, schemaDetection, and that columns which are gone stay in newSchema, were seen. Files are not looked at: the format and the columns that are stored are found again, or two texts.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { project, dataset } = yield* findDataset(world, call);
        const { name, document: { type } } = dataset;
        if (!fileTypes.has(type)) return yield* Effect.fail(invalid(`${name} is of type ${type}, which has no files`));
        const sent = yield* documentSent(world, call);
        const outcome = world.outcomes.take(`datasets/${project.projectKey}.${name}`);
        return startScripted(world, call.now, outcome, {
          owner: call.user.login,
          displayName: `Detection of ${name}`,
          kind: "DATASET_DETECTION",
          seconds: 2,
          end: () => ({
            result: outcome.end === "fail"
              ? { format: { ok: false, errorMessage: outcome.message ?? "No format fits the files" } }
              : { connectionOK: true, format: detectedInFiles(dataset, sent.inferStorageTypes === true) },
          }),
        });
      }),
  },
  direct(
    "externalSQL",
    (type) => databaseTypes.has(type),
    (dataset) => {
      const table = tableOf(dataset);
      const stored = storedSchema(dataset);
      const found = table === undefined ? stored ?? { columns: [] } : schemaOf(table);
      return { connectionOK: true, schemaDetection: schemaDetection(found, stored) };
    },
    "official client",
    "schemaDetection with newSchema, at once. That a table which is not known has the columns that are stored is simplified.",
  ),
  direct(
    "elasticsearch",
    (type) => type === "ElasticSearch",
    (dataset) => ({ schemaDetection: schemaDetection(storedSchema(dataset) ?? { columns: [] }, undefined) }),
    "official client",
    "schemaDetection with newSchema, at once; the columns that are stored are found again.",
  ),
  direct(
    "custom",
    (type) => /^Custom(Python|Java)_/.test(String(type)),
    (dataset) => ({ schema: storedSchema(dataset) ?? { columns: [] } }),
    "official client",
    "schema, at once; the columns that are stored are found again.",
  ),
  {
    method: "GET",
    path: "/projects/:projectKey/datasets/:name/column-lineage",
    known: "public evidence",
    note:
      "One array of relations. Which columns are made from which is simplified: those of the same name, in the recipes of one project; that a column must exist is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { project, dataset } = yield* findDataset(world, call);
        const column = call.query.get("columnName");
        const count = most(call);
        if (count === undefined) return yield* Effect.fail(invalid("maxDatasetCount must be a number above 0"));
        if (!jsonObjects(storedSchema(dataset)?.columns).some(({ name }) => name === column)) {
          return yield* Effect.fail(invalid(`${dataset.name} has no column ${column}`));
        }
        return jsonAnswer(lineageOf(world, project.projectKey, dataset.name, column!, count));
      }),
  },
  withHive("synchronizeHiveMetastore"),
  withHive("updateFromHive"),
];
