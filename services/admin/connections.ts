/**
 * Connections: the places where data is, as databases and buckets.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { ConnectionInfo, ConnectionSettings, ConnectionTest } from "../../schemas/admin/connection.ts";
import type { ConnectionEdit } from "../../schemas/admin/connection_edits.ts";
import { FutureState } from "../../src/operation/future_state.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import { type FutureOperation, makeFutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import { dictionary } from "../../src/json/open.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { del, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";

export * from "../../schemas/admin/connection.ts";
export * from "../../schemas/admin/connection_edits.ts";

/** What a new connection is, besides its name and kind. */
export interface CreateConnectionOptions {
  /**
   * What its kind needs, as host and port. DSS encrypts the secrets in it.
   *
   * @default {{}}
   */
  readonly params?: Readonly<Record<string, unknown>>;
  /** What people say of it. */
  readonly description?: string;
  /** Names of the groups whose members alone may use it. By default everybody may. */
  readonly allowedGroups?: ReadonlyArray<string>;
}

/** How the details of a connection are read. */
export interface ConnectionInfoOptions {
  /** Key of the project whose variables replace those of the details. */
  readonly contextualProjectKey?: string;
}

/** What of a connection gets its access rights again: its root, or the datasets on it. */
export type AclScope = "root" | "datasets";

/** Which connections are indexed in the catalog, and how. */
export interface IndexConnectionsOptions {
  /** Indexes all connections, whichever are named. */
  readonly all?: boolean;
  /**
   * How: DSS does not document other modes.
   *
   * @default {"FULL"}
   */
  readonly mode?: string;
}

/**
 * Connections: the places where data is, as databases and buckets.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Connections, setUsableBy } from "@effect-dataiku/dss/connections";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const closed = Effect.gen(function* () {
 *   const connections = yield* Connections;
 *   yield* connections.create("warehouse", "PostgreSQL", { params: { host: "db.example.com", db: "dwh" } });
 *   return yield* connections.updateSettings("warehouse", setUsableBy(["data_team"]));
 * });
 * const { usableBy } = await Effect.runPromise(Effect.provide(closed, Simulator.layer()));
 * if (usableBy !== "ALLOWED") throw new Error("unexpected");
 * ```
 */
export interface Connections {
  /** The connections with their settings; needs an administrator's key. */
  list(): Effect.Effect<ReadonlyArray<ConnectionSettings>, DssError>;
  /**
   * The names of the connections that the owner of the key may use.
   *
   * @param type Kind of the connections, as `PostgreSQL`. By default all.
   */
  names(type?: string): Effect.Effect<ReadonlyArray<string>, DssError>;
  /** Creates a connection; needs an administrator's key. It is never sent twice: a lost answer is `OutcomeUnknown`. */
  create(name: string, type: string, options?: CreateConnectionOptions): Effect.Effect<void, DssError>;
  /** The settings of a connection, with its secrets encrypted; needs an administrator's key. */
  settings(name: string): Effect.Effect<ConnectionSettings, DssError>;
  /**
   * Changes the settings of a connection: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   *
   * @param edit A pure edit, as `setUsableBy(["data_team"])`. What it throws is a defect.
   */
  updateSettings(name: string, edit: ConnectionEdit): Effect.Effect<ConnectionSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    name: string,
    next: ConnectionSettings,
    options?: SaveOptions<ConnectionSettings>,
  ): Effect.Effect<ConnectionSettings, DssError | SettingsError>;
  /** The details of a connection, with credentials that can be used. The connection must let the owner of the key read them. */
  info(name: string, options?: ConnectionInfoOptions): Effect.Effect<ConnectionInfo, DssError>;
  /**
   * Whether DSS can reach the place of a connection: that it cannot is an answer, no error.
   *
   * An error is that DSS cannot test this kind. A connection with variables of a project is tested without them.
   */
  test(name: string): Effect.Effect<ConnectionTest, DssError>;
  /** Deletes a connection; needs an administrator's key. */
  delete(name: string): Effect.Effect<void, DssError>;
  /**
   * Starts to set the access rights on the files of a connection again, and gives the operation: for HDFS whose rights DSS manages.
   *
   * Its result is what DSS answers at the end, which is not documented. Messages of a failure are `FutureFailed`.
   */
  startAclSync(name: string, scope: AclScope, options?: WaitOptions): Effect.Effect<FutureOperation<unknown>, DssError>;
  /** Sets the access rights on the files of a connection again and waits for the end; aborts it when the wait is interrupted. */
  runAclSync(
    name: string,
    scope: AclScope,
    options?: WaitOptions,
  ): Effect.Effect<unknown, DssError | FutureEnd | ContactLost | WaitTimedOut>;
  /**
   * Lets DSS index connections in the data catalog; gives what it answers, which is not documented: if it has a `jobId`, `Futures.follow`
   * makes an operation of it.
   */
  index(names: ReadonlyArray<string>, options?: IndexConnectionsOptions): Effect.Effect<unknown, DssError>;
}

/** Key of {@linkcode Connections}, with its layer. */
export const Connections: DssService<Connections> = service(
  "Connections",
  Effect.map(Dss, (dss): Connections => {
    const connection = (name: string) => path`/admin/connections/${name}`;
    const { read, update, save } = editing(dss, {
      methods: ["Connections.settings", "Connections.updateSettings", "Connections.saveSettings"],
      schema: ConnectionSettings,
      at: connection,
    });
    const sync = (method: string, name: string, scope: AclScope, options?: WaitOptions) => {
      const request = post(path`/admin/connections/${name}/sync`, { json: { root: scope === "root" }, starts: true });
      return Effect.flatMap(
        dss.json(method, request, FutureState),
        (future) =>
          makeFutureOperation(
            dss,
            { method, future, isNew: true, startedBy: request, result: Schema.Unknown },
            options,
          ),
      );
    };
    return {
      list: () =>
        Effect.map(
          dss.json("Connections.list", get(path`/admin/connections/`, { exact: true }), dictionary(ConnectionSettings)),
          (byName) => Object.values(byName),
        ),
      names: (type = "all") =>
        dss.json(
          "Connections.names",
          get(path`/connections/get-names`, { query: { type } }),
          Schema.Array(Schema.String),
        ),
      create: (name, type, { params = {}, description = null, allowedGroups } = {}) =>
        dss.empty(
          "Connections.create",
          post(path`/admin/connections/`, {
            json: {
              name,
              type,
              params,
              description,
              usableBy: allowedGroups === undefined ? "ALL" : "ALLOWED",
              allowedGroups: allowedGroups ?? [],
            },
          }),
        ),
      settings: read,
      updateSettings: update,
      saveSettings: save,
      info: (name, options) =>
        dss.json(
          "Connections.info",
          get(path`/connections/${name}/info`, { query: { contextualProjectKey: options?.contextualProjectKey } }),
          ConnectionInfo,
        ),
      // DSS answers when its own attempt to connect has ended.
      test: (name) =>
        dss.json("Connections.test", get(path`/connections/${name}/test`, { slow: true }), ConnectionTest),
      delete: (name) => dss.empty("Connections.delete", del(connection(name))),
      startAclSync: (name, scope, options) => sync("Connections.startAclSync", name, scope, options),
      runAclSync: (name, scope, options) => runOperation(sync("Connections.runAclSync", name, scope, options)),
      index: (names, { all = false, mode = "FULL" } = {}) =>
        dss.json(
          "Connections.index",
          post(path`/catalog/index`, {
            json: { connectionNames: names, indexAllConnections: all, indexingMode: mode },
          }),
          Schema.Unknown,
        ),
    };
  }),
);
