import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { TestClock } from "effect/testing";
import { buildJob, datasetOutput, Jobs, type JobStatus, type JobType } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { during } from "../fixtures/virtual_time.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Jobs | Simulator>) => Effect.provide(test, Simulator.layer());

/** The activities of a status, each with its state, in the order of their start. */
const activities = ({ baseStatus }: JobStatus) =>
  Object.entries(baseStatus.activities ?? {})
    .toSorted(([, a], [, b]) => (a.startTime || Infinity) - (b.startTime || Infinity))
    .map(([id, { state }]) => `${id.replace(/^compute_|_NP$/g, "")} ${state}`);

const build = (output: string, type?: JobType) =>
  Effect.flatMap(Jobs, (jobs) => jobs.run("SALES", buildJob(output, type === undefined ? {} : { type })));
const built = (output: string, type?: JobType) => Effect.map(during("1 hour", build(output, type)), activities);

/** Builds a job that does not end well, and gives its last status. */
const failed = (output: string, type: JobType) =>
  Effect.map(Effect.flip(during("1 hour", build(output, type))), (error) => {
    if (error._tag !== "JobFailed") throw error;
    return error.status;
  });

const everything = ["customers_prepared DONE", "orders_joined DONE", "orders_prepared DONE", "revenue_by_country DONE"];

describe("which activities a job runs", () => {
  it.effect("by itself: the output, whatever is before it", () =>
    simulated(Effect.gen(function* () {
      expect(yield* built("revenue_by_country")).toEqual(["revenue_by_country DONE"]);
      expect(yield* built("revenue_by_country", "NON_RECURSIVE_FORCED_BUILD")).toEqual(["revenue_by_country DONE"]);
    })));

  it.effect("recursive and forced: all of the upstream, in its order", () =>
    simulated(Effect.gen(function* () {
      for (let times = 0; times < 2; times++) {
        const order = yield* built("revenue_by_country", "RECURSIVE_FORCED_BUILD");
        expect(order.toSorted()).toEqual(everything);
        expect(order.indexOf("orders_joined DONE")).toBe(2);
        expect(order.indexOf("revenue_by_country DONE")).toBe(3);
      }
    })));

  it.effect("recursive: what is out of date; then nothing", () =>
    simulated(Effect.gen(function* () {
      yield* built("revenue_by_country", "RECURSIVE_BUILD");
      expect(yield* built("revenue_by_country", "RECURSIVE_BUILD")).toEqual([]);
      yield* built("customers_prepared");
      expect(yield* built("revenue_by_country", "RECURSIVE_BUILD")).toEqual([
        "orders_joined DONE",
        "revenue_by_country DONE",
      ]);
    })));

  it.effect("missing only: what was never built, and what is after it", () =>
    simulated(Effect.gen(function* () {
      const missing = yield* built("revenue_by_country", "RECURSIVE_MISSING_ONLY_BUILD");
      expect(missing).toContain("revenue_by_country DONE");
      expect(yield* built("revenue_by_country", "RECURSIVE_MISSING_ONLY_BUILD")).toEqual([]);
      yield* built("customers_prepared");
      expect(yield* built("revenue_by_country", "RECURSIVE_MISSING_ONLY_BUILD")).toEqual([]);
    })));

  it.effect("several outputs: each activity once", () =>
    simulated(Effect.gen(function* () {
      const outputs = ["orders_joined", "revenue_by_country", datasetOutput("orders_prepared")];
      const run = Effect.flatMap(Jobs, (jobs) =>
        jobs.run("SALES", buildJob(outputs, { type: "RECURSIVE_FORCED_BUILD" })));
      expect(activities(yield* during("1 hour", run)).toSorted()).toEqual(everything);
    })));

  it.effect("of a dataset that comes from outside: none", () =>
    simulated(Effect.gen(function* () {
      expect(yield* built("orders_raw", "RECURSIVE_FORCED_BUILD")).toEqual([]);
    })));
});

describe("how activities end", () => {
  const recursive = "RECURSIVE_FORCED_BUILD";

  it.effect("one fails: what runs is aborted, what is after it is skipped, what was done stays", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("recipes/SALES.compute_orders_prepared", { end: "fail", after: 0.9 });
      const status = yield* failed("revenue_by_country", recursive);
      expect(status.baseStatus.state).toBe("FAILED");
      expect(activities(status).toSorted()).toEqual([
        "customers_prepared DONE",
        "orders_joined SKIPPED",
        "orders_prepared FAILED",
        "revenue_by_country SKIPPED",
      ]);
      expect(status.globalState).toMatchObject({ total: 4, done: 1, failed: 1, running: 0 });
    })));

  it.effect("one fails early: its neighbour is aborted", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("recipes/SALES.compute_orders_prepared", { end: "fail", after: 0.1, times: 1 });
      expect(activities(yield* failed("orders_joined", recursive)).toSorted()).toEqual([
        "customers_prepared ABORTED",
        "orders_joined SKIPPED",
        "orders_prepared FAILED",
      ]);
      expect((yield* built("orders_joined", recursive)).toSorted()).toEqual(everything.slice(0, 3));
    })));

  it.effect("one warns: the job is done, and counts it", () =>
    simulated(Effect.gen(function* () {
      const warning = { end: "warn", message: "Cannot parse '7,5'" } as const;
      yield* (yield* Simulator).script("recipes/SALES.compute_orders_joined", warning);
      const status = yield* during("1 hour", build("orders_joined"));
      const text = JSON.stringify(status.baseStatus.activities);
      expect(text).toContain("Cannot parse '7,5'");
      const [newest] = yield* (yield* Jobs).list("SALES", { limit: 1 });
      expect(newest).toMatchObject({ state: "DONE", warningsCount: 1 });
    })));

  it.effect("one takes as long as it is told", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("recipes/SALES.compute_orders_joined", { end: "done", seconds: 100 });
      const { baseStatus } = yield* during("1 hour", build("orders_joined"));
      expect(baseStatus.jobEndTime! - baseStatus.jobStartTime!).toBe(100_300);
    })));
});

describe("abort", () => {
  const stages: ReadonlyArray<readonly [string, number, ReadonlyArray<string>]> = [
    ["before it starts", 0, ["customers_prepared SKIPPED", "orders_joined SKIPPED", "orders_prepared SKIPPED"]],
    ["while it computes what to do", 300, [
      "customers_prepared SKIPPED",
      "orders_joined SKIPPED",
      "orders_prepared SKIPPED",
    ]],
    ["in its first activities", 1000, [
      "customers_prepared ABORTED",
      "orders_joined SKIPPED",
      "orders_prepared ABORTED",
    ]],
    ["when a part is done", 3000, ["customers_prepared DONE", "orders_joined SKIPPED", "orders_prepared ABORTED"]],
    ["in its last activity", 5000, ["customers_prepared DONE", "orders_joined ABORTED", "orders_prepared DONE"]],
  ];
  it.effect.each(stages)("%s", ([, after, expected]) =>
    simulated(Effect.gen(function* () {
      const jobs = yield* Jobs;
      const job = yield* jobs.start("SALES", buildJob("orders_joined", { type: "RECURSIVE_FORCED_BUILD" }));
      yield* TestClock.adjust(after);
      yield* job.abort;
      const status = yield* jobs.get("SALES", job.jobId);
      expect(status.baseStatus.state).toBe("ABORTED");
      expect(activities(status).toSorted()).toEqual(expected);
      yield* TestClock.adjust("1 hour");
      expect(yield* jobs.get("SALES", job.jobId)).toEqual(status);
      const [newest] = yield* jobs.list("SALES", { limit: 1 });
      expect(newest).toMatchObject({ state: "ABORTED", stableState: true });
      // A job that was aborted before it started has no times.
      expect(newest!.startTime > 0).toBe(after > 200);
    })));

  it.effect("after its end changes nothing", () =>
    simulated(Effect.gen(function* () {
      const jobs = yield* Jobs;
      const job = yield* jobs.start("SALES", buildJob("orders_joined"));
      const status = yield* during("1 minute", job.result);
      yield* job.abort;
      expect(yield* jobs.get("SALES", job.jobId)).toEqual(status);
    })));
});

describe("equal seeds", () => {
  /** All that DSS knows after some work. */
  const story = (seed: number) =>
    Effect.gen(function* () {
      yield* built("revenue_by_country", "RECURSIVE_FORCED_BUILD");
      yield* (yield* Simulator).startTask({ seconds: 10 });
      return JSON.stringify(yield* (yield* Simulator).snapshot);
    }).pipe(Effect.provide(Simulator.layer({ seed })), Effect.provide(TestClock.layer()));

  it.effect("give equal ids and times; others do not", () =>
    Effect.gen(function* () {
      const [one, again, other] = [yield* story(7), yield* story(7), yield* story(8)];
      expect(again).toBe(one);
      expect(other).not.toBe(one);
    }));
});
