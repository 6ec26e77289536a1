/**
 * Vaults of the simulated DSS: what is known of them, and how DSS gets into them.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, invalid, missing, type SimulatedRefusal } from "../kernel/route.ts";
import { type Slice, slice } from "../kernel/slice.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

/** Vaults by id, but for the ways into them; each replaced as a whole, never changed. */
export const vaults: Slice<Map<string, JsonObject>> = slice("vaults", () => new Map());

/** The ways into vaults, by their ids: they hold secrets. */
export const vaultAuths: Slice<Map<string, JsonObject>> = slice("vaultAuths", () => new Map(), { isSecret: true });

/** Where a vault of each type is, and the ways into it. */
const types: Readonly<Record<string, { readonly place: string; readonly ways: ReadonlyArray<string> }>> = {
  AWS_SECRETS_MANAGER: { place: "regionOrEndpoint", ways: ["ENVIRONMENT", "IAM_ROLE", "KEYPAIR"] },
  AZURE_KEY_VAULT: {
    place: "vaultUrl",
    ways: ["ENVIRONMENT", "MANAGED_IDENTITY", "CLIENT_SECRET", "CLIENT_CERTIFICATE"],
  },
  GCP_SECRET_MANAGER: { place: "projectId", ways: ["ENVIRONMENT", "KEYPAIR"] },
};

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isTextOrNothing = (value: unknown): boolean => value === null || value === undefined || typeof value === "string";

const isRegex = (value: unknown): boolean => {
  try {
    return isTextOrNothing(value) && new RegExp(String(value)) !== undefined;
  } catch {
    return false; // no regular expression
  }
};

/** Why a vault cannot be stored. */
export const faultInVault = (vault: JsonObject): SimulatedRefusal | undefined => {
  const { id, type, description, permissionItems, allowedRemoteSecretRefRegex, cacheSettings, authConfig } = vault;
  if (!isText(id)) return invalid("A vault needs an id");
  const known = types[String(type)];
  if (known === undefined) return invalid(`${type} is no type of vaults: ${Object.keys(types).join(", ")} are`);
  if (!isText(vault[known.place])) return invalid(`A vault of type ${type} needs ${known.place}`);
  if (![description, vault.pscEndpointId, vault.endpoint].every(isTextOrNothing)) {
    return invalid("description, pscEndpointId and endpoint of a vault must be texts or null");
  }
  if (!Array.isArray(permissionItems) || !permissionItems.every(isJsonObject)) {
    return invalid("permissionItems of a vault must be an array of objects");
  }
  if (!isRegex(allowedRemoteSecretRefRegex)) {
    return invalid("allowedRemoteSecretRefRegex must be a regular expression or null");
  }
  if (!isJsonObject(cacheSettings) || typeof cacheSettings.maxCachingMinutes !== "number") {
    return invalid("cacheSettings of a vault need maxCachingMinutes");
  }
  return isJsonObject(authConfig) && known.ways.includes(String(authConfig.type))
    ? undefined
    : invalid(`authConfig of a vault of type ${type} must have a type among ${known.ways.join(", ")}`);
};

/** Stores a vault: the way into it apart. */
export const putVault = (world: World, { authConfig, ...vault }: JsonObject): void => {
  world.of(vaults).set(String(vault.id), vault);
  world.of(vaultAuths).set(String(vault.id), authConfig as JsonObject);
};

/** A vault with the way into it. */
export const vaultOf = (world: World, id: string): JsonObject => ({
  ...world.of(vaults).get(id),
  authConfig: world.of(vaultAuths).get(id),
});

/** The id of the vault that a request names. */
export const findVault = (world: World, { params }: Call): Effect.Effect<string, SimulatedRefusal> => {
  const { vaultId = "" } = params;
  return world.of(vaults).has(vaultId) ? Effect.succeed(vaultId) : Effect.fail(missing(`Vault ${vaultId}`));
};

/** Fills an instance with a vault. */
export const seedVaults = (world: World, boot: number): void => {
  const created = boot - 90 * 86_400_000;
  putVault(world, {
    id: "aws-main",
    type: "AWS_SECRETS_MANAGER",
    description: "Secrets of production",
    permissionItems: [],
    allowedRemoteSecretRefRegex: "prod/.*",
    cacheSettings: { maxCachingMinutes: 5 },
    regionOrEndpoint: "eu-west-1",
    createdBy: "admin",
    createdOn: created,
    lastUpdatedBy: "admin",
    lastUpdatedOn: created,
    authConfig: {
      type: "KEYPAIR",
      accessKey: "AKIA0SIMULATED",
      secretKey: "of-the-vault-7f3a90",
      sessionToken: null,
    },
  });
};
