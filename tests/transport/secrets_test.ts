import { describe, expect, it } from "@effect/vitest";
import { Effect, Redacted, Schema, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import { Dss, get, type Path, path, post } from "../../mod.ts";
import {
  broken,
  dssServer,
  empty,
  failure,
  json,
  page,
  type Reply,
  type ServerOptions,
  streamed,
} from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { during } from "../fixtures/virtual_time.ts";
import { inspect } from "node:util";

/** One that looks like DSS's own, and one that every way of writing a text writes otherwise. */
const canaries = ["c4naryZq4BwLKeyQx7", `Zq4"\\na/r&y <k>'é==`];

/** What of a secret must not be seen. */
const parts = ["c4nary", "KeyQx7", "Zq4", "\\na", "a/r&y", "<k>", "a%2F", "k%3E", "a%2f", "k%3e", "k&gt;"];

/** The ways in which a server or a runtime may write a secret. */
const writtenAs = (secret: string): ReadonlyArray<string> => [
  secret,
  encodeURIComponent(secret),
  encodeURIComponent(secret).replaceAll(/%../g, (hex) => hex.toLowerCase()),
  JSON.stringify(secret).slice(1, -1),
  btoa(`${secret}:`),
  secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;"),
];

interface Place {
  readonly name: string;
  readonly options: (secret: string) => ServerOptions;
  readonly path?: (secret: string) => Path;
}

/** Where a program gives a secret. */
const places: ReadonlyArray<Place> = [
  { name: "API key", options: (key) => ({ credentials: { apiKey: Redacted.make(key) } }) },
  { name: "bearer token", options: (key) => ({ credentials: { bearerToken: Redacted.make(key) } }) },
  { name: "ticket", options: (key) => ({ credentials: { ticket: Redacted.make(key) } }) },
  { name: "header", options: (key) => ({ headers: { "x-gateway": Redacted.make(key) } }) },
  { name: "path", options: () => ({}), path: (key) => path`/admin/globalAPIKeys/${Redacted.make(key)}` },
];

const text = (body: string, status = 200) => HttpServerResponse.text(body, { status });
const far = (padding: number, secret: string) => `${"x".repeat(padding)}${secret}`;

/** Where a server or a runtime may repeat it. */
const echoes: ReadonlyArray<readonly [string, (secret: string) => Reply]> = [
  ["the message of an error", (key) => failure(500, "java.lang.Exception", `Unknown key ${key} given`)],
  ["the class of an error", (key) => failure(401, `com.dataiku.${key}Exception`, "no")],
  [
    "the details of an error",
    (key) => json({ message: "no", stackTraceStr: `at ${key}`, list: [{ [key]: key }] }, 500),
  ],
  ["a plain error", (key) => text(`no right for ${key}`, 403)],
  ["a long error, where it is cut", (key) => text(far(495, key), 400)],
  ["the page of an error", (key) => page(`502 ${key}`, 502)],
  ["the page of a success", (key) => page(`Sign in ${key}`)],
  ["the page of a success, where its title is cut", (key) => page(far(195, key))],
  ["a success that is no JSON", (key) => text(`token ${key}`)],
  ["a success that is no JSON, where it is cut", (key) => text(far(195, key))],
  ["half of a JSON", (key) => text(`{"key": "${key}`)],
  ["a field that does not fit", (key) => json({ [key]: key, ok: { key } })],
  ["the name of a field that does not fit", (key) => json({ ok: true, by: { [key]: key } })],
  ["the target of a redirect", (key) => empty(302, { location: `https://sso.test/${key}/?key=1` })],
  ["the target of a redirect, where it is cut", (key) => empty(302, { location: `https://${far(187, key)}` })],
  ["the query of a redirect", (key) => empty(302, { location: `https://sso.test/?key=${key}` })],
  ["the runtime", (key) => broken("ECONNRESET", `reset while sending ${key}`)],
  [
    "the runtime, with the address",
    (key) => broken("?", `error sending request for url (https://dss.test/${key}): no`),
  ],
  ["the runtime, where it is cut", (key) => broken("?", far(195, key))],
  ["the runtime, in the body", (key) => streamed(Stream.concat(Stream.make("{"), Stream.fromEffect(broken("?", key))))],
  ["Retry-After", (key) => empty(429, { "retry-after": key })],
];

const Answer = Schema.Struct({
  ok: Schema.Boolean,
  by: Schema.optionalKey(Schema.Record(Schema.String, Schema.Number)),
});

describe.each(places)("a secret as $name is not shown", ({ options, path: place }) => {
  it.effect.each(echoes)("when it comes back in %s", ([, echo]) =>
    Effect.gen(function* () {
      for (const canary of canaries) {
        for (const written of new Set(writtenAs(canary))) {
          const calls = Effect.gen(function* () {
            const dss = yield* Dss;
            const where = place?.(canary) ?? path`/things/${"a"}`;
            const ends = [
              dss.json("X.json", get(where), Answer),
              dss.text("X.text", get(where)),
              dss.empty("X.empty", post(where, { json: {} })),
              Stream.runDrain(dss.stream("X.stream", get(where))),
            ];
            for (const end of ends) {
              const [, shown] = yield* during("1 hour", shownBy(end));
              expect(parts.filter((part) => shown.includes(part)), written).toEqual([]);
              expect(shown).not.toContain("HttpClientError");
            }
          });
          yield* Effect.provide(calls, dssServer(() => echo(written), { retry: { times: 1 }, ...options(canary) }));
        }
      }
    }));
});

describe("a connection", () => {
  const apiKey = Redacted.make("c4naryKeyQx7");
  const urls = [
    "https://admin:c4naryKeyQx7@dss.test",
    "admin:c4naryKeyQx7@dss.test",
    "https://admin:c4naryKeyQx7/@dss test",
    "//admin:c4naryKeyQx7@dss.test",
    "dss.test?key=c4naryKeyQx7",
    "https://dss test/#c4naryKeyQx7",
  ];
  it.effect.each(urls)("to %s says no secret", (url) =>
    Effect.gen(function* () {
      const [exit, shown] = yield* shownBy(Effect.provide(Dss, dssServer(() => empty(), { url })));
      expect(exit._tag).toBe("Failure");
      expect(shown).toContain("expected");
      expect(shown).not.toContain("c4nary");
    }));

  it.effect.each(["c4nary\nKeyQx7", "c4nary\u20acKeyQx7", " "])(
    "with a key that cannot be sent says no secret",
    (key) =>
      Effect.gen(function* () {
        for (
          const options of [{ credentials: { apiKey: Redacted.make(key) } }, { headers: { "x-y": Redacted.make(key) } }]
        ) {
          if (key === " " && "headers" in options) continue;
          const [exit, shown] = yield* shownBy(Effect.provide(Dss, dssServer(() => empty(), options)));
          expect(exit._tag).toBe("Failure");
          expect(shown).not.toContain("c4nary");
        }
      }),
  );

  it.effect("is a value that shows no secret", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      expect(inspect(dss, { depth: Infinity, showHidden: true })).not.toContain("c4nary");
      expect(JSON.stringify(dss)).not.toContain("c4nary");
    }).pipe(Effect.provide(dssServer(() => empty(), { credentials: { apiKey } }))));
});
