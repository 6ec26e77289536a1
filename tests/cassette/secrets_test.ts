/**
 * The table of secrets: encodings × places, for cassettes. That of errors is in `tests/transport/secrets_test.ts`.
 */
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "@effect/vitest";
import { Effect, Layer, Redacted, Stream } from "effect";
import { HttpClient, HttpServerResponse } from "effect/http";
import {
  type Cassette,
  Dataiku,
  Dss,
  type DssRequest,
  get,
  MessagingChannels,
  path,
  post,
  Recorder,
  Replay,
  slackChannel,
  Users,
} from "../../mod.ts";
import { archiveOf } from "../fixtures/archive.ts";
import { broken, empty, json, type Reply, scriptedClient, url } from "../fixtures/dss_server.ts";
import { encodings, secrets, strangers, traces } from "../fixtures/secret_encodings.ts";

type Program = Effect.Effect<unknown, unknown, Dss | MessagingChannels | Users>;

const key = "of-the-connection";
const replayed = { url, apiKey: Redacted.make(key), retry: { times: 0 } };

/** The cassette of a program. */
const recorded = (program: Program, reply: () => Reply, apiKey: string = key): Effect.Effect<Cassette> => {
  const layer = Dataiku.layerClient({ ...replayed, apiKey: Redacted.make(apiKey) }).pipe(
    Layer.provideMerge(Recorder.layer()),
    Layer.provide(Layer.succeed(HttpClient.HttpClient, scriptedClient(reply).client)),
  );
  return Effect.andThen(Effect.exit(program), Effect.flatMap(Recorder, ({ cassette }) => cassette)).pipe(
    Effect.provide(layer),
  ) as Effect.Effect<Cassette>;
};

/** A cassette as it is written, and what its Base64 stands for. */
const textOf = (cassette: Cassette): string => {
  const text = JSON.stringify(cassette);
  const bodies = cassette.exchanges.flatMap(({ request, answer }) => [request.body, answer?.body]);
  const bytes = bodies.flatMap((body) => body !== undefined && "base64" in body ? [atob(body.base64)] : []);
  return [text, ...bytes, ...bytes.map((one) => one.replaceAll("\0", ""))].join("\n");
};

const sent = (request: DssRequest): Program => Effect.flatMap(Dss, (dss) => dss.text("X.y", request));
const things = sent(get(path`/things/`));
const ways = Object.entries(encodings);
const bytes = (text: string) => new TextEncoder().encode(text);
const whole = (content: Uint8Array, headers: Readonly<Record<string, string>> = {}) =>
  HttpServerResponse.uint8Array(new Uint8Array(content), { headers });

const canUndo = (name: string): boolean => {
  try {
    return new DecompressionStream(name as CompressionFormat) !== undefined;
  } catch {
    return false;
  }
};

/** Where a secret may stand that the recorder knows, and the answer then. */
type Place = readonly [name: string, program: (written: string) => Program, reply?: (written: string) => Reply];

const ok = () => json({});

const places: ReadonlyArray<Place> = [
  ["an id of the path", (written) => sent(get(path`/things/${written}/of`))],
  ["a parameter", (written) => sent(get(path`/things/`, { query: { name: `a ${written}` } }))],
  ["JSON in a parameter", (written) => sent(get(path`/things/`, { query: { of: { json: { a: [written] } } } }))],
  ["what is sent", (written) => sent(post(path`/things/`, { json: { note: `a ${written}` } }))],
  ["the name of a field that is sent", (written) => sent(post(path`/things/`, { json: { [written]: 1 } }))],
  ["bytes that are sent", (written) => sent(post(path`/things/`, { content: bytes(`a ${written}`) }))],
  [
    "the name of a file",
    (written) =>
      sent(post(path`/things/`, { parts: [{ name: "file", fileName: `${written}.csv`, content: bytes("a") }] })),
  ],
  ["the name of a part", (written) => sent(post(path`/things/`, { parts: [{ name: written, content: bytes("a") }] }))],
  ["what is answered", () => things, (written) => json({ note: `a ${written}` })],
  ["the name of a field", () => things, (written) => json({ [written]: 1 })],
  ["JSON in JSON", () => things, (written) => json({ note: JSON.stringify({ a: written }) })],
  [
    "Base64 in JSON",
    () => things,
    (written) => json({ content: btoa(String.fromCharCode(...bytes(`a = ${written}`))) }),
  ],
  ["a text", () => things, (written) => HttpServerResponse.text(`line 1\na ${written}\n`)],
  [
    "a page",
    () => things,
    (written) => HttpServerResponse.text(`<html>${written}</html>`, { contentType: "text/html" }),
  ],
  ["half an answer", () => things, (written) =>
    HttpServerResponse.stream(
      Stream.concat(Stream.make(bytes(`{"a": "${written}`)), Stream.fromEffect(broken("ECONNRESET", "gone"))),
    )],
  [
    "an answer in gzip",
    () => things,
    (written) => whole(gzipSync(bytes(JSON.stringify({ a: written }))), { "content-encoding": "gzip" }),
  ],
  [
    "an answer in deflate",
    () => things,
    (written) => whole(deflateSync(bytes(written)), { "content-encoding": "deflate" }),
  ],
  [
    "an answer in bare deflate",
    () => things,
    (written) => whole(deflateRawSync(bytes(written)), { "content-encoding": "deflate" }),
  ],
  [
    "an answer in gzip in gzip",
    () => things,
    (written) => whole(gzipSync(gzipSync(bytes(written))), { "content-encoding": "gzip, gzip" }),
  ],
  [
    "an answer in br",
    () => things,
    (written) => whole(brotliCompressSync(bytes(written)), { "content-encoding": "br" }),
  ],
  ["bytes", () => things, (written) => whole(Uint8Array.from([255, 0, ...bytes(written), 254]))],
  [
    "UTF-16",
    () => things,
    (written) =>
      whole(
        Uint8Array.from([
          255,
          254,
          ...[...written].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8]),
        ]),
      ),
  ],
  ["the target of a redirect", () => things, (written) => empty(302, { location: `https://sso.test/${written}/` })],
  [
    "the name of a download",
    () => things,
    (written) => json({}, 200, { "content-disposition": `attachment; filename="${written}"` }),
  ],
  ["the runtime", () => things, (written) => broken("ECONNRESET", `lost at ${written}`)],
];

describe("no encoding of a key is on a cassette", () => {
  it.live.each(places)("in %s", ([where, program, reply = ok]) =>
    Effect.gen(function* () {
      for (const [at, secret] of secrets.entries()) {
        let seen = 0;
        for (const [name, write] of ways) {
          const written = write(secret);
          // No id holds such characters.
          if (where === "an id of the path" && written.includes("\0")) continue;
          const cassette = yield* recorded(program(written), () => reply(written), secret);
          expect(cassette.exchanges).toHaveLength(1);
          expect(traces(textOf(cassette), secret), `${name}: ${written}`).toEqual([]);
        }
        // A recorder that does not know it records it.
        for (const [, write] of ways.filter((_, nth) => nth % 6 === 0)) {
          const other = write(strangers[at]!);
          const control = yield* recorded(program(other), () => reply(other), secret);
          if (traces(textOf(control), strangers[at]!).length > 0) seen += 1;
        }
        if (where !== "an answer in br" || canUndo("brotli")) expect(seen).toBeGreaterThan(2);
      }
    }), 60_000);
});

describe("what is given as a secret is on no cassette", () => {
  const given: ReadonlyArray<readonly [name: string, program: (secret: string) => Program]> = [
    ["a hole of the path", (secret) => sent(get(path`/things/${Redacted.make(secret)}/of`))],
    ["a webhook", (secret) =>
      Effect.flatMap(
        MessagingChannels,
        (channels) => channels.create(slackChannel({ mode: "WEBHOOK", webhookUrl: Redacted.make(secret) } as never)),
      )],
    [
      "a password",
      (secret) =>
        Effect.flatMap(
          Users,
          (users) => users.create({ login: "a", password: Redacted.make(secret), userProfile: "READER" }),
        ),
    ],
  ];
  it.live.each(given)("as %s, nor what is answered of it", ([, program]) =>
    Effect.gen(function* () {
      for (const secret of secrets) {
        for (const [name, write] of ways) {
          const reply = () => json({ id: "a", type: "slack", note: `no ${write(secret)}` });
          const cassette = yield* recorded(program(secret), reply);
          expect(traces(textOf(cassette), secret), name).toEqual([]);
          // What was recorded is found again.
          const exit = yield* Effect.exit(
            program(secret).pipe(Effect.provide(
              Dataiku.layerClient(replayed).pipe(
                Layer.provide(Replay.client(cassette)),
              ),
            )),
          );
          expect(JSON.stringify(exit), name).not.toContain("is not on the cassette");
          expect(JSON.stringify(exit), name).not.toContain("with another body");
        }
      }
    }), 60_000);
});

describe("what nobody has told of is no secret less where its name tells", () => {
  const names = [
    ...["password", "passphrase", "apiKeys", "api_key", "APIKEY", "secretToken2", "db_password_old", "x-api-key"],
    ...[
      "clientSecret",
      "accessKey",
      "privateKeyPem",
      "oauthTokens",
      "Authorization",
      "adminAPIKey",
      "webhookUrl",
      "DB_PWD",
    ],
  ];
  const open = [
    "tokenEndpoint",
    "secretId",
    "passwordPolicy",
    "credentialsMode",
    "projectKey",
    "key",
    "tokenizer",
    "compass",
  ];
  const value = "StRaNgEr5PvHt81Kc2bf";
  const signed = [
    ...["X-Amz-Signature", "X-Amz-Security-Token", "X-Goog-Signature", "AWSAccessKeyId", "Signature", "sig", "token"],
    ...["code", "access_token", "apiKey"],
  ];
  type Written = readonly [name: string, write: (name: string, value: string) => Reply];
  const written: ReadonlyArray<Written> = [
    ["JSON", (name, value) => json({ of: { [name]: value } })],
    ["a list", (name, value) => json({ [name]: [value] })],
    ["a pair", (name, value) => json({ of: [{ name, value }] })],
    ["JSON in JSON", (name, value) => json({ of: JSON.stringify({ [name]: value }) })],
    ["Base64 in JSON", (name, value) => json({ of: btoa(JSON.stringify({ [name]: value })) })],
    ["half a JSON", (name, value) => HttpServerResponse.text(`{"${name}": "${value}`)],
    ["a text", (name, value) => HttpServerResponse.text(`${name} = ${value}\n`)],
    ["YAML", (name, value) => HttpServerResponse.text(`  ${name}: '${value}'\n`)],
    ["a command", (name, value) => HttpServerResponse.text(`run --${name}=${value} -x`)],
    ["gzip", (name, value) => whole(gzipSync(bytes(JSON.stringify({ [name]: value }))))],
    ["an archive", (name, value) => whole(archiveOf({ "a/b.json": JSON.stringify({ [name]: value }) }))],
    ["an archive in an archive", (name, value) => whole(gzipSync(archiveOf({ "a.properties": `${name}=${value}` })))],
  ];
  it.live.each(written)("in %s", ([, write]) =>
    Effect.gen(function* () {
      for (const name of names) {
        const cassette = yield* recorded(things, () => write(name, value));
        expect(traces(textOf(cassette), value), name).toEqual([]);
        expect(cassette.exchanges[0]?.answer?.body, name).not.toHaveProperty("base64");
      }
      for (const name of open) {
        const body = (yield* recorded(things, () => write(name, value))).exchanges[0]?.answer?.body ?? {};
        if ("base64" in body) continue;
        expect(JSON.stringify(body), name).not.toContain("<redacted>");
        expect(body, name).not.toHaveProperty("withheld");
      }
    }));

  it.live.each(signed)("in an address that is signed by %s", (name) =>
    Effect.gen(function* () {
      const address = `https://s3.test/a?a=b&${name}=${value}&c=d`;
      const cassettes = [
        yield* recorded(things, () => json({ url: address })),
        yield* recorded(things, () => HttpServerResponse.text(`see ${address}.`)),
        yield* recorded(things, () => json({ of: encodeURIComponent(address) })),
        yield* recorded(sent(get(path`/things/`, { query: { [name]: value, a: "b" } })), ok),
        yield* recorded(sent(get(path`/things/`, { query: { to: address } })), ok),
        yield* recorded(sent(post(path`/things/`, { json: { address } })), ok),
        yield* recorded(things, () => empty(302, { location: address })),
      ];
      for (const cassette of cassettes) expect(traces(textOf(cassette), value)).toEqual([]);
      expect(cassettes[0]!.exchanges[0]!.answer!.body).toEqual({
        json: { url: `https://s3.test/a?a=b&${name}=<redacted>&c=d` },
      });
    }));

  const addresses: ReadonlyArray<readonly [written: string, shown: string]> = [
    [`https://me:${value}@git.test/a.git`, "https://me:<redacted>@git.test/a.git"],
    [`https://${value}@git.test/a.git`, "https://<redacted>@git.test/a.git"],
    [`jdbc:postgresql://me:${value}@db.test:5432/a`, "jdbc:postgresql://me:<redacted>@db.test:5432/a"],
    [`me:${value}@db.test`, "me:<redacted>@db.test"],
    ["ssh://git@git.test/a.git", "ssh://git@git.test/a.git"],
    ["git@git.test:a/b.git", "git@git.test:a/b.git"],
    ["mailto:me@mail.test, me@mail.test", "mailto:me@mail.test, me@mail.test"],
  ];
  it.live.each(addresses)("in %s", ([written, shown]) =>
    Effect.gen(function* () {
      const answers = [() => json({ url: written }), () => HttpServerResponse.text(`see ${written}`)];
      for (const answer of answers) {
        const { answer: recordedAnswer } = (yield* recorded(things, answer)).exchanges[0]!;
        expect(JSON.stringify(recordedAnswer?.body)).toContain(shown);
      }
      const request = post(path`/git/${written}/x`, { json: { written }, query: { of: written } });
      const cassette = yield* recorded(sent(request), () => empty(302, { location: written }));
      expect(traces(textOf(cassette), value)).toEqual([]);
      const again = yield* Effect.exit(Effect.provide(
        sent(request),
        Dataiku.layerClient(replayed).pipe(Layer.provide(Replay.client(cassette))),
      ));
      expect(JSON.stringify(again)).toContain("redirect");
    }));
});

describe("what cannot be looked into is not recorded, and the cassette says why", () => {
  const zip = archiveOf({ "a.txt": "nothing of a secret" });
  const encrypted = zip.slice();
  const directory = encrypted.findIndex((_, at) =>
    encrypted[at] === 0x50 && encrypted[at + 1] === 0x4b && encrypted[at + 2] === 1
  );
  encrypted[directory + 8] = 1;
  const gzip = gzipSync(bytes("nothing of a secret ".repeat(100)));
  const begin = (...first: ReadonlyArray<number>) => Uint8Array.from([...first, ...bytes("what is this")]);
  const cannot = "so whether it holds a secret cannot be told";
  const cases: ReadonlyArray<readonly [name: string, reply: Reply, why: string]> = [
    [
      "an unknown encoding",
      whole(bytes("x"), { "content-encoding": "dcb" }),
      `it comes in the encoding dcb, which cannot be undone here, ${cannot}`,
    ],
    ["a broken gzip", whole(gzip.subarray(0, 30)), `its gzip is broken, ${cannot}`],
    ["half a zip", whole(zip.subarray(0, 40)), `its zip is not whole, ${cannot}`],
    ["an encrypted zip", whole(encrypted), `its zip is encrypted, ${cannot}`],
    [
      "xz",
      whole(begin(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)),
      `it is compressed as xz, which cannot be looked into here, ${cannot}`,
    ],
    [
      "zstd",
      whole(begin(0x28, 0xb5, 0x2f, 0xfd)),
      `it is compressed as zstd, which cannot be looked into here, ${cannot}`,
    ],
  ];
  const download = Effect.flatMap(Dss, (dss) => Stream.runDrain(dss.stream("X.y", get(path`/things/`))));
  it.live.each(cases)("as %s", ([, reply, why]) =>
    Effect.gen(function* () {
      const cassette = yield* recorded(download, () => reply);
      expect(cassette.exchanges[0]?.answer?.body).toEqual({ withheld: why });
      const again = yield* Effect.exit(
        Effect.provide(download, Dataiku.layerClient(replayed).pipe(Layer.provide(Replay.client(cassette)))),
      );
      expect(JSON.stringify(again)).toContain(`the answer to GET /things/ is not on the cassette: ${why}`);
    }));

  it.live("nor is an answer whose encoding is broken, beyond what was read of it", () =>
    Effect.gen(function* () {
      const half = () => whole(gzip.subarray(0, 30), { "content-encoding": "gzip" });
      const cassette = yield* recorded(download, half);
      expect(cassette.exchanges[0]?.answer).toMatchObject({ status: 200, cut: { name: expect.any(String) } });
      expect(cassette.exchanges[0]?.answer?.body).toEqual({ text: "nothing of a secret" });
      const replay = Dataiku.layerClient(replayed).pipe(Layer.provide(Replay.client(cassette)));
      expect(yield* Effect.flip(Effect.provide(download, replay))).toMatchObject({ reason: { _tag: "Truncated" } });
    }));

  it.live("while what can be is recorded as it was", () =>
    Effect.gen(function* () {
      for (const content of [zip, gzip, gzipSync(zip), Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 255, 0, 1])]) {
        const cassette = yield* recorded(download, () => whole(content));
        expect(cassette.exchanges[0]?.answer?.body).toEqual({ base64: btoa(String.fromCharCode(...content)) });
      }
    }));

  it.live("nor what holds a secret inside", () =>
    Effect.gen(function* () {
      for (const secret of secrets) {
        const contents = [zip, gzip].map((_, at) =>
          at === 0 ? archiveOf({ "a/b.txt": `a ${secret}` }) : gzipSync(bytes(`a ${secret}`))
        );
        for (const content of contents) {
          const cassette = yield* recorded(download, () => whole(content), secret);
          expect(cassette.exchanges[0]?.answer?.body).toEqual({
            withheld: "it holds a secret, and is no text that could be shown without it",
          });
        }
      }
    }));
});
