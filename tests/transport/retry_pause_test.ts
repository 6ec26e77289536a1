import { describe, expect, it } from "@effect/vitest";
import { Duration, Effect, Fiber, Random, Schema } from "effect";
import { TestClock } from "effect/testing";
import { Dss, get, path, post, type RetryOptions } from "../../mod.ts";
import { retryAfter } from "../../src/transport/retry.ts";
import { dssServer, empty, Received, refused, type Reply } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const target = path`/things/`;

/** The pauses between the requests of one call whose attempts all meet this, in whole milliseconds. */
const pauses = (reply: () => Reply, retry: RetryOptions = {}, seed = "one") =>
  Effect.gen(function* () {
    const dss = yield* Dss;
    yield* during("1 day", Effect.flip(dss.empty("X.y", get(target))));
    const times = (yield* Received).requests.map(({ at }) => at);
    return times.slice(1).map((at, index) => Math.round(at - times[index]!));
  }).pipe(Random.withSeed(seed), Effect.provide(dssServer(reply, { retry })));

describe("pauses between attempts", () => {
  it.effect("grow from 500 ms, each between half and all of twice the one before", () =>
    Effect.gen(function* () {
      for (const seed of ["a", "b", "c", "d", "e"]) {
        const found = yield* pauses(() => refused, { budget: "1 hour" }, seed);
        expect(found).toHaveLength(4);
        found.forEach((pause, index) => {
          expect(pause).toBeGreaterThanOrEqual(250 * 2 ** index);
          expect(pause).toBeLessThanOrEqual(500 * 2 ** index);
        });
      }
    }));

  it.effect("differ by chance, and repeat by seed", () =>
    Effect.gen(function* () {
      const [a, again, b] = [
        yield* pauses(() => refused),
        yield* pauses(() => refused),
        yield* pauses(() => refused, {}, "b"),
      ];
      expect(again).toEqual(a);
      expect(b).not.toEqual(a);
    }));

  it.effect("are bounded by the longest, and together by the budget", () =>
    Effect.gen(function* () {
      const found = yield* pauses(() => refused, { times: 20, longest: "3 seconds", budget: "20 seconds" });
      expect(Math.max(...found)).toBe(3000);
      const all = found.reduce((sum, pause) => sum + pause, 0);
      expect(all).toBeLessThanOrEqual(20_000);
      expect(all).toBeGreaterThan(17_000);
    }));
});

describe("Retry-After", () => {
  const asked = (value: string, date?: string) => () =>
    empty(429, { "retry-after": value, ...(date === undefined ? {} : { date }) });
  const once = { times: 1, budget: "1 hour", longest: "30 seconds" } as const;

  it.effect("in seconds is waited for", () =>
    Effect.gen(function* () {
      expect(yield* pauses(asked("7"), once)).toEqual([7000]);
      expect(yield* pauses(asked("2.5"), once)).toEqual([2500]);
    }));

  it.effect("is bounded by the longest pause", () =>
    Effect.gen(function* () {
      expect(yield* pauses(asked("86400"), once)).toEqual([30_000]);
    }));

  it.effect("beyond the budget ends the attempts at once", () =>
    Effect.gen(function* () {
      expect(yield* pauses(asked("20"), { budget: "10 seconds" })).toEqual([]);
    }));

  it.effect("as a date is compared with the clock of the answer", () =>
    Effect.gen(function* () {
      const found = yield* pauses(asked("Wed, 01 Oct 2025 09:00:09 GMT", "Wed, 01 Oct 2025 09:00:00 GMT"), once);
      expect(found).toEqual([9000]);
    }));

  it.effect("as a date without a clock of the answer is compared with our own", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2025, 9, 1, 9, 0, 0));
      expect(yield* pauses(asked("Wed, 01 Oct 2025 09:00:04 GMT"), once)).toEqual([4000]);
    }));

  it.effect.each(["-5", "soon", "", "0x10", "1e3", "Wed, 01 Oct 2024 09:00:00 GMT"])(
    "%j asks for nothing",
    (value) =>
      Effect.gen(function* () {
        yield* TestClock.setTime(Date.UTC(2025, 9, 1, 9, 0, 0));
        const [pause] = yield* pauses(asked(value), once);
        expect(pause).toBeGreaterThanOrEqual(250);
        expect(pause).toBeLessThanOrEqual(500);
      }),
  );

  it.effect("counts for 503 too, and is in the error", () =>
    Effect.gen(function* () {
      const server = dssServer(() => empty(503, { "retry-after": "12" }), { retry: { times: 1 } });
      yield* Effect.gen(function* () {
        const { reason } = yield* during("1 day", Effect.flip((yield* Dss).text("X.y", get(target))));
        expect(reason).toMatchObject({ _tag: "Unavailable", retryAfter: Duration.seconds(12) });
        const { requests } = yield* Received;
        expect(requests[1]!.at - requests[0]!.at).toBe(12_000);
      }).pipe(Effect.provide(server));
    }));

  it.prop("never asks for a negative or endless pause", [Schema.String], ([value]) => {
    const found = retryAfter(value, undefined, 0);
    return found === undefined || (Duration.toMillis(found) >= 0 && Number.isFinite(Duration.toMillis(found)));
  });
});

describe("an interruption", () => {
  it.effect.each([["a read", get(target)], ["a start", post(target, { starts: true })]] as const)(
    "in a pause sends no further attempt of %s",
    ([, request]) =>
      Effect.gen(function* () {
        const dss = yield* Dss;
        const fiber = yield* Effect.forkChild(dss.empty("X.y", request));
        yield* TestClock.adjust("100 millis");
        yield* Fiber.interrupt(fiber);
        yield* TestClock.adjust("1 day");
        expect((yield* Received).requests).toHaveLength(1);
      }).pipe(Effect.provide(dssServer(() => refused))),
  );
});
