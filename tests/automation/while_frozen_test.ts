import { describe, expect, it } from "@effect/vitest";
import { Effect, Exit } from "effect";
import { TestClock } from "effect/testing";
import { Dss, get, path } from "@effect-dataiku/dss/dss";
import { Scenarios } from "@effect-dataiku/dss/scenarios";
import { ScenarioRuns } from "@effect-dataiku/dss/scenario-runs";
import { Simulator } from "@effect-dataiku/dss/simulator";
import { whileFrozen } from "../../examples/freeze/while_frozen.ts";
import { exactly } from "../fixtures/stored_scenario.ts";
import { during } from "../fixtures/virtual_time.ts";

/** The scenarios of a project, to the digit, without what DSS writes into each version. */
const documents = (project: string) =>
  Effect.gen(function* () {
    const [dss, scenarios] = [yield* Dss, yield* Scenarios];
    return yield* Effect.forEach(yield* scenarios.list(project), ({ id }) =>
      Effect.map(dss.text("Test.read", get(path`/projects/${project}/scenarios/${id}`)), (text) => {
        const { versionTag = {}, ...document } = exactly(text);
        const { versionNumber: _, lastModifiedOn: __, ...tag } = versionTag as Record<string, unknown>;
        return { ...document, tag };
      }));
  });

const activeOf = (project: string) =>
  Effect.flatMap(
    Scenarios,
    (scenarios) => Effect.map(scenarios.list(project), (all) => all.filter(({ active }) => active).map(({ id }) => id)),
  );

const runsOf = (project: string, id: string) => Effect.flatMap(ScenarioRuns, (runs) => runs.list(project, id));

const puts = Effect.flatMap(
  Simulator,
  ({ received }) =>
    Effect.map(received, (all) => all.filter(({ method }) => method === "PUT").map(({ target }) => target)),
);

describe("whileFrozen", () => {
  it.effect.each(["SALES", "CHURN", "LOGISTICS"])(
    "gives back the scenarios of %s as they were",
    (project) =>
      Effect.gen(function* () {
        const before = yield* documents(project);
        const active = yield* activeOf(project);
        const between = yield* during("1 hour", whileFrozen(project, activeOf(project)));
        expect(between).toEqual([]);
        expect(yield* activeOf(project)).toEqual(active);
        expect(yield* documents(project)).toStrictEqual(before);
        // Fields that no schema names are among them.
        if (project === "SALES") expect(JSON.stringify(before)).toContain('"keepLogsDays"');
      }).pipe(Effect.provide(Simulator.layer())),
  );

  it.effect("lets nothing run in between, and everything afterwards", () =>
    Effect.gen(function* () {
      const before = yield* runsOf("SALES", "NIGHTLY_BUILD");
      const during2days = TestClock.adjust("2 days");
      const frozen = yield* whileFrozen("SALES", Effect.andThen(during2days, runsOf("SALES", "NIGHTLY_BUILD")));
      expect(frozen.map(({ runId }) => runId)).toEqual(before.map(({ runId }) => runId));
      yield* during2days;
      expect((yield* runsOf("SALES", "NIGHTLY_BUILD")).length).toBeGreaterThan(before.length);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("waits for the run that is under way, however it ends", () =>
    Effect.gen(function* () {
      const [runs, simulator] = [yield* ScenarioRuns, yield* Simulator];
      yield* simulator.script("scenarios/SALES.LOAD_COUNTRY", { end: "fail", message: "No such country", seconds: 60 });
      const operation = yield* runs.start("SALES", "LOAD_COUNTRY");
      yield* TestClock.adjust("10 seconds");
      const phase = yield* during(
        "1 hour",
        whileFrozen("SALES", Effect.map(operation.state, ({ phase }) => phase)),
      );
      expect(phase).toBe("FAILED");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("undoes what it had done when it fails half-way, and when it is not known whether it had", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator;
      const before = yield* documents("CHURN");
      const active = yield* activeOf("CHURN");
      expect(active).toHaveLength(3);
      // The answers to the second one, as often as it is sent.
      yield* simulator.inject("login page", { method: "PUT", skip: 1 });
      const exit = yield* Effect.exit(during("1 hour", whileFrozen("CHURN", Effect.die("not reached"))));
      expect(Exit.isFailure(exit) && JSON.stringify(exit.cause)).toContain("UnexpectedContent");
      expect(yield* puts).toHaveLength(4);
      expect(yield* documents("CHURN")).toStrictEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("names what stays inactive", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator;
      const breaks = simulator.inject("login page", { method: "PUT", path: "RETRAIN" });
      const error = yield* Effect.flip(during("1 hour", whileFrozen("CHURN", breaks)));
      expect(error).toMatchObject({ _tag: "StillFrozen", project: "CHURN" });
      expect(error.message).toMatch(/^Scenarios of CHURN stay inactive, make them active by hand: RETRAIN \(/);
      expect(yield* activeOf("CHURN")).toEqual(["SCORE_AFTER_SALES", "HOURLY_CHECK"]);
    }).pipe(Effect.provide(Simulator.layer())));
});
