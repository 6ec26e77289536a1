/**
 * Datasets: their settings, how they are made, copied and removed, what uses them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { DatasetInfo, DatasetUsage } from "../../schemas/flow/dataset.ts";
import type { NewDataset } from "../../schemas/flow/dataset_builders.ts";
import type { DatasetEdit } from "../../schemas/flow/dataset_edits.ts";
import { DatasetMetadata, DatasetSettings } from "../../schemas/flow/dataset_settings.ts";
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
import { del, get, path, post } from "../../src/transport/request.ts";
import type {
  ClearDatasetOptions,
  CopyDatasetOptions,
  CreateManagedDatasetOptions,
  DatasetAddress,
  DeleteDatasetOptions,
  DescribeDatasetOptions,
  ListDatasetsOptions,
} from "./dataset_options.ts";

export * from "../../schemas/flow/dataset.ts";
export * from "../../schemas/flow/dataset_builders.ts";
export * from "../../schemas/flow/dataset_edits.ts";
export * from "../../schemas/flow/dataset_formats.ts";
export * from "../../schemas/flow/dataset_schema.ts";
export * from "../../schemas/flow/dataset_settings.ts";
export * from "../../schemas/flow/partitioning.ts";
export type * from "./dataset_options.ts";

/**
 * Datasets of projects.
 *
 * `DatasetSchemas` has their columns. A dataset is built by a job: `jobs.run("SALES", buildJob("orders"))`. Another project may use it once it is exposed to that:
 * `projectSettings.updateSettings("SALES", exposeObject("DATASET", "orders", "CHURN"))`.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { csvFormat, Datasets, filesystemDataset, setFormat } from "@effect-dataiku/dss/datasets";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const added = Effect.gen(function* () {
 *   const datasets = yield* Datasets;
 *   yield* datasets.create("SALES", "leads", filesystemDataset("filesystem_managed", "/in/leads"));
 *   return yield* datasets.updateSettings("SALES", "leads", setFormat(csvFormat({ separator: ";" })));
 * });
 * const { formatType } = await Effect.runPromise(Effect.provide(added, Simulator.layer()));
 * if (formatType !== "csv") throw new Error("unexpected");
 * ```
 */
export interface Datasets {
  /** The datasets of a project, with their settings. */
  list(projectKey: string, options?: ListDatasetsOptions): Effect.Effect<ReadonlyArray<DatasetSettings>, DssError>;
  /** Whether a dataset is there: any other failure than `NotFound` is one here too. */
  exists(projectKey: string, name: string): Effect.Effect<boolean, DssError>;
  /** Creates a dataset over data that is there or comes later, as `filesystemDataset`, `sqlTableDataset` or `uploadedDataset` make it. */
  create(projectKey: string, name: string, dataset: NewDataset): Effect.Effect<void, DssError>;
  /** Creates a dataset whose data DSS owns, so that recipes can write it. */
  createManaged(projectKey: string, name: string, options?: CreateManagedDatasetOptions): Effect.Effect<void, DssError>;
  /** The settings of a dataset. */
  settings(projectKey: string, name: string): Effect.Effect<DatasetSettings, DssError>;
  /**
   * Changes the settings of a dataset: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit, as `setFormat(csvFormat())`. What it throws is a defect.
   */
  updateSettings(
    projectKey: string,
    name: string,
    edit: DatasetEdit,
  ): Effect.Effect<DatasetSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    projectKey: string,
    name: string,
    next: DatasetSettings,
    options?: SaveOptions<DatasetSettings>,
  ): Effect.Effect<DatasetSettings, DssError | SettingsError>;
  /** What people say of a dataset: tags, description, values of their own. */
  metadata(projectKey: string, name: string): Effect.Effect<DatasetMetadata, DssError>;
  /** Changes what people say of a dataset as `updateSettings` changes settings. */
  updateMetadata(
    projectKey: string,
    name: string,
    edit: (metadata: DatasetMetadata) => DatasetMetadata,
  ): Effect.Effect<DatasetMetadata, DssError | SettingsError>;
  /** Writes what people say of a dataset, edited slowly, as `saveSettings` writes settings. */
  saveMetadata(
    projectKey: string,
    name: string,
    next: DatasetMetadata,
    options?: SaveOptions<DatasetMetadata>,
  ): Effect.Effect<DatasetMetadata, DssError | SettingsError>;
  /** Gives a dataset another name, in the recipes that use it too; since DSS 12. */
  rename(projectKey: string, name: string, newName: string): Effect.Effect<void, DssError>;
  /** Deletes a dataset; the recipes that use it stay, and do not run any more. */
  delete(projectKey: string, name: string, options?: DeleteDatasetOptions): Effect.Effect<void, DssError>;
  /** Deletes the data of a dataset, or of some of its partitions. DSS refuses it for data that it does not own. */
  clear(projectKey: string, name: string, options?: ClearDatasetOptions): Effect.Effect<void, DssError>;
  /** Starts to copy the data of a dataset into another that is there already, and gives the operation. */
  startCopy(
    projectKey: string,
    name: string,
    target: DatasetAddress,
    options?: CopyDatasetOptions,
  ): Effect.Effect<FutureOperation<unknown>, DssError>;
  /** Copies the data of a dataset into another that is there already, and waits for the end; aborts it when the wait is interrupted. */
  runCopy(
    projectKey: string,
    name: string,
    target: DatasetAddress,
    options?: CopyDatasetOptions,
  ): Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** Ids of the partitions of a dataset; of one whose partitions are in files DSS refuses it before there are any. */
  partitions(projectKey: string, name: string): Effect.Effect<ReadonlyArray<string>, DssError>;
  /** What DSS knows of a dataset besides its settings: when it was built. */
  info(projectKey: string, name: string): Effect.Effect<DatasetInfo, DssError>;
  /** What uses a dataset: recipes and analyses. */
  usages(projectKey: string, name: string): Effect.Effect<ReadonlyArray<DatasetUsage>, DssError>;
  /**
   * Lets DSS describe a dataset and its columns, which needs its AI services; gives what it answers, which is not documented. Above a quota
   * of about 1000 a day, each call takes a minute. Since DSS 14.
   */
  generateDescription(
    projectKey: string,
    name: string,
    options?: DescribeDatasetOptions,
  ): Effect.Effect<unknown, DssError>;
}

const nothingToClear =
  "partitions is an empty list, expected at least one partition: leave it out to clear the whole dataset";

const partitioningOption = (from: NonNullable<CreateManagedDatasetOptions["copyPartitioningFrom"]>): string =>
  "dataset" in from ? `copy:dataset:${from.dataset}` : `copy:folder:${from.folder}`;

/** Key of {@linkcode Datasets}, with its layer. */
export const Datasets: DssService<Datasets> = service(
  "Datasets",
  Effect.map(Dss, (dss): Datasets => {
    const at = (projectKey: string, name: string) => path`/projects/${projectKey}/datasets/${name}`;
    const invalid = (method: string, detail: string) =>
      Effect.fail(new DssError({ method, reason: new Invalid({ detail }) }));
    const settings = editing(dss, {
      methods: ["Datasets.settings", "Datasets.updateSettings", "Datasets.saveSettings"],
      schema: DatasetSettings,
      at,
    });
    const metadataAt = (projectKey: string, name: string) => path`/projects/${projectKey}/datasets/${name}/metadata`;
    const metadata = editing(dss, {
      methods: ["Datasets.metadata", "Datasets.updateMetadata", "Datasets.saveMetadata"],
      schema: DatasetMetadata,
      at: metadataAt,
    });
    const startCopy = (method: string): Datasets["startCopy"] => (projectKey, name, target, options = {}) => {
      const { writeMode = "OVERWRITE", syncSchema = true } = options;
      const json = {
        targetProjectKey: target.projectKey ?? projectKey,
        targetDatasetName: target.name,
        syncSchema,
        writeMode,
      };
      const request = post(path`/projects/${projectKey}/datasets/${name}/actions/copyTo`, { json });
      return startFuture(dss, { method, request, result: Schema.Unknown }, options);
    };
    return {
      list: (projectKey, { includeShared = false, tags } = {}) =>
        dss.json(
          "Datasets.list",
          get(path`/projects/${projectKey}/datasets/`, { query: { foreign: includeShared, tags }, exact: true }),
          Schema.Array(DatasetSettings),
        ),
      exists: (projectKey, name) =>
        dss.json("Datasets.exists", get(metadataAt(projectKey, name)), Schema.Unknown).pipe(
          Effect.as(true),
          Effect.catchIf(({ reason }) => reason._tag === "NotFound", () => Effect.succeed(false)),
        ),
      create: (projectKey, name, { type, params = {}, ...rest }) =>
        dss.empty(
          "Datasets.create",
          post(path`/projects/${projectKey}/datasets/`, { json: { name, projectKey, type, params, ...rest } }),
        ),
      createManaged: (projectKey, name, options = {}) => {
        const { connection, typeOptionId, formatOptionId, overrideSqlSchema, copyPartitioningFrom: from } = options;
        const partitioningOptionId = from === undefined ? undefined : partitioningOption(from);
        const specificSettings = { formatOptionId, overrideSQLSchema: overrideSqlSchema };
        const creationSettings = { connectionId: connection, typeOptionId, specificSettings, partitioningOptionId };
        const request = post(path`/projects/${projectKey}/datasets/managed`, { json: { name, creationSettings } });
        return dss.empty("Datasets.createManaged", request);
      },
      settings: settings.read,
      updateSettings: settings.update,
      saveSettings: settings.save,
      metadata: metadata.read,
      updateMetadata: metadata.update,
      saveMetadata: metadata.save,
      rename: (projectKey, oldName, newName) =>
        dss.empty(
          "Datasets.rename",
          post(path`/projects/${projectKey}/actions/renameDataset`, { json: { oldName, newName } }),
        ),
      delete: (projectKey, name, { dropData = false } = {}) =>
        dss.empty("Datasets.delete", del(at(projectKey, name), { query: { dropData }, slow: true })),
      clear: (projectKey, name, { partitions } = {}) =>
        partitions?.length === 0
          // DSS would take no partition for all of them.
          ? invalid("Datasets.clear", nothingToClear)
          : dss.empty(
            "Datasets.clear",
            del(path`/projects/${projectKey}/datasets/${name}/data`, { query: { partitions }, slow: true }),
          ),
      startCopy: startCopy("Datasets.startCopy"),
      runCopy: (...args) => runOperation(startCopy("Datasets.runCopy")(...args)),
      partitions: (projectKey, name) =>
        dss.json(
          "Datasets.partitions",
          get(path`/projects/${projectKey}/datasets/${name}/partitions`, { slow: true }),
          Schema.Array(Schema.String),
        ),
      info: (projectKey, name) =>
        dss.json("Datasets.info", get(path`/projects/${projectKey}/datasets/${name}/info`), DatasetInfo),
      usages: (projectKey, name) =>
        dss.json(
          "Datasets.usages",
          get(path`/projects/${projectKey}/datasets/${name}/usages`),
          Schema.Array(DatasetUsage),
        ),
      generateDescription: (projectKey, name, { language = "english", save: saveDescription = false } = {}) =>
        dss.json(
          "Datasets.generateDescription",
          post(path`/projects/${projectKey}/datasets/${name}/generate-ai-description`, {
            query: { language, saveDescription },
            slow: true,
          }),
          Schema.Unknown,
        ),
    };
  }),
);
