/**
 * Instances of business applications in the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { infoMessage } from "../kernel/info_messages.ts";
import {
  type Answer,
  type Call,
  emptyAnswer,
  invalid,
  jsonAnswer,
  missing,
  refuse,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { isJsonObject, type JsonObject, jsonObjects } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { isGivenTo, userNamed, users } from "../admin/users_state.ts";
import {
  addProject,
  freeKey,
  mayNotAdministrate,
  mayNotCreate,
  projects,
  type SimulatedProject,
} from "../projects/projects_state.ts";
import { type BusinessAppInstanceRecord, type BusinessAppRecord, findBusinessApp } from "./business_apps_state.ts";
import { failed as failedWork, reportedWork } from "./reported_work.ts";

const kind = "BUSINESS_APP_INSTANCE";

const done = (message: string): JsonObject => ({
  success: true,
  messages: infoMessage("SUCCESS", "INFO_BUSINESS_APP_INSTANCE", "Done", message),
});

const failed = (message: string): JsonObject => failedWork(kind, message);

/** Work on an instance, as a future whose end can be scripted as `businessAppInstances/CHURN_EU`. */
const work = (
  world: World,
  call: Call,
  id: string,
  displayName: string,
  seconds: number,
  end: (now: number) => JsonObject,
): Answer => reportedWork(world, call, { address: `businessAppInstances/${id}`, kind, id }, displayName, seconds, end);

interface Found {
  readonly app: BusinessAppRecord;
  readonly instance: BusinessAppInstanceRecord;
  readonly project: SimulatedProject;
}

/** The instance that a request names. */
const find = (world: World, call: Call): Effect.Effect<Found, SimulatedRefusal> =>
  Effect.flatMap(findBusinessApp(world, call), (app) => {
    const { projectKey = "" } = call.params;
    const [instance, project] = [app.instances.get(projectKey), world.of(projects).get(projectKey)];
    return instance === undefined || project === undefined
      ? Effect.fail(missing(`Instance ${projectKey} of business application ${app.plan.id}`))
      : Effect.succeed({ app, instance, project });
  });

/** The same, when the user is an administrator of its project. */
const findAdministrated = (world: World, call: Call): Effect.Effect<Found, SimulatedRefusal> =>
  Effect.tap(find(world, call), ({ project }) => refuse(mayNotAdministrate(world, project, call.user)));

/** @internal */
export const businessAppInstancesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/business-apps/:businessAppId/instances",
    known: "official client",
    note: "projectKey, name and businessAppVersion. That every user sees all of them is assumed.",
    handle: (call, world) =>
      Effect.map(findBusinessApp(world, call), ({ instances }) =>
        jsonAnswer(
          [...instances].map(([projectKey, { version }]) => ({
            projectKey,
            name: world.of(projects).get(projectKey)?.documents.metadata.label,
            businessAppVersion: version,
          })),
        )),
  },
  {
    method: "POST",
    path: "/business-apps/:businessAppId/instances",
    known: "official client",
    note:
      "projectKey, projectName, and shortDesc or null; a future. How long it takes, its result, what is refused, and that who may create projects may create instances, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const app = yield* findBusinessApp(world, call);
        yield* refuse(mayNotCreate(world, call.user));
        const sent = isJsonObject(call.json) ? call.json : {};
        const projectKey = yield* freeKey(world, sent.projectKey);
        const { projectName: name, shortDesc } = sent;
        if (typeof name !== "string" || name === "") return yield* Effect.fail(invalid("An instance needs a name"));
        if (shortDesc !== null && shortDesc !== undefined && typeof shortDesc !== "string") {
          return yield* Effect.fail(invalid("shortDesc must be a text or null"));
        }
        const { login } = call.user;
        return work(world, call, projectKey, `Instantiating ${app.plan.id}`, 3, (now) => {
          if (world.of(projects).has(projectKey)) return failed(`Project ${projectKey} was created in between`);
          addProject(world, { projectKey, name, owner: login, shortDesc: shortDesc ?? "" }, login, now);
          app.instances.set(projectKey, { version: app.plan.version, isRunning: false });
          return done(`${projectKey} is an instance of ${app.plan.id} ${app.plan.version}`);
        });
      }),
  },
  {
    method: "POST",
    path: "/business-apps/:businessAppId/instances/:projectKey/upgrade",
    known: "official client",
    note: "A future, to the version that is installed. Who may do it is assumed.",
    handle: (call, world) =>
      Effect.map(
        findAdministrated(world, call),
        ({ app, instance, project: { projectKey } }) =>
          work(world, call, projectKey, `Upgrading ${projectKey}`, 5, () => {
            instance.version = app.plan.version;
            return done(`${projectKey} is ${instance.version} now`);
          }),
      ),
  },
  {
    method: "POST",
    path: "/business-apps/:businessAppId/instances/:projectKey/restart",
    known: "official client",
    note: "A future, also when nothing ran. Who may do it, and that it needs no code environment, is assumed.",
    handle: (call, world) =>
      Effect.map(
        findAdministrated(world, call),
        ({ instance, project: { projectKey } }) =>
          work(world, call, projectKey, `Starting the backend of ${projectKey}`, 4, () => {
            instance.isRunning = true;
            return done(`The backend of ${projectKey} runs`);
          }),
      ),
  },
  {
    method: "POST",
    path: "/business-apps/:businessAppId/instances/:projectKey/stop",
    known: "official client",
    note: "An empty answer, also when nothing ran. Who may do it is assumed.",
    handle: (call, world) =>
      Effect.map(findAdministrated(world, call), ({ instance }) => {
        instance.isRunning = false;
        return emptyAnswer;
      }),
  },
  {
    method: "GET",
    path: "/business-apps/:businessAppId/instances/:projectKey/permissions/:login",
    known: "official client",
    note:
      "login, admin, readProjectContent and writeProjectContent, as the project gives them. That every user may ask, and that who may administrate may do the rest, is assumed.",
    handle: (call, world) =>
      Effect.flatMap(find(world, call), ({ project }) => {
        const { login = "" } = call.params;
        if (!world.of(users).has(login)) return Effect.fail(missing(`User ${login}`));
        const admin = mayNotAdministrate(world, project, userNamed(world, login)) === undefined;
        const isGiven = (right: string): boolean =>
          jsonObjects(project.documents.permissions.permissions).some((each) =>
            each[right] === true && isGivenTo(world, each, login)
          );
        const writeProjectContent = admin || isGiven("writeProjectContent");
        const readProjectContent = writeProjectContent || isGiven("readProjectContent");
        return Effect.succeed(jsonAnswer({ login, admin, readProjectContent, writeProjectContent }));
      }),
  },
];
