import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@effect/vitest";
import { ConfigProvider, Effect, Layer, Redacted, type Scope } from "effect";
import { Dataiku, Dss, findConnection, type FindConnectionOptions, Futures } from "../../mod.ts";
import { shownBy } from "../fixtures/everything_shown.ts";

const key = "c4naryKeyQx7";
const otherKey = "c4naryOther9";

const noTicket = "DKU_API_TICKET is not set";

/** The path of a config file that holds this, in a folder that goes away with the test. */
const file = (content: unknown): Effect.Effect<string, never, Scope.Scope> =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), "dataiku-"))),
      (folder) => Effect.promise(() => rm(folder, { recursive: true })),
    );
    const path = join(folder, "config.json");
    const text = typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content);
    yield* Effect.promise(() => writeFile(path, text));
    return path;
  });

const two = {
  dss_instances: {
    design: { url: "https://design.test", api_key: key },
    automation: { url: "https://automation.test", api_key: otherKey, no_check_certificate: false },
    unchecked: { url: "https://unchecked.test", api_key: key, no_check_certificate: true },
  },
  default_instance: "design",
};

const find = (env: Readonly<Record<string, string>>, options?: FindConnectionOptions) =>
  Effect.map(
    findConnection(options),
    ({ url, tried: _, ...credentials }) =>
      "apiKey" in credentials
        ? [url, Redacted.value(credentials.apiKey)]
        : "ticket" in credentials
        ? [url, "Ticket", Redacted.value(credentials.ticket)]
        : [url, "Bearer", Redacted.value(credentials.bearerToken)],
  ).pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env, preserveEmptyStrings: true }))));

/** The steps that were tried, after one that says that the environment names none. */
const stepsOf = (env: Readonly<Record<string, string>>, options?: FindConnectionOptions) =>
  Effect.gen(function* () {
    const [exit, shown] = yield* shownBy(find(env, options));
    expect(exit._tag).toBe("Failure");
    expect(shown).not.toContain("c4nary");
    const error = yield* Effect.flip(find(env, options));
    expect(error._tag).toBe("NoConnection");
    expect(error.message).toMatch(
      /^No DSS to connect to: .*Set DKU_DSS_URL and DKU_API_KEY, or write the config file$/,
    );
    expect(error.message).not.toContain("\n");
    for (const step of error.tried) expect(error.message).toContain(step);
    return error.tried;
  });

describe("the environment", () => {
  it.effect("comes first", () =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      const env = { DKU_DSS_URL: "https://env.test", DKU_API_KEY: otherKey };
      expect(yield* find(env, { configFile })).toEqual(["https://env.test", otherKey]);
    }));

  it.effect("is not looked at for a named instance", () =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      const env = { DKU_DSS_URL: "https://env.test", DKU_API_KEY: "x" };
      const found = yield* find(env, { configFile, instance: "automation" });
      expect(found).toEqual(["https://automation.test", otherKey]);
    }));

  it.effect("by halves is an error, and does not lead to another instance", () =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      expect(yield* stepsOf({ DKU_API_KEY: key }, { configFile })).toEqual([
        noTicket,
        "DKU_API_KEY is set, but DKU_DSS_URL is not",
      ]);
      expect(yield* stepsOf({ DKU_DSS_URL: "https://env.test" }, { configFile })).toEqual([
        noTicket,
        "DKU_DSS_URL is set, but neither DKU_API_KEY nor DKU_JWT_BEARER_TOKEN is",
      ]);
      expect(yield* stepsOf({ DKU_JWT_BEARER_TOKEN: key }, { configFile })).toEqual([
        noTicket,
        "DKU_JWT_BEARER_TOKEN is set, but DKU_DSS_URL is not",
      ]);
    }));

  it.effect("may have a bearer token in place of a key", () =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      const env = { DKU_DSS_URL: "https://env.test", DKU_JWT_BEARER_TOKEN: otherKey };
      expect(yield* find(env, { configFile })).toEqual(["https://env.test", "Bearer", otherKey]);
      expect(yield* find({ ...env, DKU_API_KEY: key }, { configFile })).toEqual(["https://env.test", key]);
    }));

  it.effect("with empty variables is as without them", () =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      expect(yield* find({ DKU_DSS_URL: "", DKU_API_KEY: "" }, { configFile })).toEqual(["https://design.test", key]);
      expect(yield* stepsOf({ DKU_DSS_URL: "", DKU_API_KEY: key }, { configFile })).toEqual([
        noTicket,
        "DKU_API_KEY is set, but DKU_DSS_URL is not",
      ]);
    }));

  it.effect.each(["DKU_API_KEY", "DKU_JWT_BEARER_TOKEN"])(
    "with an empty %s says that it is empty",
    (name) =>
      Effect.gen(function* () {
        const configFile = yield* file(two);
        expect(yield* stepsOf({ DKU_DSS_URL: "https://env.test", [name]: "" }, { configFile })).toEqual([
          noTicket,
          `DKU_DSS_URL is set, but ${name} is empty, expected the key or token that DSS gave`,
        ]);
      }),
  );

  it.effect.each(["api_key", "jwt_bearer_token"])(
    "a config file with an empty %s says so",
    (name) =>
      Effect.gen(function* () {
        for (const empty of ["", " "]) {
          const instance = { url: "https://a.test", [name]: empty };
          const configFile = yield* file({ default_instance: "a", dss_instances: { a: instance } });
          const steps = yield* stepsOf({}, { configFile });
          expect(steps.at(-1)).toMatch(
            new RegExp(`^the \`${name}\` of the instance "a" of .* is empty, expected the one that`),
          );
        }
      }),
  );
});

describe("inside DSS", () => {
  const inside = {
    DKU_API_TICKET: key,
    DKU_BACKEND_HOST: "dss.test",
    DKU_BACKEND_PORT: "10001",
    DKU_BACKEND_PROTOCOL: "https",
  };
  const without = (...names: ReadonlyArray<keyof typeof inside>) =>
    Object.fromEntries(Object.entries(inside).filter(([name]) => !names.includes(name as keyof typeof inside)));
  const places: ReadonlyArray<readonly [string, Readonly<Record<string, string>>, string]> = [
    ["all four", inside, "https://dss.test:10001"],
    ["no protocol", without("DKU_BACKEND_PROTOCOL"), "http://dss.test:10001"],
    ["no host", without("DKU_BACKEND_HOST"), "https://127.0.0.1:10001"],
    ["the port alone", without("DKU_BACKEND_HOST", "DKU_BACKEND_PROTOCOL"), "http://127.0.0.1:10001"],
    ["empty ones", { ...inside, DKU_BACKEND_HOST: "", DKU_BACKEND_PROTOCOL: "" }, "http://127.0.0.1:10001"],
    ["an address of IPv6", { ...inside, DKU_BACKEND_HOST: "::1" }, "https://[::1]:10001"],
    [
      "another instance beside",
      { ...inside, DKU_DSS_URL: "https://env.test", DKU_API_KEY: otherKey },
      "https://dss.test:10001",
    ],
  ];
  it.effect.each(places)("the ticket comes first, with %s", ([, env, url]) =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      const found = yield* findConnection({ configFile }).pipe(
        Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env }))),
      );
      expect(found).toEqual({
        url,
        ticket: expect.anything(),
        tried: [`DKU_API_TICKET is set, inside DSS at ${url}`],
      });
      expect("ticket" in found && Redacted.value(found.ticket)).toBe(key);
      expect((yield* shownBy(findConnection({ configFile })))[1]).not.toContain(key);
    }));

  it.effect("a ticket without its port is an error, and does not lead to another instance", () =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      const env = { ...without("DKU_BACKEND_PORT"), DKU_DSS_URL: "https://env.test", DKU_API_KEY: otherKey };
      expect(yield* stepsOf(env, { configFile })).toEqual(["DKU_API_TICKET is set, but DKU_BACKEND_PORT is not"]);
    }));

  it.effect("is not looked at for a named instance, nor with an empty ticket", () =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      expect(yield* find(inside, { configFile, instance: "automation" })).toEqual([
        "https://automation.test",
        otherKey,
      ]);
      expect(yield* find({ ...inside, DKU_API_TICKET: "" }, { configFile })).toEqual(["https://design.test", key]);
    }));

  it.effect("the ticket is what authenticates", () =>
    Effect.gen(function* () {
      let headers: Headers | undefined;
      const fetch = ((_, init) => {
        headers = new Headers(init?.headers);
        return Promise.resolve(new Response("[]", { headers: { "content-type": "application/json" } }));
      }) as typeof globalThis.fetch;
      const layer = Dataiku.layerConfig({ fetch });
      yield* Effect.flatMap(Futures, (futures) => futures.list()).pipe(
        Effect.provide(layer),
        Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: inside }))),
      );
      expect([headers?.get("x-dku-apiticket"), headers?.get("authorization")]).toEqual([key, null]);
    }));
});

describe("a config file of Windows", () => {
  const text = JSON.stringify(two, undefined, 2);
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
  const utf16 = (text: string, isLittle: boolean): Uint8Array =>
    Uint8Array.from(
      [...text].flatMap((character) => isLittle ? [character.charCodeAt(0), 0] : [0, character.charCodeAt(0)]),
    );

  it.effect.each([
    ["a byte order mark", utf8(`\uFEFF${text}`)],
    ["CR LF", utf8(text.replaceAll("\n", "\r\n"))],
    ["both", utf8(`\uFEFF${text.replaceAll("\n", "\r\n")}\r\n`)],
    ["CR", utf8(text.replaceAll("\n", "\r"))],
  ])("with %s is read", ([, bytes]) =>
    Effect.gen(function* () {
      const configFile = yield* file(bytes);
      expect(yield* find({}, { configFile })).toEqual(["https://design.test", key]);
    }));

  it.effect.each<readonly [string, Uint8Array, string]>([
    [
      "UTF-16 with its mark",
      Uint8Array.from([0xff, 0xfe, ...utf16(text, true)]),
      "is UTF-16, expected UTF-8: save it as UTF-8",
    ],
    [
      "UTF-16 of the other order",
      Uint8Array.from([0xfe, 0xff, ...utf16(text, false)]),
      "is UTF-16, expected UTF-8: save it as UTF-8",
    ],
    ["UTF-16 without a mark", utf16(text, true), "is UTF-16, expected UTF-8: save it as UTF-8"],
    ["UTF-16 of the other order without a mark", utf16(text, false), "is UTF-16, expected UTF-8: save it as UTF-8"],
    [
      "Latin-1",
      Uint8Array.from([...utf8('{"default_instance": "'), 0xe9, ...utf8('"}')]),
      "is not UTF-8: save it as UTF-8",
    ],
    ["nothing but a mark", utf8("\uFEFF"), "is not valid JSON"],
    ["nothing", new Uint8Array(), "is not valid JSON"],
  ])("of %s is said to be so", ([, bytes, says]) =>
    Effect.gen(function* () {
      const configFile = yield* file(bytes);
      expect((yield* stepsOf({}, { configFile })).at(-1)).toBe(`${configFile} ${says}`);
    }));
});

describe("the steps of what was found", () => {
  it.effect("end with where it was", () =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      const tried = (env: Readonly<Record<string, string>>) =>
        Effect.map(findConnection({ configFile }), ({ tried }) => tried).pipe(
          Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env }))),
        );
      expect(yield* tried({ DKU_DSS_URL: "https://env.test", DKU_API_KEY: otherKey })).toEqual([
        noTicket,
        "DKU_DSS_URL and DKU_API_KEY are set",
      ]);
      expect(yield* tried({ DKU_DSS_URL: "https://env.test", DKU_JWT_BEARER_TOKEN: otherKey })).toEqual([
        noTicket,
        "DKU_DSS_URL and DKU_JWT_BEARER_TOKEN are set",
      ]);
      expect(yield* tried({})).toEqual([
        noTicket,
        "DKU_DSS_URL and DKU_API_KEY are not set",
        `${configFile} has the instance "design"`,
      ]);
    }));
});

describe("the config file", () => {
  it.effect("names a default instance, and others", () =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      expect(yield* find({}, { configFile })).toEqual(["https://design.test", key]);
      expect(yield* find({}, { configFile, instance: "automation" })).toEqual(["https://automation.test", otherKey]);
    }));

  it.effect("may have a bearer token in place of a key", () =>
    Effect.gen(function* () {
      const token = { url: "https://cloud.test", jwt_bearer_token: otherKey };
      const configFile = yield* file({
        dss_instances: { cloud: token, nulled: { ...token, api_key: null }, both: { ...token, api_key: key } },
      });
      for (const instance of ["cloud", "nulled"]) {
        expect(yield* find({}, { configFile, instance })).toEqual(["https://cloud.test", "Bearer", otherKey]);
      }
      expect(yield* find({}, { configFile, instance: "both" })).toEqual(["https://cloud.test", key]);
    }));

  it.effect("is in the home folder", () =>
    Effect.gen(function* () {
      const unset = "DKU_DSS_URL and DKU_API_KEY are not set";
      for (const name of ["HOME", "USERPROFILE"]) {
        expect(yield* stepsOf({ [name]: "/nowhere" })).toEqual([
          noTicket,
          unset,
          "/nowhere/.dataiku/config.json does not exist",
        ]);
      }
      expect(yield* stepsOf({})).toEqual([noTicket, unset, "there is no home folder for .dataiku/config.json"]);
    }));

  const wrong: ReadonlyArray<readonly [string, unknown, FindConnectionOptions, string]> = [
    ["no JSON", `{"api_key": "${key}"`, {}, "FILE is not valid JSON"],
    ["a list", [], {}, "FILE has no `dss_instances`"],
    ["null", null, {}, "FILE has no `dss_instances`"],
    ["no instances", { default_instance: "design" }, {}, "FILE has no `dss_instances`"],
    [
      "no default",
      { ...two, default_instance: null },
      {},
      "FILE has no `default_instance`, and no instance was named",
    ],
    [
      "a default that is none of them",
      { ...two, default_instance: "prod" },
      {},
      'FILE has no instance "prod", it has design, automation, unchecked',
    ],
    [
      "none of that name",
      two,
      { instance: "toString" },
      'FILE has no instance "toString", it has design, automation, unchecked',
    ],
    ["no instance at all", { dss_instances: {} }, { instance: "a" }, 'FILE has no instance "a", it has none'],
    [
      "an instance without a key",
      { dss_instances: { a: { url: "https://a.test" } } },
      { instance: "a" },
      'the instance "a" of FILE has no `url`, or neither `api_key` nor `jwt_bearer_token`',
    ],
    [
      "an instance with neither as a text",
      { dss_instances: { a: { url: "https://a.test", api_key: 7, jwt_bearer_token: [key] } } },
      { instance: "a" },
      'the instance "a" of FILE has no `url`, or neither `api_key` nor `jwt_bearer_token`',
    ],
    [
      "an instance without a URL",
      { dss_instances: { a: { api_key: key } } },
      { instance: "a" },
      'the instance "a" of FILE has no `url`, or neither `api_key` nor `jwt_bearer_token`',
    ],
    [
      "an instance whose certificate shall not be checked",
      two,
      { instance: "unchecked" },
      'the instance "unchecked" of FILE sets `no_check_certificate`, which a program cannot honour: give the authority of its ' +
      "certificate (see TLS in the README), or run deno with --unsafely-ignore-certificate-errors and remove the setting",
    ],
  ];
  it.effect.each(wrong)("with %s", ([, content, options, says]) =>
    Effect.gen(function* () {
      const configFile = yield* file(content);
      const tried = yield* stepsOf({}, { configFile, ...options });
      expect(tried.at(-1)).toBe(says.replaceAll("FILE", configFile));
      expect(tried).toHaveLength(options.instance === undefined ? 3 : 1);
    }));

  it.effect("that cannot be read is said so", () =>
    Effect.gen(function* () {
      const [step] = yield* stepsOf({}, { configFile: tmpdir(), instance: "a" });
      expect(step).toMatch(/cannot be read \(EISDIR\)$/);
    }));
});

describe("layer", () => {
  it.effect("says what is wrong with a key that is not redacted, and does not show it", () =>
    Effect.gen(function* () {
      const apiKey = key as unknown as Redacted.Redacted<string>;
      const error = yield* Effect.flip(Layer.build(Dataiku.layer({ url: "https://dss.test", apiKey })));
      expect(error.message).toContain("is not redacted, expected `Redacted.make(key)`");
      expect(error.message).not.toContain(key);
    }));
});

describe("layerConfig", () => {
  it.effect("connects to what was found", () =>
    Effect.gen(function* () {
      const configFile = yield* file(two);
      const layer = Dataiku.layerConfig({ configFile, instance: "automation" });
      expect(yield* Effect.map(Dss, ({ instance }) => instance).pipe(Effect.provide(layer))).toBe(
        "https://automation.test",
      );
    }));

  it.effect("fails with the steps, or with what is wrong with the address", () =>
    Effect.gen(function* () {
      const fails = (env: Readonly<Record<string, string>>) =>
        Effect.flip(Layer.build(Dataiku.layerConfig())).pipe(
          Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env }))),
        );
      expect((yield* fails({}))._tag).toBe("NoConnection");
      const error = yield* fails({ DKU_DSS_URL: "dss.test", DKU_API_KEY: key });
      expect(error.message).toBe(
        'Dss.make: Not sent (the URL "dss.test" is not one, expected the address of DSS as https://dss.example.com)',
      );
    }));
});
