import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { TestClock } from "effect/testing";
import { del, Dss, path } from "../../src/mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import {
  abort,
  type Json,
  lastDetails,
  lastRuns,
  light,
  lookAtFire,
  type RawFire,
  read,
  redefine,
  refusal,
  runOf,
  runScenario,
} from "../fixtures/simulated_scenarios.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Dss | Simulator>) => Effect.provide(test, Simulator.layer());
const nightly = ["SALES", "NIGHTLY_BUILD"] as const;
const load = ["SALES", "LOAD_COUNTRY"] as const;

/** How a fire stands. */
const stands = (scenario: readonly [string, string], fire: RawFire) =>
  Effect.gen(function* () {
    const { scenarioRun } = yield* runOf(...scenario, fire);
    const { cancelled } = yield* lookAtFire(...scenario, fire);
    return cancelled ? "cancelled" : scenarioRun === undefined ? "waits" : scenarioRun.result?.outcome ?? "runs";
  });

const runningScenarios = read<ReadonlyArray<Json>>(path`/futures/`, { withScenarios: true, allUsers: true });

describe("a run that is asked for", () => {
  it.effect("is a fire for a second, then a run, then an end", () =>
    simulated(Effect.gen(function* () {
      const fire = yield* runScenario(...nightly, { country: "FR" });
      expect(fire).toMatchObject({
        projectKey: "SALES",
        scenarioId: "NIGHTLY_BUILD",
        trigger: { id: "manual", type: "manual", name: "API run", delay: 0, active: false },
        runId: "2025-10-01-09-00-00-000",
        timestamp: Date.UTC(2025, 9, 1, 9),
        cancelled: false,
        params: { country: "FR" },
        triggerAuthCtx: { realUserLogin: "admin" },
      });
      yield* TestClock.adjust("999 millis");
      expect(yield* runOf(...nightly, fire)).toEqual({});
      expect(yield* light(...nightly)).toMatchObject({ running: false });
      yield* TestClock.adjust("1 millis");
      const { scenarioRun } = yield* runOf(...nightly, fire);
      expect(scenarioRun).toMatchObject({
        runId: "2025-10-01-09-00-01-000",
        start: Date.UTC(2025, 9, 1, 9, 0, 1),
        end: 0,
        scenario: { projectKey: "SALES", id: "NIGHTLY_BUILD" },
        trigger: { runId: fire.runId, params: { country: "FR" }, trigger: { id: "manual" } },
      });
      expect(scenarioRun).not.toHaveProperty("result");
      yield* TestClock.adjust("1 minute");
      const ended = (yield* runOf(...nightly, fire)).scenarioRun!;
      expect(ended).toMatchObject({ result: { type: "SCENARIO_DONE", outcome: "SUCCESS", endTime: ended.end } });
      expect(ended.end).toBeGreaterThan(ended.start);
    })));

  it.effect("shows in the light status and among the futures while it runs, and not longer", () =>
    simulated(Effect.gen(function* () {
      yield* runScenario(...nightly);
      yield* TestClock.adjust("3 seconds");
      const status = yield* light(...nightly);
      expect(status).toMatchObject({ running: true, start: Date.UTC(2025, 9, 1, 9, 0, 1), trigger: { params: {} } });
      expect(yield* runningScenarios).toMatchObject([
        {
          jobId: status.futureId,
          alive: true,
          owner: "maria",
          payload: { targets: [{ projectKey: "SALES", objectType: "SCENARIO", objectId: "NIGHTLY_BUILD" }] },
        },
      ]);
      yield* TestClock.adjust("11 seconds");
      expect(yield* runningScenarios).toEqual([]);
      expect(yield* light(...nightly)).not.toHaveProperty("start");
      const future = yield* read(path`/futures/${String(status.futureId)}`, { peek: true });
      expect(future).toMatchObject({ alive: false, hasResult: true, aborted: false });
    })));

  it.effect("takes the settings as they are when it begins", () =>
    simulated(Effect.gen(function* () {
      yield* runScenario(...load);
      yield* TestClock.adjust("2 seconds");
      yield* redefine(...load, { name: "Renamed", params: { steps: [] } });
      yield* TestClock.adjust("1 minute");
      const { scenarioRun, stepRuns } = yield* lastDetails(...load);
      expect(scenarioRun).toMatchObject({ scenario: { name: "Load a country" } });
      expect(stepRuns).toHaveLength(2);
    })));

  it.effect("can be cancelled before it begins", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("scenarios/SALES.LOAD_COUNTRY", { end: "cancel", times: 1 });
      const [first, second] = [yield* runScenario(...load), yield* runScenario(...load)];
      expect(yield* stands(load, first)).toBe("waits");
      yield* TestClock.adjust("1 minute");
      expect(yield* stands(load, first)).toBe("cancelled");
      expect(yield* stands(load, second)).toBe("SUCCESS");
    })));

  it.effect("has an id of its own, however many are asked for at once", () =>
    simulated(Effect.gen(function* () {
      const fires = yield* Effect.forEach(Array.from({ length: 300 }), () => runScenario(...load));
      expect(new Set(fires.map(({ runId }) => runId)).size).toBe(300);
      expect(fires.at(-1)).toMatchObject({ runId: "2025-10-01-09-00-00-299" });
      yield* TestClock.adjust("2 hours");
      expect(yield* lastRuns(...load, { limit: 1000 })).toHaveLength(300);
    })));

  it.effect("needs parameters that are an object", () =>
    simulated(Effect.gen(function* () {
      expect(yield* refusal(runScenario(...load, [1] as unknown as Json))).toBe("Invalid");
      expect(yield* refusal(runScenario("SALES", "NOTHING"))).toBe("NotFound");
    })));
});

describe("a fire while the scenario runs", () => {
  const firesDuringRun = (behaviour: Json) =>
    Effect.gen(function* () {
      yield* redefine(...load, { delayedTriggersBehavior: behaviour });
      const first = yield* runScenario(...load);
      yield* TestClock.adjust("2 seconds");
      const second = yield* runScenario(...load);
      yield* TestClock.adjust("1 second");
      const third = yield* runScenario(...load);
      yield* TestClock.adjust("200 millis");
      return [first, second, third];
    });
  const standings = (fires: ReadonlyArray<RawFire>) => Effect.forEach(fires, (fire) => stands(load, fire));

  it.effect("waits for its turn", () =>
    simulated(Effect.gen(function* () {
      const fires = yield* firesDuringRun({ delayWhileRunning: true, squashDelayedTriggers: false });
      expect(yield* standings(fires)).toEqual(["runs", "waits", "waits"]);
      yield* TestClock.adjust("1 minute");
      expect(yield* standings(fires)).toEqual(["SUCCESS", "SUCCESS", "SUCCESS"]);
      const runs = (yield* lastRuns(...load)).toReversed();
      for (const [index, { start }] of runs.slice(1).entries()) {
        expect(start).toBeGreaterThanOrEqual(runs[index]!.end + 1000);
      }
    })));

  it.effect("is squashed into the last one", () =>
    simulated(Effect.gen(function* () {
      const fires = yield* firesDuringRun({ delayWhileRunning: true, squashDelayedTriggers: true });
      expect(yield* standings(fires)).toEqual(["runs", "cancelled", "waits"]);
      yield* TestClock.adjust("1 minute");
      expect(yield* standings(fires)).toEqual(["SUCCESS", "cancelled", "SUCCESS"]);
    })));

  it.effect("is dismissed", () =>
    simulated(Effect.gen(function* () {
      const fires = yield* firesDuringRun({ delayWhileRunning: false });
      expect(fires.map(({ cancelled }) => cancelled)).toEqual([false, true, true]);
      yield* TestClock.adjust("1 minute");
      expect(yield* lastRuns(...load)).toHaveLength(1);
    })));

  it.effect("does not come at all from triggers that are suppressed", () =>
    simulated(Effect.gen(function* () {
      const trigger = { type: "temporal", active: true, params: { frequency: "Minutely" } };
      const suppress = (suppressTriggersWhileRunning: boolean) => ({
        active: true,
        triggers: [trigger],
        delayedTriggersBehavior: {
          delayWhileRunning: true,
          squashDelayedTriggers: false,
          suppressTriggersWhileRunning,
        },
      });
      yield* (yield* Simulator).script("scenarios/SALES.LOAD_COUNTRY", { end: "done", seconds: 150 });
      yield* redefine(...load, suppress(true));
      yield* TestClock.adjust("10 minutes");
      const suppressed = (yield* lastRuns(...load)).map(({ start }) => (start / 60_000) % 10 | 0).toReversed();
      expect(suppressed).toEqual([1, 4, 7]);
      yield* redefine(...load, suppress(false));
      yield* TestClock.adjust("10 minutes");
      expect((yield* lastRuns(...load)).length).toBeGreaterThan(6);
    })));
});

describe("an abort", () => {
  const started = Effect.gen(function* () {
    const fire = yield* runScenario(...nightly);
    yield* TestClock.adjust("5 seconds");
    return fire;
  });
  const afterAbort = (fire: RawFire) =>
    Effect.gen(function* () {
      expect(yield* light(...nightly)).toMatchObject({ running: false });
      expect((yield* runOf(...nightly, fire)).scenarioRun).not.toHaveProperty("result");
      yield* TestClock.adjust("1 second");
      expect((yield* runOf(...nightly, fire)).scenarioRun).toMatchObject({ result: { outcome: "ABORTED" } });
      const { stepRuns } = yield* lastDetails(...nightly);
      const [item] = stepRuns[1]!.additionalReportItems;
      expect(item).toMatchObject({ outcome: "ABORTED" });
      const job = yield* read(path`/projects/SALES/jobs/${String(item!.jobId)}/`);
      expect(job).toMatchObject({ baseStatus: { state: "ABORTED" } });
    });

  it.effect("stops the run and its jobs at once; the result comes a second later", () =>
    simulated(Effect.gen(function* () {
      const fire = yield* started;
      const { futureId } = yield* light(...nightly);
      expect(yield* abort(...nightly)).toEqual({ msg: "abort requested" });
      expect(yield* read(path`/futures/${String(futureId)}`, { peek: true })).toMatchObject({ aborted: true });
      yield* afterAbort(fire);
    })));

  it.effect("of its future does the same", () =>
    simulated(Effect.gen(function* () {
      const fire = yield* started;
      const { futureId } = yield* light(...nightly);
      yield* (yield* Dss).empty("Test.abort", del(path`/futures/${String(futureId)}`));
      yield* afterAbort(fire);
    })));

  it.effect("lets a fire that waits have its turn", () =>
    simulated(Effect.gen(function* () {
      const first = yield* started;
      const second = yield* runScenario(...nightly);
      yield* abort(...nightly);
      yield* abort(...nightly);
      yield* TestClock.adjust("1 minute");
      expect(yield* stands(nightly, first)).toBe("ABORTED");
      expect(yield* stands(nightly, second)).toBe("SUCCESS");
    })));

  it.effect("does nothing when the scenario does not run", () =>
    simulated(Effect.gen(function* () {
      const fire = yield* runScenario(...nightly);
      expect(yield* abort(...nightly)).toEqual({ msg: "abort requested" });
      yield* TestClock.adjust("1 minute");
      expect(yield* stands(nightly, fire)).toBe("SUCCESS");
    })));

  it.effect("of its job by somebody else ends the run too", () =>
    simulated(Effect.gen(function* () {
      const fire = yield* started;
      const [job] = yield* read<ReadonlyArray<{ def: { id: string } }>>(path`/projects/SALES/jobs/`);
      yield* (yield* Dss).empty("Test.abort", {
        method: "POST",
        path: path`/projects/SALES/jobs/${job!.def.id}/abort`,
      });
      yield* TestClock.adjust("1 minute");
      expect(yield* stands(nightly, fire)).toBe("ABORTED");
    })));
});

describe("a restart of DSS", () => {
  it.effect("ends runs as aborted and loses the fires that wait", () =>
    simulated(Effect.gen(function* () {
      const first = yield* runScenario(...nightly);
      yield* TestClock.adjust("5 seconds");
      const second = yield* runScenario(...nightly);
      yield* (yield* Simulator).restart("30 seconds");
      yield* TestClock.adjust("31 seconds");
      const { scenarioRun } = yield* runOf(...nightly, first);
      expect(scenarioRun).toMatchObject({ end: Date.UTC(2025, 9, 1, 9, 0, 35), result: { outcome: "ABORTED" } });
      expect(yield* runOf(...nightly, second)).toEqual({});
      expect(yield* refusal(lookAtFire(...nightly, second))).toBe("NotFound");
      expect(yield* light(...nightly)).toMatchObject({ running: false });
      const third = yield* runScenario(...nightly);
      yield* TestClock.adjust("1 minute");
      expect(yield* stands(nightly, third)).toBe("SUCCESS");
    })));
});
