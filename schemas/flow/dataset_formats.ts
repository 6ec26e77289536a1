/**
 * How the files of datasets are written, and how datasets are cut into partitions: pure builders.
 *
 * @module
 */
import type { Partitioning, PartitioningDimension, PartitioningPeriod } from "./partitioning.ts";

/** How the files of a dataset are written. */
export interface DatasetFormat {
  /** Format, as `csv`. */
  readonly formatType: string;
  /** What the format needs. */
  readonly formatParams: Readonly<Record<string, unknown>>;
}

/** A format of any kind, as `avro`, `orcfile`, `xml` or `fixed_width`. */
export function fileFormat(type: string, params: Readonly<Record<string, unknown>> = {}): DatasetFormat {
  return { formatType: type, formatParams: params };
}

/** How texts with separators are written. */
export interface CsvFormatOptions {
  /**
   * What is between cells.
   *
   * @default {","}
   */
  readonly separator?: string;
  /**
   * How cells with separators in them are written: `excel` doubles quotes, `unix` escapes them, `escape_only_no_quote` has none.
   *
   * @default {"excel"}
   */
  readonly style?: "excel" | "unix" | "escape_only_no_quote" | (string & Record<never, never>);
  /**
   * Lines before the header.
   *
   * @default {0}
   */
  readonly skipRowsBeforeHeader?: number;
  /**
   * Whether there is a line with the names of the columns.
   *
   * @default {true}
   */
  readonly header?: boolean;
  /**
   * Lines after the header.
   *
   * @default {0}
   */
  readonly skipRowsAfterHeader?: number;
  /** Character set, as `utf8`. */
  readonly charset?: string;
  /** What cells are quoted with. */
  readonly quoteChar?: string;
  /** What quotes are escaped with. */
  readonly escapeChar?: string;
  /** How the files are compressed: `gz`, or nothing for none. */
  readonly compress?: string;
}

/** Texts with separators. */
export function csvFormat(options: CsvFormatOptions = {}): DatasetFormat {
  const { separator = ",", style = "excel", header = true, ...rest } = options;
  const { skipRowsBeforeHeader = 0, skipRowsAfterHeader = 0 } = options;
  return fileFormat("csv", {
    ...rest,
    style,
    separator,
    skipRowsBeforeHeader,
    parseHeaderRow: header,
    skipRowsAfterHeader,
  });
}

/** How Parquet is written. */
export interface ParquetFormatOptions {
  /**
   * Compression.
   *
   * @default {"SNAPPY"}
   */
  readonly compression?: string;
  /**
   * Whose dialect it is.
   *
   * @default {"HIVE"}
   */
  readonly flavor?: string;
  /** Size of a block, in megabytes. */
  readonly blockSizeMB?: number;
}

/** Parquet. */
export function parquetFormat(options: ParquetFormatOptions = {}): DatasetFormat {
  const { compression = "SNAPPY", flavor = "HIVE", blockSizeMB } = options;
  return fileFormat("parquet", {
    parquetCompressionMethod: compression,
    parquetFlavor: flavor,
    ...(blockSizeMB === undefined ? {} : { parquetBlockSizeMB: blockSizeMB }),
  });
}

/** A value of which each has a partition, as a country. */
export function valueDimension(name: string): PartitioningDimension {
  return { name, type: "value" };
}

/** A time of which each span has a partition; by default each day. */
export function timeDimension(name: string, period: PartitioningPeriod = "DAY"): PartitioningDimension {
  return { name, type: "time", params: { period } };
}

/**
 * A cut into partitions.
 *
 * @param filePathPattern Where the files of a partition are, as `%{country}/%Y/%M/%D/.*`; tables have none.
 */
export function partitionedBy(
  dimensions: ReadonlyArray<PartitioningDimension>,
  filePathPattern?: string,
): Partitioning {
  return { dimensions, ...(filePathPattern === undefined ? {} : { filePathPattern }) };
}
