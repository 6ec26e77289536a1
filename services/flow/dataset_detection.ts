/**
 * The detection of what is in the data of a dataset: each family of datasets has its own.
 *
 * @module
 * @internal
 */
import { type DssRequest, path, post } from "../../src/transport/request.ts";

const ofFiles: ReadonlySet<string> = new Set([
  "Filesystem",
  "UploadedFiles",
  "FilesInFolder",
  "HDFS",
  "S3",
  "Azure",
  "GCS",
  "FTP",
  "SCP",
  "SFTP",
]);

const ofTables: ReadonlySet<string> = new Set([
  "JDBC",
  "PostgreSQL",
  "MySQL",
  "Vertica",
  "Snowflake",
  "Redshift",
  "Greenplum",
  "Teradata",
  "Oracle",
  "SQLServer",
  "SAPHANA",
  "Netezza",
  "BigQuery",
  "Athena",
  "hiveserver2",
  "Synapse",
  "FabricWarehouse",
  "Databricks",
  "DatabricksLakebase",
  "ClickHouse",
]);

/** The request that detects what is in a dataset of a kind; `undefined` when DSS cannot. */
export const detectionOf = (
  projectKey: string,
  name: string,
  type: string,
  inferStorageTypes: boolean,
): DssRequest | undefined => {
  const at = (family: string) => path`/projects/${projectKey}/datasets/${name}/actions/testAndDetectSettings/${family}`;
  if (ofFiles.has(type) || type.startsWith("fsprovider_")) {
    return post(at("fsLike"), { json: { detectPossibleFormats: true, inferStorageTypes } });
  }
  // DSS answers these when it has looked.
  if (ofTables.has(type)) return post(at("externalSQL"), { slow: true });
  if (type === "ElasticSearch") return post(at("elasticsearch"), { slow: true });
  if (type.startsWith("CustomPython_") || type.startsWith("CustomJava_")) {
    return post(at("custom"), { json: { inferStorageTypes }, slow: true });
  }
  return undefined;
};
