/** Datasets: our calls for those of the official client. */
import { Effect, flow } from "effect";
import {
  addColumn,
  addPartitionDimension,
  azureDataset,
  buildJob,
  csvFormat,
  type DatasetSettings,
  filesDataset,
  filesystemDataset,
  gcsDataset,
  type JobDefinition,
  s3Dataset,
  sampleDataset,
  setConnectionAndPath,
  setDataSteward,
  setFeatureGroup,
  setFormat,
  setPartitioning,
  setTable,
  sqlTableDataset,
  timeDimension,
  uploadedDataset,
  valueDimension,
} from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun, OurCall } from "../harness/noun.ts";

const [key, name] = ["WIRE_PROJ", "x"];

const list = ({ datasets }: ServiceRecord) => datasets.list(key);
const exists = ({ datasets }: ServiceRecord) => datasets.exists(key, name);
const settings = ({ datasets }: ServiceRecord) => datasets.settings(key, name);

/** After another call. */
const after = (first: OurCall, call: OurCall): OurCall => (services) =>
  Effect.andThen(Effect.exit(first(services)), call(services));

const create = (dataset: Parameters<ServiceRecord["datasets"]["create"]>[2]): OurCall => ({ datasets }) =>
  datasets.create(key, name, dataset);

/** A job as the official client starts it for a dataset: it names no kind, no project, and no partition. */
const build = (type?: string, partition: string | null = null): JobDefinition =>
  buildJob([{ id: name, type: null, projectKey: null, partition }], {
    ...(type === undefined ? {} : { type }),
    refreshHiveMetastore: false,
    autoUpdateSchemaBeforeEachRecipeRun: false,
  });

const datasets: Noun = {
  areas: [],
  methods: {
    "DSSProject.list_datasets": {
      ours: "Datasets.list",
      calls: [list, ({ datasets }) => datasets.list(key, { includeShared: true, tags: ["t1", "t2"] })],
    },
    "DSSProject.create_dataset": {
      ours: "Datasets.create",
      calls: [
        create({ type: "Filesystem", formatType: null, formatParams: {} }),
        create({
          type: "Filesystem",
          params: { connection: "fs" },
          formatType: "csv",
          formatParams: { separator: "," },
        }),
      ],
    },
    "DSSProject.create_upload_dataset": {
      ours: "uploadedDataset",
      calls: [create(uploadedDataset()), create(uploadedDataset({ connection: "fs" }))],
    },
    "DSSProject.create_sample_dataset": { ours: "sampleDataset", calls: [create(sampleDataset("plug", "samp"))] },
    "DSSProject.create_filesystem_dataset": {
      ours: "filesystemDataset",
      calls: [create(filesystemDataset("fs", "/p"))],
    },
    "DSSProject.create_s3_dataset": {
      ours: "s3Dataset",
      calls: [create(s3Dataset("s3", "/p")), create(s3Dataset("s3", "/p", { bucket: "b" }))],
    },
    "DSSProject.create_gcs_dataset": {
      ours: "gcsDataset",
      calls: [create(gcsDataset("gcs", "/p", { bucket: "b" })), create(gcsDataset("gcs", "/p"))],
    },
    "DSSProject.create_azure_blob_dataset": {
      ours: "azureDataset",
      calls: [create(azureDataset("az", "/p", { container: "c" })), create(azureDataset("az", "/p"))],
    },
    "DSSProject.create_fslike_dataset": {
      ours: "filesDataset",
      calls: [
        create(filesDataset("HDFS", "hdfs", "/p", { params: { k: 1 } })),
        create(filesDataset("HDFS", "hdfs", "/p")),
      ],
    },
    "DSSProject.create_sql_table_dataset": {
      ours: "sqlTableDataset",
      calls: [
        create(sqlTableDataset("PostgreSQL", "pg", "t", { schema: "s" })),
        create(sqlTableDataset("PostgreSQL", "pg", "t", { schema: "s", catalog: "c" })),
      ],
    },
    "DSSProject.new_managed_dataset_creation_helper": {
      ours: "Datasets.createManaged",
      calls: [
        after(exists, ({ datasets }) =>
          Effect.andThen(
            datasets.delete(key, name, { dropData: true }),
            datasets.createManaged(key, name, { connection: "fs" }),
          )),
      ],
    },
    "DSSProject.new_managed_dataset": {
      ours: "Datasets.createManaged",
      calls: [({ datasets }) =>
        datasets.createManaged(key, name, {
          connection: "fs",
          typeOptionId: "t",
          formatOptionId: "f",
          copyPartitioningFrom: { dataset: "in" },
        })],
    },
    "DSSManagedDatasetCreationHelper.create": {
      ours: "Datasets.createManaged",
      calls: [
        ({ datasets }) => datasets.createManaged(key, name, { connection: "fs" }),
        after(exists, ({ datasets }) => datasets.createManaged(key, name, { copyPartitioningFrom: { folder: "f" } })),
      ],
    },
    "DSSManagedDatasetCreationHelper.already_exists": { ours: "Datasets.exists", calls: [exists] },
    "DSSDatasetListItem.to_dataset": { ours: "Datasets.list", calls: [list] },
    "DSSDataset.exists": { ours: "Datasets.exists", calls: [exists, exists] },
    "DSSDataset.delete": {
      ours: "Datasets.delete",
      calls: [
        ({ datasets }) => datasets.delete(key, name),
        ({ datasets }) => datasets.delete(key, name, { dropData: true }),
      ],
    },
    "DSSDataset.rename": { ours: "Datasets.rename", calls: [({ datasets }) => datasets.rename(key, name, "y")] },
    "DSSDataset.get_settings": { ours: "Datasets.settings", calls: [settings, settings, settings] },
    "DSSDataset.get_definition": { ours: "Datasets.settings", calls: [settings] },
    "DSSDataset.set_definition": {
      ours: "Datasets.saveSettings",
      calls: [({ datasets }) => datasets.saveSettings(key, name, { name } as DatasetSettings)],
    },
    "DSSDataset.get_metadata": { ours: "Datasets.metadata", calls: [({ datasets }) => datasets.metadata(key, name)] },
    "DSSDataset.set_metadata": {
      ours: "Datasets.saveMetadata",
      calls: [({ datasets }) => datasets.saveMetadata(key, name, { tags: [] })],
    },
    "DSSDataset.generate_ai_description": {
      ours: "Datasets.generateDescription",
      calls: [
        ({ datasets }) => datasets.generateDescription(key, name),
        ({ datasets }) => datasets.generateDescription(key, name, { language: "french", save: true }),
      ],
    },
    "DSSDataset.list_partitions": {
      ours: "Datasets.partitions",
      calls: [({ datasets }) => datasets.partitions(key, name)],
    },
    "DSSDataset.clear": {
      ours: "Datasets.clear",
      calls: [
        ({ datasets }) => datasets.clear(key, name),
        ({ datasets }) => datasets.clear(key, name, { partitions: ["p1", "p2"] }),
      ],
    },
    "DSSDataset.copy_to": {
      ours: "Datasets.startCopy",
      calls: [
        ({ datasets }) => datasets.startCopy(key, name, { name: "y" }),
        ({ datasets }) => datasets.startCopy(key, name, { name: "y" }, { syncSchema: false, writeMode: "APPEND" }),
      ],
    },
    "DSSDataset.build": {
      ours: "Jobs.run",
      calls: [
        ({ jobs }) => jobs.run(key, build()),
        ({ jobs }) => jobs.start(key, build("RECURSIVE_BUILD", "p1")),
        ({ jobs }) => jobs.run(key, build()),
      ],
    },
    "DSSDataset.get_info": { ours: "Datasets.info", calls: [({ datasets }) => datasets.info(key, name)] },
    "DSSDataset.get_usages": { ours: "Datasets.usages", calls: [({ datasets }) => datasets.usages(key, name)] },
    "DSSDatasetSettings.save": {
      ours: "Datasets.updateSettings",
      calls: [
        ({ datasets }) =>
          datasets.updateSettings(
            key,
            name,
            flow(
              setConnectionAndPath("fs", "/p"),
              setFormat(csvFormat()),
              setPartitioning(undefined),
              addPartitionDimension(valueDimension("d")),
              addPartitionDimension(timeDimension("t", "HOUR")),
              addColumn({ name: "z" } as never),
              setFeatureGroup(true),
              setDataSteward("x"),
              (settings) => ({ ...settings, tags: ["t"] }),
            ),
          ),
        ({ datasets }) => datasets.updateSettings(key, name, setTable("pg", "t", { schema: "s", catalog: "c" })),
      ],
    },
  },
  withoutRequest: {
    "DSSProject.get_dataset": "Datasets.settings",
    "DSSDataset.id": "DatasetSettings.name",
    "DSSDataset.name": "DatasetSettings.name",
    "DSSDatasetListItem.name": "DatasetSettings.name",
    "DSSDatasetListItem.id": "DatasetSettings.name",
    "DSSDatasetListItem.type": "DatasetSettings.type",
    "DSSDatasetListItem.schema": "DatasetSettings.schema",
    "DSSDatasetListItem.connection": "DatasetSettings.params",
    "DSSDatasetListItem.get_column": "DatasetSettings.schema",
    "DSSDatasetSettings.get_raw": "Datasets.settings",
    "DSSDatasetSettings.get_raw_params": "DatasetSettings.params",
    "DSSDatasetSettings.type": "DatasetSettings.type",
    "DSSDatasetSettings.schema_columns": "DatasetSettings.schema",
    "DSSDatasetSettings.remove_partitioning": "setPartitioning",
    "DSSDatasetSettings.add_discrete_partitioning_dimension": "addPartitionDimension",
    "DSSDatasetSettings.add_time_partitioning_dimension": "addPartitionDimension",
    "DSSDatasetSettings.add_raw_schema_column": "addColumn",
    "DSSDatasetSettings.is_feature_group": "DatasetSettings.featureGroup",
    "DSSDatasetSettings.set_feature_group": "setFeatureGroup",
    "DSSDatasetSettings.data_steward": "setDataSteward",
    "FSLikeDatasetSettings.set_connection_and_path": "setConnectionAndPath",
    "FSLikeDatasetSettings.get_raw_format_params": "DatasetSettings.formatParams",
    "FSLikeDatasetSettings.set_format": "setFormat",
    "FSLikeDatasetSettings.set_csv_format": "csvFormat",
    "FSLikeDatasetSettings.set_partitioning_file_pattern": "partitionedBy",
    "SQLDatasetSettings.set_table": "setTable",
    "DSSManagedDatasetCreationHelper.get_creation_settings": "Datasets.createManaged",
    "DSSManagedDatasetCreationHelper.with_store_into": "Datasets.createManaged",
    "DSSManagedDatasetCreationHelper.with_copy_partitioning_from": "Datasets.createManaged",
    "DSSDatasetInfo.get_raw": "Datasets.info",
    "DSSDatasetInfo.last_build_start_time": "LastBuild.buildStartTime",
    "DSSDatasetInfo.last_build_end_time": "DatasetInfo.builtAt",
    "DSSDatasetInfo.is_last_build_successful": "LastBuild.buildSuccess",
  },
};

export default datasets;
