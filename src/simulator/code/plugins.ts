/**
 * Plugins of the simulated DSS: they are installed, updated, used and removed.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { addCodeEnv, codeEnvKey, codeEnvs } from "./code_envs_state.ts";
import { findPlugin, mayNotDevelop, plugins, pluginUsages, store, usagesOf } from "./plugins_state.ts";
import { done, failed, install, planInGit, planSent, update, updateSent, work } from "./plugins_work.ts";
import { conflict, invalid, jsonAnswer, refuse, type Route, zipAnswer } from "../kernel/route.ts";
import { isJsonObject } from "../kernel/stored_document.ts";
import { writeZip } from "../kernel/zip.ts";
import { findProject } from "../projects/projects_state.ts";

/** @internal */
export const pluginsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/plugins/",
    known: "public evidence",
    note: "id, version, isDev and meta. That every user sees them is assumed.",
    handle: (_, world) =>
      Effect.sync(() =>
        jsonAnswer(
          [...world.of(plugins).values()].map(({ id, version, isDev, meta }) => ({ id, version, isDev, meta })),
        )
      ),
  },
  {
    method: "GET",
    path: "/plugins/:pluginId/download",
    known: "official client",
    note: "A ZIP file, of a plugin that is developed; that others are refused is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const { id, isDev, files } = yield* findPlugin(world, call);
        if (!isDev) return yield* Effect.fail(invalid(`Plugin ${id} is not developed here`));
        yield* refuse(mayNotDevelop(world, call.user));
        return zipAnswer(writeZip(files));
      }),
  },
  {
    method: "GET",
    path: "/plugins/:pluginId/actions/listUsages",
    known: "public evidence",
    note: "usages, which may lack projectKey, and missingTypes. That they go by what was removed is assumed.",
    handle: (call, world) =>
      Effect.map(
        findPlugin(world, call),
        ({ id }) => jsonAnswer(usagesOf(world, id, call.query.get("projectKey") ?? undefined)),
      ),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/plugins/usages",
    known: "official client",
    note:
      "One item for each plugin, with its pluginUsages. That plugins are left out which the project surely does not use is assumed.",
    handle: ({ params }, world) =>
      Effect.map(findProject(world, params.projectKey), ({ projectKey }) =>
        jsonAnswer(
          [...world.of(plugins).keys()].map((pluginId) => ({
            pluginId,
            pluginUsages: usagesOf(world, pluginId, projectKey),
          })).filter(({ pluginUsages }) => Object.values(pluginUsages).some((found) => found.length > 0)),
        )),
  },
  {
    method: "POST",
    path: "/plugins/actions/installFromZip",
    known: "official client",
    note: "A multipart file; answered with JSON when it is done. What is refused is assumed.",
    admin: true,
    handle: (call, world) => Effect.map(planSent(world, call), (plan) => jsonAnswer(install(world, plan))),
  },
  {
    method: "POST",
    path: "/plugins/actions/future/installFromZip",
    known: "official client",
    note: "A multipart file; a future. What is refused at once is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.map(
        planSent(world, call),
        (plan) => work(world, call, plan.id, `Installing plugin ${plan.id}`, 5, () => install(world, plan)),
      ),
  },
  {
    method: "POST",
    path: "/plugins/actions/installFromStore",
    known: "official client",
    note: "pluginId; a future. That a plugin which the store does not have is a failure of the work is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.suspend(() => {
        const { pluginId } = isJsonObject(call.json) ? call.json : {};
        if (typeof pluginId !== "string") return Effect.fail(invalid("pluginId must be a text"));
        const plan = store.get(pluginId);
        return Effect.succeed(
          work(world, call, pluginId, `Installing plugin ${pluginId}`, 10, () =>
            plan === undefined ? failed(`The store has no plugin ${pluginId}`) : install(world, plan)),
        );
      }),
  },
  {
    method: "POST",
    path: "/plugins/actions/installFromGit",
    known: "official client",
    note: "gitRepositoryUrl, gitCheckout and gitSubpath; a future. What is in the repository is made up from its name.",
    admin: true,
    handle: (call, world) =>
      Effect.suspend(() => {
        const plan = planInGit(call);
        return "id" in plan
          ? Effect.succeed(work(world, call, plan.id, "Installing a plugin from Git", 10, () => install(world, plan)))
          : Effect.fail(plan);
      }),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/actions/updateFromZip",
    known: "official client",
    note: "A multipart file; answered with JSON when it is done.",
    admin: true,
    handle: (call, world) => Effect.map(updateSent(world, call), (plan) => jsonAnswer(update(world, plan))),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/actions/future/updateFromZip",
    known: "official client",
    note: "A multipart file; a future. That an archive of another plugin is refused at once is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.map(
        updateSent(world, call),
        (plan) => work(world, call, plan.id, `Updating plugin ${plan.id}`, 5, () => update(world, plan)),
      ),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/actions/updateFromStore",
    known: "official client",
    note: "A future.",
    admin: true,
    handle: (call, world) =>
      Effect.map(findPlugin(world, call), ({ id }) => {
        const plan = store.get(id);
        return work(world, call, id, `Updating plugin ${id}`, 10, () =>
          plan === undefined ? failed(`The store has no plugin ${id}`) : update(world, plan));
      }),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/actions/updateFromGit",
    known: "official client",
    note: "As for installing; a future. That whatever is in the repository is the plugin is made up.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findPlugin(world, call), ({ id }) => {
        const plan = planInGit(call);
        return "id" in plan
          ? Effect.succeed(work(world, call, id, `Updating plugin ${id}`, 10, () => update(world, { ...plan, id })))
          : Effect.fail(plan);
      }),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/code-env/actions/create",
    known: "official client",
    note: "deploymentMode, conda and pythonInterpreter; a future whose result has envName, as plugin_geoadmin_managed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findPlugin(world, call), ({ id }) => {
        const { deploymentMode, conda = false, pythonInterpreter } = isJsonObject(call.json) ? call.json : {};
        if (deploymentMode !== "PLUGIN_MANAGED" && deploymentMode !== "PLUGIN_NON_MANAGED") {
          return Effect.fail(invalid(`deploymentMode is ${deploymentMode}, that of a plugin begins with PLUGIN_`));
        }
        if (typeof conda !== "boolean" || (pythonInterpreter !== null && typeof pythonInterpreter !== "string")) {
          return Effect.fail(invalid("conda must be a boolean, and pythonInterpreter a text or null"));
        }
        const envName = `plugin_${id}_managed`;
        if (world.of(codeEnvs).has(codeEnvKey("PYTHON", envName))) {
          return Effect.fail(conflict(`Plugin ${id} has a code environment already`));
        }
        return Effect.succeed(work(world, call, id, `Building the code environment of ${id}`, 30, () => {
          const described = { deploymentMode, conda, owner: call.user.login };
          addCodeEnv(
            world,
            "PYTHON",
            envName,
            pythonInterpreter === null ? described : { ...described, pythonInterpreter },
          );
          return done(`${envName} is built`, { envName });
        }));
      }),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/code-env/actions/update",
    known: "official client",
    note: "A future. That a plugin without a code environment is refused is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(
        findPlugin(world, call),
        ({ id }) =>
          world.of(codeEnvs).has(codeEnvKey("PYTHON", `plugin_${id}_managed`))
            ? Effect.succeed(
              work(world, call, id, `Building the code environment of ${id}`, 30, () =>
                done("The code environment is up to date", { envName: `plugin_${id}_managed` })),
            )
            : Effect.fail(invalid(`Plugin ${id} has no code environment`)),
      ),
  },
  {
    method: "POST",
    path: "/plugins/:pluginId/actions/delete",
    known: "official client",
    note: "force; a future. That one which is used stays, and how DSS says so, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.flatMap(findPlugin(world, call), ({ id }) => {
        const { force } = isJsonObject(call.json) ? call.json : {};
        if (typeof force !== "boolean") return Effect.fail(invalid("force must be a boolean"));
        return Effect.succeed(work(world, call, id, `Removing plugin ${id}`, 2, () => {
          const uses = world.of(pluginUsages).filter(({ pluginId }) => pluginId === id).length;
          if (uses > 0 && !force) return failed(`Plugin ${id} is used in ${uses} places`);
          world.of(plugins).delete(id);
          return done(`${id} is removed`);
        }));
      }),
  },
];
