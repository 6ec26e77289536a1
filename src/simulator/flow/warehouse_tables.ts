/**
 * The tables in the database of the simulated DSS, on which queries run and datasets lie.
 *
 * @module
 * @internal
 */

/** A column, as DSS answers it. */
export interface SimulatedColumn {
  readonly name: string;
  readonly type: string;
  readonly originalType: string;
  readonly length?: number;
}

type Cell = string | null;

/** A table, whose rows are made when they are read. */
export interface SimulatedTable {
  readonly columns: ReadonlyArray<SimulatedColumn>;
  readonly rows: number;
  /** The cells of a row, counted from 0. */
  readonly row: (at: number) => ReadonlyArray<Cell>;
}

const column = (name: string, type: string, originalType: string, length?: number): SimulatedColumn => ({
  name,
  type,
  originalType,
  ...(length === undefined ? {} : { length }),
});

const countries: ReadonlyArray<readonly [code: string, name: string, population: string, isInEu: string]> = [
  ["DE", "Germany", "83456045", "true"],
  ["FR", "France", "68373433", "true"],
  ["GB", "United Kingdom", "68350000", "false"],
  ["IT", "Italy", "58993475", "true"],
  ["JP", "Japan", "124516650", "false"],
];

const day = 86_400_000;
const firstOrder = Date.UTC(2025, 0, 1, 8, 30);
const notes: ReadonlyArray<Cell> = [null, "", "leave at the door", 'call "Tom" first', "two lines:\nback door", "a\tb"];

const instant = (at: number): string => new Date(at).toISOString();
const dateOf = (at: number): string => instant(at).slice(0, 10);
const money = (cents: number): string => (cents / 100).toFixed(2);

/** By name: the datasets of SALES that come from outside, and one that is large. */
export const tables: ReadonlyMap<string, SimulatedTable> = new Map<string, SimulatedTable>([
  ["countries", {
    columns: [
      column("code", "string", "varchar", 2),
      column("name", "string", "varchar", 60),
      column("population", "bigint", "int8"),
      column("is_in_eu", "boolean", "bool"),
    ],
    rows: countries.length,
    row: (at) => countries[at]!,
  }],
  ["customers_raw", {
    columns: [
      column("customer_id", "int", "int4"),
      column("name", "string", "text"),
      column("country", "string", "varchar", 2),
      column("since", "dateonly", "date"),
    ],
    rows: 200,
    row: (at) => [
      String(at + 1),
      `Customer "${at + 1}"`,
      countries[at % countries.length]![0],
      dateOf(firstOrder - (at % 700) * day),
    ],
  }],
  ["orders_raw", {
    columns: [
      column("order_id", "bigint", "int8"),
      column("customer_id", "int", "int4"),
      column("ordered_at", "date", "timestamptz"),
      column("due_on", "dateonly", "date"),
      column("amount", "double", "numeric"),
      column("is_paid", "boolean", "bool"),
      column("note", "string", "text"),
    ],
    rows: 1000,
    row: (at) => [
      String(9_007_199_254_740_993n + BigInt(at)),
      String((at * 7) % 200 + 1),
      instant(firstOrder + at * 3_600_000),
      at % 10 === 9 ? null : dateOf(firstOrder + at * 3_600_000 + 3 * day),
      money((at * 1237) % 90_000 + 99),
      String(at % 3 !== 0),
      notes[at % notes.length]!,
    ],
  }],
  ["events", {
    columns: [
      column("event_id", "bigint", "int8"),
      column("at", "date", "timestamptz"),
      column("name", "string", "text"),
      column("seconds", "double", "float8"),
    ],
    rows: 1_000_000,
    row: (at) => [
      String(at + 1),
      instant(firstOrder + at * 1000),
      at % 5 === 0 ? "checkout" : "page view",
      money((at * 31) % 60_000),
    ],
  }],
]);
