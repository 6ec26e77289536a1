import { describe, expect, it } from "@effect/vitest";
import { Effect, Fiber, Option, Stream } from "effect";
import { TestClock } from "effect/testing";
import { Futures, type FutureState } from "../../mod.ts";
import { type SimulatedTask, Simulator } from "../../src/simulator/mod.ts";
import { during } from "../fixtures/virtual_time.ts";

/** Starts a task and follows it. */
const follow = (task: SimulatedTask) =>
  Effect.gen(function* () {
    const answer = (yield* (yield* Simulator).startTask(task)) as FutureState;
    return yield* (yield* Futures).follow(answer);
  });

/** What was asked since the start, as `GET peek=true`. */
const asked = Effect.map(
  Effect.flatMap(Simulator, ({ received }) => received),
  (all) => all.map(({ method, target }) => `${method} ${target.split("?")[1] ?? ""}`.trim()),
);
const takes = Effect.map(asked, (all) => all.filter((line) => line === "GET peek=false").length);
const simulated = <A, E>(test: Effect.Effect<A, E, Simulator | Futures>) => Effect.provide(test, Simulator.layer());

describe("one future with several views", () => {
  it.effect("all end with its result, which is taken once", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: 30, result: { answer: 42 } });
      const views = Effect.all([future.result, future.result, Stream.runCollect(future.states)], {
        concurrency: "unbounded",
      });
      const [first, second, states] = yield* during("1 minute", views);
      expect(first).toEqual({ answer: 42 });
      expect(second).toEqual({ answer: 42 });
      expect(states.at(-1)).toMatchObject({ phase: "DONE", isFinal: true });
      expect(states.filter(({ isFinal }) => isFinal)).toHaveLength(1);
      expect(yield* takes).toBe(1);
    })));

  it.effect("look together: five views ask about as often as one", () =>
    simulated(Effect.gen(function* () {
      const requests = (views: number) =>
        Effect.gen(function* () {
          const before = (yield* asked).length;
          const { result } = yield* follow({ seconds: 120, result: 1 });
          yield* during(
            "3 minutes",
            Effect.all(Array.from({ length: views }, () => result), { concurrency: "unbounded" }),
          );
          return (yield* asked).length - before;
        });
      const [byOne, byFive] = [yield* requests(1), yield* requests(5)];
      expect(byFive).toBeLessThanOrEqual(byOne + 2);
    })));

  it.effect("a look at a finished one sends nothing, nor do its result and states", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: 3, result: null });
      expect(yield* during("1 minute", future.result)).toBe(null);
      const before = yield* asked;
      expect(before.at(-1)).toBe("GET peek=false");
      expect(yield* future.state).toMatchObject({ phase: "DONE", isFinal: true });
      expect(yield* future.result).toBe(null);
      expect(yield* Stream.runCollect(future.states)).toHaveLength(1);
      expect(yield* during("1 hour", Effect.all([future.result, future.state]))).toHaveLength(2);
      expect(yield* asked).toEqual(before);
    })));

  it.effect("a view that comes later sees only what is new", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: 30, result: "x" });
      const first = yield* Effect.forkChild(future.result);
      yield* TestClock.adjust("10 seconds");
      const late = yield* Effect.forkChild(Stream.runCollect(future.states));
      yield* TestClock.adjust("1 minute");
      expect(yield* Fiber.join(first)).toBe("x");
      const seen = yield* Fiber.join(late);
      expect(seen[0]!.future.runningTime).toBeGreaterThanOrEqual(10_000);
    })));

  it.effect("states are changes: equal looks are one", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: 12, result: 1 });
      const states = yield* during("1 minute", Stream.runCollect(future.states));
      states.slice(1).forEach((state, index) => expect(state).not.toEqual(states[index]));
      expect(states[0]).toMatchObject({ phase: "RUNNING", isFinal: false, progress: { done: 0, total: 12 } });
    })));
});

describe("work that DSS does at once", () => {
  it.effect("needs no request, and has no token", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: 0, result: { done: true } });
      expect(future.token).toEqual(Option.none());
      expect(yield* future.result).toEqual({ done: true });
      expect(yield* future.state).toMatchObject({ phase: "DONE", isFinal: true });
      expect(yield* Stream.runCollect(future.states)).toHaveLength(1);
      yield* future.abort;
      expect(yield* asked).toEqual([]);
    })));

  it.effect("an answer with an id and its result needs no request either", () =>
    simulated(Effect.gen(function* () {
      const future = yield* (yield* Futures).follow({ jobId: "abc", hasResult: true, alive: false, result: [1] });
      expect(yield* future.result).toEqual([1]);
      expect(yield* asked).toEqual([]);
    })));

  it.effect("an answer that says DONE without the result takes it", () =>
    simulated(Effect.gen(function* () {
      const answer = (yield* (yield* Simulator).startTask({ seconds: 1, result: "late" })) as FutureState;
      yield* TestClock.adjust("2 seconds");
      const seen = yield* (yield* Futures).peek(answer.jobId!);
      expect(seen).toMatchObject({ hasResult: true });
      const future = yield* (yield* Futures).follow(seen);
      expect(yield* future.result).toBe("late");
      expect(yield* asked).toEqual(["GET peek=true", "GET peek=false"]);
    })));
});

describe("abort", () => {
  it.effect("ends the future, and its views with it", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: Infinity });
      const views = yield* Effect.forkChild(
        Effect.all([Effect.flip(future.result), Stream.runLast(future.states)], { concurrency: "unbounded" }),
      );
      yield* TestClock.adjust("1 minute");
      yield* future.abort;
      yield* TestClock.adjust("10 seconds");
      const [error, last] = yield* Fiber.join(views);
      expect(error).toMatchObject({ _tag: "FutureAborted", token: Option.getOrThrow(future.token) });
      expect(Option.getOrThrow(last)).toMatchObject({ phase: "ABORTED", isFinal: true });
      expect(yield* takes).toBe(0);
    })));

  it.effect("by its id, and twice, is no failure", () =>
    simulated(Effect.gen(function* () {
      const futures = yield* Futures;
      const answer = (yield* (yield* Simulator).startTask({ seconds: 60 })) as FutureState;
      yield* futures.abort(answer.jobId!);
      yield* futures.abort(answer.jobId!);
      expect(yield* futures.peek(answer.jobId!)).toMatchObject({ alive: false, aborted: true });
    })));

  it.effect("an interrupted wait aborts nothing, and sends nothing more", () =>
    simulated(Effect.gen(function* () {
      const future = yield* follow({ seconds: 600, result: "done" });
      const wait = yield* Effect.forkChild(future.result);
      yield* TestClock.adjust("1 minute");
      yield* Fiber.interrupt(wait);
      const before = yield* asked;
      yield* TestClock.adjust("5 minutes");
      expect(yield* asked).toEqual(before);
      expect(before).not.toContain("DELETE");
      expect(yield* during("10 minutes", future.result)).toBe("done");
    })));
});

describe("lists", () => {
  it.effect("mine, and with an administrator's key those of all users", () =>
    simulated(Effect.gen(function* () {
      const futures = yield* Futures;
      const names = (all: ReadonlyArray<FutureState>) => all.map(({ owner }) => owner);
      expect(names(yield* futures.list())).toEqual(["admin"]);
      expect(names(yield* futures.list({ allUsers: true })).toSorted()).toEqual(["admin", "maria"]);
      expect(yield* futures.listRunningScenarios()).toEqual([]);
      expect((yield* (yield* Simulator).received).map(({ target }) => target)).toEqual([
        "/futures/?withScenarios=false&withNotScenarios=true&allUsers=false",
        "/futures/?withScenarios=false&withNotScenarios=true&allUsers=true",
        "/futures/?withScenarios=true&withNotScenarios=false&allUsers=false",
      ]);
      for (const { jobId } of yield* futures.list()) expect((yield* futures.peek(jobId!)).jobId).toBe(jobId);
    })));
});

describe("take", () => {
  it.effect("gives the result once, and does not wait", () =>
    simulated(Effect.gen(function* () {
      const futures = yield* Futures;
      const { jobId } = (yield* (yield* Simulator).startTask({ seconds: 5, result: 7 })) as FutureState;
      expect(yield* futures.take(jobId!)).toMatchObject({ alive: true, hasResult: false });
      yield* TestClock.adjust("6 seconds");
      expect(yield* futures.peek(jobId!)).not.toHaveProperty("result");
      expect(yield* futures.take(jobId!)).toMatchObject({ hasResult: true, result: 7 });
      expect(yield* futures.take(jobId!)).toMatchObject({ unknown: true });
    })));

  it.effect("is never sent twice", () =>
    simulated(Effect.gen(function* () {
      const simulator = yield* Simulator;
      yield* simulator.inject("lost answer", { times: 9 });
      const error = yield* during("1 hour", Effect.flip((yield* Futures).take("abc")));
      expect(error.reason._tag).toBe("Unreachable");
      expect(yield* takes).toBe(1);
    })));
});
