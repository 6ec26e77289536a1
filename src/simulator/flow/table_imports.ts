/**
 * Imports of tables into the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { doneAtOnce, futureState, startFuture } from "../kernel/futures.ts";
import { type Call, invalid, jsonAnswer, missing, type Route, type SimulatedRefusal } from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import { documentSent, isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findProject, type SimulatedProject } from "../projects/projects_state.ts";
import { databaseTypes, usableConnection } from "./dataset_creation.ts";
import { addDataset, datasets } from "./datasets_state.ts";
import { schemaOf, warehouse } from "./seed_datasets.ts";

const hive = /^@virtual\(hive-jdbc\):(.+)$/;

/** What of a connection can be imported: what Hive has is not known here. */
const importable = (
  world: World,
  { user }: Call,
  name: unknown,
): Effect.Effect<{ readonly type: unknown; readonly tables: ReadonlyArray<string> }, SimulatedRefusal> => {
  if (typeof name !== "string") return Effect.fail(invalid("connectionName must be the name of a connection"));
  if (hive.test(name)) return Effect.succeed({ type: "hiveserver2", tables: [] });
  return Effect.map(usableConnection(world, user, name), ({ type }) => ({
    type,
    tables: name === "pg_dwh" ? [...warehouse.keys()] : [],
  }));
};

/** A list of something of a connection. */
const listing = (
  action: string,
  note: string,
  listed: (type: unknown, tables: ReadonlyArray<string>, call: Call) => unknown,
): Route => ({
  method: "GET",
  path: `/projects/:projectKey/datasets/tables-import/actions/${action}`,
  known: "official client",
  note,
  handle: (call, world) =>
    Effect.gen(function* () {
      yield* findProject(world, call.params.projectKey);
      const name = call.query.get("connectionName");
      const { type, tables } = yield* importable(world, call, name);
      const answer = listed(type, tables, call);
      return answer === undefined
        ? yield* Effect.fail(invalid(`Connection ${name} is of type ${type}, which has none of these`))
        : jsonAnswer(answer);
    }),
});

const isOfTables = (type: unknown): boolean => databaseTypes.has(type) || type === "hiveserver2" || type === "Iceberg";

/** A name that no dataset has, and none before it in the same import. */
const freeNameFor = (project: SimulatedProject, table: string, taken: ReadonlySet<string>): string => {
  const isTaken = (name: string): boolean => project.of(datasets).has(name) || taken.has(name);
  let name = table;
  for (let nth = 2; isTaken(name); nth++) name = `${table}_${nth}`;
  return name;
};

/** @internal */
export const tableImportsRoutes: ReadonlyArray<Route> = [
  listing(
    "list-schemas",
    "Names, at once. Those of databases, and the only database of Hive, are assumed.",
    (type) => databaseTypes.has(type) ? ["public"] : type === "hiveserver2" ? ["default"] : undefined,
  ),
  listing(
    "list-namespaces",
    "Names, at once. Those of Iceberg are assumed.",
    (type) => type === "Iceberg" ? ["default"] : undefined,
  ),
  listing(
    "list-tables",
    "A result with tables, which may also be a future. That a database has one schema, and that it answers at once, are assumed.",
    (type, tables, { query }) => {
      if (!isOfTables(type)) return undefined;
      const schema = query.get("schemaName") ?? "public";
      return doneAtOnce({ tables: schema === "public" ? tables.map((table) => ({ schema, table })) : [] });
    },
  ),
  listing(
    "list-indices",
    "A result, which may also be a future; there are no indices.",
    (type) => type === "ElasticSearch" ? doneAtOnce([]) : undefined,
  ),
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/tables-import/actions/prepare-from-keys",
    known: "official client",
    note:
      "Answers a future, by its id. That it takes two seconds, what a candidate is, and that an unknown table is refused, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        const { keys } = yield* documentSent(world, call);
        if (!Array.isArray(keys) || keys.length === 0 || !keys.every(isJsonObject)) {
          return yield* Effect.fail(invalid("keys must be a list of tables"));
        }
        const taken = new Set<string>();
        const candidates: Array<JsonObject> = [];
        for (const key of keys as ReadonlyArray<JsonObject>) {
          const { type, tables } = yield* importable(world, call, key.connectionName);
          const name = String(key.name);
          if (!tables.includes(name)) return yield* Effect.fail(missing(`Table ${key.connectionName}.${name}`));
          const datasetName = freeNameFor(project, name, taken);
          taken.add(datasetName);
          candidates.push({ key, datasetName, type });
        }
        const future = startFuture(world, call.now, {
          owner: call.user.login,
          displayName: "Preparing an import of tables",
          kind: "TABLES_IMPORT_PREPARATION",
          seconds: 2,
          end: () => ({ result: { candidates } }),
        });
        return jsonAnswer(futureState(future, call.now));
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/datasets/tables-import/actions/execute-from-candidates",
    known: "official client",
    note:
      "Takes the result of the preparation as it is, and answers a future. That it takes three seconds, and its result, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        const { candidates } = yield* documentSent(world, call);
        if (!Array.isArray(candidates)) return yield* Effect.fail(invalid("candidates must be a list"));
        const outcome = world.outcomes.take(`table-imports/${project.projectKey}`);
        return startScripted(world, call.now, outcome, {
          owner: call.user.login,
          displayName: "Import of tables",
          kind: "TABLES_IMPORT",
          seconds: 3,
          end: (now) => {
            if (outcome.end === "fail") return { failure: invalid(outcome.message ?? "The tables cannot be imported") };
            const imported = jsonObjects(candidates).map(({ key, datasetName, type }) => {
              const { connectionName: connection, name, schema, catalog } = isJsonObject(key) ? key : {};
              const columns = warehouse.get(String(name));
              addDataset(project, String(datasetName), {
                type,
                params: { connection, mode: "table", table: name, schema: schema ?? null, catalog: catalog ?? null },
                ...(columns === undefined ? {} : { schema: schemaOf(columns) }),
              }, { login: call.user.login, now });
              return datasetName;
            });
            return { result: { datasets: imported } };
          },
        });
      }),
  },
];
