/**
 * Places of secrets: where in what is sent to DSS, and in what it answers, a value is one. All that is known of them stands here.
 *
 * @module
 * @internal
 */
import { isSecretName, secretsInAddresses } from "../errors/secret_names.ts";

/** Fields that are secret in what some paths speak of, whatever they are called: those that the schemas say are `Redacted`. */
const ofPaths: ReadonlyArray<readonly [target: RegExp, name: RegExp]> = [
  [/^\/(admin\/globalAPIKeys|(admin\/)?personal-api-keys|users\/[^/]+\/personal-api-keys)/i, /^key$/],
  [/^\/auth\/ticket-from-browser-headers/, /^msg$/],
  [/^\/(admin\/)?connections\//, /^(params|resolvedParams)$/],
  [/^\/admin\/licensing\/license/, /./],
  [/^\/secrets-manager\/secrets\/[^/]+\/actions\//, /^value$/],
];

/** Whether a path speaks of secrets that have no name of their own. */
export const speaksOfSecrets = (target: string): boolean => ofPaths.some(([pattern]) => pattern.test(target));

/** Whether a field of an object holds a secret. */
export type IsSecretField = (object: Readonly<Record<string, unknown>>, within: string, name: string) => boolean;

/** Whether an object is a pair whose name, or a mark beside it, says that its value is a secret. */
const isSecretPair = (object: Readonly<Record<string, unknown>>): boolean =>
  object.secret === true || [object.name, object.key].some((name) => typeof name === "string" && isSecretName(name));

/** Whether an object is one of a list of what has names and values, as the secrets of a user. */
export const isPair = (object: Readonly<Record<string, unknown>>): boolean =>
  "value" in object && (typeof object.name === "string" || typeof object.key === "string");

/** The secret fields of the documents that a path speaks of. */
export const secretFields = (target: string): IsSecretField => {
  const names = ofPaths.filter(([pattern]) => pattern.test(target)).map(([, name]) => name);
  return (object, within, name) =>
    isSecretName(name) || names.some((one) => one.test(name)) ||
    (name === "value" && (within === "secrets" || isSecretPair(object)));
};

/** What stands for no value. */
const isNoValue = (text: string): boolean => /^(|null|none|true|false|undefined)$/i.test(text);

/** So many characters has what is hidden beside a secret, and has no name of one. */
const telling = 4;

const documentIn = (text: string): unknown => {
  if (!/^\s*[[{]/.test(text) || text.length > 1_048_576) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * The secrets in a document, in any depth; without recursion, because documents may be deeper than the stack.
 *
 * @param beside Whether also what lies in a place of secrets without a name of one, as the host of a connection.
 */
export const secretsAt = (target: string, document: unknown, beside: boolean = true): ReadonlyArray<string> => {
  const secrets: Array<string> = [];
  const isSecretField = secretFields(target);
  const left: Array<
    { readonly part: unknown; readonly within: string; readonly secret: boolean; readonly own: boolean }
  > = [{ part: document, within: "", secret: false, own: false }];
  const seen = new Set<object>(); // what lies in itself is refused when it is sent
  for (let next; (next = left.pop()) !== undefined;) {
    const { part, within, secret, own } = next;
    if (typeof part === "string") {
      if (secret && (own || (beside && part.length >= telling)) && !isNoValue(part)) secrets.push(part);
      const addressed = secretsInAddresses(part).map((range) => part.slice(...range));
      secrets.push(...addressed.filter((found) => !isNoValue(found)));
      const inner = documentIn(part);
      if (inner !== undefined) left.push({ part: inner, within, secret, own: false });
    } else if (typeof part === "object" && part !== null && !seen.has(part)) {
      seen.add(part);
      if (Array.isArray(part)) left.push(...part.map((one) => ({ ...next, part: one })));
      else {
        const object = part as Readonly<Record<string, unknown>>;
        // What a pair in a list of secrets is called is none.
        const inside = secret && !isPair(object);
        for (const [name, one] of Object.entries(object)) {
          const named = isSecretField(object, within, name);
          left.push({ part: one, within: name, secret: inside || named || (secret && name === "value"), own: named });
        }
      }
    }
  }
  return secrets;
};
