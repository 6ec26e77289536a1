/**
 * Users of the simulated DSS.
 *
 * @module
 * @internal
 */
import { groups, isAbsentOr, isTexts, sourceTypes } from "./groups_state.ts";
import { conflict, invalid, missing, type SimulatedRefusal, type User } from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A user. */
export interface UserRecord {
  /** Replaced as a whole, never changed. */
  document: JsonObject;
  /** What the user did last, in milliseconds since 1970; `0` for never. */
  readonly activity: {
    readonly lastSuccessfulLogin: number;
    readonly lastFailedLogin: number;
    readonly lastSessionActivity: number;
  };
}

/** Users by login. */
export const users: Slice<Map<string, UserRecord>> = slice("users", () => new Map());

const switches = [
  "mentionEmails",
  "discussionEmails",
  "accessRequestEmails",
  "grantedAccessEmails",
  "grantedPluginRequestEmails",
  "pluginRequestEmails",
  "instanceAccessRequestsEmails",
  "profileUpgradeRequestsEmails",
  "codeEnvCreationRequestEmails",
  "grantedCodeEnvCreationRequestEmails",
  "dailyDigestsEmails",
  "offlineActivityEmails",
  "rememberPositionFlow",
  "loginLogoutNotifications",
  "watchedObjectsEditionsNotifications",
  "objectOnCurrentProjectCreatedDeletedNotifications",
  "anyObjectOnCurrentProjectEditedNotifications",
  "watchStarOnCurrentProjectNotifications",
  "otherUsersJobsTasksNotifications",
  "requestAccessNotifications",
  "scenarioRunNotifications",
];

const noTrial = { exists: false, expired: false, valid: false, illegal: false, expiresOn: 0, grantedOn: 0 };

const isText = (value: unknown): boolean => typeof value === "string";

const isSecrets = (value: unknown): boolean =>
  Array.isArray(value) && value.every((secret) => isJsonObject(secret) && isText(secret.name));

const kinds: ReadonlyArray<readonly [key: string, fits: (value: unknown) => boolean]> = [
  ["displayName", isText],
  ["email", isText],
  ["password", isText],
  ["userProfile", isText],
  ["groups", isTexts],
  ["sourceType", (value) => sourceTypes.includes(String(value))],
  ["enabled", (value) => typeof value === "boolean"],
  ["preferences", isJsonObject],
  ["secrets", isSecrets],
  ["credentials", isJsonObject],
  ["userProperties", isJsonObject],
  ["adminProperties", isJsonObject],
];

/** Why a user cannot be stored. */
export const faultInUser = (sent: JsonObject): SimulatedRefusal | undefined => {
  const wrong = kinds.find(([key, fits]) => !isAbsentOr(sent[key], fits));
  return wrong === undefined ? undefined : invalid(`${wrong[0]} of a user is not as it must be`);
};

/** A user, as it is stored: what DSS itself says stays, and the password is never shown. */
export const completeUser = (
  { password: _, ...sent }: JsonObject,
  login: string,
  creationDate: unknown,
  trialStatus: unknown = noTrial,
): JsonObject => {
  const userProfile = sent.userProfile ?? "FULL_DESIGNER";
  return {
    displayName: login,
    email: null,
    sourceType: "LOCAL",
    enabled: true,
    preferences: { uiLanguage: "en", ...Object.fromEntries(switches.map((name) => [name, true])) },
    secrets: [],
    credentials: {},
    userProperties: {},
    adminProperties: {},
    ...sent,
    groups: sent.groups ?? [],
    login,
    userProfile,
    resultingUserProfile: userProfile,
    creationDate,
    trialStatus,
  };
};

/** Creates a user, or says why it cannot. */
export const createUser = (world: World, sent: JsonObject, now: number): SimulatedRefusal | undefined => {
  const { login, password, sourceType = "LOCAL" } = sent;
  if (typeof login !== "string" || login === "") return invalid("A user needs a login");
  const fault = faultInUser(sent);
  if (fault !== undefined) return fault;
  if (sourceType === "LOCAL" && (password ?? "") === "") return invalid(`The local user ${login} needs a password`);
  if (world.of(users).has(login)) return conflict(`User ${login} exists already`);
  world.of(users).set(login, {
    document: completeUser(sent, login, now),
    activity: { lastSuccessfulLogin: 0, lastFailedLogin: 0, lastSessionActivity: 0 },
  });
  return undefined;
};

/** Replaces the document of a user, or says why it cannot. */
export const saveUser = (user: UserRecord, sent: JsonObject): SimulatedRefusal | undefined => {
  const { login, creationDate, trialStatus } = user.document;
  const fault = faultInUser(sent);
  if (fault === undefined) user.document = completeUser(sent, String(login), creationDate, trialStatus);
  return fault;
};

/** Deletes a user with its keys and tickets, or says why it cannot. */
export const deleteUser = (
  world: World,
  login: string,
  by: { readonly login: string; readonly allowSelfDeletion: boolean },
): SimulatedRefusal | undefined => {
  if (!world.of(users).has(login)) return missing(`User ${login}`);
  if (login === by.login && !by.allowSelfDeletion) return invalid("You cannot delete yourself");
  world.of(users).delete(login);
  for (const held of [world.keys, world.tickets]) {
    for (const [secret, owner] of held) if (owner.login === login) held.delete(secret);
  }
  world.removed(`users/${login}`);
  return undefined;
};

/** The groups of a user; none for who is no user. */
export const groupsOf = (world: World, login: string): ReadonlyArray<unknown> => {
  const groups = world.of(users).get(login)?.document.groups;
  return Array.isArray(groups) ? groups : [];
};

/** Whether a group of a user makes it an administrator. */
export const isAdministrator = (world: World, login: string): boolean =>
  groupsOf(world, login).some((name) => world.of(groups).get(String(name))?.admin === true);

/** Whether something that is given to a group or a user is given to a user. */
export const isGivenTo = (world: World, { user, group }: JsonObject, login: string): boolean =>
  user === login || groupsOf(world, login).includes(group);

/** What lists say of a user, without its settings. */
export const listedUser = ({ document }: UserRecord): JsonObject => {
  const { preferences: _, secrets: _s, credentials: _c, userProperties: _u, adminProperties: _a, ...listed } = document;
  return { ...listed, activeWebSocketSesssions: 0 };
};

/** What every user may know of a user. */
export const userInfo = ({ document }: UserRecord): JsonObject => {
  const { login, displayName, groups, email, enabled } = document;
  return { login, displayName, groups, email, enabled };
};

/** What a user did last. */
export const userActivity = ({ document: { login }, activity }: UserRecord): JsonObject => ({ login, ...activity });

/** Who a login stands for. */
export const userNamed = (world: World, login: string): User => ({ login, admin: isAdministrator(world, login) });
