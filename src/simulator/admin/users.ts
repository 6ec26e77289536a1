/**
 * The users of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  type Call,
  emptyAnswer,
  flag,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import {
  createUser,
  deleteUser,
  listedUser,
  saveUser,
  userActivity,
  userInfo,
  type UserRecord,
  users,
} from "./users_state.ts";
import type { World } from "../kernel/world.ts";
import { groups } from "./groups_state.ts";

const findUser = (world: World, { params }: Call): Effect.Effect<UserRecord, SimulatedRefusal> => {
  const user = world.of(users).get(params.login!);
  return user === undefined ? Effect.fail(missing(`User ${params.login}`)) : Effect.succeed(user);
};

/** Does it, or is refused. */
const unless = (fault: SimulatedRefusal | undefined): Effect.Effect<void, SimulatedRefusal> =>
  fault === undefined ? Effect.void : Effect.fail(fault);

/** Does something for each of many users: what DSS refuses for one does not keep the others from it. */
const forEach = <A>(
  { json }: Call,
  isItem: (item: unknown) => item is A,
  work: (item: A) => readonly [login: string, fault: SimulatedRefusal | undefined],
) =>
  Array.isArray(json) && json.every(isItem)
    ? Effect.succeed(jsonAnswer(json.map((item) => {
      const [login, fault] = work(item);
      return { login, status: fault === undefined ? "SUCCESS" : "FAILURE", error: fault?.detail ?? "" };
    })))
    : Effect.fail(invalid("The body must be a list with an entry for each user"));

const isLogin = (item: unknown): item is string => typeof item === "string";

const edited = (world: World, sent: JsonObject): SimulatedRefusal | undefined => {
  const user = world.of(users).get(String(sent.login));
  return user === undefined ? missing(`User ${sent.login}`) : saveUser(user, { ...user.document, ...sent });
};

/** @internal */
export const usersRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/users/",
    known: "documented",
    note:
      "The fields of a printed answer; with includeSettings, whole documents. That the latter have all fields of a list too is assumed.",
    admin: true,
    handle: ({ query }, world) => {
      const withSettings = flag(query, "includeSettings");
      return Effect.succeed(
        jsonAnswer([...world.of(users).values()].map((user) => ({
          ...listedUser(user),
          ...(withSettings ? user.document : {}),
        }))),
      );
    },
  },
  {
    method: "POST",
    path: "/admin/users/",
    known: "official client",
    note:
      "The fields that the client sends; answers a text. That a taken login is refused with 409, that a local user needs a password, and that any profile and any group is taken, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        yield* unless(createUser(world, yield* documentSent(world, call), call.now));
        return emptyAnswer;
      }),
  },
  {
    method: "POST",
    path: "/admin/users/actions/bulk",
    known: "official client",
    note: "login, status and error for each user, in their order; error is empty for a success.",
    admin: true,
    handle: (call, world) =>
      forEach(call, isJsonObject, (sent) => [String(sent.login ?? ""), createUser(world, sent, call.now)]),
  },
  {
    method: "PUT",
    path: "/admin/users/actions/bulk",
    known: "official client",
    note: "The same answer. That what is sent takes the place of whole fields at the top of a document is assumed.",
    admin: true,
    handle: (call, world) => forEach(call, isJsonObject, (sent) => [String(sent.login ?? ""), edited(world, sent)]),
  },
  {
    method: "DELETE",
    path: "/admin/users/actions/bulk",
    known: "official client",
    note: "The same answer, for a list of logins in the body.",
    admin: true,
    handle: (call, world) =>
      forEach(call, isLogin, (login) => [
        login,
        deleteUser(world, login, {
          login: call.user.login,
          allowSelfDeletion: flag(call.query, "allowSelfDeletion"),
        }),
      ]),
  },
  {
    method: "GET",
    path: "/admin/users/:login",
    known: "documented",
    note: "The whole document; it never has the password.",
    admin: true,
    handle: (call, world) => Effect.map(findUser(world, call), ({ document }) => jsonAnswer(document)),
  },
  {
    method: "PUT",
    path: "/admin/users/:login",
    known: "documented",
    note:
      "Takes the place of the whole document; the login stays. That creationDate and trialStatus stay too, that secrets are read back as they were written, and the answer, are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const user = yield* findUser(world, call);
        yield* unless(saveUser(user, yield* documentSent(world, call)));
        return jsonAnswer({ msg: `Updated user ${user.document.login}` });
      }),
  },
  {
    method: "DELETE",
    path: "/admin/users/:login",
    known: "official client",
    note:
      "An empty answer; oneself only with allowSelfDeletion. The status of that refusal, and that the keys of the user are gone too, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const allowSelfDeletion = flag(call.query, "allowSelfDeletion");
        yield* unless(deleteUser(world, call.params.login!, { login: call.user.login, allowSelfDeletion }));
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/admin/users/:login/activity",
    known: "official client",
    note: "Times in milliseconds since 1970, 0 for never.",
    admin: true,
    handle: (call, world) => Effect.map(findUser(world, call), (user) => jsonAnswer(userActivity(user))),
  },
  {
    method: "GET",
    path: "/admin/users-activity",
    known: "official client",
    note: "The activity of each user, or with enabledUsersOnly of those that are enabled.",
    admin: true,
    handle: ({ query }, world) => {
      const shown = [...world.of(users).values()].filter(({ document }) =>
        document.enabled === true || !flag(query, "enabledUsersOnly")
      );
      return Effect.succeed(jsonAnswer(shown.map(userActivity)));
    },
  },
  {
    method: "GET",
    path: "/admin/list-trial-expired-users",
    known: "official client",
    note: "A list; that its items are those of the list of users is assumed.",
    admin: true,
    handle: (_, world) => {
      const expired = [...world.of(users).values()].filter(({ document }) =>
        (document.trialStatus as { readonly expired?: unknown }).expired === true
      );
      return Effect.succeed(jsonAnswer(expired.map(listedUser)));
    },
  },
  {
    method: "GET",
    path: "/admin/authorization-matrix",
    known: "documented",
    note: "perUser, of enabled users, and perGroup, alike; what is in them is assumed.",
    admin: true,
    handle: (_, world) => {
      const enabled = [...world.of(users).values()].filter(({ document }) => document.enabled === true);
      return Effect.succeed(jsonAnswer({
        perUser: Object.fromEntries(
          enabled.map(({ document: { login, groups } }) => [login, { groups, projects: world.keysOf("projects") }]),
        ),
        perGroup: Object.fromEntries(
          [...world.of(groups).values()].map((
            { name, admin },
          ) => [name, { admin, projects: world.keysOf("projects") }]),
        ),
      }));
    },
  },
  {
    method: "GET",
    path: "/users",
    known: "official client",
    note: "login, displayName, groups, email and enabled; every user may ask.",
    handle: (_, world) => Effect.succeed(jsonAnswer([...world.of(users).values()].map(userInfo))),
  },
  {
    method: "GET",
    path: "/users/:login",
    known: "official client",
    note: "An item of that list.",
    handle: (call, world) => Effect.map(findUser(world, call), (user) => jsonAnswer(userInfo(user))),
  },
];
