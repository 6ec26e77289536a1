/**
 * Pure edits of managed folders, for `ManagedFolders.update`: each changes what it says and keeps everything else.
 *
 * @example
 * ```ts
 * import { flow } from "effect";
 * import { addTimePartitioning, type ManagedFolder, setPartitioningPattern } from "@effect-dataiku/dss/managed-folders";
 *
 * const edit = flow(addTimePartitioning("day"), setPartitioningPattern("%Y/%M/%D/.*"));
 * const reports: ManagedFolder = { id: "aB3kQ9xZ", name: "reports" };
 * const { partitioning } = edit(reports);
 * if (partitioning?.dimensions?.[0]?.params?.period !== "DAY") throw new Error("unexpected");
 * ```
 *
 * @module
 */
import type { ManagedFolder, ManagedFolderType } from "./managed_folder.ts";
import type { Partitioning, PartitioningDimension } from "./partitioning.ts";

/** An edit of a managed folder. */
export type ManagedFolderEdit = <F extends ManagedFolder>(folder: F) => F;

/** Kinds of folders whose names are not those of their connections. */
const folderTypes: Readonly<Record<string, ManagedFolderType>> = { EC2: "S3", SSH: "SCP" };

/**
 * Puts a folder on another connection. Its files stay where they are.
 *
 * @param connectionType Type of the connection, as `Connections.info` gives it: that of the folder follows from it.
 */
export function setFolderConnection(connection: string, path: string, connectionType: string): ManagedFolderEdit {
  return (folder) => ({
    ...folder,
    type: folderTypes[connectionType] ?? connectionType,
    params: { ...folder.params, connection, path },
  });
}

const editPartitioning = (edit: (partitioning: Partitioning) => Partitioning): ManagedFolderEdit => (folder) => ({
  ...folder,
  partitioning: edit(folder.partitioning ?? { dimensions: [] }),
});

const addDimension = (dimension: PartitioningDimension): ManagedFolderEdit =>
  editPartitioning((partitioning) => ({
    ...partitioning,
    dimensions: [...partitioning.dimensions ?? [], dimension],
  }));

/** Takes all dimensions away: the folder has no partitions then. */
export function removePartitioning<F extends ManagedFolder>(folder: F): F {
  return { ...folder, partitioning: { ...folder.partitioning, dimensions: [] } };
}

/** Adds a dimension of values. */
export function addValuePartitioning(name: string): ManagedFolderEdit {
  return addDimension({ name, type: "value" });
}

/** Adds a dimension of periods of time, by default of days. */
export function addTimePartitioning(
  name: string,
  period: "YEAR" | "MONTH" | "DAY" | "HOUR" = "DAY",
): ManagedFolderEdit {
  return addDimension({ name, type: "time", params: { period } });
}

/** Says which files belong to which partition, as `%{country}/.*` or `%Y/%M/%D/%H/.*`. */
export function setPartitioningPattern(filePathPattern: string): ManagedFolderEdit {
  return editPartitioning((partitioning) => ({ ...partitioning, filePathPattern }));
}
