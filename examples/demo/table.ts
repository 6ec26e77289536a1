/**
 * The activities of a job as text: their states in colour, their times, a table of all.
 *
 * @module
 */
import { styleText } from "node:util";
import { Duration } from "effect";
import type { JobActivity, JobStatus } from "@effect-dataiku/dss/jobs";

const colours: Readonly<Record<string, Parameters<typeof styleText>[0]>> = {
  DONE: "green",
  RUNNING: "cyan",
  FAILED: "red",
  ABORTED: "yellow",
};

/** Text in the colour of a state; plain text when the output is no terminal or `NO_COLOR` is set. */
export const inColourOf = (state: string, text: string): string => styleText(colours[state] ?? "dim", text);

/** Where an activity stands, in words. */
export const stateOf = ({ state }: JobActivity): string => (state ?? "NOT_STARTED").replaceAll("_", " ");

/** The time between two times of DSS; `–` when one of them is missing or `0`, which means "not yet". */
export const duration = (start: number | null | undefined, end: number | null | undefined): string => {
  if (!start || !end) return "–";
  const seconds = Math.max(end - start, 0) / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : Duration.format(Duration.seconds(Math.round(seconds)));
};

/** A line of the table. */
interface Row {
  readonly id: string;
  readonly recipe: string;
  readonly state: string;
  readonly time: string;
}

const headings: Row = { id: "ACTIVITY", recipe: "RECIPE", state: "STATE", time: "DURATION" };

/** All activities of a job, a line each, below their headings. */
export const activityTable = ({ baseStatus }: JobStatus): string => {
  const rows = Object.entries(baseStatus.activities ?? {}).map(([id, activity]): Row => ({
    id,
    recipe: activity.recipeType ?? "",
    state: stateOf(activity),
    time: duration(activity.startTime, activity.endTime),
  }));
  if (rows.length === 0) return "No activities: there was nothing to build";
  const width = (column: keyof Row) => Math.max(...[headings, ...rows].map((row) => row[column].length));
  const line = ({ id, recipe, state, time }: Row, paint: (state: string) => string) =>
    [
      id.padEnd(width("id")),
      recipe.padEnd(width("recipe")),
      paint(state.padEnd(width("state"))),
      time.padStart(width("time")),
    ].join("  ");
  return [
    styleText("bold", line(headings, (heading) => heading)),
    ...rows.map((row) => line(row, (text) => inColourOf(row.state, text))),
  ].join("\n");
};
