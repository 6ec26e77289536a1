/**
 * JSON that is written back as it was read: integers that a JavaScript number cannot hold keep their digits.
 *
 * @module
 * @internal
 */

/** What newer runtimes have beside the types that TypeScript knows. */
interface RawJson {
  rawJSON?(text: string): unknown;
  isRawJSON?(value: unknown): boolean;
}
type Reviver = (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown;

const raw = JSON as RawJson;

/** Digits that a runtime without raw JSON can neither keep nor write back. */
class LostDigits {
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toJSON(): never {
    throw new TypeError(`the number ${this.source} cannot be written back exactly by this runtime`);
  }
}

const isHeld = (source: string, value: number): boolean =>
  Number.isFinite(value) && (!/^-?\d+$/.test(source) || Number.isSafeInteger(value));

const keepDigits: Reviver = (_key, value, context) => {
  if (typeof value !== "number") return value;
  const source = context?.source;
  // Without the source, a number beyond the safe integers may have lost digits already.
  if (source === undefined) {
    return Number.isSafeInteger(value) || !Number.isInteger(value) ? value : new LostDigits(String(value));
  }
  if (isHeld(source, value)) return value;
  return raw.rawJSON === undefined ? new LostDigits(source) : raw.rawJSON(source);
};

/** Parses JSON; only a document that holds a long number pays for keeping its digits. */
export const parseExact = (text: string): unknown =>
  /\d{16}|\d[eE]\+?\d{3}/.test(text)
    ? JSON.parse(text, keepDigits as (this: unknown, key: string, value: unknown) => unknown)
    : JSON.parse(text);

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
