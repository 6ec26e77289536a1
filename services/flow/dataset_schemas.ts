/**
 * Schemas of datasets: their columns, where these come from, and what DSS finds in the data.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { ColumnRelation, DatasetDetection } from "../../schemas/flow/dataset.ts";
import { DatasetSchema } from "../../schemas/flow/dataset_schema.ts";
import { DatasetSettings } from "../../schemas/flow/dataset_settings.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { Invalid } from "../../src/errors/reasons.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitTimedOut } from "../../src/operation/operation.ts";
import { startFuture } from "../../src/operation/started_future.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";
import { get, path, post } from "../../src/transport/request.ts";
import { detectionOf } from "./dataset_detection.ts";
import type { ColumnLineageOptions, DetectDatasetOptions } from "./dataset_options.ts";

export * from "../../schemas/flow/dataset.ts";
export * from "../../schemas/flow/dataset_edits.ts";
export * from "../../schemas/flow/dataset_schema.ts";
export type { ColumnLineageOptions, DetectDatasetOptions } from "./dataset_options.ts";

/**
 * Schemas of datasets: their columns, where these come from, and what DSS finds in the data.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { applyDetection, DatasetSchemas } from "@effect-dataiku/dss/dataset-schemas";
 * import { Datasets, filesystemDataset } from "@effect-dataiku/dss/datasets";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const detected = Effect.gen(function* () {
 *   const datasets = yield* Datasets;
 *   yield* datasets.create("SALES", "leads", filesystemDataset("filesystem_managed", "/in/leads"));
 *   const detection = yield* (yield* DatasetSchemas).runDetection("SALES", "leads", { inferStorageTypes: true });
 *   return yield* datasets.updateSettings("SALES", "leads", applyDetection(detection));
 * });
 * const { formatType } = await Effect.runPromise(Effect.provide(detected, Simulator.layer()));
 * if (formatType !== "csv") throw new Error("unexpected");
 * ```
 */
export interface DatasetSchemas {
  /** The columns of a dataset. */
  get(projectKey: string, name: string): Effect.Effect<DatasetSchema, DssError>;
  /** Changes the columns of a dataset: reads them, edits them, writes them, reads them back. The data stays as it is. */
  update(
    projectKey: string,
    name: string,
    edit: (schema: DatasetSchema) => DatasetSchema,
  ): Effect.Effect<DatasetSchema, DssError | SettingsError>;
  /** Writes columns that were edited slowly, and reads them back; with `since`, only when they are still the same. */
  save(
    projectKey: string,
    name: string,
    next: DatasetSchema,
    options?: SaveOptions<DatasetSchema>,
  ): Effect.Effect<DatasetSchema, DssError | SettingsError>;
  /** Starts to look where the data of a dataset is, what its format and its columns are, and gives the operation; nothing is changed. */
  startDetection(
    projectKey: string,
    name: string,
    options?: DetectDatasetOptions,
  ): Effect.Effect<FutureOperation<DatasetDetection>, DssError>;
  /** Looks where the data of a dataset is, what its format and its columns are; `applyDetection` puts them into the settings. */
  runDetection(
    projectKey: string,
    name: string,
    options?: DetectDatasetOptions,
  ): Effect.Effect<DatasetDetection, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** From which columns a column is made, and which are made from it, in other projects too. */
  columnLineage(
    projectKey: string,
    name: string,
    column: string,
    options?: ColumnLineageOptions,
  ): Effect.Effect<ReadonlyArray<ColumnRelation>, DssError>;
  /** Writes the schema of a dataset to the Hive metastore. */
  synchronizeHiveMetastore(projectKey: string, name: string): Effect.Effect<void, DssError>;
  /** Takes the schema of a dataset from the Hive metastore. */
  updateFromHive(projectKey: string, name: string): Effect.Effect<void, DssError>;
}

/** Key of {@linkcode DatasetSchemas}, with its layer. */
export const DatasetSchemas: DssService<DatasetSchemas> = service(
  "DatasetSchemas",
  Effect.map(Dss, (dss): DatasetSchemas => {
    const invalid = (method: string, detail: string) =>
      Effect.fail(new DssError({ method, reason: new Invalid({ detail }) }));
    const { read, update, save } = editing(dss, {
      methods: ["DatasetSchemas.get", "DatasetSchemas.update", "DatasetSchemas.save"],
      schema: DatasetSchema,
      at: (projectKey: string, name: string) => path`/projects/${projectKey}/datasets/${name}/schema`,
    });
    const startDetection = (method: string): DatasetSchemas["startDetection"] => (projectKey, name, options = {}) =>
      Effect.flatMap(
        dss.json(method, get(path`/projects/${projectKey}/datasets/${name}`), DatasetSettings),
        ({ type }) => {
          const request = detectionOf(projectKey, name, type, options.inferStorageTypes ?? false);
          return request === undefined
            ? invalid(method, `${name} is of type ${type}, expected files, a table, an index or the data of a plugin`)
            : startFuture(dss, { method, request, result: DatasetDetection }, options);
        },
      );
    return {
      get: read,
      update,
      save,
      startDetection: startDetection("DatasetSchemas.startDetection"),
      runDetection: (...args) => runOperation(startDetection("DatasetSchemas.runDetection")(...args)),
      columnLineage: (projectKey, name, columnName, { maxDatasetCount } = {}) =>
        dss.json(
          "DatasetSchemas.columnLineage",
          get(path`/projects/${projectKey}/datasets/${name}/column-lineage`, {
            query: { columnName, maxDatasetCount },
          }),
          Schema.Array(ColumnRelation),
        ),
      synchronizeHiveMetastore: (projectKey, name) =>
        dss.empty(
          "DatasetSchemas.synchronizeHiveMetastore",
          post(path`/projects/${projectKey}/datasets/${name}/actions/synchronizeHiveMetastore`, { slow: true }),
        ),
      updateFromHive: (projectKey, name) =>
        dss.empty(
          "DatasetSchemas.updateFromHive",
          post(path`/projects/${projectKey}/datasets/${name}/actions/updateFromHive`, { slow: true }),
        ),
    };
  }),
);
