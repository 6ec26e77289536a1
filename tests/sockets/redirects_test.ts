/**
 * Redirects are not followed: a runtime would forward the ticket of a request to whatever host is named.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect, Redacted, Schema } from "effect";
import { type Credentials, Dataiku, Futures } from "@effect-dataiku/dss";
import { Dss, get, path, post } from "@effect-dataiku/dss/dss";
import { answer, serving, test } from "./raw_server.ts";

const secret = Redacted.make("c4naryKeyQx7");
const credentials: ReadonlyArray<readonly [string, Credentials]> = [
  ["a ticket", { ticket: secret }],
  ["a key", { apiKey: secret }],
  ["a token", { bearerToken: secret }],
];

for (const status of ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]) {
  test(
    `${status}: neither a ticket, a key nor a token reaches another host`,
    Effect.gen(function* () {
      const other = yield* serving((socket) => socket.end(answer("{}")));
      const location = `location: ${other.url.replace("127.0.0.1", "localhost")}/login?next=/`;
      const dss = yield* serving((socket) => socket.end(answer("", [location], status)));
      for (const [, credential] of credentials) {
        for (const send of [get, post]) {
          const program = Effect.flatMap(Dss, (dss) => dss.json("Test.send", send(path`/things/`), Schema.Unknown));
          const layer = Dataiku.layer({ url: dss.url, headers: { "x-gateway": secret }, ...credential });
          const { reason, message } = yield* Effect.flip(Effect.provide(program, layer));
          assert.ok(reason._tag === "UnexpectedContent" && reason.found === "redirect", message);
          assert.match(message, /a redirect to http:\/\/localhost:\d+\/login, which is not followed/);
        }
      }
      assert.equal(other.received.length, 0);
      assert.equal(dss.received.length, 2 * credentials.length);
    }),
  );
}

test(
  "a redirect of the same host is not followed either",
  Effect.gen(function* () {
    const dss = yield* serving((socket) => socket.end(answer("", ["location: /login"], "302 Found")));
    const list = Effect.flatMap(Futures, (futures) => futures.list());
    const { message } = yield* Effect.flip(Effect.provide(list, Dataiku.layer({ url: dss.url, ticket: secret })));
    assert.match(message, /a redirect to \/login/);
    assert.equal(dss.received.length, 1);
  }),
);

test(
  "a `fetch` that follows redirects all the same is found out, and its answer refused",
  Effect.gen(function* () {
    const other = yield* serving((socket) => socket.end(answer("[]")));
    const dss = yield* serving((socket) => socket.end(answer("", [`location: ${other.url}/`], "302 Found")));
    const list = Effect.flatMap(Futures, (futures) => futures.list());
    const following: typeof fetch = (input, init) => fetch(input, { ...init, redirect: "follow" });
    const layer = Dataiku.layer({ url: dss.url, apiKey: secret, fetch: following });
    const { reason, message } = yield* Effect.flip(Effect.provide(list, layer));
    assert.ok(reason._tag === "UnexpectedContent" && reason.found === "redirect", message);
    assert.ok(message.includes(other.url), message);
  }),
);
