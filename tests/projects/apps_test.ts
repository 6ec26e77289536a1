import { describe, expect, it } from "@effect/vitest";
import { Deferred, Effect, Fiber } from "effect";
import { TestClock } from "effect/testing";
import { App, AppManifest, Apps, type DssError, Projects } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, Received, reset } from "../fixtures/dss_server.ts";
import { stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const logistics = "PROJECT_LOGISTICS";

describe("applications on a simulated DSS", () => {
  it.effect("have instances, which are projects", () =>
    Effect.gen(function* () {
      const apps = yield* Apps;
      const [before] = yield* apps.list();
      expect(App.lastInstantiatedAt(before!)).toBeUndefined();
      expect(yield* during("1 minute", apps.createInstance(logistics, "INST", "An instance"))).toEqual({
        projectKey: "INST",
      });
      expect(yield* apps.instances(logistics)).toEqual([{ projectKey: "INST" }]);
      expect(yield* (yield* Projects).get("INST")).toMatchObject({ name: "An instance", generatingAppId: logistics });
      const [after] = yield* apps.list();
      expect(after).toMatchObject({ appId: logistics, instanceCount: 1 });
      expect(App.lastInstantiatedAt(after!)).toBeDefined();
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("an instance whose future is forgotten is looked for itself", () =>
    Effect.gen(function* () {
      const operation = yield* (yield* Apps).startCreateInstance(logistics, "INST", "x");
      yield* during("5 minutes", Effect.sleep("1 minute"));
      expect(yield* Effect.exit(during("1 minute", operation.result))).toMatchObject({ _tag: "Success" });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["used", () => Effect.void, "Success"],
    ["used badly", () => Effect.fail("broken" as const), "Failure"],
  ] as ReadonlyArray<[string, () => Effect.Effect<void, string>, string]>)(
    "a temporary instance is gone after it was %s",
    ([, use, tag]) =>
      Effect.gen(function* () {
        const projects = yield* Projects;
        let seen: ReadonlyArray<string> = [];
        const used = (yield* Apps).withTemporaryInstance(logistics, ({ projectKey }) =>
          Effect.gen(function* () {
            seen = (yield* projects.keys()).filter((key) => key === projectKey);
            yield* use();
          }));
        expect(yield* during("5 minutes", Effect.exit(used))).toMatchObject({ _tag: tag });
        expect(seen).toHaveLength(1);
        expect(seen[0]).toMatch(/^PROJECT_LOGISTICS_tmp_[0-9a-z]+$/);
        expect(yield* projects.keys()).toEqual(["SALES", "CHURN", "LOGISTICS"]);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  it.effect("a temporary instance is gone after an interruption", () =>
    Effect.gen(function* () {
      const begun = yield* Deferred.make<void>();
      const use = () => Effect.andThen(Deferred.succeed(begun, undefined), Effect.never);
      const fiber = yield* Effect.forkChild((yield* Apps).withTemporaryInstance(logistics, use));
      yield* during("1 minute", Deferred.await(begun));
      const ended = yield* Effect.forkChild(Fiber.interrupt(fiber));
      yield* TestClock.adjust("1 minute");
      yield* Fiber.join(ended);
      expect(yield* (yield* Projects).keys()).toEqual(["SALES", "CHURN", "LOGISTICS"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("an instance that cannot be made says why", () =>
    Effect.gen(function* () {
      yield* (yield* Simulator).script(`apps/${logistics}`, { end: "fail", message: "No space" });
      const error = yield* Effect.flip(during("1 minute", (yield* Apps).createInstance(logistics, "INST", "x")));
      expect(error).toMatchObject({ _tag: "FutureFailed" });
      expect(error.message).toContain("No space");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("manifests are edited without losing a field", () =>
    Effect.gen(function* () {
      const apps = yield* Apps;
      const saved = yield* apps.updateProjectManifest(
        "LOGISTICS",
        (found) => ({ ...found, label: "Other", later: [1] }),
      );
      expect(yield* apps.manifest(logistics)).toEqual(saved);
      expect(saved).toMatchObject({ label: "Other", later: [1], useAppHomepage: true });
      expect(AppManifest.scenarioIds(saved)).toEqual(["PLAN_ROUTES"]);
      expect(AppManifest.actions({})).toEqual([]);
      const error = yield* Effect.flip(apps.saveProjectManifest("LOGISTICS", saved, { since: {} }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: false });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["a key that is taken", (apps: Apps) => apps.createInstance(logistics, "SALES", "x"), "Conflict"],
    ["a key with blanks", (apps: Apps) => apps.createInstance(logistics, "A B", "x"), "Invalid"],
    ["an application that is not there", (apps: Apps) => apps.manifest("PROJECT_NONE"), "NotFound"],
    ["a project that is none", (apps: Apps) => apps.projectManifest("SALES"), "NotFound"],
    [
      "a manifest of a wrong shape",
      (apps: Apps) => apps.saveProjectManifest("LOGISTICS", { tags: [7 as never] }),
      "Invalid",
    ],
  ] as ReadonlyArray<[string, (apps: Apps) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = [yield* stateOf("apps"), yield* stateOf("projects")];
        expect(yield* Effect.flip(call(yield* Apps))).toMatchObject({ reason: { _tag: tag } });
        expect([yield* stateOf("apps"), yield* stateOf("projects")]).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );
});

it.effect("the lost answer to an instance is an unknown outcome, and it is not made twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* Apps).startCreateInstance("A", "I", "x")) as Effect.Effect<DssError>;
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests).toHaveLength(1);
  }).pipe(Effect.provide(dssServer(() => reset))));
