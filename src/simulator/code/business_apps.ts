/**
 * Business applications of the simulated DSS: they are installed, set, upgraded and removed.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { infoMessage } from "../kernel/info_messages.ts";
import { type Answer, type Call, conflict, emptyAnswer, invalid, jsonAnswer, type Route } from "../kernel/route.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { projects, removeProject } from "../projects/projects_state.ts";
import {
  businessApps,
  businessAppSent,
  businessAppStore,
  findBusinessApp,
  putBusinessApp,
} from "./business_apps_state.ts";
import { addCodeEnv, codeEnvKey, codeEnvs } from "./code_envs_state.ts";
import { failed as failedWork, reportedWork } from "./reported_work.ts";

const kind = "BUSINESS_APP";

const done = (message: string): JsonObject => ({
  success: true,
  messages: infoMessage("SUCCESS", "INFO_BUSINESS_APP", "Done", message),
});

const failed = (message: string): JsonObject => failedWork(kind, message);

/** Work on a business application, as a future whose end can be scripted as `businessApps/churn-watch`. */
const work = (
  world: World,
  call: Call,
  id: string,
  displayName: string,
  seconds: number,
  end: () => JsonObject,
): Answer => reportedWork(world, call, { address: `businessApps/${id}`, kind, id }, displayName, seconds, end);

/** @internal */
export const businessAppsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/business-apps/",
    known: "official client",
    note: "id, version, name and description. That every user sees them is assumed.",
    handle: (_, world) =>
      Effect.sync(() =>
        jsonAnswer(
          [...world.of(businessApps).values()].map(({ plan: { id, version, name, description } }) => ({
            id,
            version,
            name,
            description,
          })),
        )
      ),
  },
  {
    method: "POST",
    path: "/business-apps/install-from-archive",
    known: "official client",
    note:
      "A multipart file; a future; upgrades what is there. What is in the archive, what is refused at once, and the result are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.map(
        businessAppSent(call),
        (plan) =>
          work(world, call, plan.id, `Installing business application ${plan.id}`, 5, () => {
            putBusinessApp(world, plan);
            return done(`${plan.id} ${plan.version} is installed`);
          }),
      ),
  },
  {
    method: "POST",
    path: "/business-apps/install-from-store",
    known: "official client",
    note:
      "businessAppId, which must not be installed; a future. That the work fails when it is, or when the store does not have it, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.suspend(() => {
        const { businessAppId } = isJsonObject(call.json) ? call.json : {};
        if (typeof businessAppId !== "string") return Effect.fail(invalid("businessAppId must be a text"));
        const plan = businessAppStore.get(businessAppId);
        return Effect.succeed(
          work(world, call, businessAppId, `Installing business application ${businessAppId}`, 10, () => {
            if (plan === undefined) return failed(`The store has no business application ${businessAppId}`);
            if (world.of(businessApps).has(plan.id)) {
              return failed(`Business application ${plan.id} is installed already`);
            }
            putBusinessApp(world, plan);
            return done(`${plan.id} ${plan.version} is installed`);
          }),
        );
      }),
  },
  {
    method: "GET",
    path: "/business-apps/:businessAppId",
    known: "official client",
    note:
      "name, version, description, webAppId, codeEnvName, connections, and settings for administrators. The form of connections is assumed.",
    handle: (call, world) =>
      Effect.map(
        findBusinessApp(world, call),
        ({ plan, codeEnvName, settings }) =>
          jsonAnswer({
            ...plan,
            webAppId: `${plan.id}-ui`,
            codeEnvName,
            ...(call.user.admin ? { settings } : {}),
          }),
      ),
  },
  {
    method: "GET",
    path: "/business-apps/:businessAppId/settings",
    known: "official client",
    note:
      "remapping, whose form is assumed; that only administrators see the settings is what the client says of details.",
    admin: true,
    handle: (call, world) => Effect.map(findBusinessApp(world, call), ({ settings }) => jsonAnswer(settings)),
  },
  {
    method: "PUT",
    path: "/business-apps/:businessAppId/settings",
    known: "official client",
    note: "Written whole, by administrators; an empty answer.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const app = yield* findBusinessApp(world, call);
        const settings = yield* documentSent(world, call);
        if (!isJsonObject(settings.remapping)) return yield* Effect.fail(invalid("remapping must be an object"));
        app.settings = settings;
        return emptyAnswer;
      }),
  },
  {
    method: "POST",
    path: "/business-apps/:businessAppId/upgrade-from-store",
    known: "official client",
    note:
      "A future; the code environment stays as it is. That the work fails when the store does not have it is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.map(findBusinessApp(world, call), ({ plan: { id } }) => {
        const plan = businessAppStore.get(id);
        return work(world, call, id, `Upgrading business application ${id}`, 10, () => {
          if (plan === undefined) return failed(`The store has no business application ${id}`);
          if (!world.of(businessApps).has(id)) return failed(`Business application ${id} was removed in between`);
          putBusinessApp(world, plan);
          return done(`${id} is ${plan.version} now`);
        });
      }),
  },
  {
    method: "POST",
    path: "/business-apps/:businessAppId/code-env/actions/create",
    known: "official client",
    note:
      "deploymentMode, conda and pythonInterpreter or null; a future. The name of the code environment, and that a second one is refused, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findBusinessApp(world, call), (app) => {
        const { id } = app.plan;
        const { deploymentMode, conda = false, pythonInterpreter } = isJsonObject(call.json) ? call.json : {};
        if (deploymentMode !== "BUSINESS_APP_MANAGED") {
          return Effect.fail(
            invalid(`deploymentMode is ${deploymentMode}, that of a business application is BUSINESS_APP_MANAGED`),
          );
        }
        if (typeof conda !== "boolean" || (pythonInterpreter !== null && typeof pythonInterpreter !== "string")) {
          return Effect.fail(invalid("conda must be a boolean, and pythonInterpreter a text or null"));
        }
        const envName = `business_app_${id}_managed`;
        if (world.of(codeEnvs).has(codeEnvKey("PYTHON", envName))) {
          return Effect.fail(conflict(`Business application ${id} has a code environment already`));
        }
        return Effect.succeed(work(world, call, id, `Building the code environment of ${id}`, 30, () => {
          const described = { deploymentMode, conda, owner: call.user.login };
          addCodeEnv(
            world,
            "PYTHON",
            envName,
            pythonInterpreter === null ? described : { ...described, pythonInterpreter },
          );
          app.codeEnvName = envName;
          return done(`${envName} is built`);
        }));
      }),
  },
  {
    method: "POST",
    path: "/business-apps/:businessAppId/code-env/actions/update",
    known: "official client",
    note: "A future. That one without a code environment is refused is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(
        findBusinessApp(world, call),
        ({ plan: { id }, codeEnvName }) =>
          codeEnvName === null
            ? Effect.fail(invalid(`Business application ${id} has no code environment`))
            : Effect.succeed(
              work(
                world,
                call,
                id,
                `Building the code environment of ${id}`,
                30,
                () => done(`${codeEnvName} is up to date`),
              ),
            ),
      ),
  },
  {
    method: "POST",
    path: "/business-apps/:businessAppId/actions/delete",
    known: "official client",
    note:
      "force, with which the instances are deleted too; a future. That the code environment stays, and how DSS says that there are instances, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findBusinessApp(world, call), ({ plan: { id }, instances }) => {
        const { force } = isJsonObject(call.json) ? call.json : {};
        if (typeof force !== "boolean") return Effect.fail(invalid("force must be a boolean"));
        return Effect.succeed(work(world, call, id, `Removing business application ${id}`, 2, () => {
          if (instances.size > 0 && !force) {
            return failed(`Business application ${id} has the instances ${[...instances.keys()].join(", ")}`);
          }
          for (const projectKey of [...instances.keys()]) {
            const project = world.of(projects).get(projectKey);
            if (project !== undefined) removeProject(world, project);
          }
          world.of(businessApps).delete(id);
          return done(`${id} is removed`);
        }));
      }),
  },
];
