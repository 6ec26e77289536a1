import { describe, expect, it } from "@effect/vitest";
import { DateTime, Effect, Fiber, Layer, Option, Redacted, Stream } from "effect";
import { HttpClient } from "effect/http";
import { TestClock } from "effect/testing";
import { type AllServices, CodeStudioConflicts, CodeStudios, CodeStudioStatus, Dss } from "../mod.ts";
import { Simulator } from "../src/simulator/mod.ts";
import { dssServer, json, Received, reset } from "./dss_server.ts";
import { stateOf } from "./for_administrators.ts";
import { during } from "./virtual_time.ts";

const [project, id, maria, trial] = ["SALES", "Kd83mPq2", "Xb2c9Qd1", "Zt1y7Wn5"];
const zone = "code_studio-versioned";
const simulated = <A, E>(test: Effect.Effect<A, E, Simulator | AllServices>) => Effect.provide(test, Simulator.layer());
const script = (outcome: Parameters<Simulator["script"]>[1], studio = id) =>
  Effect.flatMap(Simulator, (simulator) => simulator.script(`code-studios/SALES.${studio}`, outcome));
const asMaria = Layer.unwrap(Effect.gen(function* () {
  const { addKey, client, url } = yield* Simulator;
  const apiKey = Redacted.make("key-of-maria");
  yield* addKey(apiKey, { login: "maria", admin: false });
  const http = Layer.succeed(HttpClient.HttpClient, client);
  return Layer.provide(CodeStudios.layer, Layer.provide(Dss.layer({ url, apiKey }), http));
}));

describe("the life of a code studio", () => {
  it.effect("created is listed, runs, is given to another, and deleted is gone", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const made = yield* studios.create(project, "nightly", "vscode-py311");
      const [listed] = (yield* studios.list(project)).filter((studio) => studio.id === made.id);
      expect(listed).toMatchObject({
        name: "nightly",
        owner: "admin",
        templateId: "vscode-py311",
        desc: { label: "VS Code (Python 3.11)", shortDesc: "VS Code with project libraries" },
      });
      const status = yield* studios.status(project, made.id);
      expect(status.state).toBe("STOPPED");
      expect(CodeStudioStatus.lastChangedAt(status)).toBeUndefined();
      expect(CodeStudioStatus.zoneNames(status)).toEqual([]);
      yield* during("1 minute", studios.restart(project, made.id));
      yield* studios.changeOwner(project, made.id, "lena");
      expect(yield* studios.settings(project, made.id)).toMatchObject({ owner: "lena", libName: "nightly" });
      yield* studios.delete(project, made.id);
      expect((yield* studios.list(project)).map((studio) => studio.id)).not.toContain(made.id);
      expect((yield* Effect.flip(studios.settings(project, made.id))).reason._tag).toBe("NotFound");
      expect(yield* studios.list("CHURN")).toEqual([]);
    })));

  it.effect("a zone has its conflicts until its files are copied, in either direction", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const conflicts = yield* studios.conflicts(project, maria, zone);
      expect(conflicts.authors).toEqual(["admin"]);
      expect(CodeStudioConflicts.files(conflicts)).toEqual(["notes.md", "src/app.py"]);
      yield* studios.pull(project, maria, zone);
      expect(CodeStudioConflicts.files(yield* studios.conflicts(project, maria, zone))).toEqual([]);
      expect(yield* studios.push(project, id, zone)).toEqual({ count: 12, size: 40_960 });
    })));
});

describe("the usage examples of the official client", () => {
  it.effect("the code studios of a user", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const found: Array<string> = [];
      for (const { id } of yield* studios.list(project)) {
        const { name, owner, templateId } = yield* studios.settings(project, id);
        if (owner === "maria") found.push(`User owns code studio ${name} from template ${templateId}`);
      }
      expect(found).toEqual([
        "User owns code studio maria-vscode from template vscode-py311",
        "User owns code studio maria-trial from template vscode-py311",
      ]);
    })));

  it.effect("the code studios that run", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const running = yield* Effect.filter(
        yield* studios.list(project),
        ({ id }) => Effect.map(studios.status(project, id), ({ state }) => state === "RUNNING"),
      );
      expect(running.map(({ name }) => name)).toEqual(["maria-vscode", "admin-vscode"]);
    })));

  it.effect("one is stopped unless a zone has a conflict", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const stopWithoutConflicts = Effect.fnUntraced(function* (id: string) {
        const zones = CodeStudioStatus.zoneNames(yield* studios.status(project, id));
        const conflicts = yield* Effect.forEach(zones, (zone) => studios.conflicts(project, id, zone));
        if (conflicts.flatMap(CodeStudioConflicts.files).length === 0) yield* studios.stop(project, id);
        return (yield* studios.status(project, id)).state;
      });
      expect(yield* during("1 minute", stopWithoutConflicts(id))).toBe("STOPPED");
      expect(yield* during("1 minute", stopWithoutConflicts(maria))).toBe("RUNNING");
    })));
});

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

describe("what goes wrong", () => {
  it.effect("conflicts that DSS cannot tell are no absence of conflicts", () =>
    simulated(Effect.gen(function* () {
      const error = yield* Effect.flip((yield* CodeStudios).conflicts(project, id, "nowhere"));
      expect(error).toMatchObject({ _tag: "ConflictsUnknown", zone: "nowhere", detail: "No zone nowhere" });
      expect(error.message).toContain("zone nowhere of code studio Kd83mPq2 of SALES");
    })));

  it.effect("an answer without the zone is none, and files may be more than a path", () =>
    Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const found = yield* studios.conflicts(project, id, "there");
      expect(CodeStudioConflicts.files(found)).toEqual([{ path: "a" }]);
      expect(yield* Effect.flip(studios.conflicts(project, id, zone))).toMatchObject({
        reason: { _tag: "Undecodable" },
      });
      const message = "No image";
      expect(yield* Effect.flip(studios.create(project, "a", "b"))).toMatchObject({
        _tag: "FutureFailed",
        messages: { messages: [{ message }] },
      });
    }).pipe(Effect.provide(dssServer(({ method }) =>
      json(
        method === "POST"
          ? { messages: { error: true, messages: [{ severity: "ERROR", message: "No image" }] } }
          : { there: { added: [{ path: "a" }] } },
      )
    ))));

  it.effect("a zone is named by id or by zone", () =>
    Effect.gen(function* () {
      const status = yield* (yield* CodeStudios).status(project, id);
      expect(CodeStudioStatus.zoneNames(status)).toEqual(["a", "b"]);
    }).pipe(
      Effect.provide(dssServer(() => json({ state: "RUNNING", syncedZones: [{ id: "a" }, { zone: "b" }, {}] }))),
    ));

  it.effect("what DSS refuses has the right reason, and changes nothing", () =>
    simulated(Effect.gen(function* () {
      const studios = yield* CodeStudios;
      const before = yield* stateOf("codeStudios");
      const refusals: ReadonlyArray<readonly [string, Effect.Effect<unknown, unknown>]> = [
        ["NotFound", studios.list("NOPE")],
        ["Invalid", studios.create(project, "", "vscode-py311")],
        ["NotFound", studios.create(project, "x", "nope")],
        ["NotFound", studios.settings(project, "nobody")],
        ["NotFound", studios.settings("CHURN", id)],
        ["NotFound", studios.status(project, "nobody")],
        ["NotFound", studios.stop(project, "nobody")],
        ["NotFound", studios.restart(project, "nobody")],
        ["NotFound", studios.conflicts(project, "nobody", zone)],
        ["Invalid", studios.conflicts(project, trial, zone)],
        ["Invalid", studios.pull(project, trial, zone)],
        ["Invalid", studios.push(project, trial, zone)],
        ["NotFound", studios.pull(project, id, "nowhere")],
        ["NotFound", studios.push(project, id, "nowhere")],
        ["NotFound", studios.changeOwner(project, id, "nobody")],
        ["NotFound", studios.delete(project, "nobody")],
        ["Invalid", studios.delete(project, "..")],
      ];
      for (const [tag, call] of refusals) {
        expect(yield* Effect.flip(call)).toMatchObject({ _tag: "DssError", reason: { _tag: tag } });
      }
      const take = Effect.flatMap(CodeStudios, (theirs) => theirs.changeOwner(project, id, "maria"));
      expect(yield* Effect.flip(Effect.provide(take, asMaria))).toMatchObject({ reason: { _tag: "Forbidden" } });
      expect(yield* stateOf("codeStudios")).toEqual(before);
      yield* studios.startStop(project, id);
      for (const call of [studios.startStop(project, id), studios.startRestart(project, id)]) {
        expect(yield* Effect.flip(call)).toMatchObject({ reason: { _tag: "Invalid" } });
      }
    })));
});
