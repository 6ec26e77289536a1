import { describe, expect, it } from "@effect/vitest";
import { Schema } from "effect";
import { JsonOutline, mayBeDeep } from "../../src/json/json_outline.ts";

const outlineOf = (text: string, stretch: number): JsonOutline => {
  const outline = new JsonOutline();
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += stretch) outline.add(bytes.subarray(at, at + stretch));
  return outline;
};

describe("the outline of a JSON text", () => {
  const texts: ReadonlyArray<readonly [text: string, endsInside: boolean, deepest: number]> = [
    ["", false, 0],
    ["1", false, 0],
    ['"a"', false, 0],
    ['"a', true, 0],
    ['"a\\"', true, 0],
    ['"a\\\\"', false, 0],
    ['"a\\\\\\"', true, 0],
    ['"a\\', true, 0],
    ["[", true, 1],
    ["[]", false, 1],
    ['["[[["]', false, 1],
    ['{"a":[{"b":[]}]}', false, 4],
    ['{"a":[{"b":[]}]', true, 4],
    ['{"é":"\\u005b\\"["}', false, 1],
    ["[[],[[]],[]]", false, 3],
    ["[      ", true, 1],
  ];
  it.each(texts)("of %j", (text, endsInside, deepest) => {
    for (const stretch of [1, 2, 3, 1000]) {
      const outline = outlineOf(text, stretch);
      expect([outline.endsInside, outline.deepest]).toEqual([endsInside, deepest]);
    }
  });

  it.prop("ends inside exactly where an object or a list was cut", [Schema.Array(Schema.Json)], ([json]) => {
    const text = JSON.stringify(json);
    const cuts = Array.from({ length: text.length - 1 }, (_, at) => outlineOf(text.slice(0, at + 1), 3).endsInside);
    return !outlineOf(text, 7).endsInside && cuts.every((endsInside) => endsInside);
  });
});

describe("a text that may be deep", () => {
  const many = (count: number, text: string): string => text.repeat(count);
  const texts: ReadonlyArray<readonly [name: string, text: string, isDeep: boolean]> = [
    ["lists that are not closed", many(300_000, "["), true],
    ["lists that are closed", many(200_000, "[") + many(200_000, "]"), true],
    ["objects in objects", many(60_000, '{"a":') + many(60_000, "}"), true],
    ["lists behind blanks", many(200_000, " ") + many(200_000, "["), true],
    ["a list of lists", `[${many(200_000, "[],")}[]]`, false],
    ["a text of brackets", `["${many(300_000, "[")}"]`, true], // looked through in vain
    ["objects in a row", `[${many(30_000, '{"a":[{"b":1}]},')}{}]`, false],
    ["blanks", many(300_000, " "), false],
  ];
  it.each(texts)("%s", (_, text, isDeep) => {
    expect(mayBeDeep(new TextEncoder().encode(text))).toBe(isDeep);
  });
});
