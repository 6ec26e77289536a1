import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { TestClock } from "effect/testing";
import { type Dss, type Path, path } from "../../src/mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import {
  details,
  type Json,
  lastRuns,
  read,
  readPage,
  readText,
  redefine,
  refusal,
  runScenario,
} from "../fixtures/simulated_scenarios.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Dss | Simulator>) => Effect.provide(test, Simulator.layer());
const nightly = ["SALES", "NIGHTLY_BUILD"] as const;

describe("what ran before", () => {
  it.effect("is listed newest first, as many as asked for", () =>
    simulated(Effect.gen(function* () {
      const runs = yield* lastRuns(...nightly);
      expect(runs.map(({ result }) => result?.outcome)).toEqual(["FAILED", "WARNING", "SUCCESS", "SUCCESS"]);
      expect(yield* lastRuns(...nightly, { limit: 2 })).toEqual(runs.slice(0, 2));
      yield* runScenario(...nightly);
      yield* TestClock.adjust("2 seconds");
      expect(yield* lastRuns(...nightly, { limit: 10 })).toHaveLength(5);
      expect(yield* lastRuns(...nightly, { limit: 10, onlyFinishedRuns: "True" })).toEqual(runs);
      expect(yield* refusal(lastRuns(...nightly, { limit: "many" }))).toBe("Invalid");
    })));

  it.effect("is listed by day, without the last day", () =>
    simulated(Effect.gen(function* () {
      const byDate = (fromDate: string, toDate: string) =>
        read<ReadonlyArray<Json>>(path`/projects/SALES/scenarios/NIGHTLY_BUILD/get-runs-by-date`, { fromDate, toDate });
      expect(yield* byDate("2025-09-29", "2025-10-01")).toMatchObject([
        { runId: "2025-09-30-02-00-01-000" },
        { runId: "2025-09-29-02-00-01-000" },
      ]);
      expect(yield* byDate("2025-10-01", "2025-10-01")).toEqual([]);
      for (const wrong of ["01.10.2025", "2025-13-01", ""]) {
        expect(yield* refusal(byDate(wrong, wrong))).toBe("Invalid");
      }
    })));

  it.effect("is found by its id, with logs of the whole and of one step", () =>
    simulated(Effect.gen(function* () {
      const { runId } = (yield* lastRuns(...nightly))[0]!;
      expect(yield* details(...nightly, runId)).toMatchObject({
        scenarioRun: { runId },
        stepRuns: [{ step: { id: "check_raw" } }, { step: { id: "on_failure" } }],
      });
      const log = path`/projects/SALES/scenarios/NIGHTLY_BUILD/${runId}/log`;
      expect(yield* readText(log)).toContain("Run ended: FAILED");
      const ofStep = yield* readText(log, { stepId: "check_raw" });
      expect(ofStep.trim().split("\n")).toHaveLength(3);
      expect(ofStep).toContain("0 rows");
      expect(yield* readText(log, { stepId: "nothing" })).toBe("");
      expect(yield* refusal(details(...nightly, "2020-01-01-00-00-00-000"))).toBe("NotFound");
    })));
});

describe("the report of a test", () => {
  const lastRun = (id: string) => Effect.map(lastRuns("SALES", id, { limit: 1 }), ([run]) => run!.runId);
  const tests = (report: string) => /tests="(\d+)" failures="(\d+)"/.exec(report)?.slice(1).map(Number);

  it.effect("is JUnit XML of a run, and of a step", () =>
    simulated(Effect.gen(function* () {
      const runId = yield* lastRun("TEST_REVENUE");
      const whole = yield* readText(path`/projects/SALES/scenarios/TEST_REVENUE/${runId}/scenario-run-report`);
      expect(tests(whole)).toEqual([3, 1]);
      expect(whole).toContain('<failure type="FAILED" message="Expected 4 countries, found 3"/>');
      const step = path`/projects/SALES/scenarios/TEST_REVENUE/${runId}/step-run-report`;
      expect(tests(yield* readText(step, { stepId: "prepare" }))).toEqual([1, 0]);
      expect(yield* refusal(readText(step, { stepId: "nothing" }))).toBe("NotFound");
    })));

  it.effect("is refused when the scenario was no test as it ran", () =>
    simulated(Effect.gen(function* () {
      const [ofTest, ofOther] = [yield* lastRun("TEST_SMOKE"), yield* lastRun("NIGHTLY_BUILD")];
      yield* redefine("SALES", "TEST_SMOKE", { markedAsTest: false });
      yield* redefine("SALES", "NIGHTLY_BUILD", { markedAsTest: true });
      const report = (id: string, runId: string) => path`/projects/SALES/scenarios/${id}/${runId}/scenario-run-report`;
      expect(tests(yield* readText(report("TEST_SMOKE", ofTest)))).toEqual([2, 0]);
      expect(yield* refusal(readText(report("NIGHTLY_BUILD", ofOther)))).toBe("Invalid");
    })));

  it.effect("is one of all tests of a project, with the count of their outcomes", () =>
    simulated(Effect.gen(function* () {
      const of = (name: string): Path => path`/projects/SALES/scenarios/${name}`;
      const junit = yield* readText(of("last-test-scenario-runs-report"));
      expect(junit.match(/<testsuite /g)).toHaveLength(2);
      const html = yield* readPage(of("last-test-scenario-runs-html-report"));
      expect(html).toContain("<td>Smoke test</td><td>SUCCESS</td>");
      expect(html).toContain("<td>Revenue test</td><td>FAILED</td>");
      const status = (query?: { readonly bundleId: string }) => read(of("testing-status"), { ...query });
      expect(yield* status()).toEqual({ nbTotalRanScenarios: 2, nbScenariosPerOutcome: { SUCCESS: 1, FAILED: 1 } });
      expect(yield* status({ bundleId: "v1" })).toEqual({ nbTotalRanScenarios: 0, nbScenariosPerOutcome: {} });
      expect(yield* readText(of("last-test-scenario-runs-report"), { bundleId: "v1" })).not.toContain("<testsuite ");
    })));
});
