import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "@effect/vitest";
import { Effect, Schema, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import { Dss, get, path, Recorder } from "../../mod.ts";
import { undoneByAll, withoutEncoding } from "../../src/transport/content_encoding.ts";
import { dssServer, scriptedClient, url } from "../fixtures/dss_server.ts";
import { Dataiku } from "../../mod.ts";
import { HttpClient } from "effect/http";
import { Layer, Redacted } from "effect";

const text = JSON.stringify({ message: "é".repeat(1000), errorType: "x.NotFoundException" });
const plain = new TextEncoder().encode(text);

/** As Zstandard writes `{}`. */
const zstd = Uint8Array.from(atob("KLUv/SACEQAAe30="), (character) => character.charCodeAt(0));

const canUndo = (name: string): boolean => {
  try {
    return new DecompressionStream(name as CompressionFormat) !== undefined;
  } catch {
    return false;
  }
};

/** An answer in an encoding that nobody has asked for; how it is read: undone, or refused. */
const encodings: ReadonlyArray<readonly [name: string, encoding: string, bytes: Uint8Array, isRead: boolean]> = [
  ["gzip", "gzip", gzipSync(plain), true],
  ["gzip in upper case", "GZIP", gzipSync(plain), true],
  ["gzip under its old name", "x-gzip", gzipSync(plain), true],
  ["deflate", "deflate", deflateSync(plain), true],
  ["deflate without its head", "deflate", deflateRawSync(plain), true],
  ["br", "br", brotliCompressSync(plain), canUndo("brotli")],
  ["gzip twice", "gzip, gzip", gzipSync(gzipSync(plain)), true],
  ["deflate in gzip", "deflate, gzip", gzipSync(deflateSync(plain)), true],
  ["gzip, and identity", "gzip, identity", gzipSync(plain), true],
  ["zstd", "zstd", zstd, canUndo("zstd")],
  ["an old one", "compress", plain, false],
  ["a new one", "dcb", plain, false],
  ["what a client has undone, and left the name", "gzip", plain, true],
  ["identity", "identity", plain, true],
  ["a character set in its place", "UTF-8", plain, true],
  ["nothing in its place", "none", plain, true],
  ["nothing", "", plain, true],
];

const answer = (encoding: string, bytes: Uint8Array, status = 200, contentType = "application/json") =>
  HttpServerResponse.stream(Stream.fromIterable([bytes.subarray(0, 1), bytes.subarray(1, 20), bytes.subarray(20)]), {
    status,
    headers: { "content-length": `${bytes.length}`, ...(encoding === "" ? {} : { "content-encoding": encoding }) },
    contentType,
  });

const request = get(path`/things/`);
const collected = (bytes: Stream.Stream<Uint8Array, unknown>) =>
  Effect.map(Stream.runCollect(Stream.decodeText(bytes)), (pieces) => pieces.join(""));

describe.each(encodings)("an answer in %s", (name, encoding, bytes, isRead) => {
  const what = name === "zstd" ? "{}" : text;
  it.live("is undone for every verb, or refused", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const ends: ReadonlyArray<Effect.Effect<string, unknown>> = [
        Effect.map(dss.json("X.json", request, Schema.Unknown), (json) => JSON.stringify(json)),
        dss.text("X.text", request),
        collected(dss.stream("X.stream", request)),
        Effect.as(dss.empty("X.empty", request), what),
      ];
      for (const end of ends) {
        const result = yield* Effect.result(end);
        if (isRead) expect(result).toMatchObject({ success: what });
        else expect(result).toMatchObject({ failure: { reason: { _tag: "UnexpectedContent", found: "encoding" } } });
      }
    }).pipe(Effect.provide(dssServer(() => answer(encoding, bytes), { retry: { times: 0 } }))));

  it.live("that is an error says what it says, or what its status does", () =>
    Effect.gen(function* () {
      const { reason, message } = yield* Effect.flip((yield* Dss).text("X.y", request));
      if (isRead && name !== "zstd") {
        expect(reason).toMatchObject({ _tag: "NotFound", errorType: "x.NotFoundException" });
      } else expect(reason._tag).toBe("ServerFailure");
      expect(message).not.toMatch(/\ufffd/);
    }).pipe(Effect.provide(dssServer(() => answer(encoding, bytes, 500), { retry: { times: 0 } }))));

  it.live("is recorded as it is read", () =>
    Effect.gen(function* () {
      const { client } = scriptedClient(() => answer(encoding, bytes));
      const recorder = Recorder.make(client);
      const layer = Dataiku.layerClient({ url, apiKey: Redacted.make("the-key"), retry: { times: 0 } }).pipe(
        Layer.provide(Layer.succeed(HttpClient.HttpClient, recorder.client)),
      );
      const read = Effect.flatMap(Dss, (dss) => dss.text("X.y", request));
      yield* Effect.exit(Effect.provide(read, layer));
      const { exchanges } = yield* recorder.cassette;
      expect(JSON.stringify(exchanges[0]!.answer?.body ?? "").includes("base64")).toBe(false);
    }));
});

describe("an encoding that is not whole", () => {
  it.live.each([10, 20, 40])("is Truncated, when %d bytes came", (length) =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      for (const end of [dss.text("X.y", request), collected(dss.stream("X.y", request))]) {
        expect(yield* Effect.flip(end as Effect.Effect<string, unknown>)).toMatchObject({
          reason: { _tag: "Truncated" },
        });
      }
    }).pipe(
      Effect.provide(dssServer(() => answer("gzip", gzipSync(plain).subarray(0, length)), { retry: { times: 0 } })),
    ));

  it.live("is Truncated for JSON, when nothing came", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      expect((yield* Effect.flip(dss.json("X.y", request, Schema.Unknown))).reason._tag).toBe("Truncated");
      expect(yield* dss.text("X.y", request)).toBe("");
    }).pipe(
      Effect.provide(
        dssServer(() => HttpServerResponse.stream(Stream.empty, { headers: { "content-encoding": "gzip" } }), {
          retry: { times: 0 },
        }),
      ),
    ));
});

it("what a runtime has undone is left alone: a file that is compressed itself stays so", () => {
  const response = { headers: { "content-encoding": "gzip" }, stream: Stream.make(gzipSync(plain)) } as never;
  const undone = withoutEncoding(response, undoneByAll, true) as { readonly undone?: string; readonly stream: unknown };
  expect(undone.undone).toBe("gzip");
  expect(undone.stream).toBe((response as { readonly stream: unknown }).stream);
});

describe("text", () => {
  const utf16 = (value: string): Uint8Array =>
    new Uint8Array([0xff, 0xfe, ...[...value].flatMap((one) => [one.charCodeAt(0) & 0xff, one.charCodeAt(0) >> 8])]);
  const latin1 = Uint8Array.from('{"a":"é"}', (character) => character.charCodeAt(0));
  const foreign: ReadonlyArray<readonly [name: string, bytes: Uint8Array, type: string, says: RegExp]> = [
    [
      "in Latin 1",
      latin1,
      "application/json; charset=ISO-8859-1",
      /it is not UTF-8 but iso-8859-1\): something before DSS/,
    ],
    ["in Latin 1, quoted", latin1, 'application/json;charset="latin1"', /not UTF-8 but latin1/],
    ["in UTF-16", utf16('{"a":1}'), "application/json", /not UTF-8 but utf-16/],
    ["in UTF-16, said so", utf16('{"a":1}'), "application/json; charset=utf-16", /not UTF-8 but utf-16/],
    ["in nothing that is said", latin1, "application/json", /it is not UTF-8\): this version of DSS may differ/],
    ["in UTF-8, it says", latin1, "application/json; charset=utf-8", /it is not UTF-8\)/],
  ];
  it.effect.each(foreign)("%s is no JSON, and it is said why", ([, bytes, type, says]) =>
    Effect.gen(function* () {
      const { reason, message } = yield* Effect.flip((yield* Dss).json("X.y", request, Schema.Unknown));
      expect(reason._tag).toBe("Undecodable");
      expect(message).toMatch(says);
    }).pipe(Effect.provide(dssServer(() => answer("", bytes, 200, type), { retry: { times: 0 } }))));

  it.effect("that is UTF-8, whatever is said of it, is read", () =>
    Effect.gen(function* () {
      expect(yield* (yield* Dss).json("X.y", request, Schema.Unknown)).toEqual(JSON.parse(text));
    }).pipe(Effect.provide(dssServer(() => answer("", plain, 200, "application/json; charset=iso-8859-1")))));

  it.effect("of a log is read in the character set that it says", () =>
    Effect.gen(function* () {
      expect(yield* (yield* Dss).text("X.y", request)).toBe('{"a":"é"}');
    }).pipe(Effect.provide(dssServer(() => answer("", latin1, 200, "text/plain; charset=iso-8859-1")))));
});

describe("a page on a stream", () => {
  const login = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>";
  const types: ReadonlyArray<readonly [name: string, type: string | undefined, body: string]> = [
    ["as what it is", "text/html", login],
    ["as what it is, in upper case", "TEXT/HTML; Charset=UTF-8", login],
    ["as XHTML", "application/xhtml+xml", login],
    ["as bytes", "application/octet-stream", login],
    ["as other bytes", "binary/octet-stream", login],
    ["as bytes, behind white space", "application/octet-stream", `\ufeff\r\n \t${login}`],
    ["as bytes, behind a comment", "application/octet-stream", `<!-- ${"x".repeat(2000)} -->${login}`],
    ["as XML", "application/octet-stream", `<?xml version="1.0"?>\n<html xmlns="x"><title>Sign in</title></html>`],
    ["as nothing", undefined, login],
    ["as nothing, without a head", undefined, "<html>"],
  ];
  const pieces = (body: string, size: number) => {
    const bytes = new TextEncoder().encode(body);
    return Array.from(
      { length: Math.ceil(bytes.length / size) },
      (_, at) => bytes.subarray(at * size, (at + 1) * size),
    );
  };
  const streaming = (type: string | undefined, body: string, size: number) =>
    dssServer(() => {
      const { headers, ...response } = { headers: type === undefined ? {} : { "content-type": type } };
      return HttpServerResponse.stream(Stream.fromIterable(pieces(body, size)), {
        ...response,
        headers,
        ...(type === undefined ? {} : { contentType: type }),
      }).pipe((answer) => type === undefined ? HttpServerResponse.removeHeader(answer, "content-type") : answer);
    });

  it.effect.each(types)("%s is refused, and nothing of it handed out", ([, type, body]) =>
    Effect.gen(function* () {
      for (const size of [1, 7, 100_000]) {
        let seen = 0;
        const read = Effect.flatMap(Dss, (dss) =>
          Stream.runForEach(dss.stream("X.y", request), (piece) =>
            Effect.sync(() => void (seen += piece.length))));
        const { reason } = yield* Effect.flip(Effect.provide(read, streaming(type, body, size)));
        expect(reason).toMatchObject({ _tag: "UnexpectedContent", found: "html" });
        expect(seen).toBe(0);
      }
    }));

  const data: ReadonlyArray<readonly [name: string, type: string | undefined, body: string]> = [
    ["a table", undefined, "a\tb\n1\t2\n"],
    ["a table of bytes", "application/octet-stream", "id,name\n1,<html>\n"],
    ["XML", "application/octet-stream", '<?xml version="1.0"?>\n<PMML version="4"/>'],
    ["what begins with a sign", "application/octet-stream", "<"],
    ["what begins like a page", "application/octet-stream", "<htmlx>"],
    ["white space", "application/octet-stream", " ".repeat(10_000)],
    ["a comment without an end", "application/octet-stream", `<!--${"x".repeat(10_000)}`],
    ["nothing", "application/octet-stream", ""],
    ["text that is said to be some", "text/plain", login],
    ["what is said to be JSON", "application/json", login],
  ];
  it.effect.each(data)("%s is handed out as it came", ([, type, body]) =>
    Effect.gen(function* () {
      for (const size of [1, 7, 100_000]) {
        const read = Effect.flatMap(Dss, (dss) => collected(dss.stream("X.y", request)));
        expect(yield* Effect.provide(read, streaming(type, body, size))).toBe(body);
      }
    }));

  it.effect("is handed out where one is asked for", () =>
    Effect.gen(function* () {
      const read = Effect.flatMap(Dss, (dss) => collected(dss.stream("X.y", { ...request, page: true })));
      expect(yield* Effect.provide(read, streaming("text/html", login, 7))).toBe(login);
    }));
});
