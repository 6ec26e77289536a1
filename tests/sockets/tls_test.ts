/**
 * Trust, on a local TLS server: what is refused, and how own certificates are given. `certificates/make.sh` made the certificates.
 *
 * @module
 */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { Effect, Redacted, Schema, type Scope } from "effect";
import { Dataiku } from "@effect-dataiku/dss";
import { Dss, get, path } from "@effect-dataiku/dss/dss";
import { answer, type RawServer, serving, test } from "./raw_server.ts";

const pem = (name: string): string => Deno.readTextFileSync(new URL(`./certificates/${name}.pem`, import.meta.url));
const authority = pem("authority");

/** A server that shows a certificate, and may ask for the client's. */
const dss = (name: string, asksForClient = false): Effect.Effect<RawServer, never, Scope.Scope> =>
  serving((socket) => socket.end(answer("{}")), {
    cert: pem(name),
    key: pem(`${name}_key`),
    ...(asksForClient ? { ca: [authority], requestCert: true, rejectUnauthorized: true } : {}),
  });

/** A `fetch` with certificates of its own. */
const fetchWith = (options: Deno.CreateHttpClientOptions & Partial<Deno.TlsCertifiedKeyPem>) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.sync(() => Deno.createHttpClient(options)),
      (client) => Effect.sync(() => client.close()),
    ),
    (client): typeof fetch => (input, init) => fetch(input, { ...init, client }),
  );

const ask = (url: string, fetch?: typeof globalThis.fetch) =>
  Effect.flatMap(Dss, (dss) => dss.json("Test.ask", get(path`/things/`), Schema.Unknown)).pipe(
    Effect.provide(Dataiku.layer({
      url,
      apiKey: Redacted.make("c4naryKeyQx7"),
      retry: { times: 3, base: "1 millis" },
      ...(fetch === undefined ? {} : { fetch }),
    })),
  );

/** It is refused, once, for a reason of trust. */
const isRefused = (url: string, says: RegExp, fetch?: typeof globalThis.fetch) =>
  Effect.gen(function* () {
    let attempts = 0;
    const counted: typeof globalThis.fetch = (input, init) => {
      attempts += 1;
      return (fetch ?? globalThis.fetch)(input, init);
    };
    const { reason, message } = yield* Effect.flip(ask(url, counted));
    assert.equal(reason._tag, "TlsFailure", message);
    assert.equal(attempts, 1);
    assert.match(message, says);
    assert.match(message, /^Test\.ask: No trusted connection to https:\/\/\S+ \(.+\): .*see TLS in the README$/);
  });

test(
  "an authority that is not known is refused, and not tried again",
  Effect.gen(function* () {
    const { url, received } = yield* dss("server");
    yield* isRefused(url, /UnknownIssuer/);
    assert.equal(received.length, 0);
  }),
);

test(
  "an own authority is trusted",
  Effect.gen(function* () {
    const { url } = yield* dss("server");
    assert.deepEqual(yield* ask(url, yield* fetchWith({ caCerts: [authority] })), {});
  }),
);

test(
  "a certificate of another host is refused",
  Effect.gen(function* () {
    const { url } = yield* dss("server");
    yield* isRefused(
      url.replace("127.0.0.1", "localhost"),
      /NotValidForName|not valid for name/,
      yield* fetchWith({ caCerts: [authority] }),
    );
  }),
);

test(
  "a certificate that has expired is refused",
  Effect.gen(function* () {
    const { url } = yield* dss("expired");
    yield* isRefused(url, /expired/i, yield* fetchWith({ caCerts: [authority] }));
  }),
);

test(
  "a server that asks for a client certificate refuses without one",
  Effect.gen(function* () {
    const { url, received } = yield* dss("server", true);
    yield* isRefused(url, /CertificateRequired|alert/, yield* fetchWith({ caCerts: [authority] }));
    assert.equal(received.length, 0);
  }),
);

test(
  "a client certificate is shown",
  Effect.gen(function* () {
    const { url } = yield* dss("server", true);
    const fetch = yield* fetchWith({ caCerts: [authority], cert: pem("client"), key: pem("client_key") });
    assert.deepEqual(yield* ask(url, fetch), {});
  }),
);

test(
  "a server that goes away in the handshake is one that is down: it is tried again",
  Effect.gen(function* () {
    let connections = 0;
    const server = yield* Effect.acquireRelease(
      Effect.promise(async () => {
        const server = createServer((socket) => {
          connections += 1;
          socket.on("error", () => {}); // the client may be gone
          socket.once("data", () => socket.end());
        });
        await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
        return server;
      }),
      (server) => Effect.promise(() => new Promise((closed) => server.close(closed))),
    );
    const { reason, message } = yield* Effect.flip(
      ask(`https://127.0.0.1:${(server.address() as { readonly port: number }).port}`),
    );
    assert.ok(reason._tag === "Unreachable" && reason.nothingSent, message);
    assert.equal(connections, 4);
  }),
);
