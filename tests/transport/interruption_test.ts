import { describe, expect, it } from "@effect/vitest";
import { Deferred, Effect, Exit, Fiber, Option } from "effect";
import { TestClock } from "effect/testing";
import { buildJob, Dss, Futures, type FutureState, get, Jobs, path } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received } from "../fixtures/dss_server.ts";
import { interruptedAt, sweeping } from "../fixtures/interrupt_at.ts";
import { during } from "../fixtures/virtual_time.ts";

const run = Effect.flatMap(Jobs, (jobs) => jobs.run("SALES", buildJob("orders_joined")));
const isStart = ({ method, target }: { readonly method: string; readonly target: string }) =>
  method === "POST" && target.endsWith("/jobs/");
const isAbort = ({ target }: { readonly target: string }) => target.endsWith("/abort");

/** How many jobs were started, and how many of them still run. */
const jobs = Effect.gen(function* () {
  const all = yield* (yield* Jobs).list("SALES");
  const started = (yield* (yield* Simulator).received).filter(isStart).length;
  return { started, running: all.filter(({ stableState }) => !stableState).length };
});

describe("an interrupted run leaves no job behind", () => {
  it.effect("after any time: on the wire, between the answer and the first look, in the wait", () =>
    Effect.gen(function* () {
      for (let nth = 1; nth <= 60; nth++) {
        const fiber = yield* Effect.forkChild(run);
        yield* TestClock.adjust(nth * 70);
        yield* during("10 minutes", Fiber.interrupt(fiber));
        expect(yield* during("1 minute", jobs), `${nth * 70} ms`).toEqual({ started: nth, running: 0 });
      }
    }).pipe(Effect.provide(Simulator.layer({ latency: "500 millis" }))));

  it.effect("before any operation of the program", () =>
    Effect.gen(function* () {
      const ends = { before: 0, aborted: 0, after: 0 };
      for (let n = 0, started = 0;; n++) {
        const exit = yield* interruptedAt(n, run);
        if (exit === undefined) break;
        const now = yield* jobs;
        expect(now.running, `operation ${n}`).toBe(0);
        ends[now.started === started ? "before" : Exit.isSuccess(exit) ? "after" : "aborted"] += 1;
        started = now.started;
      }
      const aborts = (yield* (yield* Simulator).received).filter(isAbort).length;
      expect(aborts).toBeGreaterThan(100);
      expect(aborts).toBeLessThanOrEqual(ends.aborted);
      expect(ends.before).toBeGreaterThan(10);
    }).pipe(Effect.provide(Simulator.layer()), sweeping), 60_000);

  it.effect("but says so in the log when the abort fails", () =>
    Effect.gen(function* () {
      yield* (yield* Simulator).inject("refused", { path: "/abort", times: 99 });
      const fiber = yield* Effect.forkChild(run);
      yield* TestClock.adjust("3 seconds");
      yield* during("10 minutes", Fiber.interrupt(fiber));
      expect((yield* (yield* Simulator).received).filter(isAbort)).toHaveLength(5);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("and aborts nothing that has ended", () =>
    Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(run);
      yield* TestClock.adjust("1 minute");
      yield* Fiber.interrupt(fiber);
      expect((yield* (yield* Simulator).received).filter(isAbort)).toHaveLength(0);
    }).pipe(Effect.provide(Simulator.layer())));
});

/** As many requests as there are permits go out at once. */
const allPermitsAreFree = Effect.gen(function* () {
  const { received } = yield* Simulator;
  const before = (yield* received).length;
  const list = Effect.flatMap(Futures, (futures) => futures.list());
  yield* Effect.all(Array.from({ length: 8 }, () => list), { concurrency: "unbounded" });
  const times = (yield* received).slice(before).map(({ at }) => at);
  expect(new Set(times).size).toBe(1);
});

describe("fifty runs behind a limit of eight", () => {
  it.effect.each([0, 999, 1000, 1001, 2500])(
    "interrupted after %d ms send no further start",
    (time) =>
      Effect.gen(function* () {
        const { received } = yield* Simulator;
        const all = Effect.all(Array.from({ length: 50 }, () => run), { concurrency: "unbounded" });
        const fiber = yield* Effect.forkChild(all);
        yield* TestClock.adjust(time);
        const before = (yield* received).filter(isStart).length;
        expect(before).toBeGreaterThanOrEqual(8);
        yield* during("10 minutes", Fiber.interrupt(fiber));
        expect(yield* during("1 minute", jobs)).toEqual({ started: before, running: 0 });
        yield* during("1 minute", allPermitsAreFree);
      }).pipe(Effect.provide(Simulator.layer({ latency: "1 second", concurrency: 8 }))),
  );
});

describe("behind a limit of one", () => {
  const def = {
    id: "a",
    type: "X",
    projectKey: "SALES",
    name: "a",
    initiator: "a",
    initiationTimestamp: 1,
    outputs: [],
  };
  const status = (state: string) => json({ baseStatus: { def, state } });

  it.effect(
    "an interruption before any operation aborts what was started, and gives the permit back",
    () =>
      Effect.gen(function* () {
        for (let n = 0, going = true; going; n++) {
          let done = false;
          const gate = yield* Deferred.make<void>();
          const server = dssServer(({ method, target }, nth) => {
            if (target === "/first") return Effect.as(Deferred.await(gate), json({}));
            if (method === "GET") {
              done = nth > 5;
              return status(done ? "DONE" : "RUNNING");
            }
            return json(target.endsWith("/abort") ? { msg: "" } : { id: "a" });
          }, { concurrency: 1 });
          yield* Effect.gen(function* () {
            const dss = yield* Dss;
            const first = yield* Effect.forkChild(dss.text("X.y", get(path`/first`)));
            yield* Effect.forkChild(Effect.delay(Deferred.succeed(gate, undefined), "10 seconds"));
            const exit = yield* interruptedAt(n, run);
            yield* Fiber.join(first);
            const { requests } = yield* Received;
            const [starts, aborts] = [requests.filter(isStart).length, requests.filter(isAbort).length];
            // After the end was told, there is nothing to abort.
            if (!done) expect(aborts, `operation ${n}`).toBe(starts);
            if (exit !== undefined && Exit.isSuccess(exit)) expect(done && aborts === 0).toBe(true);
            const next = yield* Effect.forkChild(dss.text("X.y", get(path`/next`)));
            yield* TestClock.adjust("1 second");
            expect(next.pollUnsafe()?._tag, `a permit after operation ${n}`).toBe("Success");
            going = exit !== undefined;
          }).pipe(Effect.provide(server));
        }
      }).pipe(sweeping),
    60_000,
  );
});

describe("an interrupted wait", () => {
  const started = Effect.gen(function* () {
    yield* (yield* Simulator).script("recipes/SALES.compute_orders_joined", { end: "stall" });
    return yield* (yield* Jobs).start("SALES", buildJob("orders_joined"));
  });
  /** Interrupts a wait in its middle; nothing is asked after that. */
  const interruptInTheMiddle = <A, E, R>(wait: Effect.Effect<A, E, R>) =>
    Effect.gen(function* () {
      const { received } = yield* Simulator;
      const fiber = yield* Effect.forkChild(wait);
      yield* TestClock.adjust("20 seconds");
      yield* Fiber.interrupt(fiber);
      const before = (yield* received).length;
      expect(before).toBeGreaterThan(3);
      yield* TestClock.adjust("1 hour");
      expect(yield* received).toHaveLength(before);
    });

  it.effect("on a started job leaves it running, and asks no more", () =>
    Effect.gen(function* () {
      const job = yield* started;
      yield* interruptInTheMiddle(job.result);
      expect((yield* job.state).phase).toBe("RUNNING");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("on an attached job too", () =>
    Effect.gen(function* () {
      const [projectKey, jobId] = Option.getOrThrow((yield* started).token).ids;
      const job = yield* (yield* Jobs).attach(projectKey!, jobId!);
      yield* interruptInTheMiddle(job.result);
      expect((yield* job.state).phase).toBe("RUNNING");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("leaves other views of it waiting", () =>
    Effect.gen(function* () {
      const job = yield* during("1 second", (yield* Jobs).start("SALES", buildJob("orders_joined")));
      const [one, other] = [yield* Effect.forkChild(job.result), yield* Effect.forkChild(job.result)];
      yield* TestClock.adjust("1500 millis");
      yield* Fiber.interrupt(one);
      yield* TestClock.adjust("1 minute");
      expect((yield* Fiber.join(other)).baseStatus.state).toBe("DONE");
    }).pipe(Effect.provide(Simulator.layer({ latency: "1 second" }))));
});

describe("an interrupted wait on a future", () => {
  it.effect(
    "before any operation takes its result at most once, and keeps it for the next wait",
    () =>
      Effect.gen(function* () {
        const { startTask, received } = yield* Simulator;
        for (let n = 0, going = true; going; n++) {
          const future = yield* (yield* Futures).follow((yield* startTask({ seconds: 3, result: n })) as FutureState);
          const before = (yield* received).length;
          // The wait of an hour that ends here is too late for DSS, which forgets: another view goes on in the meantime.
          const other = yield* Effect.forkChild(future.result);
          going = (yield* interruptedAt(n, future.result)) !== undefined;
          expect(yield* Fiber.join(other), `operation ${n}`).toBe(n);
          expect(yield* future.result).toBe(n);
          const takes = (yield* received).slice(before).filter(({ target }) => target.endsWith("peek=false"));
          expect(takes, `operation ${n}`).toHaveLength(1);
        }
      }).pipe(Effect.provide(Simulator.layer()), sweeping),
    60_000,
  );
});
