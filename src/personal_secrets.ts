/**
 * Requests that carry secrets of users, which no error may show.
 *
 * @module
 * @internal
 */
import type { DssRequest } from "./request.ts";

/** Keys whose values DSS may take without showing them again. */
export const writeOnly: ReadonlyArray<string> = ["password", "refreshToken", "value"];

/** The secrets in a document, whatever else is in it. */
export const secretsIn = (document: unknown): ReadonlyArray<string> =>
  typeof document === "object" && document !== null
    ? Object.entries(document).flatMap(([key, value]) => {
      if (typeof value !== "string") return secretsIn(value);
      return writeOnly.includes(key) ? [value] : [];
    })
    : [];

/** A request of whose secrets errors show none. */
export const hiding = (secrets: ReadonlyArray<string>, request: DssRequest): DssRequest => ({
  ...request,
  path: { ...request.path, secrets: [...request.path.secrets, ...secrets] },
});
