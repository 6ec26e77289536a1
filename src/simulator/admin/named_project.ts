/**
 * Projects that routes for administrators name.
 *
 * @module
 * @internal
 */
import type * as Effect from "effect/Effect";
import { notFor, refuse, type SimulatedRefusal } from "../kernel/route.ts";
import type { World } from "../kernel/world.ts";

/** Refuses the key of a project that does not exist. */
export const namedProject = (world: World, projectKey: string): Effect.Effect<void, SimulatedRefusal> =>
  refuse(world.keysOf("projects").includes(projectKey) ? undefined : notFor(`project ${projectKey}`));
