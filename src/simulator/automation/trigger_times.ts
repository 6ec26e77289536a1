/**
 * When temporal triggers of the simulated DSS fire.
 *
 * @module
 * @internal
 */
import * as DateTime from "effect/DateTime";
import * as Option from "effect/Option";

const minuteMillis = 60_000;
const hourMillis = 60 * minuteMillis;
const dayMillis = 24 * hourMillis;

const weekDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const weeks = ["FIRST_WEEK", "SECOND_WEEK", "THIRD_WEEK", "FOURTH_WEEK"];

/** No calendar goes on for ever: a day behind this one, in days since 1970, is never. */
const lastDay = 3_000_000;

/** The parameters of a temporal trigger, as they are stored. */
export type TemporalParams = Readonly<Record<string, unknown>>;

/** The parameters of a temporal trigger, understood. Days are counted since 1970, in the time zone of the trigger. */
interface Rhythm {
  readonly frequency: string;
  readonly every: number;
  readonly hour: number;
  readonly minute: number;
  /** The first day on which it fires, and from which every second, third, ... is counted. */
  readonly start: number;
  readonly zone: DateTime.TimeZone;
  /** Sunday is 0. */
  readonly weekDays: ReadonlySet<number>;
  readonly monthlyRunOn: string;
  readonly dayOfMonth: number;
}

const server: DateTime.TimeZone = DateTime.zoneMakeOffset(0);

const zoneOf = (name: unknown): DateTime.TimeZone =>
  typeof name === "string" && name !== "SERVER" ? Option.getOrElse(DateTime.zoneMakeNamed(name), () => server) : server;

/** A whole number of a range; `undefined` when something else is stored. */
const whole = (value: unknown, missing: number, least: number, most: number): number | undefined => {
  const number = value ?? missing;
  return typeof number === "number" && Number.isInteger(number) && number >= least && number <= most
    ? number
    : undefined;
};

/** The day that is written, whatever the time and the offset behind it. */
const startDay = (startingFrom: unknown): number => {
  const written = typeof startingFrom === "string" ? Date.parse(startingFrom.slice(0, 10)) : Number.NaN;
  return Number.isNaN(written) ? 0 : written / dayMillis;
};

const rhythmOf = (params: TemporalParams): Rhythm | undefined => {
  const every = whole(params.repeatFrequency, 1, 1, 1_000_000);
  const hour = whole(params.hour, 0, 0, 23);
  const minute = whole(params.minute, 0, 0, 59);
  const start = startDay(params.startingFrom);
  const dayOfMonth = whole(params.dayOfMonth, new Date(start * dayMillis).getUTCDate(), 1, 31);
  if (every === undefined || hour === undefined || minute === undefined || dayOfMonth === undefined) return undefined;
  const { daysOfWeek, monthlyRunOn } = params;
  return {
    frequency: String(params.frequency),
    every,
    hour,
    minute,
    start,
    zone: zoneOf(params.timezone),
    weekDays: new Set(
      weekDays.flatMap((name, day) => Array.isArray(daysOfWeek) && daysOfWeek.includes(name) ? day : []),
    ),
    monthlyRunOn: typeof monthlyRunOn === "string" ? monthlyRunOn : "ON_THE_DAY",
    dayOfMonth,
  };
};

const dayOf = (millis: number, zone: DateTime.TimeZone): number => {
  const { year, month, day } = DateTime.toParts(DateTime.makeZonedUnsafe(millis, { timeZone: zone }));
  return Date.UTC(year, month - 1, day) / dayMillis;
};

/** The time of the rhythm on a day; an hour that the change to summer time leaves out is the one after it. */
const instantOn = (day: number, { hour, minute, zone }: Rhythm): number => {
  const date = new Date(day * dayMillis);
  const parts = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour, minute };
  return DateTime.toEpochMillis(DateTime.makeZonedUnsafe(parts, { timeZone: zone, adjustForTimeZone: true }));
};

const weekDay = (day: number): number => (((day + 4) % 7) + 7) % 7;
const monday = (day: number): number => day - (weekDay(day) + 6) % 7;

/** The day in a month, counted since year 0, on which a monthly trigger fires. */
const dayIn = (month: number, { monthlyRunOn, dayOfMonth, start }: Rhythm): number => {
  const [year, inYear] = [Math.floor(month / 12), month % 12];
  const first = Date.UTC(year, inYear, 1) / dayMillis;
  const last = Date.UTC(year, inYear + 1, 1) / dayMillis - 1;
  if (monthlyRunOn === "LAST_DAY_OF_THE_MONTH") return last;
  if (monthlyRunOn === "FIRST_DAY_OF_THE_MONTH") return first;
  if (monthlyRunOn === "LAST_WEEK") return last - (weekDay(last) - weekDay(start) + 7) % 7;
  const week = weeks.indexOf(monthlyRunOn);
  return week === -1
    ? Math.min(first + dayOfMonth - 1, last)
    : first + (weekDay(start) - weekDay(first) + 7) % 7 + 7 * week;
};

/** How many steps of a length lead from one point to another, or beyond it. */
const stepsTo = (from: number, to: number, length: number): number => Math.max(0, Math.ceil((to - from) / length));

/** The first day of the rhythm that is not before a day. */
const dayFrom = (rhythm: Rhythm, from: number): number | undefined => {
  const { every, start } = rhythm;
  if (rhythm.frequency === "Daily") return start + stepsTo(start, from, every) * every;
  if (rhythm.frequency === "Weekly") {
    for (let day = from; rhythm.weekDays.size > 0 && day < lastDay; day++) {
      const week = (monday(day) - monday(start)) / 7;
      if (week % every !== 0) day = monday(start) + stepsTo(0, week, every) * every * 7;
      if (rhythm.weekDays.has(weekDay(day))) return day;
    }
    return undefined;
  }
  if (rhythm.frequency !== "Monthly") return undefined;
  const monthOf = (day: number): number => {
    const date = new Date(day * dayMillis);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const first = monthOf(start);
  for (let month = first + stepsTo(first, monthOf(from), every) * every; month < 12 * 9999; month += every) {
    const day = dayIn(month, rhythm);
    if (day >= from) return day;
  }
  return undefined;
};

/** The next of a row of times, each so long after the one before. */
const nextInRow = (first: number, step: number, after: number): number =>
  after < first ? first : first + (Math.floor((after - first) / step) + 1) * step;

/**
 * When a temporal trigger fires next, in milliseconds since 1970; `undefined` for never.
 *
 * @param after It fires after this time, not at it.
 */
export const nextTime = (params: TemporalParams, after: number): number | undefined => {
  const rhythm = rhythmOf(params);
  if (rhythm === undefined) return undefined;
  const { frequency, every, start, zone } = rhythm;
  if (frequency === "Minutely") {
    return nextInRow(instantOn(start, { ...rhythm, hour: 0, minute: 0 }), every * minuteMillis, after);
  }
  if (frequency === "Hourly") return nextInRow(instantOn(start, rhythm), every * hourMillis, after);
  for (let from = Math.max(start, dayOf(after, zone));;) {
    const day = dayFrom(rhythm, from);
    if (day === undefined || day >= lastDay) return undefined;
    const at = instantOn(day, rhythm);
    if (at > after) return at;
    from = day + 1;
  }
};

const lengths: Readonly<Record<string, number>> = {
  Minutely: minuteMillis,
  Hourly: hourMillis,
  Daily: dayMillis,
  Weekly: 7 * dayMillis,
  Monthly: 28 * dayMillis,
};

/** How long it is, at least, from one period of a temporal trigger to the next, in milliseconds. */
export const periodOf = ({ frequency, repeatFrequency }: TemporalParams): number =>
  (lengths[String(frequency)] ?? dayMillis) * (whole(repeatFrequency, 1, 1, 1_000_000) ?? 1);

/** A temporal trigger in words, as lists of scenarios show it. */
export const describeTimes = (params: TemporalParams): string => {
  const rhythm = rhythmOf(params);
  if (rhythm === undefined) return "Never";
  const { frequency, every, hour, minute } = rhythm;
  const two = (number: number): string => String(number).padStart(2, "0");
  const each = (unit: string): string => every === 1 ? `Every ${unit}` : `Every ${every} ${unit}s`;
  const at = `at ${two(hour)}:${two(minute)}`;
  if (frequency === "Minutely") return each("minute");
  if (frequency === "Hourly") return `${each("hour")} at minute ${minute}`;
  if (frequency === "Daily") return `${each("day")} ${at}`;
  if (frequency === "Monthly") return `${each("month")} ${at}`;
  return `${each("week")} on ${[...rhythm.weekDays].map((day) => weekDays[day]).join(", ")} ${at}`;
};
