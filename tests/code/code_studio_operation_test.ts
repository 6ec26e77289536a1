import { describe, expect, it } from "@effect/vitest";
import { DateTime, Effect, Fiber, Option, Stream } from "effect";
import { TestClock } from "effect/testing";
import { type AllServices, CodeStudios, CodeStudioStatus } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const [project, id, trial] = ["SALES", "Kd83mPq2", "Zt1y7Wn5"];
const zone = "code_studio-versioned";
const simulated = <A, E>(test: Effect.Effect<A, E, Simulator | AllServices>) => Effect.provide(test, Simulator.layer());
const script = (outcome: Parameters<Simulator["script"]>[1]) =>
  Effect.flatMap(Simulator, (simulator) => simulator.script(`code-studios/SALES.${id}`, outcome));

describe("a stop and a start", () => {
  it.effect("end when the code studio says so, and show its states", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const phases: Array<string> = [];
      const restart = yield* studios.startRestart(project, id);
      const watch = yield* Effect.forkChild(
        Stream.runForEach(
          restart.states,
          ({ phase, isFinal }) => Effect.sync(() => phases.push(`${phase} ${isFinal}`)),
        ),
      );
      yield* TestClock.adjust("1 minute");
      yield* Fiber.join(watch);
      expect([...new Set(phases)]).toEqual(["STOPPING false", "STARTING false", "RUNNING true"]);
      const status = yield* restart.result;
      expect(CodeStudioStatus.zoneNames(status)).toEqual([zone, "project-lib-versioned"]);
      expect(DateTime.formatIso(CodeStudioStatus.lastChangedAt(status)!)).toBe("2025-10-01T09:00:30.000Z");
      expect((yield* restart.state).startedAt).toEqual(DateTime.makeUnsafe("2025-10-01T09:00:00Z"));
    })));

  it.effect("a stop of what is stopped already needs no wait", () =>
    simulated(Effect.gen(function* () {
      const stop = yield* (yield* CodeStudios).startStop(project, trial);
      expect(stop.token).toEqual(Option.none());
      expect((yield* stop.result).state).toBe("STOPPED");
      expect((yield* (yield* CodeStudios).stop(project, trial)).state).toBe("STOPPED");
    })));

  it.effect("are resumed by their token", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const stop = yield* studios.startStop(project, id);
      const token = JSON.parse(JSON.stringify(Option.getOrThrow(stop.token)));
      const resumed = yield* studios.resume(token);
      expect((yield* during("1 minute", resumed.result)).state).toBe("STOPPED");
      const others = [{ ...token, ids: [...token.ids.slice(0, 3), "PAUSED", "0"] }, { ...token, kind: "job" }, null];
      for (const other of others) {
        expect(yield* Effect.flip(studios.resume(other))).toMatchObject({ _tag: "TokenInvalid" });
      }
    })));

  it.effect("end as the code studio says when DSS has forgotten the task", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const stop = yield* studios.startStop(project, id);
      yield* TestClock.adjust("1 minute");
      expect((yield* stop.result).state).toBe("STOPPED");
      const start = yield* studios.startRestart(project, id);
      yield* TestClock.adjust("1 minute");
      expect((yield* start.result).state).toBe("RUNNING");
    })));

  it.effect("are not taken for done when the state is that of before", () => {
    const status = { state: "RUNNING", lastStateChange: 1_000 };
    const task = { jobId: "f1", hasResult: false, alive: true, startTime: 2_000 };
    const answers = dssServer(({ method, target }) =>
      json(method === "POST" ? task : target.startsWith("/futures/") ? { unknown: true } : status)
    );
    return Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const restart = yield* studios.startRestart(project, id);
      expect(yield* Effect.flip(restart.result)).toMatchObject({
        _tag: "FutureLost",
        token: Option.getOrThrow(restart.token),
        message: expect.stringContaining("the task f1"),
      });
      expect(yield* Effect.flip(studios.stop(project, id))).toMatchObject({ _tag: "FutureLost" });
    }).pipe(Effect.provide(answers));
  });

  it.effect("wait for a code studio that takes longer than its task", () => {
    const states = ["STOPPING", "STOPPING", "STOPPED"];
    const answers = dssServer(({ method, target }) =>
      json(
        method === "POST" || target.startsWith("/futures/")
          ? { jobId: "f1", hasResult: true, alive: false, result: {} }
          : { state: states.shift() },
      )
    );
    return Effect.gen(function* () {
      expect((yield* during("1 minute", (yield* CodeStudios).stop(project, id))).state).toBe("STOPPED");
      expect((yield* Received).lines.filter((line) => line.endsWith("/status"))).toHaveLength(3);
      expect((yield* Received).lines.filter((line) => line.includes("/futures/"))).toEqual([]);
    }).pipe(Effect.provide(answers));
  });

  it.effect("are CodeStudioFailed when the task ends well, and the code studio does not", () => {
    const answers = dssServer(({ method }) => json(method === "POST" ? {} : { state: "STOPPED", lastStateChange: 0 }));
    return Effect.gen(function* () {
      const error = yield* Effect.flip((yield* CodeStudios).restart(project, id));
      expect(error).toMatchObject({ _tag: "CodeStudioFailed", expected: "RUNNING", status: { state: "STOPPED" } });
      expect(error.message).toBe(
        "Code studio Kd83mPq2 of SALES is STOPPED, expected RUNNING: DSS does not say why, see its log",
      );
    }).pipe(Effect.provide(answers));
  });

  it.effect("that fail are FutureFailed with the messages", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      yield* script({ end: "fail", message: "No image", times: 1 });
      const error = yield* Effect.flip(during("1 minute", studios.restart(project, id)));
      expect(error).toMatchObject({ _tag: "FutureFailed", messages: { messages: [{ message: "No image" }] } });
      expect((yield* studios.status(project, id)).state).toBe("STOPPED");
      yield* script({ end: "warn" });
      expect((yield* during("1 minute", studios.restart(project, id))).state).toBe("RUNNING");
    })));

  it.effect("are aborted when the wait is interrupted, and one that somebody aborts is FutureAborted", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const fiber = yield* Effect.forkChild(studios.stop(project, id));
      yield* TestClock.adjust("3 seconds");
      yield* Fiber.interrupt(fiber);
      expect((yield* studios.status(project, id)).state).toBe("RUNNING");
      yield* script({ end: "abort" });
      expect(yield* Effect.flip(during("1 minute", studios.stop(project, id)))).toMatchObject({
        _tag: "FutureAborted",
      });
    })));

  it.effect("are not sent twice: a lost answer is an unknown outcome", () =>
    Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const calls: ReadonlyArray<readonly [string, Effect.Effect<unknown, unknown>]> = [
        ["OutcomeUnknown", studios.stop(project, id)],
        ["OutcomeUnknown", studios.restart(project, id)],
        ["OutcomeUnknown", studios.changeOwner(project, id, "tom")],
        ["OutcomeUnknown", studios.create(project, "x", "y")],
        ["Unreachable", studios.pull(project, id, zone)],
        ["Unreachable", studios.push(project, id, zone)],
      ];
      for (const [tag, call] of calls) {
        expect(yield* Effect.flip(call)).toMatchObject({ _tag: "DssError", reason: { _tag: tag } });
      }
      expect((yield* Received).requests).toHaveLength(calls.length);
    }).pipe(Effect.provide(dssServer(() => reset))));
});
