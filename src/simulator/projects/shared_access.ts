/**
 * What is shared in the simulated DSS with groups and users: workspaces, data collections.
 *
 * @module
 * @internal
 */
import { forbidden, invalid, type SimulatedRefusal, type User } from "../kernel/route.ts";
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
export const faultInAccess = (permissions: unknown): SimulatedRefusal | undefined =>
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
export const mayNot = (
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
