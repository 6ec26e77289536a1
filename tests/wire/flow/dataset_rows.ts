/** Rows of datasets: our calls for those of the official client. */
import { Stream } from "effect";
import type { Noun } from "../harness/noun.ts";

const rows: Noun = {
  areas: [],
  methods: {
    "DSSDataset.iter_rows": {
      ours: "DatasetRows.read",
      calls: [
        ({ datasetRows }) => Stream.runDrain(datasetRows.read("WIRE_PROJ", "x")),
        ({ datasetRows }) => Stream.runDrain(datasetRows.read("WIRE_PROJ", "x", { partitions: ["p1"] })),
      ],
    },
  },
};

export default rows;
