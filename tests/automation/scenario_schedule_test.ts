import { describe, expect, it } from "@effect/vitest";
import { Schema } from "effect";
import {
  dailyTrigger,
  hourlyTrigger,
  isFollowTrigger,
  isTemporalTrigger,
  type MonthDay,
  monthlyTrigger,
  periodicTrigger,
  type TemporalTrigger,
  temporalTrigger,
  type WeekDay,
  weeklyTrigger,
} from "../../mod.ts";

const temporal = (params: Readonly<Record<string, unknown>>) => ({ active: true, type: "temporal", params });
const byDefault = { repeatFrequency: 1, startingFrom: "2024-01-01", timezone: "SERVER" };

const rows: ReadonlyArray<readonly [string, TemporalTrigger, unknown]> = [
  ["every five minutes", periodicTrigger(), temporal({ frequency: "Minutely", repeatFrequency: 5 })],
  ["every ten minutes", periodicTrigger({ every: 10 }), temporal({ frequency: "Minutely", repeatFrequency: 10 })],
  ["every hour", hourlyTrigger(), temporal({ frequency: "Hourly", hour: 0, minute: 0, ...byDefault })],
  [
    "every other hour from three o'clock",
    hourlyTrigger({ every: 2, minute: 5, startHour: 3, start: "2026-01-02", timezone: "UTC" }),
    temporal({
      frequency: "Hourly",
      hour: 3,
      minute: 5,
      repeatFrequency: 2,
      startingFrom: "2026-01-02",
      timezone: "UTC",
    }),
  ],
  ["every night", dailyTrigger(), temporal({ frequency: "Daily", hour: 2, minute: 0, ...byDefault })],
  [
    "every third day",
    dailyTrigger({ every: 3, hour: 23, minute: 59, timezone: "Europe/Paris" }),
    temporal({
      frequency: "Daily",
      hour: 23,
      minute: 59,
      ...byDefault,
      repeatFrequency: 3,
      timezone: "Europe/Paris",
    }),
  ],
  [
    "on chosen days",
    weeklyTrigger(["Monday", "Thursday"], { hour: 4 }),
    temporal({ frequency: "Weekly", daysOfWeek: ["Monday", "Thursday"], hour: 4, minute: 0, ...byDefault }),
  ],
  [
    "on the 15th",
    monthlyTrigger(15, { hour: 1, minute: 2 }),
    temporal({
      frequency: "Monthly",
      monthlyRunOn: "ON_THE_DAY",
      hour: 1,
      minute: 2,
      ...byDefault,
      startingFrom: "2024-01-15",
    }),
  ],
  [
    "with a name, and not yet",
    periodicTrigger({ name: "Soon", active: false }),
    { active: false, type: "temporal", name: "Soon", params: { frequency: "Minutely", repeatFrequency: 5 } },
  ],
  [
    "as told",
    temporalTrigger({ frequency: "Yearly", startingFrom: "2026-01-03T00:00:00.000+0000" }),
    temporal({ frequency: "Yearly", startingFrom: "2026-01-03T00:00:00.000+0000" }),
  ],
];

describe("a trigger on the clock", () => {
  it.each(rows)("fires %s", (_name, trigger, expected) => {
    expect(trigger).toStrictEqual(expected);
    expect(isTemporalTrigger(trigger)).toBe(true);
  });

  const starts: ReadonlyArray<readonly [MonthDay, string, string, string]> = [
    [1, "2026-01-01", "ON_THE_DAY", "2026-01-01"],
    [15, "2026-01-16", "ON_THE_DAY", "2026-02-15"],
    [31, "2026-02-01", "ON_THE_DAY", "2026-03-31"],
    [30, "2026-01-31", "ON_THE_DAY", "2026-03-30"],
    [29, "2026-02-01", "ON_THE_DAY", "2026-03-29"],
    [1, "2026-12-02", "ON_THE_DAY", "2027-01-01"],
    ["last", "2026-02-01", "LAST_DAY_OF_THE_MONTH", "2026-02-28"],
    ["last", "2028-02-29", "LAST_DAY_OF_THE_MONTH", "2028-02-29"],
    [{ nth: "first", weekDay: "Monday" }, "2026-01-01", "FIRST_WEEK", "2026-01-05"],
    [{ nth: "first", weekDay: "Thursday" }, "2026-01-01", "FIRST_WEEK", "2026-01-01"],
    [{ nth: "second", weekDay: "Wednesday" }, "2026-01-01", "SECOND_WEEK", "2026-01-14"],
    [{ nth: "third", weekDay: "Friday" }, "2026-01-17", "THIRD_WEEK", "2026-02-20"],
    [{ nth: "fourth", weekDay: "Sunday" }, "2026-01-01", "FOURTH_WEEK", "2026-01-25"],
    [{ nth: "last", weekDay: "Saturday" }, "2026-01-01", "LAST_WEEK", "2026-01-31"],
    [{ nth: "last", weekDay: "Monday" }, "2026-02-01", "LAST_WEEK", "2026-02-23"],
  ];

  it.each(starts)("on %j of the month, from %s on, is stored as %s of %s", (day, start, monthlyRunOn, startingFrom) => {
    expect(monthlyTrigger(day, { start }).params).toMatchObject({ monthlyRunOn, startingFrom });
  });

  const oneDay = 86_400_000;
  const weekDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
  const nths = ["first", "second", "third", "fourth"] as const;

  /** Whether a time is on such a day, told from the days around it. */
  const isOn = (at: number, day: MonthDay): boolean => {
    const date = new Date(at);
    const days = (more: number): number => new Date(at + more * oneDay).getUTCMonth() - date.getUTCMonth();
    if (typeof day === "number") return date.getUTCDate() === day;
    if (day === "last") return days(1) !== 0;
    if (weekDays[date.getUTCDay()] !== day.weekDay) return false;
    return day.nth === "last"
      ? days(7) !== 0
      : nths.filter((_, weeks) => days(-7 * (weeks + 1)) === 0).length === nths.indexOf(day.nth);
  };

  const within = (minimum: number, maximum: number) => Schema.Int.check(Schema.isBetween({ minimum, maximum }));
  const anyMonthDay = Schema.Union([
    within(1, 31),
    Schema.Literal("last"),
    Schema.Struct({ nth: Schema.Literals([...nths, "last"]), weekDay: Schema.Literals(weekDays) }),
  ]);

  it.prop("starts on the first such day from its start on", [within(0, 50_000), anyMonthDay], ([days, day]) => {
    let expected = days * oneDay;
    const start = new Date(expected).toISOString().slice(0, 10);
    while (!isOn(expected, day)) expected += oneDay;
    return monthlyTrigger(day, { start }).params.startingFrom === new Date(expected).toISOString().slice(0, 10);
  }, { arbitrary: { runs: 1000 } });
});

describe("what no clock shows", () => {
  const whole = (what: string, found: string, from: number, to: number) =>
    `The ${what} of the trigger is ${found}, expected a whole number from ${from} to ${to}`;
  const wrong: ReadonlyArray<readonly [message: string, build: () => TemporalTrigger]> = [
    [whole("hour", "25", 0, 23), () => dailyTrigger({ hour: 25 })],
    [whole("hour", "-1", 0, 23), () => weeklyTrigger(["Monday"], { hour: -1 })],
    [whole("hour", "24", 0, 23), () => hourlyTrigger({ startHour: 24 })],
    [whole("minute", "60", 0, 59), () => hourlyTrigger({ minute: 60 })],
    [whole("minute", "0.5", 0, 59), () => monthlyTrigger(1, { minute: 0.5 })],
    [whole("hour", "NaN", 0, 23), () => dailyTrigger({ hour: NaN })],
    [whole("interval", "0", 1, 2147483647), () => periodicTrigger({ every: 0 })],
    [whole("interval", "1.5", 1, 2147483647), () => dailyTrigger({ every: 1.5 })],
    [whole("day", "32", 1, 31), () => monthlyTrigger(32)],
    [whole("day", "0", 1, 31), () => monthlyTrigger(0)],
    ["The trigger has no day of the week, expected at least one, as Monday", () => weeklyTrigger([])],
    [
      `A day of the trigger is "monday", expected one of Monday, Tuesday, …, Sunday`,
      () => weeklyTrigger(["monday" as WeekDay]),
    ],
    [
      `A day of the trigger is "Mon", expected one of Monday, Tuesday, …, Sunday`,
      () => monthlyTrigger({ nth: "first", weekDay: "Mon" as WeekDay }),
    ],
    [
      `The week of the trigger is "fifth", expected first, second, third, fourth or last`,
      () => monthlyTrigger({ nth: "fifth" as "first", weekDay: "Monday" }),
    ],
    [
      `The start of the trigger is "2026-02-30", expected a day of the calendar, as "2026-01-31"`,
      () => dailyTrigger({ start: "2026-02-30" }),
    ],
    [
      `The start of the trigger is "tomorrow", expected a day of the calendar, as "2026-01-31"`,
      () => monthlyTrigger("last", { start: "tomorrow" }),
    ],
    [
      `The start of the trigger is "+275760-09-13", expected a day of the calendar, as "2026-01-31"`,
      () => monthlyTrigger(1, { start: "+275760-09-13" }),
    ],
    [
      `The time zone of the trigger is "Europe/Pari", expected a name, as "Europe/Paris", or "SERVER"`,
      () => dailyTrigger({ timezone: "Europe/Pari" }),
    ],
  ];

  it.each(wrong)("is refused: %s", (message, build) => {
    expect(build).toThrow(new RangeError(message));
  });
});

describe("the time zone of a trigger", () => {
  const stored = (timezone: string): unknown => dailyTrigger({ timezone }).params.timezone;

  it.each([
    ["Europe/Paris", "Europe/Paris"],
    ["europe/paris", "Europe/Paris"],
    ["EUROPE/PARIS", "Europe/Paris"],
    ["america/new_york", "America/New_York"],
    ["america/argentina/buenos_aires", "America/Argentina/Buenos_Aires"],
    ["America/port-au-prince", "America/Port-au-Prince"],
    ["africa/dar_ES_salaam", "Africa/Dar_es_Salaam"],
    ["antarctica/mcmurdo", "Antarctica/McMurdo"],
    // Names that JavaScript has others for stay what they are.
    ["asia/kolkata", "Asia/Kolkata"],
    ["Asia/Calcutta", "Asia/Calcutta"],
    ["europe/kyiv", "Europe/Kyiv"],
    ["Europe/Kiev", "Europe/Kiev"],
    ["us/eastern", "US/Eastern"],
    ["utc", "UTC"],
    ["gmt", "GMT"],
    ["etc/gmt-2", "Etc/GMT-2"],
    ["est5edt", "EST5EDT"],
    ["japan", "Japan"],
    ["nz-chat", "NZ-CHAT"],
    ["server", "SERVER"],
    ["+02:00", "+02:00"],
  ])("%s is stored as %s", (zone, spelled) => {
    expect(stored(zone)).toBe(spelled);
  });

  it.each([
    ["Europe/Pari", "Europe/Paris"],
    ["Europe/Pariss", "Europe/Paris"],
    [" Europe/Paris ", "Europe/Paris"],
    ["europe\\paris", "Europe/Paris"],
    ["Paris", "Europe/Paris"],
    ["New York", "America/New_York"],
    ["America/New York", "America/New_York"],
    ["Asia/Tokio", "Asia/Tokyo"],
    ["America/Los_Angelos", "America/Los_Angeles"],
    // Java knows these by other names.
    ["EST", "America/Panama"],
    ["MST", "America/Phoenix"],
    ["HST", "Pacific/Honolulu"],
    ["PST", "America/Los_Angeles"],
    // Nothing is near: another name would be a guess.
    ["GMT+2", "Europe/Paris"],
    ["UTC+02:00", "Europe/Paris"],
    ["CEST", "CET"],
    ["", "Europe/Paris"],
    ["Atlantis", "Europe/Paris"],
  ])("%s is refused, and %s is named", (zone, nearest) => {
    expect(() => stored(zone)).toThrow(
      new RangeError(
        `The time zone of the trigger is ${JSON.stringify(zone)}, expected a name, as "${nearest}", or "SERVER"`,
      ),
    );
  });

  it("takes each one that JavaScript lists, in its spelling", () => {
    const zones = Intl.supportedValuesOf("timeZone");
    expect(zones.length).toBeGreaterThan(400);
    for (const zone of zones) expect([stored(zone), stored(zone.toLowerCase())]).toEqual([zone, zone]);
  });
});

describe("the days of a trigger", () => {
  it.each(["2025-02-31", "2025-02-29", "2025-04-31", "2025-13-01", "2025-1-5", "2025-10-01T00:00:00Z", ""])(
    "are none with %s",
    (start) => {
      for (
        const build of [
          () => dailyTrigger({ start }),
          () => hourlyTrigger({ start }),
          () => monthlyTrigger(1, { start }),
        ]
      ) {
        expect(build).toThrow(RangeError);
      }
    },
  );
});

describe("the guards of triggers", () => {
  it("know a trigger by its kind and its parameters", () => {
    const follow = { type: "follow_scenariorun", active: true, params: { scenarioId: "INGEST", fieldToCome: 1 } };
    expect([isFollowTrigger(follow), isTemporalTrigger(follow)]).toEqual([true, false]);
    expect(isFollowTrigger({ ...follow, params: {} })).toBe(false);
    expect(isTemporalTrigger({ type: "temporal", active: true })).toBe(false);
    expect(isTemporalTrigger({ type: "temporal", active: true, params: { frequency: 7 } })).toBe(false);
    expect(isTemporalTrigger({ type: "temporal", active: true, params: { frequency: "Daily", hour: null } })).toBe(
      true,
    );
  });
});
