import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { TestClock } from "effect/testing";
import type { Dss } from "../../src/mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { describeTimes, nextTime, type TemporalParams } from "../../src/simulator/automation/trigger_times.ts";
import { type Json, lastRuns, light, redefine, runScenario } from "../fixtures/simulated_scenarios.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Dss | Simulator>) => Effect.provide(test, Simulator.layer());

/** The next times of a trigger, in the time of the server. */
const times = (params: TemporalParams, after: string, howMany: number): ReadonlyArray<string> => {
  const found: Array<string> = [];
  for (let at: number | undefined = Date.parse(after); found.length < howMany;) {
    at = nextTime(params, at!);
    if (at === undefined) return [...found, "never"];
    found.push(new Date(at).toISOString().slice(0, 16));
  }
  return found;
};

const temporal = (params: TemporalParams, more: Json = {}): Json => ({
  type: "temporal",
  active: true,
  params,
  ...more,
});
const every = (minutes: number) => temporal({ frequency: "Minutely", repeatFrequency: minutes });
const starts = (projectKey: string, id: string) =>
  Effect.map(lastRuns(projectKey, id, { limit: 10_000 }), (runs) => runs.map(({ start }) => start).reverse());

describe("a temporal trigger fires next", () => {
  const from = "2025-10-01T09:00Z"; // a Wednesday
  const cases: ReadonlyArray<readonly [string, TemporalParams, ReadonlyArray<string>, after?: string]> = [
    ["every 10 minutes", { frequency: "Minutely", repeatFrequency: 10 }, ["2025-10-01T09:10", "2025-10-01T09:20"]],
    [
      "every second hour from its start",
      { frequency: "Hourly", repeatFrequency: 2, hour: 3, minute: 5, startingFrom: "2025-10-02T00:00:00.000+0000" },
      ["2025-10-02T03:05", "2025-10-02T05:05"],
    ],
    ["every day", { frequency: "Daily", hour: 2, timezone: "SERVER" }, ["2025-10-02T02:00", "2025-10-03T02:00"]],
    [
      "every third day, counted from its start",
      { frequency: "Daily", repeatFrequency: 3, hour: 2, startingFrom: "2025-09-30" },
      ["2025-10-03T02:00", "2025-10-06T02:00"],
    ],
    ["not at the time that it is", { frequency: "Daily", hour: 9, minute: 0 }, ["2025-10-02T09:00"]],
    [
      "in its time zone, over the change to winter time",
      { frequency: "Daily", hour: 2, minute: 30, timezone: "Europe/Paris" },
      ["2025-10-25T00:30", "2025-10-26T00:30", "2025-10-27T01:30"],
      "2025-10-24T12:00Z",
    ],
    [
      "in its time zone, at an hour that the change to summer time leaves out",
      { frequency: "Daily", hour: 2, minute: 30, timezone: "Europe/Paris" },
      ["2026-03-28T01:30", "2026-03-29T01:30", "2026-03-30T00:30"],
      "2026-03-27T12:00Z",
    ],
    [
      "on chosen days of every second week",
      {
        frequency: "Weekly",
        repeatFrequency: 2,
        hour: 4,
        daysOfWeek: ["Monday", "Friday"],
        startingFrom: "2025-09-24",
      },
      ["2025-10-06T04:00", "2025-10-10T04:00", "2025-10-20T04:00"],
    ],
    [
      "on the day of the month, or its last one",
      { frequency: "Monthly", hour: 4, startingFrom: "2025-08-31" },
      ["2025-10-31T04:00", "2025-11-30T04:00", "2025-12-31T04:00"],
    ],
    [
      "on the day of the month, as old documents say it",
      { frequency: "Monthly", dayOfMonth: 5, hour: 1 },
      ["2025-10-05T01:00", "2025-11-05T01:00"],
    ],
    [
      "every third month",
      { frequency: "Monthly", repeatFrequency: 3, hour: 4, startingFrom: "2025-02-10" },
      ["2025-11-10T04:00", "2026-02-10T04:00"],
    ],
    [
      "on the last day of the month",
      { frequency: "Monthly", hour: 4, monthlyRunOn: "LAST_DAY_OF_THE_MONTH" },
      ["2025-10-31T04:00", "2025-11-30T04:00"],
    ],
    [
      "in the first week, on the day of the week of its start",
      { frequency: "Monthly", hour: 4, monthlyRunOn: "FIRST_WEEK", startingFrom: "2025-01-06" },
      ["2025-10-06T04:00", "2025-11-03T04:00"],
    ],
    [
      "in the third week",
      { frequency: "Monthly", hour: 4, monthlyRunOn: "THIRD_WEEK", startingFrom: "2025-01-06" },
      ["2025-10-20T04:00", "2025-11-17T04:00"],
    ],
    [
      "in the last week",
      { frequency: "Monthly", hour: 4, monthlyRunOn: "LAST_WEEK", startingFrom: "2025-01-06" },
      ["2025-10-27T04:00", "2025-11-24T04:00"],
    ],
    ["never without week days", { frequency: "Weekly", daysOfWeek: [] }, ["never"]],
    ["never on a day that is none", { frequency: "Weekly", daysOfWeek: ["Funday"] }, ["never"]],
    ["never at an hour that is none", { frequency: "Daily", hour: 25 }, ["never"]],
    ["never in a rhythm that is none", { frequency: "Yearly" }, ["never"]],
    ["never in a rhythm beyond the calendar", { frequency: "Monthly", repeatFrequency: 1e6, hour: 1 }, ["never"]],
    ["in the time of the server when its zone is none", { frequency: "Daily", hour: 2, timezone: "Mars/Base" }, [
      "2025-10-02T02:00",
    ]],
  ];
  for (const [title, params, expected, after = from] of cases) {
    it(title, () => expect(times(params, after, expected.length)).toEqual(expected));
  }

  it.each<readonly [TemporalParams, string]>([
    [{ frequency: "Minutely", repeatFrequency: 5 }, "Every 5 minutes"],
    [{ frequency: "Hourly", minute: 20 }, "Every hour at minute 20"],
    [
      { frequency: "Weekly", hour: 4, minute: 30, daysOfWeek: ["Friday", "Monday"] },
      "Every week on Monday, Friday at 04:30",
    ],
    [{ frequency: "Monthly", hour: 3 }, "Every month at 03:00"],
    [{ frequency: "Daily", hour: 77 }, "Never"],
  ])("%j is said as %s", (params, said) => {
    expect(describeTimes(params)).toBe(said);
  });
});

describe("on the clock", () => {
  it.effect("active triggers of active scenarios start runs, a second after their time", () =>
    simulated(Effect.gen(function* () {
      const before = yield* starts("SALES", "NIGHTLY_BUILD");
      yield* TestClock.adjust("2 days");
      expect(yield* starts("SALES", "NIGHTLY_BUILD")).toEqual([
        ...before,
        Date.UTC(2025, 9, 2, 2, 0, 1),
        Date.UTC(2025, 9, 3, 2, 0, 1),
      ]);
      const [run] = yield* lastRuns("SALES", "NIGHTLY_BUILD", { limit: 1 });
      expect(run).toMatchObject({ trigger: { timestamp: Date.UTC(2025, 9, 3, 2), trigger: { id: "Tq2vB81c" } } });
      expect(yield* light("SALES", "NIGHTLY_BUILD")).toMatchObject({ nextRun: Date.UTC(2025, 9, 4, 2) });
      expect(yield* starts("LOGISTICS", "TRACK_PARCELS")).toEqual([]);
    })));

  it.effect("a change of the settings plans anew, from then on", () =>
    simulated(Effect.gen(function* () {
      yield* redefine("LOGISTICS", "TRACK_PARCELS", { active: true, triggers: [every(15)] });
      yield* TestClock.adjust("40 minutes");
      expect(yield* starts("LOGISTICS", "TRACK_PARCELS")).toHaveLength(2);
      yield* redefine("LOGISTICS", "TRACK_PARCELS", { triggers: [every(20)] });
      yield* TestClock.adjust("50 minutes");
      expect((yield* starts("LOGISTICS", "TRACK_PARCELS")).slice(2)).toEqual([
        Date.UTC(2025, 9, 1, 10, 0, 1),
        Date.UTC(2025, 9, 1, 10, 20, 1),
      ]);
      yield* redefine("LOGISTICS", "TRACK_PARCELS", { active: false });
      expect(yield* light("LOGISTICS", "TRACK_PARCELS")).toMatchObject({ nextRun: 0 });
      yield* TestClock.adjust("1 day");
      yield* redefine("LOGISTICS", "TRACK_PARCELS", { active: true, triggers: [{ ...every(20), active: false }] });
      yield* TestClock.adjust("1 day");
      expect(yield* starts("LOGISTICS", "TRACK_PARCELS")).toHaveLength(4);
    })));

  it.effect("a clock that jumps by a year lets a trigger fire at the last thousand times that it missed", () =>
    simulated(Effect.gen(function* () {
      yield* redefine("LOGISTICS", "TRACK_PARCELS", { active: true, triggers: [every(1)] });
      yield* TestClock.adjust("365 days");
      const found = yield* starts("LOGISTICS", "TRACK_PARCELS");
      expect(found.length).toBeGreaterThan(990);
      expect(found.length).toBeLessThan(1010);
      const end = Date.UTC(2026, 9, 1, 9);
      expect(end - found.at(-1)!).toBeLessThan(120_000);
      expect(yield* starts("SALES", "NIGHTLY_BUILD")).toHaveLength(4 + 365);
    })));

  it.effect("a trigger does not fire while DSS is down", () =>
    simulated(Effect.gen(function* () {
      yield* redefine("LOGISTICS", "TRACK_PARCELS", { active: true, triggers: [every(10)] });
      yield* (yield* Simulator).restart("25 minutes");
      yield* TestClock.adjust("35 minutes");
      expect(yield* starts("LOGISTICS", "TRACK_PARCELS")).toEqual([Date.UTC(2025, 9, 1, 9, 30, 1)]);
    })));
});

describe("a trigger that follows a scenario", () => {
  const follows = (scenarioId: string, more: Json = {}) => ({
    active: true,
    triggers: [{ id: "f", type: "follow_scenariorun", active: true, params: { scenarioId, ...more } }],
  });
  const followed = (outcomeFilter: string | undefined, end: "done" | "fail") =>
    simulated(Effect.gen(function* () {
      const filter = outcomeFilter === undefined ? {} : { outcomeFilter };
      yield* redefine("SALES", "REFRESH_CUSTOMERS", follows("LOAD_COUNTRY", filter));
      yield* (yield* Simulator).script("scenarios/SALES.LOAD_COUNTRY", { end, step: "build_customers" });
      yield* runScenario("SALES", "LOAD_COUNTRY");
      yield* TestClock.adjust("1 minute");
      return (yield* lastRuns("SALES", "REFRESH_CUSTOMERS")).length;
    }));

  it.effect("fires when it ended as the trigger wants it", () =>
    Effect.gen(function* () {
      expect(yield* followed("SUCCESS", "done")).toBe(1);
      expect(yield* followed("SUCCESS", "fail")).toBe(0);
      expect(yield* followed("FAILED", "fail")).toBe(1);
      expect(yield* followed(undefined, "fail")).toBe(1);
    }));

  it.effect("fires over projects, and not when it or its scenario is not active", () =>
    simulated(Effect.gen(function* () {
      yield* runScenario("SALES", "NIGHTLY_BUILD");
      yield* TestClock.adjust("1 minute");
      const runs = yield* lastRuns("CHURN", "SCORE_AFTER_SALES", { limit: 1 });
      expect(runs).toMatchObject([{
        start: Date.UTC(2025, 9, 1, 9, 0, 12) + 900,
        trigger: { trigger: { id: "fQ3d8Xyz" } },
      }]);
      yield* runScenario("SALES", "LOAD_COUNTRY");
      yield* TestClock.adjust("1 minute");
      expect(yield* lastRuns("SALES", "REFRESH_CUSTOMERS")).toEqual([]);
    })));

  it.effect("fires a thousand times while nobody looks, when two follow each other", () =>
    simulated(Effect.gen(function* () {
      yield* redefine("SALES", "LOAD_COUNTRY", { ...follows("TEST_REVENUE"), params: { steps: [] } });
      yield* redefine("SALES", "TEST_REVENUE", { ...follows("LOAD_COUNTRY"), params: { steps: [] } });
      yield* runScenario("SALES", "LOAD_COUNTRY");
      yield* TestClock.adjust("300 days");
      expect(yield* starts("SALES", "LOAD_COUNTRY")).toHaveLength(1001);
    })));
});
