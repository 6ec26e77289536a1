import { describe, expect, it } from "@effect/vitest";
import { Effect, Fiber, Layer } from "effect";
import { HttpClient } from "effect/http";
import { TestClock } from "effect/testing";
import {
  buildJob,
  Dataiku,
  DssError,
  Jobs,
  type RunScenarioOptions,
  ScenarioRuns,
  Scenarios,
  type ScenarioSettings,
} from "../../mod.ts";
import { Simulator, type SimulatorOptions } from "../../src/simulator/mod.ts";
import { jsonAnswer } from "../../src/simulator/kernel/route.ts";
import { morning } from "../fixtures/scripted_runs.ts";
import { during } from "../fixtures/virtual_time.ts";

const day = 86_400_000;

const ids = ["SALES", "TEST_REVENUE"] as const;

/** Requests a run whose answer is lost; gives what is known of it. */
const lostStart = (options?: RunScenarioOptions) =>
  Effect.gen(function* () {
    yield* (yield* Simulator).inject("lost answer", { method: "POST", path: "/run" });
    const error = yield* during("1 minute", Effect.flip((yield* ScenarioRuns).run(...ids, options)));
    if (!(error instanceof DssError) || error.reason._tag !== "OutcomeUnknown") throw error;
    expect(error.method).toBe("ScenarioRuns.start");
    return error.reason;
  });

const request = (options?: RunScenarioOptions) =>
  Effect.flatMap(ScenarioRuns, (runs) => during("1 minute", runs.run(...ids, options)));

/** The parameters that DSS received, newest run first. */
const received = Effect.gen(function* () {
  const runs = yield* (yield* ScenarioRuns).list(...ids, { limit: 100 });
  return runs.map(({ trigger }) => (trigger as { readonly params: Readonly<Record<string, unknown>> }).params);
});

const posts = Effect.gen(function* () {
  const requests = yield* (yield* Simulator).received;
  return requests.filter(({ method, target }) => method === "POST" && target.endsWith("/run")).length;
});

/** A simulated DSS whose clock is right. */
const simulated = (options?: SimulatorOptions) =>
  Layer.unwrap(Effect.as(TestClock.setTime(morning), Simulator.layer(options)));

const withSimulator = Effect.provide(simulated());

describe("a lost answer to the request of a run", () => {
  it.effect("names the runs since with the same parameters, and no others", () =>
    Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      yield* request({ params: { country: "FR" } });
      yield* during("2 minutes", Effect.sleep("2 minutes"));
      yield* request({ params: { country: "DE" } });
      yield* request();
      const { candidates } = yield* lostStart({ params: { country: "FR", since: undefined } });
      expect(candidates).toHaveLength(1);
      const { result } = yield* runs.resume(candidates![0]);
      const run = yield* during("1 minute", result);
      expect(run.runId).toBe((yield* runs.list(...ids))[0]!.runId);
      expect((yield* received)[0]).toEqual({ country: "FR" });
      expect(yield* posts).toBe(4);
    }).pipe(withSimulator));

  it.effect("names all that it may be", () =>
    Effect.gen(function* () {
      yield* request();
      const { candidates } = yield* lostStart();
      expect(candidates).toHaveLength(2);
      expect(yield* posts).toBe(2);
    }).pipe(withSimulator));

  it.effect("starts nothing again when nothing came of it", () =>
    Effect.gen(function* () {
      const before = yield* received;
      yield* (yield* Simulator).inject("lost request", { method: "POST", path: "/run" });
      const error = yield* during("1 minute", Effect.flip((yield* ScenarioRuns).run(...ids)));
      expect(error).toMatchObject({ reason: { _tag: "OutcomeUnknown", candidates: [] } });
      yield* during("1 hour", Effect.sleep("1 hour"));
      expect(yield* received).toEqual(before);
      expect(yield* posts).toBe(1);
    }).pipe(withSimulator));

  it.effect("names nothing when DSS cannot be asked, and ends all the same", () =>
    Effect.gen(function* () {
      yield* (yield* Simulator).inject("stalled header", { times: 99 });
      const [runs, jobs] = [yield* ScenarioRuns, yield* Jobs];
      const errors = [
        yield* during("1 minute", Effect.flip(runs.start(...ids, { correlation: true }))),
        yield* during("1 minute", Effect.flip(jobs.start("SALES", buildJob("orders_joined")))),
      ];
      for (const { reason } of errors) {
        expect(reason._tag).toBe("OutcomeUnknown");
        expect(reason).not.toHaveProperty("candidates");
      }
    }).pipe(withSimulator));
});

describe("a request with a correlation", () => {
  it.effect("is told from all others with the same parameters", () =>
    Effect.gen(function* () {
      const params = { country: "FR" };
      yield* request({ params });
      yield* request({ params, correlation: true });
      const { candidates, message } = yield* lostStart({ params, correlation: true });
      const [run] = yield* (yield* ScenarioRuns).list(...ids);
      expect(candidates?.map(({ ids }) => ids)).toEqual([[...ids, run!.runId]]);
      expect(message).toContain(run!.runId);
      const [last, before, first] = yield* received;
      expect(last).toEqual({ country: "FR", correlationId: expect.stringMatching(/^[\da-f-]{36}$/) });
      expect(before!.correlationId).not.toBe(last!.correlationId);
      expect(first).toEqual(params);
    }).pipe(withSimulator));

  it.effect("goes by a name of the caller, and by an id of the caller", () =>
    Effect.gen(function* () {
      yield* request({ params: { ticket: 7 } });
      const named = yield* lostStart({ correlation: "ticket" });
      expect(named.candidates).toHaveLength(1);
      expect((yield* received)[0]).toEqual({ ticket: expect.stringMatching(/^[\da-f-]{36}$/) });
      const own = yield* lostStart({ params: { ticket: { number: 8 } }, correlation: "ticket" });
      expect(own.candidates).toHaveLength(1);
      expect((yield* received)[0]).toEqual({ ticket: { number: 8 } });
    }).pipe(withSimulator));

  it.effect("is found whatever the clock of DSS says, and whatever DSS adds to the parameters", () =>
    Effect.gen(function* () {
      const { candidates } = yield* lostStart({ correlation: true });
      expect(candidates).toHaveLength(1);
      const [run] = yield* (yield* ScenarioRuns).list(...ids);
      expect(candidates![0]!.ids).toEqual([...ids, run!.runId]);
      expect(run!.start).toBeLessThan(morning - day / 2);
    }).pipe(Effect.provide(simulated({
      tamper: (answer, { path }) => {
        if (!path.endsWith("/get-last-runs") || typeof answer.body !== "string") return answer;
        type Run = { start: number; trigger: { params: object } };
        return jsonAnswer((JSON.parse(answer.body) as ReadonlyArray<Run>).map((run) => ({
          ...run,
          start: run.start - day,
          trigger: { ...run.trigger, params: { ...run.trigger.params, addedByDss: true } },
        })));
      },
    }))));

  it.effect("sends no parameter without being asked to", () =>
    Effect.gen(function* () {
      yield* request({ correlation: false });
      expect((yield* received)[0]).toEqual({});
    }).pipe(withSimulator));
});

describe("a lost answer to a write of settings", () => {
  const tagged = (tag: string) => (settings: ScenarioSettings): ScenarioSettings => ({ ...settings, tags: [tag] });
  const update = (tag: string) =>
    Effect.flatMap(Scenarios, (scenarios) => scenarios.updateSettings(...ids, tagged(tag)));
  /** On one connection, edits of one document take turns. */
  const anotherConnection = Layer.unwrap(
    Effect.map(
      Simulator,
      ({ url, apiKey, client }) =>
        Dataiku.layerClient({ url, apiKey }).pipe(Layer.provide(Layer.succeed(HttpClient.HttpClient, client))),
    ),
  );
  const state = Effect.gen(function* () {
    const { tags, versionTag } = yield* (yield* Scenarios).settings(...ids);
    const requests = yield* (yield* Simulator).received;
    return { tags, version: versionTag?.versionNumber, sent: requests.filter(({ method }) => method === "PUT").length };
  });

  it.effect("is no failure when DSS has stored them, and they are not sent again", () =>
    Effect.gen(function* () {
      const { version } = yield* state;
      yield* (yield* Simulator).inject("lost answer", { method: "PUT" });
      expect((yield* during("1 minute", update("ours"))).tags).toEqual(["ours"]);
      expect(yield* state).toEqual({ tags: ["ours"], version: version! + 1, sent: 1 });
    }).pipe(withSimulator));

  it.effect("has them sent again when DSS has not stored them", () =>
    Effect.gen(function* () {
      const { version } = yield* state;
      yield* (yield* Simulator).inject("lost request", { method: "PUT", times: 2 });
      yield* during("1 minute", update("ours"));
      expect(yield* state).toEqual({ tags: ["ours"], version: version! + 1, sent: 3 });
    }).pipe(withSimulator));

  it.effect("does not undo what somebody else has written since", () =>
    Effect.gen(function* () {
      yield* (yield* Simulator).inject("lost request", { method: "PUT" });
      const fiber = yield* Effect.forkChild(Effect.flip(update("ours")));
      yield* TestClock.adjust("100 millis");
      yield* Effect.provide(update("theirs"), anotherConnection);
      const { version } = yield* state;
      const error = yield* during("1 minute", Fiber.join(fiber));
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "OutcomeUnknown" } });
      expect(yield* state).toEqual({ tags: ["theirs"], version, sent: 2 });
    }).pipe(withSimulator));

  it.effect("stays one when nobody can look", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator;
      yield* simulator.inject("lost answer", { method: "PUT" });
      yield* simulator.inject("stalled header", { method: "GET", skip: 1, times: 99 });
      const error = yield* during("1 hour", Effect.flip(update("ours")));
      expect(error).toMatchObject({ reason: { _tag: "OutcomeUnknown", lost: { _tag: "Unreachable" } } });
    }).pipe(withSimulator));
});
