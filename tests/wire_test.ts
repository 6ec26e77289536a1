import { describe, expect, it } from "@effect/vitest";
import { Effect, Layer, Redacted } from "effect";
import { HttpClient } from "effect/http";
import { Dss, type Path, path, post, type RequestOptions } from "../mod.ts";
import { compare } from "./wire/harness/compare.ts";
import { recordedAreas, type WireRequest } from "./wire/harness/recording.ts";
import { wireReport } from "./wire/harness/report.ts";
import { scriptedDss } from "./wire/harness/scripted_dss.ts";

const { areas, strays } = await Effect.runPromise(wireReport);

describe("what we send is what the official client sends", () => {
  it("the tables name what is recorded, each method once", () => {
    expect(strays).toEqual([]);
  });

  it.each(areas.filter(({ isCovered }) => isCovered))("nothing of $area is missing", ({ missing, methods }) => {
    expect(missing).toEqual([]);
    expect(Object.keys(methods)).not.toEqual([]);
  });

  it.each(areas.flatMap(({ results }) => results))("$method: $call", ({ differences }) => {
    expect(differences).toEqual([]);
  });
});

const read = (path: string, query: WireRequest["query"] = []): WireRequest => ({ verb: "GET", path, query });
const write = (path: string, value?: unknown): WireRequest =>
  value === undefined ? { verb: "POST", path } : { verb: "POST", path, body: { kind: "json", value } };
const look = (peek: string): WireRequest => read("/futures/1", [["peek", peek]]);

describe("the comparison", () => {
  it.each<[string, ReadonlyArray<WireRequest>, ReadonlyArray<WireRequest>]>([
    ["percent-encoding", [read("/futures/a%2Fb%3Fx")], [read("/futures/a/b", [["x", ""]])]],
    ["percent-encoding", [read("/files/a%3Ab")], [read("/files/a:b")]],
    ["case of booleans", [read("/x", [["all", "true"]])], [read("/x", [["all", "True"]])]],
    ["Content-Type", [write("/x", { a: 1, b: null })], [write("/x", { b: null, a: 1 })]],
    ["peek", [look("true")], [look("False")]],
    ["wait=false", [read("/x", [["wait", "false"]])], [read("/x", [["wait", "True"]])]],
    ["body of a read", [read("/x")], [{ ...read("/x"), body: { kind: "json", value: { extension: "py" } } }]],
    ["verification", [read("/q/stream"), read("/q/finish-streaming")], [read("/q/stream")]],
    ["read session", [read("/x", [["readSessionId", "6b0e1f7a-3c52-4d7e-9a1b-0c2d3e4f5a6b"]])], [
      read("/x", [["readSessionId", "00000000-0000-4000-8000-000000000001"]]),
    ]],
    ["columns first", [read("/d/schema"), read("/d/data/")], [read("/d/data/"), read("/d/schema")]],
    ["polls", [read("/x")], [read("/x"), read("/x")]],
    ["polls", [read("/x"), read("/x"), read("/x")], [read("/x"), read("/x")]],
  ])("allows by the rule %s: %j for %j", (rule, sent, recorded) => {
    expect(compare(sent, recorded)).toEqual({ rules: [rule], differences: [] });
  });

  it("allows looks before the one that takes, and reading what was written", () => {
    const waited = [write("/x"), look("true"), look("false")];
    expect(compare(waited, [write("/x"), look("False")])).toEqual({
      rules: ["peek", "case of booleans"],
      differences: [],
    });
    const saved = [read("/x"), write("/x", 1), read("/x")];
    expect(compare(saved, [read("/x"), write("/x", 1)])).toEqual({
      rules: ["Content-Type", "read-back"],
      differences: [],
    });
  });

  it.each<[string, ReadonlyArray<WireRequest>, ReadonlyArray<WireRequest>]>([
    ["another path", [read("/x")], [read("/x/")]],
    ["another prefix", [read("/public/api/x")], [read("/dip/publicapi/x")]],
    ["another verb", [write("/x")], [read("/x")]],
    ["a parameter that is missing", [read("/x")], [read("/x", [["limit", "10"]])]],
    ["a parameter more", [read("/x", [["limit", "10"]])], [read("/x")]],
    ["a parameter once", [read("/x", [["tag", "a"]])], [read("/x", [["tag", "a"], ["tag", "b"]])]],
    ["another boolean", [read("/x", [["all", "true"]])], [read("/x", [["all", "False"]])]],
    ["taking where the official client looks", [look("false")], [look("True")]],
    ["another value in the body", [write("/x", { a: 1 })], [write("/x", { a: 2 })]],
    ["a null that is missing", [write("/x", {})], [write("/x", { a: null })]],
    ["a body more", [write("/x", {})], [write("/x")]],
    ["no body", [write("/x")], [write("/x", {})]],
    ["a write more", [write("/x"), write("/x")], [write("/x")]],
    ["a write that is missing", [write("/x")], [write("/x"), write("/x")]],
    ["another order", [write("/a"), write("/b")], [write("/b"), write("/a")]],
    ["a read more", [read("/x"), read("/x")], [read("/x")]],
    ["a read of something else after a write", [write("/x"), read("/y")], [write("/x")]],
    ["a verification of nothing", [read("/x"), read("/q/finish-streaming")], [read("/x")]],
    ["a read without a name", [read("/x", [["readSessionId", "1"]])], [
      read("/x", [["readSessionId", "00000000-0000-4000-8000-000000000001"]]),
    ]],
    ["columns of something else first", [read("/e/schema"), read("/d/data/")], [read("/d/data/"), read("/d/schema")]],
    ["nothing", [], [read("/x")]],
    ["a header that is missing", [read("/x")], [{ ...read("/x"), headers: { "x-dku-proxyuser": "bob" } }]],
  ])("finds %s", (_, sent, recorded) => {
    expect(compare(sent, recorded).differences).not.toEqual([]);
  });

  const upload = (area: string, method: string, target: Path, options: RequestOptions) => {
    const recorded = recordedAreas.find((one) => one.area === area)!.methods[method]![0]!;
    const { client, sent } = scriptedDss(recorded, {});
    return Effect.gen(function* () {
      yield* (yield* Dss).empty("Test.upload", post(target, options));
      return compare(yield* sent, recorded.requests);
    }).pipe(
      Effect.provide(Dss.layer({ url: "https://dss.test", apiKey: Redacted.make("the-key") })),
      Effect.provide(Layer.succeed(HttpClient.HttpClient, client)),
    );
  };
  const uploadVersion = (fileName: string, text: string) =>
    upload("apideployer", "DSSAPIDeployerService.import_version", path`/api-deployer/services/${"svc1"}/versions`, {
      parts: [{ name: "file", fileName, content: new TextEncoder().encode(text) }],
    });
  const uploadFile = (text: string) =>
    upload("plugin", "DSSPlugin.put_file", path`/plugins/${"my-plugin"}/contents/${"python-lib"}/${"a.py"}`, {
      content: new TextEncoder().encode(text),
    });

  it.effect("looks into what is uploaded", () =>
    Effect.gen(function* () {
      const same = { rules: ["Content-Type"], differences: [] };
      expect(yield* uploadVersion("package.zip", "PK-fake-zip")).toEqual(same);
      expect(yield* uploadFile("print(1)")).toEqual(same);
      for (const other of [uploadVersion("package.zip", "PK"), uploadVersion("a.zip", "PK-fake-zip"), uploadFile("")]) {
        expect((yield* other).differences).toHaveLength(1);
      }
    }));
});
