/**
 * Imports of tables and indices as datasets.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { hiveConnection, ImportableTable, ImportCandidates, type ImportKey } from "../../schemas/flow/table_import.ts";
import { Dss } from "../../src/connection/dss.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { open } from "../../src/json/open.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import { type FutureOperation, makeFutureOperation } from "../../src/operation/future_operation.ts";
import { FutureState } from "../../src/operation/future_state.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { futureOf, startFuture } from "../../src/operation/started_future.ts";
import { get, path, post, type Query } from "../../src/transport/request.ts";

export * from "../../schemas/flow/table_import.ts";

/** Which tables are listed. */
export interface ListTablesOptions extends WaitOptions {
  /** Schema of a database. By default all. */
  readonly schema?: string;
  /** Namespace of Iceberg. By default all. */
  readonly namespace?: string;
}

/**
 * Imports of tables and indices as datasets: DSS looks at what is asked for, says which datasets it would make, and makes them.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { importSqlTable, TableImports } from "@effect-dataiku/dss/table-imports";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const imported = Effect.gen(function* () {
 *   const imports = yield* TableImports;
 *   const tables = yield* imports.tables("SALES", "pg_dwh", { schema: "public" });
 *   const keys = tables.map(({ table }) => importSqlTable("pg_dwh", table, { schema: "public" }));
 *   return yield* imports.run("SALES", keys);
 * });
 * await Effect.runPromise(Effect.provide(imported, Simulator.layer()));
 * ```
 */
export interface TableImports {
  /** The schemas of a database. */
  schemas(projectKey: string, connection: string): Effect.Effect<ReadonlyArray<string>, DssError>;
  /** The namespaces of Iceberg; since DSS 15. */
  namespaces(projectKey: string, connection: string): Effect.Effect<ReadonlyArray<string>, DssError>;
  /** The databases of Hive. */
  hiveDatabases(projectKey: string): Effect.Effect<ReadonlyArray<string>, DssError>;
  /** The tables of a database or of Iceberg. */
  tables(
    projectKey: string,
    connection: string,
    options?: ListTablesOptions,
  ): Effect.Effect<ReadonlyArray<ImportableTable>, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** The tables of a database of Hive. */
  hiveTables(
    projectKey: string,
    database: string,
    options?: WaitOptions,
  ): Effect.Effect<ReadonlyArray<ImportableTable>, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** The indices of Elasticsearch and their aliases, as DSS says them: that is not documented. */
  indices(
    projectKey: string,
    connection: string,
    options?: WaitOptions,
  ): Effect.Effect<ReadonlyArray<unknown>, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** Starts to look at what is to be imported, and gives the operation; its result is what the import would make. */
  startPreparation(
    projectKey: string,
    keys: ReadonlyArray<ImportKey>,
    options?: WaitOptions,
  ): Effect.Effect<FutureOperation<ImportCandidates>, DssError>;
  /** Looks at what is to be imported, as `importSqlTable` makes it, and gives what the import would make. */
  runPreparation(
    projectKey: string,
    keys: ReadonlyArray<ImportKey>,
    options?: WaitOptions,
  ): Effect.Effect<ImportCandidates, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /** Starts to make the datasets of an import that was prepared, and gives the operation; what its result is, DSS does not document. */
  start(
    projectKey: string,
    candidates: ImportCandidates,
    options?: WaitOptions,
  ): Effect.Effect<FutureOperation<unknown>, DssError>;
  /** Imports tables and indices without a look at what is made of them: prepares the import, makes the datasets, and waits for the end. */
  run(
    projectKey: string,
    keys: ReadonlyArray<ImportKey>,
    options?: WaitOptions,
  ): Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;
}

const Tables = open({ tables: Schema.Array(ImportableTable) });

/** Key of {@linkcode TableImports}, with its layer. */
export const TableImports: DssService<TableImports> = service(
  "TableImports",
  Effect.map(Dss, (dss): TableImports => {
    const names = (method: string, projectKey: string, action: string, connectionName: string) =>
      dss.json(
        method,
        get(path`/projects/${projectKey}/datasets/tables-import/actions/${action}`, {
          query: { connectionName },
          slow: true,
        }),
        Schema.Array(Schema.String),
      );
    /** DSS answers a list with a future when it takes long. */
    const listed = <A>(
      method: string,
      [projectKey, action]: readonly [string, string],
      query: Query,
      result: Schema.Codec<A, unknown>,
      options?: WaitOptions,
    ): Effect.Effect<A, DssError | FutureEnd | ContactLost | WaitTimedOut> => {
      const at = path`/projects/${projectKey}/datasets/tables-import/actions/${action}`;
      return runOperation(
        Effect.flatMap(
          dss.json(method, get(at, { query, slow: true }), FutureState),
          (answer) => makeFutureOperation(dss, { method, future: futureOf(answer), result }, options),
        ),
      );
    };
    const tables = (method: string, projectKey: string, query: Query, options?: WaitOptions) =>
      Effect.map(listed(method, [projectKey, "list-tables"], query, Tables, options), ({ tables }) => tables);
    const prepare = (method: string): TableImports["startPreparation"] => (projectKey, keys, options) => {
      const request = post(path`/projects/${projectKey}/datasets/tables-import/actions/prepare-from-keys`, {
        json: { keys },
      });
      return startFuture(dss, { method, request, result: ImportCandidates }, options);
    };
    const execute = (method: string): TableImports["start"] => (projectKey, candidates, options) => {
      const request = post(path`/projects/${projectKey}/datasets/tables-import/actions/execute-from-candidates`, {
        json: candidates,
      });
      return startFuture(dss, { method, request, result: Schema.Unknown }, options);
    };
    return {
      schemas: (projectKey, connection) => names("TableImports.schemas", projectKey, "list-schemas", connection),
      namespaces: (projectKey, connection) =>
        names("TableImports.namespaces", projectKey, "list-namespaces", connection),
      hiveDatabases: (projectKey) =>
        names("TableImports.hiveDatabases", projectKey, "list-schemas", hiveConnection("default")),
      tables: (projectKey, connectionName, options = {}) => {
        const { schema: schemaName, namespace } = options;
        return tables("TableImports.tables", projectKey, { connectionName, schemaName, namespace }, options);
      },
      hiveTables: (projectKey, database, options) =>
        tables("TableImports.hiveTables", projectKey, { connectionName: hiveConnection(database) }, options),
      indices: (projectKey, connectionName, options) =>
        listed(
          "TableImports.indices",
          [projectKey, "list-indices"],
          { connectionName },
          Schema.Array(Schema.Unknown),
          options,
        ),
      startPreparation: prepare("TableImports.startPreparation"),
      runPreparation: (...args) => runOperation(prepare("TableImports.runPreparation")(...args)),
      start: execute("TableImports.start"),
      run: (projectKey, keys, options) =>
        Effect.flatMap(
          runOperation(prepare("TableImports.run")(projectKey, keys, options)),
          (candidates) => runOperation(execute("TableImports.run")(projectKey, candidates, options)),
        ),
    };
  }),
);
