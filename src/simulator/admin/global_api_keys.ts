/**
 * The global API keys of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  type ApiKeyRecord,
  apiKeySent,
  createGlobalApiKey,
  deleteApiKey,
  globalKeys,
  saveGlobalApiKey,
  shownApiKey,
  unknownGroup,
} from "./api_keys_state.ts";
import {
  type Answer,
  type Call,
  emptyAnswer,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import type { World } from "../kernel/world.ts";

const find = (world: World, { params: { keyId } }: Call): Effect.Effect<ApiKeyRecord, SimulatedRefusal> => {
  const record = world.of(globalKeys).get(keyId!);
  return record === undefined ? Effect.fail(missing(`API key ${keyId}`)) : Effect.succeed(record);
};

const noSuchGroup = (name: string) => ({
  messages: {
    anyMessage: true,
    success: false,
    warning: false,
    error: true,
    fatal: false,
    maxSeverity: "ERROR",
    messages: [{ severity: "ERROR", isFatal: false, title: "Unknown group", message: `Group ${name} does not exist` }],
  },
});

const list: Route["handle"] = (_, world) =>
  Effect.succeed(jsonAnswer([...world.of(globalKeys).values()].map(shownApiKey)));

const create: Route["handle"] = (call, world) =>
  Effect.map(apiKeySent(world, call), (sent) => {
    const group = unknownGroup(world, sent);
    return jsonAnswer(
      group === undefined ? shownApiKey(createGlobalApiKey(world, sent, call.user, call.now)) : noSuchGroup(group),
    );
  });

const save = (world: World, call: Call, record: ApiKeyRecord): Effect.Effect<Answer, SimulatedRefusal> =>
  Effect.gen(function* () {
    const sent = yield* apiKeySent(world, call);
    const group = unknownGroup(world, sent);
    if (group !== undefined) return yield* Effect.fail(missing(`Group ${group}`));
    saveGlobalApiKey(world, record, sent, call.now);
    return emptyAnswer;
  });

const remove = (world: World, record: ApiKeyRecord): Answer => {
  deleteApiKey(world, globalKeys, record);
  return emptyAnswer;
};

/** The key that a request names by its secret. */
const findBySecret = (world: World, { params: { secret } }: Call): Effect.Effect<ApiKeyRecord, SimulatedRefusal> => {
  const record = [...world.of(globalKeys).values()].find((each) => each.secret === secret);
  return record === undefined ? Effect.fail(missing("An API key with this secret")) : Effect.succeed(record);
};

/** @internal */
export const globalApiKeysRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/global-api-keys/",
    known: "official client",
    note: "The fields that the official client reads, with secrets: this instance does not keep its keys hashed.",
    admin: true,
    handle: list,
  },
  {
    method: "POST",
    path: "/admin/global-api-keys/",
    known: "official client",
    note:
      "Answers the key with its secret, or 200 with messages of an error; that a group that does not exist is such an error is assumed.",
    admin: true,
    handle: create,
  },
  {
    method: "GET",
    path: "/admin/global-api-keys/:keyId",
    known: "official client",
    note: "An item of the list.",
    admin: true,
    handle: (call, world) => Effect.map(find(world, call), (record) => jsonAnswer(shownApiKey(record))),
  },
  {
    method: "PUT",
    path: "/admin/global-api-keys/:keyId",
    known: "official client",
    note:
      "Takes the place of the definition; that id, secret and origin stay, and that expiry counts from the creation in days, is what the official client documents. That a key that has expired is refused as an unknown one is assumed.",
    admin: true,
    handle: (call, world) => Effect.flatMap(find(world, call), (record) => save(world, call, record)),
  },
  {
    method: "DELETE",
    path: "/admin/global-api-keys/:keyId",
    known: "official client",
    note: "Answers nothing; the key is refused from then on.",
    admin: true,
    handle: (call, world) => Effect.map(find(world, call), (record) => remove(world, record)),
  },
  {
    method: "GET",
    path: "/admin/globalAPIKeys/",
    known: "official client",
    note: "The same list, for clients before 14.",
    admin: true,
    handle: list,
  },
  {
    method: "POST",
    path: "/admin/globalAPIKeys/",
    known: "official client",
    note: "The same, for clients before 14.",
    admin: true,
    handle: create,
  },
  {
    method: "GET",
    path: "/admin/globalAPIKeys/:secret",
    known: "official client",
    note: "The key with a secret, deprecated; an unknown secret is an error, which is documented.",
    admin: true,
    handle: (call, world) => Effect.map(findBySecret(world, call), (record) => jsonAnswer(shownApiKey(record))),
  },
  {
    method: "PUT",
    path: "/admin/globalAPIKeys/:secret",
    known: "official client",
    note: "Takes the place of the definition, for clients before 14.",
    admin: true,
    handle: (call, world) => Effect.flatMap(findBySecret(world, call), (record) => save(world, call, record)),
  },
  {
    method: "DELETE",
    path: "/admin/globalAPIKeys/:secret",
    known: "official client",
    note: "Answers nothing, for clients before 14.",
    admin: true,
    handle: (call, world) => Effect.map(findBySecret(world, call), (record) => remove(world, record)),
  },
];
