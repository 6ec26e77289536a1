/**
 * Filters of lists of the simulated DSS by tags.
 *
 * @module
 * @internal
 */
import type { JsonObject } from "./stored_document.ts";

/** Whether an object has one of the tags that a query names, separated by commas; without such a filter, all have. */
export const hasTag = ({ tags }: JsonObject, query: URLSearchParams): boolean => {
  const wanted = query.getAll("tags").flatMap((names) => names.split(",")).filter((name) => name !== "");
  return wanted.length === 0 || (Array.isArray(tags) && wanted.some((name) => tags.includes(name)));
};
