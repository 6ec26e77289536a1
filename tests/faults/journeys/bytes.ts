/**
 * Answers whose bytes are not what they seem: compressed though nobody asked, parts, pages, what runtimes do not read.
 *
 * @module
 */
import assert from "node:assert/strict";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { Effect, Schema, Stream } from "effect";
import { type DssError, get, path, post } from "../../../mod.ts";
import { serving } from "../../sockets/raw_server.ts";
import { Way } from "../play.ts";
import type { Row } from "../row.ts";
import { asking, failsWith, journey } from "./journey.ts";

const onSockets = { levels: ["deno", "node"] } as const;

const text = JSON.stringify({ errorType: "x.NotFoundException", message: "é".repeat(2000) });
const plain = new TextEncoder().encode(text);

/** A server that answers so, and the connection to it. */
const answering = (status: string, headers: ReadonlyArray<string>, body: Uint8Array) =>
  Effect.gen(function* () {
    const server = yield* serving((socket) => {
      const head = [`HTTP/1.1 ${status}`, ...headers, `content-length: ${body.length}`, "connection: close", "", ""];
      socket.write(head.join("\r\n"));
      socket.end(body);
    });
    return (yield* Way).connect(server.url, { retry: { times: 0 } });
  });

const request = get(path`/things/`);

const bytesOf = (stream: Stream.Stream<Uint8Array, DssError>) =>
  Effect.map(Stream.runCollect(stream), (pieces) => new Uint8Array(pieces.flatMap((piece) => [...piece])));

const streamed = asking((dss) => bytesOf(dss.stream("Test.stream", request)));

/** Each verb that reads, with what it gives as text. */
const reads = {
  "json": asking((dss) => Effect.map(dss.json("Test.json", request, Schema.Unknown), (json) => JSON.stringify(json))),
  "text": asking((dss) => dss.text("Test.text", request)),
  "stream": Effect.map(streamed, (bytes) => new TextDecoder().decode(bytes)),
};

const encoded: ReadonlyArray<readonly [name: string, encoding: string, bytes: Uint8Array]> = [
  ["gzip", "gzip", gzipSync(plain)],
  ["GZIP", "GZIP", gzipSync(plain)],
  ["x-gzip", "x-gzip", gzipSync(plain)],
  ["deflate", "deflate", deflateSync(plain)],
  ["deflate without its head", "deflate", deflateRawSync(plain)],
  ["br", "br", brotliCompressSync(plain)],
  ["gzip twice", "gzip, gzip", gzipSync(gzipSync(plain))],
  ["utf-8, which is none", "utf-8", plain],
];

const compressed: ReadonlyArray<Row> = encoded.flatMap(([name, encoding, bytes]) => {
  const headers = ["content-type: application/json", `content-encoding: ${encoding}`];
  return [
    ...Object.entries(reads).map(([verb, read]) =>
      journey(
        ["F12", `an answer in ${name}`, verb, "ok, as it was before"],
        Effect.gen(function* () {
          assert.equal(yield* Effect.provide(read, yield* answering("200 OK", headers, bytes)), text);
        }),
        onSockets,
      )
    ),
    journey(
      ["F12", `an error in ${name}`, "text", "NotFound, in the words of DSS"],
      Effect.gen(function* () {
        const error = yield* failsWith(
          Effect.provide(reads.text, yield* answering("500 Internal Server Error", headers, bytes)),
          "NotFound",
        );
        assert.match(error.message, /éé/);
      }),
      onSockets,
    ),
  ];
});

const refused: ReadonlyArray<Row> = (["compress", "dcb", "gzip, dcb"] as const).flatMap((encoding) =>
  Object.entries(reads).map(([verb, read]) =>
    journey(
      ["F12", `an answer in ${encoding}`, verb, "UnexpectedContent"],
      Effect.gen(function* () {
        const headers = [`content-encoding: ${encoding}`];
        yield* failsWith(Effect.provide(read, yield* answering("200 OK", headers, plain)), "UnexpectedContent");
      }),
      onSockets,
    )
  )
);

const archive = journey(
  ["F12", "a compressed file in gzip", "stream", "ok, the file as it is"],
  Effect.gen(function* () {
    const file = gzipSync(plain);
    const headers = ["content-type: application/gzip", "content-encoding: gzip"];
    const read = yield* Effect.provide(streamed, yield* answering("200 OK", headers, gzipSync(file)));
    assert.deepEqual(read, new Uint8Array(file));
    const as = yield* Effect.provide(streamed, yield* answering("200 OK", ["content-type: application/gzip"], file));
    assert.deepEqual(as, new Uint8Array(file));
  }),
  onSockets,
);

/** A server that answers bytes, whatever they are. */
const raw = (bytes: string | Uint8Array) =>
  Effect.gen(function* () {
    const server = yield* serving((socket) => void socket.end(bytes));
    return (yield* Way).connect(server.url, { retry: { times: 0 } });
  });

const good = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";

const start = asking((dss) => dss.empty("Test.start", post(path`/start`, { starts: true, json: {} })));

/** What a runtime may not read: how a read ends on each, and a start. */
const unread: ReadonlyArray<
  readonly [name: string, bytes: string | Uint8Array, deno: string, node: string, says: RegExp]
> = [
  ["102 before the answer", `HTTP/1.1 102 Processing\r\n\r\n${good}`, "ok", "ok", /./],
  ["103 before the answer", `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${good}`, "ok", "ok", /./],
  // Node takes none that it has not asked for.
  ["100 before the answer", `HTTP/1.1 100 Continue\r\n\r\n${good}`, "ok", "UnexpectedContent", /Answered 100, which/],
  [
    "101 in place of the answer",
    "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
    "UnexpectedContent",
    "UnexpectedContent",
    /Answered 101, which says nothing here/,
  ],
  ["304", "HTTP/1.1 304 Not Modified\r\n\r\n", "UnexpectedContent", "UnexpectedContent", /Answered 304, which/],
  ["206", `HTTP/1.1 206 Partial${good.slice(15)}`, "Truncated", "Truncated", /a part was answered/],
  [
    "three thousand headers",
    good.replace("content", `${Array.from({ length: 3000 }, (_, at) => `x${at}: a\r\n`).join("")}content`),
    "UnexpectedContent",
    "UnexpectedContent",
    /a header that is too large for this runtime.*--max-http-header-size/,
  ],
  ["what is no HTTP", "SSH-2.0-OpenSSH_9.2\r\n", "Unreachable", "Unreachable", /does not speak HTTP/],
  [
    "TLS where none was asked for",
    new Uint8Array([0x15, 3, 3, 0, 2, 2, 0x46]),
    "Unreachable",
    "Unreachable",
    /whether https:\/\/ is meant/,
  ],
];

const oddHeads: ReadonlyArray<Row> = unread.flatMap(([name, bytes, deno, node, says]) => [
  journey(
    ["F15", name, "read", deno === node ? deno : `${deno}, on Node ${node}`],
    Effect.gen(function* () {
      const { level } = yield* Way;
      const expected = level === "node" ? node : deno;
      const read = Effect.provide(reads.text, yield* raw(bytes));
      if (expected === "ok") assert.equal(yield* read, "{}");
      else assert.match((yield* failsWith(read, expected)).message, says);
    }),
    onSockets,
  ),
  journey(
    ["F15", name, "start", deno === "ok" ? "ok, or OutcomeUnknown" : "OutcomeUnknown"],
    Effect.gen(function* () {
      const { level } = yield* Way;
      const run = Effect.provide(start, yield* raw(bytes));
      yield* (level === "node" ? node : deno) === "ok" ? run : Effect.asVoid(failsWith(run, "OutcomeUnknown"));
    }),
    onSockets,
  ),
]);

const login = new TextEncoder().encode("<!DOCTYPE html><html><head><title>Sign in</title></head></html>");

const pages: ReadonlyArray<Row> = (["", "TEXT/HTML", "application/xhtml+xml", "application/octet-stream"] as const).map(
  (
    type,
  ) =>
    journey(
      ["F12", `a login page as ${type || "nothing"}`, "stream", "UnexpectedContent"],
      Effect.gen(function* () {
        const headers = type === "" ? [] : [`content-type: ${type}`];
        yield* failsWith(Effect.provide(streamed, yield* answering("200 OK", headers, login)), "UnexpectedContent");
        const pressed = yield* answering("200 OK", [...headers, "content-encoding: gzip"], gzipSync(login));
        yield* failsWith(Effect.provide(streamed, pressed), "UnexpectedContent");
      }),
      onSockets,
    ),
);

/** The bytes of answers. */
export const byteJourneys: ReadonlyArray<Row> = [...compressed, ...refused, archive, ...oddHeads, ...pages];
