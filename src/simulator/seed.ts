/**
 * The instance that a simulated DSS starts with: small, and like one that people use.
 *
 * @module
 * @internal
 */
import { seedAdmin } from "./admin/seed.ts";
import { seedAutomation } from "./automation/seed.ts";
import { seedCode } from "./code/seed.ts";
import { seedApiDeployer } from "./deploy/seed_api_deployer.ts";
import { seedFlow } from "./flow/seed.ts";
import type { World } from "./kernel/world.ts";
import { seedFeatureStore } from "./ml/feature_store.ts";
import { seedProjects } from "./projects/seed.ts";

/** Fills an instance as it is at its start, area after area. */
export const seed = (world: World, boot: number): void => {
  seedAdmin(world, boot);
  seedProjects(world, boot);
  seedFlow(world, boot);
  seedAutomation(world, boot);
  seedCode(world, boot);
  seedFeatureStore(world);
  seedApiDeployer(world, boot);
};
