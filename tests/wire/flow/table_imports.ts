/** Imports of tables: our calls for those of the official client. */
import { importHiveTable, importIndex, importSqlTable } from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const key = "WIRE_PROJ";

const tableImports: Noun = {
  areas: [],
  methods: {
    "DSSProject.init_tables_import": {
      ours: "TableImports.runPreparation",
      calls: [({ tableImports }) => tableImports.runPreparation(key, [importSqlTable("pg", "t", { schema: "s" })])],
    },
    "TablesImportDefinition.prepare": {
      ours: "TableImports.runPreparation",
      calls: [({ tableImports }) =>
        tableImports.runPreparation(key, [
          importHiveTable("db", "t"),
          importSqlTable("pg", "t", { schema: "s", catalog: "c" }),
          importIndex("es", "i"),
        ])],
    },
    "TablesPreparedImport.execute": {
      ours: "TableImports.run",
      calls: [({ tableImports }) => tableImports.run(key, [importSqlTable("pg", "t", { schema: "s" })])],
    },
    "DSSProject.list_hive_databases": {
      ours: "TableImports.hiveDatabases",
      calls: [({ tableImports }) => tableImports.hiveDatabases(key)],
    },
    "DSSProject.list_sql_tables": {
      ours: "TableImports.tables",
      calls: [
        ({ tableImports }) => tableImports.tables(key, "pg"),
        ({ tableImports }) => tableImports.tables(key, "pg", { schema: "s" }),
      ],
    },
    "DSSProject.list_sql_schemas": {
      ours: "TableImports.schemas",
      calls: [({ tableImports }) => tableImports.schemas(key, "pg")],
    },
    "DSSProject._list_namespaces": {
      ours: "TableImports.namespaces",
      calls: [({ tableImports }) => tableImports.namespaces(key, "x1")],
    },
    "DSSProject.list_hive_tables": {
      ours: "TableImports.hiveTables",
      calls: [({ tableImports }) => tableImports.hiveTables(key, "db")],
    },
    "DSSProject.list_elasticsearch_indices_or_aliases": {
      ours: "TableImports.indices",
      calls: [({ tableImports }) => tableImports.indices(key, "es")],
    },
  },
  withoutRequest: {
    "DSSProject.list_iceberg_namespaces": "TableImports.namespaces",
    "TablesImportDefinition.add_hive_table": "importHiveTable",
    "TablesImportDefinition.add_sql_table": "importSqlTable",
    "TablesImportDefinition.add_iceberg_table": "importIcebergTable",
    "TablesImportDefinition.add_elasticsearch_index_or_alias": "importIndex",
  },
};

export default tableImports;
