import { describe, expect, it } from "@effect/vitest";
import { Effect, Schema, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import { Dss, FutureState, get, path } from "../../mod.ts";
import { dssServer } from "../fixtures/dss_server.ts";

const read = <A>(body: string | Uint8Array, schema: Schema.Codec<A, unknown>, exact = false) =>
  Effect.gen(function* () {
    return yield* (yield* Dss).json("X.y", get(path`/things/`, { exact }), schema);
  }).pipe(
    Effect.provide(
      dssServer(() =>
        HttpServerResponse.uint8Array(typeof body === "string" ? new TextEncoder().encode(body) : body, {
          contentType: "application/json",
        })
      ),
    ),
  );
const reasonOf = (body: string | Uint8Array) => Effect.map(Effect.flip(read(body, Schema.Unknown)), (_) => _.reason);

describe("JSON that is read", () => {
  it.effect("a byte order mark, white space, escapes of half a character, and large numbers", () =>
    Effect.gen(function* () {
      expect(yield* read('\ufeff{"a":1}', Schema.Unknown)).toEqual({ a: 1 });
      expect(yield* read(" \r\n [] \n", Schema.Unknown)).toEqual([]);
      expect(yield* read('"\\ud800"', Schema.Unknown)).toBe("\ud800");
      expect(yield* read(`1${"0".repeat(400)}`, Schema.Unknown)).toBe(Infinity);
      expect(yield* read("null", Schema.Unknown)).toBe(null);
      expect(yield* read("false", Schema.Unknown)).toBe(false);
    }));

  it.effect("objects nested a hundred thousand deep", () =>
    Effect.gen(function* () {
      const depth = 100_000;
      const text = `{"result":${"[".repeat(depth)}${"]".repeat(depth)}}`;
      const state = yield* read(text, FutureState);
      let found = 0;
      for (let at = state.result; Array.isArray(at) && at.length > 0; at = at[0]) found += 1;
      expect(found).toBe(depth - 1);
    }));

  it.effect("keys that JavaScript gives a meaning are data", () =>
    Effect.gen(function* () {
      const text = '{"jobId":"a","__proto__":{"alive":true},"constructor":1,"toString":null}';
      const state = yield* read(text, FutureState);
      expect(state.alive).toBeUndefined();
      expect(JSON.stringify(state)).toBe(text);
      expect(Object.getPrototypeOf(state)).toBe(Object.prototype);
    }));
});

describe("JSON that is cut", () => {
  const whole = JSON.stringify([{ name: 'é "quoted" \\ [', list: [1, { a: null }], last: true }]);
  const bytes = new TextEncoder().encode(whole);
  const half = (length: number, promise: boolean) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Dss).json("X.y", get(path`/things/`), Schema.Unknown));
      return error.reason._tag;
    }).pipe(
      Effect.provide(dssServer(() =>
        HttpServerResponse.stream(Stream.succeed(bytes.subarray(0, length)), {
          headers: promise ? { "content-length": `${length}` } : {},
        }), { retry: { times: 0 } })),
    );

  it.effect("anywhere is Truncated, when nothing else tells where its end is", () =>
    Effect.gen(function* () {
      for (let length = 1; length < bytes.length; length++) expect(yield* half(length, false)).toBe("Truncated");
    }));

  it.effect("is Undecodable when it came as long as it was promised", () =>
    Effect.gen(function* () {
      expect(yield* half(5, true)).toBe("Undecodable");
    }));
});

describe("what is no JSON", () => {
  const wrong: ReadonlyArray<readonly [string, string | Uint8Array, string]> = [
    ["half an object", '{"a": ', "Undecodable"],
    ["half an array", "[1, 2", "Undecodable"],
    ["NaN", '{"a": NaN}', "Undecodable"],
    ["a trailing comma", "[1,]", "Undecodable"],
    ["bytes that are not UTF-8", new Uint8Array([0x22, 0xff, 0xfe, 0x22]), "Undecodable"],
    ["text", "upstream connect error", "UnexpectedContent"],
    ["nothing", "", "UnexpectedContent"],
    ["white space", " \n ", "UnexpectedContent"],
    ["a page under another name", "<!DOCTYPE html><title>Sign in</title>", "UnexpectedContent"],
  ];
  it.effect.each(wrong)("%s", ([, body, tag]) =>
    Effect.gen(function* () {
      const reason = yield* reasonOf(body);
      expect(reason._tag).toBe(tag);
      expect(reason.isRetryable).toBe(false);
      expect(reason.message).not.toMatch(/[\r\n]/);
    }));

  it.effect("a byte that is wrong is said, not replaced", () =>
    Effect.gen(function* () {
      const bytes = new TextEncoder().encode('{"name":"é"}');
      expect(yield* reasonOf(bytes.filter((byte) => byte !== 0xa9))).toMatchObject({ detail: "it is not UTF-8" });
    }));

  it.effect("a long text is cut", () =>
    Effect.gen(function* () {
      const reason = yield* reasonOf("word ".repeat(10_000));
      expect(reason.message.length).toBeLessThan(400);
    }));
});

describe("what does not fit", () => {
  const cases: ReadonlyArray<readonly [unknown, string]> = [
    ["text", ""],
    [[], ""],
    [null, ""],
    [{ jobId: 7 }, "jobId"],
    [{ alive: "yes" }, "alive"],
    [{ startTime: "2025" }, "startTime"],
  ];
  it.effect.each(cases)("%j at the field %j", ([value, field]) =>
    Effect.gen(function* () {
      const { reason, message } = yield* Effect.flip(read(JSON.stringify(value), FutureState));
      expect(reason).toMatchObject({ _tag: "Undecodable", field });
      expect(message).not.toMatch(/[\r\n]/);
    }));
});
