/**
 * The clusters of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { addCluster, architectures, clusters, findCluster, listedCluster } from "./clusters_state.ts";
import { infoMessage } from "../kernel/info_messages.ts";
import {
  type Answer,
  conflict,
  emptyAnswer,
  flag,
  invalid,
  jsonAnswer,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

/** Why settings cannot be stored. */
const faultIn = (sent: JsonObject): SimulatedRefusal | undefined => {
  const isAbsentOr = (key: string, fits: (value: unknown) => boolean): boolean =>
    sent[key] === undefined || sent[key] === null || fits(sent[key]);
  const wrong = ["name", "type", "owner"].find((key) => !isAbsentOr(key, (value) => typeof value === "string")) ??
    ["params"].find((key) => !isAbsentOr(key, isJsonObject)) ??
    ["permissions"].find((key) => !isAbsentOr(key, Array.isArray)) ??
    ["usableByAll"].find((key) => !isAbsentOr(key, (value) => typeof value === "boolean"));
  return wrong === undefined ? undefined : invalid(`${wrong} of a cluster is not of the right type`);
};

/** Work on a cluster. */
interface ClusterWork {
  /** Its id, or its name when it has no id yet. */
  readonly key: unknown;
  readonly name: unknown;
  readonly verb: "create" | "start" | "stop";
  /** What it changes; gives what is answered besides the messages. */
  readonly done: () => JsonObject | void;
}

/** Works; what is scripted to fail answers its messages, and changes nothing. */
const act = (world: World, { key, name, verb, done }: ClusterWork): Answer => {
  const { end, message } = world.outcomes.take(`clusters/${key}`);
  if (end === "fail") {
    const said = message ?? "The machines cannot be had";
    return jsonAnswer({ messages: infoMessage("ERROR", "ERR_CLUSTER_OPERATION", `${verb} failed`, said) });
  }
  const besides = done() ?? {};
  return jsonAnswer({
    ...besides,
    messages: end === "warn"
      ? infoMessage("WARNING", "WARN_CLUSTER_OPERATION", "Done with warnings", message ?? "A machine is slow")
      : infoMessage("SUCCESS", "INFO_CLUSTER_OPERATION", "Done", `${verb} of ${name} is done`),
  });
};

/** @internal */
export const clustersRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/clusters/",
    known: "public evidence",
    note: "id, name, type, architecture, state and owner.",
    admin: true,
    handle: (_, world) => Effect.succeed(jsonAnswer([...world.of(clusters).values()].map(listedCluster))),
  },
  {
    method: "POST",
    path: "/admin/clusters/",
    known: "official client",
    note:
      "name, type, architecture and params; answers the id and messages. That a taken name is refused with 409 is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const sent = yield* documentSent(world, call);
        const { name, type, architecture, params } = sent;
        const isNamed = [name, type].every((value) => typeof value === "string" && value !== "");
        const fault = faultIn(sent) ?? (isNamed ? undefined : invalid("A cluster needs a name and a type")) ??
          (architectures.includes(String(architecture)) ? undefined : invalid(`${architecture} is no architecture`));
        if (fault !== undefined) return yield* Effect.fail(fault);
        if ([...world.of(clusters).values()].some(({ settings }) => settings.name === name)) {
          return yield* Effect.fail(conflict(`Cluster ${name} exists already`));
        }
        return act(world, {
          key: name,
          name,
          verb: "create",
          done: () => {
            const id = world.chance.id();
            addCluster(world, id, { name, type, architecture, params: params ?? {}, owner: call.user.login });
            return { id };
          },
        });
      }),
  },
  {
    method: "GET",
    path: "/admin/clusters/:clusterId",
    known: "official client",
    note: "The whole document; its fields are documented by the official client.",
    admin: true,
    handle: (call, world) => Effect.map(findCluster(world, call), ({ settings }) => jsonAnswer(settings)),
  },
  {
    method: "PUT",
    path: "/admin/clusters/:clusterId",
    known: "official client",
    note: "Takes the place of the whole document. That id, type and architecture stay, and the answer, are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* findCluster(world, call);
        const sent = yield* documentSent(world, call);
        const fault = faultIn(sent);
        if (fault !== undefined) return yield* Effect.fail(fault);
        const { id, type, architecture } = record.settings;
        record.settings = { ...sent, id, type, architecture };
        return jsonAnswer(record.settings);
      }),
  },
  {
    method: "DELETE",
    path: "/admin/clusters/:clusterId",
    known: "official client",
    note: "An empty answer.",
    admin: true,
    handle: (call, world) =>
      Effect.map(findCluster(world, call), ({ settings }) => {
        world.of(clusters).delete(String(settings.id));
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/admin/clusters/:clusterId/status",
    known: "official client",
    note: "The state; what else there is is not known.",
    admin: true,
    handle: (call, world) => Effect.map(findCluster(world, call), ({ state }) => jsonAnswer({ state })),
  },
  {
    method: "POST",
    path: "/admin/clusters/:clusterId/actions/start",
    known: "official client",
    note: "Answers messages, at its end; that it takes no time is assumed, as that one that runs is refused.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(
        findCluster(world, call),
        (record) =>
          record.state === "RUNNING"
            ? Effect.fail(invalid(`Cluster ${record.settings.id} runs already`))
            : Effect.succeed(act(world, {
              key: record.settings.id,
              name: record.settings.name,
              verb: "start",
              done: () => {
                record.state = "RUNNING";
              },
            })),
      ),
  },
  {
    method: "POST",
    path: "/admin/clusters/:clusterId/actions/stop",
    known: "official client",
    note:
      "Answers messages, at its end. That one in use is stopped only by force, and that what is in it stays when it is not terminated, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findCluster(world, call), (record) => {
        const { id } = record.settings;
        if (record.state === "NONE") return Effect.fail(invalid(`Cluster ${id} does not run`));
        if (record.objects.some(({ phase }) => phase === "Running") && !flag(call.query, "forceStop")) {
          return Effect.fail(invalid(`Cluster ${id} is in use`));
        }
        return Effect.succeed(act(world, {
          key: id,
          name: record.settings.name,
          verb: "stop",
          done: () => {
            record.state = "NONE";
            if (flag(call.query, "terminate")) record.objects = [];
          },
        }));
      }),
  },
];
