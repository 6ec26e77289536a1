/**
 * Users of a supplier, as LDAP: fetched, created in DSS, and resynchronized.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { type ExternalSourceType, ExternalUser } from "../../schemas/admin/external_user.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { type DssRequest, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { startFuture } from "../../src/operation/started_future.ts";

export * from "../../schemas/admin/external_user.ts";
export { FutureAborted, type FutureEnd, FutureFailed, FutureLost } from "../../src/operation/future_failure.ts";
export type { FutureOperation, FutureOperationState } from "../../src/operation/future_operation.ts";

/** Which users are fetched; by default all. A login or a mail address counts more than a group. */
export interface FetchUsersOptions extends WaitOptions {
  /** The one with this login at the supplier, exactly. */
  readonly login?: string;
  /** The one with this mail address at the supplier, exactly. */
  readonly email?: string;
  /** The members of this group of the supplier. */
  readonly groupName?: string;
}

/** The start of work with a supplier. */
export type SupplierStart<A> = Effect.Effect<FutureOperation<A>, DssError>;

/** Work with a supplier, from its start to its end. */
export type SupplierWork<A> = Effect.Effect<A, DssError | FutureEnd | ContactLost | WaitTimedOut>;

/**
 * Users of a supplier, as LDAP: fetched, created in DSS, and resynchronized. All of it needs an administrator's key.
 *
 * A supplier may take its time, so everything comes twice: `fetch` starts the work, waits for its end, and aborts it when the wait is
 * interrupted; `startFetch` gives its operation. Work that fails is a `FutureFailed` with the messages of DSS. Starts are never sent twice:
 * a lost answer is `OutcomeUnknown`.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { ExternalUsers } from "@effect-dataiku/dss/external-users";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const external = yield* ExternalUsers;
 *   const found = yield* external.fetch("LDAP", { groupName: "readers" });
 *   return found.map(({ login }) => login);
 * });
 * const logins = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (!logins.includes("lena")) throw new Error("unexpected");
 * ```
 */
export interface ExternalUsers {
  /** Fetches users from a supplier. */
  fetch(sourceType: ExternalSourceType, options?: FetchUsersOptions): SupplierWork<ReadonlyArray<ExternalUser>>;
  /** Starts to fetch users from a supplier. */
  startFetch(sourceType: ExternalSourceType, options?: FetchUsersOptions): SupplierStart<ReadonlyArray<ExternalUser>>;
  /** Fetches the names of groups from a supplier. */
  fetchGroups(sourceType: ExternalSourceType, options?: WaitOptions): SupplierWork<ReadonlyArray<string>>;
  /** Starts to fetch the names of groups from a supplier. */
  startFetchGroups(sourceType: ExternalSourceType, options?: WaitOptions): SupplierStart<ReadonlyArray<string>>;
  /**
   * Creates users of a supplier in DSS.
   *
   * @param users As `fetch` gave them.
   */
  provision(
    sourceType: ExternalSourceType,
    users: ReadonlyArray<ExternalUser>,
    options?: WaitOptions,
  ): SupplierWork<unknown>;
  /** Starts to create users of a supplier in DSS. */
  startProvision(
    sourceType: ExternalSourceType,
    users: ReadonlyArray<ExternalUser>,
    options?: WaitOptions,
  ): SupplierStart<unknown>;
  /** Takes over what its supplier says of a user of DSS. */
  resync(login: string, options?: WaitOptions): SupplierWork<unknown>;
  /** Starts to take over what its supplier says of a user of DSS. */
  startResync(login: string, options?: WaitOptions): SupplierStart<unknown>;
  /** Takes over what their suppliers say of users of DSS. */
  resyncMany(logins: ReadonlyArray<string>, options?: WaitOptions): SupplierWork<unknown>;
  /** Starts to take over what their suppliers say of users of DSS. */
  startResyncMany(logins: ReadonlyArray<string>, options?: WaitOptions): SupplierStart<unknown>;
  /** Takes over what their suppliers say of all users of DSS. */
  resyncAll(options?: WaitOptions): SupplierWork<unknown>;
  /** Starts to take over what their suppliers say of all users of DSS. */
  startResyncAll(options?: WaitOptions): SupplierStart<unknown>;
}

/** Key of {@linkcode ExternalUsers}, with its layer. */
export const ExternalUsers: DssService<ExternalUsers> = service(
  "ExternalUsers",
  Effect.map(Dss, (dss): ExternalUsers => {
    const startFetch: ExternalUsers["startFetch"] = (
      userSourceType,
      { login, email, groupName, ...options } = {},
    ) =>
      startFuture(dss, {
        method: "ExternalUsers.fetch",
        request: get(path`/admin/external-users`, { query: { userSourceType, login, email, groupName } }),
        result: Schema.Array(ExternalUser),
      }, options);
    const startFetchGroups: ExternalUsers["startFetchGroups"] = (userSourceType, options) =>
      startFuture(dss, {
        method: "ExternalUsers.fetchGroups",
        request: get(path`/admin/external-groups`, { query: { userSourceType } }),
        result: Schema.Array(Schema.String),
      }, options);
    const startWrite = (method: string, request: DssRequest, options?: WaitOptions) =>
      startFuture(dss, { method: `ExternalUsers.${method}`, request, result: Schema.Unknown }, options);
    const startProvision: ExternalUsers["startProvision"] = (userSourceType, users, options) =>
      startWrite("provision", post(path`/admin/users/actions/provision`, { json: { userSourceType, users } }), options);
    const startResync: ExternalUsers["startResync"] = (login, options) =>
      startWrite("resync", post(path`/admin/users/${login}/actions/resync`), options);
    const startResyncMany: ExternalUsers["startResyncMany"] = (logins, options) =>
      startWrite("resyncMany", post(path`/admin/users/actions/resync-multi`, { json: logins }), options);
    const startResyncAll: ExternalUsers["startResyncAll"] = (options) =>
      // Without a body, the same path means everybody.
      startWrite("resyncAll", post(path`/admin/users/actions/resync-multi`), options);
    return {
      fetch: (...args) => runOperation(startFetch(...args)),
      startFetch,
      fetchGroups: (...args) => runOperation(startFetchGroups(...args)),
      startFetchGroups,
      provision: (...args) => runOperation(startProvision(...args)),
      startProvision,
      resync: (...args) => runOperation(startResync(...args)),
      startResync,
      resyncMany: (...args) => runOperation(startResyncMany(...args)),
      startResyncMany,
      resyncAll: (...args) => runOperation(startResyncAll(...args)),
      startResyncAll,
    };
  }),
);
