import { describe, expect, it } from "@effect/vitest";
import { equalJson, isSameJson, parseExact, parseJson } from "../../src/json/exact_json.ts";

const again = (text: string): string => JSON.stringify(parseExact(text));

describe("parseExact", () => {
  it("keeps the digits of integers beyond 2^53, and of numbers beyond all", () => {
    const text = '{"a":12345678901234567890,"b":[1,9007199254740993,-9007199254740993],"c":1e400}';
    expect(again(text)).toBe(text);
  });

  it("takes nothing in a text for a number", () => {
    const text =
      '{"a":"12345678901234567890","b":"\\"12345678901234567890,","12345678901234567890":[1234567890123456789]}';
    expect(again(text)).toBe(text);
  });

  it("leaves numbers that are held as they are", () => {
    expect(parseExact('{"a":1.5,"b":9007199254740991,"c":12345678901234567890}')).toMatchObject({
      a: 1.5,
      b: 9007199254740991,
    });
  });

  it("refuses what is not JSON", () => {
    expect(() => parseExact('{"a":12345678901234567890')).toThrow(SyntaxError);
    expect(() => parseExact('{"a":1234567890.1234567.890}')).toThrow(SyntaxError);
  });
});

describe("parseJson", () => {
  // Deno's V8 15 takes each of these keys for another one, once it has seen objects with keys of that length.
  const keys = ["\\t", "\\n", '\\"', "\\\\", "\\u0001"].map((escape) => `x_${escape}`);
  it("keeps keys that have escapes", () => {
    for (let round = 0; round < 3; round++) {
      for (const key of keys) {
        const text = `{"x_":1,"${key}":{"a":"b\\":","__proto__":{"${key}":[1]}}}`;
        expect(JSON.stringify(parseJson(text))).toBe(text);
        expect(again(text)).toBe(text);
      }
    }
  });
});

describe("equalJson", () => {
  it("does not look at the order of keys, but at that of arrays, and at every digit", () => {
    expect(equalJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(equalJson([1, 2], [2, 1])).toBe(false);
    expect(equalJson({ a: undefined }, {})).toBe(false);
    expect(equalJson(parseExact("[12345678901234567890]"), parseExact("[12345678901234567891]"))).toBe(false);
    expect(equalJson(parseExact("[12345678901234567890]"), parseExact("[12345678901234567890]"))).toBe(true);
  });
});

describe("isSameJson", () => {
  const deep = (depth: number): unknown => parseJson(`${"[".repeat(depth)}1${"]".repeat(depth)}`);

  it.each([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [{ a: 1, b: 2 }, { a: 1 }, false],
    [{ a: undefined }, { b: undefined }, false],
    [[1, 2], [1, 2, 3], false],
    [[], {}, false],
    [{}, [], false],
    [{ a: "1" }, { a: 1 }, false],
    [null, {}, false],
    [parseJson('{"__proto__":{"a":1}}'), parseJson('{"__proto__":{"a":1}}'), true],
    [parseJson('{"__proto__":{"a":1}}'), parseJson('{"__proto__":{"a":2}}'), false],
    [parseJson('{"toString":1}'), {}, false],
    [deep(20), deep(20), true],
  ])("of %j and %j is %j, and never says more than equalJson", (one, other, same) => {
    expect(isSameJson(one, other)).toBe(same);
    expect(equalJson(one, other)).toBe(same);
  });

  it("does not say so of what is too deep to see, nor of digits that are kept", () => {
    expect(isSameJson(deep(100_000), deep(100_000))).toBe(false);
    expect(isSameJson(parseExact("[12345678901234567890]"), parseExact("[12345678901234567891]"))).toBe(false);
  });
});
