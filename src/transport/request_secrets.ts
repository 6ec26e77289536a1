/**
 * Requests that carry secrets, which no error may show.
 *
 * @module
 * @internal
 */
import type { DssRequest } from "./request.ts";

/** Keys of the secrets of users, which DSS may take without showing them again. */
export const writeOnly: ReadonlyArray<string> = ["password", "refreshToken", "value"];

/** The secrets in a document, under keys of any depth. */
export const secretsUnder = (keys: ReadonlyArray<string>, document: unknown): ReadonlyArray<string> =>
  typeof document === "object" && document !== null
    ? Object.entries(document).flatMap(([key, value]) => {
      if (typeof value !== "string") return secretsUnder(keys, value);
      return keys.includes(key) ? [value] : [];
    })
    : [];

/** The secrets in a document of a user, whatever else is in it. */
export const secretsIn = (document: unknown): ReadonlyArray<string> => secretsUnder(writeOnly, document);

/** A request of whose secrets errors show none. */
export const hiding = (secrets: ReadonlyArray<string>, request: DssRequest): DssRequest => ({
  ...request,
  path: { ...request.path, secrets: [...request.path.secrets, ...secrets] },
});
