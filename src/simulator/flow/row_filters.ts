/**
 * Which rows of a dataset the simulated DSS gives: samples, and filters of the simplest kind.
 *
 * @module
 * @internal
 */
import type { Chance } from "../kernel/chance.ts";
import { invalid, type SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject } from "../kernel/stored_document.ts";
import type { StoredRow } from "./rows_state.ts";

/** Whether a row is kept. */
type Keeps = (row: StoredRow) => boolean;

const comparison =
  /^\s*(?:val\("([^"]+)"\)|(\w+))\s*(==|!=|<=|>=|<|>)\s*(?:"([^"]*)"|(-?\d+(?:\.\d+)?)|(true|false))\s*$/;

const compares: Readonly<Record<string, (order: number) => boolean>> = {
  "==": (order) => order === 0,
  "!=": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** A formula of comparisons of a column with a text, a number or a boolean, joined by `&&`. */
export const filterOf = (formula: string, columns: ReadonlySet<string>): Keeps | SimulatedRefusal => {
  const all: Array<Keeps> = [];
  for (const part of formula.split("&&")) {
    const match = comparison.exec(part);
    if (match === null) return invalid(`Formula ${formula} is not understood here: column == "text" && other > 1 is`);
    const [, quoted, plain, operator, text, number, truth] = match;
    const column = (quoted ?? plain)!;
    if (!columns.has(column)) return invalid(`Column ${column} of the filter is not in the dataset`);
    const compare = compares[operator!]!;
    all.push((row) => {
      const cell = row[column];
      if (cell === undefined) return operator === "!=";
      if (number !== undefined) return compare(Number(cell) - Number(number));
      return compare(cell === (text ?? truth) ? 0 : cell < (text ?? truth)! ? -1 : 1);
    });
  }
  return (row) => all.every((keeps) => keeps(row));
};

const countIn = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;

/** The first rows. */
export function* firstOf<A>(rows: Iterable<A>, count: number): Generator<A> {
  let left = count;
  if (left <= 0) return;
  for (const row of rows) {
    yield row;
    if (--left <= 0) return;
  }
}

/** A sample of rows, in their order. */
export const sampleOf = (
  rows: Iterable<StoredRow>,
  sampling: unknown,
  chance: Chance,
): Iterable<StoredRow> | SimulatedRefusal => {
  if (sampling === undefined || sampling === null) return rows;
  if (!isJsonObject(sampling)) return invalid("sampling must be an object");
  const { samplingMethod, maxRecords, targetRatio } = sampling;
  if (samplingMethod === "FULL") return rows;
  if (samplingMethod === "RANDOM_FIXED_RATIO") {
    return typeof targetRatio === "number" && targetRatio >= 0 && targetRatio <= 1
      ? [...rows].filter(() => chance.next() < targetRatio)
      : invalid("targetRatio of a sample must be between 0 and 1");
  }
  const most = countIn(maxRecords);
  if (most === undefined) return invalid("maxRecords of a sample must be a number of rows");
  if (samplingMethod === "HEAD_SEQUENTIAL") return firstOf(rows, most);
  if (samplingMethod === "RANDOM_FIXED_NB" || samplingMethod === "RANDOM_FIXED_NB_EXACT") {
    const drawn = [...rows].map((row, at) => ({ row, at, drawn: chance.next() }));
    return drawn.sort((one, other) => one.drawn - other.drawn).slice(0, most)
      .sort((one, other) => one.at - other.at).map(({ row }) => row);
  }
  return invalid(`Samples of ${samplingMethod} are not possible here`);
};
