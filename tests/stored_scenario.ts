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

/** What newer runtimes have beside the types that TypeScript knows. */
interface RawJson {
  rawJSON(text: string): unknown;
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source: string }) => unknown): Exact;
}

const raw: RawJson = JSON as never;

const parse = (text: string): Exact =>
  raw.parse(text, (_key, value, { source }) => typeof value === "number" ? raw.rawJSON(source) : value);

/** A document to compare: equal when no digit differs. */
export const exactly = (text: string): Exact =>
  raw.parse(text, (_key, value, { source }) => typeof value === "number" ? { digits: source } : value);

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
      stored.text = JSON.stringify(keeps({ ...next, versionTag }));
      stored.writes++;
      return json({});
    }
    return Effect.succeed(HttpServerResponse.text(stored.text, { contentType: "application/json" }));
  });
