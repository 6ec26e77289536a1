/**
 * A DSS that stores one scenario, to the digit, and counts its versions as DSS does.
 *
 * @module
 */
import { Effect, type Layer } from "effect";
import { HttpServerResponse } from "effect/http";
import type { AllServices, Dss, DssError } from "../mod.ts";
import { dssServer, json, type Received } from "./dss_server.ts";

/** JSON in which every number is its digits. */
export type Exact = Readonly<Record<string, unknown>>;

/**
 * JSON whose numbers, and whose texts with escapes, are marked texts: V8 15 does not tell a reviver the digits of all numbers, and confuses
 * keys that have escapes.
 */
const marked = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => {
    if (!token.startsWith('"')) return `"digits ${token}"`;
    return token.includes("\\") ? `"escaped ${encodeURIComponent(token.slice(1, -1))}"` : token;
  });

const unmarked = (text: string): string =>
  text.replace(/"escaped ([^"]*)"/g, (_, content: string) => `"${decodeURIComponent(content)}"`);

const numberOf = (value: unknown): string | undefined =>
  typeof value === "string" && value.startsWith("digits ") ? value.slice("digits ".length) : undefined;

const parse = (text: string): Exact =>
  JSON.parse(marked(text), (_, value) => {
    const digits = numberOf(value);
    return digits === undefined ? value : (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(digits);
  });

/** A document to compare: equal when no digit differs. */
export const exactly = (text: string): Exact =>
  JSON.parse(marked(text), (_, value) => {
    const digits = numberOf(value);
    return digits === undefined ? value : { digits };
  });

/** A document without what DSS counts by itself. */
export const unversioned = (text: string): Exact => ({ ...exactly(text), versionTag: undefined });

const version = ({ versionTag }: Exact): number =>
  Number(JSON.stringify((versionTag as Exact | null | undefined)?.versionNumber ?? 0));

/** What DSS makes of documents besides storing them. */
export interface StoreOptions {
  /** What DSS stores of what it is given. */
  readonly keeps?: (document: Record<string, unknown>) => unknown;
  /** How many versions DSS counts with a write: more than one when somebody else writes at the same time. */
  readonly versions?: number;
}

/** A scenario that a DSS stores. */
export interface StoredScenario {
  /** The document, as DSS stores it now. */
  text: string;
  /** How often it was written. */
  writes: number;
}

/** The scenarios of a DSS with one, which every path leads to. */
export const storedScenario = (
  stored: StoredScenario,
  { keeps = (document) => document, versions = 1 }: StoreOptions = {},
): Layer.Layer<AllServices | Dss | Received, DssError> =>
  dssServer(({ method, body }) => {
    if (method === "PUT") {
      const before = version(parse(stored.text));
      const next = parse(body);
      const versionTag = { ...next["versionTag"] as Exact | undefined, versionNumber: before + versions };
      stored.text = unmarked(JSON.stringify(keeps({ ...next, versionTag })));
      stored.writes++;
      return json({});
    }
    return Effect.succeed(HttpServerResponse.text(stored.text, { contentType: "application/json" }));
  });
