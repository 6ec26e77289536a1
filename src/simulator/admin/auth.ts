/**
 * Who asks the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { groupsOf } from "./api_keys_state.ts";
import {
  type Call,
  flag,
  forbidden,
  invalid,
  jsonAnswer,
  type Route,
  type SimulatedRefusal,
  type User,
} from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { users } from "./users_state.ts";

const session = "dss_access_token";

/** What DSS says of who asks. */
const authInfo = (world: World, asking: User, authSource: string, withSecrets: boolean): JsonObject => {
  const { login } = asking;
  const user = world.of(users).get(login)?.document;
  const { userProfile = "FULL_DESIGNER", secrets = [] } = user ?? {};
  return {
    authSource,
    via: [],
    authIdentifier: login,
    groups: groupsOf(world, asking),
    userProfile,
    associatedDSSUSer: login,
    userForImpersonation: login,
    ...(withSecrets
      ? { secrets: (secrets as ReadonlyArray<JsonObject>).map(({ name, value }) => ({ key: name, value })) }
      : {}),
  };
};

/** The user of a browser: the session is the ticket of a user. */
const userOfBrowser = (world: World, { json }: Call): Effect.Effect<User, SimulatedRefusal> => {
  if (!isJsonObject(json)) return Effect.fail(invalid("The body must be an object of headers"));
  const cookie = Object.entries(json).find(([name]) => name.toLowerCase() === "cookie")?.[1];
  const pairs = typeof cookie === "string" ? cookie.split(/;\s*/) : [];
  const ticket = pairs.find((pair) => pair.startsWith(`${session}=`))?.slice(session.length + 1);
  const user = ticket === undefined ? undefined : world.tickets.get(ticket);
  return user === undefined ? Effect.fail(forbidden("The headers authenticate no user")) : Effect.succeed(user);
};

/** @internal */
export const authRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/auth/info",
    known: "documented",
    note: "The fields of a printed answer; that each key stands for a user, and the fields of secrets, are assumed.",
    handle: ({ user, query }, world) =>
      Effect.succeed(jsonAnswer(authInfo(world, user, "PERSONAL_API_KEY", flag(query, "withSecrets")))),
  },
  {
    method: "POST",
    path: "/auth/info-from-browser-headers",
    known: "official client",
    note:
      "The same, of the user of a browser. That its cookie dss_access_token holds a ticket is assumed, and so is the refusal of headers that authenticate nobody.",
    handle: (call, world) =>
      Effect.map(
        userOfBrowser(world, call),
        (user) => jsonAnswer(authInfo(world, user, "USER_FROM_UI", flag(call.query, "withSecrets"))),
      ),
  },
  {
    method: "POST",
    path: "/auth/ticket-from-browser-headers",
    known: "official client",
    note: "The ticket as msg. It authenticates the user of the browser.",
    handle: (call, world) =>
      Effect.map(userOfBrowser(world, call), (user) => {
        const ticket = world.chance.id();
        world.tickets.set(ticket, user);
        return jsonAnswer({ msg: ticket });
      }),
  },
  {
    method: "POST",
    path: "/auth/ticket",
    known: "official client",
    note: "The ticket. It authenticates the one who asked; that it does so for ever is a simplification.",
    handle: ({ user }, world) =>
      Effect.sync(() => {
        const ticket = world.chance.id();
        world.tickets.set(ticket, user);
        return jsonAnswer({ ticket });
      }),
  },
];
