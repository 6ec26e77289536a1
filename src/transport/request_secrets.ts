/**
 * Requests that carry secrets, which no error may show.
 *
 * @module
 * @internal
 */
import * as Context from "effect/Context";
import { type Scrub, scrubber } from "../errors/scrubber.ts";
import { isSecretParameter } from "../errors/secret_names.ts";
import type { DssRequest } from "./request.ts";
import { secretsAt } from "./secret_places.ts";

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

/** All secrets of a request: those that it was given as such, and those in the places of its body and query that hold some. */
const secretsOf = ({ path, json, query, parts }: DssRequest): ReadonlyArray<string> => [
  ...path.secrets,
  ...secretsAt(path.value, json),
  ...Object.entries(query ?? {}).flatMap(([name, value]) =>
    isSecretParameter(name) ? [value].flat().map(String) : secretsAt(path.value, value)
  ),
  ...(parts ?? []).flatMap(({ content }) => "json" in content ? secretsAt(path.value, content.json) : []),
];

/** For requests that ask for what came of another one: errors show no secret of that one either. */
export const hidingThoseOf = (other: DssRequest | undefined): (request: DssRequest) => DssRequest => {
  if (other === undefined) return (request) => request;
  let secrets: ReadonlyArray<string> | undefined;
  return (request) => hiding(secrets ??= secretsOf(other), request);
};

/** The secrets that a call was given as such, told to the client that sends it: a recorder keeps them off its cassette. */
export const GivenSecrets: Context.Reference<ReadonlyArray<string>> = Context.Reference<ReadonlyArray<string>>(
  "@effect-dataiku/dss/GivenSecrets",
  { defaultValue: () => [] },
);

/** What keeps the secrets of a connection out of what is shown, and those of each request too; nothing is looked for before something is. */
export const scrubbing = (connection: ReadonlyArray<string>): (request?: DssRequest) => Scrub => {
  const ofConnection = scrubber(connection);
  return (request) => {
    if (request === undefined) return ofConnection;
    let scrub: Scrub | undefined;
    const prepared = (): Scrub => {
      const own = secretsOf(request);
      return own.length === 0 ? ofConnection : scrubber([...connection, ...own]);
    };
    return (text) => (scrub ??= prepared())(text);
  };
};
