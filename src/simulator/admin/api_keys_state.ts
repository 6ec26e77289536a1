/**
 * API keys of the simulated DSS: they open its doors until they are deleted or expire.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { type Call, invalid, refuse, type SimulatedRefusal, type User } from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { groups } from "./groups_state.ts";
import { users } from "./users_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** An API key. */
export interface ApiKeyRecord {
  readonly secret: string;
  /** Without the secret; replaced as a whole, never changed. */
  document: JsonObject;
}

/** Global API keys by id. */
export const globalKeys: Slice<Map<string, ApiKeyRecord>> = slice("globalKeys", () => new Map(), { isSecret: true });

/** Personal API keys by id; they go with their user. */
export const personalKeys: Slice<Map<string, ApiKeyRecord>> = slice("personalKeys", () => new Map(), {
  isSecret: true,
  removed: (held, object) => {
    for (const [id, { document }] of held) if (object === `users/${document.user}`) held.delete(id);
  },
});

const day = 86_400_000;

const isText = (value: unknown): boolean => typeof value === "string";

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  label: isText,
  description: isText,
  dssUserForImpersonation: isText,
  expiry: (value) => typeof value === "number" && Number.isInteger(value) && value >= 0,
  groups: (value) => Array.isArray(value) && value.every(isText),
  globalPermissions: (value) => isJsonObject(value) && typeof (value.admin ?? false) === "boolean",
};

/** Why a key cannot be stored. */
const faultInApiKey = (sent: JsonObject): SimulatedRefusal | undefined => {
  const wrong = Object.entries(kinds).find(([name, fits]) => (sent[name] ?? null) !== null && !fits(sent[name]));
  return wrong === undefined ? undefined : invalid(`${wrong[0]} of an API key is not as it must be`);
};

/** A key as DSS shows it, on an instance that does not keep its keys hashed. */
export const shownApiKey = ({ document, secret }: ApiKeyRecord): JsonObject => ({ ...document, key: secret });

/** The first of some groups that does not exist. */
export const unknownGroup = (world: World, { groups: named }: JsonObject): string | undefined =>
  Array.isArray(named) ? named.find((name) => !world.of(groups).has(name)) : undefined;

/** The groups of who asks: a user, or the holder of a global key. */
export const groupsOf = (world: World, { login }: User): ReadonlyArray<unknown> => {
  const given = (world.of(users).get(login) ?? world.of(globalKeys).get(login))?.document.groups;
  return Array.isArray(given) ? given : [];
};

const isAdministrator = (world: World, given: unknown): boolean =>
  Array.isArray(given) && given.some((name) => world.of(groups).get(name)?.admin === true);

/** Whom a user's own key stands for. */
export const userOf = (world: World, login: string): User => ({
  login,
  admin: isAdministrator(world, world.of(users).get(login)?.document.groups),
});

/** Lets the holder of a key in, until it expires. */
const admit = (world: World, { secret, document }: ApiKeyRecord, user: User, now: number): void => {
  const expiresOn = Number(document.expiresOn ?? 0);
  if (expiresOn !== 0 && expiresOn <= now) return void world.keys.delete(secret);
  world.keys.set(secret, user);
  // A key that was changed since then has another user, and its own end.
  if (expiresOn !== 0) world.agenda.at(expiresOn, () => world.keys.get(secret) === user && world.keys.delete(secret));
};

const admitGlobal = (world: World, record: ApiKeyRecord, now: number): void => {
  const { id, globalPermissions, groups } = record.document;
  const own = isJsonObject(globalPermissions) && globalPermissions.admin === true;
  admit(world, record, { login: String(id), admin: own || isAdministrator(world, groups) }, now);
};

/** A global key, as it is stored: what DSS itself says stays. */
const completeGlobal = ({ key: _, ...sent }: JsonObject, { id, createdOn, createdBy }: JsonObject): JsonObject => {
  const { expiry } = sent;
  const expiresOn = typeof expiry === "number" && expiry > 0 ? Number(createdOn) + expiry * day : 0;
  return { description: null, ...sent, expiry: expiry ?? 0, id, createdOn, createdBy, expiresOn };
};

/** Creates a global key. */
export const createGlobalApiKey = (world: World, sent: JsonObject, by: User, now: number): ApiKeyRecord => {
  const origin = { id: world.chance.id(), createdOn: now, createdBy: by.login };
  const record = { secret: world.chance.id(32), document: completeGlobal(sent, origin) };
  world.of(globalKeys).set(origin.id, record);
  admitGlobal(world, record, now);
  return record;
};

/** Replaces the definition of a global key. */
export const saveGlobalApiKey = (world: World, record: ApiKeyRecord, sent: JsonObject, now: number): void => {
  record.document = completeGlobal(sent, record.document);
  admitGlobal(world, record, now);
};

/** Creates a personal key. */
export const createPersonalApiKey = (
  world: World,
  { label, description }: JsonObject,
  user: User,
  by: User,
  now: number,
): ApiKeyRecord => {
  const record: ApiKeyRecord = {
    secret: `dkuaps-${world.chance.id(32)}`,
    document: {
      id: world.chance.id(),
      user: user.login,
      label: label ?? "",
      description: description ?? "",
      createdOn: now,
      createdBy: by.login,
      expiresOn: 0,
    },
  };
  world.of(personalKeys).set(String(record.document.id), record);
  admit(world, record, user, now);
  return record;
};

/** The key that a request sends, if DSS takes it. */
export const apiKeySent = (world: World, call: Call): Effect.Effect<JsonObject, SimulatedRefusal> =>
  Effect.tap(documentSent(world, call), (sent) => refuse(faultInApiKey(sent)));

/** Deletes a key: its holder is refused from then on. */
export const deleteApiKey = (
  world: World,
  slice: Slice<Map<string, ApiKeyRecord>>,
  { document, secret }: ApiKeyRecord,
): void => {
  world.of(slice).delete(String(document.id));
  world.keys.delete(secret);
};
