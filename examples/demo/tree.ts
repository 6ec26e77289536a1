/**
 * A running scenario as lines for a terminal: a tree with a bar for each part.
 *
 * @module
 */
import { hasEnded, isRunning, type Row } from "./picture.ts";
import { duration, inColourOf } from "./words.ts";

/** What of the terminal there is to draw on. */
export interface Room {
  readonly columns: number;
  readonly rows: number;
}

const barLength = 20;

/** What of a line is not its name: bar, state, time, and the gaps between. */
const besideName = barLength + 11 + 8 + 6;

/** So much of a bar is full. */
const filled = (part: number): string => {
  const full = Math.round(part * barLength);
  return "█".repeat(full) + "░".repeat(barLength - full);
};

/** Where DSS does not say how far something is, a piece that goes to and fro says that it runs. */
const moving = (now: number): string => {
  const piece = 6;
  const way = barLength - piece;
  const step = Math.floor(now / 100) % (2 * way);
  const before = step < way ? step : 2 * way - step;
  return "░".repeat(before) + "█".repeat(piece) + "░".repeat(way - before);
};

const bar = (row: Row, now: number): string => {
  if (!isRunning(row)) return filled(hasEnded(row) ? 1 : 0);
  const { done, total } = row.progress ?? { done: 0, total: 0 };
  return done === 0 ? moving(now) : filled(done / total);
};

/** The names of rows, each behind the branch that it hangs on. */
export const branches = (rows: ReadonlyArray<Row>): ReadonlyArray<string> =>
  rows.map(({ depth, name }, place) => {
    /** Whether a branch at a depth goes on below this row. */
    const goesOn = (depth: number): boolean => rows.slice(place + 1).find((row) => row.depth <= depth)?.depth === depth;
    const trunks = Array.from({ length: Math.max(depth - 1, 0) }, (_, above) => goesOn(above + 1) ? "│  " : "   ");
    return `${trunks.join("")}${depth === 0 ? "" : goesOn(depth) ? "├─ " : "└─ "}${name}`;
  });

/** A large tree does not fit: what does not run makes room for what does, from the leaves on. */
const fitting = (rows: ReadonlyArray<Row>, space: number): ReadonlyArray<Row> => {
  let left = rows;
  for (const leaves of [3, 2, 1]) {
    if (left.length > space) left = left.filter((row) => row.depth < leaves || isRunning(row));
  }
  return left.slice(0, space);
};

const cut = (text: string, width: number): string => text.length > width ? `${text.slice(0, width - 1)}…` : text;

/**
 * The lines of one frame.
 *
 * @param now The time by the clock of DSS, in milliseconds since 1970.
 */
export const frame = (rows: ReadonlyArray<Row>, now: number, room: Room): ReadonlyArray<string> => {
  const shown = fitting(rows, room.rows - 2);
  const names = branches(shown);
  const width = Math.min(Math.max(...names.map((name) => name.length)), room.columns - 1 - besideName);
  return shown.map((row, place) => {
    const name = cut(names[place] ?? "", width).padEnd(width);
    const time = duration(row.start, hasEnded(row) ? row.end : now).padStart(8);
    return `${name}  ${inColourOf(row.state, `${bar(row, now)}  ${cut(row.state, 11).padEnd(11)}`)}  ${time}`;
  });
};
