import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { type AllServices, Clusters } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";

const id = "eks_prod";
const simulated = <A, E>(test: Effect.Effect<A, E, Simulator | AllServices>) => Effect.provide(test, Simulator.layer());

describe("the life of a cluster", () => {
  it.effect("created is listed, saved is read back, deleted is gone", () =>
    simulated(Effect.gen(function* () {
      const clusters = yield* Clusters;
      const made = yield* clusters.create("nightly", { architecture: "KUBERNETES", params: { numNodes: 2 } });
      expect((yield* clusters.list()).find((cluster) => cluster.id === made.id)).toMatchObject({
        name: "nightly",
        type: "manual",
        architecture: "KUBERNETES",
        state: "NONE",
      });
      const saved = yield* clusters.updateSettings(made.id, (settings) => ({ ...settings, usableByAll: false }));
      expect(saved).toMatchObject({ usableByAll: false, params: { numNodes: 2 } });
      expect(yield* clusters.settings(made.id)).toEqual(saved);
      yield* clusters.delete(made.id);
      expect((yield* clusters.list()).map((cluster) => cluster.id)).not.toContain(made.id);
      expect((yield* Effect.flip(clusters.settings(made.id))).reason._tag).toBe("NotFound");
    })));

  it.effect("a slow edit does not undo that of another", () =>
    simulated(Effect.gen(function* () {
      const clusters = yield* Clusters;
      const since = yield* clusters.settings(id);
      yield* clusters.updateSettings(id, (settings) => ({ ...settings, name: "EKS" }));
      const error = yield* Effect.flip(clusters.saveSettings(id, { ...since, usableByAll: false }, { since }));
      expect(error._tag).toBe("SettingsConflict");
      expect((yield* clusters.settings(id)).name).toBe("EKS");
    })));

  it.effect("it is started and stopped, and its status says where it stands", () =>
    simulated(Effect.gen(function* () {
      const clusters = yield* Clusters;
      expect((yield* clusters.start("hadoop_old")).messages).toMatchObject({ success: true });
      expect(yield* clusters.status("hadoop_old")).toEqual({ state: "RUNNING" });
      yield* clusters.stop("hadoop_old");
      expect(yield* clusters.status("hadoop_old")).toEqual({ state: "NONE" });
      expect(yield* Effect.flip(clusters.stop(id))).toMatchObject({ reason: { detail: `Cluster ${id} is in use` } });
      yield* clusters.stop(id, { force: true });
      yield* clusters.start(id);
      expect(yield* clusters.deleteAllPods(id, { dryRun: true })).toEqual({ deleted: [] });
    })));
});

describe("work on Kubernetes", () => {
  it.effect("kubectl shows what is there, and what has ended is deleted", () =>
    simulated(Effect.gen(function* () {
      const clusters = yield* Clusters;
      expect(yield* clusters.runKubectl(id, "get jobs")).toMatchObject({
        rv: 0,
        out: expect.stringContaining("recipe-running Running"),
      });
      expect(yield* clusters.runKubectl(id, "explode")).toMatchObject({ rv: 1 });
      const failed = { deleteFailed: true, namespace: "dss", labelFilter: "app=recipe" };
      const both = { deleted: ["recipe-done", "recipe-failed"] };
      expect(yield* clusters.deleteFinishedJobs(id, { ...failed, dryRun: true })).toEqual(both);
      expect(yield* clusters.deleteFinishedJobs(id, failed)).toEqual(both);
      expect(yield* clusters.deleteFinishedJobs(id)).toEqual({ deleted: ["model-done"] });
      expect(yield* clusters.deleteFinishedPods(id, { namespace: "ml" })).toEqual({ deleted: ["model-done-x5"] });
      expect(yield* clusters.deleteAllPods(id, { labelFilter: "app=notebook" })).toEqual({ deleted: ["notebook-x4"] });
    })));
});

describe("what goes wrong", () => {
  it.effect("a start or creation that fails is FutureFailed with the messages, and changes nothing", () =>
    simulated(Effect.gen(function* () {
      const { script } = yield* Simulator;
      yield* script("clusters/hadoop_old", { end: "fail", message: "Quota exceeded" });
      const clusters = yield* Clusters;
      const before = yield* stateOf("clusters");
      const error = yield* Effect.flip(clusters.start("hadoop_old"));
      expect(error).toMatchObject({ _tag: "FutureFailed", messages: { messages: [{ message: "Quota exceeded" }] } });
      yield* script("clusters/nightly", { end: "fail" });
      expect((yield* Effect.flip(clusters.create("nightly")))._tag).toBe("FutureFailed");
      expect(yield* stateOf("clusters")).toEqual(before);
    })));

  it.effect("a lost answer of a start is an unknown outcome, and it is not sent twice", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* Clusters).start(id));
      expect(error).toMatchObject({ _tag: "DssError", reason: { _tag: "OutcomeUnknown" } });
      expect((yield* Received).lines).toEqual([`POST /admin/clusters/${id}/actions/start`]);
    }).pipe(Effect.provide(dssServer(() => reset))));

  it.effect("what DSS refuses has the right reason, and changes nothing", () =>
    simulated(Effect.gen(function* () {
      const clusters = yield* Clusters;
      const before = yield* stateOf("clusters");
      const refusals: ReadonlyArray<readonly [string, Effect.Effect<unknown, unknown>]> = [
        ["Conflict", clusters.create("Old Hadoop")],
        ["Invalid", clusters.create("")],
        ["Invalid", clusters.create("x", { architecture: "MAINFRAME" })],
        ["Invalid", clusters.create("x", { params: [] as never })],
        ["Invalid", clusters.updateSettings(id, (settings) => ({ ...settings, usableByAll: "yes" as never }))],
        ["Invalid", clusters.start(id)],
        ["Invalid", clusters.stop("hadoop_old")],
        ["Invalid", clusters.runKubectl("hadoop_old", "get pods")],
        ["Invalid", clusters.settings("..")],
        ["NotFound", clusters.settings("nobody")],
        ["NotFound", clusters.status("nobody")],
        ["NotFound", clusters.start("nobody")],
        ["NotFound", clusters.stop("nobody")],
        ["NotFound", clusters.delete("nobody")],
        ["NotFound", clusters.runKubectl("nobody", "get pods")],
        ["NotFound", clusters.deleteFinishedJobs("nobody")],
        ["NotFound", clusters.deleteFinishedPods("nobody")],
        ["NotFound", clusters.deleteAllPods("nobody")],
      ];
      for (const [tag, call] of refusals) {
        expect(yield* Effect.flip(call)).toMatchObject({ _tag: "DssError", reason: { _tag: tag } });
      }
      expect(yield* stateOf("clusters")).toEqual(before);
    })));

  itIsForAdministrators({
    "Clusters.list": ({ clusters }) => clusters.list(),
    "Clusters.create": ({ clusters }) => clusters.create("x"),
    "Clusters.status": ({ clusters }) => clusters.status(id),
    "Clusters.start": ({ clusters }) => clusters.start("hadoop_old"),
    "Clusters.stop": ({ clusters }) => clusters.stop(id, { force: true }),
    "Clusters.settings": ({ clusters }) => clusters.settings(id),
    "Clusters.updateSettings": ({ clusters }) => clusters.updateSettings(id, (same) => same),
    "Clusters.saveSettings": ({ clusters }) => clusters.saveSettings(id, { id }),
    "Clusters.delete": ({ clusters }) => clusters.delete(id),
    "Clusters.runKubectl": ({ clusters }) => clusters.runKubectl(id, "get pods"),
    "Clusters.deleteFinishedJobs": ({ clusters }) => clusters.deleteFinishedJobs(id),
    "Clusters.deleteFinishedPods": ({ clusters }) => clusters.deleteFinishedPods(id),
    "Clusters.deleteAllPods": ({ clusters }) => clusters.deleteAllPods(id),
  });
});
