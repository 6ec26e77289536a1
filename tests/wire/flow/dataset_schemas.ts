/** Schemas of datasets: our calls for those of the official client. */
import { Effect } from "effect";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun, OurCall } from "../harness/noun.ts";

const [key, name] = ["WIRE_PROJ", "x"];

const start = (inferStorageTypes?: boolean): OurCall => ({ datasetSchemas }) =>
  datasetSchemas.startDetection(key, name, inferStorageTypes === undefined ? {} : { inferStorageTypes });

/** The official client reads the settings, and once more to see what kind they are of. */
const autodetect = (inferStorageTypes = false): OurCall => ({ datasets, datasetSchemas }: ServiceRecord) =>
  Effect.andThen(
    Effect.exit(datasets.settings(key, name)),
    datasetSchemas.runDetection(key, name, { inferStorageTypes }),
  );

const datasetSchemas: Noun = {
  areas: [],
  methods: {
    "DSSDataset.get_schema": {
      ours: "DatasetSchemas.get",
      calls: [({ datasetSchemas }) => datasetSchemas.get(key, name)],
    },
    "DSSDataset.set_schema": {
      ours: "DatasetSchemas.save",
      calls: [({ datasetSchemas }) => datasetSchemas.save(key, name, { columns: [] })],
    },
    "DSSDataset.test_and_detect": { ours: "DatasetSchemas.startDetection", calls: [start(true), start(), start()] },
    "DSSDataset.autodetect_settings": {
      ours: "DatasetSchemas.runDetection",
      calls: [autodetect(), autodetect(), autodetect(), autodetect(true)],
    },
    "DSSDataset.get_column_lineage": {
      ours: "DatasetSchemas.columnLineage",
      calls: [
        ({ datasetSchemas }) => datasetSchemas.columnLineage(key, name, "a"),
        ({ datasetSchemas }) => datasetSchemas.columnLineage(key, name, "a", { maxDatasetCount: 5 }),
      ],
    },
    "DSSDataset.synchronize_hive_metastore": {
      ours: "DatasetSchemas.synchronizeHiveMetastore",
      calls: [({ datasetSchemas }) => datasetSchemas.synchronizeHiveMetastore(key, name)],
    },
    "DSSDataset.update_from_hive": {
      ours: "DatasetSchemas.updateFromHive",
      calls: [({ datasetSchemas }) => datasetSchemas.updateFromHive(key, name)],
    },
  },
};

export default datasetSchemas;
