import { describe, expect, it } from "@effect/vitest";
import { Effect, Stream } from "effect";
import { CodeStudios, type DssError, Project, Projects, Scenarios } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

describe("projects on a simulated DSS", () => {
  it.effect("one that is created is listed, and works as any other", () =>
    Effect.gen(function* () {
      const projects = yield* Projects;
      expect(yield* projects.create("NEW", "New", "maria", { tags: ["b", "a"], description: "d" })).toBe("NEW");
      expect(yield* projects.keys()).toEqual(["SALES", "CHURN", "LOGISTICS", "NEW"]);
      const project = yield* projects.get("NEW");
      expect(project).toMatchObject({ name: "New", ownerLogin: "maria", tags: ["a", "b"], description: "d" });
      expect(Project.createdAt(project)).toEqual(Project.modifiedAt(project));
      expect(yield* (yield* Scenarios).list("NEW")).toEqual([]);
      expect((yield* projects.timeline("NEW", { limit: 1 })).items).toMatchObject([{ action: "PROJECT_CREATE" }]);
      expect(yield* projects.interest("NEW")).toEqual({ starCount: 0, watchCount: 0 });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("clears what it is told to, and no more", () =>
    Effect.gen(function* () {
      const projects = yield* Projects;
      yield* Effect.exit(projects.startDelete("A"));
      yield* Effect.exit(
        projects.startDelete("B", { clearManagedKnowledgeBanks: true, clearJobAndScenarioLogs: false }),
      );
      expect((yield* Received).lines).toEqual([
        "DELETE /projects/A?clearManagedDatasets=false&clearManagedKnowledgeBanks=false&clearOutputManagedFolders=false&clearJobAndScenarioLogs=true&wait=false",
        "DELETE /projects/B?clearManagedDatasets=false&clearManagedKnowledgeBanks=true&clearOutputManagedFolders=false&clearJobAndScenarioLogs=false&wait=false",
      ]);
    }).pipe(Effect.provide(dssServer(() => json({ hasResult: true, result: {} })))));

  it.effect("one that is deleted is gone with all that is in it", () =>
    Effect.gen(function* () {
      const projects = yield* Projects;
      const deletion = yield* projects.startDelete("SALES");
      const phases = yield* during("1 minute", Stream.runCollect(Stream.map(deletion.states, ({ phase }) => phase)));
      expect([...phases].at(-1)).toBe("DONE");
      expect(yield* projects.keys()).toEqual(["CHURN", "LOGISTICS"]);
      for (
        const call of [projects.get("SALES"), (yield* Scenarios).list("SALES"), (yield* CodeStudios).list("SALES")]
      ) {
        expect((yield* Effect.flip(call as Effect.Effect<unknown, DssError>)).reason._tag).toBe("NotFound");
      }
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("a deletion whose future is forgotten is judged by the list", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator;
      const projects = yield* Projects;
      const deletion = yield* projects.startDelete("SALES");
      yield* during("5 minutes", Effect.sleep("1 minute"));
      expect(yield* during("1 minute", Effect.exit(deletion.result))).toMatchObject({ _tag: "Success" });
      yield* simulator.script("projects/CHURN", { end: "abort" });
      const aborted = yield* Effect.flip(during("5 minutes", projects.delete("CHURN")));
      expect(aborted._tag).toBe("FutureAborted");
      expect(yield* projects.keys()).toContain("CHURN");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("a deletion that fails says why", () =>
    Effect.gen(function* () {
      yield* (yield* Simulator).script("projects/SALES", { end: "fail", message: "The disk is full" });
      const error = yield* Effect.flip(during("1 minute", (yield* Projects).delete("SALES")));
      expect(error).toMatchObject({ _tag: "FutureFailed" });
      expect(error.message).toContain("The disk is full");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("a copy has the scenarios of the original, asleep", () =>
    Effect.gen(function* () {
      const projects = yield* Projects;
      const scenarios = yield* Scenarios;
      expect(yield* projects.duplicate("SALES", "COPY", "A copy", { mode: "FULL" })).toMatchObject({
        targetProjectKey: "COPY",
      });
      const [copied, original] = [yield* scenarios.list("COPY"), yield* scenarios.list("SALES")];
      expect(copied.map(({ id }) => id)).toEqual(original.map(({ id }) => id));
      expect(copied.some(({ active }) => active)).toBe(false);
      expect(yield* projects.generateDescription("COPY")).toBe("A copy has 7 datasets and 4 recipes.");
    }).pipe(Effect.provide(Simulator.layer())));

  const refusals: ReadonlyArray<readonly [string, (projects: Projects) => Effect.Effect<unknown, unknown>, string]> = [
    ["a key that is taken", (projects) => projects.create("SALES", "x", "maria"), "Conflict"],
    ["a key with blanks", (projects) => projects.create("A B", "x", "maria"), "Invalid"],
    ["an owner who does not exist", (projects) => projects.create("X", "x", "nobody"), "Invalid"],
    ["a copy under a key that is taken", (projects) => projects.duplicate("SALES", "CHURN", "x"), "Conflict"],
    ["a copy of a kind that is none", (projects) => projects.duplicate("SALES", "X", "x", { mode: "SOME" }), "Invalid"],
    [
      "a language that is none",
      (projects) => projects.generateDescription("SALES", { language: "klingon" }),
      "Invalid",
    ],
    ["a project that does not exist", (projects) => projects.get("NOWHERE"), "NotFound"],
    ["a key that is none", (projects) => projects.get(".."), "Invalid"],
    ["the deletion of nothing", (projects) => projects.delete("NOWHERE"), "NotFound"],
  ];
  it.effect.each(refusals)("%s is refused, and changes nothing", ([, call, tag]) =>
    Effect.gen(function* () {
      const before = yield* stateOf("projects");
      expect(yield* Effect.flip(call(yield* Projects))).toMatchObject({ reason: { _tag: tag } });
      expect(yield* stateOf("projects")).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  itIsForAdministrators({
    "Projects.delete": ({ projects }) => projects.delete("CHURN"),
    "Projects.syncDatasetAcls": ({ projects }) => projects.syncDatasetAcls("CHURN"),
  });
});

describe("a lost answer", () => {
  it.effect.each([
    ["Projects.create", ({ create }: Projects) => create("X", "x", "maria")],
    ["Projects.duplicate", ({ duplicate }: Projects) => duplicate("SALES", "X", "x")],
    ["Projects.startDelete", ({ startDelete }: Projects) => startDelete("SALES")],
  ] as ReadonlyArray<[string, (projects: Projects) => Effect.Effect<unknown, DssError>]>)(
    "of %s is an unknown outcome, and it is not sent twice",
    ([, call]) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(during("10 minutes", call(yield* Projects)));
        expect(error.reason._tag).toBe("OutcomeUnknown");
        expect((yield* Received).requests).toHaveLength(1);
      }).pipe(Effect.provide(dssServer(() => reset))),
  );

  it.effect("of a list needs what DSS always says", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Projects).list());
      expect(error.reason).toMatchObject({ _tag: "Undecodable", field: "[0].projectKey" });
    }).pipe(Effect.provide(dssServer(() => json([{ name: "X" }])))));
});
