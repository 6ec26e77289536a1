/**
 * What a simulated DSS has around code at its start.
 *
 * @module
 * @internal
 */
import { startFuture } from "../kernel/futures.ts";
import type { World } from "../kernel/world.ts";
import { seedBusinessApps } from "./business_apps_state.ts";
import { seedPlugins } from "./plugins_state.ts";
import { seedNotebooks } from "./running_notebooks.ts";
import { seedCodeEnvs } from "./seed_code_envs.ts";
import { seedCodeStudios } from "./seed_code_studios.ts";

/** Fills an instance with code environments, code studios, notebooks, plugins and business applications. */
export const seedCode = (world: World, boot: number): void => {
  seedCodeEnvs(world, boot);
  seedCodeStudios(world, boot);
  seedNotebooks(world, boot);
  seedPlugins(world);
  seedBusinessApps(world);
  startFuture(world, boot, {
    owner: "admin",
    displayName: "Building image of template vscode-py311",
    kind: "CODE_STUDIO_TEMPLATE_BUILD",
    seconds: 600,
    end: () => ({
      result: {
        messages: {
          anyMessage: true,
          success: true,
          warning: false,
          error: false,
          fatal: false,
          maxSeverity: "SUCCESS",
          messages: [{ severity: "SUCCESS", isFatal: false, title: "Image built", message: "vscode-py311 is ready" }],
        },
      },
    }),
  });
};
