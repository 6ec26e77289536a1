/**
 * Work on the plugins of the simulated DSS: installs and updates, from archives, the store and Git.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { infoMessage } from "../kernel/info_messages.ts";
import { findPlugin, planOf, planPlugin, type PluginPlan, plugins, putPlugin } from "./plugins_state.ts";
import { type Answer, type Call, conflict, invalid, type SimulatedRefusal } from "../kernel/route.ts";
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import { archiveSent } from "../kernel/uploaded_file.ts";
import type { World } from "../kernel/world.ts";
import { failed as failedWork, reportedWork } from "./reported_work.ts";

/** A result of work that is done. */
export const done = (message: string, more: JsonObject = {}): JsonObject => ({
  success: true,
  ...more,
  messages: infoMessage("SUCCESS", "INFO_PLUGIN", "Done", message),
  needsReload: true,
  needsRestart: false,
});

/** A result of work that failed. */
export const failed = (message: string): JsonObject => failedWork("PLUGIN", message);

/** Work on a plugin, as a future whose end can be scripted as `plugins/geoadmin`. */
export const work = (
  world: World,
  call: Call,
  id: string,
  displayName: string,
  seconds: number,
  end: (now: number) => JsonObject,
): Answer => reportedWork(world, call, { address: `plugins/${id}`, kind: "PLUGIN", id }, displayName, seconds, end);

/** Installs a plugin, unless it is there. */
export const install = (world: World, plan: PluginPlan): JsonObject => {
  if (world.of(plugins).has(plan.id)) return failed(`Plugin ${plan.id} is installed already`);
  putPlugin(world, plan);
  return done(`${plan.id} ${plan.version} is installed`);
};

/** Replaces a plugin, unless it is gone. */
export const update = (world: World, plan: PluginPlan): JsonObject => {
  if (!world.of(plugins).has(plan.id)) return failed(`Plugin ${plan.id} was removed in between`);
  putPlugin(world, plan);
  return done(`${plan.id} is ${plan.version} now`);
};

/** The plugin of an archive that is sent to be installed. */
export const planSent = (world: World, call: Call): Effect.Effect<PluginPlan, SimulatedRefusal> =>
  Effect.flatMap(archiveSent(call), (files) => {
    const plan = planOf(files);
    if (!("id" in plan)) return Effect.fail(plan);
    return world.of(plugins).has(plan.id)
      ? Effect.fail(conflict(`Plugin ${plan.id} is installed already`))
      : Effect.succeed(plan);
  });

/** The plugin of an archive that is sent in place of one. */
export const updateSent = (world: World, call: Call): Effect.Effect<PluginPlan, SimulatedRefusal> =>
  Effect.gen(function* () {
    const { id } = yield* findPlugin(world, call);
    const plan = planOf(yield* archiveSent(call));
    if (!("id" in plan)) return yield* Effect.fail(plan);
    return plan.id === id ? plan : yield* Effect.fail(invalid(`The archive holds plugin ${plan.id}, not ${id}`));
  });

/** The plugin in a repository that a request names: its last folder is taken for its name. */
export const planInGit = ({ json }: Call): PluginPlan | SimulatedRefusal => {
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
