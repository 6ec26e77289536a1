import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import {
  Datasets,
  hiveConnection,
  importHiveTable,
  importIcebergTable,
  importIndex,
  importSqlTable,
  TableImports,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received } from "../fixtures/dss_server.ts";
import { as, refusal } from "../fixtures/other_keys.ts";
import { during } from "../fixtures/virtual_time.ts";

const simulated = <A, E, R>(test: Effect.Effect<A, E, R>) => Effect.provide(test, Simulator.layer());

describe("TableImports", () => {
  it("names tables as the official client does", () => {
    expect(hiveConnection("db")).toBe("@virtual(hive-jdbc):db");
    expect(importHiveTable("db", "t")).toEqual({ connectionName: "@virtual(hive-jdbc):db", name: "t" });
    expect(importSqlTable("pg", "t")).toEqual({ connectionName: "pg", name: "t", schema: null, catalog: null });
    expect(importIcebergTable("ice", "n", "t")).toEqual({ connectionName: "ice", namespace: "n", name: "t" });
    expect(importIndex("es", "i")).toEqual({ connectionName: "es", name: "i" });
  });

  it.effect("lists what there is", () =>
    simulated(Effect.gen(function* () {
      const imports = yield* TableImports;
      expect(yield* imports.schemas("SALES", "pg_dwh")).toEqual(["public"]);
      expect(yield* imports.hiveDatabases("SALES")).toEqual(["default"]);
      expect(yield* imports.hiveTables("SALES", "default")).toEqual([]);
      expect((yield* imports.tables("SALES", "pg_dwh", { schema: "public" })).map(({ table }) => table)).toContain(
        "events",
      );
      expect(yield* imports.tables("SALES", "pg_dwh", { schema: "other" })).toEqual([]);
      expect((yield* refusal(imports.namespaces("SALES", "pg_dwh"))).reason).toBe("Invalid");
      expect((yield* refusal(imports.indices("SALES", "pg_dwh"))).reason).toBe("Invalid");
      expect((yield* refusal(imports.tables("SALES", "none"))).reason).toBe("NotFound");
      const denied = yield* refusal(as("lena", ({ tableImports }) => tableImports.tables("SALES", "pg_dwh")));
      expect(denied.reason).toBe("Forbidden");
    })));

  it.effect("waits when a list takes long", () =>
    Effect.gen(function* () {
      const listed = yield* during("1 minute", (yield* TableImports).tables("P", "pg"));
      expect(listed).toEqual([{ table: "t" }]);
      expect((yield* Received).lines[0]).toBe(
        "GET /projects/P/datasets/tables-import/actions/list-tables?connectionName=pg",
      );
    }).pipe(Effect.provide(dssServer((_, nth) =>
      json(
        nth === 1
          ? { jobId: "f", hasResult: false, alive: true }
          : { jobId: "f", hasResult: true, alive: false, result: { tables: [{ table: "t" }] } },
      )
    ))));

  it.effect("makes datasets of tables, under names that are free", () =>
    simulated(Effect.gen(function* () {
      const imports = yield* TableImports;
      const keys = ["events", "countries"].map((table) => importSqlTable("pg_dwh", table, { schema: "public" }));
      yield* during("1 minute", imports.run("SALES", keys));
      const { params, schema } = yield* (yield* Datasets).settings("SALES", "events");
      expect([params?.table, schema?.columns.length]).toEqual(["events", 4]);
      expect(yield* (yield* Datasets).exists("SALES", "countries_2")).toBe(true);
    })));

  it.effect("lets one look at what an import would make", () =>
    simulated(Effect.gen(function* () {
      const imports = yield* TableImports;
      const preparation = yield* imports.startPreparation("SALES", [importSqlTable("pg_dwh", "events")]);
      const candidates = yield* during("1 minute", preparation.result);
      expect(JSON.stringify(candidates)).toContain('"datasetName":"events"');
      expect(yield* (yield* Datasets).exists("SALES", "events")).toBe(false);
      const operation = yield* imports.start("SALES", candidates);
      yield* during("1 minute", operation.result);
      expect(yield* (yield* Datasets).exists("SALES", "events")).toBe(true);
      const missing = yield* refusal(imports.runPreparation("SALES", [importHiveTable("default", "t")]));
      expect([missing.reason, missing.changed]).toEqual(["NotFound", false]);
    })));
});
