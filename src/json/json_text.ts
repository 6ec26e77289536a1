/**
 * Writing JSON without changing anything: what JSON cannot hold is refused, where `JSON.stringify` would send something else.
 *
 * @module
 * @internal
 */
import * as Redacted from "effect/Redacted";
import * as Result from "effect/Result";
import { isRawJson, lostDigits } from "./exact_json.ts";
import { pathOf, type Step } from "./json_path.ts";

/** A part of a document, and the way to it. */
interface Part extends Step {
  readonly value: unknown;
  readonly within: Part | undefined;
}

/** The name of a class, as messages show it. */
const kindOf = (value: object): string => {
  const { constructor } = value as { readonly constructor?: unknown };
  const name = typeof constructor === "function" ? constructor.name : "";
  if (name === "" || name === "Object") return "an object of a class";
  return `${/^[AEIOU]/i.test(name) ? "an" : "a"} ${name}`;
};

/** Whether an object is nothing but its own properties, in whichever realm it was made. */
export const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const isOwn = (value: object, key: PropertyKey): boolean => Object.prototype.propertyIsEnumerable.call(value, key);

/** Why JSON cannot hold an object as it is. */
const unfitObject = (value: object): string | undefined => {
  if (isRawJson(value)) return undefined;
  const digits = lostDigits(value);
  if (digits !== undefined) return `is the number ${digits}, which this runtime cannot write back exactly`;
  if (Redacted.isRedacted(value)) return "is Redacted: give its value with Redacted.value";
  if (value instanceof Date) return "is a Date: give its text with toISOString, or its milliseconds with getTime";
  if (!Array.isArray(value) && !isPlain(value)) {
    return `is ${kindOf(value)}: give plain objects, lists, texts and numbers`;
  }
  if (Object.getOwnPropertySymbols(value).some((key) => isOwn(value, key))) {
    return "has a symbol as a key: give it a name";
  }
  if (!Array.isArray(value)) return undefined;
  // What is more than its items is dropped; what is less, a hole, is seen as an item that is undefined.
  const name = Object.keys(value).find((key) => !/^\d+$/.test(key));
  return name === undefined ? undefined : `is a list with the key ${name}: give an object`;
};

/** Why a value goes as something else, or not at all, where it is written as text; `undefined` when it does not. */
export const unfitValue = (value: unknown): string | undefined => {
  switch (typeof value) {
    case "string":
    case "boolean":
      return undefined;
    case "number":
      return Number.isFinite(value) ? undefined : `is ${value}: give a finite number, or null`;
    case "bigint":
      return "is a bigint: give a number with Number, or its digits with String";
    case "undefined":
      return "is undefined: give null, or leave it out";
    case "object":
      return value === null ? undefined : unfitObject(value);
    default:
      return `is a ${typeof value}: give its value, or leave it out`;
  }
};

const isWithin = (part: Part, value: unknown): boolean => {
  for (let at = part.within; at !== undefined; at = at.within) if (at.value === value) return true;
  return false;
};

/** What is wrong with a document, after the path of where that is. */
const unfitDocument = (document: unknown, root: string): string | undefined => {
  // Not by recursion: documents may be nested deeper than the stack.
  const parts: Array<Part> = [{ value: document, step: root, within: undefined }];
  const seen = new Set<object>();
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const within = part;
    const { value } = part;
    const why = unfitValue(value);
    if (why !== undefined) return `${pathOf(part) || "the body"} ${why}`;
    if (typeof value !== "object" || value === null || isRawJson(value)) continue;
    if (seen.has(value)) {
      if (isWithin(part, value)) return `${pathOf(part)} is what it lies in: JSON has no circles`;
      continue; // it was looked at in another place
    }
    seen.add(value);
    const inside: ReadonlyArray<Part> = Array.isArray(value)
      ? Array.from(value, (one: unknown, at) => ({ value: one, step: `[${at}]`, within }))
      // A property that is undefined is one that is not there.
      : Object.entries(value).flatMap(([key, one]) =>
        one === undefined ? [] : [{ value: one as unknown, step: `.${key}`, within }]
      );
    for (const one of inside.toReversed()) parts.push(one); // the first is looked at first
  }
  return undefined;
};

/** Deepest document that is looked at by recursion. */
const shallow = 200;

/** Whether JSON holds a value as it is, as nearly all are: what is told here without a word is explained by `unfitDocument`. */
const isFit = (value: unknown, depth: number): boolean => {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === shallow || Object.getOwnPropertySymbols(value).length > 0) return false;
  if (Array.isArray(value)) return isFitList(value, depth);
  if (Object.getPrototypeOf(value) !== Object.prototype) return isRawJson(value);
  for (const key in value) {
    const held = (value as Readonly<Record<string, unknown>>)[key];
    // A property that is undefined is one that is not there.
    if (held !== undefined && !isFit(held, depth + 1)) return false;
  }
  return true;
};

/** Whether JSON holds a list: one without holes, and without keys besides its items. */
const isFitList = (list: ReadonlyArray<unknown>, depth: number): boolean => {
  for (let at = 0; at < list.length; at++) if (!isFit(list[at], depth + 1)) return false;
  return Object.keys(list).length === list.length;
};

const words = (error: unknown): string => error instanceof Error ? error.message : String(error);

/**
 * The JSON text of a value, or one sentence on why JSON cannot hold it as it is, as `params.password is Redacted: …`.
 *
 * A property that is `undefined` is left out, as one that is not there. All else that `JSON.stringify` changes or drops is refused: numbers
 * that are not finite, bigints, dates, secrets, functions, symbols, maps, objects of a class, circles.
 *
 * @param root Name of the value where it is a part of something, as `queries` of a query; empty for a body.
 */
export const jsonText = (value: unknown, root: string): Result.Result<string, string> => {
  try {
    const unfit = isFit(value, 0) ? undefined : unfitDocument(value, root);
    return unfit === undefined ? Result.succeed(JSON.stringify(value)) : Result.fail(unfit);
  } catch (error) {
    // A property may compute its value and fail, and a document may be deeper than the stack.
    return Result.fail(`${root || "the body"} cannot be written as JSON: ${words(error)}`);
  }
};
