import { describe, expect, it } from "@effect/vitest";
import { Clock, Duration, Effect, Fiber, Option, Schedule, Stream } from "effect";
import { TestClock } from "effect/testing";
import { buildJob, Futures, type FutureState, type JobOperation, Jobs, Polling, withOperation } from "../../mod.ts";
import type { WaitOptions } from "../../mod.ts";
import { type Fault, Simulator } from "../../src/simulator/mod.ts";
import { during } from "../fixtures/virtual_time.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Jobs | Futures | Simulator>) =>
  Effect.provide(test, Simulator.layer());
const build = buildJob("orders_joined", { type: "RECURSIVE_FORCED_BUILD" });
const start = (options?: WaitOptions) => Effect.flatMap(Jobs, (jobs) => jobs.start("SALES", build, options));
const tokenOf = (job: JobOperation) => Option.getOrThrow(job.token);
const received = Effect.flatMap(Simulator, ({ received }) => received);

/** What comes of a wait, and when. */
const timed = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const begin = yield* Clock.currentTimeMillis;
    const value = yield* effect;
    return [value, (yield* Clock.currentTimeMillis) - begin] as const;
  });

describe("a restart of DSS in the middle", () => {
  it.effect("of a job: the wait goes through it, and finds the job aborted", () =>
    simulated(Effect.gen(function* () {
      const job = yield* start();
      const wait = yield* Effect.forkChild(Effect.flip(job.result));
      yield* TestClock.adjust("3 seconds");
      yield* (yield* Simulator).restart("4 minutes");
      yield* TestClock.adjust("10 minutes");
      expect(yield* Fiber.join(wait)).toMatchObject({
        _tag: "JobFailed",
        token: tokenOf(job),
        status: { baseStatus: { state: "ABORTED" } },
      });
    })));

  it.effect("of a run too, and nothing is aborted or started again", () =>
    simulated(Effect.gen(function* () {
      const wait = yield* Effect.forkChild(Effect.flip(Effect.flatMap(Jobs, (jobs) => jobs.run("SALES", build))));
      yield* TestClock.adjust("3 seconds");
      yield* (yield* Simulator).restart("4 minutes");
      yield* TestClock.adjust("10 minutes");
      expect(yield* Fiber.join(wait)).toMatchObject({ _tag: "JobFailed" });
      expect((yield* received).filter(({ method }) => method === "POST")).toHaveLength(1);
    })));

  it.effect("of a future: it is lost", () =>
    simulated(Effect.gen(function* () {
      const answer = (yield* (yield* Simulator).startTask({ seconds: 600, result: 1 })) as FutureState;
      const future = yield* (yield* Futures).follow(answer);
      const wait = yield* Effect.forkChild(Effect.flip(future.result));
      yield* TestClock.adjust("1 minute");
      yield* (yield* Simulator).restart("2 minutes");
      yield* TestClock.adjust("10 minutes");
      expect(yield* Fiber.join(wait)).toMatchObject({
        _tag: "FutureLost",
        finished: false,
        token: Option.getOrThrow(future.token),
      });
    })));
});

describe("an outage", () => {
  const faults: ReadonlyArray<Fault> = [
    "refused",
    "lost request",
    "lost answer",
    "stalled header",
    "stalled body",
    "truncated body",
    "unavailable",
    "bad gateway",
    "rate limited",
  ];
  it.effect.each(faults)("of short duration (%s) is not seen by a wait", (fault) =>
    simulated(Effect.gen(function* () {
      const job = yield* start();
      yield* (yield* Simulator).inject(fault, { method: "GET", times: 12 });
      const [status, states] = yield* during(
        "1 hour",
        Effect.all([job.result, Stream.runCollect(job.states)], { concurrency: "unbounded" }),
      );
      expect(status.baseStatus.state).toBe("DONE");
      expect(states.at(-1)).toMatchObject({ phase: "DONE" });
    })));

  it.effect.each(faults)(
    "for longer than the budget (%s) loses the contact, with the token, and aborts nothing",
    (fault) =>
      simulated(Effect.gen(function* () {
        const job = yield* start({ outageBudget: "5 minutes" });
        yield* (yield* Simulator).inject(fault, { times: 9999 });
        const error = yield* during("2 hours", Effect.flip(job.result));
        if (error._tag !== "ContactLost") throw error;
        expect(error.token).toEqual(tokenOf(job));
        expect(error.cause).toMatchObject({ _tag: "DssError", method: "Jobs.attach", token: tokenOf(job) });
        expect(Duration.toMinutes(error.lasted)).toBeGreaterThanOrEqual(5);
        // The last look may take its deadlines and pauses.
        expect(Duration.toMinutes(error.lasted)).toBeLessThan(10);
        expect((yield* received).some(({ target }) => target.endsWith("/abort"))).toBe(false);
      })),
  );

  it.effect("of ten minutes is borne by default, counted from its first failure", () =>
    simulated(Effect.gen(function* () {
      const job = yield* start();
      const wait = yield* Effect.forkChild(Effect.flip(job.result));
      for (const _ of [1, 2, 3]) {
        yield* (yield* Simulator).restart("9 minutes");
        yield* TestClock.adjust("9 minutes");
        yield* TestClock.adjust("30 seconds");
      }
      expect(yield* Fiber.join(wait)).toMatchObject({ _tag: "JobFailed" });
    })));

  it.effect("ends a wait that another one can take up", () =>
    simulated(Effect.gen(function* () {
      const job = yield* start({ outageBudget: "1 second" });
      yield* (yield* Simulator).inject("refused", { times: 10 });
      const error = yield* during("1 hour", Effect.flip(job.result));
      expect(error._tag).toBe("ContactLost");
      const resumed = yield* (yield* Jobs).resume(JSON.parse(JSON.stringify(tokenOf(job))));
      expect((yield* during("1 minute", resumed.result)).baseStatus.state).toBe("DONE");
      expect((yield* during("1 minute", job.result)).baseStatus.state).toBe("DONE");
    })));

  it.effect("that is none ends the wait at once: a key that was withdrawn", () =>
    simulated(Effect.gen(function* () {
      const job = yield* start();
      yield* (yield* Simulator).inject("login page", { times: 99 });
      const [error, took] = yield* during("1 hour", timed(Effect.flip(job.result)));
      expect(error).toMatchObject({ _tag: "DssError", token: tokenOf(job), reason: { _tag: "UnexpectedContent" } });
      expect(took).toBeLessThan(1000);
    })));
});

describe("the timeout of a wait", () => {
  it.effect("says where the job stands, carries the token, and aborts nothing", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("recipes/SALES.compute_orders_joined", { end: "stall" });
      const job = yield* start({ timeout: "2 minutes" });
      const [error, took] = yield* during("1 hour", timed(Effect.flip(job.result)));
      expect(error).toMatchObject({ _tag: "WaitTimedOut", token: tokenOf(job), last: { phase: "RUNNING" } });
      expect(error.message).toMatch(/^Not ended within 2m \(its phase is RUNNING\)/);
      expect(took).toBe(120_000);
      expect((yield* job.state).phase).toBe("RUNNING");
    })));

  it.effect("of a run aborts nothing either", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("recipes/SALES.compute_orders_joined", { end: "stall" });
      const run = (yield* Jobs).run("SALES", build, { timeout: "1 minute" });
      expect(yield* during("1 hour", Effect.flip(run))).toMatchObject({ _tag: "WaitTimedOut", token: { kind: "job" } });
      expect((yield* received).some(({ target }) => target.endsWith("/abort"))).toBe(false);
    })));

  it.effect("counts for every wait anew, and not for what has ended", () =>
    simulated(Effect.gen(function* () {
      const job = yield* start({ timeout: "5 seconds" });
      yield* during("10 seconds", Effect.flip(job.result));
      expect((yield* during("10 seconds", job.result)).baseStatus.state).toBe("DONE");
      expect((yield* during("1 hour", Effect.delay(job.result, "30 minutes"))).baseStatus.state).toBe("DONE");
    })));

  it.effect("holds while there is no contact", () =>
    simulated(Effect.gen(function* () {
      const job = yield* start({ timeout: "1 minute" });
      yield* (yield* Simulator).inject("stalled header", { times: 99 });
      const error = yield* during("1 hour", Effect.flip(job.result));
      expect(error).toMatchObject({ _tag: "WaitTimedOut" });
      expect(error.message).toContain("no state was seen");
    })));
});

describe("the schedule of looks", () => {
  const everyMinute = Schedule.spaced("1 minute");

  it.effect("is an option of the wait, or holds for all below", () =>
    simulated(Effect.gen(function* () {
      const looks = Effect.map(received, (all) => all.filter(({ method }) => method === "GET").map(({ at }) => at));
      const job = yield* start({ polling: everyMinute });
      yield* during("5 minutes", job.result);
      const [first, second, ...others] = yield* looks;
      expect([second! - first!, others.length]).toEqual([60_000, 0]);
      const again = yield* start();
      yield* during("5 minutes", Effect.provideService(again.result, Polling, everyMinute));
      expect((yield* looks).length).toBe(4);
    })));

  it.effect("may end: the task is looked at every quarter of a minute then", () =>
    simulated(Effect.gen(function* () {
      const job = yield* start({ polling: Schedule.recurs(2) });
      const [status, took] = yield* during("5 minutes", timed(job.result));
      expect(status.baseStatus.state).toBe("DONE");
      expect(took).toBe(15_000);
    })));
});

describe("withOperation", () => {
  it.effect("watches what it started, and aborts it when interrupted", () =>
    simulated(Effect.gen(function* () {
      const watched = withOperation(start(), (job) => Stream.runForEach(job.states, () => Effect.void));
      const fiber = yield* Effect.forkChild(watched);
      yield* TestClock.adjust("3 seconds");
      yield* Fiber.interrupt(fiber);
      const [newest] = yield* (yield* Jobs).list("SALES");
      expect(newest!.state).toBe("ABORTED");
    })));

  it.effect("aborts nothing when its use fails or ends", () =>
    simulated(Effect.gen(function* () {
      const failed = yield* Effect.flip(withOperation(start(), () => Effect.fail("why")));
      expect(failed).toBe("why");
      const id = yield* withOperation(start(), ({ jobId }) => Effect.succeed(jobId));
      yield* TestClock.adjust("1 minute");
      expect((yield* (yield* Jobs).get("SALES", id)).baseStatus.state).toBe("DONE");
    })));
});
