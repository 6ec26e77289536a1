/**
 * Pure edits of the settings of connections.
 *
 * @module
 */
import type { ConnectionSettings } from "./connection.ts";

/** An edit of the settings of a connection. */
export type ConnectionEdit = (settings: ConnectionSettings) => ConnectionSettings;

/** Lets everybody use a connection, or the members of these groups alone. */
export function setUsableBy(users: "ALL" | ReadonlyArray<string>): ConnectionEdit {
  return (settings) =>
    users === "ALL"
      ? { ...settings, usableBy: "ALL" }
      : { ...settings, usableBy: "ALLOWED", allowedGroups: [...users] };
}

/**
 * Lets nobody, everybody, or the members of these groups read the details of a connection, its credentials included. Programs that reach
 * the data by themselves need that, as Spark does.
 */
export function setDetailsReadableBy(readers: "NONE" | "ALL" | ReadonlyArray<string>): ConnectionEdit {
  return (settings) => ({
    ...settings,
    detailsReadability: typeof readers === "string"
      ? { ...settings.detailsReadability, readableBy: readers }
      : { ...settings.detailsReadability, readableBy: "ALLOWED", allowedGroups: [...readers] },
  });
}
