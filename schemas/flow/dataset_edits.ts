/**
 * Pure edits of the settings of datasets.
 *
 * @module
 */
import type { SqlTableOptions } from "./dataset_builders.ts";
import type { DatasetDetection } from "./dataset.ts";
import type { DatasetFormat } from "./dataset_formats.ts";
import type { DatasetColumn, DatasetSchema } from "./dataset_schema.ts";
import type { DatasetSettings } from "./dataset_settings.ts";
import type { Partitioning, PartitioningDimension } from "./partitioning.ts";

/** An edit of the settings of a dataset. */
export type DatasetEdit = (settings: DatasetSettings) => DatasetSettings;

const withParams = (params: Readonly<Record<string, unknown>>): DatasetEdit => (settings) => ({
  ...settings,
  params: { ...settings.params, ...params },
});

/** Says how the files of a dataset are written, as `csvFormat()`. */
export function setFormat(format: DatasetFormat): DatasetEdit {
  return (settings) => ({ ...settings, ...format });
}

/** Says where the files of a dataset are. */
export function setConnectionAndPath(connection: string, path: string): DatasetEdit {
  return withParams({ connection, path });
}

/** Says which table a dataset is. */
export function setTable(connection: string, table: string, { schema, catalog }: SqlTableOptions = {}): DatasetEdit {
  return withParams({ connection, mode: "table", schema: schema ?? null, table, catalog: catalog ?? null });
}

/** Cuts a dataset into partitions, as `partitionedBy` makes it; `undefined` takes the cut back. */
export function setPartitioning(partitioning: Partitioning | undefined): DatasetEdit {
  return (settings) => ({ ...settings, partitioning: partitioning ?? { dimensions: [] } });
}

/** Adds what tells partitions apart, as `timeDimension("day")`. */
export function addPartitionDimension(dimension: PartitioningDimension): DatasetEdit {
  return (settings) => ({
    ...settings,
    partitioning: { ...settings.partitioning, dimensions: [...settings.partitioning?.dimensions ?? [], dimension] },
  });
}

/** Adds a column to the schema of a dataset, at its end. */
export function addColumn(column: DatasetColumn): DatasetEdit {
  return (settings) => ({
    ...settings,
    schema: { ...settings.schema, columns: [...settings.schema?.columns ?? [], column] },
  });
}

/** Puts a dataset into the feature store, or takes it out. */
export function setFeatureGroup(featureGroup: boolean): DatasetEdit {
  return (settings) => ({ ...settings, featureGroup });
}

/** Says who takes care of the data. */
export function setDataSteward(login: string): DatasetEdit {
  return (settings) => ({ ...settings, dataSteward: login });
}

/** What a detection says of the columns: `format` of files, `schemaDetection` of tables, `schema` of plugins. */
const columnsOf = (
  { format, schemaDetection, schema }: DatasetDetection,
  fresh: boolean,
): DatasetSchema | undefined => {
  const { detectedSchema, newSchema } = format?.schemaDetection ?? schemaDetection ?? {};
  return (fresh ? detectedSchema ?? newSchema : newSchema ?? detectedSchema) ?? schema ?? undefined;
};

/** Whether a detection found something that settings can take. */
export function isDetected(detection: DatasetDetection): boolean {
  const { format } = detection;
  return format === undefined || format === null ? columnsOf(detection, false) !== undefined : format.ok === true;
}

/**
 * Puts what DSS has detected into the settings of a dataset: the format of its files, and its columns. What it has not found stays as it is:
 * see `isDetected`.
 *
 * @param options With `fresh`, columns that are gone from the data are gone from the schema too.
 */
export function applyDetection(
  detection: DatasetDetection,
  options: { readonly fresh?: boolean } = {},
): DatasetEdit {
  const { format } = detection;
  return (settings) => {
    if (!isDetected(detection)) return settings;
    const schema = columnsOf(detection, options.fresh === true);
    return {
      ...settings,
      ...(typeof format?.type === "string" ? { formatType: format.type, formatParams: format.params ?? {} } : {}),
      ...(schema === undefined ? {} : { schema }),
    };
  };
}
