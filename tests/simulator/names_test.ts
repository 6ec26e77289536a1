import { describe, expect, it } from "@effect/vitest";
import { Effect, Schema } from "effect";
import { buildJob, datasetOutput, Dss, get, Jobs, path, ScenarioRuns, Scenarios } from "../../mod.ts";
import { idFromName } from "../../src/simulator/kernel/id_from_name.ts";
import { NotAZip, readZip, writeZip } from "../../src/simulator/kernel/zip.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { during } from "../fixtures/virtual_time.ts";

describe("an id from a name", () => {
  it.each([
    ["Nightly re-build 2", "Nightly_re_build_2"],
    ["test scenario!", "test_scenario_"],
    ["Umsätze/Tag", "Umsatze_Tag"],
    ["a.b c", "a_b_c"],
    ["日本", "__"],
    ["\u{1f680}", "_"],
    ["plain_1", "plain_1"],
    ["", ""],
  ])("%j is %j", (name, id) => {
    expect(idFromName(name)).toBe(id);
  });
});

describe("the id of a job", () => {
  it.effect.each(["2025/10/01", "a b", "x?y#z", "50%", "../..", "é|2"])(
    "is one segment for the partition %j",
    (partition) =>
      Effect.gen(function* () {
        const jobs = yield* Jobs;
        const { jobId } = yield* jobs.start("CHURN", buildJob([datasetOutput("features", { partition })]));
        expect(jobId).toMatch(/^[\w.-]+$/);
        const [job] = yield* jobs.list("CHURN", { limit: 1 });
        expect(job!.def).toMatchObject({ id: jobId, outputs: [{ targetPartition: partition }] });
        yield* jobs.abort("CHURN", jobId);
      }).pipe(Effect.provide(Simulator.layer())),
  );
});

describe("a JUnit report", () => {
  /** What XML 1.0 can have, which no parser of the runtimes says. */
  const wellFormed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

  it.effect.each(["\u001b[31mred\u001b[0m", "\ufffe", "\uffff", "\u0000", "a\ud800b", "\u0007 & <b> \"'", "\u{1f680}"])(
    "is well-formed XML whatever a step says: %j",
    (message) =>
      Effect.gen(function* () {
        const { script } = yield* Simulator;
        yield* script("scenarios/SALES.TEST_SMOKE", { end: "fail", message });
        const runs = yield* ScenarioRuns;
        yield* Effect.exit(during("1 hour", runs.run("SALES", "TEST_SMOKE")));
        const dss = yield* Dss;
        const [last] = yield* runs.list("SALES", "TEST_SMOKE", { limit: 1 });
        const report = yield* dss.text(
          "Test.report",
          get(path`/projects/${"SALES"}/scenarios/${"TEST_SMOKE"}/${last!.runId}/scenario-run-report`),
        );
        expect(report).toContain("<failure");
        expect(report).toMatch(wellFormed);
      }).pipe(Effect.provide(Simulator.layer())),
  );
});

describe("an archive", () => {
  it.each(["../x", "a/../../x", "/etc/passwd", "\\x", "..\\x", "C:\\x", "a\u0000b", ".."])(
    "with an entry %j is none",
    async (name) => {
      const archive = writeZip([["ok.txt", new Uint8Array([1])], [name, new Uint8Array([2])]]);
      await expect(readZip(archive)).rejects.toThrow(NotAZip);
    },
  );

  it.each(["a/b", "a..b", "..a", "a/..b/c", "ä ö/#%?"])("may have an entry %j", async (name) => {
    expect([...(await readZip(writeZip([[name, new Uint8Array([2])]]))).keys()]).toEqual([name]);
  });
});

it.effect.each<readonly [string, ReadonlyArray<string>]>([
  ["?tags=ml", ["CHURN"]],
  ["?tags=prod", ["SALES", "CHURN"]],
  ["?tags=ml,prod", ["SALES", "CHURN"]],
  ["?tags=none", []],
  ["?tags=", ["SALES", "CHURN", "LOGISTICS"]],
])("projects are listed by tags: %s", ([query, keys]) =>
  Effect.gen(function* () {
    const tags = new URLSearchParams(query).get("tags") ?? "";
    const dss = yield* Dss;
    const found = yield* dss.json(
      "Test.projects",
      get(path`/projects/`, { query: { tags } }),
      Schema.Array(Schema.Struct({ projectKey: Schema.String })),
    );
    expect(found.map(({ projectKey }) => projectKey)).toEqual(keys);
  }).pipe(Effect.provide(Simulator.layer())));

it.effect("a scenario whose name is taken gets a number", () =>
  Effect.gen(function* () {
    const scenarios = yield* Scenarios;
    const make = scenarios.create("SALES", { name: "Re-build", type: "step_based", params: {} });
    expect([yield* make, yield* make]).toEqual(["Re_build", "Re_build_2"]);
  }).pipe(Effect.provide(Simulator.layer())));
