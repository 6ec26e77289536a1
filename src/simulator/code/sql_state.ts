/**
 * The queries that are open on the database of the simulated DSS.
 *
 * @module
 * @internal
 */
import { piecesOfText, writtenRow } from "../flow/tab_separated.ts";
import type { SimulatedTable } from "../flow/warehouse_tables.ts";
import type { Outcome } from "../kernel/outcomes.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A query that is open. */
export interface SqlQueryRecord {
  readonly queryId: string;
  readonly login: string;
  readonly table: string;
  /** How many rows it gives, if nothing goes wrong. */
  readonly rows: number;
  readonly outcome: Outcome;
  wasRead: boolean;
}

/** SQL queries that are open, by id; a restart forgets them all. */
export const sqlQueries: Slice<Map<string, SqlQueryRecord>> = slice("sqlQueries", () => new Map(), {
  restarted: (held) => held.clear(),
});

/** The table and the number of rows of `SELECT * FROM t [LIMIT n]`; the name may be in quotes, and have its schema before it. */
export const readQuery = (query: string): { readonly name: string; readonly limit: number } | undefined => {
  const match = /^\s*select\s+\*\s+from\s+(?:"?public"?\s*\.\s*)?("?)(\w+)\1(?:\s+limit\s+(\d+))?\s*;?\s*$/i.exec(
    query,
  );
  return match === null
    ? undefined
    : { name: match[2]!, limit: match[3] === undefined ? Number.POSITIVE_INFINITY : Number(match[3]) };
};

/** The first rows of a table, in pieces of the tab-separated form. */
export function* piecesOfRows(table: SimulatedTable, rows: number): Generator<Uint8Array> {
  const lines = function* () {
    for (let at = 0; at < rows; at++) yield writtenRow(table.row(at));
  };
  yield* piecesOfText(lines());
}

/** What DSS says of a query that did not end well; `undefined` when it did. */
export const failureOf = ({ outcome: { end, message } }: SqlQueryRecord): string | undefined => {
  if (end === "fail") return message ?? "ERROR: canceling statement due to statement timeout";
  return end === "abort" ? message ?? "The query was aborted" : undefined;
};

/** How many of its rows a query gives. */
export const rowsGiven = ({ rows, outcome: { end, after = 0.5 } }: SqlQueryRecord): number =>
  ["fail", "abort", "stall"].includes(end) ? Math.floor(rows * after) : rows;
