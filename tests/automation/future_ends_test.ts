import { describe, expect, it } from "@effect/vitest";
import { Effect, Fiber, Option, Random } from "effect";
import { TestClock } from "effect/testing";
import { Futures, type FutureState, type WaitOptions } from "../../mod.ts";
import { type SimulatedTask, Simulator } from "../../src/simulator/mod.ts";
import { dssServer, failure, json, Received, type Reply, reset } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Simulator | Futures>) => Effect.provide(test, Simulator.layer());
const follow = (task: SimulatedTask, options?: WaitOptions) =>
  Effect.gen(function* () {
    const answer = (yield* (yield* Simulator).startTask(task)) as FutureState;
    return yield* (yield* Futures).follow(answer, options);
  });
const token = (id: string, dss = "http://dss.simulator") => ({ kind: "future", version: 1, dss, ids: [id] });
const takes = Effect.map(
  Effect.flatMap(Simulator, ({ received }) => received),
  (all) => all.filter(({ target }) => target.endsWith("peek=false")).length,
);

const messages = (error: boolean, fatal: boolean) => ({
  anyMessage: true,
  success: false,
  warning: false,
  error,
  fatal,
  maxSeverity: "ERROR",
  messages: [
    { severity: "INFO", title: "Begun" },
    { severity: "ERROR", isFatal: fatal, code: "ERR_CODEENV_X", message: "no such package" },
  ],
});

describe("a task that fails", () => {
  it.effect("with a failure that DSS answers to every look", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: 10, failure: "Out of memory" });
      const error = yield* during("1 minute", Effect.flip(future.result));
      expect(error).toMatchObject({ _tag: "FutureFailed", token: Option.getOrThrow(future.token) });
      expect(error.message).toContain("Out of memory");
      expect(yield* Effect.flip(future.result)).toBe(error);
      expect(yield* future.state).toMatchObject({ phase: "FAILED", isFinal: true });
      expect(yield* takes).toBe(0);
    })));

  const results: ReadonlyArray<readonly [string, unknown]> = [
    ["as the result", messages(true, false)],
    ["in the result", { envName: "py", messages: messages(true, true) }],
  ];
  it.effect.each(results)("with messages %s", ([, result]) =>
    simulated(Effect.gen(function* () {
      for (const seconds of [0, 5]) {
        const future = yield* follow({ seconds, result });
        const error = yield* during("1 minute", Effect.flip(future.result));
        expect(error).toMatchObject({ _tag: "FutureFailed", result, messages: { error: true } });
        expect(error.message).toBe("The task failed (no such package)");
      }
    })));

  const fine: ReadonlyArray<readonly [string, unknown]> = [
    ["no message at all", {
      anyMessage: false,
      success: false,
      warning: false,
      error: false,
      fatal: false,
      messages: [],
    }],
    ["a warning", { ...messages(false, false), warning: true }],
    ["null", null],
    ["text", "error"],
    ["fields of the same name and another kind", { error: "none", messages: "none" }],
    ["a list", [{ error: true }]],
  ];
  it.effect.each(fine)("but not with %s", ([, result]) =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: 5, result });
      expect(yield* during("1 minute", future.result)).toEqual(result);
    })));
});

describe("a task that somebody else aborts", () => {
  it.effect("ends as aborted", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: Infinity });
      const wait = yield* Effect.forkChild(Effect.flip(future.result));
      yield* TestClock.adjust("20 seconds");
      const id = Option.getOrThrow(future.token).ids[0]!;
      yield* (yield* Futures).abort(id);
      yield* TestClock.adjust("10 seconds");
      expect(yield* Fiber.join(wait)).toMatchObject({ _tag: "FutureAborted", token: token(id) });
    })));

  it.effect("also when DSS only says that it is not alive", () =>
    Effect.gen(function* () {
      const future = yield* (yield* Futures).attach("abc");
      expect(yield* Effect.flip(future.result)).toMatchObject({ _tag: "FutureAborted" });
      expect((yield* Received).lines).toEqual(["GET /futures/abc?peek=true", "GET /futures/abc?peek=false"]);
    }).pipe(Effect.provide(dssServer(() => json({ alive: false })))));
});

describe("a task that DSS does not know", () => {
  it.effect("because it never was", () =>
    simulated(Effect.gen(function* () {
      const error = yield* Effect.flip((yield* (yield* Futures).attach("nope")).result);
      expect(error).toMatchObject({ _tag: "FutureLost", finished: false, token: token("nope") });
      expect((yield* (yield* Simulator).received).map(({ target }) => target)).toEqual(["/futures/nope?peek=true"]);
    })));

  it.effect("because it was forgotten in the middle", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: 600 });
      const wait = yield* Effect.forkChild(Effect.flip(future.result));
      yield* TestClock.adjust("20 seconds");
      const id = Option.getOrThrow(future.token).ids[0]!;
      yield* (yield* Simulator).forget(id);
      yield* TestClock.adjust("10 seconds");
      expect(yield* Fiber.join(wait)).toMatchObject({ _tag: "FutureLost", finished: false, token: token(id) });
    })));

  it.effect("because somebody else took its result between the look and the taking", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* (yield* Futures).attach("abc")).result);
      expect(error).toMatchObject({ _tag: "FutureLost", finished: true });
    }).pipe(Effect.provide(dssServer(({ target }) =>
      json(target.endsWith("peek=true") ? { hasResult: true, alive: false } : { unknown: true, alive: false })
    ))));

  it.effect("because DSS answers 404", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* (yield* Futures).attach("abc")).result);
      expect(error).toMatchObject({ _tag: "FutureLost", finished: false });
    }).pipe(Effect.provide(dssServer(() => failure(404, "NotFoundException", "no such future")))));

  it.effect("because nobody looked for ten seconds after its end", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: 5, result: 1 });
      yield* TestClock.adjust("16 seconds");
      expect(yield* Effect.flip(future.result)).toMatchObject({ _tag: "FutureLost", finished: false });
    })));

  it.effect.each(["a", "b", "c", "d", "e", "f"])(
    "but a wait is never that late (seed %s)",
    (seed) =>
      simulated(Effect.gen(function* () {
        for (const seconds of [1, 10, 100, 1000]) {
          const future = yield* follow({ seconds, result: seconds });
          expect(yield* during("1 hour", future.result)).toBe(seconds);
        }
      })).pipe(Random.withSeed(seed)),
  );
});

describe("the answer with the result", () => {
  const lost = ["lost answer", "stalled header", "stalled body", "truncated body"] as const;
  it.effect.each(lost)(
    "%s: the end is known, the result is not, and it is not asked again",
    (fault) =>
      simulated(Effect.gen(function* () {
        yield* (yield* Simulator).inject(fault, { path: "peek=false", times: 9 });
        const future = yield* follow({ seconds: 5, result: 1 });
        const error = yield* during("1 hour", Effect.flip(future.result));
        expect(error).toMatchObject({ _tag: "FutureLost", finished: true, token: Option.getOrThrow(future.token) });
        expect(yield* Effect.flip(future.result)).toBe(error);
        expect(yield* takes).toBe(1);
      })),
  );

  it.effect("that never reached DSS is asked again, because nothing was taken", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).inject("refused", { path: "peek=false", times: 2 });
      const future = yield* follow({ seconds: 5, result: 1 });
      expect(yield* during("1 minute", future.result)).toBe(1);
      expect(yield* takes).toBe(3);
    })));

  it.effect.each(["malformed json", "empty answer"] as const)(
    "%s: the end is known too",
    (fault) =>
      simulated(Effect.gen(function* () {
        yield* (yield* Simulator).inject(fault, { path: "peek=false", times: 9 });
        const future = yield* follow({ seconds: 5, result: 1 });
        const error = yield* during("1 hour", Effect.flip(future.result));
        expect(error).toMatchObject({ _tag: "FutureLost", finished: true });
        expect(yield* takes).toBe(1);
      })),
  );

  it.effect("is not cut in two by an interruption", () =>
    Effect.gen(function* () {
      const future = yield* follow({ seconds: 5, result: "kept" });
      yield* TestClock.adjust("6 seconds");
      const wait = yield* Effect.forkChild(future.result);
      // The look takes 200 ms, then the taking as long.
      yield* TestClock.adjust("300 millis");
      expect(yield* takes).toBe(1);
      expect(wait.pollUnsafe()).toBeUndefined();
      const interruption = yield* Effect.forkChild(Fiber.interrupt(wait));
      yield* TestClock.adjust("1 minute");
      yield* Fiber.join(interruption);
      expect(yield* takes).toBe(1);
      expect(yield* future.result).toBe("kept");
      expect(yield* takes).toBe(1);
    }).pipe(Effect.provide(Simulator.layer({ latency: "200 millis" }))));
});

describe("errors after the start carry the token", () => {
  const ends: ReadonlyArray<readonly [string, Reply, string]> = [
    ["a key that was withdrawn", failure(401, "NotAuthenticatedException", "Unknown API Key"), "DssError"],
    ["a right that was withdrawn", failure(403, "UnauthorizedException", "no"), "DssError"],
    ["an answer that does not fit", json({ alive: "?" }), "DssError"],
    ["contact that is lost", reset, "ContactLost"],
    ["a wait that is too long", json({ alive: true }), "WaitTimedOut"],
    ["a task that is lost", json({ unknown: true }), "FutureLost"],
    ["a task that is aborted", json({ aborted: true }), "FutureAborted"],
    ["a task that fails", failure(500, "java.lang.RuntimeException", "no"), "FutureFailed"],
    ["a result that says so", json({ hasResult: true, result: messages(true, true) }), "FutureFailed"],
  ];
  it.effect.each(ends)("%s", ([, reply, tag]) =>
    Effect.gen(function* () {
      const future = yield* (yield* Futures).attach("abc", { timeout: "1 hour" });
      const error = yield* during("1 day", Effect.flip(future.result));
      expect(error).toMatchObject({ _tag: tag, token: token("abc", "https://dss.test") });
    }).pipe(Effect.provide(dssServer(() => reply))));

  it.effect("of a look and of an abort too", () =>
    Effect.gen(function* () {
      const future = yield* (yield* Futures).attach("abc");
      for (const effect of [future.state, future.abort]) {
        expect(yield* Effect.flip(effect)).toMatchObject({ _tag: "DssError", token: token("abc", "https://dss.test") });
      }
    }).pipe(Effect.provide(dssServer(() => failure(403, "UnauthorizedException", "no")))));
});
