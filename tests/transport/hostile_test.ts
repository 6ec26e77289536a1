import { describe, expect, it } from "@effect/vitest";
import { Effect, Exit, Layer, Redacted, Result, Schema, Stream, Tracer } from "effect";
import { HttpServerResponse } from "effect/http";
import {
  Dss,
  type DssError,
  Futures,
  FutureState,
  get,
  JobFailed,
  Jobs,
  JobStatus,
  path,
  post,
  put,
  ScenarioRuns,
  Scenarios,
  type ScenarioSettings,
} from "../../mod.ts";
import { makeServices } from "../../services/all_services.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, failure, json, Received, type Reply } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { hostileIds, unusableIds } from "../fixtures/hostile_ids.ts";

const prefix = "https://dss.test";

/** The routes of all requests that are made in an effect, as their spans say them. */
const routesOf = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<ReadonlyArray<string>, never, R> => {
  const spans: Array<Tracer.NativeSpan> = [];
  const tracer = Tracer.make({
    span(options) {
      const span = new Tracer.NativeSpan(options);
      spans.push(span);
      return span;
    },
  });
  return Effect.map(
    Effect.exit(Effect.provideService(effect, Tracer.Tracer, tracer)),
    () => spans.flatMap(({ attributes }) => attributes.get("http.route") as string ?? []),
  );
};

/** What a method answers to arguments that may not even be of the right type. */
const called = (method: (...args: ReadonlyArray<string>) => unknown, id: string): Effect.Effect<unknown, unknown> =>
  Effect.suspend(() => {
    const result = method(id, id, id, id);
    if (Stream.isStream(result)) return Stream.runDrain(result as Stream.Stream<unknown, unknown>);
    return Effect.isEffect(result) ? result as Effect.Effect<unknown, unknown> : Effect.void;
  });

/** The ids in a path, as whoever parses it as a URL finds them; nothing when it is not a path of the route. */
const idsIn = (route: string, target: string): ReadonlyArray<string> | undefined => {
  // The slashes in the path of a file stay.
  const form = route.split(/(\{\+?\})/).map((part) =>
    part === "{}" ? "([^/]*)" : part === "{+}" ? "(.*)" : part.replace(/[^\w/]/g, "\\$&")
  ).join("");
  return new RegExp(`^${form}$`).exec(new URL(`${prefix}${target}`).pathname)?.slice(1).map(decodeURIComponent);
};

const refuses = dssServer(() => failure(400, "java.lang.IllegalArgumentException", "no"));

describe("ids", () => {
  it.effect("never leave their place, in any method of any service", () =>
    Effect.gen(function* () {
      const { requests } = yield* Received;
      // A release is asked for with an object, whose ids go to methods that are called here.
      const { apiReleases: _, ...taken } = yield* makeServices;
      const services: ReadonlyArray<object> = Object.values(taken);
      const methods = services.flatMap((service) =>
        Object.values<never>(service as Record<string, never>).filter((member) => typeof member === "function")
      );
      /** Routes that hold an id, and those that have none, or ids of their own. */
      const [seen, others] = [new Set<string>(), new Set<string>()];
      for (const id of [...hostileIds, ...unusableIds]) {
        for (const method of methods) {
          const before = requests.length;
          const routes = yield* routesOf(called(method, id));
          for (const { target } of requests.slice(before)) {
            const found = routes.map((route) => ({ route, ids: idsIn(route, target) })).find(({ ids }) => ids);
            expect(found, `${JSON.stringify(id)} in ${routes} gives ${target}`).toBeDefined();
            if (unusableIds.includes(id)) expect(found!.ids).not.toContain(id);
            (found!.ids!.includes(id) ? seen : others).add(found!.route);
          }
        }
      }
      expect(seen.intersection(others)).toEqual(new Set());
      // Most methods have taken part.
      expect(seen.size).toBeGreaterThan(50);
    }).pipe(Effect.provide(refuses)), 60_000);

  it.effect("reach the object that they name, or none, on the simulated DSS", () =>
    Effect.gen(function* () {
      const { received } = yield* Simulator;
      const [jobs, runs, scenarios] = [yield* Jobs, yield* ScenarioRuns, yield* Scenarios];
      for (const id of hostileIds) {
        const ends = [
          jobs.get("SALES", id),
          jobs.abort("SALES", id),
          runs.get("SALES", "TEST_SMOKE", id),
          scenarios.settings("SALES", id),
          scenarios.delete("SALES", id),
        ];
        for (const end of ends) {
          expect((yield* Effect.flip<unknown, DssError, never>(end)).reason._tag).toBe("NotFound");
        }
        const future = yield* (yield* Futures).peek(id);
        expect(future.unknown).toBe(true);
      }
      for (const { status } of yield* received) expect(status === 500 || status === 200).toBe(true);
      expect(yield* scenarios.list("SALES")).toHaveLength(6);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("of tokens are ids too: nothing is looked at or aborted that they do not name", () =>
    Effect.gen(function* () {
      const dss = (yield* Dss).instance;
      const token = (kind: string, ...ids: ReadonlyArray<string>) => ({ kind, version: 1, dss, ids });
      const [jobs, runs, futures] = [yield* Jobs, yield* ScenarioRuns, yield* Futures];
      for (const id of unusableIds) {
        const resumed = [
          jobs.resume(token("job", "SALES", id)),
          jobs.resume(token("job", id, "job")),
          futures.resume(token("future", id)),
          runs.resume(token("scenario-run", "SALES", "NIGHTLY", id)),
          runs.resume(token("scenario-run", "SALES", id, "manual", "run")),
        ];
        for (const resume of resumed) {
          const operation = yield* Effect.result<{ state: unknown; abort: unknown }, unknown, never>(resume);
          if (operation._tag === "Failure") {
            expect(operation.failure).toMatchObject({ _tag: "TokenInvalid" });
            continue;
          }
          for (const ask of [operation.success.state, operation.success.abort]) {
            const error = yield* Effect.flip(ask as Effect.Effect<unknown, unknown>);
            expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "Invalid" } });
          }
        }
      }
      expect((yield* Received).requests).toEqual([]);
    }).pipe(Effect.provide(refuses)));

  it.effect("in a query stay in their value, or are refused", () =>
    Effect.gen(function* () {
      const { requests } = yield* Received;
      const runs = yield* ScenarioRuns;
      const log = (step: string) => Effect.flip(runs.log("SALES", "NIGHTLY", "run", { step }));
      for (const id of [...hostileIds, "", ".", "..", "a\0b"]) {
        yield* log(id);
        const { pathname, searchParams, hash } = new URL(`${prefix}${requests.at(-1)!.target}`);
        expect([pathname, [...searchParams], hash]).toEqual([
          "/projects/SALES/scenarios/NIGHTLY/run/log",
          [["stepId", id]],
          "",
        ]);
      }
      const sent = requests.length;
      for (const id of ["\ud800", "a\udfff"]) expect((yield* log(id)).reason._tag).toBe("Invalid");
      expect(requests).toHaveLength(sent);
    }).pipe(Effect.provide(refuses)));

  it.effect("of users to act for go into one header, or are refused before anything is sent", () =>
    Effect.gen(function* () {
      const { requests } = yield* Received;
      const as = (login: string) => Effect.flip(Dss.as(Effect.flatMap(Jobs, (jobs) => jobs.list("SALES")), login));
      for (const login of ["a:b", "../a", "é", "x".repeat(10_000)]) {
        yield* as(login);
        expect(requests.at(-1)!.headers["x-dku-proxyuser"]).toBe(login);
      }
      const sent = requests.length;
      for (const login of ["", " ", "a\r\nX-Evil: 1", "a\0", "日本", "\u202e"]) {
        const error = yield* as(login);
        expect(error).toMatchObject({ method: "Jobs.list", reason: { _tag: "Invalid" } });
        expect(error.message).toContain("expected that of a user");
      }
      expect(requests).toHaveLength(sent);
    }).pipe(Effect.provide(refuses)));
});

const deep = (text: string): string => "[".repeat(100_000) + text + "]".repeat(100_000);

/** Whether this engine writes JSON of any depth, as that of Deno does. That of Node reads more levels than it can write. */
const writesAnyDepth = Result.isSuccess(Result.try(() => JSON.stringify(JSON.parse(deep("")))));
const written = <A>(gives: A): A | "too deep to be written" => writesAnyDepth ? gives : "too deep to be written";

const raw = (body: string | Uint8Array, status = 200): Reply =>
  typeof body === "string"
    ? HttpServerResponse.text(body, { status, contentType: "application/json" })
    : HttpServerResponse.uint8Array(body, { status, contentType: "application/json" });

/** What is read of a body as JSON: its text when it is written again, or the reason and what it says. */
const bodies: ReadonlyArray<readonly [name: string, body: string | Uint8Array, gives: string | RegExp]> = [
  ["__proto__", '{"__proto__":{"polluted":1},"constructor":{"prototype":1}}', "as it came"],
  ["__proto__ with an escape", '{"\\u005f_proto__":{"polluted":1}}', '{"__proto__":{"polluted":1}}'],
  ["100,000 levels", deep("1"), written("as it came")],
  ["100,000 levels of objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, written("as it came")],
  ["100,000 levels and a long number", deep("12345678901234567890"), "too deep to be written"],
  ["100,000 levels and a key with an escape", deep('{"a\\u0062":1}'), written(deep('{"ab":1}'))],
  ["100,000 levels that do not end", "[".repeat(100_000), /^Undecodable.*not complete JSON/],
  ["numbers beyond 2^53", "[9007199254740993,-123456789012345678901234567890]", "as it came"],
  ["numbers beyond all", "[1e999,-1e999]", "as it came"],
  ["a million digits", "1".repeat(1_000_000), "as it came"],
  ["numbers that are none", "[NaN,Infinity]", /^Undecodable.*not complete JSON/],
  ["lone surrogates", '["\\ud800","\\udfffx"]', "as it came"],
  ["lone surrogates in UTF-8", new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]), /^Undecodable.*not UTF-8/],
  ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), /^Undecodable.*not UTF-8/],
  ["a BOM", "\ufeff[1]", "[1]"],
  ["UTF-16", new Uint8Array([0xff, 0xfe, 0x5b, 0x00, 0x5d, 0x00]), /^Undecodable.*not UTF-8/],
  ["a NUL", '\0{"a":1}', /^UnexpectedContent.*not JSON/],
  ["a key twice", '{"a":1,"a":2}', '{"a":2}'],
  ["a comment", "{/**/}", /^Undecodable.*not complete JSON/],
  ["more than one value", "{} {}", /^Undecodable.*not complete JSON/],
  ["a million escapes", JSON.stringify({ a: "\n".repeat(1_000_000), b: "\\".repeat(1_000_000) }), "as it came"],
  ["a million quotes", JSON.stringify(['"'.repeat(1_000_000)]), "as it came"],
];

describe("a body", () => {
  it.effect.each(bodies)("of %s", ([, body, gives]) =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const began = performance.now();
      const exact = yield* Effect.result(dss.json("X.y", get(path`/a`, { exact: true }), Schema.Unknown));
      const plain = yield* Effect.result(dss.json("X.y", get(path`/a`), Schema.Unknown));
      // As an error it is one all the same.
      const error = yield* Effect.flip(dss.json("X.y", get(path`/error`), Schema.Unknown));
      expect(error.reason._tag).toBe("ServerFailure");
      expect(error.message.length).toBeLessThan(700);
      if (gives === "too deep to be written") {
        expect([exact._tag, plain._tag]).toEqual(["Success", "Success"]);
      } else if (typeof gives === "string") {
        const text = JSON.stringify(exact._tag === "Success" ? exact.success : exact.failure.message);
        // Not `toBe`: it would show megabytes.
        expect(text === (gives === "as it came" ? body : gives), text.slice(0, 200)).toBe(true);
        expect(plain._tag).toBe("Success");
      } else {
        for (const end of [exact, plain]) {
          const reason = end._tag === "Failure" ? end.failure.reason : undefined;
          expect(`${reason?._tag} ${reason?.message}`).toMatch(gives);
        }
      }
      expect(performance.now() - began).toBeLessThan(5000);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    }).pipe(Effect.provide(dssServer(({ target }) => raw(body, target === "/error" ? 500 : 200)))));

  const settings = (more: string) =>
    `{"type":"step_based","name":"n","active":false,"triggers":[],"reporters":[],"params":{},${more}}`;

  it.effect.each(
    [
      ["__proto__", '"__proto__":{"polluted":1},"a":{"__proto__":[1]}'],
      ...(writesAnyDepth ? [["100,000 levels", `"a":${deep('{"a\\\\b":"\\ud800"}')}`] as const] : []),
      ["numbers beyond 2^53", '"a":[9007199254740993,1e999,-0]'],
    ] as const,
  )("of settings is written back as it came: %s", ([, more]) =>
    Effect.gen(function* () {
      const { requests } = yield* Received;
      const edit = (settings: ScenarioSettings): ScenarioSettings => ({ ...settings, name: "m" });
      yield* Effect.flatMap(Scenarios, (scenarios) => scenarios.updateSettings("SALES", "A", edit));
      const sent = requests.find(({ method }) => method === "PUT")!.body;
      const expected = settings(more).replace('"n"', '"m"').replace("-0]", "0]");
      expect(sent === expected, sent.slice(0, 200)).toBe(true);
    }).pipe(Effect.provide(dssServer(({ method }, nth) =>
      method === "PUT" ? empty() : raw(settings(more).replace('"n"', nth === 1 ? '"n"' : '"m"'))
    ))));

  it.effect("that is too deep for its long numbers to be written back is refused, and not sent", () =>
    Effect.gen(function* () {
      const scenarios = yield* Scenarios;
      const error = yield* Effect.flip(scenarios.updateSettings("SALES", "A", (settings) => settings));
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "Invalid" } });
      expect((yield* Received).requests.map(({ method }) => method)).toEqual(["GET"]);
    }).pipe(Effect.provide(dssServer(() => raw(settings(`"a":${deep("12345678901234567890")}`))))));

  it.effect("that is sent cannot be cyclic, or hold what is no JSON: nothing is sent", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const cyclic: Array<unknown> = [];
      cyclic.push(cyclic);
      for (const body of [cyclic, { a: 1n }, { toJSON: () => cyclic }]) {
        for (const request of [put(path`/a`, { json: body }), post(path`/a`, { json: body, starts: true })]) {
          const error = yield* Effect.flip(dss.empty("X.y", request));
          expect(error.reason._tag).toBe("Invalid");
        }
      }
      expect((yield* Received).requests).toEqual([]);
      yield* dss.empty("X.y", put(path`/a`, { json: ["\ud800", "\u2028"] }));
      expect((yield* Received).requests[0]!.body).toBe('["\\ud800","\u2028"]');
    }).pipe(Effect.provide(dssServer(() => empty()))));

  it("with times that no clock shows has no times", () => {
    for (const startTime of [1e300, Number.MAX_SAFE_INTEGER, 9_223_372_036_854_775_807, -1e300]) {
      expect(FutureState.startedAt({ startTime })).toBeUndefined();
    }
  });
});

describe("what DSS says", () => {
  const steering = "\x1b[2J\x07 a\r\nb\u2028c \u202egnp.exe\u202c \0 \u2066d\u2069";

  it.effect("is shown in one line, without what would steer a terminal", () =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const errors: Array<{ readonly message: string }> = [];
      for (const target of [path`/error`, path`/text`, path`/field`, path`/redirect`]) {
        errors.push(yield* Effect.flip(dss.json("X.y", get(target), Schema.Record(Schema.String, Schema.Number))));
      }
      const def = {
        id: steering,
        type: "X",
        projectKey: steering,
        name: "a",
        initiator: "a",
        initiationTimestamp: 1,
        outputs: [],
      };
      const activities = { [steering]: { state: "FAILED", firstFailure: { message: steering } } };
      const status = yield* Effect.orDie(
        Schema.decodeUnknownEffect(JobStatus)({ baseStatus: { def, state: steering, activities } }),
      );
      errors.push(new JobFailed({ token: { kind: "job", version: 1, dss: "", ids: [] }, status }));
      for (const { message } of errors) {
        expect(message).toMatch(/a b c|sso/);
        expect(message).not.toMatch(/[\p{Cc}\u2028\p{Bidi_Control}]/u);
      }
    }).pipe(Effect.provide(dssServer(({ target }) => {
      if (target === "/error") return json({ errorType: steering, message: steering }, 500);
      if (target === "/text") return HttpServerResponse.text(`x${steering}`);
      return target === "/field" ? json({ [steering]: "a" }) : empty(302, { location: `https://sso.test/\u202ea` });
    }))));
});

describe("a redirect is never followed, and says where it leads", () => {
  const secret = "c4nary";
  const targets: ReadonlyArray<readonly [location: string, shown: string]> = [
    ["https://evil.test/dip/publicapi/a", "https://evil.test/dip/publicapi/a"],
    ["http://dss.test/dip/publicapi/a", "http://dss.test/dip/publicapi/a"],
    ["https://dss.test:8443/dip/publicapi/a", "https://dss.test:8443/dip/publicapi/a"],
    ["//evil.test/a", "//evil.test/a"],
    ["/login?next=/a", "/login"],
    ["/dip/publicapi/a/", "/dip/publicapi/a/"],
    ["javascript:alert(1)", "javascript:alert(1)"],
    [`https://evil.test/${secret}?ticket=${secret}#${secret}`, "https://evil.test/<redacted>"],
    ["", "an unnamed address"],
  ];
  const credentials = [
    { apiKey: Redacted.make(secret) },
    { bearerToken: Redacted.make(secret) },
    { ticket: Redacted.make(secret) },
  ];

  it.effect.each(targets)("to %j", ([location, shown]) =>
    Effect.gen(function* () {
      for (const status of [301, 302, 303, 307, 308]) {
        for (const credential of credentials) {
          const layer = dssServer(() => empty(status, { location }), { credentials: credential });
          const sent = yield* Effect.gen(function* () {
            const dss = yield* Dss;
            const ends = [
              dss.json("X.y", get(path`/a`), Schema.Unknown),
              dss.text("X.y", get(path`/a`)),
              dss.empty("X.y", put(path`/a`, { json: {} })),
              dss.empty("X.y", post(path`/a`, { json: {}, starts: true })),
              Stream.runDrain(dss.stream("X.y", get(path`/a`))),
            ];
            for (const end of ends) {
              const [exit, all] = yield* shownBy<unknown, DssError, never>(end);
              expect(Exit.isFailure(exit)).toBe(true);
              expect(all).toContain(`Answered ${status} with a redirect to ${shown}, which is not followed`);
              expect(all).not.toContain(secret);
            }
            return (yield* Received).requests.length;
          }).pipe(Effect.provide(Layer.fresh(layer)));
          expect(sent).toBe(5);
        }
      }
    }));
});
