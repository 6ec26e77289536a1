import { describe, expect, it } from "@effect/vitest";
import { Duration, Effect, Fiber, Option, Stream } from "effect";
import { TestClock } from "effect/testing";
import { Dss, Futures, Jobs, path, post, ScenarioRun, ScenarioRunDetails, ScenarioRuns } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { during } from "../fixtures/virtual_time.ts";

const text = <E>(bytes: Stream.Stream<Uint8Array, E>) => bytes.pipe(Stream.decodeText, Stream.mkString);

const withSimulator = Effect.provide(Simulator.layer());

describe("a run on the simulated DSS", () => {
  it.effect("builds with jobs, and tells how far it is", () =>
    Effect.gen(function* () {
      const [runs, jobs] = [yield* ScenarioRuns, yield* Jobs];
      const operation = yield* runs.start("SALES", "NIGHTLY_BUILD", { steps: true });
      const states = yield* during("10 minutes", Stream.runCollect(operation.states));
      expect(new Set(states.map(({ phase }) => phase))).toEqual(new Set(["WAITING", "RUNNING", "SUCCESS"]));
      const done = states.flatMap(({ progress }) => progress === undefined ? [] : [progress.done]);
      expect(done).toEqual(done.toSorted((a, b) => a - b));
      // The step that only runs after a failure is not run.
      expect(states.at(-1)?.progress).toEqual({ done: 3, total: 4 });
      const run = yield* operation.result;
      const details = yield* runs.get("SALES", "NIGHTLY_BUILD", run.runId);
      const [jobId] = ScenarioRunDetails.jobIds(details);
      expect((yield* jobs.get("SALES", jobId!)).baseStatus.state).toBe("DONE");
      expect(yield* runs.log("SALES", "NIGHTLY_BUILD", run.runId)).toContain(run.runId);
      expect(yield* runs.lastSuccessful("SALES", "NIGHTLY_BUILD")).toEqual(run);
    }).pipe(withSimulator));

  it.effect("fails as its job fails: the step, the job and its message are told", () =>
    Effect.gen(function* () {
      const [runs, jobs, simulator] = [yield* ScenarioRuns, yield* Jobs, yield* Simulator];
      yield* simulator.script("recipes/SALES.compute_orders_joined", { end: "fail", message: "Disk is full" });
      const error = yield* during("10 minutes", Effect.flip(runs.run("SALES", "NIGHTLY_BUILD")));
      expect(error).toMatchObject({
        _tag: "ScenarioRunFailed",
        outcome: "FAILED",
        firstError: { step: { id: "build_revenue" } },
      });
      if (error._tag !== "ScenarioRunFailed") return;
      expect(error.message).toMatch(
        /^Scenario NIGHTLY_BUILD of SALES ended as FAILED \(step Build revenue: .*\): see the log of its run [\d-]+$/,
      );
      const status = yield* jobs.get("SALES", error.firstError!.jobId!);
      expect(status.baseStatus.state).toBe("FAILED");
    }).pipe(withSimulator));

  it.effect.each(
    [
      ["done", "SUCCESS"],
      ["warn", "WARNING"],
      ["fail", "FAILED"],
      ["abort", "ABORTED"],
    ] as const,
  )("that is scripted to end so: %s", ([end, outcome]) =>
    Effect.gen(function* () {
      const [runs, simulator] = [yield* ScenarioRuns, yield* Simulator];
      yield* simulator.script("scenarios/SALES.TEST_REVENUE", { end, message: "Scripted" });
      const ended = yield* during(
        "10 minutes",
        Effect.result(runs.run("SALES", "TEST_REVENUE", { warning: "failure" })),
      );
      if (ended._tag === "Success") return expect(ScenarioRun.outcome(ended.success)).toBe(outcome);
      expect(ended.failure).toMatchObject({ _tag: "ScenarioRunFailed", outcome });
    }).pipe(withSimulator));

  it.effect("that is cancelled, and one that stalls until somebody aborts it", () =>
    Effect.gen(function* () {
      const [runs, simulator] = [yield* ScenarioRuns, yield* Simulator];
      yield* simulator.script("scenarios/SALES.TEST_REVENUE", { end: "cancel" });
      const cancelled = yield* during("1 minute", Effect.flip(runs.run("SALES", "TEST_REVENUE")));
      expect(cancelled._tag).toBe("TriggerCancelled");
      yield* simulator.script("scenarios/SALES.TEST_REVENUE", { end: "stall" });
      const operation = yield* runs.start("SALES", "TEST_REVENUE");
      const fiber = yield* Effect.forkChild(Effect.flip(operation.result));
      yield* TestClock.adjust("3 hours");
      expect(fiber.pollUnsafe()).toBeUndefined();
      yield* runs.abort("SALES", "TEST_REVENUE");
      yield* TestClock.adjust("1 minute");
      expect(yield* Fiber.join(fiber)).toMatchObject({ outcome: "ABORTED" });
    }).pipe(withSimulator));

  it.effect("of a test has a JUnit report; of another scenario DSS refuses it", () =>
    Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      const run = yield* during("10 minutes", runs.run("SALES", "TEST_SMOKE"));
      expect(yield* text(runs.report("SALES", "TEST_SMOKE", run.runId))).toContain("<testsuite");
      expect(yield* text(runs.report("SALES", "TEST_SMOKE", run.runId, { step: "build" }))).toContain("<testcase");
      expect(yield* text(runs.testReport("SALES"))).toContain("TEST_SMOKE");
      expect(yield* text(runs.testReport("SALES", { format: "html" }))).toContain("<html");
      expect((yield* runs.testingStatus("SALES")).nbTotalRanScenarios).toBe(2);
      const other = yield* during("10 minutes", runs.run("SALES", "NIGHTLY_BUILD"));
      const error = yield* Effect.flip(text(runs.report("SALES", "NIGHTLY_BUILD", other.runId)));
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "Invalid" } });
    }).pipe(withSimulator));

  it.effect("has the runs of the days before", () =>
    Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      const all = yield* runs.byDate("SALES", "NIGHTLY_BUILD", { from: "2025-09-01", to: "2025-10-02" });
      expect(all.map(ScenarioRun.outcome)).toEqual(["FAILED", "WARNING", "SUCCESS", "SUCCESS"]);
      const ids = all.map(({ runId }) => runId);
      expect((yield* runs.lastFinished("SALES", "NIGHTLY_BUILD"))?.runId).toBe(ids[0]);
      expect((yield* runs.lastSuccessful("SALES", "NIGHTLY_BUILD"))?.runId).toBe(ids[1]);
      expect((yield* runs.lastSuccessful("SALES", "NIGHTLY_BUILD", { warning: "failure" }))?.runId).toBe(ids[2]);
      expect(yield* runs.averageDuration("SALES", "NIGHTLY_BUILD", { runs: 4 })).toBeUndefined();
      expect(Duration.toSeconds((yield* runs.averageDuration("SALES", "NIGHTLY_BUILD"))!)).toBeGreaterThan(5);
    }).pipe(withSimulator));
});

describe("another user's run", () => {
  it.effect("is current while ours is aborted: it goes on, and nothing is aborted", () =>
    Effect.gen(function* () {
      const [runs, simulator] = [yield* ScenarioRuns, yield* Simulator];
      yield* simulator.script("scenarios/SALES.NIGHTLY_BUILD", { end: "done", seconds: 600, times: 1 });
      const theirs = yield* Dss.as(runs.start("SALES", "NIGHTLY_BUILD"), "maria");
      yield* TestClock.adjust("10 seconds");
      const ours = yield* runs.start("SALES", "NIGHTLY_BUILD");
      yield* TestClock.adjust("10 seconds");
      const error = yield* during("1 minute", Effect.flip(ours.abort));
      expect(error._tag).toBe("AbortUncertain");
      const { received } = simulator;
      expect((yield* received).filter(({ target }) => target.endsWith("/abort"))).toEqual([]);
      const both = Effect.all([theirs.result, ours.result], { concurrency: 2 });
      const [first, second] = yield* during("2 hours", both);
      expect(ScenarioRun.outcome(first)).toBe("SUCCESS");
      expect(second.start).toBeGreaterThan(first.end!);
    }).pipe(withSimulator));

  it.effect("that is asked for while ours waits takes its place: ours is cancelled", () =>
    Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      yield* runs.start("SALES", "NIGHTLY_BUILD");
      yield* TestClock.adjust("2 seconds");
      const ours = yield* Effect.forkChild(Effect.flip(runs.run("SALES", "NIGHTLY_BUILD")));
      yield* TestClock.adjust("1 second");
      yield* Dss.as(runs.start("SALES", "NIGHTLY_BUILD"), "maria");
      yield* TestClock.adjust("1 minute");
      expect((yield* Fiber.join(ours))._tag).toBe("TriggerCancelled");
    }).pipe(withSimulator));
});

describe("a restart of DSS in the middle", () => {
  it.effect("ends the run as DSS says", () =>
    Effect.gen(function* () {
      const [runs, simulator] = [yield* ScenarioRuns, yield* Simulator];
      const fiber = yield* Effect.forkChild(Effect.flip(runs.run("SALES", "NIGHTLY_BUILD")));
      yield* TestClock.adjust("8 seconds");
      yield* simulator.restart("3 minutes");
      yield* TestClock.adjust("5 minutes");
      expect(yield* Fiber.join(fiber)).toMatchObject({ _tag: "ScenarioRunFailed", outcome: "ABORTED" });
    }).pipe(withSimulator));

  it.effect("forgets a fire that waits: the wait ends with what DSS says, and the token", () =>
    Effect.gen(function* () {
      const [runs, simulator] = [yield* ScenarioRuns, yield* Simulator];
      yield* runs.start("SALES", "NIGHTLY_BUILD");
      yield* TestClock.adjust("3 seconds");
      const fiber = yield* Effect.forkChild(Effect.flip(runs.run("SALES", "NIGHTLY_BUILD")));
      yield* TestClock.adjust("2 seconds");
      yield* simulator.restart("1 minute");
      yield* TestClock.adjust("5 minutes");
      const error = yield* Fiber.join(fiber);
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "NotFound" }, token: { kind: "scenario-run" } });
    }).pipe(withSimulator));

  it.effect("longer than the outage budget loses contact, and the token goes on", () =>
    Effect.gen(function* () {
      const [runs, simulator] = [yield* ScenarioRuns, yield* Simulator];
      const fiber = yield* Effect.forkChild(Effect.flip(runs.run("SALES", "NIGHTLY_BUILD")));
      yield* TestClock.adjust("8 seconds");
      yield* simulator.restart("30 minutes");
      yield* TestClock.adjust("29 minutes");
      const error = yield* Fiber.join(fiber);
      expect(error._tag).toBe("ContactLost");
      yield* TestClock.adjust("10 minutes");
      const resumed = yield* runs.resume("token" in error ? error.token : undefined);
      expect(yield* Effect.flip(resumed.result)).toMatchObject({ outcome: "ABORTED" });
    }).pipe(withSimulator));
});

describe("an interruption", () => {
  it.effect.each(Array.from({ length: 30 }, (_, step) => 100 + step * 370))(
    "after %i ms leaves no run, no job and no fire behind",
    (millis) =>
      Effect.gen(function* () {
        const [runs, jobs, futures] = [yield* ScenarioRuns, yield* Jobs, yield* Futures];
        const fiber = yield* Effect.forkChild(runs.run("SALES", "NIGHTLY_BUILD"));
        yield* TestClock.adjust(millis);
        yield* during("1 minute", Fiber.interrupt(fiber));
        const [running, list, last] = yield* during(
          "10 seconds",
          Effect.all([
            futures.listRunningScenarios({ allUsers: true }),
            jobs.list("SALES"),
            runs.list("SALES", "NIGHTLY_BUILD", { limit: 1 }),
          ]),
        );
        expect(running).toEqual([]);
        expect(list.filter(({ stableState }) => !stableState)).toEqual([]);
        expect(last.map(ScenarioRun.outcome)).toEqual(["ABORTED"]);
      }).pipe(Effect.provide(Simulator.layer({ latency: "300 millis" }))),
  );
});

describe("a simulated night", () => {
  it.effect("of 1,000 runs is awaited to the end of each", () =>
    Effect.gen(function* () {
      const [dss, runs, simulator] = [yield* Dss, yield* ScenarioRuns, yield* Simulator];
      const ends = ["done", "warn", "fail", "abort"] as const;
      const hundred = Array.from({ length: 100 }, (_, nth) => `NIGHT_${nth}`);
      for (const [nth, id] of hundred.entries()) {
        const json = { type: "custom_python", name: id, id, params: {} };
        yield* dss.empty("tests", post(path`/projects/SALES/scenarios/`, { json }));
        yield* simulator.script(`scenarios/SALES.${id}`, { end: ends[nth % 4]!, seconds: 5 + nth / 2 });
      }
      const night = Effect.forEach(hundred, (id) => Effect.replicateEffect(Effect.result(runs.run("SALES", id)), 10), {
        concurrency: "unbounded",
      });
      const outcomes = yield* during("12 hours", night);
      outcomes.forEach((ended, nth) => {
        const expected = ["SUCCESS", "WARNING", "FAILED", "ABORTED"][nth % 4];
        for (const one of ended) {
          const run = one._tag === "Success" ? one.success : "run" in one.failure ? one.failure.run : undefined;
          expect([run?.scenario.id, run?.result?.outcome]).toEqual([`NIGHT_${nth}`, expected]);
        }
        expect(ended).toHaveLength(10);
      });
    }).pipe(withSimulator), 120_000);
});

it.effect("a token outlives the program that asked", () =>
  Effect.gen(function* () {
    const [runs, dss] = [yield* ScenarioRuns, yield* Dss];
    const { token } = yield* runs.start("SALES", "LOAD_COUNTRY", { params: { country: "FR" } });
    const later = Effect.provide(
      Effect.gen(function* () {
        const resumed = yield* (yield* ScenarioRuns).resume(JSON.parse(JSON.stringify(Option.getOrThrow(token))));
        return yield* resumed.result;
      }),
      ScenarioRuns.layer,
    ).pipe(Effect.provideService(Dss, dss));
    const run = yield* during("10 minutes", later);
    expect(ScenarioRun.outcome(run)).toBe("SUCCESS");
    expect(run.trigger).toMatchObject({ params: { country: "FR" } });
  }).pipe(withSimulator));
