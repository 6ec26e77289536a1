/**
 * Documents that the simulated DSS stores as they are sent: settings, definitions.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { parseExact } from "../../json/exact_json.ts";
import { type Call, invalid, type SimulatedRefusal } from "./route.ts";
import type { World } from "./world.ts";

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects in a JSON array; none when it is no array. */
export const jsonObjects = (value: unknown): ReadonlyArray<JsonObject> =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

/**
 * The document that a request sends, as this DSS stores it: every key and every digit is kept, but for the keys that it does not know.
 */
export const documentSent = (world: World, { json, body }: Call): Effect.Effect<JsonObject, SimulatedRefusal> => {
  if (!isJsonObject(json)) return Effect.fail(invalid("The body must be a JSON object"));
  const exact = parseExact(new TextDecoder().decode(body)) as JsonObject;
  if (world.unknownKeys.size === 0) return Effect.succeed(exact);
  const known = JSON.stringify(exact, (key, value) => world.unknownKeys.has(key) ? undefined : value);
  return Effect.succeed(parseExact(known) as JsonObject);
};
