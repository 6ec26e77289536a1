/**
 * The running job as lines for a terminal: a bar for each activity, and one for all.
 *
 * @module
 */
import type { JobActivity, JobOperationState } from "@effect-dataiku/dss/jobs";
import { duration, inColourOf, stateOf } from "./table.ts";

/** What of the terminal there is to draw on. */
export interface Room {
  readonly columns: number;
  readonly rows: number;
}

const length = 20;

/** So much of a bar is full. */
const filled = (part: number): string => {
  const full = Math.round(part * length);
  return "█".repeat(full) + "░".repeat(length - full);
};

/** DSS does not say how far an activity is: a piece that goes to and fro says that it runs. */
const running = (now: number): string => {
  const piece = 6;
  const way = length - piece;
  const step = Math.floor(now / 100) % (2 * way);
  const before = step < way ? step : 2 * way - step;
  return "░".repeat(before) + "█".repeat(piece) + "░".repeat(way - before);
};

const hasEnded = ({ endTime }: JobActivity): boolean => (endTime ?? 0) > 0;

const bar = (activity: JobActivity, now: number): string =>
  activity.state === "RUNNING" ? running(now) : filled(hasEnded(activity) ? 1 : 0);

/**
 * The lines of one frame.
 *
 * @param now The time by the clock of DSS, in milliseconds since 1970.
 */
export const frame = (
  { status, progress, phase }: JobOperationState,
  now: number,
  room: Room,
): ReadonlyArray<string> => {
  const { activities, jobStartTime } = status.baseStatus;
  const all = Object.entries(activities ?? {});
  // A large job does not fit: what has ended makes room for what has not.
  const space = room.rows - 4;
  const shown = (all.length <= space ? all : all.filter(([, activity]) => !hasEnded(activity))).slice(0, space);
  const widest = Math.max(0, ...shown.map(([id]) => id.length));
  const nameWidth = Math.min(widest, Math.max(room.columns - length - 26, 10));
  const lines = shown.map(([id, activity]) => {
    const name = id.length > nameWidth ? `${id.slice(0, nameWidth - 1)}…` : id.padEnd(nameWidth);
    const time = duration(activity.startTime, hasEnded(activity) ? activity.endTime : now).padStart(8);
    const state = stateOf(activity);
    return `${name}  ${inColourOf(state, `${bar(activity, now)}  ${state.padEnd(11)}`)}  ${time}`;
  });
  const { done, total } = progress ?? { done: 0, total: 0 };
  const count = total === 0 ? phase.replaceAll("_", " ") : `${done} of ${total} activities`;
  const whole = `${filled(total === 0 ? 0 : done / total)}  ${count}  ${duration(jobStartTime, now)}`;
  return lines.length === 0 ? [whole] : [...lines, "", whole];
};
