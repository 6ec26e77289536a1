/**
 * Options of what is done with datasets.
 *
 * @module
 */
import type { WaitOptions } from "../../src/operation/operation.ts";

/** Which datasets are listed. */
export interface ListDatasetsOptions {
  /** Whether those that other projects share with this one are listed too; DSS before 14 leaves them out. */
  readonly includeShared?: boolean;
  /** Only datasets with one of these tags. By default all; DSS before 14 does not look at tags. */
  readonly tags?: ReadonlyArray<string>;
}

/** Where a new managed dataset is kept, and how. */
export interface CreateManagedDatasetOptions {
  /** Name of the connection. By default as the instance says. */
  readonly connection?: string;
  /** Kind of the dataset, when the connection can hold several. */
  readonly typeOptionId?: string;
  /** How its files are written, by the name that DSS has for it, as `CSV_EXCEL_GZIP` or `PARQUET_HIVE`. By default as the connection says. */
  readonly formatOptionId?: string;
  /** The dataset, or the managed folder, whose partitioning it takes. By default it has no partitions. */
  readonly copyPartitioningFrom?: { readonly dataset: string } | { readonly folder: string };
  /** Schema of the database in which its table is. By default that of the connection. */
  readonly overrideSqlSchema?: string;
}

/** What is deleted with a dataset. */
export interface DeleteDatasetOptions {
  /** Whether its data is deleted too. Without it, files and tables stay where they are. */
  readonly dropData?: boolean;
}

/** What of a dataset is cleared. */
export interface ClearDatasetOptions {
  /** Ids of partitions, at least one. By default all data. */
  readonly partitions?: ReadonlyArray<string>;
}

/** A dataset, with its project when it is another one. */
export interface DatasetAddress {
  /** Name. */
  readonly name: string;
  /** Key of its project. By default that of the call. */
  readonly projectKey?: string;
}

/** How data is copied. */
export interface CopyDatasetOptions extends WaitOptions {
  /**
   * Whether what is there is replaced or stays.
   *
   * @default {"OVERWRITE"}
   */
  readonly writeMode?: "OVERWRITE" | "APPEND";
  /**
   * Whether the target gets the schema of the source.
   *
   * @default {true}
   */
  readonly syncSchema?: boolean;
}

/** What is looked for in the data. */
export interface DetectDatasetOptions extends WaitOptions {
  /** Whether the types of columns are taken from what is in them, and not all are texts; tables say their types themselves. */
  readonly inferStorageTypes?: boolean;
}

/** How far the origin of a column is followed. */
export interface ColumnLineageOptions {
  /** At most so many datasets are looked at. By default as many as DSS allows. */
  readonly maxDatasetCount?: number;
}

/** How DSS describes a dataset. */
export interface DescribeDatasetOptions {
  /**
   * Language, by its name in English.
   *
   * @default {"english"}
   */
  readonly language?: string;
  /** Whether the descriptions become those of the dataset. */
  readonly save?: boolean;
}
