/**
 * Meanings of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  type Call,
  conflict,
  emptyAnswer,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** Meanings by id; replaced as a whole, never changed. */
export const meanings: Slice<Map<string, JsonObject>> = slice("meanings", () => new Map());

const types = ["DECLARATIVE", "VALUES_LIST", "VALUES_MAPPING", "PATTERN"];
const modes = ["EXACT", "LOWERCASE", "NORMALIZED"];

const isText = (value: unknown): value is string => typeof value === "string";
const isNothing = (value: unknown): boolean => value === null || value === undefined;
const isValue = (value: unknown): boolean => isJsonObject(value) && isText(value.value);
const areAll = (value: unknown, fits: (item: unknown) => boolean): boolean => Array.isArray(value) && value.every(fits);

/** Why a meaning cannot be stored. */
const faultInMeaning = (meaning: JsonObject): SimulatedRefusal | undefined => {
  const { id, label, type, description, entries, mappings, pattern, normalizationMode, detectable } = meaning;
  if (!isText(id) || id === "") return invalid("A meaning needs an id");
  if (!isText(label) || label === "") return invalid("A meaning needs a label");
  if (!types.includes(String(type))) return invalid(`${type} is no kind of meaning`);
  if (!isNothing(normalizationMode) && !modes.includes(String(normalizationMode))) {
    return invalid(`${normalizationMode} is no way to compare values`);
  }
  const isMapping = (item: unknown): boolean => isJsonObject(item) && isText(item.from) && isValue(item.to);
  const wrong = (!isNothing(description) && !isText(description) && "description") ||
    (!isNothing(pattern) && !isText(pattern) && "pattern") ||
    (!isNothing(detectable) && typeof detectable !== "boolean" && "detectable") ||
    (!isNothing(entries) && !areAll(entries, isValue) && "entries") ||
    (!isNothing(mappings) && !areAll(mappings, isMapping) && "mappings");
  return wrong === false ? undefined : invalid(`${wrong} of a meaning is not of the right type`);
};

const meaningSent = (world: World, call: Call): Effect.Effect<JsonObject, SimulatedRefusal> =>
  Effect.flatMap(documentSent(world, call), (sent) => {
    const fault = faultInMeaning(sent);
    return fault === undefined ? Effect.succeed(sent) : Effect.fail(fault);
  });

const findMeaning = (world: World, { params }: Call): Effect.Effect<JsonObject, SimulatedRefusal> => {
  const meaning = world.of(meanings).get(params.id!);
  return meaning === undefined ? Effect.fail(missing(`Meaning ${params.id}`)) : Effect.succeed(meaning);
};

/** Fills an instance with meanings. */
export const seedMeanings = (world: World): void => {
  world.of(meanings).set("country", {
    id: "country",
    label: "Country",
    type: "VALUES_MAPPING",
    description: "Countries by their codes",
    entries: null,
    mappings: [{ from: "FR", to: { value: "France" } }, { from: "JP", to: { value: "Japan", color: "#ffaa00" } }],
    pattern: null,
    normalizationMode: "EXACT",
    detectable: true,
  });
};

/** @internal */
export const meaningsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/meanings/",
    known: "official client",
    note: "Whole documents. That every user may ask is assumed.",
    handle: (_, world) => Effect.sync(() => jsonAnswer([...world.of(meanings).values()])),
  },
  {
    method: "POST",
    path: "/meanings/",
    known: "official client",
    note:
      "null for what a kind does not use. That a taken id is refused with 409, the types of fields, and who may do it, are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const sent = yield* meaningSent(world, call);
        const id = String(sent.id);
        if (world.of(meanings).has(id)) return yield* Effect.fail(conflict(`Meaning ${id} exists already`));
        world.of(meanings).set(id, sent);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/meanings/:id",
    known: "official client",
    note: "The whole document. There is no way to delete one, seen live.",
    handle: (call, world) => Effect.map(findMeaning(world, call), (meaning) => jsonAnswer(meaning)),
  },
  {
    method: "PUT",
    path: "/meanings/:id",
    known: "official client",
    note: "Takes the place of the whole document. That the id stays, and who may do it, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { id } = yield* findMeaning(world, call);
        const sent = yield* meaningSent(world, call);
        world.of(meanings).set(String(id), { ...sent, id });
        return jsonAnswer(world.of(meanings).get(String(id)));
      }),
  },
];
