/** Rows of datasets: our calls for those of the official client. */
import { Stream } from "effect";
import type { Noun } from "../harness/noun.ts";

const [key, name] = ["WIRE_PROJ", "x"];

const datasetRows: Noun = {
  areas: [],
  methods: {
    "DSSDataset.iter_rows": {
      ours: "DatasetRows.read",
      calls: [
        ({ datasetRows }) => Stream.runDrain(datasetRows.read(key, name)),
        ({ datasetRows }) => Stream.runDrain(datasetRows.read(key, name, { partitions: ["p1"], unreadable: "null" })),
      ],
    },
    // It is recorded through the one before.
    "DataikuStreamedHttpUTF8CSVReader.iter_rows": { ours: "DatasetRows.read", calls: [] },
  },
};

export default datasetRows;
