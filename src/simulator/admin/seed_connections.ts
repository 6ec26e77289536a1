/**
 * The connections that a simulated DSS starts with.
 *
 * @module
 * @internal
 */
import { completeConnection, connections } from "./connections_state.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

const rows: ReadonlyArray<JsonObject & { readonly name: string; readonly type: string }> = [
  { name: "filesystem_managed", type: "Filesystem", params: { root: "/data/dss/managed_datasets" } },
  {
    name: "pg_dwh",
    type: "PostgreSQL",
    description: "Data warehouse",
    params: { host: "db.example.com", port: 5432, db: "dwh", user: "dss", password: "warehouse", properties: [] },
    usableBy: "ALLOWED",
    allowedGroups: ["data_team"],
    allowManagedFolders: false,
    detailsReadability: { readableBy: "ALLOWED", allowedGroups: ["data_team"] },
  },
  {
    name: "s3_lake",
    type: "EC2",
    description: "Data lake",
    params: { accessKey: "AKIALAKE", secretKey: "lake", chbucket: "lake", chroot: "/${projectKey}" },
    allowWrite: false,
    detailsReadability: { readableBy: "ALL", allowedGroups: [] },
  },
  { name: "hdfs_root", type: "HDFS", params: { root: "/user/dss" } },
  { name: "filesystem_folders", type: "Filesystem", params: { root: "/data/dss/managed_folders" } },
];

/** Fills an instance with connections. */
export const seedConnections = (world: World): void => {
  for (const { name, type, ...sent } of rows) {
    world.of(connections).set(name, completeConnection(sent, name, type));
  }
};
