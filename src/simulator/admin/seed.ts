/**
 * Who uses a simulated DSS at its start, and what it is connected with.
 *
 * @module
 * @internal
 */
import type { World } from "../kernel/world.ts";
import { seedClusters } from "./seed_clusters.ts";
import { seedConnections } from "./seed_connections.ts";
import { seedInstance } from "./seed_instance.ts";
import { seedSecrets } from "./secrets_state.ts";
import { seedUsers } from "./seed_users.ts";
import { seedVaults } from "./vaults_state.ts";

/** Fills an instance with users, connections, clusters, vaults and secrets. */
export const seedAdmin = (world: World, boot: number): void => {
  seedUsers(world, boot);
  seedConnections(world);
  seedInstance(world, boot);
  seedClusters(world);
  seedVaults(world, boot);
  seedSecrets(world, boot);
};
