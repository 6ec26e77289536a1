import { describe, expect, it } from "@effect/vitest";
import { Effect, Exit, Layer, Redacted, Stream } from "effect";
import { HttpClient, HttpServerResponse } from "effect/http";
import {
  buildJob,
  type Cassette,
  Dataiku,
  Dss,
  type DssError,
  get,
  GlobalApiKeys,
  Instance,
  Jobs,
  type Path,
  path,
  post,
  Projects,
  readCassette,
  Recorder,
  Replay,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { broken, empty, json, page, type Reply, scriptedClient, streamed, url } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const key = "CANARYkey7Qx";

const connection = { url, apiKey: Redacted.make(key), retry: { times: 0 } };

/** What a program comes to, which is recorded, and the cassette. */
const recorded = <A, E, R>(
  client: HttpClient.HttpClient,
  program: Effect.Effect<A, E, R>,
  options: Parameters<typeof Dataiku.layerClient>[0] = connection,
) => {
  const layer = Dataiku.layerClient(options).pipe(
    Layer.provideMerge(Recorder.layer({ secrets: [Redacted.make("CANARYextra")] })),
    Layer.provide(Layer.succeed(HttpClient.HttpClient, client)),
  );
  return Effect.gen(function* () {
    const exit = yield* Effect.exit(program);
    return [exit, yield* Effect.flatMap(Recorder, ({ cassette }) => cassette)] as const;
  }).pipe(Effect.provide(layer));
};

/** The cassette as another program reads it. */
const reread = (cassette: Cassette) => readCassette(JSON.stringify(cassette));

/** What a program comes to on a DSS that answers so, and on the cassette of it. */
const bothWays = <A>(reply: Reply, program: Effect.Effect<A, DssError, Dss>) =>
  during(
    "1 hour",
    Effect.gen(function* () {
      const [first, cassette] = yield* recorded(scriptedClient(() => reply).client, program);
      const replay = Replay.layer(yield* reread(cassette), { retry: { times: 0 } });
      const again = yield* Effect.exit(Effect.provide(program, replay));
      return { first, again, exchanges: cassette.exchanges };
    }),
  );

const text = Effect.flatMap(Dss, (dss) => dss.text("Things.get", get(path`/things/${"a b"}`, { query: { n: 1 } })));

const allBytes = Effect.flatMap(Dss, (dss) =>
  Effect.map(
    Stream.runCollect(dss.stream("Things.get", get(path`/things/`))),
    (pieces) => pieces.flatMap((piece) => [...piece]),
  ));

const wordsOf = (exit: Exit.Exit<unknown, DssError>) =>
  Exit.isFailure(exit)
    ? exit.cause.reasons.map((reason) => reason._tag === "Fail" ? reason.error.reason.message : reason._tag)
    : "succeeded";

describe("what is recorded on the embedded DSS", () => {
  const program = Effect.gen(function* () {
    const projects = yield* Projects;
    const jobs = yield* Jobs;
    const keys = yield* projects.keys();
    const missing = yield* Effect.flip(jobs.get("SALES", "no_such_job"));
    const built = yield* jobs.run("SALES", buildJob("customers_prepared"));
    const log = yield* jobs.log("SALES", built.baseStatus.def.id);
    return { keys, missing: missing.message, built, log };
  });

  it.effect("comes again, with its polls, failures and texts", () =>
    during(
      "1 hour",
      Effect.gen(function* () {
        const simulator = yield* Simulator.make();
        yield* simulator.inject("unavailable");
        const { url, apiKey, client } = simulator;
        const [first, cassette] = yield* recorded(client, program, { url, apiKey });
        expect(cassette.dssVersion).toBe("14.4.1");
        expect(cassette.exchanges.map(({ answer }) => answer?.status).slice(0, 3)).toEqual([503, 200, 500]);
        const before = (yield* simulator.received).length;
        const again = yield* Effect.exit(Effect.provide(program, Replay.layer(yield* reread(cassette))));
        expect(first._tag).toBe("Success");
        expect(again).toEqual(first);
        expect((yield* simulator.received).length).toBe(before);
      }),
    ));

  it.effect("starts from its beginning wherever it is provided", () =>
    Effect.gen(function* () {
      const { url, apiKey, client } = yield* Simulator.make();
      const keys = Effect.flatMap(Projects, (projects) => projects.keys());
      const [, cassette] = yield* recorded(client, keys, { url, apiKey });
      const replay = Replay.layer(cassette);
      const [one, other] = yield* Effect.all([Effect.provide(keys, replay), Effect.provide(keys, replay)]);
      expect(one).toContain("SALES");
      expect(other).toEqual(one);
    }));
});

describe("an answer comes again as it was", () => {
  const binary = new Uint8Array([0, 255, 128, 10, 0, 195]);
  it.effect("when it is binary", () =>
    Effect.gen(function* () {
      const { first, again, exchanges } = yield* bothWays(HttpServerResponse.uint8Array(binary), allBytes);
      expect(first).toEqual(Exit.succeed([...binary]));
      expect(again).toEqual(first);
      expect(exchanges[0]?.answer?.body).toEqual({ base64: btoa(String.fromCharCode(...binary)) });
    }));

  const contents: ReadonlyArray<readonly [string, string, string]> = [
    ["JSON", `{"b":[1,null],"a":"é"}`, "json"],
    ["JSON with white space", `{ "b" : 1 }`, "text"],
    ["JSON with numbers that JavaScript writes otherwise", `[1.0,1e3]`, "text"],
    ["JSON with long numbers", `{"id":12345678901234567890}`, "json"],
    ["JSON with a key twice", `{"a":1,"a":2}`, "text"],
    ["text", "line 1\r\nline 2\n", "text"],
    ["nothing", "", "none"],
    ["text that begins with a mark of its order", "\ufeffa", "text"],
  ];
  it.effect.each(contents)("when it is %s", ([, sent, form]) =>
    Effect.gen(function* () {
      const { first, again, exchanges } = yield* bothWays(streamed(Stream.make(sent)), text);
      expect(first).toEqual(Exit.succeed(new TextDecoder().decode(new TextEncoder().encode(sent))));
      expect(again).toEqual(first);
      expect(Object.keys(exchanges[0]?.answer?.body ?? { none: true })).toEqual([form]);
      expect(exchanges[0]?.request).toEqual({ method: "GET", target: "/things/a%20b?n=1" });
    }));

  it.effect("when it is nothing, and says so", () =>
    Effect.gen(function* () {
      const { first, again, exchanges } = yield* bothWays(empty(200, { "content-length": "0" }), text);
      expect(first).toEqual(Exit.succeed(""));
      expect(again).toEqual(first);
      expect(exchanges[0]?.answer).toEqual({ status: 200, headers: {} });
    }));

  const failures: ReadonlyArray<readonly [string, Reply, string]> = [
    ["a refusal", json({ errorType: "java.X", message: "no" }, 400), "DSS answered 400"],
    ["a page", page("Sign in"), "HTML page (Sign in)"],
    ["a redirect", empty(302, { location: "https://sso.test/login?ticket=CANARYt" }), "redirect to https://sso.test"],
    ["a refused connection", broken("ECONNREFUSED", "nobody there"), "cannot be reached"],
    ["a broken connection", broken("ECONNRESET", `reset by https://${key}.test/`), "cannot be reached"],
    [
      "a body that breaks off",
      streamed(Stream.concat(Stream.make("half"), Stream.fromEffect(broken("ECONNRESET", "gone")))),
      "broke off before its end (gone)",
    ],
    [
      "a body that is shorter than promised",
      streamed(Stream.make("half"), { "content-length": "10" }),
      "4 of 10 bytes",
    ],
    ["no answer in time", Effect.never, "No complete answer within 30s"],
    ["a body that does not end", streamed(Stream.concat(Stream.make("half"), Stream.never)), "No complete answer"],
  ];
  it.effect.each(failures)("when it is %s", ([, reply, says]) =>
    Effect.gen(function* () {
      const { first, again, exchanges } = yield* bothWays(reply, text);
      expect(wordsOf(first)).toEqual([expect.stringContaining(says)]);
      const here = JSON.stringify(wordsOf(first)).replaceAll(url, "http://dss.replay").replace(
        "(reset by)",
        "(reset by <address>)",
      );
      expect(JSON.stringify(wordsOf(again))).toBe(here);
      expect(exchanges).toHaveLength(1);
      expect(JSON.stringify(exchanges)).not.toContain("CANARY");
    }));

  it.effect("as far as it was read", () =>
    Effect.gen(function* () {
      const one = Effect.flatMap(Dss, (dss) => Stream.runCollect(Stream.take(dss.stream("A.b", get(path`/log`)), 1)));
      const { first, again, exchanges } = yield* bothWays(streamed(Stream.make("one", "two", "three")), one);
      expect(again).toEqual(first);
      expect(exchanges[0]?.answer).toMatchObject({ body: { text: "one" }, cut: "not read further" });
    }));
});

describe("a cassette holds no secret", () => {
  const secrets = {
    password: "CANARYpassword",
    clientSecret: "CANARYs",
    nested: [{ apiKey: "CANARY1", refreshToken: "CANARY2" }],
    secrets: [{ name: "of mine", value: "CANARY3" }],
    properties: [{ key: "x", value: "CANARY4", secret: true }, { name: "db.password", value: "CANARY5" }],
    triggerAuthCtx: { any: { thing: "CANARY6" } },
    note: `the key is ${key}, "password": "CANARY7 and more", token=CANARY8 Authorization: Bearer CANARY9`,
    extra: "see CANARYextra",
    gateway: "CANARYgateway is asked",
  };
  const plain = {
    properties: [{ key: "x", value: "seen" }],
    name: "seen",
    tokenEndpoint: "https://seen.test",
    token: "",
  };
  const sends = Effect.flatMap(
    Dss,
    (dss) =>
      dss.text("A.b", post(path`/things/${key}`, { json: { ...secrets, ...plain }, query: { token: "CANARYquery" } })),
  );
  const options = { ...connection, headers: { "x-gateway": Redacted.make("CANARYgateway") } };
  const headers = { "set-cookie": "sid=CANARYcookie", "x-other": key, "content-type": "application/json" };

  it.effect("in what is sent and answered", () =>
    Effect.gen(function* () {
      const { client } = scriptedClient(() => json({ ...secrets, again: "the CANARYpassword", plain }, 200, headers));
      const [exit, cassette] = yield* recorded(client, sends, options);
      expect(exit._tag).toBe("Success");
      const shown = JSON.stringify(cassette);
      expect(shown).not.toContain("CANARY");
      const [{ request, answer }] = cassette.exchanges as [Cassette["exchanges"][0]];
      expect(request.target).toBe("/things/<redacted>?token=<redacted>");
      expect(request.body).toMatchObject({ json: { ...plain, password: "<redacted>" } });
      expect(answer?.body).toMatchObject({
        json: { plain, again: "the <redacted>", note: expect.stringContaining("the key is") },
      });
      expect(Object.keys(answer?.headers ?? {})).toEqual(["content-type"]);

      const again = yield* Effect.exit(
        Effect.provide(
          sends,
          Layer.provide(Dss.layer(options), Replay.client(cassette, { secrets: [Redacted.make("CANARYextra")] })),
        ),
      );
      expect(again._tag).toBe("Success");
    }));

  it.effect("in what breaks off, in bytes, and in a failure", () =>
    Effect.gen(function* () {
      const half = streamed(Stream.make(`{"password": "CANARYa b`));
      const bytes = HttpServerResponse.uint8Array(Uint8Array.from([255, ...new TextEncoder().encode(key)]));
      for (const reply of [half, bytes, broken("ECONNRESET", `lost while sending ${key}`)]) {
        const [, cassette] = yield* recorded(scriptedClient(() => reply).client, allBytes);
        expect(cassette.exchanges).toHaveLength(1);
        expect(JSON.stringify(cassette)).not.toContain("CANARY");
      }
    }));

  it.effect("nor anything of a connection's parameters, whose words are found elsewhere", () =>
    Effect.gen(function* () {
      const params = { host: "CANARYhost", db: "analytics", password: "CANARYpassword" };
      const { client } = scriptedClient(({ target }) =>
        json(target === "/connections/pg/info" ? { params } : { id: "ok" })
      );
      const ask = (at: Path) => Effect.flatMap(Dss, (dss) => dss.text("A.b", get(at)));
      const program = Effect.andThen(ask(path`/connections/pg/info`), ask(path`/projects/${"ANALYTICS"}/`));
      const [, cassette] = yield* recorded(client, program);
      expect(JSON.stringify(cassette)).not.toMatch(/CANARY|"analytics"/);
      expect(cassette.exchanges[1]?.request.target).toBe("/projects/ANALYTICS/");
      expect(yield* Effect.provide(program, Replay.layer(cassette))).toBe(`{"id":"ok"}`);
    }));

  it.effect("nor a licence", () =>
    Effect.gen(function* () {
      const license = Redacted.make({ any: { of: ["CANARYl"] }, signature: "CANARYsignature" });
      const set = Effect.flatMap(Instance, (instance) => instance.setLicense(license));
      const [exit, cassette] = yield* recorded(scriptedClient(() => json({})).client, set);
      expect(exit._tag).toBe("Success");
      expect(cassette.exchanges).toHaveLength(1);
      expect(JSON.stringify(cassette)).not.toContain("CANARY");
    }));

  it.effect("of the keys that DSS gives, wherever they come again", () =>
    Effect.gen(function* () {
      const { url, apiKey, client } = yield* Simulator.make();
      let secret = "";
      const program = Effect.gen(function* () {
        const keys = yield* GlobalApiKeys;
        const created = yield* keys.create({ label: "of a test" });
        secret = Redacted.value(created.key);
        return (yield* keys.getBySecret(created.key)).label;
      });
      const [exit, cassette] = yield* recorded(client, program, { url, apiKey });
      expect(exit).toEqual(Exit.succeed("of a test"));
      const original = secret;
      expect(original.length).toBeGreaterThan(8);
      expect(JSON.stringify(cassette)).not.toContain(original);
      expect(yield* Effect.provide(program, Replay.layer(cassette))).toBe("of a test");
      expect(secret).toBe("<redacted>");
    }));
});

describe("a request that is not on the cassette", () => {
  const thing = (n: number) =>
    Effect.flatMap(Dss, (dss) => dss.text("A.b", post(path`/things/`, { json: { n }, starts: true })));
  const missing = <A>(program: Effect.Effect<A, DssError, Dss>, cassette: Cassette) =>
    Effect.map(Effect.flip(Effect.provide(program, Replay.layer(cassette))), (error) => error.message);

  it.effect("fails at once, with one sentence that says what is missing", () =>
    Effect.gen(function* () {
      const [, cassette] = yield* recorded(scriptedClient(() => json(1)).client, thing(1));
      expect(yield* missing(text, cassette)).toBe(
        "Things.get: Not sent (GET /things/a%20b?n=1 is not on the cassette)",
      );
      expect(yield* missing(thing(2), cassette)).toBe(
        "A.b: Not sent (POST /things/ is on the cassette, but with another body or for another user)",
      );
      expect(yield* missing(Dss.as(thing(1), "maria"), cassette)).toContain("or for another user");
      expect(yield* missing(Effect.andThen(thing(1), thing(1)), cassette)).toBe(
        "A.b: Not sent (POST /things/ is on the cassette, but was asked more often than it was recorded)",
      );
    }));

  it.effect("is also one whose upload differs", () =>
    Effect.gen(function* () {
      const upload = (content: string) =>
        Effect.flatMap(Dss, (dss) =>
          dss.text(
            "A.b",
            post(path`/files`, { parts: [{ name: "file", content: new Blob([content]), fileName: "a.csv" }] }),
          ));
      const [, cassette] = yield* recorded(
        scriptedClient(() => json(1)).client,
        upload("one"),
      );
      expect(cassette.exchanges[0]?.request.body).toMatchObject({
        parts: [{ name: "file", fileName: "a.csv", size: 3 }],
      });
      expect(yield* Effect.provide(upload("one"), Replay.layer(cassette))).toBe("1");
      expect(yield* missing(upload("two"), cassette)).toContain("with another body");
    }));
});

it.effect("what is no cassette is said so", () =>
  Effect.gen(function* () {
    const wrong: ReadonlyArray<readonly [string, string]> = [
      [`{"version": 2, "exchanges": []}`, "version"],
      [`{"version": 1, "exchanges": [{"request": {"method": "GET"}}]}`, "exchanges[0]"],
      ["[]", ""],
      ["{", "it is not JSON"],
    ];
    for (const [value, says] of wrong) {
      const { message } = yield* Effect.flip(readCassette(value));
      expect(message.startsWith(`This is not a cassette of version 1: ${says}`), message).toBe(true);
    }
  }));
