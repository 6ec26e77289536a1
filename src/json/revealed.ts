/**
 * Documents whose secrets are redacted until they are sent.
 *
 * @module
 * @internal
 */
import * as Redacted from "effect/Redacted";

/** A document as it is sent, and the secrets in it. */
export interface Revealed<A> {
  /** With its secrets as they are. */
  readonly document: A;
  /** The secrets, for whoever keeps them out of what is shown. */
  readonly secrets: ReadonlyArray<string>;
}

/** Reveals the secrets of a document that a builder made, at any depth. */
export const revealed = <A = unknown>(document: unknown): Revealed<A> => {
  const secrets: Array<string> = [];
  const plain = (value: unknown): unknown => {
    if (Redacted.isRedacted(value)) {
      const secret: unknown = Redacted.value(value);
      if (typeof secret === "string") secrets.push(secret);
      return secret;
    }
    if (Array.isArray(value)) return value.map(plain);
    // Digits that a number cannot hold are no object of the document.
    const isObject = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
    return isObject ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, plain(held)])) : value;
  };
  return { document: plain(document) as A, secrets };
};
