/**
 * Ids that would reach something else, or that a careless encoding would break.
 *
 * @module
 */

/** Ids that a path can hold, each as one segment. */
export const hostileIds: ReadonlyArray<string> = [
  "../admin",
  "a/b",
  "a\\b",
  "..\\admin",
  "%2e%2e",
  "%2E%2E%2F",
  "%2F",
  "%00",
  "%",
  "%zz",
  "a?b=c",
  "a#b",
  "a;b",
  "a b",
  "a+b",
  "a&b=c",
  "a:b@c",
  "//evil.test/",
  "https://evil.test/",
  "\t\r\n",
  "a\r\nX-Evil: 1",
  " .. ",
  "...",
  "\u202eabc",
  "\u200f",
  "\ufeff",
  "é",
  "👩‍👩‍👧",
  "\u2024\u2024",
  "．．",
  "__proto__",
  "constructor",
  "x".repeat(10_000),
];

/** Ids that no path can hold: nothing is sent. */
export const unusableIds: ReadonlyArray<string> = ["", ".", "..", "a\0b", "\ud800", "a\udfff"];
