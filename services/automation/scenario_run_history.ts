/**
 * Finding runs in the history of a scenario, which DSS only gives from its newest run on.
 *
 * @module
 * @internal
 */
import * as DateTime from "effect/DateTime";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { ScenarioRun } from "../../schemas/automation/scenario_run.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { calendarDay } from "../../src/json/calendar_day.ts";
import { Invalid } from "../../src/errors/reasons.ts";
import type { ScenarioRunCalls } from "./scenario_run_calls.ts";

/** Most finished runs that are looked through. */
const deepest = 10_000;

/** The last runs that fit, newest first, at most `count`: looks further back until there are enough. */
export const lastRunsThat = (
  calls: ScenarioRunCalls,
  method: string,
  projectKey: string,
  scenarioId: string,
  count: number,
  first: number,
  fits: (run: ScenarioRun) => boolean,
): Effect.Effect<ReadonlyArray<ScenarioRun>, DssError> =>
  Effect.gen(function* () {
    for (let limit = first;; limit = Math.min(limit * 10, deepest)) {
      const runs = yield* calls.lastRuns(method, projectKey, scenarioId, limit, true);
      const found = runs.filter((run) => !ScenarioRun.isRunning(run) && fits(run)).slice(0, count);
      if (found.length === count || runs.length < limit || limit >= deepest) return found;
    }
  });

const isDay = (text: string): boolean => calendarDay(text) !== undefined;

/** The day that a text says, whatever zone its time is of. */
const writtenDay = (text: string): string | undefined => {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})([T ].+)?$/s.exec(text) ?? [];
  if (day === undefined || !isDay(day)) return undefined;
  return time === undefined || !Number.isNaN(Date.parse(text)) ? day : undefined;
};

/** Milliseconds of an instant that says of no zone; `undefined` for all else. */
const bareInstant = (day: DateTime.DateTime.Input): number | undefined => {
  if (typeof day === "number") return day;
  if (day instanceof Date) return day.getTime();
  const { epochMilliseconds, timeZoneId } = day as {
    readonly epochMilliseconds?: unknown;
    readonly timeZoneId?: unknown;
  };
  return typeof epochMilliseconds === "number" && timeZoneId === undefined && !DateTime.isDateTime(day)
    ? epochMilliseconds
    : undefined;
};

/** Whether it is midnight somewhere east of Greenwich, in a zone up to 14 hours ahead whose day is the next one. */
const isMidnightEast = (millis: number): boolean => {
  const minutes = (millis / 60_000) % 1440;
  return (minutes + 1440) % 1440 >= 600 && minutes % 15 === 0;
};

/** The day of a time in its zone; `undefined` when parts of it are beyond those of the calendar, which would be another day. */
const dayInZone = (day: DateTime.DateTime.Input): string | undefined => {
  const hasZone = typeof day === "object" && "timeZoneId" in day;
  const time: DateTime.DateTime | undefined = Option.getOrUndefined(
    hasZone ? DateTime.makeZoned(day) : DateTime.make(day),
  );
  if (time === undefined) return undefined;
  const found: Readonly<Record<string, number>> = { ...DateTime.toParts(time) };
  const asked = DateTime.isDateTime(day) ? {} : day as Readonly<Record<string, unknown>>;
  const isOther = ["year", "month", "day"].some((part) => asked[part] !== undefined && asked[part] !== found[part]);
  const text = DateTime.formatIsoDate(time);
  return isOther || !isDay(text) ? undefined : text;
};

const shown = (day: DateTime.DateTime.Input): string =>
  typeof day === "number" || day instanceof Date && Number.isNaN(day.getTime()) ? String(day) : JSON.stringify(day);

/** A day as DSS reads it: the same on every machine, whatever its zone. */
export const dayOf = (method: string, day: DateTime.DateTime.Input): Effect.Effect<string, DssError> => {
  const refused = (detail: string) => Effect.fail(new DssError({ method, reason: new Invalid({ detail }) }));
  const instant = bareInstant(day);
  const found = typeof day === "string" ? writtenDay(day) : dayInZone(instant ?? day);
  if (found === undefined) return refused(`${shown(day)} is not a day, as 2025-10-01`);
  return instant !== undefined && isMidnightEast(instant)
    ? refused(
      `${shown(day)} is ${found} in UTC, but midnight of the day after in a zone east of it: ` +
        `give the day as a text, as ${JSON.stringify(found)}, or a time with its zone`,
    )
    : Effect.succeed(found);
};
