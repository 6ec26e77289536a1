import { describe, expect, it } from "@effect/vitest";
import { Duration, Effect, Fiber } from "effect";
import { TestClock } from "effect/testing";
import { ScenarioRuns } from "../../services/automation/scenario_runs.ts";
import { empty, failure, Received } from "../fixtures/dss_server.ts";
import { after, asked, morning, PlannedScenarios, runsOn } from "../fixtures/scripted_runs.ts";
import { during } from "../fixtures/virtual_time.ts";

const abortLine = /^POST .*\/abort$/;

const start = Effect.flatMap(ScenarioRuns, (runs) => runs.start("SALES", "NIGHTLY"));

const run = Effect.flatMap(ScenarioRuns, (runs) => runs.run("SALES", "NIGHTLY"));

describe("an abort of one's own run", () => {
  it.effect("waits until the fire has become a run, and sees that it is the current one", () => {
    const scenarios = new PlannedScenarios([{ waits: 10, takes: 600 }]);
    return Effect.gen(function* () {
      const operation = yield* start;
      yield* during("11 seconds", operation.abort);
      expect((yield* Received).lines.slice(-3)).toEqual([
        "GET /projects/SALES/scenarios/NIGHTLY/get-run-for-trigger?triggerId=manual&triggerRunId=2025-10-01-09-00-00-000-fire-0",
        "GET /projects/SALES/scenarios/NIGHTLY/get-last-runs?limit=1&onlyFinishedRuns=false",
        "POST /projects/SALES/scenarios/NIGHTLY/abort",
      ]);
      const error = yield* during("20 seconds", Effect.flip(operation.result));
      expect(error).toMatchObject({ _tag: "ScenarioRunFailed", outcome: "ABORTED" });
      expect(scenarios.running(morning + 60_000)).toEqual([]);
    }).pipe(Effect.provide(runsOn(scenarios.answer)));
  });

  it.effect("aborts nothing while another's run is current, which goes on; it says so", () => {
    const scenarios = new PlannedScenarios([{ takes: 600 }]);
    return Effect.gen(function* () {
      const other = scenarios.otherRun("NIGHTLY", morning, { takes: 3600 });
      const operation = yield* start;
      yield* TestClock.adjust("10 seconds");
      const error = yield* during("1 minute", Effect.flip(operation.abort));
      expect(error).toMatchObject({ _tag: "AbortUncertain", token: { kind: "scenario-run" } });
      expect(error.message).toContain("its trigger fire still waits, and may become a run later");
      expect(asked(yield* Received, abortLine)).toBe(0);
      expect(scenarios.running(morning + 1_800_000)).toEqual([other]);
      expect(other.outcome).toBe("SUCCESS");
    }).pipe(Effect.provide(runsOn(scenarios.answer)));
  });

  it.effect("aborts nothing when DSS names another run as the current one", () => {
    const scenarios = new PlannedScenarios([{ waits: 0, takes: 600 }]);
    return Effect.gen(function* () {
      const operation = yield* start;
      yield* operation.state;
      const other = scenarios.otherRun("NIGHTLY", morning + 1, { takes: 3600 });
      const error = yield* during("1 minute", Effect.flip(operation.abort));
      expect(error._tag).toBe("AbortUncertain");
      expect(error.message).toContain(`the current run is ${other.runId}, not 2025-10-01-09-00-00-000-0`);
      expect(asked(yield* Received, abortLine)).toBe(0);
    }).pipe(Effect.provide(runsOn(scenarios.answer)));
  });

  it.effect("has nothing to do when the fire was cancelled, or the run has ended", () => {
    const scenarios = new PlannedScenarios([{ cancelled: 1 }, { waits: 0, takes: 5 }]);
    return Effect.gen(function* () {
      const [cancelled, ended] = [yield* start, yield* start];
      yield* TestClock.adjust("1 minute");
      yield* cancelled.abort;
      yield* ended.abort;
      expect(asked(yield* Received, abortLine)).toBe(0);
    }).pipe(Effect.provide(runsOn(scenarios.answer)));
  });

  it.effect("known by its id works the same", () => {
    const scenarios = new PlannedScenarios([]);
    return Effect.gen(function* () {
      const { runId } = scenarios.otherRun("NIGHTLY", morning, { takes: 3600 });
      const runs = yield* ScenarioRuns;
      const operation = yield* runs.attach("SALES", "NIGHTLY", runId);
      yield* operation.abort;
      expect(scenarios.running(morning + 5000)).toEqual([]);
    }).pipe(Effect.provide(runsOn(scenarios.answer)));
  });

  it.effect("whose answer is lost is looked at, and asked again only while it is certain to be the right run", () => {
    const scenarios = new PlannedScenarios([{ waits: 0, takes: 3600 }]);
    let aborts = 0;
    return Effect.gen(function* () {
      const operation = yield* start;
      yield* during("1 minute", operation.abort);
      expect(asked(yield* Received, abortLine)).toBe(2);
      expect(scenarios.running(morning + 10_000)).toEqual([]);
    }).pipe(
      Effect.provide(runsOn((request) => {
        // The first is lost on its way, the answer of the second on its way back.
        if (!request.target.endsWith("/abort")) return scenarios.answer(request);
        aborts += 1;
        if (aborts === 2) scenarios.answer(request);
        return empty(502);
      })),
    );
  });

  it.effect("lives through failures that may pass, for a minute", () => {
    const scenarios = new PlannedScenarios([{ waits: 0, takes: 3600 }]);
    let down = false;
    return Effect.gen(function* () {
      const first = yield* start;
      down = true;
      const aborting = yield* Effect.forkChild(first.abort);
      yield* TestClock.adjust("20 seconds");
      down = false;
      yield* during("20 seconds", Fiber.join(aborting));
      expect(asked(yield* Received, abortLine)).toBe(1);
      expect(scenarios.running(morning + 60_000)).toEqual([]);
      const second = yield* start;
      down = true;
      const error = yield* during("2 minutes", Effect.flip(second.abort));
      expect(error).toMatchObject({
        _tag: "DssError",
        reason: { _tag: "Unavailable" },
        token: { kind: "scenario-run" },
      });
      expect(asked(yield* Received, abortLine)).toBe(1);
    }).pipe(Effect.provide(runsOn((request) => down ? empty(503) : scenarios.answer(request))));
  });

  it.effect("that DSS refuses fails with what it says, with the token", () => {
    const scenarios = new PlannedScenarios([{ waits: 0, takes: 3600 }]);
    return Effect.gen(function* () {
      const operation = yield* start;
      const error = yield* during("1 minute", Effect.flip(operation.abort));
      expect(error).toMatchObject({
        _tag: "DssError",
        method: "ScenarioRuns.abort",
        reason: { _tag: "Forbidden" },
        token: { kind: "scenario-run" },
      });
    }).pipe(
      Effect.provide(
        runsOn((request) =>
          request.target.endsWith("/abort")
            ? failure(403, "com.dataiku.dip.exceptions.UnauthorizedException", "may not run scenarios")
            : scenarios.answer(request)
        ),
      ),
    );
  });
});

describe("an interruption", () => {
  // Each request takes 0.4 s: the fire is answered at 0.4 s, becomes a run at 3 s, which would end at 30 s.
  it.effect.each(Array.from({ length: 40 }, (_, step) => step * 0.17))(
    "of a run after %d s leaves nothing running, and aborts at most once",
    (seconds) => {
      const scenarios = new PlannedScenarios([{ waits: 3, takes: 30 }]);
      return Effect.gen(function* () {
        const fiber = yield* Effect.forkChild(run);
        yield* TestClock.adjust(Duration.seconds(seconds));
        yield* during("40 seconds", Fiber.interrupt(fiber));
        const received = yield* Received;
        const started = asked(received, /\/run$/);
        expect(started).toBe(scenarios.fires.length);
        expect(asked(received, abortLine)).toBe(started);
        expect(scenarios.runs.map(({ outcome }) => outcome)).toEqual(started === 0 ? [] : ["ABORTED"]);
      }).pipe(Effect.provide(runsOn(after(400, scenarios.answer))));
    },
  );

  it.effect("while the request waits for a permit starts nothing", () => {
    const scenarios = new PlannedScenarios([{ takes: 30 }]);
    return Effect.gen(function* () {
      const fibers = yield* Effect.forEach(Array.from({ length: 50 }), () => Effect.forkChild(run));
      yield* TestClock.adjust("100 millis");
      yield* during("10 minutes", Fiber.interruptAll(fibers));
      expect(asked(yield* Received, /\/run$/)).toBe(4);
      expect(scenarios.running(morning + 700_000)).toEqual([]);
    }).pipe(Effect.provide(runsOn(after(400, scenarios.answer), { concurrency: 4 })));
  });

  it.effect("of a request that waits behind another's run leaves that alone, and is logged", () => {
    const scenarios = new PlannedScenarios([{ takes: 30 }]);
    return Effect.gen(function* () {
      const other = scenarios.otherRun("NIGHTLY", morning, { takes: 3600 });
      const fiber = yield* Effect.forkChild(run);
      yield* TestClock.adjust("1 minute");
      yield* during("1 minute", Fiber.interrupt(fiber));
      expect(asked(yield* Received, abortLine)).toBe(0);
      expect(scenarios.running(morning + 600_000)).toEqual([other]);
    }).pipe(Effect.provide(runsOn(scenarios.answer)));
  });

  it.effect("of a plain wait stops looking and nothing else", () => {
    const scenarios = new PlannedScenarios([{ takes: 600 }]);
    return Effect.gen(function* () {
      const operation = yield* start;
      const fiber = yield* Effect.forkChild(operation.result);
      yield* TestClock.adjust("1 minute");
      yield* Fiber.interrupt(fiber);
      const sent = (yield* Received).lines.length;
      yield* TestClock.adjust("1 hour");
      expect((yield* Received).lines).toHaveLength(sent);
      expect(scenarios.runs.map(({ outcome }) => outcome)).toEqual(["SUCCESS"]);
    }).pipe(Effect.provide(runsOn(scenarios.answer)));
  });
});

it.effect("an abort by scenario is sent once, whatever runs, and is not repeated when its answer is lost", () =>
  Effect.gen(function* () {
    const runs = yield* ScenarioRuns;
    const error = yield* during("1 minute", Effect.flip(runs.abort("SALES", "NIGHTLY")));
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).lines).toEqual(["POST /projects/SALES/scenarios/NIGHTLY/abort"]);
  }).pipe(Effect.provide(runsOn(() => empty(503)))));
