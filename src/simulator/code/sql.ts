/**
 * SQL queries in the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import { connections, mayUse } from "../admin/connections_state.ts";
import {
  type Call,
  emptyAnswer,
  forbidden,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  SimulatedRefusal,
  textAnswer,
} from "../kernel/route.ts";
import { failureOf, piecesOfRows, readQuery, rowsGiven, sqlQueries, type SqlQueryRecord } from "./sql_state.ts";
import { tables } from "../flow/warehouse_tables.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { datasets } from "../flow/datasets_state.ts";
import { findProject } from "../projects/projects_state.ts";

const databaseTypes: ReadonlySet<unknown> = new Set([
  "PostgreSQL",
  "MySQL",
  "Oracle",
  "SQLServer",
  "Snowflake",
  "BigQuery",
  "Redshift",
]);

/** The connection on which the datasets of the simulated DSS are. */
const warehouse = "pg_dwh";

const refusedByDatabase = (detail: string): SimulatedRefusal =>
  new SimulatedRefusal({ status: 500, errorType: "org.postgresql.util.PSQLException", detail });

/** The connection on which a query runs. */
const connectionOf = (world: World, sent: JsonObject): Effect.Effect<JsonObject, SimulatedRefusal> =>
  Effect.gen(function* () {
    const { connection, database, datasetFullName } = sent;
    const named = [connection, database, datasetFullName].filter((name) => typeof name === "string");
    if (named.length !== 1) {
      return yield* Effect.fail(invalid("A query needs one of connection, database and datasetFullName"));
    }
    let name = connection;
    if (typeof datasetFullName === "string") {
      const [projectKey, dataset = ""] = datasetFullName.split(".");
      const project = yield* findProject(world, projectKey);
      if (!project.of(datasets).has(dataset)) return yield* Effect.fail(missing(`Dataset ${datasetFullName}`));
      name = warehouse;
    } else if (typeof database === "string") {
      const holds = ({ params }: JsonObject): boolean => isJsonObject(params) && params.db === database;
      name = [...world.of(connections).values()].find(holds)?.name;
      if (name === undefined) return yield* Effect.fail(missing(`Database ${database}`));
    }
    const found = world.of(connections).get(String(name));
    return found === undefined ? yield* Effect.fail(missing(`Connection ${name}`)) : found;
  });

const find = (world: World, { params: { queryId }, user }: Call): Effect.Effect<SqlQueryRecord, SimulatedRefusal> => {
  const record = world.of(sqlQueries).get(queryId!);
  return record === undefined || record.login !== user.login
    ? Effect.fail(missing(`Query ${queryId}`))
    : Effect.succeed(record);
};

/** @internal */
export const sqlRoutes: ReadonlyArray<Route> = [
  {
    method: "POST",
    path: "/sql/queries/",
    known: "official client",
    note:
      "queryId, hasResults and schema; a plain text for connections that have no SQL was seen. Only SELECT * FROM t [LIMIT n] is understood, all else is a syntax error; that pre and post queries do nothing is simplified.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const sent = yield* documentSent(world, call);
        const { query, type, projectKey } = sent;
        if (typeof query !== "string" || query.trim() === "") return yield* Effect.fail(invalid("The query is empty"));
        if (type !== "sql") return yield* Effect.fail(invalid(`Queries of type ${type} are not possible here`));
        if (typeof projectKey === "string") yield* findProject(world, projectKey);
        const connection = yield* connectionOf(world, sent);
        if (!mayUse(world, call.user, connection)) {
          return yield* Effect.fail(forbidden(`User ${call.user.login} may not use ${connection.name}`));
        }
        if (!databaseTypes.has(connection.type)) {
          return { ...textAnswer("Connection is neither of SQL nor HDFS type"), status: 400 };
        }
        const read = readQuery(query);
        if (read === undefined) return yield* Effect.fail(refusedByDatabase("ERROR: syntax error in the query"));
        const table = tables.get(read.name);
        if (table === undefined) {
          return yield* Effect.fail(refusedByDatabase(`ERROR: relation "${read.name}" does not exist`));
        }
        const record: SqlQueryRecord = {
          queryId: world.chance.id(10),
          login: call.user.login,
          table: read.name,
          rows: Math.min(table.rows, read.limit),
          outcome: world.outcomes.take(`queries/${connection.name}`),
          wasRead: false,
        };
        world.of(sqlQueries).set(record.queryId, record);
        return jsonAnswer({ queryId: record.queryId, hasResults: true, schema: table.columns });
      }),
  },
  {
    method: "GET",
    path: "/sql/queries/:queryId/stream",
    known: "official client",
    note:
      "Tab-separated rows without a header, in the quoting of Excel. A query that fails while it streams ends its body early, with 200. The media type, how nothing differs from an empty text, and that rows are read once, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* find(world, call);
        if (call.query.get("format") !== "tsv-excel-noheader") {
          return yield* Effect.fail(invalid("format must be tsv-excel-noheader"));
        }
        if (record.wasRead) return yield* Effect.fail(invalid(`Query ${record.queryId} was read already`));
        record.wasRead = true;
        const table = tables.get(record.table)!;
        const rows = Stream.fromIterable(piecesOfRows(table, rowsGiven(record)), { chunkSize: 1 });
        return {
          status: 200,
          headers: { "content-type": "text/tab-separated-values;charset=utf-8" },
          body: record.outcome.end === "stall" ? Stream.concat(rows, Stream.never) : rows,
        };
      }),
  },
  {
    method: "GET",
    path: "/sql/queries/:queryId/finish-streaming",
    known: "official client",
    note: "Empty, or the failure of the query. That DSS forgets the query then is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* find(world, call);
        world.of(sqlQueries).delete(record.queryId);
        const failure = failureOf(record);
        return failure === undefined ? emptyAnswer : yield* Effect.fail(refusedByDatabase(failure));
      }),
  },
];
