/**
 * How datasets of the simulated DSS come to be.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { connections, mayUse } from "../admin/connections_state.ts";
import { conflict, forbidden, invalid, missing, type SimulatedRefusal, type User } from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import type { SimulatedProject } from "../projects/projects_state.ts";
import { datasets } from "./datasets_state.ts";
import { csv } from "./seed_datasets.ts";

/** A name that a dataset can get. */
export const freeName = (project: SimulatedProject, name: unknown): Effect.Effect<string, SimulatedRefusal> => {
  if (typeof name !== "string" || name === "") return Effect.fail(invalid("A dataset needs a name"));
  if (name.includes(".")) return Effect.fail(invalid(`The name ${name} of a dataset must have no dots`));
  return project.of(datasets).has(name)
    ? Effect.fail(conflict(`Dataset ${project.projectKey}.${name} exists already`))
    : Effect.succeed(name);
};

/** A connection that a user may use. */
export const usableConnection = (
  world: World,
  user: User,
  name: unknown,
): Effect.Effect<JsonObject, SimulatedRefusal> => {
  const connection = world.of(connections).get(String(name));
  if (connection === undefined) return Effect.fail(missing(`Connection ${name}`));
  return mayUse(world, user, connection)
    ? Effect.succeed(connection)
    : Effect.fail(forbidden(`User ${user.login} may not use ${name}`));
};

/** Kinds of datasets in databases. */
export const databaseTypes: ReadonlySet<unknown> = new Set([
  "BigQuery",
  "Databricks",
  "JDBC",
  "MySQL",
  "Oracle",
  "PostgreSQL",
  "Redshift",
  "SQLServer",
  "Snowflake",
  "Synapse",
  "Teradata",
  "Vertica",
]);

/** What DSS makes of the parameters of a new dataset: one in a database that names no table is a query. */
export const paramsOf = ({ type, params }: JsonObject): JsonObject => {
  const given = isJsonObject(params) ? params : {};
  return databaseTypes.has(type) && typeof given.mode !== "string" && typeof given.table !== "string"
    ? { ...given, mode: "query" }
    : given;
};

/** Kinds of datasets by the kinds of their connections, where the two have different names. */
const typeOn = (connection: unknown): string => connection === "EC2" ? "S3" : String(connection);

const formats: ReadonlyArray<readonly [start: string, format: JsonObject]> = [
  ["CSV", csv],
  ["PARQUET", { formatType: "parquet", formatParams: { parquetCompressionMethod: "SNAPPY", parquetFlavor: "HIVE" } }],
  ["AVRO", { formatType: "avro", formatParams: {} }],
  ["ORC", { formatType: "orcfile", formatParams: {} }],
];

/** The format that an option names. */
const formatNamed = (option: unknown): JsonObject | undefined =>
  formats.find(([start]) => String(option ?? "CSV").startsWith(start))?.[1];

/** The partitioning that an option names: that of another dataset, or of a folder, which is simplified to none. */
const partitioningNamed = (
  project: SimulatedProject,
  option: unknown,
): Effect.Effect<JsonObject, SimulatedRefusal> => {
  if (option === undefined || option === null) return Effect.succeed({});
  const [verb, kind, ref] = String(option).split(":");
  if (verb !== "copy" || ref === undefined || (kind !== "dataset" && kind !== "folder")) {
    return Effect.fail(invalid(`${option} is no partitioning that can be chosen`));
  }
  if (kind === "folder") return Effect.succeed({});
  const found = project.of(datasets).get(ref);
  return found === undefined
    ? Effect.fail(missing(`Dataset ${project.projectKey}.${ref}`))
    : Effect.succeed({ partitioning: found.document.partitioning });
};

/** The settings of a managed dataset, by what is asked for. */
export const managedDataset = (
  world: World,
  project: SimulatedProject,
  user: User,
  name: string,
  asked: JsonObject,
): Effect.Effect<JsonObject, SimulatedRefusal> =>
  Effect.gen(function* () {
    const { connectionId, typeOptionId, specificSettings, partitioningOptionId } = asked;
    const specific = isJsonObject(specificSettings) ? specificSettings : {};
    const connection = yield* usableConnection(world, user, connectionId ?? "filesystem_managed");
    if (connection.allowWrite !== true || connection.allowManagedDatasets !== true) {
      return yield* Effect.fail(invalid(`Connection ${connection.name} takes no managed datasets`));
    }
    const type = typeOn(typeOptionId ?? connection.type);
    const { partitioning } = yield* partitioningNamed(
      project,
      partitioningOptionId ?? specific.partitioningOptionId,
    );
    const common = { type, managed: true, ...(partitioning === undefined ? {} : { partitioning }) };
    if (databaseTypes.has(type)) {
      const params = { connection: connection.name, mode: "table", table: `\${projectKey}_${name}` };
      const schema = specific.overrideSQLSchema;
      return { ...common, params: { ...params, ...(typeof schema === "string" ? { schema } : {}) } };
    }
    const format = formatNamed(specific.formatOptionId);
    if (format === undefined) {
      return yield* Effect.fail(invalid(`${specific.formatOptionId} is no format that can be chosen`));
    }
    return { ...common, params: { connection: connection.name, path: `\${projectKey}/${name}` }, ...format };
  });
