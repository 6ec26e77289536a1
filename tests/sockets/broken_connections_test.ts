/**
 * Connections that break, on real sockets: each has its reason, is tried again as its method allows, and leaves no socket open.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { Effect, Redacted, Schema, Stream } from "effect";
import { type ConnectionOptions, Dataiku } from "@effect-dataiku/dss";
import { Dss, type DssError, get, path, post } from "@effect-dataiku/dss/dss";
import { answer, type Respond, serving, test } from "./raw_server.ts";

const options: ConnectionOptions = {
  retry: { times: 1, base: "1 millis" },
  deadline: "300 millis",
  idleLimit: "300 millis",
};
const connect = (url: string, more: ConnectionOptions = {}) =>
  Dataiku.layer({ url, apiKey: Redacted.make("c4naryKeyQx7"), ...options, ...more });

const target = path`/things/${"a b"}`;
const read = Effect.flatMap(Dss, (dss) => dss.json("Test.read", get(target), Schema.Unknown));
const start = Effect.flatMap(
  Dss,
  (dss) => dss.json("Test.start", post(target, { json: {}, starts: true }), Schema.Unknown),
);
const stream = Effect.flatMap(Dss, (dss) => Stream.runCollect(dss.stream("Test.stream", get(target))));

const header = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const reset = (socket: Socket) => socket.resetAndDestroy();
/** Writes, and breaks the connection when that has gone out and was read. */
const write = (text: string | Uint8Array, then: (socket: Socket) => void): Respond => (socket) => {
  socket.write(text, () => {
    const timer = setTimeout(() => then(socket), 20);
    socket.once("close", () => clearTimeout(timer));
  });
};
const end = (socket: Socket) => socket.end();
const stay = () => {};
const gzipped = gzipSync(JSON.stringify({ a: "b".repeat(1000) }));
const half = (bytes: Uint8Array) =>
  Buffer.concat([
    Buffer.from(
      `${header}content-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n${(bytes.length >> 1).toString(16)}\r\n`,
    ),
    bytes.subarray(0, bytes.length >> 1),
    Buffer.from("\r\n0\r\n\r\n"),
  ]);

interface Case {
  readonly name: string;
  readonly respond: Respond;
  /** Reason of a read, and what a start lost. */
  readonly reason: "Unreachable" | "TimedOut" | "Truncated";
}

const cases: ReadonlyArray<Case> = [
  { name: "reset before the header", respond: reset, reason: "Unreachable" },
  { name: "closed before the header", respond: end, reason: "Unreachable" },
  { name: "reset in the header", respond: write(header, reset), reason: "Unreachable" },
  { name: "closed in the header", respond: write(header, end), reason: "Unreachable" },
  {
    name: "reset in the body",
    respond: write(`${header}content-length: 100\r\n\r\n{"a":`, reset),
    reason: "Truncated",
  },
  {
    name: "closed before the length of the body",
    respond: write(`${header}content-length: 100\r\n\r\n{}`, end),
    reason: "Truncated",
  },
  {
    name: "closed before the last chunk",
    respond: write(`${header}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`, end),
    reason: "Truncated",
  },
  {
    name: "closed in a chunk",
    respond: write(`${header}transfer-encoding: chunked\r\n\r\nff\r\n{}`, end),
    reason: "Truncated",
  },
  { name: "half of a compressed body", respond: write(half(gzipped), end), reason: "Truncated" },
  { name: "no header", respond: stay, reason: "TimedOut" },
  { name: "half of a header", respond: write(header, stay), reason: "TimedOut" },
  { name: "no body", respond: write(`${header}content-length: 100\r\n\r\n`, stay), reason: "TimedOut" },
];

for (const { name, respond, reason } of cases) {
  test(
    `${name}: a read is tried again, and is ${reason}`,
    Effect.gen(function* () {
      const server = yield* serving(respond);
      const error: DssError = yield* Effect.flip(Effect.provide(read, connect(server.url)));
      assert.equal(error.reason._tag, reason, error.message);
      assert.equal(server.received.length, 2);
      assert.doesNotMatch(error.message, /\n|c4nary|things|127\.0\.0\.1:\d+\//);
      yield* server.closed;
    }),
  );

  test(
    `${name}: a start is not tried again, and its outcome is unknown`,
    Effect.gen(function* () {
      const server = yield* serving(respond);
      const error: DssError = yield* Effect.flip(Effect.provide(start, connect(server.url)));
      assert.equal(error.reason._tag, "OutcomeUnknown", error.message);
      if (error.reason._tag === "OutcomeUnknown") assert.equal(error.reason.lost._tag, reason, error.message);
      assert.equal(server.received.length, 1);
      yield* server.closed;
    }),
  );
}

test(
  "a read that is answered after a reset has succeeded",
  Effect.gen(function* () {
    const server = yield* serving((socket, _, nth) => nth === 1 ? reset(socket) : socket.end(answer('{"ok":true}')));
    assert.deepEqual(yield* Effect.provide(read, connect(server.url)), { ok: true });
    yield* server.closed;
  }),
);

const streams: ReadonlyArray<readonly [string, Respond, string]> = [
  ["reset in its middle", write(`${header}content-length: 100\r\n\r\n{"a":`, reset), "Truncated"],
  ["closed before its length", write(`${header}content-length: 100\r\n\r\n{}`, end), "Truncated"],
  ["closed before its last chunk", write(`${header}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n`, end), "Truncated"],
  ["that stalls", write(`${header}content-length: 100\r\n\r\n{}`, stay), "TimedOut"],
];
for (const [name, respond, reason] of streams) {
  test(
    `a stream ${name} fails and is not tried again`,
    Effect.gen(function* () {
      const server = yield* serving(respond);
      const error = yield* Effect.flip(Effect.provide(stream, connect(server.url)));
      assert.equal(error.reason._tag, reason, error.message);
      assert.equal(server.received.length, 1);
      yield* server.closed;
    }),
  );
}

test(
  "a stream whose consumer stops closes the connection",
  Effect.gen(function* () {
    const server = yield* serving(write(`${header}content-length: 100\r\n\r\n{}`, stay));
    const first = Effect.flatMap(Dss, (dss) => Stream.runHead(dss.stream("Test.stream", get(target))));
    assert.equal((yield* Effect.provide(first, connect(server.url)))._tag, "Some");
    yield* server.closed;
  }),
);

test(
  "an interrupted read closes the connection",
  Effect.gen(function* () {
    const server = yield* serving(stay);
    const layer = connect(server.url, { deadline: "1 minute" });
    yield* Effect.exit(Effect.timeout(Effect.provide(read, layer), "100 millis"));
    yield* server.closed;
  }),
);

test(
  "a body that drips is bounded by the deadline, and one that is too large by its size",
  Effect.gen(function* () {
    const dripping = yield* serving((socket) => {
      socket.write(`${header}content-length: 1000\r\n\r\n`);
      const drop = setInterval(() => socket.write(" "), 20);
      socket.on("close", () => clearInterval(drop));
    });
    const slow = yield* Effect.flip(Effect.provide(read, connect(dripping.url, { retry: { times: 0 } })));
    assert.equal(slow.reason._tag, "TimedOut");
    yield* dripping.closed;
    const large = yield* serving((socket) => socket.end(answer("x".repeat(10_000))));
    const error = yield* Effect.flip(Effect.provide(read, connect(large.url, { maxBodyBytes: 5000 })));
    assert.equal(error.reason._tag, "TooLarge");
    yield* large.closed;
  }),
);

test(
  "nothing listens: nothing was sent, so a start is tried again too",
  Effect.gen(function* () {
    const { url } = yield* Effect.scoped(serving(stay));
    for (const send of [read, start]) {
      const { reason, message } = yield* Effect.flip(Effect.provide(send, connect(url)));
      assert.ok(reason._tag === "Unreachable" && reason.nothingSent, message);
      assert.match(
        message,
        /DSS cannot be reached at http:\/\/127\.0\.0\.1:\d+ \(.*refused.*\): check the URL, the port and the proxy$/,
      );
    }
  }),
);

test(
  "a secret of the path is not in what the runtime says, which names the address",
  Effect.gen(function* () {
    const { url: nobody } = yield* Effect.scoped(serving(stay));
    const breaking = yield* serving(reset);
    const cut = yield* serving(write(`${header}content-length: 100\r\n\r\n{}`, reset));
    const secret = get(path`/admin/globalAPIKeys/${Redacted.make("c4nary/Qx7")}`);
    const program = Effect.flatMap(Dss, (dss) => dss.json("Test.read", secret, Schema.Unknown));
    for (const url of [nobody, breaking.url, cut.url]) {
      const error = yield* Effect.flip(Effect.provide(program, connect(url)));
      assert.doesNotMatch(Deno.inspect(error, { depth: 100, showHidden: true }), /c4nary|Qx7|globalAPIKeys/);
    }
  }),
);

test(
  "a host that nobody knows: nothing was sent",
  Effect.gen(function* () {
    const layer = connect("http://dss.invalid", { deadline: "10 seconds" });
    const { reason, message } = yield* Effect.flip(Effect.provide(start, layer));
    assert.ok(reason._tag === "Unreachable" && reason.nothingSent, message);
  }),
);

test(
  "what does not speak HTTP is unreachable",
  Effect.gen(function* () {
    const server = yield* serving((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"));
    const { reason, message } = yield* Effect.flip(Effect.provide(read, connect(server.url)));
    assert.equal(reason._tag, "Unreachable", message);
    yield* server.closed;
  }),
);
