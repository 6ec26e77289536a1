import { describe, expect, it } from "@effect/vitest";
import { Effect, Redacted, Schema } from "effect";
import { del, Dss, filePath, get, path } from "../../mod.ts";
import { dssServer, empty, Received } from "../fixtures/dss_server.ts";
import { hostileIds, unusableIds } from "../fixtures/hostile_ids.ts";

/** What a URL parser, as every client below us is one, makes of a path. */
const parsed = (value: string): string => new URL(`https://dss.test${value}`).pathname;

describe("the path of a file", () => {
  it.each([
    ["a/b c%.py", "a/b%20c%25.py"],
    ["/a/b/", "a/b"],
    ["ä?#", "%C3%A4%3F%23"],
  ])("%s keeps its slashes, and nothing else", (file, value) => {
    expect(path`/x/${filePath(file)}/y`).toEqual({ template: "/x/{+}/y", value: `/x/${value}/y`, secrets: [] });
  });

  it.each(["", "a//b", "../a", "a/./b", "a/..", "a\0"])("%j is refused", (file) => {
    expect(path`/x/${filePath(file)}`).toMatchObject({ template: "/x/{+}", invalid: expect.stringContaining("id") });
  });
});

describe("path", () => {
  it.each(hostileIds)("encodes %j as one segment", (id) => {
    const { value, invalid, template } = path`/projects/${"P"}/datasets/${id}/data`;
    expect(invalid).toBeUndefined();
    const segments = parsed(value).split("/");
    expect(segments).toHaveLength(6);
    expect(decodeURIComponent(segments[4]!)).toBe(id);
    expect(template).toBe("/projects/{}/datasets/{}/data");
  });

  it.each(unusableIds)("refuses %j", (id) => {
    const { value, invalid } = path`/projects/${"P"}/datasets/${id}`;
    expect(invalid).toBeTypeOf("string");
    expect(value).toBe("/projects/{}/datasets/{}");
  });

  it.prop("makes any id one segment, or refuses it", [Schema.String], ([id]) => {
    const { value, invalid } = path`/a/${id}/z`;
    if (invalid !== undefined) return unusableIds.includes(id) || id.includes("\0") || !id.isWellFormed();
    const segments = parsed(value).split("/");
    return segments.length === 4 && segments[1] === "a" && decodeURIComponent(segments[2]!) === id &&
      segments[3] === "z" && new URL(`https://dss.test${value}`).search === "";
  }, { arbitrary: { runs: 1000 } });

  it("takes numbers, and keeps secrets out of its template", () => {
    const { value, template, secrets } = path`/keys/${Redacted.make("s3cret/")}/${7}`;
    expect(value).toBe("/keys/s3cret%2F/7");
    expect(template).toBe("/keys/{}/{}");
    expect(secrets).toEqual(["s3cret/"]);
  });

  it("does not show a secret that cannot be sent", () => {
    const { invalid, value } = path`/keys/${Redacted.make("s3cret\0")}`;
    expect(invalid).toBe("a secret of the path is not a usable id");
    expect(value).not.toContain("s3cret");
  });

  it.effect("an unusable id sends nothing, by any verb", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      for (const id of unusableIds) {
        const request = del(path`/projects/P/datasets/${id}`);
        for (
          const send of [dss.empty("X.y", request), dss.text("X.y", request), dss.json("X.y", request, Schema.Any)]
        ) {
          const error = yield* Effect.flip(send);
          expect(error.reason._tag).toBe("Invalid");
          expect(error.message).toMatch(/^X\.y: Not sent \(.*expected/);
        }
      }
      expect((yield* Received).requests).toHaveLength(0);
    }).pipe(Effect.provide(dssServer(() => empty()))));
});

describe("query", () => {
  it.effect("leaves out what is absent, repeats arrays, and encodes the rest", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const query = { a: 1, b: true, c: undefined, d: null, e: ["x", "y&z"], f: "é /?#", g: [] };
      yield* dss.empty("X.y", get(path`/futures/`, { query }));
      const { requests } = yield* Received;
      const { searchParams } = new URL(`https://dss.test${requests[0]!.target}`);
      expect([...searchParams]).toEqual([["a", "1"], ["b", "true"], ["e", "x"], ["e", "y&z"], ["f", "é /?#"]]);
    }).pipe(Effect.provide(dssServer(() => empty()))));

  it.effect("no query gives no question mark", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      yield* dss.empty("X.y", get(path`/futures/`, { query: { a: undefined } }));
      expect((yield* Received).lines).toEqual(["GET /futures/"]);
    }).pipe(Effect.provide(dssServer(() => empty()))));
});
