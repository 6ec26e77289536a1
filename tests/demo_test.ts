import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "@effect/vitest";
import type { JobActivity, JobOperationState } from "@effect-dataiku/dss/jobs";
import { frame, type Room } from "../examples/demo/bars.ts";
import { activityTable, duration } from "../examples/demo/table.ts";

const begun = 1_759_309_200_000;

const stateWith = (activities: Readonly<Record<string, JobActivity>>): JobOperationState => {
  const all = Object.values(activities);
  return {
    phase: all.length === 0 ? "COMPUTING_DEPS" : "RUNNING",
    isFinal: false,
    progress: { done: all.filter(({ state }) => state === "DONE").length, total: all.length },
    status: {
      baseStatus: {
        def: {
          id: "Build_orders_NP_2025-10-01T09-00-00.000",
          type: "RECURSIVE_FORCED_BUILD",
          projectKey: "SALES",
          name: "Build_orders_NP",
          initiator: "admin",
          initiationTimestamp: begun,
          outputs: [],
        },
        state: "RUNNING",
        jobStartTime: begun,
        activities,
      },
    },
  };
};

const done: JobActivity = { state: "DONE", recipeType: "join", startTime: begun, endTime: begun + 2_000 };
const running: JobActivity = { state: "RUNNING", recipeType: "join", startTime: begun + 2_000, endTime: 0 };
const waiting: JobActivity = { state: "NOT_STARTED", recipeType: "join", startTime: 0, endTime: 0 };

/** The lines of a frame, without colours. */
const plainFrame = (state: JobOperationState, now: number, room: Room): ReadonlyArray<string> =>
  frame(state, now, room).map(stripVTControlCharacters);

describe("the bars of the demo", () => {
  const room = { columns: 80, rows: 24 };

  it("are full for what is done, empty for what waits, and say how long each took", () => {
    const lines = plainFrame(stateWith({ a: done, b: running, c: waiting }), begun + 3_500, room);
    expect(lines[0]).toMatch(/^a {2}█{20} {2}DONE {9,}2\.0 s$/);
    expect(lines[1]).toMatch(/^b {2}░*█{6}░* {2}RUNNING {6,}1\.5 s$/);
    expect(lines[2]).toMatch(/^c {2}░{20} {2}NOT STARTED {2,}–$/);
    expect(lines.at(-1)).toBe("███████░░░░░░░░░░░░░  1 of 3 activities  3.5 s");
  });

  it("move for what runs", () => {
    const at = (millis: number) => plainFrame(stateWith({ b: running }), begun + millis, room)[0]?.slice(0, 23);
    expect(new Set([2_000, 2_100, 2_200].map(at)).size).toBe(3);
  });

  it("fit the terminal, and keep what has not ended when there is no room for all", () => {
    const name = (index: number) => `compute_a_recipe_with_a_name_longer_than_the_line_${index}`;
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [name(index), index < 50 ? done : running]),
    );
    const small = { columns: 60, rows: 12 };
    const lines = plainFrame(stateWith(many), begun + 4_000, small);
    expect(lines.length).toBeLessThan(small.rows);
    for (const line of lines) expect(line.length).toBeLessThan(small.columns);
    expect(lines.filter((line) => line.includes("RUNNING")).length).toBe(8);
  });

  it("say the phase of a job that has no activities yet", () => {
    expect(plainFrame(stateWith({}), begun + 1_000, room)).toEqual(["░░░░░░░░░░░░░░░░░░░░  COMPUTING DEPS  1.0 s"]);
  });
});

describe("the table of the demo", () => {
  it("has a line for each activity", () => {
    expect(stripVTControlCharacters(activityTable(stateWith({ a: done, b: running }).status)).split("\n")).toEqual([
      "ACTIVITY  RECIPE  STATE    DURATION",
      "a         join    DONE        2.0 s",
      "b         join    RUNNING         –",
    ]);
  });

  it("says that there was nothing to build", () => {
    expect(activityTable(stateWith({}).status)).toBe("No activities: there was nothing to build");
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
