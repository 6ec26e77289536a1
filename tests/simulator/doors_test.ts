import { describe, expect, it } from "@effect/vitest";
import { Effect, Layer, Redacted } from "effect";
import { HttpClient, HttpClientRequest } from "effect/http";
import { TestClock } from "effect/testing";
import { type Credentials, Dataiku, Dss, Futures, type FutureState, Jobs } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";

type Headers = Readonly<Record<string, string>>;
const basic = (pair: string) => ({ authorization: `Basic ${btoa(pair)}` });
const admin = basic("simulator:");

/** Asks without our client: status, body and headers, as they are. */
const ask = (method: "GET" | "POST" | "PUT" | "DELETE", target: string, headers: Headers = admin, body?: string) =>
  Effect.gen(function* () {
    const { client, url } = yield* Simulator;
    const request = HttpClientRequest.make(method)(`${url}${target}`, { headers });
    const response = yield* client.execute(
      body === undefined ? request : HttpClientRequest.bodyText(request, body, headers["content-type"] ?? "text/plain"),
    );
    const text = yield* response.text;
    return { status: response.status, headers: response.headers, text };
  });
const simulated = <A, E>(test: Effect.Effect<A, E, Simulator | Dss | Futures | Jobs>) =>
  Effect.provide(test, Simulator.layer());

/** Our services on the same simulated DSS, with other credentials. */
const connected = (credentials: Credentials) =>
  Layer.unwrap(
    Effect.map(Simulator, ({ url, client }) =>
      Dataiku.layerClient({ url, ...credentials }).pipe(Layer.provide(Layer.succeed(HttpClient.HttpClient, client)))),
  );

describe("paths", () => {
  it.effect("both prefixes are the same door, doubled slashes are one, a final slash counts", () =>
    simulated(Effect.gen(function* () {
      const { text } = yield* ask("GET", "/dip/publicapi/projects/SALES/jobs/");
      for (const target of ["/public/api/projects/SALES/jobs/", "//dip/publicapi//projects//SALES/jobs/"]) {
        expect(yield* ask("GET", target)).toMatchObject({ status: 200, text });
      }
      expect((yield* ask("GET", "/dip/publicapi/projects/SALES/jobs")).status).toBe(404);
    })));

  const ids = { PROJECT: "/projects/SALES", SCENARIO: "/projects/SALES/scenarios/NIGHTLY_BUILD" } as const;
  /** What other public clients ask of real instances; the last column is whether the same is there without its final slash. */
  it.effect.each<readonly ["GET" | "POST", string, number, number]>([
    ["GET", `${ids.PROJECT}/`, 200, 200],
    ["GET", `${ids.SCENARIO}/`, 200, 200],
    ["GET", `${ids.SCENARIO}/light/`, 200, 200],
    ["GET", `${ids.SCENARIO}/get-last-runs/?limit=1`, 200, 200],
    ["POST", `${ids.SCENARIO}/abort/`, 200, 200],
    ["POST", `${ids.SCENARIO}/run/`, 200, 200],
    ["GET", `${ids.PROJECT}/variables/`, 200, 200],
    ["GET", `${ids.PROJECT}/jobs/running/`, 200, 500], // a job of this id is not there
    ["GET", "/jobs/running/", 200, 404],
    ["GET", "/apps/PROJECT_LOGISTICS/", 200, 200],
    ["GET", "/admin/general-settings/", 200, 200],
    ["GET", "/admin/variables/", 200, 200],
    ["GET", "/connections/get-names/?type=all", 200, 200],
    ["GET", "/plugins/toolbox/contents/", 200, 200],
    // Lists are declared with a final slash, and need it.
    ["GET", "/projects/", 200, 404],
    ["GET", `${ids.PROJECT}/jobs/`, 200, 404],
    ["GET", `${ids.PROJECT}/scenarios/`, 200, 404],
    ["GET", "/futures/", 200, 404],
  ])(
    "%s %s is there: %d with its final slash, %d without",
    ([method, target, withSlash, without]) =>
      simulated(Effect.gen(function* () {
        expect((yield* ask(method, `/dip/publicapi${target}`)).status).toBe(withSlash);
        expect((yield* ask(method, `/dip/publicapi${target.replace(/\/(\?|$)/, "$1")}`)).status).toBe(without);
      })),
  );

  it.effect("outside of the API there are pages; routes and methods that are not there are said so", () =>
    simulated(Effect.gen(function* () {
      const page = yield* ask("GET", "/login");
      expect([page.status, page.headers["content-type"]]).toEqual([404, "text/html"]);
      expect(yield* ask("GET", "/public/api/nope")).toMatchObject({ status: 404 });
      const wrong = yield* ask("PUT", "/public/api/projects/SALES/jobs/");
      expect(wrong.status).toBe(405);
      expect(wrong.text).toContain("GET, POST");
    })));

  it.effect("every answer says the version, and an error has the fields of DSS", () =>
    simulated(Effect.gen(function* () {
      for (const target of ["/public/api/futures/", "/public/api/projects/NOPE/jobs/"]) {
        expect((yield* ask("GET", target)).headers).toMatchObject({ "dss-version": expect.stringMatching(/^\d+\./) });
      }
      const { status, text } = yield* ask("GET", "/public/api/projects/SALES/jobs/<nope>/");
      expect(status).toBe(500);
      expect(JSON.parse(text)).toEqual({
        errorType: "com.dataiku.dip.exceptions.NotFoundException",
        message: "Job <nope> does not exist",
        detailedMessage: "Job <nope> does not exist",
        detailedMessageHTML: "<span>Job &lt;nope> does not exist</span>",
        stackTraceStr: expect.stringContaining("\n\tat "),
      });
    })));

  it.effect("a body that is no JSON is refused", () =>
    simulated(Effect.gen(function* () {
      const headers = { ...admin, "content-type": "application/json" };
      for (
        const body of ["{", "[]", "null", '{"outputs":7}', '{"outputs":[null]}', '{"outputs":[{"type":"DATASET"}]}']
      ) {
        const { status } = yield* ask("POST", "/public/api/projects/SALES/jobs/", headers, body);
        expect(status).toBe(400);
      }
    })));
});

describe("keys", () => {
  it.effect("as user name, as password, as bearer, and as a ticket", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).addTicket(Redacted.make("t1cket"), { login: "li", admin: false });
      const ways: ReadonlyArray<Headers> = [
        admin,
        basic(":simulator"),
        { authorization: "Bearer simulator" },
        { "x-dku-apiticket": "t1cket" },
      ];
      for (const headers of ways) expect((yield* ask("GET", "/public/api/futures/", headers)).status).toBe(200);
    })));

  it.effect("none, a wrong one and nonsense are 401", () =>
    simulated(Effect.gen(function* () {
      const wrong: ReadonlyArray<Headers> = [
        {},
        basic("wrong:"),
        basic(":"),
        { authorization: "Basic %%%" },
        { authorization: "Bearer" },
        { authorization: "Digest simulator" },
        { "x-dku-apiticket": "simulator" },
      ];
      for (const headers of wrong) {
        const { status, text } = yield* ask("GET", "/public/api/futures/", headers);
        expect(status).toBe(401);
        expect(JSON.parse(text)).toMatchObject({ message: "Unknown API Key" });
      }
    })));

  it.effect("of an administrator acts for others; others see their own", () =>
    simulated(Effect.gen(function* () {
      const { addKey, received } = yield* Simulator;
      yield* addKey(Redacted.make("maria-key"), { login: "maria", admin: false });
      const owners = Effect.map(
        Effect.flatMap(Futures, (futures) => futures.list()),
        (all) => all.map(({ owner }) => owner),
      );
      expect(yield* owners).toEqual(["admin"]);
      expect(yield* Dss.as(owners, "maria")).toEqual(["maria"]);
      expect((yield* received).at(-1)).toMatchObject({ proxyUser: "maria", status: 200 });
      const maria = connected({ apiKey: Redacted.make("maria-key") });
      expect(yield* Effect.provide(owners, maria)).toEqual(["maria"]);
      const others = Effect.flatMap(Futures, (futures) => futures.list({ allUsers: true }));
      for (const asked of [Effect.asVoid(others), Effect.asVoid(Dss.as(owners, "li"))]) {
        expect((yield* Effect.flip(Effect.provide(asked, maria))).message).toContain("dministrator");
      }
    })));

  it.effect("that is wrong is one clear line", () =>
    simulated(Effect.gen(function* () {
      const list = Effect.flatMap(Jobs, (jobs) => jobs.list("SALES"));
      const error = yield* Effect.flip(Effect.provide(list, connected({ apiKey: Redacted.make("wrong") })));
      expect(error.message).toBe(
        "Jobs.list: DSS answered 401 (NotAuthenticatedException: Unknown API Key): check the API key, and that it belongs to this instance",
      );
    })));
});

describe("time", () => {
  it.effect("a DSS on a test clock lives in 2025; one on a set clock lives there", () =>
    Effect.gen(function* () {
      const started = Effect.gen(function* () {
        const { startTime } = (yield* (yield* Simulator).startTask({ seconds: 1 })) as FutureState;
        return new Date(startTime!).toISOString();
      });
      expect(yield* Effect.provide(started, Simulator.layer())).toBe("2025-10-01T09:00:00.000Z");
      yield* TestClock.setTime(Date.UTC(2031, 4, 5));
      expect(yield* Effect.provide(started, Simulator.layer())).toBe("2031-05-05T00:00:00.000Z");
    }));

  it.effect("latency is the time of each answer", () =>
    Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(Effect.flatMap(Jobs, (jobs) => jobs.list("SALES")));
      yield* TestClock.adjust("1999 millis");
      expect(fiber.pollUnsafe()).toBeUndefined();
      yield* TestClock.adjust("1 millis");
      expect(fiber.pollUnsafe()?._tag).toBe("Success");
    }).pipe(Effect.provide(Simulator.layer({ latency: "2 seconds" }))));
});

describe("futures", () => {
  const start = (seconds: number) =>
    Effect.flatMap(Simulator, ({ startTask }) => startTask({ seconds, result: 1 }) as Effect.Effect<FutureState>);
  const peek = (id: string) => Effect.flatMap(Futures, (futures) => futures.peek(id));

  it.effect("are forgotten ten seconds after their end, or when their result is taken", () =>
    simulated(Effect.gen(function* () {
      const { jobId } = yield* start(5);
      yield* TestClock.adjust("14999 millis");
      expect(yield* peek(jobId!)).toMatchObject({ hasResult: true, unknown: false, runningTime: 5000 });
      yield* TestClock.adjust("1 millis");
      const forgotten = { alive: false, aborted: false, unknown: true, hasResult: false, runningTime: 0, startTime: 0 };
      expect(yield* peek(jobId!)).toEqual(forgotten);
      const taken = yield* start(5);
      yield* TestClock.adjust("6 seconds");
      expect(yield* (yield* Futures).take(taken.jobId!)).toMatchObject({ result: 1 });
      expect(yield* peek(taken.jobId!)).toEqual(forgotten);
    })));

  it.effect("that are aborted are forgotten so too", () =>
    simulated(Effect.gen(function* () {
      const { jobId } = yield* start(Infinity);
      yield* TestClock.adjust("1 day");
      expect(yield* peek(jobId!)).toMatchObject({ alive: true, runningTime: 86_400_000 });
      yield* (yield* Futures).abort(jobId!);
      yield* TestClock.adjust("10 seconds");
      expect(yield* peek(jobId!)).toMatchObject({ unknown: true });
    })));
});

describe("a restart", () => {
  it.effect("answers 503 for a while, forgets all futures, and aborts what was running", () =>
    simulated(Effect.gen(function* () {
      const { restart, startTask } = yield* Simulator;
      const { jobId } = (yield* startTask({ seconds: 600 })) as FutureState;
      const job = yield* (yield* Jobs).start("SALES", { outputs: [{ id: "orders_joined" }] });
      yield* TestClock.adjust("1 second");
      yield* restart("1 minute");
      yield* TestClock.adjust("59 seconds");
      expect(yield* ask("GET", "/public/api/futures/")).toMatchObject({
        status: 503,
        text: expect.stringContaining("DSS is starting"),
      });
      yield* TestClock.adjust("1 second");
      expect(yield* (yield* Futures).peek(jobId!)).toMatchObject({ unknown: true });
      expect((yield* job.state).phase).toBe("ABORTED");
      expect(yield* (yield* Futures).list({ allUsers: true })).toEqual([]);
    })));
});
