import { describe, expect, it } from "@effect/vitest";
import { Effect, Schema, Stream } from "effect";
import { HttpServerResponse } from "effect/http";
import { buildJob, del, Dss, type DssError, type DssRequest, get, Jobs, path, post, put } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, failure, json, page, Received, type Reply } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const start = post(path`/start`, { starts: true, json: {} });

/** How a request ends that is answered so, and how often it was sent. */
const endOf = (request: DssRequest, reply: Reply) =>
  Effect.gen(function* () {
    const dss = yield* Dss;
    const error = yield* Effect.flip(dss.empty("X.y", request));
    expect(error.message).not.toMatch(/[\r\n]/);
    return { reason: error.reason, message: error.message, sent: (yield* Received).requests.length };
  }).pipe(
    (end) => during("1 hour", end),
    Effect.provide(
      dssServer(() => reply, { retry: { times: 2 } }),
    ),
  );

const bodies: ReadonlyArray<readonly [name: string, reply: (status: number) => Reply]> = [
  ["a page", (status) => page(`${status} of a gateway`, status)],
  ["problem+json", (status) => json({ type: "about:blank", title: "Gateway", status, detail: "it broke" }, status)],
  ["words", (status) => HttpServerResponse.text("upstream request timeout", { status })],
  ["nothing", (status) => empty(status)],
];

/** By what gateways say that no answer came in time, that they take nothing now, or that they broke. */
const ofGateways: ReadonlyArray<number> = [
  ...[408, 425, 460, 499, 502, 503, 504, 509, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 598, 599],
];

/** Those of them after which the origin cannot have worked. */
const untouched: ReadonlyArray<number> = [425, 521, 523, 525, 526, 530];

describe.each(bodies)("a gateway that gives up, with %s", (_, reply) => {
  it.effect.each(ofGateways)(
    "and %d, is passing for reads and writes that are the same twice",
    (status) =>
      Effect.gen(function* () {
        for (const request of [get(path`/things/`), put(path`/things/`, { json: {} }), del(path`/things/`)]) {
          const { reason, sent, message } = yield* endOf(request, reply(status));
          expect(sent).toBe(3);
          const lost = reason._tag === "OutcomeUnknown" ? reason.lost : reason;
          expect(lost).toMatchObject({ _tag: "Unavailable", status, isRetryable: true });
          expect(message).not.toMatch(/no message.*no message/);
        }
      }),
  );

  it.effect.each(ofGateways)(
    "and %d, is not passing for a start: it is sent once",
    (status) =>
      Effect.gen(function* () {
        const { reason, sent } = yield* endOf(start, reply(status));
        expect(sent).toBe(1);
        if (untouched.includes(status)) expect(reason).toMatchObject({ _tag: "Unavailable", status });
        else expect(reason).toMatchObject({ _tag: "OutcomeUnknown", lost: { _tag: "Unavailable", status } });
      }),
  );
});

it.effect.each(ofGateways)("%d is followed by what DSS says once it is there", (status) =>
  Effect.gen(function* () {
    const dss = yield* Dss;
    const answer = yield* during("1 hour", dss.json("X.y", get(path`/things/`), Schema.Unknown));
    expect(answer).toEqual({ ok: true });
  }).pipe(Effect.provide(dssServer((_, nth) => nth === 1 ? page("not now", status) : json({ ok: true })))));

describe("a wait goes through what a gateway says", () => {
  it.effect.each(ofGateways)("%d, to every second look for a while", (status) =>
    Effect.gen(function* () {
      const simulator = yield* Simulator;
      const answer = {
        status,
        headers: { "content-type": "text/html" },
        body: "<!doctype html><title>A gateway</title>",
      };
      for (let skip = 1; skip < 12; skip += 2) yield* simulator.inject(answer, { method: "GET", skip, times: 1 });
      const job = buildJob("revenue_by_country", { type: "RECURSIVE_BUILD" });
      const ended = yield* during("10 minutes", (yield* Jobs).run("SALES", job));
      expect(ended.baseStatus.state).toBe("DONE");
      const posts = (yield* simulator.received).filter(({ method }) => method === "POST");
      expect(posts).toHaveLength(1);
    }).pipe(Effect.provide(Simulator.layer({ retry: { times: 0 } }))));
});

describe("advice, by what the status says", () => {
  const advice: ReadonlyArray<readonly [status: number, says: RegExp]> = [
    [408, /waited in vain.*time-out$/],
    [504, /waited in vain.*time-out$/],
    [524, /waited in vain.*time-out$/],
    [502, /does not reach it; DSS is starting or down/],
    [521, /does not reach it/],
    [525, /no trusted connection to it; check the certificate of DSS there$/],
    [526, /no trusted connection to it/],
    [503, /DSS is starting or overloaded; try again later$/],
    [411, /wants to know the length: upload bytes or a Blob/],
    [413, /takes no bodies of this size: send less at once/],
    [414, /the address is too long/],
    [431, /the headers are too long/],
    [494, /the headers are too long/],
  ];
  it.effect.each(advice)("%d", ([status, says]) =>
    Effect.gen(function* () {
      for (const [, reply] of bodies) {
        const { message } = yield* endOf(get(path`/things/`), reply(status));
        expect(message).toMatch(says);
      }
    }));

  it.effect.each([411, 413, 414, 431, 494])(
    "%d is about the request, whoever says it",
    (status) =>
      Effect.gen(function* () {
        for (const [, reply] of bodies) {
          const { reason, sent } = yield* endOf(put(path`/things/`, { json: {} }), reply(status));
          expect(reason).toMatchObject({ _tag: "Invalid", status });
          expect(sent).toBe(1);
        }
      }),
  );
});

/** Pages, as those of firewalls, logins and gateways. */
const pages: ReadonlyArray<readonly [name: string, body: string, type: string | undefined]> = [
  ["a page", "<!doctype html><title>Blocked</title>", "text/html"],
  ["a page with a character set", "<!DOCTYPE html><title>Blocked</title>", "text/html; charset=ISO-8859-1"],
  ["a page in upper case", "<HTML><HEAD><TITLE>Blocked</TITLE></HEAD></HTML>", "TEXT/HTML"],
  [
    "XHTML",
    '<?xml version="1.0"?>\n<html xmlns="x"><head><title>Blocked</title></head></html>',
    "application/xhtml+xml",
  ],
  ["a page under the name of JSON", "<html><title>Blocked</title></html>", "application/json"],
  ["a page under the name of text", "\ufeff \n<!DOCTYPE HTML PUBLIC x><title>Blocked</title>", "text/plain"],
  ["a page behind comments", "<!-- a --><!-- b -->\n<html><title>Blocked</title></html>", "application/octet-stream"],
  ["a page without a head", "<body><h1>Blocked</h1></body>", "text/html"],
  ["a page with a script only", "<script>location='/login'</script><title>Blocked</title>", "text/html"],
];
const asPage = (body: string, type: string | undefined, status: number): Reply =>
  HttpServerResponse.uint8Array(new TextEncoder().encode(body), {
    status,
    ...(type === undefined ? {} : { contentType: type }),
  });

describe.each(pages)("%s", (_, body, type) => {
  it.effect.each([400, 401, 403, 404, 405, 406, 418, 422, 451, 500, 501, 505, 511])(
    "with %d is never DSS",
    (status) =>
      Effect.gen(function* () {
        const { reason, sent, message } = yield* endOf(get(path`/things/`), asPage(body, type, status));
        expect(reason).toMatchObject({ _tag: "UnexpectedContent", found: "html", status, detail: "Blocked" });
        expect(sent).toBe(1);
        expect(message).not.toMatch(/rights of the key|API key/);
      }),
  );

  it.effect("with 403 names who refuses, and of a start it is known that nothing was done", () =>
    Effect.gen(function* () {
      const { reason, message } = yield* endOf(start, asPage(body, type, 403));
      expect(reason._tag).toBe("UnexpectedContent");
      expect(message).toContain("a firewall or a proxy before DSS refuses the request");
    }));

  it.effect("with 500 tells nothing of a start", () =>
    Effect.gen(function* () {
      const { reason, sent } = yield* endOf(start, asPage(body, type, 500));
      expect(reason).toMatchObject({ _tag: "OutcomeUnknown", lost: { _tag: "UnexpectedContent", status: 500 } });
      expect(sent).toBe(1);
    }));

  it.effect("with 429 is passing", () =>
    Effect.gen(function* () {
      const { reason, sent } = yield* endOf(get(path`/things/`), asPage(body, type, 429));
      expect(reason._tag).toBe("RateLimited");
      expect(sent).toBe(3);
    }));
});

describe("what is no page", () => {
  const plain: ReadonlyArray<readonly [name: string, body: string, type: string, tag: string]> = [
    ["words under the type of a page", "Not allowed", "text/html", "Forbidden"],
    ["nothing under the type of a page", "", "text/html", "Forbidden"],
    ["JSON under the type of a page", '{"message":"no <b>right</b>"}', "text/html", "Forbidden"],
    ["XML of data", '<?xml version="1.0"?><PMML/>', "application/xml", "Forbidden"],
    ["words that begin with a sign", "< 5 MB only", "text/plain", "Forbidden"],
    ["a tag that only begins like one of a page", "<header-error/>", "text/plain", "Forbidden"],
  ];
  it.effect.each(plain)("%s", ([, body, type, tag]) =>
    Effect.gen(function* () {
      expect((yield* endOf(get(path`/things/`), asPage(body, type, 403))).reason._tag).toBe(tag);
    }));
});

describe("trust, of which a page of nginx tells", () => {
  const trust: ReadonlyArray<readonly [title: string, problem: string, says: RegExp]> = [
    ["400 No required SSL certificate was sent", "clientCertificate", /asks for a certificate of the client/],
    ["400 The SSL certificate error", "refusedCertificate", /does not take the certificate of the client/],
    ["400 The plain HTTP request was sent to HTTPS port", "plainHttp", /use https:\/\/ in the URL/],
  ];
  it.effect.each(trust)("%s", ([title, problem, says]) =>
    Effect.gen(function* () {
      for (const status of [400, 495, 496, 497]) {
        const { reason, message } = yield* endOf(get(path`/things/`), page(title, status));
        expect(reason).toMatchObject({ _tag: "TlsFailure", problem });
        expect(message).toMatch(says);
      }
    }));
});

describe("words of gateways", () => {
  const said: ReadonlyArray<readonly [body: unknown, words: string]> = [
    [{ type: "about:blank", title: "Forbidden", status: 403, detail: "by rule 7" }, "Forbidden: by rule 7"],
    [{ title: "Forbidden", status: 403 }, "Forbidden"],
    [{ detail: "Invalid token" }, "Invalid token"],
    [{ detail: [{ loc: ["body"], msg: "field required" }, { msg: "too long" }] }, "field required; too long"],
    [{ error: "invalid_token", error_description: "The token has expired" }, "invalid_token: The token has expired"],
    [{ error: "not allowed" }, "not allowed"],
    [{ error: { code: 403, message: "No quota", status: "DENIED" } }, "No quota"],
    [{ errors: [{ title: "A", detail: "b" }, { message: "c" }, "d"] }, "A: b; c; d"],
    [{ fault: { faultstring: "Quota exceeded", detail: { errorcode: "x" } } }, "Quota exceeded"],
    [{ Message: "User is not authorized" }, "User is not authorized"],
    [{ msg: "blocked" }, "blocked"],
    [{ errorMessage: "Task timed out" }, "Task timed out"],
    [{ timestamp: 1, status: 403, error: "Forbidden", message: "No", path: "/x" }, "No"],
    [
      { kind: "Status", status: "Failure", message: 'services "dss" not found', reason: "NotFound" },
      'services "dss" not found',
    ],
    [{ Error: { Code: "AccessDenied", Message: "Access Denied" } }, "Access Denied"],
    [{ title: "Empty", message: "Input is empty", errorType: "x.CodedException" }, "Input is empty"],
    [{ message: "", detailedMessage: null, error_description: "why" }, "why"],
  ];
  it.effect.each(said)("%j", ([body, words]) =>
    Effect.gen(function* () {
      expect((yield* endOf(get(path`/things/`), json(body, 403))).reason).toMatchObject({ detail: words });
    }));

  it.effect("all that was said beside them is kept", () =>
    Effect.gen(function* () {
      const body = { title: "A", detail: "b", instance: "/x", traceId: 7 };
      expect((yield* endOf(get(path`/things/`), json(body, 403))).reason).toMatchObject({ details: body });
    }));
});

describe("a status that says nothing here", () => {
  const statuses: ReadonlyArray<readonly [status: number, headers: Readonly<Record<string, string>>]> = [
    [300, {}],
    [304, {}],
    [305, { location: "http://proxy.test" }],
    [306, {}],
    [399, {}],
  ];
  it.effect.each(statuses)("%d is no redirect", ([status, headers]) =>
    Effect.gen(function* () {
      const { reason, message, sent } = yield* endOf(get(path`/things/`), empty(status, headers));
      expect(reason).toMatchObject({ _tag: "UnexpectedContent", found: "status", status });
      expect(message).toMatch(
        /^X\.y: Answered \d+, which says nothing here \(.+\): something before DSS answers for it/,
      );
      expect(sent).toBe(1);
      expect((yield* endOf(start, empty(status, headers))).reason._tag).toBe("OutcomeUnknown");
    }));

  it.effect.each([300, 301, 302, 303, 307, 308])("%d with a target is one", (status) =>
    Effect.gen(function* () {
      const { reason } = yield* endOf(start, empty(status, { location: "https://sso.test/?a=1" }));
      expect(reason).toMatchObject({ _tag: "UnexpectedContent", found: "redirect", detail: "https://sso.test/" });
    }));
});

describe("what does not exist, in the words of public programs", () => {
  const iae = "java.lang.IllegalArgumentException";
  const missing: ReadonlyArray<readonly [status: number, type: string, message: string, tag: string]> = [
    [500, iae, "Connection 'x' does not exist", "NotFound"],
    [500, iae, "PYTHON env x doesn't exist", "NotFound"],
    [500, iae, "R env x doesn’t exist", "NotFound"],
    [500, "com.dataiku.dip.exceptions.CodedException", "Cluster x doesn't exist", "NotFound"],
    [500, "java.lang.Exception", "PYTHON env x doesn't exist", "NotFound"],
    [403, "com.dataiku.dip.exceptions.UnauthorizedException", "Project X doesn't exist", "NotFound"],
    [500, iae, "Bad name", "Invalid"],
    [500, iae, "Column not found: amout", "Invalid"],
    [400, iae, "Connection 'x' does not exist", "Invalid"],
    [500, "java.lang.NullPointerException", "null", "ServerFailure"],
  ];
  it.effect.each(missing)("%d %s (%s) is %s", ([status, type, message, tag]) =>
    Effect.gen(function* () {
      expect((yield* endOf(get(path`/things/`), failure(status, type, message))).reason._tag).toBe(tag);
    }));
});

describe("a part where the whole was asked for", () => {
  const parts: ReadonlyArray<readonly [status: number, headers: Readonly<Record<string, string>>]> = [
    [206, { "content-range": "bytes 0-6/100" }],
    [206, {}],
    [200, { "content-range": "bytes 0-6/100" }],
    [226, { im: "feed" }],
  ];
  it.effect.each(parts)(
    "%d %j is Truncated for every verb, and OutcomeUnknown for a start",
    ([status, headers]) =>
      Effect.gen(function* () {
        const dss = yield* Dss;
        const request = get(path`/things/`);
        const ends: ReadonlyArray<Effect.Effect<unknown, DssError>> = [
          dss.json("X.json", request, Schema.Unknown),
          dss.text("X.text", request),
          dss.empty("X.empty", request),
          Stream.runDrain(dss.stream("X.stream", request)),
        ];
        for (const end of ends) {
          const { reason, message } = yield* Effect.flip(end);
          expect(reason._tag).toBe("Truncated");
          expect(message).toContain("a part was answered where the whole was asked for");
        }
        expect((yield* Effect.flip(dss.empty("X.start", start))).reason._tag).toBe("OutcomeUnknown");
      }).pipe(Effect.provide(dssServer(() => json({ a: 1 }, status, headers), { retry: { times: 0 } }))),
  );
});
