import { expect, it } from "@effect/vitest";
import { Redacted } from "effect";
import { parseExact } from "../../src/json/exact_json.ts";
import { revealed } from "../../src/json/revealed.ts";

const secret = Redacted.make("s");

it.each([
  ["by itself", secret, "s", ["s"]],
  ["in an object", { a: secret, b: 1, c: null }, { a: "s", b: 1, c: null }, ["s"]],
  ["at any depth", { a: [{ b: { c: secret } }, secret] }, { a: [{ b: { c: "s" } }, "s"] }, ["s", "s"]],
  ["in an object without a prototype", Object.assign(Object.create(null), { a: secret }), { a: "s" }, ["s"]],
  ["that is no text", { a: Redacted.make(7) }, { a: 7 }, []],
  ["that is not there", { a: undefined, b: [], c: {} }, { a: undefined, b: [], c: {} }, []],
] as ReadonlyArray<[string, unknown, unknown, ReadonlyArray<string>]>)(
  "a secret %s is revealed, and said",
  (_, document, plain, secrets) => {
    expect(revealed(document)).toEqual({ document: plain, secrets });
  },
);

it("numbers keep their digits, and dates stay", () => {
  const text = '{"a":[12345678901234567890,0.1]}';
  expect(JSON.stringify(revealed(parseExact(text)).document)).toBe(text);
  const date = new Date(0);
  expect(revealed({ date }).document).toEqual({ date });
});
