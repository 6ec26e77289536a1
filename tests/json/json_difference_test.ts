import { describe, expect, it } from "@effect/vitest";
import { parseExact } from "../../src/json/exact_json.ts";
import { jsonDifference, notKnown } from "../../src/json/json_difference.ts";

describe("jsonDifference", () => {
  it.each<[string, unknown, unknown, unknown, ReadonlyArray<string>, ReadonlyArray<string>]>([
    ["nothing", { a: 1 }, { a: 2 }, { a: 2 }, [], []],
    ["what DSS adds", { a: 1 }, { a: 2 }, { a: 2, b: 3, c: { d: 4 } }, [], []],
    ["a key that is missing", {}, { a: { b: [1, { c: 2 }] } }, { a: { b: [1, {}] } }, ["a.b[1].c"], []],
    ["a key that was there and is missing", { a: 1, b: 1 }, { a: 1, b: 2 }, { b: 2 }, ["a"], []],
    ["an element that is missing", { a: [] }, { a: [1, 2] }, { a: [1] }, ["a[1]"], []],
    ["an element too many", { a: [1] }, { a: [1, 2] }, { a: [1, 2, 3] }, ["a"], []],
    ["an element too many of somebody else", { a: [1], b: 1 }, { a: [1], b: 2 }, { a: [1, 2], b: 2 }, [], ["a"]],
    ["another value of ours", { a: 1 }, { a: 2 }, { a: 3 }, ["a"], []],
    ["another value of somebody else", { a: 1, b: 1 }, { a: 1, b: 2 }, { a: 3, b: 2 }, [], ["a"]],
    ["another element", { a: [{ x: 1 }, { x: 2 }] }, { a: [{ x: 1 }, { x: 3 }] }, { a: [{ x: 9 }, { x: 4 }] }, [
      "a[1].x",
    ], [
      "a[0].x",
    ]],
    ["another kind of value", { a: 1 }, { a: { b: 1 } }, { a: "b" }, ["a"], []],
    ["a list in place of an object", { a: {} }, { a: {} }, { a: [] }, [], ["a"]],
    ["what was removed and stays", { a: 1, b: 2 }, { b: 2 }, { a: 1, b: 2 }, ["a"], []],
    ["what was removed and is something else", { a: 1, b: 2 }, { b: 2 }, { a: 0, b: 2 }, [], []],
    ["what was removed by undefined", { a: 1 }, { a: undefined }, { a: 1 }, ["a"], []],
    ["a null that has become something", { a: 1 }, { a: null }, { a: 0 }, [], []],
    ["a null that is missing", {}, { a: null }, {}, [], []],
    ["a null in place of a value", { a: 1 }, { a: 2 }, { a: null }, ["a"], []],
    ["whatever, when nobody knows what was there", notKnown, { a: 1, b: [1] }, { a: 2, b: [1, 2] }, ["a", "b"], []],
    [
      "digits that a number cannot hold",
      {},
      parseExact('{"a":12345678901234567890}'),
      parseExact('{"a":12345678901234567891}'),
      [
        "a",
      ],
      [],
    ],
  ])("sees %s", (_, before, written, found, ours, others) => {
    const { missing, ours: changed, others: theirs } = jsonDifference(before, written, found);
    expect([[...missing, ...changed], theirs]).toEqual([ours, others]);
  });

  it("is not limited by the stack", () => {
    const deep = (end: unknown): unknown => {
      let value = end;
      for (let level = 0; level < 100_000; level++) value = { a: value };
      return value;
    };
    expect(jsonDifference(deep(1), deep(2), deep(3)).ours).toHaveLength(1);
  });
});
