/**
 * The datasets that a simulated DSS starts with: where they are, and what their columns are.
 *
 * @module
 * @internal
 */
import type { JsonObject } from "../kernel/stored_document.ts";

/** Columns, as `order_id bigint`. */
type Columns = string;

const columnsOf = (columns: Columns): ReadonlyArray<JsonObject> =>
  columns.split(", ").map((column) => {
    const [name, type] = column.split(" ");
    return { name, type };
  });

/** A schema as documents have it. */
export const schemaOf = (columns: Columns): JsonObject => ({ columns: columnsOf(columns), userModified: false });

/** Tables of the database of `pg_dwh`. */
export const warehouse: ReadonlyMap<string, Columns> = new Map([
  ["countries", "code string, name string, population bigint, is_in_eu boolean"],
  ["customers_raw", "customer_id int, name string, country string, since dateonly"],
  [
    "orders_raw",
    "order_id bigint, customer_id int, ordered_at date, due_on dateonly, amount double, is_paid boolean, note string",
  ],
  ["events", "event_id bigint, at date, name string, seconds double"],
]);

/** What comes from elsewhere, and what recipes make. */
const others: ReadonlyMap<string, Columns> = new Map([
  ["contracts", "contract_id bigint, customer_id bigint, plan string, signed_on dateonly, monthly_fee double"],
  ["calls", "call_id bigint, customer_id bigint, started_at date, seconds int, was_solved boolean"],
  ["parcels_raw", "parcel_id string, sent_at date, weight_kg double, destination geopoint, tags array"],
  [
    "orders_prepared",
    "order_id bigint, customer_id int, ordered_at date, due_on dateonly, amount double, is_paid boolean, note string",
  ],
  ["customers_prepared", "customer_id int, name string, country string, since dateonly"],
  ["orders_joined", "order_id bigint, customer_id int, ordered_at date, amount double, name string, country string"],
  ["revenue_by_country", "country string, amount_sum double, count bigint"],
  ["features", "customer_id bigint, plan string, monthly_fee double, calls bigint, seconds_mean double"],
  ["customers_scored", "customer_id bigint, proba_1 double, prediction string"],
  ["parcels_prepared", "parcel_id string, sent_at date, weight_kg double, destination geopoint"],
  ["routes", "route_id bigint, parcel_id string, leaves_at date, stops array"],
]);

const customers = 12;
const signedFrom = Date.UTC(2024, 0, 15);
const instant = (at: number): string => new Date(at).toISOString();

/** The rows of the datasets of the seed whose files came from outside. */
export const uploadedRows: ReadonlyMap<string, ReadonlyArray<Readonly<Record<string, string>>>> = new Map<
  string,
  ReadonlyArray<Readonly<Record<string, string>>>
>([
  [
    "contracts",
    Array.from({ length: customers }, (_, at) => ({
      contract_id: String(5001 + at),
      customer_id: String(1 + at),
      plan: ["basic", "family", "business"][at % 3]!,
      signed_on: instant(signedFrom + at * 23 * 86_400_000).slice(0, 10),
      monthly_fee: ["9.9", "24.5", "79"][at % 3]!,
    })),
  ],
  [
    "calls",
    Array.from({ length: 18 }, (_, at) => ({
      call_id: String(90_001 + at),
      customer_id: String(1 + (at * 5) % customers),
      started_at: instant(signedFrom + at * 7_919_000_000),
      ...(at % 6 === 5 ? {} : { seconds: String(40 + (at * 83) % 600) }),
      was_solved: String(at % 4 !== 3),
    })),
  ],
  [
    "parcels_raw",
    Array.from({ length: 10 }, (_, at) => ({
      parcel_id: `P-${String(at + 1).padStart(4, "0")}`,
      sent_at: instant(signedFrom + at * 3_600_000),
      weight_kg: String((at * 37 % 90 + 5) / 10),
      destination: `POINT(${2 + at} ${48.5 + at / 4})`,
      tags: JSON.stringify(at % 3 === 0 ? ["fragile", 'a "b"'] : []),
    })),
  ],
]);

/** How files of managed datasets are written. */
export const csv: JsonObject = {
  formatType: "csv",
  formatParams: {
    style: "excel",
    charset: "utf8",
    separator: "\t",
    quoteChar: '"',
    escapeChar: "\\",
    dateSerializationFormat: "ISO",
    arrayMapFormat: "json",
    parseHeaderRow: false,
    skipRowsBeforeHeader: 0,
    skipRowsAfterHeader: 0,
    compress: "gz",
  },
};

const uploaded = {
  ...csv,
  formatParams: { ...csv.formatParams as JsonObject, separator: ";", parseHeaderRow: true, compress: "" },
};

/** The settings of a table of the database of `pg_dwh`. */
const tableIn = (table: string): JsonObject => ({
  type: "PostgreSQL",
  params: { connection: "pg_dwh", mode: "table", schema: "public", table },
});

/** The settings of a dataset that comes from outside. */
export const sourceNamed = (name: string): JsonObject => {
  const table = warehouse.get(name);
  if (table !== undefined) return { ...tableIn(name), schema: schemaOf(table) };
  return {
    type: "UploadedFiles",
    params: { uploadConnection: "filesystem_managed" },
    ...uploaded,
    schema: schemaOf(others.get(name)!),
  };
};

/** The settings of a dataset that a recipe makes. */
export const outputNamed = (name: string): JsonObject => ({
  type: "Filesystem",
  managed: true,
  params: { connection: "filesystem_managed", path: `\${projectKey}/${name}` },
  ...csv,
  schema: schemaOf(others.get(name)!),
});
