import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { TestClock } from "effect/testing";
import { type Dss, path } from "../../src/mod.ts";
import { type Outcome, Simulator } from "../../src/simulator/mod.ts";
import { isDue } from "../../src/simulator/automation/scenario_step_work.ts";
import { type Json, lastDetails, read, readText, redefine, runScenario } from "../fixtures/simulated_scenarios.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Dss | Simulator>) => Effect.provide(test, Simulator.layer());
const script = (object: string, outcome: Outcome) =>
  Effect.flatMap(Simulator, (simulator) => simulator.script(object, outcome));

/** Runs a scenario for five minutes at most; its last run with its steps. */
const run = (projectKey: string, id: string) =>
  Effect.gen(function* () {
    yield* runScenario(projectKey, id);
    yield* TestClock.adjust("5 minutes");
    return yield* lastDetails(projectKey, id);
  });

const python = (id: string, more: Json = {}): Json => ({ id, name: id, type: "custom_python", params: {}, ...more });
const build = (id: string, itemId: string, more: Json = {}): Json => ({
  id,
  name: id,
  type: "build_flowitem",
  params: { builds: [{ type: "DATASET", itemId }], jobType: "RECURSIVE_FORCED_BUILD", ...more },
});
const withSteps = (...steps: ReadonlyArray<Json>) => redefine("SALES", "LOAD_COUNTRY", { params: { steps } });
const outcomes = ({ stepRuns }: Effect.Success<ReturnType<typeof run>>) =>
  stepRuns.map(({ step, result }) => [step.id, result?.outcome]);

describe("a build step", () => {
  it.effect("starts a job for the user that the scenario runs as, and waits for it", () =>
    simulated(Effect.gen(function* () {
      yield* redefine("SALES", "NIGHTLY_BUILD", { runAsUser: "etl" });
      const { scenarioRun, stepRuns } = yield* run("SALES", "NIGHTLY_BUILD");
      expect(scenarioRun).toMatchObject({ result: { outcome: "SUCCESS" }, runAsUser: { realUserLogin: "etl" } });
      const [item] = stepRuns[1]!.additionalReportItems;
      expect(item).toMatchObject({ type: "JOB_EXECUTED", outcome: "SUCCESS" });
      const job = yield* read(path`/projects/SALES/jobs/${String(item!.jobId)}/`);
      expect(job).toMatchObject({
        baseStatus: {
          state: "DONE",
          def: { triggeredFrom: "SCENARIO", initiator: "etl" },
          jobEndTime: stepRuns[1]!.end,
        },
      });
    })));

  it.effect("fails as its job fails; the error stands at the job, and the run says what it was", () =>
    simulated(Effect.gen(function* () {
      yield* script("recipes/SALES.compute_orders_joined", { end: "fail", message: "No space left" });
      const found = yield* run("SALES", "NIGHTLY_BUILD");
      expect(outcomes(found)).toEqual([["check_raw", "SUCCESS"], ["build_revenue", "FAILED"], [
        "on_failure",
        "SUCCESS",
      ]]);
      expect(found.stepRuns[1]!.result).not.toHaveProperty("thrown");
      expect(found.stepRuns[1]!.additionalReportItems).toMatchObject([
        { outcome: "FAILED", thrown: { title: "Job failed", message: "No space left" } },
      ]);
      expect(found.scenarioRun.result).toMatchObject({
        outcome: "FAILED",
        thrown: { title: "Step failed", message: "Step Build revenue failed" },
        logTail: { totalLines: expect.any(Number) },
      });
    })));

  it.effect("warns as its job warns, or as it is told to take that", () =>
    simulated(Effect.gen(function* () {
      yield* script("recipes/SALES.compute_customers_prepared", { end: "warn" });
      yield* withSteps(build("b", "customers_prepared"));
      expect((yield* run("SALES", "LOAD_COUNTRY")).scenarioRun).toMatchObject({ result: { outcome: "WARNING" } });
      yield* withSteps(build("b", "customers_prepared", { handleWarningsAs: "FAILED" }));
      expect((yield* run("SALES", "LOAD_COUNTRY")).scenarioRun).toMatchObject({ result: { outcome: "FAILED" } });
    })));

  it.effect("builds in other projects, one job for each", () =>
    simulated(Effect.gen(function* () {
      const builds = [
        { type: "DATASET", itemId: "customers_prepared" },
        { type: "DATASET", itemId: "parcels_prepared", projectKey: "LOGISTICS" },
      ];
      yield* withSteps(build("both", "", { builds }));
      const [step] = (yield* run("SALES", "LOAD_COUNTRY")).stepRuns;
      expect(step!.result!.outcome).toBe("SUCCESS");
      const projects = step!.additionalReportItems.map(({ target }) => (target as Json).projectKey);
      expect(projects).toEqual(["SALES", "LOGISTICS"]);
    })));

  it.effect("fails for what does not exist, and without a type of job", () =>
    simulated(Effect.gen(function* () {
      yield* withSteps(build("b", "nothing"));
      expect((yield* run("SALES", "LOAD_COUNTRY")).stepRuns[0]!.result).toMatchObject({
        outcome: "FAILED",
        thrown: { message: "DATASET SALES.nothing does not exist" },
      });
      yield* withSteps(build("b", "", { builds: [], jobType: "FORCED" }));
      expect((yield* run("SALES", "LOAD_COUNTRY")).stepRuns[0]!.result).toMatchObject({
        thrown: { clazz: "java.lang.NullPointerException" },
      });
      yield* withSteps(build("b", "", { builds: [] }));
      expect((yield* run("SALES", "LOAD_COUNTRY")).stepRuns[0]!.result).toMatchObject({
        outcome: "FAILED",
        thrown: { message: "There is nothing to build" },
      });
      yield* withSteps(
        build("b", "", { builds: [{ type: "DATASET", itemId: "orders_joined", partitionsSpec: "2025-10-01" }] }),
      );
      expect((yield* run("SALES", "LOAD_COUNTRY")).stepRuns[0]!.result).toMatchObject({
        outcome: "FAILED",
        thrown: { message: expect.stringContaining("orders_joined is not partitioned") },
      });
    })));
});

describe("which steps run", () => {
  const due = (step: Json, status: "SUCCESS" | "WARNING" | "FAILED" = "SUCCESS", names: Json = {}) =>
    isDue(step, status, new Map(Object.entries(names) as ReadonlyArray<[string, "SUCCESS"]>));
  const formula = (runConditionExpression: string) => ({
    runConditionType: "RUN_CONDITIONALLY",
    runConditionExpression,
  });

  it("is said by statuses, by default those that are no failure", () => {
    expect([due({}), due({}, "WARNING"), due({}, "FAILED")]).toEqual([true, true, false]);
    const onFailure = { runConditionType: "RUN_IF_STATUS_MATCH", runConditionStatuses: ["FAILED"] };
    expect([due(onFailure), due(onFailure, "FAILED")]).toEqual([false, true]);
  });

  it("is always or never", () => {
    expect(due({ runConditionType: "RUN_ALWAYS" }, "FAILED")).toBe(true);
    expect(due({ runConditionType: "DISABLED" })).toBe(false);
    expect(due({ runConditionType: "RUN_ALWAYS", enabled: false })).toBe(false);
  });

  it("is said by a formula, as far as formulas are understood", () => {
    expect(due(formula("outcome == 'SUCCESS'"))).toBe(true);
    expect(due(formula("outcome != 'SUCCESS'"))).toBe(false);
    expect(due(formula(`"\${outcome}" == "FAILED"`), "FAILED")).toBe(true);
    expect(due(formula("stepOutcome_Load it == 'FAILED'"), "SUCCESS", { "Load it": "FAILED" })).toBe(true);
    expect(due(formula("stepOutcome_Load it != 'FAILED'"))).toBe(true);
    expect(due(formula("false"))).toBe(false);
    expect(due(formula("toNumber(rows) > 0"))).toBe(true);
  });
});

describe("the outcome of a run", () => {
  it.effect("is the worst of its steps, unless a step resets it", () =>
    simulated(Effect.gen(function* () {
      yield* withSteps(python("a"), python("b", { runConditionType: "RUN_ALWAYS" }));
      yield* script("scenarios/SALES.LOAD_COUNTRY", { end: "fail", step: "a" });
      expect((yield* run("SALES", "LOAD_COUNTRY")).scenarioRun.result!.outcome).toBe("FAILED");
      yield* withSteps(python("a"), python("b", { runConditionType: "RUN_ALWAYS", resetScenarioStatus: true }));
      expect((yield* run("SALES", "LOAD_COUNTRY")).scenarioRun.result!.outcome).toBe("SUCCESS");
    })));

  it.effect("is a warning when the step that failed lets the scenario proceed", () =>
    simulated(Effect.gen(function* () {
      yield* withSteps(python("a", { params: { proceedOnFailure: true } }), python("b"));
      yield* script("scenarios/SALES.LOAD_COUNTRY", { end: "fail", step: "a" });
      const found = yield* run("SALES", "LOAD_COUNTRY");
      expect(outcomes(found)).toEqual([["a", "WARNING"], ["b", "SUCCESS"]]);
      expect(found.scenarioRun.result).toEqual(expect.not.objectContaining({ thrown: expect.anything() }));
      expect(found.scenarioRun.result!.outcome).toBe("WARNING");
    })));

  it.effect("is that of the last attempt, each attempt being a run of its step", () =>
    simulated(Effect.gen(function* () {
      yield* script("recipes/SALES.compute_customers_prepared", { end: "fail", times: 2 });
      yield* withSteps({ ...build("b", "customers_prepared"), maxRetriesOnFail: 2, delayBetweenRetries: 30 });
      const { scenarioRun, stepRuns } = yield* run("SALES", "LOAD_COUNTRY");
      expect(scenarioRun.result!.outcome).toBe("SUCCESS");
      expect(stepRuns.map(({ retryIndex, result }) => [retryIndex, result!.outcome])).toEqual([
        [0, "FAILED"],
        [1, "FAILED"],
        [2, "SUCCESS"],
      ]);
      expect(stepRuns[1]!.start - stepRuns[0]!.end).toBe(30_000);
    })));
});

describe("a scripted outcome", () => {
  const scripted = (outcome: Outcome, id = "LOAD_COUNTRY") =>
    Effect.andThen(script(`scenarios/SALES.${id}`, outcome), run("SALES", id));

  it.effect("fails at a step, with a message", () =>
    simulated(Effect.gen(function* () {
      const found = yield* scripted({ end: "fail", step: "build_customers", message: "Disk full" });
      expect(outcomes(found)).toEqual([["load", "SUCCESS"], ["build_customers", "FAILED"]]);
      expect(found.stepRuns[1]!.result).toMatchObject({ thrown: { title: "Step failed", message: "Disk full" } });
      expect(found.scenarioRun.result).toMatchObject({ thrown: { message: "Disk full" } });
    })));

  it.effect("is about the first step that runs when it names none", () =>
    simulated(Effect.gen(function* () {
      expect(outcomes(yield* scripted({ end: "warn" }))).toEqual([["load", "WARNING"], ["build_customers", "SUCCESS"]]);
    })));

  it.effect("warns at a step that does its work all the same", () =>
    simulated(Effect.gen(function* () {
      const found = yield* scripted({ end: "warn", step: "build_customers" });
      expect(found.stepRuns[1]).toMatchObject({
        result: { outcome: "WARNING" },
        additionalReportItems: [{ outcome: "SUCCESS" }],
      });
    })));

  it.effect("aborts at a step", () =>
    simulated(Effect.gen(function* () {
      const found = yield* scripted({ end: "abort", step: "build_customers" });
      expect(outcomes(found)).toEqual([["load", "SUCCESS"], ["build_customers", "ABORTED"]]);
      expect(found.scenarioRun.result).toMatchObject({ outcome: "ABORTED" });
    })));

  it.effect("stalls at a step", () =>
    simulated(Effect.gen(function* () {
      const found = yield* scripted({ end: "stall", step: "build_customers" });
      expect(found.scenarioRun).toMatchObject({ end: 0 });
      expect(found.scenarioRun).not.toHaveProperty("result");
      expect(found.stepRuns[1]).toMatchObject({ end: 0 });
      expect(found.stepRuns[1]).not.toHaveProperty("result");
    })));

  it.effect("takes as long as it says", () =>
    simulated(Effect.gen(function* () {
      const { stepRuns } = yield* scripted({ end: "done", step: "build_customers", seconds: 90 });
      expect(stepRuns[1]!.end - stepRuns[1]!.start).toBe(90_000);
      expect(stepRuns[1]!.additionalReportItems).toEqual([]);
    })));

  it.effect("ends a scenario none of whose steps runs", () =>
    simulated(Effect.gen(function* () {
      yield* redefine("SALES", "LOAD_COUNTRY", { params: { steps: [] } });
      expect((yield* run("SALES", "LOAD_COUNTRY")).scenarioRun.result).toMatchObject({ outcome: "SUCCESS" });
      expect((yield* scripted({ end: "fail", message: "Nothing to do" })).scenarioRun.result).toMatchObject({
        outcome: "FAILED",
        thrown: { message: "Nothing to do" },
      });
    })));

  it.effect("ends a script, which has no steps", () =>
    simulated(Effect.gen(function* () {
      const found = yield* scripted({ end: "fail", message: "NameError: x" }, "MONTHLY_REPORT");
      expect(found.stepRuns).toEqual([]);
      expect(found.scenarioRun.result).toMatchObject({ outcome: "FAILED", thrown: { message: "NameError: x" } });
      const { runId } = found.scenarioRun;
      expect(yield* readText(path`/projects/SALES/scenarios/MONTHLY_REPORT/${runId}/log`)).toContain("NameError: x");
    })));
});
