/**
 * The users that a simulated DSS gets from suppliers.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { faultInResync, provision, resync, supplied, suppliedGroups, withSupplier } from "./external_users_state.ts";
import { futureState, startFuture } from "../kernel/futures.ts";
import { isTexts } from "./groups_state.ts";
import { type Answer, type Call, invalid, jsonAnswer, type Route, type SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

/** Does it in a future; the result is made at its end. */
const inFuture = (
  world: World,
  { user, now }: Call,
  displayName: string,
  result: (at: number) => unknown,
): Effect.Effect<Answer> =>
  Effect.sync(() => {
    const end = (at: number) => ({ result: result(at) });
    const plan = { owner: user.login, displayName, kind: "USERS_SUPPLIER", seconds: 1, end };
    return jsonAnswer(futureState(startFuture(world, now, plan), now));
  });

const noSupplier = (sourceType: string): Effect.Effect<never, SimulatedRefusal> =>
  Effect.fail(invalid(`This DSS gets no users from ${sourceType}`));

const resyncInFuture = (
  world: World,
  call: Call,
  logins: ReadonlyArray<string>,
): Effect.Effect<Answer, SimulatedRefusal> => {
  const fault = logins.map((login) => faultInResync(world, login)).find((fault) => fault !== undefined);
  return fault === undefined
    ? inFuture(world, call, "Resynchronizing users", () => resync(world, logins))
    : Effect.fail(fault);
};

/** @internal */
export const externalUsersRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/external-users",
    known: "official client",
    note:
      "A future of a list of users; a login or a mail address counts more than a group. The fields of a user, and that a supplier that is not set up is refused, are assumed.",
    admin: true,
    handle: (call, world) => {
      const { query } = call;
      const sourceType = query.get("userSourceType") ?? "";
      const [login, email, groupName] = [query.get("login"), query.get("email"), query.get("groupName")];
      const users = supplied(sourceType, { login, email, groupName });
      return users === undefined
        ? noSupplier(sourceType)
        : inFuture(world, call, `Fetching users from ${sourceType}`, () => users);
    },
  },
  {
    method: "GET",
    path: "/admin/external-groups",
    known: "official client",
    note: "A future of a list of names.",
    admin: true,
    handle: (call, world) => {
      const sourceType = call.query.get("userSourceType") ?? "";
      const groups = suppliedGroups(sourceType);
      return groups === undefined
        ? noSupplier(sourceType)
        : inFuture(world, call, `Fetching groups from ${sourceType}`, () => groups);
    },
  },
  {
    method: "POST",
    path: "/admin/users/actions/provision",
    known: "official client",
    note:
      "userSourceType and users; answers a future. That its result is a report of messages, with an error when a user exists already, is assumed.",
    admin: true,
    handle: (call, world) => {
      const { userSourceType, users } = isJsonObject(call.json) ? call.json : {};
      const sourceType = String(userSourceType);
      if (suppliedGroups(sourceType) === undefined) return noSupplier(sourceType);
      return Array.isArray(users) && users.every(isJsonObject)
        ? inFuture(world, call, "Creating users", (at) => provision(world, sourceType, users, at))
        : Effect.fail(invalid("The body must have a list of users"));
    },
  },
  {
    method: "POST",
    path: "/admin/users/actions/resync-multi",
    known: "official client",
    note:
      "A list of logins, or no body for all users; answers a future. Its result, and that users without a supplier are refused, are assumed.",
    admin: true,
    handle: (call, world) => {
      if (call.body.length === 0) return resyncInFuture(world, call, withSupplier(world));
      return isTexts(call.json)
        ? resyncInFuture(world, call, call.json as ReadonlyArray<string>)
        : Effect.fail(invalid("The body must be a list of logins"));
    },
  },
  {
    method: "POST",
    path: "/admin/users/:login/actions/resync",
    known: "official client",
    note: "The same, for one user.",
    admin: true,
    handle: (call, world) => resyncInFuture(world, call, [call.params.login!]),
  },
];
