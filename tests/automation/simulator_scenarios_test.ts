import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { TestClock } from "effect/testing";
import { del, Dss, get, path } from "../../src/mod.ts";
import { Simulator, type SimulatorOptions } from "../../src/simulator/mod.ts";
import {
  definition,
  type Json,
  light,
  read,
  redefine,
  refusal,
  runScenario,
  send,
  store,
} from "../fixtures/simulated_scenarios.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Dss | Simulator>, options?: SimulatorOptions) =>
  Effect.provide(test, Simulator.layer(options));

const nightly = path`/projects/SALES/scenarios/NIGHTLY_BUILD`;
const list = (projectKey: string) => read<ReadonlyArray<Json>>(path`/projects/${projectKey}/scenarios/`);

describe("the scenarios of the seed", () => {
  it.effect("are a dozen of both kinds in three projects, two of them tests", () =>
    simulated(Effect.gen(function* () {
      const all = (yield* Effect.forEach(["SALES", "CHURN", "LOGISTICS"], list)).flat();
      expect(all).toHaveLength(12);
      expect(all.filter(({ type }) => type === "step_based")).toHaveLength(9);
      expect(all.filter(({ type }) => type === "custom_python")).toHaveLength(3);
      expect(all.filter(({ markedAsTest }) => markedAsTest === true)).toHaveLength(2);
      expect(all.every(({ running }) => running === false)).toBe(true);
    })));

  it.effect("have an id that is not their name, and say when they run next", () =>
    simulated(Effect.gen(function* () {
      const [first, second] = yield* list("SALES");
      expect(first).toMatchObject({
        id: "NIGHTLY_BUILD",
        name: "Nightly build",
        nextRun: Date.UTC(2025, 9, 2, 2),
        triggerDigest: "Every day at 02:00",
        triggerDigestItems: [{ active: true, nextRun: Date.UTC(2025, 9, 2, 2) }, { active: false }],
      });
      expect(second).toMatchObject({ id: "LOAD_COUNTRY", nextRun: 0, triggerDigest: "" });
    })));

  it.effect("leave the datasets of other tests unbuilt", () =>
    simulated(Effect.gen(function* () {
      const { projects } = yield* (yield* Simulator).snapshot;
      const { datasets } = (projects as Record<string, { datasets: Record<string, { builtAt?: number }> }>).LOGISTICS!;
      expect(datasets.routes!.builtAt).toBeUndefined();
    })));
});

describe("the definition of a scenario", () => {
  it.effect("is kept as it was sent, at every depth, whatever its keys", () =>
    simulated(Effect.gen(function* () {
      const before = yield* definition("SALES", "NIGHTLY_BUILD");
      const [step, ...steps] = (before.params as { steps: ReadonlyArray<Json> }).steps;
      const next = JSON.parse(
        JSON.stringify({
          ...before,
          mine: { deep: [null, { x: 1 }] },
          params: { steps: [{ ...step, mine: true, params: { mine: "too" } }, ...steps], mine: 1.5 },
        }).replace('"mine":true', '"__proto__":{"polluted":true}'),
      );
      yield* store(nightly, next);
      const after = yield* definition("SALES", "NIGHTLY_BUILD");
      expect({ ...after, versionTag: 0 }).toEqual({ ...next, versionTag: 0 });
      expect(JSON.stringify(after)).toContain('"__proto__":{"polluted":true}');
    })));

  it.effect("keeps the digits of numbers that JavaScript cannot hold", () =>
    simulated(Effect.gen(function* () {
      const { fetch, url } = yield* Simulator;
      const ask = (init?: RequestInit) =>
        fetch(
          new Request(`${url}/public/api/projects/SALES/scenarios/NIGHTLY_BUILD`, {
            ...init,
            headers: { authorization: "Bearer simulator", "content-type": "application/json" },
          }),
        );
      const exact = yield* Effect.promise(async () => {
        const before = await (await ask()).text();
        await ask({ method: "PUT", body: before.replace('"costCenter":4711', '"costCenter":9007199254740993') });
        return await (await ask()).text();
      });
      expect(exact).toContain('"costCenter":9007199254740993');
    })));

  it.effect("counts its version up, and says who saved it when", () =>
    simulated(Effect.gen(function* () {
      yield* TestClock.adjust("1 minute");
      expect(yield* redefine("SALES", "NIGHTLY_BUILD", { versionTag: { versionNumber: 3 } })).toEqual({
        msg: "Updated scenario SALES.NIGHTLY_BUILD",
      });
      expect((yield* definition("SALES", "NIGHTLY_BUILD")).versionTag).toEqual({
        versionNumber: 13,
        lastModifiedBy: { login: "admin" },
        lastModifiedOn: Date.UTC(2025, 9, 1, 9, 1),
      });
    })));

  it.effect("gets ids where none were sent, sorted tags, and the defaults of what is missing", () =>
    simulated(Effect.gen(function* () {
      yield* store(nightly, {
        triggers: [{ type: "temporal", active: true, params: { frequency: "Minutely", repeatFrequency: 5 } }],
        params: { steps: [{ type: "exec_sql", name: "Load" }] },
        tags: ["b", "a", "b"],
        reporters: null,
      });
      const after = yield* definition("SALES", "NIGHTLY_BUILD");
      expect(after).toMatchObject({
        id: "NIGHTLY_BUILD",
        projectKey: "SALES",
        type: "step_based",
        active: false,
        triggers: [{ id: expect.stringMatching(/^\w{8}$/) }],
        params: { steps: [{ id: expect.stringMatching(/^\w{8}$/), name: "Load" }] },
        tags: ["a", "b"],
        reporters: [],
        delayedTriggersBehavior: { delayWhileRunning: true },
      });
    })));

  it.effect("drops the keys that this DSS does not know, and says that all is well", () =>
    simulated(
      Effect.gen(function* () {
        expect(yield* definition("SALES", "NIGHTLY_BUILD")).toMatchObject({ retention: { keepLogsDays: 30 } });
        yield* redefine("SALES", "NIGHTLY_BUILD", { shortDesc: "changed" });
        const after = yield* definition("SALES", "NIGHTLY_BUILD");
        expect(after).toMatchObject({ shortDesc: "changed" });
        expect(JSON.stringify(after)).not.toMatch(/retention|graceDelaySettings/);
      }),
      { unknownKeys: ["retention", "graceDelaySettings"] },
    ));

  it.effect("replaces names that DSS does not know, or is refused for them", () =>
    simulated(Effect.gen(function* () {
      const steps = (params: Json, more: Json = {}) => ({
        params: { steps: [{ type: "build_flowitem", params, ...more }] },
      });
      yield* redefine("SALES", "NIGHTLY_BUILD", steps({ handleWarningsAs: "FAIL", jobType: "RECURSIVE" }));
      expect(yield* definition("SALES", "NIGHTLY_BUILD")).toMatchObject(
        steps({ handleWarningsAs: "WARNING", jobType: null }),
      );
      expect(yield* refusal(redefine("SALES", "NIGHTLY_BUILD", steps({}, { runConditionType: "ALWAYS" }))))
        .toBe("ServerFailure");
      for (const broken of [{ triggers: {} }, { params: [] }, { params: { steps: [1] } }]) {
        expect(yield* refusal(redefine("SALES", "NIGHTLY_BUILD", broken))).toBe("Invalid");
      }
      expect(yield* refusal(store(nightly, []))).toBe("Invalid");
    })));

  it.effect("is saved in part by the light door", () =>
    simulated(Effect.gen(function* () {
      const before = yield* definition("SALES", "NIGHTLY_BUILD");
      yield* store(path`/projects/SALES/scenarios/NIGHTLY_BUILD/light`, {
        active: false,
        shortDesc: "s",
        description: "d",
        tags: ["t"],
        checklists: { checklists: [1] },
        name: "Other name",
        triggers: [],
        runAsUser: "paul",
      });
      const after = yield* definition("SALES", "NIGHTLY_BUILD");
      const saved = { active: false, shortDesc: "s", description: "d", tags: ["t"], checklists: { checklists: [1] } };
      expect(after).toEqual({ ...before, ...saved, versionTag: after.versionTag });
      expect(after.versionTag).toMatchObject({ versionNumber: 13 });
    })));

  it.effect("is run as another user by administrators alone", () =>
    simulated(Effect.gen(function* () {
      const asPaul = (change: Json) => Dss.as(redefine("SALES", "NIGHTLY_BUILD", change), "paul");
      expect(yield* refusal(asPaul({ runAsUser: "admin" }))).toBe("Forbidden");
      yield* asPaul({ runAsUser: null, shortDesc: "by Paul" });
      expect((yield* definition("SALES", "NIGHTLY_BUILD")).versionTag).toMatchObject({
        lastModifiedBy: { login: "paul" },
      });
      expect((yield* redefine("SALES", "NIGHTLY_BUILD", { runAsUser: "etl" })).msg).toContain("NIGHTLY_BUILD");
      expect(yield* light("SALES", "NIGHTLY_BUILD")).toMatchObject({ runAsUser: "etl" });
    })));
});

describe("creating and deleting", () => {
  const create = (body: Json) => send(path`/projects/SALES/scenarios/`, body);

  it.effect("makes an id from the name, or takes the one that is sent, once", () =>
    simulated(Effect.gen(function* () {
      expect(yield* create({ name: "test_scenario", type: "custom_python", params: {} })).toEqual({
        id: "test_scenario",
      });
      expect(yield* create({ name: "test scenario", type: "step_based", params: {} })).toEqual({
        id: "test_scenario_2",
      });
      expect(yield* create({ id: "MINE", name: "x", type: "step_based", mine: 1 })).toEqual({ id: "MINE" });
      expect(yield* refusal(create({ id: "MINE", name: "x", type: "step_based" }))).toBe("Conflict");
      expect(yield* definition("SALES", "MINE")).toMatchObject({
        name: "x",
        mine: 1,
        active: false,
        params: { steps: [] },
        triggers: [],
        versionTag: { versionNumber: 0, lastModifiedBy: { login: "admin" } },
        creationTag: { versionNumber: 0 },
      });
      expect(yield* definition("SALES", "test_scenario")).toMatchObject({
        params: { envSelection: { envMode: "INHERIT" } },
      });
    })));

  it.effect("refuses what is no scenario", () =>
    simulated(Effect.gen(function* () {
      for (const body of [{ type: "step_based" }, { name: "x" }, { name: "x", type: "magic" }]) {
        expect(yield* refusal(create(body))).toBe("Invalid");
      }
      expect(yield* refusal(send(path`/projects/NOWHERE/scenarios/`, { name: "x", type: "step_based" })))
        .toBe("NotFound");
    })));

  it.effect("deletes what does not run", () =>
    simulated(Effect.gen(function* () {
      const dss = yield* Dss;
      const remove = dss.empty("Test.remove", del(nightly));
      yield* runScenario("SALES", "NIGHTLY_BUILD");
      yield* TestClock.adjust("2 seconds");
      expect(yield* refusal(remove)).toBe("Invalid");
      yield* TestClock.adjust("1 minute");
      yield* remove;
      expect(yield* refusal(read(nightly))).toBe("NotFound");
      yield* TestClock.adjust("2 days");
      expect((yield* list("SALES")).map(({ id }) => id)).not.toContain("NIGHTLY_BUILD");
    })));
});

describe("the script of a scenario", () => {
  const payload = path`/projects/CHURN/scenarios/HOURLY_CHECK/payload`;

  it.effect("is read and written apart from its definition", () =>
    simulated(Effect.gen(function* () {
      const dss = yield* Dss;
      expect((yield* read(payload)).script).toContain("get_dataframe");
      yield* store(payload, { script: "print(1)" });
      const asPython = yield* dss.text("Test.read", get(payload, { json: { extension: "py" } }));
      expect(JSON.parse(asPython)).toEqual({ script: "print(1)", extension: "py" });
      expect(yield* definition("CHURN", "HOURLY_CHECK")).toMatchObject({ versionTag: { versionNumber: 12 } });
      expect(yield* refusal(store(payload, { extension: "py" }))).toBe("Invalid");
      expect(yield* read(path`/projects/SALES/scenarios/NIGHTLY_BUILD/payload`)).toMatchObject({ script: "" });
    })));
});
