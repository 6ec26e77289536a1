/**
 * The database of the simulated DSS: SQLite, as the runtime has it, over the same tables that are read whole.
 *
 * @module
 * @internal
 */
import type { Cell, SimulatedColumn, SimulatedTable } from "./sql_state.ts";

/** A value as SQLite has it. */
type Value = null | number | bigint | string | Uint8Array;

/** What is used of a statement of `node:sqlite`. */
interface Statement {
  all(): ReadonlyArray<ReadonlyArray<Value>>;
  run(...values: ReadonlyArray<Value>): unknown;
  columns(): ReadonlyArray<{ readonly name: string; readonly column: string | null; readonly table: string | null }>;
  setReadBigInts(enabled: boolean): void;
  setReturnArrays(enabled: boolean): void;
}

/** What is used of a database of `node:sqlite`. */
interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

type Runtime = {
  readonly process?: {
    getBuiltinModule?(name: string): { readonly DatabaseSync?: new (path: string) => Database } | undefined;
  };
};

/** SQLite, when the runtime has it: Deno and Node do, browsers do not. Asked for when the first query needs it, and in no import. */
const sqlite = (): (new (path: string) => Database) | undefined =>
  (globalThis as Runtime).process?.getBuiltinModule?.("node:sqlite")?.DatabaseSync;

/** What comes of a query: its columns and rows, or why there are none. */
export type Selected =
  | { readonly columns: ReadonlyArray<SimulatedColumn>; readonly rows: ReadonlyArray<ReadonlyArray<Cell>> }
  | { readonly failure: string };

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The names that a text in SQL has outside of its texts. */
const namesIn = (query: string): ReadonlySet<string> =>
  new Set(query.replaceAll(/'(?:[^']|'')*'/g, "").toLowerCase().match(/\w+/g) ?? []);

/** A query without the schema of its tables, which SQLite calls otherwise. */
const withoutSchema = (query: string): string =>
  query.replaceAll(/('(?:[^']|'')*')|(?:"public"|\bpublic)\s*\.\s*/gi, (_, text) => text ?? "");

/** A cell as SQLite computes with it. */
const valueOf = (cell: Cell, { type }: SimulatedColumn): Value => {
  if (cell === null) return null;
  if (type === "boolean") return cell === "true" ? 1n : 0n;
  if (type === "double" || type === "float") return Number(cell);
  return /int$/.test(type) ? BigInt(cell) : cell;
};

const load = (database: Database, name: string, { columns, rows, row }: SimulatedTable): void => {
  const kinds: Readonly<Record<string, string>> = { boolean: "INTEGER", double: "REAL", float: "REAL" };
  const kindOf = ({ type }: SimulatedColumn): string => kinds[type] ?? (/int$/.test(type) ? "INTEGER" : "TEXT");
  const declared = columns.map((column) => `${quoted(column.name)} ${kindOf(column)}`);
  database.exec(`CREATE TABLE ${quoted(name)} (${declared.join(", ")})`);
  const insert = database.prepare(`INSERT INTO ${quoted(name)} VALUES (${columns.map(() => "?").join(", ")})`);
  database.exec("BEGIN");
  for (let at = 0; at < rows; at++) insert.run(...row(at).map((cell, nth) => valueOf(cell, columns[nth]!)));
  database.exec("COMMIT");
};

/** What a column that is computed is, as its values tell. */
const computed = (name: string, values: ReadonlyArray<Value>): SimulatedColumn => {
  const known = values.filter((value) => value !== null);
  if (known.length > 0 && known.every((value) => typeof value === "bigint")) {
    return { name, type: "bigint", originalType: "int8" };
  }
  return known.length > 0 && known.every((value) => typeof value === "bigint" || typeof value === "number")
    ? { name, type: "double", originalType: "float8" }
    : { name, type: "string", originalType: "text" };
};

const cellOf = (value: Value, { type }: SimulatedColumn): Cell => {
  if (value === null) return null;
  if (type === "boolean") return String(value === 1n);
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
};

/** Runs a query that reads on the tables that it names. */
export const select = (tables: ReadonlyMap<string, SimulatedTable>, query: string): Selected => {
  const Database = sqlite();
  if (Database === undefined) {
    return { failure: "only SELECT * FROM t [LIMIT n] is understood here: this runtime has no SQLite" };
  }
  if (!/^(?:\s|--.*\n|\/\*[^]*?\*\/|\()*(select|with|values)\b/i.test(query)) {
    return { failure: "only queries that read are understood: SELECT, WITH or VALUES" };
  }
  const database = new Database(":memory:");
  try {
    const names = namesIn(query);
    for (const [name, table] of tables) if (names.has(name.toLowerCase())) load(database, name, table);
    const statement = database.prepare(withoutSchema(query));
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    const rows = statement.all();
    const columns = statement.columns().map(({ name, column, table }, nth): SimulatedColumn => {
      const source = tables.get(table ?? "")?.columns.find((one) => one.name === column);
      return source === undefined ? computed(name, rows.map((row) => row[nth]!)) : { ...source, name };
    });
    return { columns, rows: rows.map((row) => row.map((value, nth) => cellOf(value, columns[nth]!))) };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const table = /^no such table: (?:main\.)?(.*)$/.exec(said)?.[1];
    return { failure: table === undefined ? said : `relation "${table}" does not exist` };
  } finally {
    database.close();
  }
};
