/**
 * Jobs in many faults: restarts, outages, clocks that are wrong, states that are new.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Clock, Duration, Effect, Logger, Option, Schema } from "effect";
import { buildJob, get, Jobs, path, type WaitOptions } from "../../../mod.ts";
import { Simulator } from "../../../src/simulator/mod.ts";
import { Pace } from "../kinds.ts";
import { Way } from "../play.ts";
import type { Row } from "../row.ts";
import { asking, failsWith, journey } from "./journey.ts";

/** A job that takes its time. */
const started = (options: WaitOptions = {}, seconds?: number) =>
  Effect.gen(function* () {
    const { work, wait } = yield* Pace;
    const recipe = "recipes/SALES.compute_orders_prepared";
    yield* (yield* Simulator).script(recipe, { end: "done", seconds: seconds ?? work });
    const job = yield* (yield* Jobs).start("SALES", buildJob("orders_prepared"), { ...wait, ...options });
    return { job, token: Option.getOrThrow(job.token) };
  });

/** What DSS says of a job, with another state and fields that nobody knows. */
const strangeStatus = (jobId: string) =>
  Effect.gen(function* () {
    const status = get(path`/projects/SALES/jobs/${jobId}/`);
    const known = yield* asking((dss) => dss.json("Test.look", status, Schema.Unknown));
    const { baseStatus, ...rest } = known as { readonly baseStatus: object };
    const body = JSON.stringify({
      ...rest,
      moon: { phase: 3 },
      baseStatus: { ...baseStatus, state: "SIMMERING", moon: [] },
    });
    return { status: 200, headers: { "content-type": "application/json" }, body };
  });

/** A wall clock that is put forward, or back, while a timer goes on as it did. */
const withWallClockPut = <A, E, R>(effect: Effect.Effect<A, E, R>, by: Duration.Input, after: number) =>
  Effect.gen(function* () {
    const clock = yield* Clock.Clock;
    const millis = Duration.toMillis(Duration.fromInputUnsafe(by));
    const since = yield* clock.monotonicTimeNanos;
    const off = (): number => clock.monotonicTimeNanosUnsafe() - since > BigInt(after * 1_000_000) ? millis : 0;
    const wall = (): number => clock.currentTimeMillisUnsafe() + off();
    const nanos = (): bigint => clock.currentTimeNanosUnsafe() + BigInt(off()) * 1_000_000n;
    const jumping: Clock.Clock = {
      currentTimeMillisUnsafe: wall,
      currentTimeMillis: Effect.sync(wall),
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos,
      sleep: (duration) => clock.sleep(duration),
    };
    return yield* Effect.provideService(effect, Clock.Clock, jumping);
  });

const clockJumps = (name: string, by: Duration.Input): ReadonlyArray<Row> => {
  const title = (given: string, expected: string) => ["F24", name, given, expected] as const;
  // In process, the clock of the caller is that of the simulated DSS as well.
  const onSockets = { levels: ["deno", "node"] } as const;
  return [
    journey(
      title("wait", "ok"),
      Effect.gen(function* () {
        const { job } = yield* started();
        const { baseStatus } = yield* withWallClockPut(job.result, by, 150);
        assert.equal(baseStatus.state, "DONE");
      }),
      onSockets,
    ),
    journey(
      title("wait with a timeout", "WaitTimedOut in time"),
      Effect.gen(function* () {
        const since = performance.now();
        const { job } = yield* started({ timeout: "1 second" }, 60);
        yield* failsWith(withWallClockPut(job.result, by, 150), "WaitTimedOut");
        const took = performance.now() - since;
        assert.ok(took > 950 && took < 5000, `it took ${took} ms`);
      }),
      onSockets,
    ),
    journey(
      title("read that is answered with 503", "ok after the pause"),
      Effect.gen(function* () {
        yield* (yield* Way).inject("unavailable", { times: 3 });
        yield* withWallClockPut(Effect.flatMap(Jobs, (jobs) => jobs.list("SALES")), by, 5);
      }),
      onSockets,
    ),
  ];
};

/** Waits for jobs. */
export const jobJourneys: ReadonlyArray<Row> = [
  journey(
    ["F23", "a state and fields that are new, twice", "wait", "ok, with one warning"],
    Effect.gen(function* () {
      const { job, token } = yield* started();
      const way = yield* Way;
      const warnings: Array<unknown> = [];
      yield* way.inject(yield* strangeStatus(token.ids[1]!), { path: token.ids[1]!, times: 2 });
      const { baseStatus } = yield* Effect.provide(
        job.result,
        Logger.layer([Logger.make(({ message }) => void warnings.push(message))]),
      );
      assert.equal(baseStatus.state, "DONE");
      assert.equal(warnings.length, 1);
      assert.match(String(warnings[0]), /SIMMERING, a state not known here, taken for running/);
    }),
  ),
  journey(
    ["F23", "a state that is new, each time", "wait with a timeout", "WaitTimedOut with its token"],
    Effect.gen(function* () {
      const { work } = yield* Pace;
      const { job, token } = yield* started({ timeout: work * 5000 });
      const way = yield* Way;
      yield* way.inject(yield* strangeStatus(token.ids[1]!), { path: token.ids[1]!, times: Number.POSITIVE_INFINITY });
      const error = yield* failsWith(job.result, "WaitTimedOut");
      assert.deepEqual(error.token, token);
    }),
  ),
  ...clockJumps("the wall clock is put forward by a day", "1 day"),
  ...clockJumps("the wall clock is put back by a day", "-1 days"),
  journey(
    ["F24", "the computer sleeps for a day", "wait", "ok"],
    Effect.gen(function* () {
      const { job } = yield* started({}, 600);
      yield* Effect.sleep("1 second");
      assert.equal((yield* withWallClockPut(job.result, "1 day", 2000)).baseStatus.state, "DONE");
    }),
    { levels: ["process"] },
  ),
  journey(
    ["F25", "DSS restarts in the wait", "wait", "JobFailed, ABORTED"],
    Effect.gen(function* () {
      const { work } = yield* Pace;
      const { job, token } = yield* started();
      yield* (yield* Simulator).restart(work * 500);
      const error = yield* failsWith(job.result, "JobFailed");
      assert.ok("status" in error && error.status.baseStatus.state === "ABORTED");
      assert.deepEqual(error.token, token);
    }),
  ),
  journey(
    ["F25", "DSS is away for longer than the budget", "wait", "ContactLost with its token; resumed it ends"],
    Effect.gen(function* () {
      const { job, token } = yield* started();
      const { wait } = yield* Pace;
      const way = yield* Way;
      yield* way.inject("unavailable", { path: token.ids[1]!, times: wait.outageBudget === undefined ? 200 : 10 });
      const error = yield* failsWith(job.result, "ContactLost");
      assert.deepEqual(error.token, token);
      const resumed = yield* (yield* Jobs).resume(JSON.parse(JSON.stringify(error.token)), wait);
      assert.equal((yield* resumed.result).baseStatus.state, "DONE");
    }),
  ),
  journey(
    ["F30", "the answer to a start is lost", "start", "OutcomeUnknown with the one job, which can be resumed"],
    Effect.gen(function* () {
      const { wait } = yield* Pace;
      const jobs = yield* Jobs;
      yield* (yield* Simulator).script("recipes/SALES.compute_orders_prepared", { end: "done", seconds: 0.2 });
      yield* (yield* Way).inject("lost answer", { method: "POST" });
      const error = yield* failsWith(jobs.start("SALES", buildJob("orders_prepared")), "OutcomeUnknown");
      assert.ok(error.reason._tag === "OutcomeUnknown");
      const [token, ...others] = error.reason.candidates ?? [];
      assert.equal(others.length, 0);
      const job = yield* jobs.resume(token, wait);
      assert.equal((yield* job.result).baseStatus.state, "DONE");
    }),
  ),
];
