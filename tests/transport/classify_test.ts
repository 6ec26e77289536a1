import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { HttpServerResponse } from "effect/http";
import { Dss, get, path } from "../../mod.ts";
import { dssServer, empty, failure, json, page, type Reply } from "../fixtures/dss_server.ts";

/** Why a read fails that is answered so. */
const reasonOf = (reply: Reply) =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* Dss).text("X.y", get(path`/things/`)));
    expect(error.message).not.toMatch(/[\r\n]/);
    expect(error.message.startsWith("X.y: ")).toBe(true);
    return error.reason;
  }).pipe(Effect.provide(dssServer(() => reply, { retry: { times: 0 } })));

const exceptions = "com.dataiku.dip.exceptions.";
const notFound = `${exceptions}NotFoundException`;
const unauthorized = `${exceptions}UnauthorizedException`;
const text = (status: number, body: string) => HttpServerResponse.text(body, { status });

it.effect("an upload whose length something on the way wants to know says what to do", () =>
  Effect.gen(function* () {
    const reason = yield* reasonOf(text(411, "Length Required"));
    expect(reason._tag).toBe("Invalid");
    expect(reason.message).toMatch(/^DSS answered 411 \(Length Required\): .* upload bytes or a Blob/);
    expect((yield* reasonOf(text(400, "Bad"))).message).toBe("DSS answered 400 (Bad)");
  }));

describe("status and class decide", () => {
  const table: ReadonlyArray<readonly [status: number, errorType: string, message: string, tag: string]> = [
    [400, "java.lang.IllegalArgumentException", "Unknown key", "Invalid"],
    [400, `${exceptions}DSSException`, "Bundle v1 already exists", "Conflict"],
    [401, `${exceptions}NotAuthenticatedException`, "Unknown API Key", "Unauthorized"],
    [401, unauthorized, "You may not read this project", "Forbidden"],
    [403, unauthorized, "You may not read this project", "Forbidden"],
    [403, unauthorized, "NotFoundException: project NOPE does not exist", "NotFound"],
    [403, "", "License does not allow", "Forbidden"],
    [404, notFound, "No such object", "NotFound"],
    [405, "", "Method not allowed", "Invalid"],
    [409, "", "Dataset is being built", "Conflict"],
    [413, "", "Too large", "Invalid"],
    [418, "", "A teapot", "Invalid"],
    [422, "", "Unprocessable", "Invalid"],
    [429, "", "Too many", "RateLimited"],
    [500, notFound, "gone", "NotFound"],
    [500, `${exceptions}ObjectNotFoundException`, "Dataset not found: SALES.orders", "NotFound"],
    [500, "java.io.IOException", "Not a file: /python/x/desc.json", "NotFound"],
    [500, "java.lang.Exception", "Scenario X does not exist", "NotFound"],
    [500, `${exceptions}NotAuthenticatedException`, "Unknown API Key", "Unauthorized"],
    [500, unauthorized, "No right", "Forbidden"],
    [500, "org.springframework.AccessDeniedException", "No right", "Forbidden"],
    [500, "java.lang.IllegalArgumentException", "Bad name", "Invalid"],
    [500, "IllegalArgumentException", "Bad name", "Invalid"],
    [500, "com.google.gson.JsonSyntaxException", "Expected BEGIN_OBJECT", "Invalid"],
    [500, `${exceptions}AlreadyExistsException`, "exists", "Conflict"],
    [500, "java.lang.NullPointerException", "null", "ServerFailure"],
    [500, "java.sql.SQLException", "connection lost", "ServerFailure"],
    [501, `${exceptions}NotImplementedException`, "Not on this node", "ServerFailure"],
    [502, "", "Bad gateway", "Unavailable"],
    [503, "", "Starting", "Unavailable"],
    [504, "", "Time out", "Unavailable"],
    [507, "", "Disk full", "ServerFailure"],
    [555, "", "Unknown", "ServerFailure"],
  ];
  it.effect.each(table)("%d %s (%s) is %s", ([status, errorType, message, tag]) =>
    Effect.gen(function* () {
      const reason = yield* reasonOf(
        errorType === "" ? json({ message }, status) : failure(status, errorType, message),
      );
      expect(reason).toMatchObject({ _tag: tag, status, detail: message });
    }));

  it.effect("words decide nothing where a class or another status does", () =>
    Effect.gen(function* () {
      expect((yield* reasonOf(failure(403, "x.Forbidden", "does not exist")))._tag).toBe("Forbidden");
      expect((yield* reasonOf(failure(409, "x.Y", "not found")))._tag).toBe("Conflict");
      expect((yield* reasonOf(failure(503, "x.Y", "does not exist")))._tag).toBe("Unavailable");
      expect((yield* reasonOf(failure(400, notFound, "not found")))._tag).toBe("Invalid");
    }));
});

describe("what DSS says", () => {
  it.effect("its class, the detailed message, and all other fields are kept", () =>
    Effect.gen(function* () {
      const body = {
        errorType: "java.lang.IllegalStateException",
        message: "short",
        detailedMessage: "short, caused by: Long",
        detailedMessageHTML: "<b>short</b>",
        stackTraceStr: "at a\n\tat b",
        code: "ERR_X",
      };
      const reason = yield* reasonOf(json(body, 500));
      const { errorType, message: _, detailedMessage, ...details } = body;
      expect(reason).toMatchObject({ _tag: "ServerFailure", errorType, detail: detailedMessage, details });
      expect(reason.message).toBe("DSS answered 500 (IllegalStateException: short, caused by: Long)");
    }));

  const odd: ReadonlyArray<readonly [string, Reply, string]> = [
    ["nothing", empty(401), "no message"],
    [
      "plain text",
      text(400, "Connection is neither of SQL\n nor HDFS type"),
      "Connection is neither of SQL nor HDFS type",
    ],
    ["a JSON string", json("why", 400), '"why"'],
    ["a JSON array", json(["why"], 400), '["why"]'],
    ["null", json(null, 400), "null"],
    ["an object without words", json({ a: 1 }, 400), "no message"],
    ["nulls", json({ errorType: null, message: null }, 400), "no message"],
    ["a page of a gateway", page("502 Bad Gateway", 502), "502 Bad Gateway"],
    [
      "a page without a title",
      HttpServerResponse.text("<html><body><h1>Oops</h1> sorry</body></html>", {
        status: 502,
        contentType: "text/html",
      }),
      "Oops sorry",
    ],
  ];
  it.effect.each(odd)("%s", ([, reply, detail]) =>
    Effect.gen(function* () {
      expect(yield* reasonOf(reply)).toMatchObject({ detail });
    }));

  it.effect("long words are cut, and stay one line", () =>
    Effect.gen(function* () {
      const { detail } = (yield* reasonOf(json({ message: "line\n".repeat(10_000) }, 400))) as { detail: string };
      expect(detail.length).toBe(500);
      expect(detail).not.toContain("\n");
    }));
});

describe("what is not an answer of DSS", () => {
  it.effect.each([301, 302, 303, 307, 308])(
    "%d names its target without its query",
    (status) =>
      Effect.gen(function* () {
        const location = "https://sso.example.com/login?token=abc#x";
        expect(yield* reasonOf(empty(status, { location }))).toMatchObject({
          _tag: "UnexpectedContent",
          found: "redirect",
          detail: "https://sso.example.com/login",
        });
      }),
  );

  it.effect("a redirect without a target, and 304", () =>
    Effect.gen(function* () {
      expect(yield* reasonOf(empty(302))).toMatchObject({ found: "redirect", detail: "an unnamed address" });
      expect(yield* reasonOf(empty(304))).toMatchObject({ _tag: "UnexpectedContent" });
    }));

  it.effect("a page with 404 is that of a gateway, not a missing object", () =>
    Effect.gen(function* () {
      expect(yield* reasonOf(page("nginx: 404", 404))).toMatchObject({
        _tag: "UnexpectedContent",
        status: 404,
        found: "html",
        detail: "nginx: 404",
      });
    }));

  it.effect("a proxy that asks for credentials sent nothing", () =>
    Effect.gen(function* () {
      expect(yield* reasonOf(empty(407))).toMatchObject({ _tag: "Unreachable", nothingSent: true });
    }));
});
