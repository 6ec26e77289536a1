/**
 * Applications of the simulated DSS: projects that others make instances of.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { infoMessage } from "../kernel/info_messages.ts";
import { faultInKey, findProject, mayNotAdministrate, projects, type SimulatedProject } from "./projects_state.ts";
import {
  type Call,
  conflict,
  emptyAnswer,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  SimulatedRefusal,
} from "../kernel/route.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type Slice, slice } from "../kernel/slice.ts";
import { copyProject } from "./project_content.ts";

/** An application. */
export interface AppRecord {
  readonly appId: string;
  readonly projectKey: string;
  /** Replaced as a whole, never changed. */
  manifest: JsonObject;
  /** In milliseconds since 1970. */
  lastInstantiation: number | undefined;
}

/** Applications by id. */
export const apps: Slice<Map<string, AppRecord>> = slice("apps", () => new Map(), {
  removed: (held, object) => {
    for (const [id, { projectKey }] of held) if (object === `projects/${projectKey}`) held.delete(id);
  },
});

const findApp = (world: World, { params }: Call): Effect.Effect<AppRecord, SimulatedRefusal> => {
  const app = world.of(apps).get(params.appId!);
  return app === undefined ? Effect.fail(missing(`Application ${params.appId}`)) : Effect.succeed(app);
};

const instancesOf = (world: World, { appId }: AppRecord): ReadonlyArray<SimulatedProject> =>
  [...world.of(projects).values()].filter(({ documents }) => documents.summary.generatingAppId === appId);

/** The application that a project is, or is an instance of. */
const appOf = (world: World, { projectKey, documents }: SimulatedProject): AppRecord | undefined =>
  world.of(apps).get(String(documents.summary.generatingAppId)) ??
    [...world.of(apps).values()].find((app) => app.projectKey === projectKey);

const listed = (world: World, app: AppRecord): JsonObject => {
  const instances = instancesOf(world, app);
  const owners = [...new Set(instances.map(({ documents }) => String(documents.permissions.owner)))];
  return {
    appId: app.appId,
    label: app.manifest.label,
    origin: "PROJECT",
    originProjectKey: app.projectKey,
    useAsRecipe: false,
    instanceCount: instances.length,
    ...(app.lastInstantiation === undefined ? {} : { lastInstantiation: app.lastInstantiation }),
    instanceOwners: owners.map((login) => ({ login })),
    tags: app.manifest.tags,
  };
};

/** Why a manifest cannot be stored. */
const fault = (
  { homepageSections = [], instantiationPermission, tags = [] }: JsonObject,
): SimulatedRefusal | undefined => {
  const isTile = isJsonObject;
  const isSection = (value: unknown): boolean =>
    isJsonObject(value) && (value.tiles === undefined || (Array.isArray(value.tiles) && value.tiles.every(isTile)));
  if (!Array.isArray(homepageSections) || !homepageSections.every(isSection)) {
    return invalid("homepageSections must be an array of sections, each with its tiles");
  }
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === "string")) {
    return invalid("The tags of an application must be texts");
  }
  return instantiationPermission === undefined || typeof instantiationPermission === "string"
    ? undefined
    : invalid("instantiationPermission must be a text");
};

/** Makes a project of the seed an application. */
export const seedApps = (world: World): void => {
  const project = world.of(projects).get("LOGISTICS")!;
  project.documents.summary = { ...project.documents.summary, projectAppType: "APP_TEMPLATE" };
  world.of(apps).set("PROJECT_LOGISTICS", {
    appId: "PROJECT_LOGISTICS",
    projectKey: "LOGISTICS",
    lastInstantiation: undefined,
    manifest: {
      label: "Deliveries",
      shortDesc: "Routes for parcels",
      tags: ["prod"],
      useAppHomepage: true,
      homepageSections: [{
        sectionTitle: "Plan",
        tiles: [
          { type: "SCENARIO_RUN", prompt: "Plan the routes", scenarioId: "PLAN_ROUTES" },
          { type: "VARIABLES", prompt: "Settings" },
        ],
      }],
      instantiationPermission: "EVERYBODY",
      instanceFeatures: { showFlowNavLink: true },
      projectExportManifest: { exportSavedModels: true },
    },
  });
};

/** @internal */
export const appsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/apps/",
    known: "public evidence",
    note:
      "There is no field id; lastInstantiation is left out before there was an instance. That every user may use every application is assumed.",
    handle: (_, world) => Effect.sync(() => jsonAnswer([...world.of(apps).values()].map((app) => listed(world, app)))),
  },
  {
    method: "GET",
    path: "/apps/:appId",
    known: "official client",
    note: "The manifest; a part of the keys of a real one.",
    handle: (call, world) => Effect.map(findApp(world, call), ({ manifest }) => jsonAnswer(manifest)),
  },
  {
    method: "GET",
    path: "/apps/:appId/instances/",
    known: "official client",
    note: "Projects, by projectKey.",
    handle: (call, world) =>
      Effect.map(
        findApp(world, call),
        (app) => jsonAnswer(instancesOf(world, app).map(({ projectKey }) => ({ projectKey }))),
      ),
  },
  {
    method: "POST",
    path: "/apps/:appId/instances",
    known: "official client",
    note: "A future. How long it takes, its result, what is refused, and that the owner is who asks, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const app = yield* findApp(world, call);
        const { targetProjectKey, targetProjectName, isTemporaryAppInstance } = isJsonObject(call.json)
          ? call.json
          : {};
        const refusal = faultInKey(targetProjectKey);
        if (refusal !== undefined) return yield* Effect.fail(refusal);
        const projectKey = String(targetProjectKey);
        if (world.of(projects).has(projectKey)) {
          return yield* Effect.fail(conflict(`Project ${projectKey} exists already`));
        }
        if (typeof targetProjectName !== "string" || targetProjectName === "") {
          return yield* Effect.fail(invalid("An instance of an application needs a name"));
        }
        const outcome = world.outcomes.take(`apps/${app.appId}`);
        const { login } = call.user;
        return startScripted(world, call.now, outcome, {
          owner: login,
          displayName: `Instantiating ${app.appId}`,
          kind: "APP_INSTANTIATION",
          targets: [{ projectKey, objectType: "PROJECT", objectId: projectKey }],
          seconds: 3,
          end: (at) => {
            if (outcome.end === "fail") {
              const message = outcome.message ?? `${app.appId} cannot be instantiated`;
              return {
                result: { messages: infoMessage("ERROR", "ERR_APP_INSTANTIATION", "Not instantiated", message) },
              };
            }
            const from = world.of(projects).get(app.projectKey);
            if (from === undefined || world.of(projects).has(projectKey)) {
              const detail = `Project ${from === undefined ? app.projectKey : projectKey} was changed in between`;
              return {
                failure: new SimulatedRefusal({ status: 500, errorType: "java.lang.IllegalStateException", detail }),
              };
            }
            const copy = copyProject(world, from, { projectKey, name: targetProjectName }, {
              login,
              now: at,
              data: "of sources",
            });
            copy.documents.summary = {
              ...copy.documents.summary,
              projectAppType: "APP_INSTANCE",
              generatingAppId: app.appId,
              ...(isTemporaryAppInstance === true ? { isTemporaryAppInstance } : {}),
            };
            app.lastInstantiation = at;
            return {
              result: { messages: infoMessage("SUCCESS", "INFO_APP_INSTANTIATED", "Instantiated", projectKey) },
            };
          },
        });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/app-manifest",
    known: "official client",
    note:
      "The manifest of a project that is an application, or of the application that it is an instance of; for other projects, that there is none, is assumed.",
    handle: ({ params }, world) =>
      Effect.flatMap(findProject(world, params.projectKey), (project) => {
        const app = appOf(world, project);
        return app === undefined
          ? Effect.fail(missing(`Application manifest of project ${project.projectKey}`))
          : Effect.succeed(jsonAnswer(app.manifest));
      }),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/app-manifest",
    known: "official client",
    note:
      "Takes the place of the whole document; an empty answer. Who may write it, and that an instance has none of its own, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        const app = [...world.of(apps).values()].find(({ projectKey }) => projectKey === project.projectKey);
        if (app === undefined) {
          return yield* Effect.fail(missing(`Application manifest of project ${project.projectKey}`));
        }
        const refusal = mayNotAdministrate(world, project, call.user);
        if (refusal !== undefined) return yield* Effect.fail(refusal);
        const sent = yield* documentSent(world, call);
        const wrong = fault(sent);
        if (wrong !== undefined) return yield* Effect.fail(wrong);
        app.manifest = sent;
        return emptyAnswer;
      }),
  },
];
