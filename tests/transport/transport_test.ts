import { describe, expect, it } from "@effect/vitest";
import { Effect, Redacted, Schema, Stream } from "effect";
import { type Credentials, del, Dss, get, path, post, put } from "../../mod.ts";
import { dssServer, empty, json, page, Received, type ServerOptions } from "../fixtures/dss_server.ts";

const Anything = Schema.Unknown;
const target = path`/projects/${"P"}/things/${"a b"}`;
const ok = (options?: ServerOptions) => dssServer(() => json({ ok: true }), options);

/** The headers of one request that is sent so. */
const headersOf = (options: ServerOptions, wrap: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    yield* wrap((yield* Dss).empty("X.y", get(target)));
    return (yield* Received).requests[0]!.headers;
  }).pipe(Effect.provide(ok(options)));
const asIs = <A>(a: A): A => a;

describe("what is sent", () => {
  it.effect("method, path and JSON body, below the prefix of the official client", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      yield* dss.empty("X.y", get(target));
      yield* dss.empty("X.y", post(target, { json: { name: "é", list: [1, null] } }));
      yield* dss.empty("X.y", put(target, { json: "text" }));
      yield* dss.empty("X.y", del(target));
      const { requests, lines } = yield* Received;
      expect(lines).toEqual(["GET", "POST", "PUT", "DELETE"].map((verb) => `${verb} /projects/P/things/a%20b`));
      expect(requests.map(({ body }) => body)).toEqual(["", '{"name":"é","list":[1,null]}', '"text"', ""]);
      expect(requests.map(({ headers }) => headers["content-type"])).toEqual([
        undefined,
        "application/json",
        "application/json",
        undefined,
      ]);
    }).pipe(Effect.provide(ok())));

  it.effect("a body that is no JSON is Invalid in one line, and not sent", () =>
    Effect.gen(function* () {
      const circle: Record<string, unknown> = {};
      circle.self = { circle };
      for (const json of [{ big: 1n }, circle]) {
        const error = yield* Effect.flip((yield* Dss).empty("X.y", post(target, { json })));
        expect(error.reason._tag).toBe("Invalid");
        expect(error.message).not.toContain("\n");
      }
      expect((yield* Received).requests).toHaveLength(0);
    }).pipe(Effect.provide(ok())));

  it.effect("compressed answers are asked for where a cut one is seen: in JSON alone", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      yield* dss.json("X.y", get(target), Anything);
      yield* dss.text("X.y", get(target));
      yield* dss.empty("X.y", put(target, { json: {} }));
      yield* Stream.runDrain(dss.stream("X.y", get(target)));
      const asked = (yield* Received).requests.map(({ headers }) => headers["accept-encoding"]);
      expect(asked).toEqual([undefined, "identity", "identity", "identity"]);
    }).pipe(Effect.provide(ok())));

  const authentications: ReadonlyArray<readonly [string, Credentials, Record<string, string>]> = [
    ["an API key as user name", { apiKey: Redacted.make("k") }, { authorization: `Basic ${btoa("k:")}` }],
    ["a bearer token", { bearerToken: Redacted.make("t") }, { authorization: "Bearer t" }],
    ["a ticket", { ticket: Redacted.make("t") }, { "x-dku-apiticket": "t" }],
  ];
  it.effect.each(authentications)("authenticates with %s", ([, credentials, expected]) =>
    Effect.gen(function* () {
      const headers = yield* headersOf({ credentials }, asIs);
      expect(headers).toMatchObject(expected);
      expect(["authorization", "x-dku-apiticket"].filter((name) => name in headers)).toEqual(Object.keys(expected));
    }));

  it.effect("extra headers, secret ones too", () =>
    Effect.gen(function* () {
      const headers = { "X-Gateway": "g", "X-Secret": Redacted.make("s"), "Authorization": "ignored" };
      const sent = yield* headersOf({ headers }, asIs);
      expect(sent).toMatchObject({ "x-gateway": "g", "x-secret": "s", "authorization": `Basic ${btoa("the-key:")}` });
    }));

  it.effect("acts for another user: for the connection, and for one effect", () =>
    Effect.gen(function* () {
      expect(yield* headersOf({ proxyUser: "maria" }, asIs)).toMatchObject({ "x-dku-proxyuser": "maria" });
      expect(yield* headersOf({ proxyUser: "maria" }, (_) => Dss.as(_, "li"))).toMatchObject({
        "x-dku-proxyuser": "li",
      });
      expect(yield* headersOf({}, (_) => Dss.as(_, "li"))).toMatchObject({ "x-dku-proxyuser": "li" });
      expect(yield* headersOf({}, asIs)).not.toHaveProperty("x-dku-proxyuser");
    }));

  it.effect("trace headers only when asked", () =>
    Effect.gen(function* () {
      expect(yield* headersOf({ traceHeaders: true }, asIs)).toHaveProperty("traceparent");
      expect(yield* headersOf({}, asIs)).not.toHaveProperty("traceparent");
    }));

  const urls = ["https://dss.test", "https://dss.test/", "https://dss.test//"];
  it.effect.each(urls)("the base URL %s", (url) =>
    Effect.gen(function* () {
      yield* (yield* Dss).empty("X.y", get(path`/futures/`));
      expect((yield* Received).lines).toEqual(["GET /futures/"]);
      expect((yield* Dss).instance).toBe("https://dss.test");
    }).pipe(Effect.provide(ok({ url }))));

  it.effect("a base URL with a path keeps it", () =>
    Effect.gen(function* () {
      yield* (yield* Dss).empty("X.y", get(path`/futures/`));
      expect((yield* Received).lines).toEqual(["GET /design/futures/"]);
    }).pipe(Effect.provide(ok({ url: "https://gateway.test/design/" }))));
});

describe("what comes back", () => {
  it.effect("text, nothing and JSON", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      expect(yield* dss.text("X.y", get(target))).toBe('{"ok":true}');
      expect(yield* dss.empty("X.y", get(target))).toBeUndefined();
      expect(yield* dss.json("X.y", get(target), Anything)).toEqual({ ok: true });
    }).pipe(Effect.provide(ok())));

  it.effect("an empty answer is nothing to `empty` and `text`, and unexpected to `json`", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      expect(yield* dss.empty("X.y", get(target))).toBeUndefined();
      expect(yield* dss.text("X.y", get(target))).toBe("");
      const { reason } = yield* Effect.flip(dss.json("X.y", get(target), Anything));
      expect(reason).toMatchObject({ _tag: "UnexpectedContent", found: "empty" });
    }).pipe(Effect.provide(dssServer(() => empty(204)))));

  it.effect("an HTML page with a success is unexpected to every verb, and not retried", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      for (
        const send of [
          dss.empty("X.y", get(target)),
          dss.text("X.y", get(target)),
          dss.json("X.y", get(target), Anything),
        ]
      ) {
        const { reason } = yield* Effect.flip(send);
        expect(reason).toMatchObject({ _tag: "UnexpectedContent", found: "html", detail: "Sign in" });
      }
      expect((yield* Received).requests).toHaveLength(3);
    }).pipe(Effect.provide(dssServer(() => page("Sign in")))));

  it.effect("the path of a field that does not fit", () =>
    Effect.gen(function* () {
      const schema = Schema.Array(Schema.Struct({ def: Schema.Struct({ id: Schema.String }) }));
      const error = yield* Effect.flip((yield* Dss).json("X.y", get(target), schema));
      expect(error.reason).toMatchObject({ _tag: "Undecodable", field: "[1].def.id" });
      expect(error.message).not.toContain("\n");
    }).pipe(Effect.provide(dssServer(() => json([{ def: { id: "a" } }, { def: { id: 7 } }])))));
});
