import { describe, expect, it } from "@effect/vitest";
import { ConfigProvider, Effect, Redacted } from "effect";
import { Dataiku } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";

const key = "c4naryKeyQx7";

const explain = (
  fetch: typeof globalThis.fetch,
  env: Readonly<Record<string, string>>,
  options: Parameters<typeof Dataiku.explain>[0] = {},
) =>
  Dataiku.explain({ ...options, fetch }).pipe(
    Effect.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env }))),
    Effect.tap((explanation) =>
      Effect.sync(() => {
        const everything = `${explanation}${JSON.stringify(explanation)}`;
        expect(everything).not.toContain("c4nary");
      })
    ),
  );

/** A DSS that knows the key as that of a user. */
const simulated = (user: { readonly login: string; readonly admin: boolean }) =>
  Effect.gen(function* () {
    const simulator = yield* Simulator.make();
    yield* simulator.addKey(Redacted.make(key), user);
    return { simulator, fetch: ((url, init) => simulator.fetch(new Request(url, init))) as typeof fetch };
  });

const env = { DKU_DSS_URL: "https://dss.test/", DKU_API_KEY: key };

describe("a connection is explained", () => {
  it.effect("with all that an administrator may do", () =>
    Effect.gen(function* () {
      const { fetch, simulator } = yield* simulated({ login: "admin", admin: true });
      const explanation = yield* explain(fetch, env);
      expect(explanation).toMatchObject({
        tried: ["DKU_API_TICKET is not set", "DKU_DSS_URL and DKU_API_KEY are set"],
        instance: "https://dss.test",
        dssVersion: "14.4.1",
      });
      const lines = `${explanation}`.split("\n");
      expect(lines.splice(0, 3)).toEqual([
        "Looked: DKU_API_TICKET is not set",
        "        DKU_DSS_URL and DKU_API_KEY are set",
        "DSS:    https://dss.test, DSS 14.4.1",
      ]);
      expect(lines[0]).toMatch(/^Who: {4}admin \(PERSONAL_API_KEY; .*in administrators/);
      expect(lines[1]).toBe("Admin:  yes");
      expect(lines[2]).toMatch(/^Sees: {3}\d+ projects: .*SALES/);
      expect(lines).toHaveLength(3);
      expect(yield* simulator.received).toHaveLength(3);
    }));

  it.effect("with what another may not do", () =>
    Effect.gen(function* () {
      const { fetch } = yield* simulated({ login: "maria", admin: false });
      const text = `${yield* explain(fetch, env)}`;
      expect(text).toMatch(/^Who: {4}maria/m);
      expect(text).toMatch(/^Admin: {2}no$/m);
    }));

  it.effect("with a bearer token in place of a key", () =>
    Effect.gen(function* () {
      const { fetch, simulator } = yield* simulated({ login: "maria", admin: false });
      const text = `${yield* explain(fetch, { DKU_DSS_URL: "https://dss.test", DKU_JWT_BEARER_TOKEN: key })}`;
      expect(text).toMatch(/^ {8}DKU_DSS_URL and DKU_JWT_BEARER_TOKEN are set$/m);
      expect(text).toMatch(/^Who: {4}maria/m);
      expect(yield* simulator.received).toHaveLength(3);
    }));

  it.effect("with what is not known, and why", () =>
    Effect.gen(function* () {
      const { fetch, simulator } = yield* simulated({ login: "admin", admin: true });
      yield* simulator.inject("unavailable", { path: "/licensing" });
      const text = `${yield* explain(fetch, env)}`;
      expect(text).toMatch(/^Admin: {2}not known\. DSS answered 503/m);
      expect(text).toMatch(/^Sees: {3}\d+ projects/m);
    }));

  it.effect("that DSS refuses, or that something else answers", () =>
    Effect.gen(function* () {
      const { fetch, simulator } = yield* simulated({ login: "admin", admin: true });
      const unknown = yield* explain(fetch, { ...env, DKU_API_KEY: "c4naryOther9" });
      expect(`${unknown}`).toMatch(
        /^DSS: {4}https:\/\/dss\.test, DSS 14\.4\.1\nWho: {4}not known\. DSS answered 401 .*check the API key.*$/m,
      );
      expect(unknown.projects).toBeUndefined();
      const page = `<!doctype html><html><head><title>Welcome</title></head></html>`;
      yield* simulator.inject({ status: 200, headers: { "content-type": "text/html" }, body: page });
      expect(`${yield* explain(fetch, env)}`).toMatch(/^Who: {4}not known\. .*HTML page \(Welcome\)/m);
      const nobody = () => Promise.reject(Object.assign(new Error("no"), { code: "ECONNREFUSED" }));
      const refused = yield* explain(nobody, env);
      expect(refused.dssVersion).toBeUndefined();
      expect(`${refused}`).toMatch(/^DSS: {4}https:\/\/dss\.test\nWho: {4}not known\. DSS cannot be reached/m);
    }));

  it.effect("inside DSS, with its ticket", () =>
    Effect.gen(function* () {
      const { fetch } = yield* simulated({ login: "admin", admin: true });
      const inside = { DKU_API_TICKET: "c4naryTicket", DKU_BACKEND_HOST: "dss.test", DKU_BACKEND_PORT: "10001" };
      const explanation = yield* explain(fetch, { ...env, ...inside });
      expect(explanation.tried).toEqual(["DKU_API_TICKET is set, inside DSS at http://dss.test:10001"]);
      expect(explanation.instance).toBe("http://dss.test:10001");
      expect(`${yield* explain(fetch, { DKU_API_TICKET: "c4naryTicket" })}`).toMatch(
        /^Looked: DKU_API_TICKET is set, but DKU_BACKEND_PORT is not$/m,
      );
    }));

  it.effect("that is none", () =>
    Effect.gen(function* () {
      const { fetch, simulator } = yield* simulated({ login: "admin", admin: true });
      expect(`${yield* explain(fetch, {}, { configFile: "/no.such/config.json" })}`).toBe(
        "Looked: DKU_API_TICKET is not set\n" +
          "        DKU_DSS_URL and DKU_API_KEY are not set\n" +
          "        /no.such/config.json does not exist\n" +
          "DSS:    none. Set DKU_DSS_URL and DKU_API_KEY, or write the config file",
      );
      const text = `${yield* explain(fetch, { ...env, DKU_DSS_URL: `https://admin:${key}@dss.test` })}`;
      expect(text).toMatch(/^DSS: {4}none\. Not sent \(the URL of dss\.test holds a user or a password/m);
      expect(yield* simulator.received).toEqual([]);
    }));
});
