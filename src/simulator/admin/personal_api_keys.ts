/**
 * The personal API keys of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  type ApiKeyRecord,
  apiKeySent,
  createPersonalApiKey,
  deleteApiKey,
  globalKeys,
  personalKeys,
  shownApiKey,
  userOf,
} from "./api_keys_state.ts";
import {
  type Call,
  emptyAnswer,
  forbidden,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import type { World } from "../kernel/world.ts";
import { users } from "./users_state.ts";

/** The key that a request names: somebody else's is there for administrators alone. */
const find = (world: World, { params: { keyId }, user }: Call): Effect.Effect<ApiKeyRecord, SimulatedRefusal> => {
  const record = world.of(personalKeys).get(keyId!);
  return record === undefined || (!user.admin && record.document.user !== user.login)
    ? Effect.fail(missing(`API key ${keyId}`))
    : Effect.succeed(record);
};

/** @internal */
export const personalApiKeysRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/personal-api-keys/",
    known: "public evidence",
    note: "The fields of a recorded answer, with secrets: this instance does not keep its keys hashed.",
    handle: ({ user }, world) => {
      const own = [...world.of(personalKeys).values()].filter(({ document }) => document.user === user.login);
      return Effect.succeed(jsonAnswer(own.map(shownApiKey)));
    },
  },
  {
    method: "POST",
    path: "/personal-api-keys/",
    known: "public evidence",
    note:
      "Answers the key with its secret; that the holder of a global key, who is no user, cannot have one is assumed.",
    handle: (call, world) =>
      Effect.flatMap(apiKeySent(world, call), (sent) => {
        const { user, now } = call;
        return world.of(globalKeys).has(user.login)
          ? Effect.fail(forbidden("A global API key cannot have personal API keys"))
          : Effect.succeed(jsonAnswer(shownApiKey(createPersonalApiKey(world, sent, user, user, now))));
      }),
  },
  {
    method: "GET",
    path: "/personal-api-keys/:keyId",
    known: "public evidence",
    note: "An item of the list; that administrators get the keys of others too is assumed.",
    handle: (call, world) => Effect.map(find(world, call), (record) => jsonAnswer(shownApiKey(record))),
  },
  {
    method: "PUT",
    path: "/personal-api-keys/:keyId",
    known: "official client",
    note: "Takes the label and the description, which is documented; that all else is ignored is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* find(world, call);
        const { label = "", description = "" } = yield* apiKeySent(world, call);
        record.document = { ...record.document, label, description };
        return emptyAnswer;
      }),
  },
  {
    method: "DELETE",
    path: "/personal-api-keys/:keyId",
    known: "official client",
    note: "Answers nothing; the key is refused from then on.",
    handle: (call, world) =>
      Effect.map(find(world, call), (record) => {
        deleteApiKey(world, personalKeys, record);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/admin/personal-api-keys/",
    known: "official client",
    note: "The keys of all users.",
    admin: true,
    handle: (_, world) => Effect.succeed(jsonAnswer([...world.of(personalKeys).values()].map(shownApiKey))),
  },
  {
    method: "POST",
    path: "/admin/personal-api-keys/",
    known: "official client",
    note: "Answers the key with its secret; that the user must exist is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const sent = yield* apiKeySent(world, call);
        const login = String(sent.user);
        if (!world.of(users).has(login)) return yield* Effect.fail(missing(`User ${login}`));
        const user = userOf(world, login);
        return jsonAnswer(shownApiKey(createPersonalApiKey(world, sent, user, call.user, call.now)));
      }),
  },
];
