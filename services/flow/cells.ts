/**
 * Reading the cells of rows, by the types of their columns.
 *
 * @module
 * @internal
 */
import * as DateTime from "effect/DateTime";
import type { CellValue } from "../../schemas/flow/cell.ts";
import type { ColumnType } from "../../schemas/flow/dataset_schema.ts";
import type { ReadCell } from "./tsv.ts";

const [zero, nine, dot, minus, plus] = [48, 57, 46, 45, 43];

/** Numbers of that many digits are exact, whatever the digits are. */
const exactDigits = 15;

const powersOfTen = Array.from({ length: exactDigits + 1 }, (_, exponent) => 10 ** exponent);

/** A number of at most 15 digits, with at most one dot where one is allowed; `undefined` for all others. */
const shortNumber = (text: string, start: number, end: number, dots: 0 | 1): number | undefined => {
  const sign = text.charCodeAt(start);
  const from = sign === minus || sign === plus ? start + 1 : start;
  if (from === end || end - from > exactDigits) return undefined;
  let digits = 0;
  let point = -1;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) digits = digits * 10 + (code - zero);
    else if (code === dot && dots === 1 && point === -1 && at > from && at < end - 1) point = at;
    else return undefined;
  }
  // Both are exact, so their quotient is the nearest number there is.
  const value = point === -1 ? digits : digits / powersOfTen[end - point - 1]!;
  if (sign !== minus) return value;
  return dots === 0 ? 0 - value : -value;
};

const integer: ReadCell<CellValue> = (text, start, end) => {
  const short = shortNumber(text, start, end, 0);
  if (short !== undefined) return short;
  const written = text.slice(start, end);
  const value = Number(written);
  return /^[+-]?\d+$/.test(written) && Number.isSafeInteger(value) ? value : undefined;
};

const bigInteger: ReadCell<CellValue> = (text, start, end) => {
  const short = shortNumber(text, start, end, 0);
  if (short !== undefined) return BigInt(short);
  const written = text.slice(start, end);
  return /^[+-]?\d+$/.test(written) ? BigInt(written) : undefined;
};

const notFinite: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["+inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
  ["+infinity", Number.POSITIVE_INFINITY],
  ["-infinity", Number.NEGATIVE_INFINITY],
]);

/** A written number; `undefined` when JavaScript has none that is near: it would be infinite, or nothing. */
const nearest = (written: string): number | undefined => {
  const value = Number(written);
  const isNothing = value === 0 && /[1-9]/.test(written.replace(/e.*/i, ""));
  return Number.isFinite(value) && !isNothing ? value : undefined;
};

const real: ReadCell<CellValue> = (text, start, end) => {
  const short = shortNumber(text, start, end, 1);
  if (short !== undefined) return short;
  const written = text.slice(start, end);
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written)
    ? nearest(written)
    : notFinite.get(written.toLowerCase());
};

const truth: ReadCell<CellValue> = (text, start, end) => {
  const written = text.slice(start, end).toLowerCase();
  return written === "true" ? true : written === "false" ? false : undefined;
};

const written: ReadCell<CellValue> = (text, start, end) => text.slice(start, end);

const day = String.raw`([+-]?\d{4,6})-(\d\d)-(\d\d)`;
const time = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?`;
const zone = String.raw`(?:Z|([+-])(\d\d)(?::?(\d\d))?)`;
const instantForm = new RegExp(`^${day}[T ]${time}${zone}$`);
const dayForm = new RegExp(`^${day}$`);
const localForm = new RegExp(`^${day}[T ]${time}$`);

/** Milliseconds since 1970 of a day and a time of UTC; `undefined` when the calendar or the clock has none such. */
const millisOf = (match: RegExpExecArray): number | undefined => {
  const [year, month, date, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (hour! > 23 || minute! > 59 || second! > 59) return undefined;
  const at = new Date(0);
  at.setUTCFullYear(year!, month! - 1, date!);
  if (at.getUTCMonth() !== month! - 1 || at.getUTCDate() !== date!) return undefined;
  return at.setUTCHours(hour!, minute!, second!, Number((match[7] ?? "").slice(0, 3).padEnd(3, "0")));
};

/** The number that digits write; `NaN` when one of them is none. */
const digitsAt = (text: string, at: number, count: number): number => {
  let value = 0;
  for (let next = at; next < at + count; next++) {
    const digit = text.charCodeAt(next) - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

/** Milliseconds of `2025-10-01T09:00:00.123Z`, which is how DSS writes nearly all; `undefined` for the days that need a closer look. */
const usualInstant = (text: string, start: number, end: number): number | undefined => {
  if (end - start !== 24 || text[start + 4] !== "-" || text[start + 7] !== "-" || text[start + 10] !== "T") {
    return undefined;
  }
  if (text[start + 13] !== ":" || text[start + 16] !== ":" || text[start + 19] !== "." || text[start + 23] !== "Z") {
    return undefined;
  }
  const [year, month, date] = [digitsAt(text, start, 4), digitsAt(text, start + 5, 2), digitsAt(text, start + 8, 2)];
  if (!(year >= 1000 && month >= 1 && month <= 12 && date >= 1 && date <= 28)) return undefined;
  const [hour, minute, second] = [
    digitsAt(text, start + 11, 2),
    digitsAt(text, start + 14, 2),
    digitsAt(text, start + 17, 2),
  ];
  const millis = digitsAt(text, start + 20, 3);
  return hour <= 23 && minute <= 59 && second <= 59 && millis >= 0
    ? Date.UTC(year, month - 1, date, hour, minute, second, millis)
    : undefined;
};

const instant: ReadCell<CellValue> = (text, start, end) => {
  const usual = usualInstant(text, start, end);
  if (usual !== undefined) return DateTime.makeUnsafe(usual);
  const match = instantForm.exec(text.slice(start, end));
  // A fraction that is finer than a millisecond would be lost.
  if (match === null || /[1-9]/.test((match[7] ?? "").slice(3))) return undefined;
  const local = millisOf(match);
  if (local === undefined) return undefined;
  const ahead = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * 60_000;
  const at = match[8] === "-" ? local + ahead : local - ahead;
  return Number.isNaN(new Date(at).getTime()) ? undefined : DateTime.makeUnsafe(at);
};

/** A text that has to be a day, or a time without a zone: it stays a text, because it is no instant. */
const calendar = (form: RegExp): ReadCell<CellValue> => (text, start, end) => {
  const written = text.slice(start, end);
  const match = form.exec(written);
  return match === null || millisOf(match) === undefined ? undefined : written;
};

const readers: Readonly<Record<string, ReadCell<CellValue>>> = {
  tinyint: integer,
  smallint: integer,
  int: integer,
  bigint: bigInteger,
  float: real,
  double: real,
  boolean: truth,
  date: instant,
  dateonly: calendar(dayForm),
  datetimenotz: calendar(localForm),
};

/** How the cells of a column are read. */
export const cellReader = (type: ColumnType): ReadCell<CellValue> =>
  Object.hasOwn(readers, type) ? readers[type]! : written;

/** What empty quotes are in a column: a text has no characters, everything else is not there. */
export const emptyCell = (type: ColumnType): CellValue => Object.hasOwn(readers, type) ? null : "";
