import { describe, expect, it } from "@effect/vitest";
import { DateTime, Duration, Effect, Option, Redacted, Schema } from "effect";
import {
  ApiDeployments,
  Dss,
  type DssRequest,
  filePath,
  get,
  path,
  post,
  put,
  ScenarioRuns,
  Scenarios,
} from "../../mod.ts";
import { dssServer, json, Received } from "../fixtures/dss_server.ts";

class Point {
  readonly x = 1;
  readonly #hidden = 2;
  get hidden() {
    return this.#hidden;
  }
}

const circle: Record<string, unknown> = { a: 1 };
circle.self = { circle };
const list: Array<unknown> = [];
list.push(list);
const hole: Array<number> = [1];
hole[2] = 3;
const matched = /b/.exec("abc");

/** Each value that `JSON.stringify` changes, drops or throws at, with what is said of it. */
const values: ReadonlyArray<readonly [name: string, value: unknown, says: RegExp]> = [
  ["NaN", NaN, /value is NaN: give a finite number, or null/],
  ["Infinity", Infinity, /value is Infinity: give/],
  ["-Infinity", -Infinity, /value is -Infinity: give/],
  ["a bigint", 1n, /value is a bigint: give a number with Number, or its digits with String/],
  ["a secret", Redacted.make("s3cret"), /value is Redacted: give its value with Redacted\.value/],
  ["a labelled secret", Redacted.make("s3cret", { label: "key" }), /value is Redacted: /],
  ["a date", new Date(0), /value is a Date: give its text with toISOString, or its milliseconds with getTime/],
  ["a date that is none", new Date(NaN), /value is a Date: /],
  ["a time of Effect", DateTime.makeUnsafe(0), /value is an? \w/],
  ["a duration", Duration.seconds(1), /value is an? \w/],
  ["an option", Option.some(1), /value is an? \w/],
  ["no option", Option.none(), /value is an? \w/],
  ["an effect", Effect.succeed(1), /value is an? \w/],
  ["a function", () => 1, /value is a function: give its value, or leave it out/],
  ["a class", Point, /value is a function: /],
  ["a symbol", Symbol("s"), /value is a symbol: give its value/],
  ["undefined in a list", [1, undefined], /value\[1\] is undefined: give null, or leave it out/],
  ["a hole in a list", hole, /value\[1\] is undefined: /],
  ["a list with a name", Object.assign([1], { more: 2 }), /value is a list with the key more: give an object/],
  ["what a pattern found", matched, /value is a list with the key index: /],
  ["a map", new Map([["a", 1]]), /value is a Map: give plain objects, lists, texts and numbers/],
  ["a set", new Set([1]), /value is a Set: /],
  ["a weak map", new WeakMap(), /value is a WeakMap: /],
  ["bytes", new Uint8Array(2), /value is an Uint8Array: |value is a Uint8Array: /],
  ["a buffer", new ArrayBuffer(2), /value is an ArrayBuffer: /],
  ["a blob", new Blob(["a"]), /value is a Blob: /],
  ["a pattern", /a/, /value is a RegExp: /],
  ["an error", new Error("no"), /value is an Error: /],
  ["a promise", Promise.resolve(1), /value is a Promise: /],
  ["a URL", new URL("https://a.test"), /value is an URL: |value is a URL: /],
  ["a boxed number", Object(1), /value is a Number: /],
  ["a boxed text", Object("a"), /value is a String: /],
  ["a boxed bigint", Object(1n), /value is a BigInt: /],
  ["an object of a class", new Point(), /value is a Point: /],
  ["an object of a nameless class", new (class {})(), /value is an object of a class: /],
  ["what writes itself otherwise", { a: 1, toJSON: () => 2 }, /value\.toJSON is a function: /],
  ["a key that is a symbol", { [Symbol("s")]: 1 }, /value has a symbol as a key: give it a name/],
  ["a circle", circle, /value\.self\.circle is what it lies in: JSON has no circles/],
  ["a list in itself", list, /value\[0\] is what it lies in: /],
  [
    "a property that fails",
    Object.defineProperty({}, "a", {
      enumerable: true,
      get: () => {
        throw new Error("not now");
      },
    }),
    /cannot be written as JSON: not now/,
  ],
];

/** Where a value can be, and what is before it in the path. */
const places: ReadonlyArray<readonly [name: string, request: (value: unknown) => DssRequest, before: string]> = [
  ["a body", (value) => put(path`/things/`, { json: { value } }), ""],
  [
    "the depth of a body",
    (value) => put(path`/things/`, { json: { a: [{ b: 1 }, { "c d": { value } }] } }),
    "a[1].c d.",
  ],
  ["a list", (value) => put(path`/things/`, { json: [{ value }] }), "[0]."],
  ["a query", (value) => get(path`/things/`, { query: { a: 1, q: { json: { value } } } }), "q."],
  [
    "a part of a form",
    (value) => post(path`/things/`, { parts: [{ name: "message", content: { json: { value } } }] }),
    "message.",
  ],
];

describe.each(places)("what JSON cannot hold, in %s, is not sent", (_, request, before) => {
  it.effect.each(values)("%s", ([, value, says]) =>
    Effect.gen(function* () {
      const { reason, message } = yield* Effect.flip((yield* Dss).empty("X.y", request(value)));
      expect(reason._tag).toBe("Invalid");
      expect(message).toMatch(says);
      if (!message.includes("cannot be written")) expect(message).toContain(`Not sent (${before}value`);
      expect(message).not.toMatch(/[\r\n]|s3cret/);
      expect((yield* Received).requests).toEqual([]);
    }).pipe(Effect.provide(dssServer(() => json({})))));
});

it.effect.each(values)("%s alone is no body", ([, value]) =>
  Effect.gen(function* () {
    const { reason } = yield* Effect.flip((yield* Dss).empty("X.y", put(path`/things/`, { json: value })));
    expect(reason._tag).toBe("Invalid");
    expect(reason.message).toMatch(/^Not sent \((the body (is|has|cannot)|toJSON is|self\.circle is|\[\d\] is) /);
    expect((yield* Received).requests).toEqual([]);
  }).pipe(Effect.provide(dssServer(() => json({})))));

describe("what JSON can hold is sent as it is", () => {
  const shared = { a: 1 };
  const fine: ReadonlyArray<readonly [name: string, value: unknown, text: string]> = [
    ["nothing", null, "null"],
    ["a text", "é\u2028\ud800", '"é\u2028\\ud800"'],
    ["numbers", [0, 1e21, 5e-324, -1.5], "[0,1e+21,5e-324,-1.5]"],
    ["what lies in two places", [shared, shared, { shared }], '[{"a":1},{"a":1},{"shared":{"a":1}}]'],
    ["a property that is undefined", { a: undefined, b: 1 }, '{"b":1}'],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    [
      "keys that JavaScript gives a meaning",
      JSON.parse('{"__proto__":1,"constructor":{},"toJSON":2}'),
      '{"__proto__":1,"constructor":{},"toJSON":2}',
    ],
    ["what is frozen", Object.freeze([Object.freeze({ a: Object.freeze([]) })]), '[{"a":[]}]'],
  ];
  it.effect.each(fine)("%s", ([, value, text]) =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      yield* dss.empty("X.y", put(path`/things/`, { json: value, query: { q: { json: value } } }));
      const { body, target } = (yield* Received).requests[0]!;
      expect(body).toBe(text);
      expect(new URL(target, "https://dss.test").searchParams.get("q")).toBe(text);
    }).pipe(Effect.provide(dssServer(() => json({})))));

  it.effect("digits that a number cannot hold, as they were read", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const read = yield* dss.json("X.y", get(path`/things/`, { exact: true }), Schema.Unknown);
      yield* dss.empty("X.z", put(path`/things/`, { json: read }));
      expect((yield* Received).requests[1]!.body).toBe('{"id":12345678901234567890}');
    }).pipe(Effect.provide(dssServer((_, nth) =>
      nth === 1
        ? json({ id: (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON("12345678901234567890") })
        : json({})
    ))));
});

describe("a query without JSON", () => {
  const odd: ReadonlyArray<readonly [name: string, value: unknown]> = [
    ...values.filter(([, value]) => !Array.isArray(value)).map(([name, value]) => [name, value] as const),
    ["an object", {}],
    ["a list of lists", [["a"]]],
    ["NaN in a list", ["a", NaN]],
    ["nothing in a list", ["a", null]],
    ["half a character", "\ud800"],
  ];
  it.effect.each(odd)("takes no %s", ([, value]) =>
    Effect.gen(function* () {
      const query = { a: 1, q: value } as never;
      const { reason } = yield* Effect.flip((yield* Dss).empty("X.y", get(path`/things/`, { query })));
      expect(reason._tag).toBe("Invalid");
      expect(reason.message).toContain("the value of q in the query ");
      expect((yield* Received).requests).toEqual([]);
    }).pipe(Effect.provide(dssServer(() => json({})))));
});

describe("a path", () => {
  const odd: ReadonlyArray<readonly [name: string, hole: unknown]> = [
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["undefined", undefined],
    ["null", null],
    ["a boolean", true],
    ["a date", new Date(0)],
    ["an object", {}],
    ["a list", ["a"]],
    ["a secret that is none", Redacted.make(undefined)],
    ["a file without a path", { segments: "a" }],
    ["a file of numbers", { segments: [NaN] }],
  ];
  it.each(odd)("takes no %s", (_, hole) => {
    expect(path`/things/${hole as string}`.invalid).toMatch(/, expected the id of an object$|is not a usable id$/);
  });

  it("takes texts, numbers, secrets and files", () => {
    expect(path`/a/${"b"}/${1.5}/${Redacted.make("c")}/${filePath("d/e")}`.value).toBe("/a/b/1.5/c/d/e");
  });
});

describe("services that send JSON of their callers", () => {
  it.effect("a query of the API deployer with a bigint, as SQL gives it", () =>
    Effect.gen(function* () {
      const deployments = yield* ApiDeployments;
      const queries = [{ q: { features: { id: 7n } } }] as never;
      for (
        const call of [
          deployments.runQueries("d", queries),
          deployments.runTestQueries("d", { endpointId: "e", queries }),
        ]
      ) {
        const { reason } = yield* Effect.flip(call);
        expect(reason).toMatchObject({ _tag: "Invalid" });
        expect(reason.message).toMatch(/ueries(Param)?\[0\]\.q\.features\.id is a bigint: /);
      }
      expect((yield* Received).requests).toEqual([]);
    }).pipe(Effect.provide(dssServer(() => json({})))));

  it.effect("parameters of a run, and the settings of a scenario", () =>
    Effect.gen(function* () {
      const start = yield* Effect.flip((yield* ScenarioRuns).start("P", "S", { params: { at: new Date(0) } }));
      expect(start.message).toMatch(/at is a Date: /);
      const save = (yield* Scenarios).saveSettings(
        "P",
        "S",
        { params: { limit: NaN, password: Redacted.make("x") } } as never,
      );
      expect((yield* Effect.flip(save)).message).toMatch(/\(params\.limit is NaN: /);
      expect((yield* Received).lines.filter((line) => !line.startsWith("GET"))).toEqual([]);
    }).pipe(Effect.provide(dssServer(() => json({})))));
});
