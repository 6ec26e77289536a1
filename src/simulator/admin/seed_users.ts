/**
 * The users and groups that a simulated DSS starts with.
 *
 * @module
 * @internal
 */
import { completeGroup, groups } from "./groups_state.ts";
import type { JsonObject } from "../kernel/stored_document.ts";
import { completeUser, users } from "./users_state.ts";
import type { World } from "../kernel/world.ts";

const day = 86_400_000;

const groupRows: ReadonlyArray<JsonObject> = [
  { name: "administrators", description: "Administrators", admin: true },
  {
    name: "data_team",
    description: "Data team",
    mayCreateProjects: true,
    mayWriteUnsafeCode: true,
    mayWriteSafeCode: true,
  },
  { name: "readers", description: "Readers", sourceType: "LDAP", ldapGroupNames: ["cn=readers,ou=groups"] },
];

/** A user of the seed, with the days since the last login. */
type UserRow = readonly [document: JsonObject & { readonly login: string }, daysAway: number | undefined];

const userRows: ReadonlyArray<UserRow> = [
  [{ login: "admin", displayName: "Administrator", groups: ["administrators"] }, 0],
  [{ login: "maria", displayName: "Maria Lopez", email: "maria@example.com", groups: ["data_team"] }, 1],
  [{
    login: "lena",
    displayName: "Lena Fischer",
    email: "lena@example.com",
    groups: ["readers"],
    sourceType: "LDAP",
    userProfile: "READER",
  }, 40],
  [{ login: "tom", displayName: "Tom Ito", groups: ["readers"], userProfile: "READER", enabled: false }, undefined],
];

/** Fills an instance with users and groups. */
export const seedUsers = (world: World, boot: number): void => {
  for (const group of groupRows) world.of(groups).set(String(group.name), completeGroup(group, String(group.name)));
  for (const [document, daysAway] of userRows) {
    const last = daysAway === undefined ? 0 : boot - daysAway * day;
    const trial = { exists: true, expired: true, valid: false, illegal: false };
    world.of(users).set(document.login, {
      document: completeUser(
        document,
        document.login,
        boot - 300 * day,
        document.login === "tom" ? { ...trial, grantedOn: boot - 300 * day, expiresOn: boot - 270 * day } : undefined,
      ),
      activity: {
        lastSuccessfulLogin: last,
        lastFailedLogin: document.login === "tom" ? boot - 269 * day : 0,
        lastSessionActivity: last === 0 ? 0 : last + 60_000,
      },
    });
  }
};
