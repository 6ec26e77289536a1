/**
 * Secrets of the simulated DSS: what is known of them, their values, and who may do what with them.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, forbidden, invalid, missing, type SimulatedRefusal, type User } from "../kernel/route.ts";
import { type Slice, slice } from "../kernel/slice.ts";
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { isGivenTo } from "./users_state.ts";
import { vaults } from "./vaults_state.ts";

/** What is known of secrets, by identifier; each replaced as a whole, never changed. */
export const secrets: Slice<Map<string, JsonObject>> = slice("secrets", () => new Map());

/** Values of local secrets, by identifier. */
export const secretValues: Slice<Map<string, string>> = slice("secretValues", () => new Map(), { isSecret: true });

/** Who read or changed a value, oldest first. */
export const secretUses: Slice<Array<JsonObject>> = slice("secretUses", () => []);

/** What can be given. */
export type SecretRight = "use" | "read" | "write" | "admin";

/** All that can be given. */
export const secretRights: ReadonlyArray<SecretRight> = ["use", "read", "write", "admin"];

/** Whether a user has a right on a secret: its administrators may change who has which, and have no other right by that. */
export const mayWithSecret = (
  world: World,
  { permissionItems }: JsonObject,
  { login, admin }: User,
  right: SecretRight,
): boolean =>
  admin || jsonObjects(permissionItems).some((each) => each[right] === true && isGivenTo(world, each, login));

/** The secret that a request names; for who may do nothing with it, it is not there. */
export const findSecret = (
  world: World,
  { params, user }: Call,
  right?: SecretRight,
): Effect.Effect<JsonObject & { readonly ref: string }, SimulatedRefusal> => {
  const { secretId = "" } = params;
  const secret = world.of(secrets).get(secretId);
  if (secret === undefined || !secretRights.some((each) => mayWithSecret(world, secret, user, each))) {
    return Effect.fail(missing(`Secret ${secretId}`));
  }
  return right === undefined || mayWithSecret(world, secret, user, right)
    ? Effect.succeed({ ...secret, ref: secretId })
    : Effect.fail(forbidden(`User ${user.login} has no right to ${right} the secret ${secretId}`));
};

/** A secret, as a user sees it: its permissions are for its administrators. */
export const secretShownTo = (world: World, secret: JsonObject, user: User): JsonObject => {
  if (mayWithSecret(world, secret, user, "admin")) return secret;
  const { permissionItems: _, ...rest } = secret;
  return rest;
};

/** What a user may do with a secret. */
export const capabilitiesOf = (world: World, secret: JsonObject, user: User): JsonObject => {
  const may = (right: SecretRight) => mayWithSecret(world, secret, user, right);
  return {
    type: secret.type,
    canUse: may("use"),
    canRead: may("read"),
    canWrite: secret.type === "LOCAL" && may("write"),
    canAdmin: may("admin"),
  };
};

const isTextOrNothing = (value: unknown): boolean => value === null || value === undefined || typeof value === "string";

const isPermission = (value: unknown): boolean =>
  isJsonObject(value) && (typeof value.group === "string") !== (typeof value.user === "string") &&
  secretRights.every((right) => value[right] === undefined || typeof value[right] === "boolean");

const faultInPlace = (
  world: World,
  { vaultId, remoteSecretRef, remoteSecretVersion }: JsonObject,
): SimulatedRefusal | undefined => {
  const vault = world.of(vaults).get(String(vaultId));
  if (vault === undefined) return invalid(`There is no vault ${vaultId} to have a secret in`);
  if (typeof remoteSecretRef !== "string" || remoteSecretRef === "" || !isTextOrNothing(remoteSecretVersion)) {
    return invalid("remoteSecretRef must be a text, and remoteSecretVersion a text or null");
  }
  const { allowedRemoteSecretRefRegex: allowed } = vault;
  return typeof allowed !== "string" || new RegExp(`^(?:${allowed})$`).test(remoteSecretRef)
    ? undefined
    : invalid(`${remoteSecretRef} of vault ${vaultId} may not be used, only ${allowed}`);
};

/** Why a secret cannot be stored. */
export const faultInSecret = (world: World, secret: JsonObject): SimulatedRefusal | undefined => {
  const { type, format, ref, description, permissionItems } = secret;
  if (typeof ref !== "string" || ref === "") return invalid("A secret needs an identifier");
  if (type !== "LOCAL" && type !== "VAULT") return invalid(`${type} is no type of secrets: LOCAL and VAULT are`);
  if (format !== "STRING") return invalid(`${format} is no format of secrets: STRING is`);
  if (!isTextOrNothing(description)) return invalid("The description of a secret must be a text or null");
  if (!Array.isArray(permissionItems) || !permissionItems.every(isPermission)) {
    return invalid("A permission on a secret needs a group or a user, and booleans for what they may do");
  }
  return type === "VAULT" ? faultInPlace(world, secret) : undefined;
};

/** The value of a secret. That of a vault is made up from its name there. */
export const valueOf = (world: World, { ref, type, remoteSecretRef, remoteSecretVersion }: JsonObject): string => {
  if (type === "LOCAL") return world.of(secretValues).get(String(ref)) ?? "";
  return `value of ${remoteSecretRef}${typeof remoteSecretVersion === "string" ? ` at ${remoteSecretVersion}` : ""}`;
};

/** Writes down that somebody read or changed a value. */
export const noteUse = (world: World, { json, now, user }: Call, ref: string, action: string): void => {
  const { context = null } = isJsonObject(json) ? json : {};
  world.of(secretUses).push({ ref, action, login: user.login, context, at: now });
};

/** Fills an instance with a local secret and one of a vault. */
export const seedSecrets = (world: World, boot: number): void => {
  const known = {
    format: "STRING",
    createdBy: "admin",
    createdOn: boot - 90 * 86_400_000,
    lastUpdatedBy: "admin",
    lastUpdatedOn: boot - 10 * 86_400_000,
    vaultId: null,
    remoteSecretRef: null,
    remoteSecretVersion: null,
  };
  const team = { user: null, group: "data_team", use: true, write: false, admin: false };
  world.of(secrets).set("crm-key", {
    ...known,
    ref: "crm-key",
    type: "LOCAL",
    description: "Key of the CRM",
    permissionItems: [{ ...team, read: true }],
  });
  world.of(secretValues).set("crm-key", "9b1f7c52-of-the-crm");
  world.of(secrets).set("warehouse-password", {
    ...known,
    ref: "warehouse-password",
    type: "VAULT",
    description: null,
    permissionItems: [{ ...team, read: false }],
    vaultId: "aws-main",
    remoteSecretRef: "prod/warehouse",
  });
};
