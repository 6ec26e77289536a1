/**
 * Connections of the simulated DSS: what is stored of them, and what that gives.
 *
 * @module
 * @internal
 */
import { groupsOf } from "./api_keys_state.ts";
import { invalid, type SimulatedRefusal, type User } from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** Connections by name; replaced as a whole, never changed. */
export const connections: Slice<Map<string, JsonObject>> = slice("connections", () => new Map());

/** Kinds of connections. */
const types: ReadonlySet<string> = new Set([
  "Athena",
  "Azure",
  "BigQuery",
  "Cassandra",
  "Databricks",
  "EC2",
  "ElasticSearch",
  "FTP",
  "Filesystem",
  "GCS",
  "HDFS",
  "HTTP",
  "JDBC",
  "Kafka",
  "MongoDB",
  "MySQL",
  "OpenAI",
  "Oracle",
  "PostgreSQL",
  "Redshift",
  "SFTP",
  "SQLServer",
  "SSH",
  "SharePointOnline",
  "Snowflake",
  "Synapse",
  "Teradata",
  "Trino",
  "Vertica",
]);

const isAccess = (values: ReadonlyArray<string>) => (value: unknown): boolean => values.includes(String(value));

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === "string");

const isBoolean = (value: unknown): boolean => typeof value === "boolean";

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  params: isJsonObject,
  description: (value) => typeof value === "string",
  usableBy: isAccess(["ALL", "ALLOWED"]),
  allowedGroups: isTexts,
  allowWrite: isBoolean,
  allowManagedDatasets: isBoolean,
  allowManagedFolders: isBoolean,
  allowKnowledgeBanks: isBoolean,
  maxActivities: Number.isInteger,
  credentialsMode: isAccess(["GLOBAL", "PER_USER"]),
  detailsReadability: (value) =>
    isJsonObject(value) && isAccess(["NONE", "ALL", "ALLOWED"])(value.readableBy ?? "NONE") &&
    isTexts(value.allowedGroups ?? []),
};

/** Why a connection cannot be stored. */
export const faultInConnection = (sent: JsonObject, type: unknown): SimulatedRefusal | undefined => {
  if (typeof type !== "string" || !types.has(type)) return invalid(`Unknown type of connection: ${type}`);
  const wrong = Object.entries(kinds).find(([key, fits]) => (sent[key] ?? null) !== null && !fits(sent[key]));
  return wrong === undefined ? undefined : invalid(`${wrong[0]} of a connection is not as it must be`);
};

/** Params that DSS never shows as they are. */
const secretParams: ReadonlySet<string> = new Set(["password", "secretKey", "accessToken"]);

const encrypted = "e:AES:";

const mapSecrets = (params: JsonObject, f: (secret: string) => string): JsonObject =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      secretParams.has(key) && typeof value === "string" ? f(value) : value,
    ]),
  );

const encrypt = (secret: string): string =>
  secret.startsWith(encrypted) ? secret : `${encrypted}${btoa(encodeURIComponent(secret))}`;

const decrypt = (secret: string): string =>
  secret.startsWith(encrypted) ? decodeURIComponent(atob(secret.slice(encrypted.length))) : secret;

const paramsOf = ({ params }: JsonObject): JsonObject => isJsonObject(params) ? params : {};

/** A connection, as it is stored. */
export const completeConnection = (sent: JsonObject, name: string, type: string): JsonObject => ({
  usableBy: "ALL",
  allowedGroups: [],
  allowWrite: true,
  allowManagedDatasets: true,
  allowManagedFolders: true,
  allowKnowledgeBanks: false,
  maxActivities: 0,
  useGlobalProxy: true,
  credentialsMode: "GLOBAL",
  detailsReadability: { readableBy: "NONE", allowedGroups: [] },
  ...sent,
  params: mapSecrets(paramsOf(sent), encrypt),
  name,
  type,
});

const isIn = (world: World, user: User, groups: unknown): boolean =>
  Array.isArray(groups) && groupsOf(world, user).some((group) => groups.includes(group));

/** Whether a user may use a connection. */
export const mayUse = (world: World, user: User, connection: JsonObject): boolean =>
  user.admin || connection.usableBy !== "ALLOWED" || isIn(world, user, connection.allowedGroups);

/** Whether a user may read the details of a connection. */
export const mayRead = (world: World, user: User, { detailsReadability }: JsonObject): boolean => {
  const { readableBy, allowedGroups } = isJsonObject(detailsReadability) ? detailsReadability : {};
  return user.admin || readableBy === "ALL" || (readableBy === "ALLOWED" && isIn(world, user, allowedGroups));
};

/** The details of a connection, with credentials that can be used. */
export const connectionInfo = (connection: JsonObject, projectKey: string | undefined): JsonObject => {
  const { type, credentialsMode } = connection;
  const params = mapSecrets(paramsOf(connection), decrypt);
  const resolve = (value: unknown): unknown =>
    typeof value === "string" && projectKey !== undefined ? value.replaceAll("${projectKey}", projectKey) : value;
  const { user, password, accessKey, secretKey, accessToken } = params;
  return {
    type,
    credentialsMode,
    params,
    resolvedParams: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, resolve(value)])),
    ...(user === undefined ? {} : { resolvedBasicCredential: { user, password } }),
    ...(accessKey === undefined ? {} : { resolvedAWSCredential: { accessKey, secretKey } }),
    ...(accessToken === undefined ? {} : { resolvedOAuth2Credential: { accessToken } }),
  };
};

/** Whether a connection depends on the project that uses it. */
export const hasVariables = (connection: JsonObject): boolean =>
  JSON.stringify(paramsOf(connection)).includes("${projectKey}");
