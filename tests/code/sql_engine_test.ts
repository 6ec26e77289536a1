import { afterEach, describe, expect, it, vi } from "@effect/vitest";
import { Effect, Stream } from "effect";
import process from "node:process";
import { type DssError, Sql, type SqlColumn } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";

const warehouse = { connection: "pg_dwh" };

const rowsOf = (query: string) =>
  Effect.flatMap(Sql, (sql) => Stream.runCollect(sql.stream(query, warehouse))).pipe(
    Effect.provide(Simulator.layer()),
  );

const typesOf = (query: string) =>
  Effect.flatMap(Sql, (sql) => sql.start(query, warehouse)).pipe(
    Effect.map(({ schema }) => (schema as ReadonlyArray<SqlColumn>).map(({ name, type }) => `${name} ${type}`)),
    Effect.provide(Simulator.layer()),
  );

describe("the database of a simulated DSS", () => {
  const queries: ReadonlyArray<readonly [query: string, rows: ReadonlyArray<ReadonlyArray<unknown>>]> = [
    ["SELECT name FROM countries WHERE is_in_eu ORDER BY population DESC", [["Germany"], ["France"], ["Italy"]]],
    ["select count(*) from orders_raw", [[1000n]]],
    ["SELECT count(*), min(order_id) FROM public.orders_raw", [[1000n, 9007199254740993n]]],
    ['SELECT "code" FROM "public"."countries" LIMIT 2 OFFSET 1', [["FR"], ["GB"]]],
    [
      "SELECT c.name, count(*) AS orders FROM orders_raw o JOIN customers_raw p ON o.customer_id = p.customer_id " +
      "JOIN countries c ON c.code = p.country GROUP BY c.name HAVING count(*) > 0 ORDER BY c.name",
      [["France", 200n], ["Germany", 200n], ["Italy", 200n], ["Japan", 200n], ["United Kingdom", 200n]],
    ],
    [
      "WITH eu AS (SELECT * FROM countries WHERE is_in_eu) SELECT sum(population), avg(1.0) FROM eu",
      [[210822953n, 1]],
    ],
    ["-- a remark\n/* and\nanother */ SELECT 1 AS a, 'x' AS b, 1.5 AS c, NULL AS d", [[1n, "x", 1.5, null]]],
    ["SELECT code FROM countries UNION SELECT country FROM customers_raw ORDER BY 1 LIMIT 1", [["DE"]]],
    ["SELECT note, due_on IS NULL AS missing FROM orders_raw WHERE order_id = 9007199254740996", [[
      'call "Tom" first',
      0n,
    ]]],
    ["SELECT 'public.countries' AS text, 'it''s' AS quote", [["public.countries", "it's"]]],
    ["VALUES (1, 'a'), (2, NULL)", [[1n, "a"], [2n, null]]],
    ["SELECT code FROM countries WHERE 1 = 0", []],
    ["SELECT * FROM countries WHERE code = 'JP'", [["JP", "Japan", 124516650n, false]]],
    ["SELECT count(*) FROM (SELECT DISTINCT country FROM customers_raw)", [[5n]]],
    ["SELECT NOT is_in_eu AS other FROM countries WHERE code = 'GB'", [[1n]]],
  ];
  it.effect.each(queries)("answers %s", ([query, rows]) =>
    Effect.gen(function* () {
      expect(yield* rowsOf(query)).toEqual(rows);
    }));

  it.effect("knows the types of what is computed, and those of its columns under other names", () =>
    Effect.gen(function* () {
      expect(
        yield* typesOf(
          "SELECT order_id AS id, is_paid, ordered_at, amount, amount * 2 AS twice, count(*) OVER () AS n, note || '' AS t, " +
            "NULL AS none, customer_id FROM orders_raw",
        ),
      ).toEqual([
        "id bigint",
        "is_paid boolean",
        "ordered_at date",
        "amount double",
        "twice double",
        "n bigint",
        "t string",
        "none string",
        "customer_id int",
      ]);
    }));

  it.effect.each([
    ["SELEC 1", "ServerFailure", "only queries that read"],
    ["DELETE FROM countries", "ServerFailure", "only queries that read"],
    ["ATTACH 'x' AS y", "ServerFailure", "only queries that read"],
    ["SELECT FROM", "ServerFailure", "syntax error"],
    ["SELECT no_such FROM countries", "ServerFailure", "no such column: no_such"],
    ["SELECT * FROM no_such WHERE 1 = 1", "NotFound", 'relation "no_such" does not exist'],
    ["SELECT * FROM public.no_such WHERE 1 = 1", "NotFound", 'relation "no_such" does not exist'],
    ["SELECT load_extension('x')", "ServerFailure", ""],
  ])("refuses %s as %s", ([query, tag, words]) =>
    Effect.gen(function* () {
      const { reason, message } = (yield* Effect.flip(rowsOf(query!))) as DssError;
      expect(reason._tag).toBe(tag);
      expect(message).toContain("PSQLException");
      expect(message).toContain(words!);
    }));

  it.effect("is as new for each query, and its answers are in no snapshot but as JSON", () =>
    Effect.gen(function* () {
      const sql = yield* Sql;
      yield* sql.start("SELECT count(*) FROM countries WHERE is_in_eu", warehouse);
      const snapshot = yield* (yield* Simulator).snapshot;
      expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
    }).pipe(Effect.provide(Simulator.layer())));
});

describe("where the runtime has no SQLite", () => {
  afterEach(() => void vi.restoreAllMocks());

  it.effect("whole tables are read, and all else says why it is not", () =>
    Effect.gen(function* () {
      vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined as never);
      expect(yield* rowsOf("SELECT * FROM countries LIMIT 1")).toEqual([["DE", "Germany", 83456045n, true]]);
      const { message } = (yield* Effect.flip(rowsOf("SELECT 1"))) as DssError;
      expect(message).toContain("only SELECT * FROM t [LIMIT n] is understood here: this runtime has no SQLite");
    }));
});
