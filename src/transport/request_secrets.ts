/**
 * Requests that carry secrets, which no error may show.
 *
 * @module
 * @internal
 */
import type { DssRequest } from "./request.ts";

/** Keys of the secrets of users, which DSS may take without showing them again. */
export const writeOnly: ReadonlyArray<string> = ["password", "refreshToken", "value"];

/** The secrets in a document, under keys of any depth; without recursion, because documents may be deeper than the stack. */
export const secretsUnder = (keys: ReadonlyArray<string>, document: unknown): ReadonlyArray<string> => {
  const secrets: Array<string> = [];
  if (keys.length === 0) return secrets;
  const left: Array<unknown> = [document];
  const seen = new Set<object>(); // what lies in itself is refused when it is sent
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    for (const [key, held] of Object.entries(value)) {
      if (typeof held !== "string") left.push(held);
      else if (keys.includes(key)) secrets.push(held);
    }
  }
  return secrets;
};

/** The secrets in a document of a user, whatever else is in it. */
export const secretsIn = (document: unknown): ReadonlyArray<string> => secretsUnder(writeOnly, document);

/** A request of whose secrets errors show none. */
export const hiding = (secrets: ReadonlyArray<string>, request: DssRequest): DssRequest => ({
  ...request,
  path: { ...request.path, secrets: [...request.path.secrets, ...secrets] },
});
