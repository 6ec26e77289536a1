/**
 * Builders of the triggers that fire on the clock.
 *
 * They write what DSS stores, and throw a `RangeError` of one sentence for what no clock shows (hour 25, day 32, no day of the week at all):
 * such a trigger would be stored all the same, and never fire. Where the values come from people, `Effect.try` makes a typed failure of it.
 *
 * @example
 * ```ts
 * import { dailyTrigger, monthlyTrigger, weeklyTrigger } from "@effect-dataiku/dss/scenarios";
 *
 * const triggers = [
 *   dailyTrigger({ hour: 4, minute: 30, timezone: "Europe/Paris" }),
 *   weeklyTrigger(["Monday", "Thursday"], { hour: 6 }),
 *   monthlyTrigger({ nth: "first", weekDay: "Monday" }, { start: "2026-01-01" }),
 * ];
 * if (triggers[2]?.params.startingFrom !== "2026-01-05") throw new Error("unexpected");
 * ```
 *
 * @module
 */
import { calendarDay } from "../../src/json/calendar_day.ts";
import { nearestZone, zoneOfJava } from "./time_zone.ts";
import type { MonthlyRunOn, TemporalParams, TemporalTrigger } from "./scenario_trigger.ts";

/** A day of the week, as DSS spells it. */
export type WeekDay = "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";

/** Which day of the month: its number, the last one, or a day of the week that is counted. */
export type MonthDay =
  | number
  | "last"
  | { readonly nth: "first" | "second" | "third" | "fourth" | "last"; readonly weekDay: WeekDay };

/** What every trigger can be given. */
export interface TriggerOptions {
  /** What people call it. By default DSS shows its kind. */
  readonly name?: string;
  /**
   * Whether it fires.
   *
   * @default {true}
   */
  readonly active?: boolean;
}

/** How a trigger repeats. */
export interface RepeatOptions extends TriggerOptions {
  /**
   * How many units there are between two runs: minutes, hours, days, weeks or months, as the builder says.
   *
   * @default {1, and 5 for minutes}
   */
  readonly every?: number;
}

/** How a trigger repeats, and from when on. */
export interface ScheduleOptions extends RepeatOptions {
  /**
   * First day that it may run on, as `2026-01-31`; the units of `every` are counted from it.
   *
   * @default {"2024-01-01", a Monday}
   */
  readonly start?: string;
  /**
   * Time zone of its times: a name, as `Europe/Paris`, or `SERVER` for that of DSS. It is stored in the spelling that Java knows.
   *
   * @default {"SERVER"}
   */
  readonly timezone?: string;
}

/** When in its hours an hourly trigger runs. */
export interface HourlyOptions extends ScheduleOptions {
  /**
   * Minute of the hour, 0 to 59.
   *
   * @default {0}
   */
  readonly minute?: number;
  /**
   * Hour of its first run, 0 to 23.
   *
   * @default {0}
   */
  readonly startHour?: number;
}

/** When in its days a trigger runs. */
export interface DailyOptions extends ScheduleOptions {
  /**
   * Hour of the day, 0 to 23.
   *
   * @default {2}
   */
  readonly hour?: number;
  /**
   * Minute of the hour, 0 to 59.
   *
   * @default {0}
   */
  readonly minute?: number;
}

/** In the order in which JavaScript counts them. */
const weekDays: ReadonlyArray<WeekDay> = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
];

const shown = (value: unknown): string => typeof value === "string" ? JSON.stringify(value) : String(value);

const integer = (what: string, value: number, from: number, to: number): number => {
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new RangeError(`The ${what} of the trigger is ${shown(value)}, expected a whole number from ${from} to ${to}`);
};

const weekDay = (day: WeekDay): number => {
  const found = weekDays.indexOf(day);
  if (found >= 0) return found;
  throw new RangeError(`A day of the trigger is ${shown(day)}, expected one of Monday, Tuesday, …, Sunday`);
};

/** Milliseconds of a day, at midnight in UTC: only its calendar counts. */
const startDay = (start: string): number => {
  const day = calendarDay(start);
  if (day !== undefined) return day;
  throw new RangeError(`The start of the trigger is ${shown(start)}, expected a day of the calendar, as "2026-01-31"`);
};

const timeZone = (zone: string): string => {
  const known = zone.toUpperCase() === "SERVER" ? "SERVER" : zoneOfJava(zone);
  if (known !== undefined) return known;
  const nearest = shown(nearestZone(zone) ?? "Europe/Paris");
  throw new RangeError(`The time zone of the trigger is ${shown(zone)}, expected a name, as ${nearest}, or "SERVER"`);
};

/** The day of the month that is meant, in the month after `month` months; `undefined` when the month has none. */
const dayInMonth = (day: MonthDay, year: number, month: number): number | undefined => {
  const first = Date.UTC(year, month, 1);
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  if (typeof day === "number") return day <= length ? day : undefined;
  if (day === "last") return length;
  const earliest = 1 + (weekDay(day.weekDay) - new Date(first).getUTCDay() + 7) % 7;
  if (day.nth === "last") return earliest + 7 * Math.floor((length - earliest) / 7);
  return earliest + 7 * ["first", "second", "third", "fourth"].indexOf(day.nth);
};

/** The first such day that is not before the start: DSS takes the day of the month, or of the week, from it. */
const firstSuchDay = (day: MonthDay, start: string): string => {
  const from = startDay(start);
  const year = new Date(from).getUTCFullYear();
  for (let month = new Date(from).getUTCMonth();; month++) {
    const found = dayInMonth(day, year, month);
    const at = found === undefined ? from - 1 : Date.UTC(year, month, found);
    if (at >= from) return new Date(at).toISOString().slice(0, 10);
  }
};

const runOn = (day: MonthDay): MonthlyRunOn => {
  if (typeof day === "number") {
    integer("day", day, 1, 31);
    return "ON_THE_DAY";
  }
  if (day === "last") return "LAST_DAY_OF_THE_MONTH";
  if (["first", "second", "third", "fourth", "last"].includes(day.nth)) return `${day.nth.toUpperCase()}_WEEK`;
  throw new RangeError(`The week of the trigger is ${shown(day.nth)}, expected first, second, third, fourth or last`);
};

/**
 * A trigger with parameters that are taken as they are: for what the other builders do not offer.
 */
export function temporalTrigger(params: TemporalParams, options: TriggerOptions = {}): TemporalTrigger {
  const { name, active = true } = options;
  return { active, type: "temporal", ...(name === undefined ? {} : { name }), params: { ...params } };
}

const repeat = ({ every }: RepeatOptions, otherwise = 1): number =>
  integer("interval", every ?? otherwise, 1, 2_147_483_647);

const firstDay = "2024-01-01";

const schedule = (
  { start = firstDay, timezone = "SERVER", ...repeats }: ScheduleOptions,
): Pick<TemporalParams, "repeatFrequency" | "startingFrom" | "timezone"> => {
  startDay(start);
  return { repeatFrequency: repeat(repeats), startingFrom: start, timezone: timeZone(timezone) };
};

const timeOfDay = ({ hour = 2, minute = 0 }: DailyOptions): Pick<TemporalParams, "hour" | "minute"> => ({
  hour: integer("hour", hour, 0, 23),
  minute: integer("minute", minute, 0, 59),
});

/**
 * A trigger that fires every so many minutes, by default every five.
 *
 * @throws {RangeError} For an interval that is none.
 */
export function periodicTrigger(options: RepeatOptions = {}): TemporalTrigger {
  return temporalTrigger({ frequency: "Minutely", repeatFrequency: repeat(options, 5) }, options);
}

/**
 * A trigger that fires every so many hours, by default every full hour.
 *
 * @throws {RangeError} For a time, a day or a time zone that does not exist.
 */
export function hourlyTrigger(options: HourlyOptions = {}): TemporalTrigger {
  const { startHour = 0, minute = 0 } = options;
  return temporalTrigger(
    { frequency: "Hourly", ...timeOfDay({ hour: startHour, minute }), ...schedule(options) },
    options,
  );
}

/**
 * A trigger that fires every so many days, by default every night at 2.
 *
 * @throws {RangeError} For a time, a day or a time zone that does not exist.
 */
export function dailyTrigger(options: DailyOptions = {}): TemporalTrigger {
  return temporalTrigger({ frequency: "Daily", ...timeOfDay(options), ...schedule(options) }, options);
}

/**
 * A trigger that fires on chosen days of the week, every week or every so many weeks, by default at 2.
 *
 * @throws {RangeError} For no day at all, and for a time, a day or a time zone that does not exist.
 */
export function weeklyTrigger(days: ReadonlyArray<WeekDay>, options: DailyOptions = {}): TemporalTrigger {
  if (days.length === 0) throw new RangeError("The trigger has no day of the week, expected at least one, as Monday");
  days.forEach(weekDay);
  return temporalTrigger(
    { frequency: "Weekly", daysOfWeek: [...days], ...timeOfDay(options), ...schedule(options) },
    options,
  );
}

/**
 * A trigger that fires on a day of the month, every month or every so many months, by default at 2.
 *
 * DSS takes the day from the start, so the first such day from `start` on is stored as the start.
 *
 * @throws {RangeError} For a time, a day or a time zone that does not exist.
 */
export function monthlyTrigger(day: MonthDay, options: DailyOptions = {}): TemporalTrigger {
  const monthlyRunOn = runOn(day);
  const start = firstSuchDay(day, options.start ?? firstDay);
  return temporalTrigger(
    { frequency: "Monthly", monthlyRunOn, ...timeOfDay(options), ...schedule({ ...options, start }) },
    options,
  );
}
