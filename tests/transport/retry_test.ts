import { describe, expect, it } from "@effect/vitest";
import { Effect, Schema, Stream } from "effect";
import { del, Dss, get, path, post, put, type RetryOptions } from "../../mod.ts";
import {
  dssServer,
  empty,
  failure,
  page,
  Received,
  refused,
  type Reply,
  reset,
  streamed,
} from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const target = path`/things/${"a"}`;
const requests = {
  get: get(target),
  put: put(target, { json: {} }),
  delete: del(target),
  post: post(target, { json: {} }),
  start: post(target, { json: {}, starts: true }),
  repeatablePost: post(target, { json: {}, repeatable: true }),
  onceOnlyGet: get(target, { repeatable: false }),
};
type Kind = keyof typeof requests;

const truncated = streamed(Stream.make('{"a"'), { "content-length": "100" });
const lost: ReadonlyArray<readonly [string, Reply]> = [
  ["a reset", reset],
  ["502", page("502 Bad Gateway", 502)],
  ["503", empty(503)],
  ["504", empty(504)],
  ["a truncated answer", truncated],
  ["a deadline", Effect.never],
];

/** How many requests are sent when each meets this, and how it ends. */
const attempts = (kind: Kind, reply: Reply, retry?: RetryOptions) =>
  Effect.gen(function* () {
    const dss = yield* Dss;
    const error = yield* during("1 day", Effect.flip(dss.empty("X.y", requests[kind])));
    return [(yield* Received).requests.length, error] as const;
  }).pipe(Effect.provide(dssServer(() => reply, retry === undefined ? {} : { retry })));

describe("what is sent again", () => {
  for (const [name, reply] of lost) {
    it.effect.each(["get", "put", "delete", "repeatablePost"] as const)(
      `${name}: %s`,
      (kind) =>
        Effect.gen(function* () {
          const [sent] = yield* attempts(kind, reply, { budget: "1 hour" });
          expect(sent).toBe(5);
        }),
    );
    it.effect.each(["post", "start", "onceOnlyGet"] as const)(`${name}: never %s`, (kind) =>
      Effect.gen(function* () {
        const [sent, { reason }] = yield* attempts(kind, reply);
        expect(sent).toBe(1);
        expect(reason._tag === "OutcomeUnknown").toBe(kind !== "onceOnlyGet");
      }));
  }

  it.effect.each(Object.keys(requests) as ReadonlyArray<Kind>)(
    "a refused connection: %s, because nothing was sent",
    (kind) =>
      Effect.gen(function* () {
        const [sent, { reason }] = yield* attempts(kind, refused);
        expect(sent).toBe(5);
        expect(reason).toMatchObject({ _tag: "Unreachable", nothingSent: true });
      }),
  );

  it.effect.each(Object.keys(requests) as ReadonlyArray<Kind>)("500: never %s", (kind) =>
    Effect.gen(function* () {
      const [sent, { reason }] = yield* attempts(kind, failure(500, "java.lang.NullPointerException", "null"));
      expect(sent).toBe(1);
      expect(reason._tag).toBe("ServerFailure");
    }));

  it.effect("429: reads and idempotent writes", () =>
    Effect.gen(function* () {
      for (const kind of ["get", "put", "delete", "repeatablePost"] as const) {
        expect((yield* attempts(kind, empty(429)))[0]).toBe(5);
      }
      for (const kind of ["post", "start"] as const) {
        const [sent, { reason }] = yield* attempts(kind, empty(429));
        expect([sent, reason._tag]).toEqual([1, "RateLimited"]);
      }
    }));

  const final = [301, 302, 307, 400, 401, 403, 404, 405, 409, 413, 422, 501];
  it.effect.each(final)("%d is final", (status) =>
    Effect.gen(function* () {
      for (const kind of ["get", "put", "delete", "post"] as const) {
        expect((yield* attempts(kind, empty(status)))[0]).toBe(1);
      }
    }));

  it.effect("as often as the options say", () =>
    Effect.gen(function* () {
      expect((yield* attempts("get", reset, { times: 0 }))[0]).toBe(1);
      expect((yield* attempts("get", reset, { times: 2 }))[0]).toBe(3);
      // 1 s, 2 s, 4 s at most, half of it at least: the third pause does not fit.
      expect((yield* attempts("get", reset, { times: 9, base: "1 second", budget: "3 seconds" }))[0]).toBeLessThan(5);
    }));
});

describe("what the caller is told", () => {
  const broken = failure(500, "java.lang.NullPointerException", "null");
  const conflict = failure(409, "AlreadyExistsException", "exists");
  const missing = failure(404, "NotFoundException", "gone");
  const missing500 = failure(500, "com.dataiku.dip.exceptions.NotFoundException", "gone does not exist");
  const forbidden = failure(403, "UnauthorizedException", "no right");
  const done = empty();
  const cases: ReadonlyArray<readonly [string, Kind, ReadonlyArray<Reply>, string]> = [
    [
      "a DELETE whose first answer was lost and that then meets 404 has succeeded",
      "delete",
      [reset, missing],
      "success",
    ],
    ["so has one that meets DSS's 500 for what is missing", "delete", [reset, missing500], "success"],
    ["and one whose second answer is lost too", "delete", [reset, empty(503), missing], "success"],
    ["a DELETE that meets 404 at once has not", "delete", [missing], "NotFound"],
    ["nor one whose first attempt was refused", "delete", [refused, missing], "NotFound"],
    ["nor one that was told to wait", "delete", [empty(429), missing], "NotFound"],
    ["a GET that meets 404 after a reset", "get", [reset, missing], "NotFound"],
    ["a PUT that meets 404 after a reset", "put", [reset, missing], "NotFound"],
    ["a write after a lost answer", "put", [reset, done], "success"],
    ["a read that never gets through", "get", [reset], "Unreachable"],
    ["a write that never gets through", "put", [reset], "OutcomeUnknown"],
    ["a delete that never gets through", "delete", [reset], "OutcomeUnknown"],
    ["a write that was lost, then refused a connection", "put", [reset, refused], "OutcomeUnknown"],
    ["a write that was lost, then told to wait", "put", [reset, empty(429)], "OutcomeUnknown"],
    ["a write that was lost, then meets a conflict that may be its own", "put", [reset, conflict], "OutcomeUnknown"],
    ["a write that was lost, then meets a refusal that the first met too", "put", [reset, forbidden], "Forbidden"],
    ["a write that was lost, then meets a refusal of a gateway", "put", [reset, empty(403)], "OutcomeUnknown"],
    ["a write that was lost, then meets a login page", "put", [reset, page("Sign in")], "OutcomeUnknown"],
    ["a write that was lost, then is sent elsewhere", "put", [reset, empty(302)], "OutcomeUnknown"],
    [
      "a write that was lost, then meets a failure of DSS that may come of it",
      "put",
      [reset, broken],
      "OutcomeUnknown",
    ],
    ["a write that meets a failure of DSS at once", "put", [broken], "ServerFailure"],
    ["a write that meets a conflict at once", "put", [conflict], "Conflict"],
    ["a POST that is refused a connection, then lost", "post", [refused, reset], "OutcomeUnknown"],
    ["a POST that is refused a connection, then gets through", "post", [refused, done], "success"],
    ["a POST that never finds anybody", "post", [refused], "Unreachable"],
    ["a POST that a gateway answers with 503", "post", [empty(503)], "OutcomeUnknown"],
    ["a POST that only reads", "repeatablePost", [reset], "Unreachable"],
  ];
  it.effect.each(cases)("%s", ([, kind, replies, expected]) =>
    Effect.gen(function* () {
      const dss = yield* Dss;
      const ended = Effect.match(dss.empty("X.y", requests[kind]), {
        onSuccess: () => "success",
        onFailure: ({ reason }) => reason._tag,
      });
      expect(yield* during("1 day", ended)).toBe(expected);
    }).pipe(Effect.provide(dssServer((_, nth) => replies[nth - 1] ?? replies.at(-1)!))));

  const saysNothing: ReadonlyArray<readonly [string, Reply]> = [
    ["nothing", empty()],
    ["half of its JSON", streamed(Stream.make('{"a'), { "content-length": "3" })],
  ];
  it.effect.each(saysNothing)(
    "a success that says %s leaves a write unknown, and a read undecodable",
    ([, reply]) =>
      Effect.gen(function* () {
        const dss = yield* Dss;
        for (const kind of ["post", "put", "delete"] as const) {
          const { reason } = yield* Effect.flip(dss.json("X.y", requests[kind], Schema.Unknown));
          expect(reason._tag).toBe("OutcomeUnknown");
        }
        for (const kind of ["get", "repeatablePost"] as const) {
          const { reason } = yield* Effect.flip(dss.json("X.y", requests[kind], Schema.Unknown));
          expect(reason._tag).toMatch(/^(UnexpectedContent|Undecodable)$/);
        }
        expect((yield* Received).requests).toHaveLength(5);
      }).pipe(Effect.provide(dssServer(() => reply))),
  );

  it.effect("an unknown outcome says what to do, and is not retryable", () =>
    Effect.gen(function* () {
      const [, error] = yield* attempts("post", reset);
      expect(error.isRetryable).toBe(false);
      expect(error.message).toMatch(/^X\.y: It was sent, but the answer was lost.*look before you repeat it/);
    }));
});
