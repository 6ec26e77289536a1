/**
 * The table of secrets: encodings × places × outputs, for errors. That of cassettes is in `tests/cassette/secrets_test.ts`.
 */
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "@effect/vitest";
import { Effect, Redacted, Schema, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import {
  ApiInfras,
  Auth,
  CodeStudios,
  Connections,
  Dss,
  type DssRequest,
  get,
  GlobalApiKeys,
  Instance,
  MessagingChannels,
  path,
  Plugins,
  post,
  put,
  Secrets,
  slackChannel,
  Users,
} from "../../mod.ts";
import { startFuture } from "../../src/operation/started_future.ts";
import { addApiNode } from "../../services/deploy/api_infras.ts";
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
import { outputsOf, shownBy } from "../fixtures/everything_shown.ts";
import { encodings, secrets, strangers, traces } from "../fixtures/secret_encodings.ts";
import { during } from "../fixtures/virtual_time.ts";
import { inspect } from "node:util";

const html = (body: string, status: number) => HttpServerResponse.text(body, { status, contentType: "text/html" });
const text = (body: string, status = 200) => HttpServerResponse.text(body, { status });
const far = (padding: number, secret: string) => `${"x".repeat(padding)} ${secret}`;
const bytes = (content: Uint8Array, headers: Readonly<Record<string, string>>) =>
  HttpServerResponse.uint8Array(new Uint8Array(content), { status: 500, headers, contentType: "application/json" });
const said = (secret: string) => new TextEncoder().encode(JSON.stringify({ errorType: "x", message: `no ${secret}` }));
const messages = (secret: string) => ({
  error: true,
  messages: [{ severity: "ERROR", message: `no ${secret}`, details: secret }],
});

const unnamed = (body: string) => HttpServerResponse.uint8Array(new TextEncoder().encode(body));

/** Where a server or a runtime may repeat a secret, and who asks. */
type Echo = readonly [name: string, reply: (secret: string) => Reply, ask?: (dss: Dss, request: DssRequest) => Ask];
type Ask = Effect.Effect<unknown, unknown, CodeStudios | Plugins | Users>;

const Answer = Schema.Struct({
  ok: Schema.Boolean,
  by: Schema.optionalKey(Schema.Record(Schema.String, Schema.Number)),
});
const stream: Echo[2] = (dss, request) => Stream.runDrain(dss.stream("X.y", request));
/** Whether this runtime reads what comes in this encoding. */
const canUndoBr = (() => {
  try {
    return new DecompressionStream("brotli" as CompressionFormat) !== undefined;
  } catch {
    return false;
  }
})();

const decoded: Echo[2] = (dss, request) => dss.json("X.y", request, Answer);

const echoes: ReadonlyArray<Echo> = [
  ["the message of an error", (key) => failure(500, "java.lang.Exception", `Unknown key ${key} given`)],
  ["the class of an error", (key) => failure(401, `com.dataiku.${key}Exception`, "no")],
  ["the details of an error", (key) => json({ message: "no", of: [{ at: `at ${key}` }] }, 500)],
  ["a name in the details of an error", (key) => json({ message: "no", of: [{ [key]: 1 }] }, 500)],
  ["a plain error", (key) => text(`no right for ${key}`, 403)],
  ["a long error, where it is cut", (key) => text(far(460, key), 400)],
  ["the page of an error", (key) => page(`502 ${key}`, 502)],
  ["the words of a page", (key) => html(`<html><body><h1>no</h1><p class="x">${key}</p></body></html>`, 404)],
  ["the page of a success", (key) => page(`Sign in ${key}`)],
  ["the page of a success, as a stream", (key) => unnamed(`<!doctype html><title>Sign in ${key}</title>`), stream],
  ["a success that is no JSON", (key) => text(`what ${key}`), decoded],
  ["a success that is no JSON, where it is cut", (key) => text(far(160, key)), decoded],
  ["the name of a field that does not fit", (key) => json({ ok: true, by: { [key]: key } }), decoded],
  ["the target of a redirect", (key) => empty(302, { location: `https://sso.test/${key}/` })],
  ["the runtime", (key) => broken("ECONNRESET", `reset while sending ${key}`)],
  ["the runtime, where it is cut", (key) => broken("?", far(160, key))],
  ["the runtime, in the body", (key) => streamed(Stream.concat(Stream.make("{"), Stream.fromEffect(broken("?", key))))],
  ["what is said of a part", (key) => json({}, 206, { "content-range": `bytes ${key}` })],
  ["the name of an encoding", (key) => json({}, 200, { "content-encoding": key })],
  ["an error in gzip", (key) => bytes(gzipSync(said(key)), { "content-encoding": "gzip" })],
  ["an error in deflate", (key) => bytes(deflateSync(said(key)), { "content-encoding": "deflate" })],
  ["an error in br", (key) => bytes(brotliCompressSync(said(key)), { "content-encoding": "br" })],
  [
    "the messages of a success",
    (key) => json(messages(key)),
    () => Effect.flatMap(CodeStudios, (studios) => studios.create("SALES", "a", "b")),
  ],
  [
    "the messages of a task",
    (key) => json({ hasResult: true, result: { messages: messages(key) } }),
    () => Effect.flatMap(Plugins, (plugins) => plugins.installFromStore("x")),
  ],
  [
    "what a task fails with",
    (key) => json({ hasResult: true, result: { success: false, ...messages(key) } }),
    () => Effect.flatMap(Plugins, (plugins) => plugins.installFromStore("x")),
  ],
  [
    "the outcomes of many",
    (key) => json([{ login: "a", status: "FAILURE", error: `no ${key}` }]),
    () => Effect.flatMap(Users, (users) => users.deleteAll(["a"])),
  ],
];

const things = get(path`/things/${"a"}`);
const ways = Object.entries(encodings);

/** The outputs of a failing call that show a secret. */
const showing = <R>(call: Effect.Effect<unknown, unknown, R>, secret: string) =>
  Effect.map(outputsOf(call), ([exit, outputs]): ReadonlyArray<string> => {
    expect(exit._tag).toBe("Failure");
    return Object.keys(outputs).filter((output) => traces(outputs[output]!, secret).length > 0);
  });

describe("no encoding of a key is shown, wherever it comes back", () => {
  it.live.each(echoes)(
    "in %s",
    ([where, reply, ask = (dss, request) => dss.text("X.y", request)]) =>
      Effect.gen(function* () {
        for (const [at, key] of secrets.entries()) {
          let written = "";
          const stranger = strangers[at]!;
          const table = Effect.gen(function* () {
            const call = ask(yield* Dss, things);
            let seen = 0;
            for (const [name, write] of ways) {
              written = write(key);
              expect(traces(written, key), name).not.toEqual([]);
              expect(yield* showing(call, key), `${name}: ${written}`).toEqual([]);
            }
            // The same of a secret that the call does not know: what the table looks at would show it.
            for (const [, write] of ways.filter((_, nth) => nth % 6 === 0)) {
              written = write(stranger);
              if ((yield* showing(call, stranger)).length > 0) seen += 1;
            }
            if (where !== "an error in br" || canUndoBr) expect(seen).toBeGreaterThan(3);
          });
          const credentials = { apiKey: Redacted.make(key) };
          yield* Effect.provide(table, dssServer(() => reply(written), { retry: { times: 0 }, credentials }));
        }
      }),
    60_000,
  );
});

describe("nor what an answer holds that no error shows, whoever knows it", () => {
  const unseen: ReadonlyArray<readonly [name: string, reply: (secret: string) => Reply]> = [
    ["half of a JSON", (key) => text(`{"key": "${key}`)],
    ["a field that does not fit", (key) => json({ ok: { key }, by: key })],
    ["a text in the place of a number", (key) => json({ ok: true, by: { a: key } })],
    ["the query of a redirect", (key) => empty(302, { location: `https://sso.test/?key=${encodeURIComponent(key)}` })],
    ["Retry-After", (key) => empty(429, { "retry-after": key })],
  ];
  it.live.each(unseen)("in %s", ([, reply]) =>
    Effect.gen(function* () {
      for (const secret of [...secrets, ...strangers]) {
        const call = Effect.flatMap(Dss, (dss) => dss.json("X.y", things, Answer));
        const server = dssServer(() => reply(secret), { retry: { times: 0 } });
        expect(yield* Effect.provide(showing(call, secret), server)).toEqual([]);
      }
    }));
});

describe("whatever was given as a secret, or lies in a place of one, is not shown when it comes back", () => {
  type Given = readonly [
    name: string,
    call: (secret: string) => Effect.Effect<unknown, unknown, Calls>,
    options?: (secret: string) => ServerOptions,
  ];
  type Calls =
    | ApiInfras
    | Auth
    | Connections
    | Dss
    | GlobalApiKeys
    | Instance
    | MessagingChannels
    | Plugins
    | Secrets
    | Users;
  const sent = (request: DssRequest) => Effect.flatMap(Dss, (dss) => dss.empty("X.y", request));
  const body = (json: (secret: string) => unknown): Given[1] => (secret) =>
    sent(put(path`/things/`, { json: json(secret) }));
  const asked = () => sent(things);

  /** How a call comes to know a secret. */
  const given: ReadonlyArray<Given> = [
    ["a bearer token", asked, (secret) => ({ credentials: { bearerToken: Redacted.make(secret) } })],
    ["a ticket", asked, (secret) => ({ credentials: { ticket: Redacted.make(secret) } })],
    ["a header", asked, (secret) => ({ headers: { "x-gateway": Redacted.make(secret) } })],
    ["a header that was not redacted", asked, (secret) => ({ headers: { "x-api-key": secret } })],
    ["a hole of the path", (secret) => sent(get(path`/admin/globalAPIKeys/${Redacted.make(secret)}`))],
    [
      "a hole of a service",
      (secret) => Effect.flatMap(GlobalApiKeys, (keys) => keys.getBySecret(Redacted.make(secret))),
    ],
    ["a parameter", (token) => sent(get(path`/things/`, { query: { token } }))],
    ["JSON in a parameter", (password) => sent(get(path`/things/`, { query: { of: { json: { password } } } }))],
    [
      "JSON in a form",
      (password) => sent(post(path`/things/`, { parts: [{ name: "a", content: { json: { password } } }] })),
    ],
    ["a password", body((password) => ({ password }))],
    ["a password, deep inside", body((password) => ({ a: [{ b: { db_password_old: password } }] }))],
    ["keys in a list", body((key) => ({ apiKeys: [key] }))],
    ["tokens by name", body((token) => ({ tokens: { ofSomebody: token } }))],
    ["a numbered name", body((secretToken2) => ({ secretToken2 }))],
    ["a pair", body((value) => ({ properties: [{ name: "db.password", value }] }))],
    ["a marked pair", body((value) => ({ properties: [{ key: "x", value, secret: true }] }))],
    ["JSON as text", body((private_key) => ({ content: JSON.stringify({ private_key }) }))],
    ["a git URL", body((secret) => ({ remote: `https://git:${encodeURIComponent(secret)}@git.test/a.git` }))],
    ["a token in a git URL", body((secret) => ({ remote: `https://${encodeURIComponent(secret)}@git.test/a.git` }))],
    [
      "a signed address",
      body((secret) => ({ url: `https://s3.test/a?X-Amz-Signature=${encodeURIComponent(secret)}` })),
    ],
    ["a webhook in settings", body((webhookUrl) => ({ messaging: { configuration: { webhookUrl } } }))],
    ["a webhook", (secret) =>
      Effect.flatMap(
        MessagingChannels,
        (channels) => channels.create(slackChannel({ mode: "WEBHOOK", webhookUrl: Redacted.make(secret) } as never)),
      )],
    [
      "the parameters of a connection",
      (secret) => Effect.flatMap(Connections, (all) => all.create("a", "X", { params: { custom: { of: secret } } })),
    ],
    [
      "a licence",
      (secret) => Effect.flatMap(Instance, (instance) => instance.setLicense(Redacted.make({ any: [{ of: secret }] }))),
    ],
    ["a secret", (secret) => Effect.flatMap(Secrets, (all) => all.createLocal("a", Redacted.make(secret)))],
    ["a new value", (secret) => Effect.flatMap(Secrets, (all) => all.updateValue("a", Redacted.make(secret)))],
    [
      "the password of a user",
      (secret) =>
        Effect.flatMap(
          Users,
          (users) => users.create({ login: "a", password: Redacted.make(secret), userProfile: "READER" }),
        ),
    ],
    [
      "a cookie",
      (secret) =>
        Effect.flatMap(
          Auth,
          (auth) => auth.infoFromBrowserHeaders({ Cookie: `sid=${encodeURIComponent(secret)}; a=b` }),
        ),
    ],
    [
      "an authorization",
      (secret) => Effect.flatMap(Auth, (auth) => auth.infoFromBrowserHeaders({ Authorization: `Bearer ${secret}` })),
    ],
  ];

  it.live.each(given)("as %s", ([, call, options]) =>
    Effect.gen(function* () {
      for (const [at, secret] of secrets.entries()) {
        let written = "";
        const server = (known: string) =>
          dssServer(() => failure(500, "x", `what ${written} is`), { retry: { times: 0 }, ...options?.(known) });
        const table = Effect.gen(function* () {
          for (const [name, write] of ways) {
            written = write(secret);
            expect(traces(written, secret), name).not.toEqual([]);
            expect(yield* showing(call(secret), secret), `${name}: ${written}`).toEqual([]);
          }
        });
        yield* Effect.provide(table, server(secret));
        // A call that was given another one shows it.
        const control = yield* Effect.provide(showing(call(strangers[at]!), secret), server(strangers[at]!));
        expect(control).toEqual(
          expect.arrayContaining(["message", "json", "inspect", "Cause.pretty", "spans", "logs"]),
        );
      }
    }), 60_000);

  it.live("as what the settings of an infrastructure hold, also in what follows", () =>
    Effect.gen(function* () {
      for (const secret of secrets) {
        for (const [name, write] of ways) {
          const [exit, shown] = yield* Effect.flatMap(ApiInfras, (infras) =>
            shownBy(infras.updateSettings("a", addApiNode("https://a.test", Redacted.make(secret))))).pipe(
              Effect.provide(dssServer(({ method }) =>
                method === "GET" ? json({ id: "a", apiNodes: [] }) : failure(500, "x", `no ${write(secret)}`), {
                retry: { times: 0 },
              })),
            );
          expect(exit._tag).toBe("Failure");
          expect(traces(shown, secret), name).toEqual([]);
        }
      }
    }), 60_000);

  it.effect("as what started a task, in what its looks say", () =>
    Effect.gen(function* () {
      for (const secret of secrets) {
        for (const [name, write] of ways) {
          const [exit, shown] = yield* during(
            "1 hour",
            Effect.gen(function* () {
              const dss = yield* Dss;
              const request = post(path`/things/`, { json: { password: secret } });
              return yield* shownBy(
                Effect.flatMap(
                  startFuture(dss, { method: "X.y", request, result: Schema.Unknown }),
                  ({ result }) => result,
                ),
              );
            }).pipe(
              Effect.provide(dssServer(({ method }) =>
                method === "GET"
                  ? failure(500, "com.dataiku.IllegalArgumentException", `no ${write(secret)}`)
                  : json({ jobId: "f", alive: true }), { retry: { times: 0 } })),
            ),
          );
          expect(exit._tag).toBe("Failure");
          expect(traces(shown, secret), name).toEqual([]);
        }
      }
    }), 60_000);
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
