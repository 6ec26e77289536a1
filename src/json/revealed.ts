/**
 * Documents whose secrets are redacted until they are sent.
 *
 * @module
 * @internal
 */
import * as Redacted from "effect/Redacted";
import { isRawJson } from "./exact_json.ts";
import { isPlain } from "./json_text.ts";

/** A document as it is sent, and the secrets in it. */
export interface Revealed<A> {
  /** With its secrets as they are. */
  readonly document: A;
  /** The secrets, for whoever keeps them out of what is shown. */
  readonly secrets: ReadonlyArray<string>;
}

/** Reveals the secrets of a document that a builder made, at any depth; what JSON cannot hold stays, and is refused when it is sent. */
export const revealed = <A = unknown>(document: unknown): Revealed<A> => {
  const secrets: Array<string> = [];
  const within = new Set<unknown>();
  const plain = (value: unknown): unknown => {
    if (Redacted.isRedacted(value)) {
      const secret: unknown = Redacted.value(value);
      if (typeof secret === "string") secrets.push(secret);
      return secret;
    }
    const isPart = typeof value === "object" && value !== null && !isRawJson(value) && !within.has(value);
    if (!isPart || !(Array.isArray(value) || isPlain(value))) return value;
    within.add(value);
    const copy = Array.isArray(value) ? value.map(plain) : Object.fromEntries(
      Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))
        .map((key) => [key, plain(Reflect.get(value, key))]),
    );
    within.delete(value);
    return copy;
  };
  return { document: plain(document) as A, secrets };
};
