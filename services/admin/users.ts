/**
 * Users of the instance. Those of a supplier, as LDAP, are fetched and resynchronized with `ExternalUsers`.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { User, UserInfo } from "../../schemas/admin/user.ts";
import { UserActivity } from "../../schemas/admin/user_activity.ts";
import { AuthorizationMatrix, type NewUser, type UserChange, UserOutcome } from "../../schemas/admin/user_changes.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { hiding, secretsIn, writeOnly } from "../../src/transport/request_secrets.ts";
import { del, type DssRequest, get, path, post, put } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import {
  editing,
  type SaveOptions,
  type SettingsError,
  type SettingsSource,
  updateSettings,
} from "../../src/settings/settings.ts";
import { UsersFailed } from "./users_failed.ts";

export * from "../../schemas/admin/personal_settings.ts";
export * from "../../schemas/admin/user.ts";
export * from "../../schemas/admin/user_activity.ts";
export * from "../../schemas/admin/user_changes.ts";
export * from "../../schemas/admin/user_preferences.ts";
export * from "../../schemas/admin/user_source_type.ts";
export { UsersFailed } from "./users_failed.ts";

/** What is listed of users. */
export interface ListUsersOptions {
  /**
   * Whether preferences, secrets, credentials and properties are there too.
   *
   * @default {false}
   */
  readonly includeSettings?: boolean;
}

/** Whose activity is listed. */
export interface ListActivityOptions {
  /**
   * Whether users who may not log in are left out.
   *
   * @default {false}
   */
  readonly enabledUsersOnly?: boolean;
}

/** How users are deleted. */
export interface DeleteUserOptions {
  /**
   * Whether the owner of the key may be among them: the key is gone with its owner.
   *
   * @default {false}
   */
  readonly allowSelfDeletion?: boolean;
}

/**
 * Users of the instance. All but `listInfo` and `info` needs an administrator's key.
 *
 * `Dss.as(effect, login)` asks in the name of a user.
 *
 * @example
 * ```ts
 * import { Effect, Redacted } from "effect";
 * import { Users } from "@effect-dataiku/dss/users";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const users = yield* Users;
 *   yield* users.create({ login: "zoe", password: Redacted.make("…"), userProfile: "READER", groups: ["data_team"] });
 *   return yield* users.updateSettings("zoe", (user) => ({ ...user, enabled: false }));
 * });
 * const zoe = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (zoe.enabled !== false) throw new Error("unexpected");
 * ```
 */
export interface Users {
  /** All users. */
  list(options?: ListUsersOptions): Effect.Effect<ReadonlyArray<User>, DssError>;
  /** All users, as everybody may see them. */
  listInfo(): Effect.Effect<ReadonlyArray<UserInfo>, DssError>;
  /** A user, as everybody may see it. */
  info(login: string): Effect.Effect<UserInfo, DssError>;
  /**
   * Creates a user.
   *
   * A login that is taken is a `Conflict`. It is never sent twice: a lost answer is `OutcomeUnknown`.
   */
  create(user: NewUser): Effect.Effect<void, DssError>;
  /** The settings of a user. */
  settings(login: string): Effect.Effect<User, DssError>;
  /**
   * Changes the settings of a user: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit, as `setUserSecret(…)`. What it throws is a defect.
   */
  updateSettings(login: string, edit: (user: User) => User): Effect.Effect<User, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(login: string, next: User, options?: SaveOptions<User>): Effect.Effect<User, DssError | SettingsError>;
  /** Sets the password of a user, and nothing else. DSS does not show it again. */
  setPassword(
    login: string,
    password: Redacted.Redacted<string>,
  ): Effect.Effect<void, DssError | SettingsError>;
  /** Deletes a user. */
  delete(login: string, options?: DeleteUserOptions): Effect.Effect<void, DssError>;
  /** When a user was there last. */
  activity(login: string): Effect.Effect<UserActivity, DssError>;
  /** When the users were there last. */
  listActivity(options?: ListActivityOptions): Effect.Effect<ReadonlyArray<UserActivity>, DssError>;
  /**
   * Creates many users at once, and gives what became of each; `UsersFailed` when at least one was not created, while the others were.
   *
   * It is never sent twice: a lost answer is `OutcomeUnknown`.
   */
  createAll(
    users: ReadonlyArray<NewUser>,
  ): Effect.Effect<ReadonlyArray<UserOutcome>, DssError | UsersFailed>;
  /**
   * Changes many users at once, and gives what became of each; `UsersFailed` when at least one was not changed, while the others were.
   *
   * Nothing is read back: what DSS drops, it drops without a word.
   */
  editAll(
    changes: ReadonlyArray<UserChange>,
  ): Effect.Effect<ReadonlyArray<UserOutcome>, DssError | UsersFailed>;
  /**
   * Deletes many users at once, and gives what became of each; `UsersFailed` when at least one was not deleted, while the others were.
   *
   * It is never sent twice, because the second time would not find who was deleted the first time.
   */
  deleteAll(
    logins: ReadonlyArray<string>,
    options?: DeleteUserOptions,
  ): Effect.Effect<ReadonlyArray<UserOutcome>, DssError | UsersFailed>;
  /** The users whose trial is over. */
  listExpiredTrials(): Effect.Effect<ReadonlyArray<UserInfo>, DssError>;
  /** What each enabled user and each group may do, project by project. */
  authorizationMatrix(): Effect.Effect<AuthorizationMatrix, DssError>;
}

const passwordOf = ({ password }: NewUser): ReadonlyArray<string> =>
  password === undefined ? [] : [Redacted.value(password)];

const creationOf = (user: NewUser) => ({
  login: user.login,
  // An absent password is not in the JSON.
  password: passwordOf(user)[0],
  displayName: user.displayName ?? "",
  sourceType: user.sourceType ?? "LOCAL",
  groups: user.groups ?? [],
  userProfile: user.userProfile,
  email: user.email ?? null,
});

/** Key of {@linkcode Users}, with its layer. */
export const Users: DssService<Users> = service(
  "Users",
  Effect.map(Dss, (dss): Users => {
    const user = (login: string) => path`/admin/users/${login}`;
    const bulk = path`/admin/users/actions/bulk`;
    const { read, update, save } = editing(dss, {
      methods: ["Users.settings", "Users.updateSettings", "Users.saveSettings"],
      schema: User,
      at: user,
      writeOnly,
    });
    const forAll = (method: string, request: DssRequest) =>
      Effect.flatMap(
        dss.json(method, request, Schema.Array(UserOutcome)),
        (answered): Effect.Effect<ReadonlyArray<UserOutcome>, UsersFailed> => {
          const errors = dss.withoutSecrets(answered.map(({ error }) => error), request);
          const outcomes = answered.map((outcome, at) => errors[at] ? { ...outcome, error: errors[at] } : outcome);
          const failed = new UsersFailed({ method, outcomes });
          return failed.failed.length === 0 ? Effect.succeed(outcomes) : Effect.fail(failed);
        },
      );
    const allowing = (options?: DeleteUserOptions) => ({ allowSelfDeletion: options?.allowSelfDeletion ?? false });
    return {
      list: (options) =>
        dss.json(
          "Users.list",
          get(path`/admin/users/`, { query: { includeSettings: options?.includeSettings ?? false } }),
          Schema.Array(User),
        ),
      listInfo: () => dss.json("Users.listInfo", get(path`/users`), Schema.Array(UserInfo)),
      info: (login) => dss.json("Users.info", get(path`/users/${login}`), UserInfo),
      create: (user) =>
        dss.empty(
          "Users.create",
          hiding(passwordOf(user), post(path`/admin/users/`, { json: creationOf(user) })),
        ),
      settings: read,
      updateSettings: update,
      saveSettings: save,
      setPassword: (login, password) => {
        const secret = Redacted.value(password);
        const source: SettingsSource<User> = {
          method: "Users.setPassword",
          schema: User,
          read: get(user(login)),
          // The password goes with what is written, but is no part of what is compared.
          write: (settings) =>
            hiding([secret, ...secretsIn(settings)], put(user(login), { json: { ...settings, password: secret } })),
          writeOnly,
        };
        return Effect.asVoid(updateSettings(dss, source, (settings) => settings));
      },
      delete: (login, options) => dss.empty("Users.delete", del(user(login), { query: allowing(options) })),
      activity: (login) => dss.json("Users.activity", get(path`/admin/users/${login}/activity`), UserActivity),
      listActivity: (options) =>
        dss.json(
          "Users.listActivity",
          get(path`/admin/users-activity`, { query: { enabledUsersOnly: options?.enabledUsersOnly ?? false } }),
          Schema.Array(UserActivity),
        ),
      createAll: (users) =>
        forAll("Users.createAll", hiding(users.flatMap(passwordOf), post(bulk, { json: users.map(creationOf) }))),
      editAll: (changes) => forAll("Users.editAll", hiding(changes.flatMap(secretsIn), put(bulk, { json: changes }))),
      deleteAll: (logins, options) =>
        forAll("Users.deleteAll", del(bulk, { query: allowing(options), json: logins, repeatable: false })),
      listExpiredTrials: () =>
        dss.json("Users.listExpiredTrials", get(path`/admin/list-trial-expired-users`), Schema.Array(UserInfo)),
      authorizationMatrix: () =>
        dss.json("Users.authorizationMatrix", get(path`/admin/authorization-matrix`), AuthorizationMatrix),
    };
  }),
);
