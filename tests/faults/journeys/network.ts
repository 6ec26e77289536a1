/**
 * What is between the library and DSS: names, certificates, proxies, redirects, connections that are kept.
 *
 * @module
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import type { TlsOptions } from "node:tls";
import { Effect, Redacted } from "effect";
import {
  type ConnectionOptions,
  type Credentials,
  Dss,
  Futures,
  get,
  path,
  post,
  type TlsProblem,
} from "../../../mod.ts";
import { answer, serving } from "../../sockets/raw_server.ts";
import { type KindName, kinds } from "../kinds.ts";
import { permitsFree, secret, tagOf, Way } from "../play.ts";
import type { Row } from "../row.ts";
import { failsWith, journey } from "./journey.ts";

const onSockets = { levels: ["deno", "node"] } as const;

const list = Effect.flatMap(Futures, (futures) => futures.list());

/** Asks a server, and checks what it comes to; gives the error. */
const asked = (url: string, tag: string, options?: ConnectionOptions) =>
  Effect.flatMap(Way, (way) => failsWith(Effect.provide(list, way.connect(url, options)), tag));

const pem = (name: string): string =>
  readFileSync(new URL(`../../sockets/certificates/${name}.pem`, import.meta.url), "utf8");

/** What a server shows, and under which name it is asked. */
interface Shown extends TlsOptions {
  readonly name: string;
  /** What is said to be wrong. */
  readonly problem: TlsProblem;
  readonly host?: string;
  readonly onNode?: string;
}

/** Checks what is said to be wrong. */
const isSaid = (error: { readonly _tag: string; readonly reason?: unknown }, problem: TlsProblem): void => {
  const { _tag, problem: said } = error.reason as { readonly _tag: string; readonly problem?: unknown };
  if (_tag === "TlsFailure") assert.equal(said, problem);
};

const untrusted = (fault: string, { name, problem, host = "127.0.0.1", onNode = "TlsFailure", ...tls }: Shown): Row =>
  journey(
    ["F2", fault, "read", "TlsFailure, and no request"],
    Effect.gen(function* () {
      const server = yield* serving((socket) => void socket.end(answer("[]")), {
        cert: pem(name),
        key: pem(`${name}_key`),
        ...tls,
      });
      const { level } = yield* Way;
      const expected = level === "node" ? onNode : "TlsFailure";
      isSaid(yield* asked(server.url.replace("127.0.0.1", host), expected), problem);
      assert.equal(server.received.length, 0);
    }),
    onSockets,
  );

/** A server that answers the first bytes of a handshake so; gives its address. */
const handshaking = (bytes: Uint8Array) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(() =>
        new Promise<Server>((listening) => {
          const server = createServer((socket) => {
            socket.on("error", () => {}); // the client may be gone
            socket.once("data", () => socket.end(bytes));
          });
          server.listen(0, "127.0.0.1", () => listening(server));
        })
      ),
      (server) => Effect.promise(() => new Promise((closed) => server.close(closed))),
    ),
    (server) => `https://127.0.0.1:${(server.address() as { readonly port: number }).port}`,
  );

const tls: ReadonlyArray<Row> = [
  untrusted("an authority that is not known", { name: "stranger", problem: "unknownAuthority" }),
  untrusted("a certificate of another host", { name: "server", problem: "wrongHost", host: "localhost" }),
  untrusted("a certificate that has expired", { name: "expired", problem: "expired" }),
  untrusted("a server that asks for a client certificate", {
    name: "server",
    problem: "clientCertificate",
    // The server says why after the handshake, and Node does not hand it on.
    onNode: "Unreachable",
    ca: [pem("authority")],
    requestCert: true,
    rejectUnauthorized: true,
  }),
  // As a server that speaks TLS says in the handshake why it goes on no further.
  ...([
    ["a client certificate is asked for", [0x15, 3, 3, 0, 2, 2, 116], "clientCertificate"],
    ["the client certificate is not taken", [0x15, 3, 3, 0, 2, 2, 42], "refusedCertificate"],
    ["the authority of the client is not known", [0x15, 3, 3, 0, 2, 2, 48], "refusedCertificate"],
    ["the version of TLS is not known", [0x15, 3, 3, 0, 2, 2, 70], "version"],
    ["nothing is agreed on", [0x15, 3, 3, 0, 2, 2, 40], "noAgreement"],
    ["the host is not known", [0x15, 3, 3, 0, 2, 2, 112], "wrongHost"],
    ["the server fails", [0x15, 3, 3, 0, 2, 2, 80], "other"],
    ["no TLS is spoken", [..."HTTP/1.1 400 Bad Request\r\n\r\n"].map((one) => one.charCodeAt(0)), "noTls"],
    ["no HTTP is spoken", [..."SSH-2.0-OpenSSH\r\n"].map((one) => one.charCodeAt(0)), "noTls"],
  ] as const).map(([fault, bytes, problem]) =>
    journey(
      ["F2", fault, "read", `TlsFailure, ${problem}`],
      Effect.gen(function* () {
        const url = yield* handshaking(new Uint8Array(bytes));
        isSaid(yield* asked(url, "TlsFailure"), problem);
      }),
      onSockets,
    )
  ),
  journey(
    ["F2", "a certificate of an own authority", "read", "ok"],
    Effect.gen(function* () {
      const server = yield* serving((socket) => void socket.end(answer("[]")), {
        cert: pem("server"),
        key: pem("server_key"),
      });
      const way = yield* Way;
      assert.deepEqual(yield* Effect.provide(list, way.connect(server.url)), []);
    }),
    onSockets,
  ),
];

const proxies: ReadonlyArray<Row> = ["http", "https"].flatMap((protocol) => [
  journey(
    ["F3", `a proxy that asks for credentials (${protocol})`, "read", "Unreachable, once"],
    Effect.gen(function* () {
      const error = yield* asked(`${protocol}://asks.dss.test`, "Unreachable");
      assert.ok(error._tag === "DssError" && !error.isRetryable, error.message);
      assert.match(error.message, /proxy/);
    }),
    onSockets,
  ),
  journey(
    ["F3", `a proxy that does not reach DSS (${protocol})`, "start", "Unreachable, without a tunnel OutcomeUnknown"],
    Effect.gen(function* () {
      const start = Effect.flatMap(Dss, (dss) => dss.empty("Test.start", post(path`/start`, { starts: true })));
      const way = yield* Way;
      // Node asks for a tunnel in any case.
      const hasTunnel = protocol === "https" || way.level === "node";
      const down = Effect.provide(start, way.connect(`${protocol}://down.dss.test`));
      yield* failsWith(down, hasTunnel ? "Unreachable" : "OutcomeUnknown");
    }),
    onSockets,
  ),
]);

const names: ReadonlyArray<Row> = [
  journey(
    ["F1", "a host that nobody knows", "read, start", "Unreachable, nothing was sent"],
    Effect.gen(function* () {
      const way = yield* Way;
      const nowhere = way.connect("http://dss.invalid");
      for (const request of [get(path`/futures/`), post(path`/start`, { starts: true })]) {
        const send = Effect.flatMap(Dss, (dss) => dss.empty("Test.send", request));
        const error = yield* failsWith(Effect.provide(send, nowhere), "Unreachable");
        assert.ok(error.reason._tag === "Unreachable" && error.reason.nothingSent, error.message);
      }
    }),
    onSockets,
  ),
];

const redirects: ReadonlyArray<Row> = (["apiKey", "bearerToken", "ticket"] as const).map((kind) =>
  journey(
    [
      "F40",
      "a redirect to another host",
      `read, put and start with ${kind}`,
      "UnexpectedContent, nothing reaches that host",
    ],
    Effect.gen(function* () {
      const other = yield* serving((socket) => void socket.end(answer("{}")));
      const location = `location: ${other.url}/login`;
      const dss = yield* serving((socket) => void socket.end(answer("", [location], "307 Temporary Redirect")));
      const way = yield* Way;
      const layer = way.connect(dss.url, { credentials: { [kind]: Redacted.make(secret) } as unknown as Credentials });
      const target = path`/things/`;
      for (const request of [get(target), { ...get(target), method: "PUT" as const }, post(target, { starts: true })]) {
        const send = Effect.flatMap(Dss, (dss) => dss.empty("Test.send", request));
        yield* failsWith(Effect.provide(send, layer), "UnexpectedContent");
      }
      assert.equal(other.received.length, 0);
      assert.equal(dss.received.length, 3);
    }),
    onSockets,
  )
);

/** What a call comes to whose connection breaks because it was kept too long; a runtime may use another one. */
const stale: Readonly<{ [kind in KindName]?: ReadonlyArray<string> }> = {
  "read": ["ok"],
  "put": ["ok"],
  "delete": ["ok"],
  "start": ["OutcomeUnknown", "ok"],
  "stream down": ["ok"],
};

const keptTooLong = (Object.keys(stale) as ReadonlyArray<KindName>).map((given) =>
  journey(
    ["F37", "the connection that was kept breaks", given, stale[given]!.join(" or ")],
    Effect.gen(function* () {
      const { call, leftOver } = yield* kinds[given].prepare;
      yield* (yield* Way).inject("stale connection", { path: "/futures/" });
      yield* list;
      const exit = yield* Effect.exit(call);
      const tag = tagOf(exit, kinds[given].result);
      assert.ok(stale[given]!.includes(tag), tag);
      assert.ok((yield* leftOver) <= 1);
      yield* permitsFree;
    }),
  )
);

const closedMeanwhile = journey(
  ["F37", "the connection that was kept is closed before", "read, start", "ok, each once"],
  Effect.gen(function* () {
    const kept = answer("[]").replace("connection: close\r\n", "");
    const server = yield* serving((socket) => {
      socket.write(kept);
      setTimeout(() => socket.end(), 20);
    });
    const way = yield* Way;
    yield* Effect.gen(function* () {
      for (let times = 0; times < 3; times++) {
        yield* list;
        yield* Effect.sleep("100 millis");
        yield* (yield* Dss).empty("Test.start", post(path`/start`, { starts: true, json: {} }));
        yield* Effect.sleep("100 millis");
      }
    }).pipe(Effect.provide(way.connect(server.url)));
    assert.equal(server.received.length, 6);
  }),
  onSockets,
);

/** The network. */
export const networkJourneys: ReadonlyArray<Row> = [
  ...names,
  ...tls,
  ...proxies,
  ...redirects,
  ...keptTooLong,
  closedMeanwhile,
];
