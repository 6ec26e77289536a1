/**
 * What is shared in the simulated DSS with groups and users: workspaces, data collections.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, forbidden, invalid, missing, type SimulatedRefusal, type User } from "../kernel/route.ts";
import type { Slice } from "../kernel/slice.ts";
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import { isGivenTo } from "../admin/users_state.ts";
import type { World } from "../kernel/world.ts";

/** Something that is shared, and what is in it. */
export interface SharedRecord {
  /** Replaced as a whole, never changed. */
  document: JsonObject;
  objects: ReadonlyArray<JsonObject>;
}

/** What can be given. */
export type Right = "admin" | "write" | "read";

const isPermission = (value: unknown): boolean =>
  isJsonObject(value) && (typeof value.group === "string") !== (typeof value.user === "string") &&
  ["admin", "write", "read"].every((right) => value[right] === undefined || typeof value[right] === "boolean");

/** Why permissions cannot be stored. */
const faultInAccess = (permissions: unknown): SimulatedRefusal | undefined =>
  Array.isArray(permissions) && permissions.every(isPermission)
    ? undefined
    : invalid("A permission needs a group or a user, and booleans for what they may do");

/** Whether a user has a right: an administrator of what is shared has all of them, and who may write may read. */
export const mayDo = (world: World, { document }: SharedRecord, { login, admin }: User, right: Right): boolean => {
  const enough = right === "read" ? ["read", "write", "admin"] : right === "write" ? ["write", "admin"] : ["admin"];
  return admin ||
    jsonObjects(document.permissions).some((each) =>
      isGivenTo(world, each, login) && enough.some((key) => each[key] === true)
    );
};

/** Why a user may not do something with what is shared. */
const mayNot = (
  world: World,
  shared: SharedRecord,
  user: User,
  right: Right,
  what: string,
): SimulatedRefusal | undefined =>
  mayDo(world, shared, user, right)
    ? undefined
    : forbidden(`User ${user.login} is not an administrator of ${what}, nor has the right to ${right} it`);

/** What a user sees of what is shared: its permissions are for its administrators. */
export const shownTo = (world: World, shared: SharedRecord, user: User): JsonObject => {
  if (mayDo(world, shared, user, "admin")) return shared.document;
  const { permissions: _, ...rest } = shared.document;
  return { ...rest, permissions: null };
};

/** Finds what a request names by a hole of its path, when the user has a right. */
export const sharedFinder = (
  slice: Slice<Map<string, SharedRecord>>,
  hole: string,
  what: string,
): (world: World, call: Call, right: Right) => Effect.Effect<SharedRecord, SimulatedRefusal> =>
(world, { params, user }, right) => {
  const id = params[hole]!;
  const found = world.of(slice).get(id);
  if (found === undefined) return Effect.fail(missing(`${what} ${id}`));
  const refusal = mayNot(world, found, user, right, `${what.toLowerCase()} ${id}`);
  return refusal === undefined ? Effect.succeed(found) : Effect.fail(refusal);
};

/** What of it all a user may read. */
export const readableBy = (
  world: World,
  slice: Slice<Map<string, SharedRecord>>,
  user: User,
): ReadonlyArray<SharedRecord> => [...world.of(slice).values()].filter((each) => mayDo(world, each, user, "read"));

const isTextOrNothing = (value: unknown): boolean => value === null || value === undefined || typeof value === "string";

/** Why a document cannot be stored, apart from what only its noun has. */
export const faultInShared = (
  { displayName, color, description, permissions }: JsonObject,
  what: string,
): SimulatedRefusal | undefined => {
  if (typeof displayName !== "string" || displayName === "") return invalid(`${what} needs a name`);
  if (!isTextOrNothing(color) || !isTextOrNothing(description)) {
    return invalid(`The color and the description of ${what.toLowerCase()} must be texts`);
  }
  return faultInAccess(permissions);
};

/** A document that is created: whoever creates it administrates it, when no permissions are given. */
export const newShared = (sent: JsonObject, { login }: User, color: string): JsonObject => ({
  ...sent,
  color: sent.color ?? color,
  description: sent.description ?? "",
  permissions: sent.permissions ?? [{ user: login, admin: true, write: true, read: true }],
});
