/**
 * The code studios of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  addCodeStudio,
  changeCodeStudio,
  type CodeStudioRecord,
  codeStudios,
  codeStudioStatus,
  codeStudioTemplates,
  findCodeStudio,
  listedCodeStudio,
  noConflicts,
  type ZoneRecord,
} from "./code_studios_state.ts";
import { doneAtOnce } from "../kernel/futures.ts";
import {
  type Call,
  emptyAnswer,
  forbidden,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { isJsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findProject } from "../projects/projects_state.ts";
import { users } from "../admin/users_state.ts";

/** The code studio that a request names, if it is not just being stopped or started. */
const findSettled = (world: World, call: Call): Effect.Effect<CodeStudioRecord, SimulatedRefusal> =>
  Effect.flatMap(
    findCodeStudio(world, call),
    (record) =>
      record.state === "STOPPING" || record.state === "STARTING"
        ? Effect.fail(invalid(`Code studio ${record.settings.id} is ${record.state}`))
        : Effect.succeed(record),
  );

const findRunning = (world: World, call: Call): Effect.Effect<CodeStudioRecord, SimulatedRefusal> =>
  Effect.flatMap(
    findCodeStudio(world, call),
    (record) =>
      record.state === "RUNNING"
        ? Effect.succeed(record)
        : Effect.fail(invalid(`Code studio ${record.settings.id} does not run`)),
  );

const findZone = (world: World, call: Call): Effect.Effect<ZoneRecord, SimulatedRefusal> =>
  Effect.flatMap(findRunning(world, call), ({ zones }) => {
    const zone = zones.get(call.params.zone!);
    return zone === undefined ? Effect.fail(missing(`Zone ${call.params.zone}`)) : Effect.succeed(zone);
  });

/** @internal */
export const codeStudiosRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/code-studios/",
    known: "public evidence",
    note:
      "id, name, owner, templateId and desc, which is the template's; no libName. That there is projectKey is assumed.",
    handle: ({ params }, world) =>
      Effect.map(findProject(world, params.projectKey), ({ projectKey }) =>
        jsonAnswer(
          [...world.of(codeStudios).values()].filter(({ settings }) => settings.projectKey === projectKey)
            .map((record) => listedCodeStudio(world, record)),
        )),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/code-studios/",
    known: "official client",
    note: "name and templateId; answers codeStudio with its id. That an unknown template is refused is assumed.",
    handle: ({ params, json, user, now }, world) =>
      Effect.gen(function* () {
        const { projectKey } = yield* findProject(world, params.projectKey);
        const { name, templateId } = isJsonObject(json) ? json : {};
        if (typeof name !== "string" || name === "" || typeof templateId !== "string") {
          return yield* Effect.fail(invalid("A code studio needs a name and a templateId"));
        }
        if (!world.of(codeStudioTemplates).has(templateId)) {
          return yield* Effect.fail(missing(`Code studio template ${templateId}`));
        }
        const id = world.chance.id();
        const { settings } = addCodeStudio(world, { projectKey, id, name, owner: user.login, templateId, now });
        return jsonAnswer({ codeStudio: settings });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/code-studios/:codeStudioId",
    known: "official client",
    note: "id, name, owner, templateId and libName; versionTag and tags are assumed.",
    handle: (call, world) => Effect.map(findCodeStudio(world, call), ({ settings }) => jsonAnswer(settings)),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey/code-studios/:codeStudioId",
    known: "official client",
    note: "An empty answer. That one that runs can be deleted is assumed.",
    handle: (call, world) =>
      Effect.map(findCodeStudio(world, call), ({ settings }) => {
        world.of(codeStudios).delete(`${settings.projectKey}.${settings.id}`);
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/code-studios/:codeStudioId/status",
    known: "official client",
    note: "state, lastStateChange and syncedZones with an id; the other fields of zones and ports are assumed.",
    handle: (call, world) => Effect.map(findCodeStudio(world, call), (record) => jsonAnswer(codeStudioStatus(record))),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/code-studios/:codeStudioId/stop",
    known: "official client",
    note: "A future, or an answer without an id when it is stopped already; how long it takes is assumed.",
    handle: (call, world) =>
      Effect.map(
        findSettled(world, call),
        (record) =>
          record.state === "STOPPED" ? jsonAnswer(doneAtOnce({})) : changeCodeStudio(world, call, record, "stop"),
      ),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/code-studios/:codeStudioId/restart",
    known: "official client",
    note: "A future, whether it ran before or not; how long it takes is assumed.",
    handle: (call, world) =>
      Effect.map(findSettled(world, call), (record) => changeCodeStudio(world, call, record, "restart")),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/code-studios/:codeStudioId/conflicts/:zone",
    known: "official client",
    note: "The conflicts by the name of the zone, or error when there is no such zone. That it must run is assumed.",
    handle: (call, world) =>
      Effect.map(findRunning(world, call), ({ zones }) => {
        const zone = zones.get(call.params.zone!);
        return jsonAnswer(
          zone === undefined ? { error: `No zone ${call.params.zone}` } : { [call.params.zone!]: zone.conflicts },
        );
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/code-studios/:codeStudioId/pull/:zone",
    known: "official client",
    note: "An empty answer. That it must run, and that no file is in conflict afterwards, is assumed.",
    handle: (call, world) =>
      Effect.map(findZone(world, call), (zone) => {
        zone.conflicts = noConflicts;
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/code-studios/:codeStudioId/push/:zone",
    known: "documented",
    note: "count and size. That it must run, and that no file is in conflict afterwards, is assumed.",
    handle: (call, world) =>
      Effect.map(findZone(world, call), (zone) => {
        zone.conflicts = noConflicts;
        return jsonAnswer({ count: zone.count, size: zone.size });
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/code-studios/:codeStudioId/change-owner",
    known: "documented",
    note: "For the owner and administrators; what it answers, and that the new owner must exist, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* findCodeStudio(world, call);
        if (!call.user.admin && call.user.login !== record.settings.owner) {
          return yield* Effect.fail(forbidden(`${call.user.login} is not the owner of ${record.settings.id}`));
        }
        const owner = call.query.get("newOwner") ?? "";
        if (!world.of(users).has(owner)) return yield* Effect.fail(missing(`User ${owner}`));
        record.settings = { ...record.settings, owner };
        return jsonAnswer(record.settings);
      }),
  },
];
