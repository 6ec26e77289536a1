/**
 * What is imported as datasets: tables of databases, of Hive and of Iceberg, and indices of Elasticsearch.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import type { SqlTableOptions } from "./dataset_builders.ts";

/** A table that can be imported. */
export interface ImportableTable {
  /** Its name. */
  readonly table: string;
  /** Schema that it is in, in a database. */
  readonly schema?: string | null;
  /** Database that it is in, in Hive. */
  readonly databaseName?: string | null;
  /** Namespace that it is in, in Iceberg. */
  readonly namespace?: string | null;
}

/** Schema of {@linkcode ImportableTable}. */
export const ImportableTable: Schema.Codec<ImportableTable, unknown> = open(
  {
    table: Schema.String,
    schema: maybe(Schema.String),
    databaseName: maybe(Schema.String),
    namespace: maybe(Schema.String),
  } satisfies Fields<ImportableTable>,
);

/** A table or an index to import. */
export interface ImportKey {
  /** Name of the connection. */
  readonly connectionName: string;
  /** Name of the table or the index. */
  readonly name: string;
  /** Schema that it is in. */
  readonly schema?: string | null;
  /** Database that it is in. */
  readonly catalog?: string | null;
  /** Namespace that it is in. */
  readonly namespace?: string | null;
}

/** The connection through which DSS sees a database of Hive. */
export function hiveConnection(database: string): string {
  return `@virtual(hive-jdbc):${database}`;
}

/** A table of a database to import. */
export function importSqlTable(
  connection: string,
  table: string,
  { schema, catalog }: SqlTableOptions = {},
): ImportKey {
  return { connectionName: connection, schema: schema ?? null, name: table, catalog: catalog ?? null };
}

/** A table of Hive to import. */
export function importHiveTable(database: string, table: string): ImportKey {
  return { connectionName: hiveConnection(database), name: table };
}

/** A table of Iceberg to import; since DSS 15. */
export function importIcebergTable(connection: string, namespace: string, table: string): ImportKey {
  return { connectionName: connection, namespace, name: table };
}

/** An index, or an alias of one, of Elasticsearch to import. */
export function importIndex(connection: string, index: string): ImportKey {
  return { connectionName: connection, name: index };
}

/** What an import would make, as DSS says it: names of datasets, and whether they can be made. It is given back as it is. */
export type ImportCandidates = Readonly<Record<string, unknown>>;

/** Schema of {@linkcode ImportCandidates}. */
export const ImportCandidates: Schema.Codec<ImportCandidates, unknown> = Schema.Record(
  Schema.String,
  Schema.Unknown,
) as Schema.Codec<ImportCandidates, unknown>;
