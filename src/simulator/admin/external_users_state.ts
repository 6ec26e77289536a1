/**
 * The suppliers of users that a simulated DSS asks, and what it takes over from them.
 *
 * @module
 * @internal
 */
import { infoMessage } from "../kernel/info_messages.ts";
import { invalid, missing, type SimulatedRefusal } from "../kernel/route.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import { createUser, saveUser, users } from "./users_state.ts";
import type { World } from "../kernel/world.ts";

/** A user, as a supplier knows it. */
export interface SuppliedUser {
  readonly login: string;
  readonly displayName: string;
  readonly email: string;
  readonly groups: ReadonlyArray<string>;
}

/** The users of each supplier. */
const suppliers: ReadonlyMap<string, ReadonlyArray<SuppliedUser>> = new Map([
  ["LDAP", [
    { login: "lena", displayName: "Lena Fischer-Braun", email: "lena@example.com", groups: ["readers", "data_team"] },
    { login: "omar", displayName: "Omar Haddad", email: "omar@example.com", groups: ["readers"] },
    { login: "ines", displayName: "Ines Costa", email: "ines@example.com", groups: ["data_team"] },
  ]],
  ["AZURE_AD", [{ login: "noor", displayName: "Noor Aziz", email: "noor@example.com", groups: ["readers"] }]],
]);

/** What is asked of a supplier: the first of these that is said counts. */
export interface SupplierQuery {
  readonly login: string | null;
  readonly email: string | null;
  readonly groupName: string | null;
}

/** The users of a supplier; `undefined` when this DSS has no such supplier. */
export const supplied = (
  sourceType: string,
  { login, email, groupName }: SupplierQuery,
): ReadonlyArray<SuppliedUser> | undefined =>
  suppliers.get(sourceType)?.filter((user) => {
    if (login !== null || email !== null) {
      return (login === null || user.login === login) && (email === null || user.email === email);
    }
    return groupName === null || user.groups.includes(groupName);
  });

/** The names of the groups of a supplier. */
export const suppliedGroups = (sourceType: string): ReadonlyArray<string> | undefined => {
  const users = suppliers.get(sourceType);
  return users === undefined ? undefined : [...new Set(users.flatMap(({ groups }) => groups))].sort();
};

const report = (failures: ReadonlyArray<SimulatedRefusal>, done: string): JsonObject =>
  failures[0] === undefined
    ? infoMessage("SUCCESS", "INFO_USERS_SUPPLIED", "Users are up to date", done)
    : infoMessage("ERROR", "ERR_USERS_SUPPLIED", "Some users could not be written", failures[0].detail);

/** Creates users of a supplier, and reports. */
export const provision = (
  world: World,
  sourceType: string,
  users: ReadonlyArray<JsonObject>,
  at: number,
): JsonObject => {
  const faults = users.flatMap((user) => createUser(world, { ...user, sourceType }, at) ?? []);
  return report(faults, `${users.length} users`);
};

/** Why a user cannot be taken over from a supplier. */
export const faultInResync = (world: World, login: string): SimulatedRefusal | undefined => {
  const user = world.of(users).get(login);
  if (user === undefined) return missing(`User ${login}`);
  return suppliers.has(String(user.document.sourceType)) ? undefined : invalid(`User ${login} has no supplier`);
};

/** The logins of all users that have a supplier. */
export const withSupplier = (world: World): ReadonlyArray<string> =>
  [...world.of(users).keys()].filter((login) => faultInResync(world, login) === undefined);

/** Takes over what suppliers say of users, and reports. */
export const resync = (world: World, logins: ReadonlyArray<string>): JsonObject => {
  const faults = logins.flatMap((login) => {
    const user = world.of(users).get(login);
    if (user === undefined) return missing(`User ${login}`);
    const { sourceType } = user.document;
    const found = suppliers.get(String(sourceType))?.find((each) => each.login === login);
    return found === undefined
      ? missing(`User ${login} of ${sourceType}`)
      : saveUser(user, { ...user.document, ...found }) ?? [];
  });
  return report(faults, `${logins.length} users`);
};
