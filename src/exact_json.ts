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
  private readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }

  toJSON(): never {
    throw new TypeError(`the number ${this.digits} cannot be written back exactly by this runtime`);
  }
}

/** The keys, strings and numbers of a JSON text; inside a string, nothing is taken for a number or a key. */
const tokens = /"(?:[^"\\]|\\.)*"(?:\s*:)?|-?\d[\d.eE+-]*/g;

const isHeld = (digits: string): boolean => {
  const value = Number(digits);
  return Number.isFinite(value) && (!/^-?\d+$/.test(digits) || Number.isSafeInteger(value));
};

/** A character that marks what goes through the parser in another form: one that the text has not. */
const freeMark = (text: string): string => {
  let mark = "#";
  while (text.includes(mark)) mark += "#";
  return mark;
};

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
  const mark = freeMark(text);
  const keys: Array<string> = [];
  const marked = text.replace(tokens, (token) => {
    if (!token.startsWith('"')) return !exact || isHeld(token) ? token : `"${mark}${token}"`;
    if (!token.endsWith(":") || !token.includes("\\")) return token;
    return `"${mark}${keys.push(JSON.parse(token.slice(0, -1))) - 1}":`;
  });
  return JSON.parse(marked, (_, value: unknown) => {
    if (isObject(value) && !Array.isArray(value) && !isRaw(value)) {
      return keys.length === 0 || !Object.keys(value).some((key) => key.startsWith(mark))
        ? value
        : keysOf(value, mark, keys);
    }
    if (typeof value !== "string" || !value.startsWith(mark)) return value;
    const digits = value.slice(mark.length);
    return raw.rawJSON === undefined ? new LostDigits(digits) : raw.rawJSON(digits);
  });
};

const hasEscapedKey = (text: string): boolean => text.includes("\\") && /\\[^"]*(?:\\"[^"]*)*"\s*:/.test(text);

/** Parses JSON; only a document with an escape in a key pays for keeping it. */
export const parseJson = (text: string): unknown => hasEscapedKey(text) ? parseMarked(text, false) : JSON.parse(text);

/** Parses JSON that is written back; only a document that may hold a long number pays for keeping its digits. */
export const parseExact = (text: string): unknown =>
  /\d{16}|\d[eE]\+?\d{3}/.test(text) ? parseMarked(text, true) : parseJson(text);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isRaw = (value: unknown): boolean => raw.isRawJSON?.(value) === true;

/** Whether two JSON values are equal; the order of keys does not count. */
export const equalJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  if (isRaw(a) || isRaw(b)) return isRaw(a) && isRaw(b) && JSON.stringify(a) === JSON.stringify(b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key], b[key]));
};

/**
 * The paths of what stands in one document and is missing in another, as `params.triggers[2].active`.
 *
 * A `null` that is missing is not counted, nor a value that changed.
 */
export const missingPaths = (wanted: unknown, found: unknown, path = ""): ReadonlyArray<string> => {
  if (wanted === null || wanted === undefined) return [];
  if (found === undefined || found === null) return [path];
  if (!isObject(wanted) || !isObject(found) || isRaw(wanted) || Array.isArray(wanted) !== Array.isArray(found)) {
    return [];
  }
  return Object.entries(wanted).flatMap(([key, value]) => {
    const step = Array.isArray(wanted) ? `[${key}]` : path === "" ? key : `.${key}`;
    return missingPaths(value, Object.hasOwn(found, key) ? found[key] : undefined, `${path}${step}`);
  });
};
