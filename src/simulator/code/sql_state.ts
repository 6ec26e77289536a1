/**
 * The tables in the database of the simulated DSS, and the queries that are open on it.
 *
 * @module
 * @internal
 */
import type { Outcome } from "../kernel/outcomes.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A column, as DSS answers it. */
export interface SimulatedColumn {
  readonly name: string;
  readonly type: string;
  readonly originalType: string;
  readonly length?: number;
}

/** A cell as DSS writes it. */
export type Cell = string | null;

/** A table, whose rows are made when they are read. */
export interface SimulatedTable {
  readonly columns: ReadonlyArray<SimulatedColumn>;
  readonly rows: number;
  /** The cells of a row, counted from 0. */
  readonly row: (at: number) => ReadonlyArray<Cell>;
}

/** A query that is open. */
export interface SqlQueryRecord {
  readonly queryId: string;
  readonly login: string;
  /** The table that is read as it is; absent when the database has computed `cells`. */
  readonly table?: string;
  /** The rows that the database has computed. */
  readonly cells?: ReadonlyArray<ReadonlyArray<Cell>>;
  /** How many rows it gives, if nothing goes wrong. */
  readonly rows: number;
  readonly outcome: Outcome;
  wasRead: boolean;
}

/** SQL queries that are open, by id; a restart forgets them all. */
export const sqlQueries: Slice<Map<string, SqlQueryRecord>> = slice("sqlQueries", () => new Map(), {
  restarted: (held) => held.clear(),
});

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

/** The table and the number of rows of `SELECT * FROM t [LIMIT n]`; the name may be in quotes, and have its schema before it. */
export const readQuery = (query: string): { readonly name: string; readonly limit: number } | undefined => {
  const match = /^\s*select\s+\*\s+from\s+(?:"?public"?\s*\.\s*)?("?)(\w+)\1(?:\s+limit\s+(\d+))?\s*;?\s*$/i.exec(
    query,
  );
  return match === null
    ? undefined
    : { name: match[2]!, limit: match[3] === undefined ? Number.POSITIVE_INFINITY : Number(match[3]) };
};

/** A cell that is not there has no quotes, one that is empty has. */
const written = (cell: Cell): string => {
  if (cell === null) return "";
  return cell === "" || /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
};

const pieceSize = 65_536;

/** The first rows of a query, in pieces of the tab-separated form. */
export function* piecesOfRows({ table, cells }: SqlQueryRecord, rows: number): Generator<Uint8Array> {
  const row = (at: number) => cells === undefined ? tables.get(table!)!.row(at) : cells[at]!;
  const encoder = new TextEncoder();
  let text = "";
  for (let at = 0; at < rows; at++) {
    text += `${row(at).map(written).join("\t")}\n`;
    if (text.length < pieceSize) continue;
    yield encoder.encode(text);
    text = "";
  }
  if (text !== "") yield encoder.encode(text);
}

/** What DSS says of a query that did not end well; `undefined` when it did. */
export const failureOf = ({ outcome: { end, message } }: SqlQueryRecord): string | undefined => {
  if (end === "fail") return message ?? "ERROR: canceling statement due to statement timeout";
  return end === "abort" ? message ?? "The query was aborted" : undefined;
};

/** How many of its rows a query gives. */
export const rowsGiven = ({ rows, outcome: { end, after = 0.5 } }: SqlQueryRecord): number =>
  ["fail", "abort", "stall"].includes(end) ? Math.floor(rows * after) : rows;
