import { describe, expect, it } from "@effect/vitest";
import { Effect, Layer } from "effect";
import { HttpClient } from "effect/http";
import {
  type AllServices,
  Dataiku,
  Groups,
  InstanceVariables,
  Meanings,
  ProjectSettings,
  Scenarios,
  SettingsConflict,
  SettingsDropped,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, json } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Simulator | AllServices>) => Effect.provide(test, Simulator.layer());

/** The same DSS on a connection of its own. */
const anotherConnection = Layer.unwrap(
  Effect.map(
    Simulator,
    ({ url, apiKey, client }) =>
      Dataiku.layerClient({ url, apiKey }).pipe(Layer.provide(Layer.succeed(HttpClient.HttpClient, client))),
  ),
);

const all = <E, R>(edits: ReadonlyArray<Effect.Effect<unknown, E, R>>) =>
  Effect.all(edits, { concurrency: "unbounded" });

describe("edits of one document on one connection", () => {
  it.effect("take turns: of many at once, none is lost", () =>
    simulated(Effect.gen(function* () {
      const variables = yield* InstanceVariables;
      const names = Array.from({ length: 50 }, (_, at) => `v${at}`);
      yield* all(names.map((name) => variables.update((found) => ({ ...found, [name]: name }))));
      expect(Object.keys(yield* variables.get())).toEqual(expect.arrayContaining(names));
      const settings = yield* ProjectSettings;
      yield* all(names.map((_, at) =>
        settings.updatePermissions("SALES", (found) => ({
          ...found,
          permissions: [...found.permissions ?? [], { group: `g${at}`, readProjectContent: true }],
        }))
      ));
      expect((yield* settings.permissions("SALES")).permissions).toHaveLength(51);
    })));

  it.effect("that change existing keys at once both stay", () =>
    simulated(Effect.gen(function* () {
      const variables = yield* InstanceVariables;
      yield* variables.update((found) => ({ ...found, a: 1, b: 1 }));
      yield* all([
        variables.update((found) => ({ ...found, a: 2 })),
        variables.update((found) => ({ ...found, b: 2 })),
      ]);
      expect(yield* variables.get()).toMatchObject({ a: 2, b: 2 });
    })));

  it.effect("of different documents do not wait for each other", () =>
    Effect.gen(function* () {
      const groups = yield* Groups;
      const edits = all(["data_team", "readers"].map((name) => groups.updateSettings(name, (found) => found)));
      yield* during("1 minute", edits);
      const received = yield* (yield* Simulator).received;
      const [first, second] = received.filter(({ method }) => method === "GET");
      expect([first?.target, second?.target]).toEqual(["/admin/groups/data_team", "/admin/groups/readers"]);
      expect(first?.at).toBe(second?.at);
    }).pipe(Effect.provide(Simulator.layer({ latency: "1 second" }))));

  it.effect("go on after one that failed or was interrupted", () =>
    simulated(Effect.gen(function* () {
      const variables = yield* InstanceVariables;
      const broken = variables.update(() => {
        throw new Error("a mistake in the edit");
      });
      yield* all([
        Effect.exit(broken),
        Effect.exit(Effect.timeout(variables.update((found) => ({ ...found, a: 1 })), 0)),
        variables.update((found) => ({ ...found, b: 1 })),
        variables.save({ c: 1 }),
      ]);
      expect(yield* variables.get()).toEqual({ c: 1 });
    })));
});

/** A document without a version, which reads as it is told after the write. */
const meaning = { id: "m", label: "A", type: "VALUES_LIST", entries: [{ value: "x" }] };
const readBack = (after: unknown) =>
  dssServer((request, nth) => request.method === "PUT" ? empty() : json(nth === 1 ? meaning : after));
const edit = Effect.flatMap(Meanings, (meanings) => meanings.update("m", (found) => ({ ...found, label: "B" })));

describe("what is read back of a document without a version", () => {
  it.effect.each<readonly [string, object, "conflict" | "dropped" | "success", RegExp | undefined]>([
    ["as it was written", { ...meaning, label: "B" }, "success", undefined],
    ["with what DSS adds", { ...meaning, label: "B", added: 1 }, "success", undefined],
    ["with another value of ours", { ...meaning, label: "C" }, "dropped", /label.*or somebody else wrote in between/],
    ["as it was before", meaning, "dropped", /label/],
    ["with another value that was not ours", { ...meaning, label: "B", type: "PATTERN" }, "conflict", /type changed/],
    [
      "with another content of a list",
      { ...meaning, label: "B", entries: [{ value: "y" }] },
      "conflict",
      /entries\[0\]/,
    ],
    [
      "with a longer list",
      { ...meaning, label: "B", entries: [{ value: "x" }, { value: "z" }] },
      "conflict",
      /entries/,
    ],
    ["with a shorter list", { ...meaning, label: "B", entries: [] }, "dropped", /entries\[0\]/],
  ])("%s", ([, after, outcome, said]) =>
    Effect.gen(function* () {
      if (outcome === "success") expect(yield* edit).toMatchObject(after);
      else {
        const error = yield* Effect.flip(edit);
        expect(error).toBeInstanceOf(outcome === "conflict" ? SettingsConflict : SettingsDropped);
        expect(error.message).toMatch(said!);
      }
    }).pipe(Effect.provide(readBack(after))));
});

describe("another connection that writes in between", () => {
  it.effect("is seen by the version of a document", () =>
    Effect.gen(function* () {
      const { received } = yield* Simulator;
      const scenarios = yield* Scenarios;
      const theirs = Effect.provide(
        Effect.flatMap(Scenarios, (others) =>
          others.updateSettings("SALES", "NIGHTLY_BUILD", (found) => ({ ...found, tags: ["theirs"] }))),
        anotherConnection,
      );
      const ours = scenarios.updateSettings("SALES", "NIGHTLY_BUILD", (found) => ({ ...found, tags: ["ours"] }));
      const ends = yield* during("1 minute", Effect.all([Effect.exit(ours), Effect.exit(theirs)], { concurrency: 2 }));
      expect((yield* received).filter(({ method }) =>
        method === "PUT"
      )).toHaveLength(2);
      expect(ends.filter((end) => end._tag === "Failure")).not.toEqual([]);
    }).pipe(Effect.provide(Simulator.layer({ latency: "1 second" }))));
});

describe("settings that are read back", () => {
  const tags = (answers: ReadonlyArray<string>) => {
    let reads = 0;
    const layer = dssServer(({ method }) => method === "GET" ? json(JSON.parse(answers[reads++]!)) : empty());
    return Effect.provide(
      Effect.flatMap(
        ProjectSettings,
        (settings) => settings.updateTags("SALES", () => ({ tags: { a: { color: "red" } } })),
      ),
      layer,
    );
  };

  it.effect("are what was written where their text is the same, and else are compared by value", () =>
    Effect.gen(function* () {
      const written = '{"tags":{"a":{"color":"red"}}}';
      expect(yield* tags(['{"tags":{}}', written])).toEqual(JSON.parse(written));
      const added = '{"tags":{"a":{"count":1,"color":"red"}}}';
      expect(yield* tags(['{"tags":{}}', added])).toEqual(JSON.parse(added));
      const dropped = yield* Effect.flip(tags(['{"tags":{}}', '{"tags":{"a":{"color":"blue"}}}']));
      expect(dropped).toMatchObject({ _tag: "SettingsDropped", paths: ["tags.a.color"] });
    }));
});
