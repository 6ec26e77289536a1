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

/** Whether a value is an object of a document: digits that a number cannot hold are none. */
const isPlain = (value: unknown): value is object => {
  if (typeof value !== "object" || value === null || typeof (value as { toJSON?: unknown }).toJSON === "function") {
    return false;
  }
  return (JSON as { isRawJSON?(value: unknown): boolean }).isRawJSON?.(value) !== true;
};

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
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, plain(held)]));
  };
  return { document: plain(document) as A, secrets };
};
