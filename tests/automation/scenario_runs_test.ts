import { describe, expect, it } from "@effect/vitest";
import { DateTime, Duration, Effect, Fiber, Option, Stream } from "effect";
import { TestClock } from "effect/testing";
import { ScenarioRun, ScenarioRuns, type ScenarioWaitOptions } from "../../services/automation/scenario_runs.ts";
import { empty, failure, json, page, Received } from "../fixtures/dss_server.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { asked, morning, PlannedScenarios, type RunPlan, runsOn } from "../fixtures/scripted_runs.ts";
import { during } from "../fixtures/virtual_time.ts";

const run = (options?: ScenarioWaitOptions) =>
  Effect.flatMap(ScenarioRuns, (runs) => runs.run("SALES", "NIGHTLY", options));

const start = (options?: ScenarioWaitOptions) =>
  Effect.flatMap(ScenarioRuns, (runs) => runs.start("SALES", "NIGHTLY", options));

const planned = (...plans: ReadonlyArray<RunPlan>) => {
  const scenarios = new PlannedScenarios(plans);
  return { scenarios, layer: runsOn(scenarios.answer) };
};

const fireLine = /^GET \/projects\/SALES\/scenarios\/trigger\//;
const runOfFireLine = /get-run-for-trigger/;

describe("a run that is requested", () => {
  it.effect("becomes a run and ends: one request starts it, its fire is asked for the run until the result", () => {
    const { scenarios, layer } = planned({ takes: 30 });
    return Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      const ended = yield* during("1 minute", runs.run("SALES", "NIGHTLY", { params: { country: "FR", n: 1 } }));
      expect(ScenarioRun.outcome(ended)).toBe("SUCCESS");
      expect(ScenarioRun.duration(ended)).toEqual(Duration.seconds(30));
      expect(scenarios.fires).toHaveLength(1);
      expect(scenarios.fires[0]!.params).toEqual({ country: "FR", n: 1 });
      const received = yield* Received;
      expect(received.lines[0]).toBe("POST /projects/SALES/scenarios/NIGHTLY/run");
      expect(received.lines[1]).toBe(
        "GET /projects/SALES/scenarios/NIGHTLY/get-run-for-trigger?triggerId=manual&triggerRunId=2025-10-01-09-00-00-000-fire-0",
      );
      expect(new Set(received.lines).size).toBe(2);
    }).pipe(Effect.provide(layer));
  });

  it.effect("has no parameters by default", () => {
    const { scenarios, layer } = planned({});
    return Effect.gen(function* () {
      yield* during("2 minutes", run());
      expect(scenarios.fires[0]!.params).toEqual({});
    }).pipe(Effect.provide(layer));
  });

  it.effect("goes through its states: waiting, running, ended", () => {
    const { layer } = planned({ takes: 20 });
    return Effect.gen(function* () {
      const operation = yield* start();
      const states = yield* during("1 minute", Stream.runCollect(operation.states));
      expect(states.map(({ phase }) => phase)).toEqual(["WAITING", "RUNNING", "SUCCESS"]);
      expect(states.map(({ isFinal }) => isFinal)).toEqual([false, false, true]);
      expect(states[0]!.fire?.cancelled).toBe(false);
      expect(states[0]!.run).toBeUndefined();
      expect(states[1]!.fire?.runId).toBe("2025-10-01-09-00-00-000-fire-0");
      expect(states[1]!.run?.runId).toBe("2025-10-01-09-00-02-000-0");
      expect(states[1]!.startedAt).toEqual(DateTime.makeUnsafe(morning + 2000));
    }).pipe(Effect.provide(layer));
  });

  it.effect("tells of its steps when asked: details and progress", () => {
    const steps = [{ id: "a" }, { id: "b", enabled: false }, { id: "c" }, { id: "d" }];
    const { layer } = planned({
      takes: 20,
      scenario: { params: { steps } },
      stepRuns: [
        { step: { id: "a" }, result: { outcome: "FAILED" } },
        { step: { id: "a" }, result: { outcome: "SUCCESS" } },
        { step: { id: "c" } },
      ],
    });
    return Effect.gen(function* () {
      const operation = yield* start({ steps: true });
      const states = yield* during("1 minute", Stream.runCollect(operation.states));
      expect(states.map(({ phase, progress }) => [phase, progress])).toEqual([
        ["WAITING", undefined],
        ["RUNNING", { done: 1, total: 3 }],
        ["SUCCESS", { done: 1, total: 3 }],
      ]);
      expect(states[1]!.details?.stepRuns).toHaveLength(3);
      expect(asked(yield* Received, runOfFireLine)).toBeLessThan(4);
    }).pipe(Effect.provide(layer));
  });

  it.effect("may become a run late", () => {
    const { layer } = planned({ waits: 3600, takes: 60 });
    return Effect.gen(function* () {
      const ended = yield* during("2 hours", run());
      expect(ended.start).toBe(morning + 3_600_000);
      // The fire is asked too, because it may be cancelled while it waits.
      expect(asked(yield* Received, fireLine)).toBeGreaterThan(100);
    }).pipe(Effect.provide(layer));
  });

  it.effect("never becomes one: the wait is as long as it is told to be, and the token goes on", () => {
    const { layer } = planned({ waits: Infinity });
    return Effect.gen(function* () {
      const error = yield* during("1 day", Effect.flip(run({ timeout: "3 hours" })));
      expect(error).toMatchObject({ _tag: "WaitTimedOut", last: { phase: "WAITING" } });
      expect("token" in error && error.token?.ids).toEqual([
        "SALES",
        "NIGHTLY",
        "manual",
        "2025-10-01-09-00-00-000-fire-0",
      ]);
    }).pipe(Effect.provide(layer));
  });

  it.effect("is not mistaken for one that is going: not the other's end, nor its failure", () => {
    const { scenarios, layer } = planned({ waits: 5, takes: 100 });
    return Effect.gen(function* () {
      const other = scenarios.otherRun("NIGHTLY", morning, { takes: 300, outcome: "FAILED" });
      const ended = yield* during("1 hour", run());
      expect(ScenarioRun.outcome(ended)).toBe("SUCCESS");
      expect(ended.runId).not.toBe(other.runId);
      expect(ended.start).toBe(other.end);
      expect(asked(yield* Received, /get-last-runs/)).toBe(0);
    }).pipe(Effect.provide(layer));
  });
});

describe("a fire that is cancelled", () => {
  it.effect("before the answer: nothing more is asked", () => {
    const { layer } = planned({ cancelled: 0 });
    return Effect.gen(function* () {
      const error = yield* Effect.flip(run());
      expect(error._tag).toBe("TriggerCancelled");
      expect(error.message).toBe(
        "Scenario NIGHTLY of SALES did not run: DSS cancelled the request 2025-10-01-09-00-00-000-fire-0, " +
          "because the scenario was running or another trigger fired; ask again when it has ended",
      );
      expect((yield* Received).lines).toHaveLength(1);
    }).pipe(Effect.provide(layer));
  });

  it.effect.each([1, 20, 60, 600, 3600])("after %i s is seen within one interval", (seconds) => {
    const { layer } = planned({ cancelled: seconds });
    return Effect.gen(function* () {
      const operation = yield* start();
      const fiber = yield* Effect.forkChild(Effect.flip(operation.result));
      yield* TestClock.adjust(Duration.seconds(seconds + Math.max(10, Math.min(15, seconds / 10 + 1)) + 1));
      const error = yield* Fiber.join(fiber);
      expect(error).toMatchObject({ _tag: "TriggerCancelled", fire: { cancelled: true } });
      const states = yield* Stream.runCollect(operation.states);
      expect(states.map(({ phase }) => phase)).toEqual(["CANCELLED"]);
    }).pipe(Effect.provide(layer));
  });
});

describe("how a run ends", () => {
  it.effect.each(["success", "failure", undefined] as const)("with warnings, which count as %s", (warning) => {
    const { layer } = planned({ outcome: "WARNING" });
    return Effect.gen(function* () {
      const end = yield* during("5 minutes", Effect.result(run(warning === undefined ? {} : { warning })));
      expect(end._tag).toBe(warning === "failure" ? "Failure" : "Success");
      if (end._tag === "Failure") expect(end.failure.message).toContain("ended as WARNING");
    }).pipe(Effect.provide(layer));
  });

  const failedStep = {
    step: { id: "build_0", type: "build_flowitem", name: "Build" },
    result: { type: "STEP_DONE", outcome: "FAILED" },
    additionalReportItems: [{
      type: "JOB_EXECUTED",
      jobId: "Build_orders",
      outcome: "FAILED",
      thrown: { title: "Process died", message: "Python process\nexited with code 1" },
    }],
  };

  it.effect("failed: in one line the scenario, the outcome, the step, its error and where to look", () => {
    const { layer } = planned({ outcome: "FAILED", stepRuns: [failedStep] });
    return Effect.gen(function* () {
      const error = yield* during("5 minutes", Effect.flip(run()));
      expect(error.message).toBe(
        "Scenario NIGHTLY of SALES ended as FAILED (step Build: Process died: Python process exited with code 1): " +
          "see the log of its run 2025-10-01-09-00-02-000-0",
      );
      expect(error).toMatchObject({
        _tag: "ScenarioRunFailed",
        outcome: "FAILED",
        run: { runId: "2025-10-01-09-00-02-000-0" },
        firstError: { step: { name: "Build" }, jobId: "Build_orders", thrown: { title: "Process died" } },
        token: { kind: "scenario-run" },
      });
      expect((yield* Received).lines.at(-1)).toBe("GET /projects/SALES/scenarios/NIGHTLY/2025-10-01-09-00-02-000-0/");
      expect(asked(yield* Received, /-0\/$/)).toBe(1);
    }).pipe(Effect.provide(layer));
  });

  it.effect("failed, and its steps cannot be read: the end is told all the same", () => {
    const scenarios = new PlannedScenarios([{ outcome: "FAILED" }]);
    return Effect.gen(function* () {
      const error = yield* during("1 hour", Effect.flip(run()));
      expect(error).toMatchObject({ _tag: "ScenarioRunFailed", detailsError: { reason: { _tag: "Unavailable" } } });
      expect(error.message).toBe(
        "Scenario NIGHTLY of SALES ended as FAILED (Step failed: Job failed; its steps could not be read): " +
          "see the log of its run 2025-10-01-09-00-02-000-0",
      );
    }).pipe(
      Effect.provide(runsOn((request) => request.target.endsWith("/") ? page("503", 503) : scenarios.answer(request))),
    );
  });

  it.effect("failed, with its steps asked for: they are not asked for again", () => {
    const { layer } = planned({ outcome: "FAILED", takes: 1, stepRuns: [failedStep] });
    return Effect.gen(function* () {
      const error = yield* during("1 minute", Effect.flip(run({ steps: true })));
      expect(error).toMatchObject({ firstError: { step: { name: "Build" } } });
      const details = (yield* Received).requests.filter(({ target }) => target.endsWith("-0/"));
      expect(new Set(details.map(({ at }) => at)).size).toBe(details.length);
    }).pipe(Effect.provide(layer));
  });

  it.effect("in a way that nobody knows yet, which is a failure that names itself", () => {
    const { layer } = planned({ outcome: "HALF_DONE" });
    return Effect.gen(function* () {
      const error = yield* during("5 minutes", Effect.flip(run()));
      expect(error).toMatchObject({ _tag: "ScenarioRunFailed", outcome: "HALF_DONE" });
      expect(error.message).toContain("ended as HALF_DONE: see");
    }).pipe(Effect.provide(layer));
  });

  it.effect("aborted by somebody else", () => {
    const { layer } = planned({ takes: 600 });
    return Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      const fiber = yield* Effect.forkChild(Effect.flip(run()));
      yield* TestClock.adjust("1 minute");
      yield* runs.abort("SALES", "NIGHTLY");
      yield* TestClock.adjust("20 seconds");
      expect(yield* Fiber.join(fiber)).toMatchObject({ _tag: "ScenarioRunFailed", outcome: "ABORTED" });
      expect(asked(yield* Received, /abort/)).toBe(1);
    }).pipe(Effect.provide(layer));
  });

  it.effect("deleted in the middle: what DSS says of the run, with the token", () => {
    const { layer } = planned({ takes: 600, deleted: 100 });
    return Effect.gen(function* () {
      const error = yield* during("1 hour", Effect.flip(run()));
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "NotFound" }, token: { kind: "scenario-run" } });
    }).pipe(Effect.provide(layer));
  });

  it.effect("is remembered: asked again, nothing is sent", () => {
    const { layer } = planned({ outcome: "FAILED" });
    return Effect.gen(function* () {
      const operation = yield* start();
      const first = yield* during("5 minutes", Effect.flip(operation.result));
      const sent = (yield* Received).lines.length;
      expect(yield* Effect.flip(operation.result)).toBe(first);
      expect((yield* operation.state).phase).toBe("FAILED");
      expect((yield* Received).lines).toHaveLength(sent);
    }).pipe(Effect.provide(layer));
  });
});

describe("resuming", () => {
  it.effect.each([0, 1, 30, 500])("a request after %i s, by its token as JSON", (seconds) => {
    const { layer } = planned({ waits: 20, takes: 100 });
    return Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      const token = JSON.parse(JSON.stringify(Option.getOrThrow((yield* start()).token)));
      yield* TestClock.adjust(Duration.seconds(seconds));
      const resumed = yield* runs.resume(token);
      const ended = yield* during("10 minutes", resumed.result);
      expect(ended.start).toBe(morning + 20_000);
      expect(asked(yield* Received, /^POST/)).toBe(1);
    }).pipe(Effect.provide(layer));
  });

  it.effect("a cancelled one", () => {
    const { layer } = planned({ cancelled: 5 });
    return Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      const { token } = yield* start();
      yield* TestClock.adjust("1 minute");
      const resumed = yield* runs.resume(Option.getOrThrow(token));
      expect(yield* Effect.flip(resumed.result)).toMatchObject({ _tag: "TriggerCancelled" });
    }).pipe(Effect.provide(layer));
  });

  it.effect("a run known by its id, and by the token of that", () => {
    const { scenarios, layer } = planned({});
    return Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      const { runId } = scenarios.otherRun("NIGHTLY", morning, { takes: 100 });
      const attached = yield* runs.attach("SALES", "NIGHTLY", runId);
      const token = Option.getOrThrow(attached.token);
      expect(token.ids).toEqual(["SALES", "NIGHTLY", runId]);
      const resumed = yield* runs.resume(token);
      const both = Effect.all([attached.result, resumed.result], { concurrency: 2 });
      const ended = yield* during("3 minutes", both);
      expect(ended.map((run) => run.runId)).toEqual([runId, runId]);
      expect(new Set((yield* Received).lines)).toEqual(new Set([`GET /projects/SALES/scenarios/NIGHTLY/${runId}/`]));
    }).pipe(Effect.provide(layer));
  });

  it.effect("a fire that DSS does not know (any more) ends with what DSS says", () => {
    const { layer } = planned({});
    return Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      const operation = yield* runs.follow({
        projectKey: "SALES",
        scenarioId: "NIGHTLY",
        trigger: { id: "manual" },
        runId: "unknown",
      });
      const error = yield* Effect.flip(operation.result);
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "NotFound" }, token: { kind: "scenario-run" } });
    }).pipe(Effect.provide(layer));
  });

  it.effect.each([
    ["no object", "text"],
    ["another kind", { kind: "job", version: 1, dss: "https://dss.test", ids: ["a", "b", "c", "d"] }],
    ["another instance", { kind: "scenario-run", version: 1, dss: "https://other.test", ids: ["a", "b", "c", "d"] }],
    ["too few ids", { kind: "scenario-run", version: 1, dss: "https://dss.test", ids: ["a", "b"] }],
    ["too many ids", { kind: "scenario-run", version: 1, dss: "https://dss.test", ids: ["a", "b", "c", "d", "e"] }],
    ["an empty id", { kind: "scenario-run", version: 1, dss: "https://dss.test", ids: ["a", "b", ""] }],
  ])("refuses a token of %s", ([, token]) => {
    const { layer } = planned({});
    return Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      expect((yield* Effect.flip(runs.resume(token)))._tag).toBe("TokenInvalid");
    }).pipe(Effect.provide(layer));
  });
});

describe("a DSS that goes away", () => {
  it.effect("and comes back: the wait goes on to the outcome", () => {
    const scenarios = new PlannedScenarios([{ takes: 600, outcome: "WARNING" }]);
    return Effect.gen(function* () {
      const ended = yield* during("1 hour", run());
      expect(ScenarioRun.outcome(ended)).toBe("WARNING");
    }).pipe(
      Effect.provide(runsOn((request) => {
        const since = request.at - morning;
        return since > 60_000 && since < 360_000 ? page("503 DSS is starting", 503) : scenarios.answer(request);
      })),
    );
  });

  it.effect("for longer than the outage budget: contact is lost, the run is not aborted, the token is told", () => {
    const scenarios = new PlannedScenarios([{ takes: 6000 }]);
    return Effect.gen(function* () {
      const error = yield* during("1 hour", Effect.flip(run({ outageBudget: "5 minutes" })));
      expect(error).toMatchObject({ _tag: "ContactLost", token: { kind: "scenario-run" } });
      expect(asked(yield* Received, /abort/)).toBe(0);
      const runs = yield* ScenarioRuns;
      const resumed = yield* runs.resume("token" in error ? error.token : undefined);
      expect(scenarios.running(morning + 3_600_000)).toHaveLength(1);
      expect(resumed.token._tag).toBe("Some");
    }).pipe(
      Effect.provide(
        runsOn((request) => request.at > morning + 60_000 ? page("503", 503) : scenarios.answer(request)),
      ),
    );
  });

  it.effect("before the answer of the start: nothing is sent twice, and the runs that may have come of it are named", () => {
    const scenarios = new PlannedScenarios([{ takes: 600 }]);
    return Effect.gen(function* () {
      scenarios.otherRun("NIGHTLY", morning - 3_600_000, { takes: 60 });
      const runs = yield* ScenarioRuns;
      const error = yield* during("1 minute", Effect.flip(runs.run("SALES", "NIGHTLY", { params: { a: [1] } })));
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "OutcomeUnknown" } });
      expect(asked(yield* Received, /^POST/)).toBe(1);
      if (error._tag !== "DssError" || error.reason._tag !== "OutcomeUnknown") return;
      const [candidate, ...others] = error.reason.candidates ?? [];
      expect(others).toEqual([]);
      expect(candidate?.ids).toEqual(["SALES", "NIGHTLY", "2025-10-01-09-00-02-000-1"]);
      const ended = yield* during("1 hour", Effect.flatMap(runs.resume(candidate), ({ result }) => result));
      expect(ScenarioRun.outcome(ended)).toBe("SUCCESS");
    }).pipe(
      Effect.provide(runsOn((request) => {
        const reply = scenarios.answer(request);
        return request.method === "POST" ? empty(502) : reply;
      })),
    );
  });

  it.effect("not, but refuses the request: the start tells why", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(run());
      expect(error).toMatchObject({ _tag: "DssError", method: "ScenarioRuns.start", reason: { _tag: "NotFound" } });
    }).pipe(
      Effect.provide(
        runsOn(() => failure(500, "com.dataiku.dip.exceptions.NotFoundException", "scenario does not exist")),
      ),
    ));
});

describe("what is shown", () => {
  it.effect.each([{ outcome: "FAILED" }, { cancelled: 3 }])("holds nothing of who asked: %o", (plan) => {
    const { layer } = planned(plan);
    return Effect.gen(function* () {
      const [exit, shown] = yield* during("5 minutes", shownBy(run()));
      expect(exit._tag).toBe("Failure");
      expect(shown).toContain("NIGHTLY");
      expect(shown).not.toContain("canary");
    }).pipe(Effect.provide(layer));
  });
});

describe("how often is looked", () => {
  /** Looks of the official client: 200 ms, each pause a tenth longer, at most 15 s. */
  const official = (seconds: number): number => {
    let looks = 0;
    for (let at = 0, pause = 0.2; at < seconds; at += pause, pause = Math.min(pause * 1.1, 15)) looks++;
    return looks;
  };

  it.effect.each([10, 60, 600, 3600, 14_400])("a run of %i s is seen to end within one interval", (seconds) => {
    const { layer } = planned({ waits: 0.5, takes: seconds });
    return Effect.gen(function* () {
      const operation = yield* start();
      const fiber = yield* Effect.forkChild(operation.result);
      yield* TestClock.adjust(Duration.seconds(0.5 + seconds));
      yield* TestClock.adjust(Duration.seconds(Math.min(Math.max(seconds / 10, 1), 15)));
      expect(fiber.pollUnsafe()?._tag).toBe("Success");
      if (seconds >= 60) expect((yield* Received).lines.length).toBeLessThanOrEqual(official(seconds) + 1);
    }).pipe(Effect.provide(layer));
  });

  it.effect.each([3600, 3604, 3608, 3612])("a run that waited for %i s is young when it starts", (waits) => {
    const { layer } = planned({ waits, takes: 60 });
    return Effect.gen(function* () {
      const operation = yield* start();
      const states = yield* during("2 hours", Stream.runCollect(operation.states));
      expect(states.map(({ phase }) => phase)).toEqual(["WAITING", "RUNNING", "SUCCESS"]);
      const { requests } = yield* Received;
      expect(requests.at(-1)!.at - (morning + (waits + 60) * 1000)).toBeLessThanOrEqual(6000);
    }).pipe(Effect.provide(layer));
  });

  it.effect("a light status that says it does not run is not asked: the result is what counts", () =>
    Effect.gen(function* () {
      yield* during("5 minutes", run());
      expect(asked(yield* Received, /light/)).toBe(0);
    }).pipe(Effect.provide(planned({}).layer)));
});

it.effect("an answer of a start without the ids of the fire is no fire", () =>
  Effect.gen(function* () {
    const error = yield* during("1 minute", Effect.flip(run()));
    expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "Undecodable" } });
  }).pipe(Effect.provide(runsOn(() => json({ projectKey: "SALES" })))));
