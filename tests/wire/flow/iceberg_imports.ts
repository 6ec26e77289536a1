/** Tables of Iceberg: our calls for those of the official client, which were recorded without answers. */
import type { Noun } from "../harness/noun.ts";

const key = "WIRE_PROJ";

const icebergImports: Noun = {
  areas: [],
  methods: {
    "DSSProject.list_iceberg_tables": {
      ours: "TableImports.tables",
      calls: [
        ({ tableImports }) => tableImports.tables(key, "x1"),
        ({ tableImports }) => tableImports.tables(key, "x1", { namespace: "x1" }),
      ],
    },
  },
  samples: {
    "GET /projects/{}/datasets/tables-import/actions/list-tables": { jobId: "fut123", hasResult: false, alive: true },
    "GET /futures/{}": { jobId: "fut123", hasResult: true, result: { tables: [] } },
  },
};

export default icebergImports;
