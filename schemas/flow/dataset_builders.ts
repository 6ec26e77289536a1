/**
 * New datasets: pure builders of each kind, with where their data is.
 *
 * @module
 */
import type { DatasetFormat } from "./dataset_formats.ts";
import type { Partitioning } from "./partitioning.ts";
import type { DatasetSchema } from "./dataset_schema.ts";

/** What a new dataset is, besides its name. Whatever else is in the settings of a dataset can stand here too. */
export interface NewDataset {
  /** Kind, as `PostgreSQL`. */
  readonly type: string;
  /** Where the data is. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** How its files are written, as `csv`. Without it, it has to be detected before there are rows. */
  readonly formatType?: string | null;
  /** What the format needs. */
  readonly formatParams?: Readonly<Record<string, unknown>>;
  /** Its columns. */
  readonly schema?: DatasetSchema;
  /** How it is cut into partitions. */
  readonly partitioning?: Partitioning;
  /** Whether DSS owns the data. */
  readonly managed?: boolean;
}

/** How a file is chosen by its name or its whole path. */
export interface FileRule {
  /** The pattern. */
  readonly expr: string;
  /** How the pattern is written. */
  readonly mode: "GLOB" | "REGEXP" | (string & Record<never, never>);
  /** What the pattern is for. */
  readonly matchingMode: "FILENAME" | "FULL_PATH" | (string & Record<never, never>);
}

/** Which files of a place are in a dataset. */
export interface FileSelection {
  /** How they are chosen. */
  readonly mode:
    | "ALL"
    | "EXPLICIT_SELECT_FILES"
    | "RULES_INCLUDED_ONLY"
    | "RULES_ALL_BUT_EXCLUDED"
    | (string & Record<never, never>);
  /** The files that a rule fits, for `RULES_INCLUDED_ONLY`. */
  readonly includeRules: ReadonlyArray<FileRule>;
  /** The files that no rule fits, for `RULES_ALL_BUT_EXCLUDED`. */
  readonly excludeRules: ReadonlyArray<FileRule>;
  /** Paths, for `EXPLICIT_SELECT_FILES`. */
  readonly explicitFiles: ReadonlyArray<string>;
}

const selected = (mode: FileSelection["mode"], chosen: Partial<FileSelection> = {}): FileSelection => ({
  mode,
  includeRules: [],
  excludeRules: [],
  explicitFiles: [],
  ...chosen,
});

const rule = (pattern: string | FileRule): FileRule =>
  typeof pattern === "string"
    ? { expr: pattern, mode: "GLOB", matchingMode: pattern.includes("/") ? "FULL_PATH" : "FILENAME" }
    : pattern;

/** Takes all files. */
export const allFiles: FileSelection = selected("ALL");

/** Takes the files with these paths. */
export const theseFiles = (...paths: ReadonlyArray<string>): FileSelection =>
  selected("EXPLICIT_SELECT_FILES", { explicitFiles: paths });

/** Takes the files that a pattern fits: a text is a glob, as `*.csv`, for the whole path if it has a slash. */
export const filesMatching = (...patterns: ReadonlyArray<string | FileRule>): FileSelection =>
  selected("RULES_INCLUDED_ONLY", { includeRules: patterns.map(rule) });

/** Takes the files that no pattern fits: a text is a glob, as `*.csv`, for the whole path if it has a slash. */
export const filesNotMatching = (...patterns: ReadonlyArray<string | FileRule>): FileSelection =>
  selected("RULES_ALL_BUT_EXCLUDED", { excludeRules: patterns.map(rule) });

/** What a new dataset of files is, besides where they are. */
export interface FilesOptions {
  /** How they are written, as `csvFormat()`. Without it, it has to be detected before there are rows. */
  readonly format?: DatasetFormat;
  /** Which of them are taken. By default all. */
  readonly files?: FileSelection;
  /** How they are cut into partitions. */
  readonly partitioning?: Partitioning;
  /** Further parameters of the kind. */
  readonly params?: Readonly<Record<string, unknown>>;
}

const ofFiles = (
  type: string,
  where: Readonly<Record<string, unknown>>,
  { format, files, partitioning, params }: FilesOptions,
): NewDataset => ({
  type,
  params: { ...where, ...(files === undefined ? {} : { filesSelectionRules: files }), ...params },
  ...format,
  ...(partitioning === undefined ? {} : { partitioning }),
});

/**
 * Files below a path of a connection of any kind, as `HDFS`, `SFTP` or `FTP`.
 *
 * @param type Kind of the dataset.
 */
export function filesDataset(type: string, connection: string, path: string, options: FilesOptions = {}): NewDataset {
  return ofFiles(type, { connection, path }, options);
}

/** Files on the server of DSS, below a path of a connection. */
export function filesystemDataset(connection: string, path: string, options: FilesOptions = {}): NewDataset {
  return ofFiles("Filesystem", { connection, path }, options);
}

/** Where files in a bucket are. */
export interface BucketFilesOptions extends FilesOptions {
  /** Bucket. By default that of the connection. */
  readonly bucket?: string;
}

const inBucket =
  (type: string) => (connection: string, path: string, { bucket, ...options }: BucketFilesOptions = {}): NewDataset =>
    ofFiles(type, { connection, path, ...(bucket === undefined ? {} : { bucket }) }, options);

/** Files on Amazon S3, below a path of a connection. */
export const s3Dataset: (connection: string, path: string, options?: BucketFilesOptions) => NewDataset = inBucket("S3");

/** Files on Google Cloud Storage, below a path of a connection. */
export const gcsDataset: (connection: string, path: string, options?: BucketFilesOptions) => NewDataset = inBucket(
  "GCS",
);

/** Where files in a container of Azure are. */
export interface AzureFilesOptions extends FilesOptions {
  /** Container. By default that of the connection. */
  readonly container?: string;
}

/** Files on Azure Blob Storage, below a path of a connection. */
export function azureDataset(
  connection: string,
  path: string,
  { container, ...options }: AzureFilesOptions = {},
): NewDataset {
  return ofFiles("Azure", { connection, path, ...(container === undefined ? {} : { container }) }, options);
}

/** Where the files of an uploaded dataset are, and what they are. */
export interface UploadedDatasetOptions extends FilesOptions {
  /** Connection on which DSS keeps them. By default that of the instance; some instances have none and refuse then. */
  readonly connection?: string;
}

/** Files that are uploaded: the dataset is empty until they are. */
export function uploadedDataset({ connection, ...options }: UploadedDatasetOptions = {}): NewDataset {
  return ofFiles("UploadedFiles", connection === undefined ? {} : { uploadConnection: connection }, options);
}

/**
 * Files in a managed folder.
 *
 * @param folderId Id of the folder, with its project before it if it is another one: `OTHER.aB3kQ9xZ`.
 */
export function folderDataset(folderId: string, options: FilesOptions = {}): NewDataset {
  return ofFiles("FilesInFolder", { folderSmartId: folderId }, options);
}

/** Rows that people type in. */
export function inlineDataset(schema: DatasetSchema = { columns: [] }): NewDataset {
  return { type: "Inline", params: {}, schema };
}

/** A sample that a plugin brings. */
export function sampleDataset(pluginId: string, sampleName: string): NewDataset {
  return { type: `Sample_${pluginId}_${sampleName}`, params: { pluginId, sampleName } };
}

/** Where a table is. */
export interface SqlTableOptions {
  /** Schema. By default that of the connection. */
  readonly schema?: string;
  /** Database. By default that of the connection. */
  readonly catalog?: string;
}

/**
 * A table of a database that DSS does not own.
 *
 * @param type Kind of the connection, as `PostgreSQL`.
 */
export function sqlTableDataset(
  type: string,
  connection: string,
  table: string,
  { schema, catalog }: SqlTableOptions = {},
): NewDataset {
  return { type, params: { connection, mode: "table", table, schema: schema ?? null, catalog: catalog ?? null } };
}

/**
 * What a query of a database gives. It is read only.
 *
 * @param type Kind of the connection, as `PostgreSQL`.
 */
export function sqlQueryDataset(type: string, connection: string, query: string): NewDataset {
  return { type, params: { connection, mode: "query", query } };
}
