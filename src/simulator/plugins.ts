/**
 * Plugins of the simulated DSS: they are installed, updated, used and removed.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { addCodeEnv, codeEnvKey } from "./code_envs_state.ts";
import { infoMessage } from "./info_messages.ts";
import {
  findPlugin,
  mayNotDevelop,
  planOf,
  planPlugin,
  type PluginPlan,
  putPlugin,
  store,
  usagesOf,
} from "./plugins_state.ts";
import {
  type Answer,
  type Call,
  conflict,
  invalid,
  jsonAnswer,
  refuse,
  type Route,
  type SimulatedRefusal,
  zipAnswer,
} from "./route.ts";
import { startScripted } from "./scripted_future.ts";
import { isJsonObject, type JsonObject } from "./stored_document.ts";
import { archiveSent } from "./uploaded_file.ts";
import type { World } from "./world.ts";
import { writeZip } from "./zip.ts";

const done = (message: string, more: JsonObject = {}): JsonObject => ({
  success: true,
  ...more,
  messages: infoMessage("SUCCESS", "INFO_PLUGIN", "Done", message),
  needsReload: true,
  needsRestart: false,
});

const failed = (message: string): JsonObject => ({
  success: false,
  messages: infoMessage("ERROR", "ERR_PLUGIN_INSTALL", "Not done", message),
});

/** Work on a plugin, as a future whose end can be scripted as `plugins/geoadmin`. */
const work = (
  world: World,
  { now, user }: Call,
  pluginId: string,
  displayName: string,
  seconds: number,
  end: (now: number) => JsonObject,
): Answer => {
  const outcome = world.outcomes.take(`plugins/${pluginId}`);
  return startScripted(world, now, outcome, {
    owner: user.login,
    displayName,
    kind: "PLUGIN",
    targets: [{ objectType: "PLUGIN", objectId: pluginId }],
    seconds,
    end: (at) => ({
      result: outcome.end === "fail"
        ? failed(outcome.message ?? `The work on plugin ${pluginId} failed`)
        : outcome.end === "warn"
        ? { ...end(at), messages: infoMessage("WARNING", "WARN_PLUGIN", "Done", outcome.message ?? "Look at the log") }
        : end(at),
    }),
  });
};

const install = (world: World, plan: PluginPlan): JsonObject => {
  if (world.plugins.has(plan.id)) return failed(`Plugin ${plan.id} is installed already`);
  putPlugin(world, plan);
  return done(`${plan.id} ${plan.version} is installed`);
};

const update = (world: World, plan: PluginPlan): JsonObject => {
  if (!world.plugins.has(plan.id)) return failed(`Plugin ${plan.id} was removed in between`);
  putPlugin(world, plan);
  return done(`${plan.id} is ${plan.version} now`);
};

/** The plugin of an archive that is sent to be installed. */
const planSent = (world: World, call: Call): Effect.Effect<PluginPlan, SimulatedRefusal> =>
  Effect.flatMap(archiveSent(call), (files) => {
    const plan = planOf(files);
    if (!("id" in plan)) return Effect.fail(plan);
    return world.plugins.has(plan.id)
      ? Effect.fail(conflict(`Plugin ${plan.id} is installed already`))
      : Effect.succeed(plan);
  });

/** The plugin of an archive that is sent in place of one. */
const updateSent = (world: World, call: Call): Effect.Effect<PluginPlan, SimulatedRefusal> =>
  Effect.gen(function* () {
    const { id } = yield* findPlugin(world, call);
    const plan = planOf(yield* archiveSent(call));
    if (!("id" in plan)) return yield* Effect.fail(plan);
    return plan.id === id ? plan : yield* Effect.fail(invalid(`The archive holds plugin ${plan.id}, not ${id}`));
  });

/** The plugin in a repository that a request names: its last folder is taken for its name. */
const planInGit = ({ json }: Call): PluginPlan | SimulatedRefusal => {
  const { gitRepositoryUrl, gitCheckout, gitSubpath } = isJsonObject(json) ? json : {};
  if (typeof gitRepositoryUrl !== "string" || !/^(\w+:\/\/|[\w.-]+@[\w.-]+:)./.test(gitRepositoryUrl)) {
    return invalid("gitRepositoryUrl must be the address of a Git repository");
  }
  if (
    typeof gitCheckout !== "string" ||
    (typeof gitSubpath !== "string" && gitSubpath !== null && gitSubpath !== undefined)
  ) {
    return invalid("gitCheckout must be a text, and gitSubpath a text or null");
  }
  const name = (gitSubpath ?? gitRepositoryUrl).split(/[/:]/).filter((part) => part !== "").at(-1) ?? "";
  return planPlugin(name.replace(/\.git$/, "").replace(/^dss-plugin-/, ""), "0.0.1", name);
};

/** @internal */
export const pluginsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/plugins/",
    known: "public evidence",
    note: "id, version, isDev and meta. That every user sees them is assumed.",
    handle: (_, world) =>
      Effect.sync(() =>
        jsonAnswer([...world.plugins.values()].map(({ id, version, isDev, meta }) => ({ id, version, isDev, meta })))
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
      Effect.map(world.project(params.projectKey), ({ projectKey }) =>
        jsonAnswer(
          [...world.plugins.keys()].map((pluginId) => ({
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
        if (world.codeEnvs.has(codeEnvKey("PYTHON", envName))) {
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
          world.codeEnvs.has(codeEnvKey("PYTHON", `plugin_${id}_managed`))
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
          const uses = world.pluginUsages.filter(({ pluginId }) => pluginId === id).length;
          if (uses > 0 && !force) return failed(`Plugin ${id} is used in ${uses} places`);
          world.plugins.delete(id);
          return done(`${id} is removed`);
        }));
      }),
  },
];
