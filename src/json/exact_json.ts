/**
 * Reading JSON without losing anything: integers that a JavaScript number cannot hold keep their digits, keys their characters.
 *
 * @module
 * @internal
 */

/** What newer runtimes have beside the types that TypeScript knows. */
interface RawJson {
  rawJSON?(text: string): unknown;
  isRawJSON?(value: unknown): boolean;
}

const raw = JSON as RawJson;

/** Digits that a runtime without raw JSON can neither keep nor write back. */
class LostDigits {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  toJSON(): never {
    throw new TypeError(`the number ${this.digits} cannot be written back exactly by this runtime`);
  }
}

/** The digits that a value stands for and that this runtime cannot write back. */
export const lostDigits = (value: unknown): string | undefined =>
  value instanceof LostDigits ? value.digits : undefined;

/** A number, or what stands in the place of one. */
const number = /-?\d[\d.eE+-]*/y;

const isHeld = (digits: string): boolean => {
  const value = Number(digits);
  return Number.isFinite(value) && (!/^-?\d+$/.test(digits) || Number.isSafeInteger(value));
};

const [quote, backslash, colon, space] = [0x22, 0x5c, 0x3a, 0x20];

/** Where a string ends, from a place within it; the text is known to be JSON. */
const endOfString = (text: string, within: number): number => {
  let at = within;
  for (let code = text.charCodeAt(at); code !== quote; code = text.charCodeAt(at)) at += code === backslash ? 2 : 1;
  return at + 1;
};

/** Whether the string that ends at a place is a key. */
const isKey = (text: string, end: number): boolean => {
  let at = end;
  while (text.charCodeAt(at) <= space) at++;
  return text.charCodeAt(at) === colon;
};

/** Puts other strings in the place of keys with escapes, and of numbers. */
const replaced = (text: string, ofKey: (key: string) => string, ofNumber: (digits: string) => string): string => {
  const pieces: Array<string> = [];
  let done = 0;
  const put = (from: number, to: number, piece: string): void => {
    pieces.push(text.slice(done, from), piece);
    done = to;
  };
  for (let at = 0; at < text.length;) {
    const char = text[at]!;
    let end = at + 1;
    if (char === '"') {
      end = endOfString(text, end);
      const string = text.slice(at, end);
      if (string.includes("\\") && isKey(text, end)) put(at, end, ofKey(string));
    } else if (char === "-" || (char >= "0" && char <= "9")) {
      number.lastIndex = at;
      const digits = number.exec(text)![0];
      end = at + digits.length;
      if (!isHeld(digits)) put(at, end, ofNumber(digits));
    }
    at = end;
  }
  return pieces.join("") + text.slice(done);
};

/** The keys of an object as they are in the text. */
const keysOf = (object: Readonly<Record<string, unknown>>, mark: string, keys: ReadonlyArray<string>): unknown =>
  Object.fromEntries(
    Object.entries(object).map((
      [key, value],
    ) => [key.startsWith(mark) ? keys[Number(key.slice(mark.length))]! : key, value]),
  );

/**
 * Parses through marks: numbers that are not held go as strings, keys with escapes as names without.
 *
 * The parser's own way to tell digits (the `source` of a reviver) is not used, and keys with escapes are kept from it, because of V8 15,
 * Deno's: where objects have keys of equal length, it takes a key with an escape for another one.
 */
const parseMarked = (text: string, exact: boolean): unknown => {
  // Nobody who writes a text can know it.
  const mark = crypto.randomUUID();
  const keys: Array<string> = [];
  const marked = replaced(
    text,
    (key) => `"${mark}${keys.push(JSON.parse(key)) - 1}"`,
    (digits) => exact ? `"${mark}${digits}"` : digits,
  );
  const unmarked = (value: unknown): unknown => {
    if (isJsonContainer(value)) {
      const isMarked = keys.length > 0 && Object.keys(value).some((key) => key.startsWith(mark));
      return isMarked ? keysOf(value, mark, keys) : value;
    }
    if (typeof value !== "string" || !value.startsWith(mark)) return value;
    const digits = value.slice(mark.length);
    return raw.rawJSON === undefined ? new LostDigits(digits) : raw.rawJSON(digits);
  };
  const root = { value: JSON.parse(marked) as unknown };
  // Not by recursion, as that of a reviver: documents may be nested deeper than the stack.
  const parents: Array<Record<string, unknown>> = [root];
  for (let parent = parents.pop(); parent !== undefined; parent = parents.pop()) {
    for (const key of Object.keys(parent)) {
      const value = unmarked(parent[key]);
      if (value !== parent[key]) parent[key] = value;
      if (isJsonContainer(value) && !isRawJson(value) && !(value instanceof LostDigits)) parents.push(value);
    }
  }
  return root.value;
};

/** Whether a key of a JSON text has an escape; each character is looked at once. */
const hasEscapedKey = (text: string): boolean => {
  for (let at = text.indexOf("\\"); at !== -1; at = text.indexOf("\\", at)) {
    at = endOfString(text, at);
    if (isKey(text, at)) return true;
  }
  return false;
};

/** Parses JSON; only a document with an escape in a key pays for keeping it. */
export const parseJson = (text: string): unknown => {
  const parsed: unknown = JSON.parse(text);
  return hasEscapedKey(text) ? parseMarked(text, false) : parsed;
};

/** Parses JSON that is written back; only a document that may hold a long number pays for keeping its digits. */
export const parseExact = (text: string): unknown => {
  const parsed = parseJson(text);
  return /\d{16}|\d[eE]\+?\d{3}/.test(text) ? parseMarked(text, true) : parsed;
};

/** Whether a JSON value has parts: an object, or an array. */
export const isJsonContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Whether a JSON value is a number that keeps its digits. */
export const isRawJson = (value: unknown): boolean => raw.isRawJSON?.(value) === true;

/** Deepest values that are compared by recursion. */
const shallow = 64;

/** Whether two JSON values are seen to be equal at once: those that are not may still be, as very deep ones. */
export const isSameJson = (one: unknown, other: unknown, depth: number = 0): boolean => {
  if (one === other) return true;
  if (!isJsonContainer(one) || !isJsonContainer(other) || depth === shallow) return false;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let at = 0; at < one.length; at++) if (!isSameJson(one[at], other[at], depth + 1)) return false;
    return true;
  }
  const prototype = Object.getPrototypeOf(one);
  if (Array.isArray(other) || prototype !== Object.prototype || prototype !== Object.getPrototypeOf(other)) {
    return false;
  }
  let left = 0;
  for (const key in one) {
    if (!Object.hasOwn(other, key) || !isSameJson(one[key], other[key], depth + 1)) return false;
    left += 1;
  }
  for (const _ in other) left -= 1;
  return left === 0;
};

/** Whether two JSON values are equal; the order of keys does not count. */
export const equalJson = (a: unknown, b: unknown): boolean => {
  // Not by recursion: documents may be nested deeper than the stack.
  const pairs: Array<readonly [unknown, unknown]> = [[a, b]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    if (!isJsonContainer(one) || !isJsonContainer(other) || Array.isArray(one) !== Array.isArray(other)) return false;
    if (isRawJson(one) || isRawJson(other)) {
      if (!isRawJson(one) || !isRawJson(other) || JSON.stringify(one) !== JSON.stringify(other)) return false;
      continue;
    }
    const keys = Object.keys(one);
    if (keys.length !== Object.keys(other).length || !keys.every((key) => Object.hasOwn(other, key))) return false;
    for (const key of keys) pairs.push([one[key], other[key]]);
  }
  return true;
};
