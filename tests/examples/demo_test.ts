import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "@effect/vitest";
import { Effect, Fiber, Option, Stream } from "effect";
import { TestClock } from "effect/testing";
import type { JobActivity, JobStatus } from "@effect-dataiku/dss/jobs";
import { type ScenarioRunDetails, ScenarioRuns, type StepRun } from "@effect-dataiku/dss/scenario-runs";
import { Scenarios, type ScenarioSettings } from "@effect-dataiku/dss/scenarios";
import { Simulator } from "@effect-dataiku/dss/simulator";
import { type Picture, type Row, rowsOf } from "../../examples/demo/picture.ts";
import { table } from "../../examples/demo/table.ts";
import { branches, frame, type Room } from "../../examples/demo/tree.ts";
import { watch } from "../../examples/demo/watch.ts";
import { duration } from "../../examples/demo/words.ts";

const begun = 1_759_309_200_000;

const settings: ScenarioSettings = {
  type: "step_based",
  name: "Nightly",
  active: true,
  triggers: [],
  reporters: [],
  params: {
    steps: [
      { id: "check", type: "check_dataset", name: "Check" },
      { id: "old", type: "exec_sql", name: "Old", enabled: false },
      { id: "build", type: "build_flowitem", name: "Build" },
      { id: "tell", type: "custom_python", name: "Tell" },
    ],
  },
};

const check: StepRun = {
  step: { id: "check", type: "check_dataset", name: "Check" },
  start: begun,
  end: begun + 2_000,
  result: { outcome: "SUCCESS" },
};
const build: StepRun = { step: { id: "build", type: "build_flowitem", name: "Build" }, start: begun + 2_000, end: 0 };

const done: JobActivity = { state: "DONE", recipeType: "join", startTime: begun, endTime: begun + 2_000 };
const running: JobActivity = { state: "RUNNING", recipeType: "join", startTime: begun + 2_000, endTime: 0 };

const job = (id: string, submitted: number, activities: Readonly<Record<string, JobActivity>>): JobStatus => ({
  baseStatus: {
    def: {
      id,
      type: "RECURSIVE_BUILD",
      projectKey: "SALES",
      name: `Build_${id}`,
      initiator: "maria",
      initiationTimestamp: submitted,
      outputs: [],
    },
    state: "RUNNING",
    jobStartTime: submitted,
    activities,
  },
});

const picture = (
  stepRuns: ReadonlyArray<StepRun>,
  jobs: ReadonlyArray<JobStatus> = [],
  outcome?: "SUCCESS" | "FAILED",
): Picture => {
  const scenarioRun = {
    scenario: { projectKey: "SALES", id: "NIGHTLY" },
    runId: "2025-10-01-09-00-00-000",
    start: begun,
    ...(outcome === undefined ? {} : { end: begun + 9_000, result: { outcome } }),
  };
  const details: ScenarioRunDetails = { scenarioRun, stepRuns };
  return {
    settings,
    run: { phase: outcome ?? "RUNNING", isFinal: outcome !== undefined, run: scenarioRun, details },
    jobs: new Map(jobs.map((job) => [job.baseStatus.def.id, job])),
  };
};

const tree = (picture: Picture): ReadonlyArray<string> => {
  const rows = rowsOf(picture);
  return branches(rows).map((name, place) => `${name}: ${rows[place]?.state}`);
};

describe("the tree of the demo", () => {
  it("has all steps that are enabled before anything is known of the run", () => {
    expect(tree({ settings, jobs: new Map() })).toEqual([
      "Nightly: WAITING",
      "├─ Check: NOT STARTED",
      "├─ Build: NOT STARTED",
      "└─ Tell: NOT STARTED",
    ]);
  });

  it("has the jobs that began with a step while it runs, and no older ones", () => {
    const jobs = [
      job("older", begun + 1_000, { x: running }),
      job("ours", begun + 2_100, { a: done, b: running }),
    ];
    expect(tree(picture([check, build], jobs))).toEqual([
      "Nightly: RUNNING",
      "├─ Check: SUCCESS",
      "├─ Build: RUNNING",
      "│  └─ Build_ours: RUNNING",
      "│     ├─ a: DONE",
      "│     └─ b: RUNNING",
      "└─ Tell: NOT STARTED",
    ]);
    expect(rowsOf(picture([check, build], jobs))[2]?.progress).toEqual({ done: 1, total: 2 });
  });

  it("has the jobs that a step names when it has ended, and tells which steps did not run", () => {
    const ended: StepRun = {
      ...build,
      end: begun + 8_000,
      result: { outcome: "FAILED" },
      additionalReportItems: [{ type: "JOB_EXECUTED", jobId: "ours", outcome: "FAILED" }],
    };
    const jobs = [job("ours", begun + 2_100, {}), job("another", begun + 2_200, {})];
    expect(tree(picture([check, ended], jobs, "FAILED"))).toEqual([
      "Nightly: FAILED",
      "├─ Check: SUCCESS",
      "├─ Build: FAILED",
      "│  └─ Build_ours: RUNNING",
      "└─ Tell: SKIPPED",
    ]);
  });

  it("shows the last try of a step that was tried again", () => {
    const failed: StepRun = { ...check, result: { outcome: "FAILED" } };
    expect(tree(picture([failed, check]))[1]).toBe("├─ Check: SUCCESS");
  });

  it("has the task beside the scenario, which ended when it ran for as long as DSS says", () => {
    const task = {
      phase: "DONE",
      isFinal: true,
      future: { jobDisplayName: "Update", startTime: begun, runningTime: 9_000 },
    };
    const row = rowsOf({ ...picture([check]), task }).at(-1);
    expect(row).toMatchObject({ depth: 0, name: "Update", kind: "task", state: "DONE", end: begun + 9_000 });
  });
});

describe("the bars of the demo", () => {
  const room = { columns: 80, rows: 24 };
  const plainFrame = (rows: ReadonlyArray<Row>, now: number, room: Room): ReadonlyArray<string> =>
    frame(rows, now, room).map(stripVTControlCharacters);

  it("are full for what has ended, empty for what waits, and say how long each took", () => {
    const jobs = [job("ours", begun + 2_000, { a: done, b: running, c: running, d: running })];
    const lines = plainFrame(rowsOf(picture([check, build], jobs)), begun + 3_500, room);
    expect(lines[1]).toMatch(/^├─ Check +█{20} {2}SUCCESS {9,}2\.0 s$/);
    expect(lines[2]).toMatch(/^├─ Build +█{5}░{15} {2}RUNNING {9,}1\.5 s$/);
    expect(lines[5]).toMatch(/^│ {5}├─ b +░*█{6}░* {2}RUNNING {9,}1\.5 s$/);
    expect(lines.at(-1)).toMatch(/^└─ Tell +░{20} {2}NOT STARTED {2,}–$/);
  });

  it("move for what runs without saying how far it is", () => {
    const rows = rowsOf(picture([check, build]));
    const at = (passed: number) => plainFrame(rows, begun + passed, room)[2]?.slice(0, 35);
    expect(new Set([2_000, 2_100, 2_200].map(at)).size).toBe(3);
  });

  it("fit the terminal, and keep what runs when there is no room for all", () => {
    const name = (index: number) => `compute_a_recipe_with_a_name_longer_than_the_line_${index}`;
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [name(index), index < 57 ? done : running]),
    );
    const small = { columns: 60, rows: 10 };
    const lines = plainFrame(rowsOf(picture([check, build], [job("ours", begun + 2_000, many)])), begun + 4_000, small);
    expect(lines.length).toBeLessThan(small.rows - 1);
    for (const line of lines) expect(line.length).toBeLessThan(small.columns);
    expect(lines.filter((line) => line.includes("RUNNING")).length).toBe(6);
  });
});

describe("the table of the demo", () => {
  it("has a line for each part", () => {
    const lines = stripVTControlCharacters(table(rowsOf(picture([check], [], "SUCCESS")))).split("\n");
    expect(lines).toEqual([
      "          KIND            STATE    DURATION",
      "Nightly   scenario        SUCCESS     9.0 s",
      "├─ Check  check_dataset   SUCCESS     2.0 s",
      "├─ Build  build_flowitem  SKIPPED         –",
      "└─ Tell   custom_python   SKIPPED         –",
    ]);
  });

  it("tells durations in seconds, then in words", () => {
    expect([
      duration(begun, begun + 59_940),
      duration(begun, begun + 64_000),
      duration(0, begun),
      duration(begun, null),
    ])
      .toEqual(["59.9 s", "1m 4s", "–", "–"]);
  });
});

describe("the watching of the demo", () => {
  it.effect("goes on when DSS does not answer for a while, and sees all jobs at the end", () =>
    Effect.gen(function* () {
      const simulator = yield* Simulator;
      const runs = yield* ScenarioRuns;
      const settings = yield* Effect.flatMap(Scenarios, (scenarios) => scenarios.settings("LOGISTICS", "ROUTES"));
      const run = yield* runs.start("LOGISTICS", "ROUTES", { steps: true });
      const fiber = yield* Effect.forkChild(Stream.runCollect(watch(run, settings, Option.none())));
      yield* TestClock.adjust("5 seconds");
      yield* simulator.inject("unavailable", { times: 20 });
      yield* TestClock.adjust("10 minutes");
      const pictures = yield* Fiber.join(fiber);
      expect((yield* simulator.received).filter(({ handled }) => !handled).length).toBe(20);
      expect(pictures.map(tree)).toContainEqual([
        "Plan the routes: RUNNING",
        "├─ Build parcels: SUCCESS",
        "│  └─ Build_parcels_prepared_NP: DONE",
        "│     └─ compute_parcels_prepared_NP: DONE",
        "└─ Build routes: RUNNING",
        "   └─ Build_routes_NP: RUNNING",
        "      └─ compute_routes_NP: RUNNING",
      ]);
      expect(tree(pictures.at(-1)!)).toEqual([
        "Plan the routes: SUCCESS",
        "├─ Build parcels: SUCCESS",
        "│  └─ Build_parcels_prepared_NP: DONE",
        "│     └─ compute_parcels_prepared_NP: DONE",
        "└─ Build routes: SUCCESS",
        "   └─ Build_routes_NP: DONE",
        "      └─ compute_routes_NP: DONE",
      ]);
    }).pipe(Effect.provide(Simulator.layer())));
});
