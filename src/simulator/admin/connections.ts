/**
 * The connections of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  completeConnection,
  connectionInfo,
  connections,
  faultInConnection,
  hasVariables,
  mayRead,
  mayUse,
} from "./connections_state.ts";
import { doneAtOnce, futureState, startFuture } from "../kernel/futures.ts";
import {
  type Call,
  conflict,
  emptyAnswer,
  forbidden,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  SimulatedRefusal,
  textAnswer,
} from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { namedProject } from "./named_project.ts";

const find = (world: World, { params: { name } }: Call): Effect.Effect<JsonObject, SimulatedRefusal> => {
  const connection = world.of(connections).get(name!);
  return connection === undefined ? Effect.fail(missing(`Connection ${name}`)) : Effect.succeed(connection);
};

/** Kinds whose connections cannot be tested. */
const untestable: ReadonlySet<unknown> = new Set(["Filesystem", "HDFS"]);

const messages = (severity: "SUCCESS" | "ERROR", message: string) => ({
  anyMessage: true,
  success: severity === "SUCCESS",
  warning: false,
  error: severity === "ERROR",
  fatal: false,
  maxSeverity: severity,
  messages: [{ severity, isFatal: false, title: "Access rights", message }],
});

/** @internal */
export const connectionsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/connections/",
    known: "documented",
    note: "An object by name; the fields of the documented sample. Secrets are shown encrypted.",
    admin: true,
    handle: (_, world) => Effect.succeed(jsonAnswer(Object.fromEntries(world.of(connections)))),
  },
  {
    method: "POST",
    path: "/admin/connections/",
    known: "official client",
    note: "Answers a text. Which types there are, that a name is taken once, and the text, are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { name, type, ...sent } = yield* documentSent(world, call);
        if (typeof name !== "string" || name === "") return yield* Effect.fail(invalid("A connection needs a name"));
        const fault = faultInConnection(sent, type);
        if (fault !== undefined) return yield* Effect.fail(fault);
        if (world.of(connections).has(name)) return yield* Effect.fail(conflict(`Connection ${name} exists already`));
        world.of(connections).set(name, completeConnection(sent, name, String(type)));
        return textAnswer(`Created connection ${name}`);
      }),
  },
  {
    method: "GET",
    path: "/admin/connections/:name",
    known: "documented",
    note: "The whole document, with secrets encrypted.",
    admin: true,
    handle: (call, world) => Effect.map(find(world, call), (connection) => jsonAnswer(connection)),
  },
  {
    method: "PUT",
    path: "/admin/connections/:name",
    known: "official client",
    note: "Takes the place of the whole document; that name and type stay, and the message, are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { name, type } = yield* find(world, call);
        const sent = yield* documentSent(world, call);
        const fault = faultInConnection(sent, type);
        if (fault !== undefined) return yield* Effect.fail(fault);
        world.of(connections).set(String(name), completeConnection(sent, String(name), String(type)));
        return jsonAnswer({ msg: `Updated connection ${name}` });
      }),
  },
  {
    method: "DELETE",
    path: "/admin/connections/:name",
    known: "official client",
    note: "Answers nothing; that datasets on it do not keep it is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.map(find(world, call), ({ name }) => {
        world.of(connections).delete(String(name));
        return emptyAnswer;
      }),
  },
  {
    method: "POST",
    path: "/admin/connections/:name/sync",
    known: "official client",
    note:
      "Answers a future; that it takes five seconds for HDFS and no time for other kinds, and its result, are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { name, type } = yield* find(world, call);
        const root = isJsonObject(call.json) ? call.json.root : undefined;
        if (typeof root !== "boolean") return yield* Effect.fail(invalid("root must be true or false"));
        const what = `${root ? "the root" : "the datasets"} of ${name}`;
        if (type !== "HDFS") return jsonAnswer(doneAtOnce(messages("SUCCESS", `Nothing to set on ${what}`)));
        const { end, message = "Permission denied", seconds = 5 } = world.outcomes.take(`connections/${name}`);
        const future = startFuture(world, call.now, {
          owner: call.user.login,
          displayName: `Access rights on ${what}`,
          kind: "CONNECTION_ACL_SYNC",
          seconds: end === "stall" ? Number.POSITIVE_INFINITY : seconds,
          end: () => ({
            result: end === "fail" ? messages("ERROR", message) : messages("SUCCESS", `Access rights set on ${what}`),
          }),
        });
        return jsonAnswer(futureState(future, call.now));
      }),
  },
  {
    method: "GET",
    path: "/connections/get-names",
    known: "official client",
    note: "An array of names, of one type or all; that only those are listed that the user may use is assumed.",
    handle: ({ query, user }, world) => {
      const type = query.get("type");
      if (type === null) return Effect.fail(invalid("type must be a type of connection, or all"));
      const usable = [...world.of(connections).values()].filter((connection) =>
        (type === "all" || connection.type === type) && mayUse(world, user, connection)
      );
      return Effect.succeed(jsonAnswer(usable.map(({ name }) => name)));
    },
  },
  {
    method: "GET",
    path: "/connections/:name/info",
    known: "official client",
    note:
      "The fields that the official client reads. Only the readers of the details, and administrators, get them; that ${projectKey} alone is replaced is simplified.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const connection = yield* find(world, call);
        if (!mayRead(world, call.user, connection)) {
          return yield* Effect.fail(forbidden(`User ${call.user.login} may not read details of ${connection.name}`));
        }
        const projectKey = call.query.get("contextualProjectKey") ?? undefined;
        if (projectKey !== undefined) yield* namedProject(world, projectKey);
        return jsonAnswer(connectionInfo(connection, projectKey));
      }),
  },
  {
    method: "GET",
    path: "/connections/:name/test",
    known: "public evidence",
    note:
      "connectionOK and connectionErrorMsg; NotImplementedException for some types, and that ${projectKey} fails, were seen. Which types, and who may test, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const connection = yield* find(world, call);
        const { name, type } = connection;
        if (!mayUse(world, call.user, connection)) {
          return yield* Effect.fail(forbidden(`User ${call.user.login} may not use ${name}`));
        }
        if (untestable.has(type)) {
          return yield* Effect.fail(
            new SimulatedRefusal({
              status: 500,
              errorType: "org.apache.commons.lang.NotImplementedException",
              detail: `Connections of type ${type} cannot be tested`,
            }),
          );
        }
        const { end, message = "Connection refused" } = world.outcomes.take(`connections/${name}`);
        if (end === "fail") return jsonAnswer({ connectionOK: false, connectionErrorMsg: message });
        return hasVariables(connection)
          ? jsonAnswer({ connectionOK: false, connectionErrorMsg: "Variable projectKey is not defined" })
          : jsonAnswer({ connectionOK: true });
      }),
  },
  {
    method: "POST",
    path: "/catalog/index",
    known: "assumed",
    note:
      "What is sent is the official client's; that it answers a future of twenty seconds, and its result, are assumed.",
    handle: ({ json, user, now }, world) => {
      const { connectionNames, indexAllConnections, indexingMode } = isJsonObject(json) ? json : {};
      if (!Array.isArray(connectionNames) || typeof indexAllConnections !== "boolean" || indexingMode !== "FULL") {
        return Effect.fail(invalid("Indexing needs connectionNames, indexAllConnections and the indexingMode FULL"));
      }
      const named: ReadonlyArray<unknown> = indexAllConnections ? [...world.of(connections).keys()] : connectionNames;
      const unknown = named.find((name) => !world.of(connections).has(String(name)));
      if (unknown !== undefined) return Effect.fail(missing(`Connection ${unknown}`));
      const future = startFuture(world, now, {
        owner: user.login,
        displayName: `Indexing of ${named.join(", ")}`,
        kind: "CATALOG_INDEXING",
        seconds: 20,
        end: () => ({ result: { indexedConnections: named } }),
      });
      return Effect.succeed(jsonAnswer(futureState(future, now)));
    },
  },
];
