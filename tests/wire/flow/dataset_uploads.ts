/** Files of uploaded datasets: our calls for those of the official client. */
import type { Noun } from "../harness/noun.ts";

const [key, name] = ["WIRE_PROJ", "x"];

const datasetUploads: Noun = {
  areas: [],
  methods: {
    "DSSDataset.uploaded_add_file": {
      ours: "DatasetUploads.add",
      calls: [({ datasetUploads }) => datasetUploads.add(key, name, "a.csv", new TextEncoder().encode("a,b"))],
    },
    "DSSDataset.uploaded_list_files": {
      ours: "DatasetUploads.list",
      calls: [({ datasetUploads }) => datasetUploads.list(key, name)],
    },
  },
};

export default datasetUploads;
