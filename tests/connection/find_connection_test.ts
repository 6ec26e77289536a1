import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@effect/vitest";
import { ConfigProvider, Effect, Layer, Redacted, type Scope } from "effect";
import { Dataiku, Dss, findConnection, type FindConnectionOptions } from "../../mod.ts";
import { shownBy } from "../fixtures/everything_shown.ts";

const key = "c4naryKeyQx7";
const otherKey = "c4naryOther9";

/** The path of a config file that holds this, in a folder that goes away with the test. */
const file = (content: unknown): Effect.Effect<string, never, Scope.Scope> =>
  Effect.gen(function* () {
    const folder = yield* Effect.acquireRelease(
      Effect.promise(() => mkdtemp(join(tmpdir(), "dataiku-"))),
      (folder) => Effect.promise(() => rm(folder, { recursive: true })),
    );
    const path = join(folder, "config.json");
    const text = typeof content === "string" ? content : JSON.stringify(content);
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
        : [url, "Bearer", Redacted.value(credentials.bearerToken)],
  ).pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env }))));

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
        "DKU_API_KEY is set, but DKU_DSS_URL is not",
      ]);
      expect(yield* stepsOf({ DKU_DSS_URL: "https://env.test" }, { configFile })).toEqual([
        "DKU_DSS_URL is set, but neither DKU_API_KEY nor DKU_JWT_BEARER_TOKEN is",
      ]);
      expect(yield* stepsOf({ DKU_JWT_BEARER_TOKEN: key }, { configFile })).toEqual([
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
        "DKU_API_KEY is set, but DKU_DSS_URL is not",
      ]);
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
        "DKU_DSS_URL and DKU_API_KEY are set",
      ]);
      expect(yield* tried({ DKU_DSS_URL: "https://env.test", DKU_JWT_BEARER_TOKEN: otherKey })).toEqual([
        "DKU_DSS_URL and DKU_JWT_BEARER_TOKEN are set",
      ]);
      expect(yield* tried({})).toEqual([
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
          unset,
          "/nowhere/.dataiku/config.json does not exist",
        ]);
      }
      expect(yield* stepsOf({})).toEqual([unset, "there is no home folder for .dataiku/config.json"]);
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
      expect(tried).toHaveLength(options.instance === undefined ? 2 : 1);
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
