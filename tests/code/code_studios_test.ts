import { describe, expect, it } from "@effect/vitest";
import { Effect, Layer, Redacted } from "effect";
import { HttpClient } from "effect/http";
import { type AllServices, CodeStudioConflicts, CodeStudios, CodeStudioStatus, Dss } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json } from "../fixtures/dss_server.ts";
import { stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const [project, id, maria, trial] = ["SALES", "Kd83mPq2", "Xb2c9Qd1", "Zt1y7Wn5"];
const zone = "code_studio-versioned";
const simulated = <A, E>(test: Effect.Effect<A, E, Simulator | AllServices>) => Effect.provide(test, Simulator.layer());
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
