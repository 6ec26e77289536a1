/**
 * What runs and ran by itself on a simulated DSS at its start.
 *
 * @module
 * @internal
 */
import { startFuture } from "../kernel/futures.ts";
import type { World } from "../kernel/world.ts";
import { projects } from "../projects/projects_state.ts";
import { startJob } from "./jobs_state.ts";
import { seedMessagingChannels } from "./messaging_channels.ts";
import { planScenarios, seedScenarios } from "./seed_scenarios.ts";

const hour = 3_600_000;

/** Fills an instance with scenarios, jobs and channels: the past is played, not written down. */
export const seedAutomation = (world: World, boot: number): void => {
  seedScenarios(world, boot);
  seedMessagingChannels(world);
  const [sales, churn] = [world.of(projects).get("SALES")!, world.of(projects).get("CHURN")!];
  const build = (id: string) => [{ id, type: "DATASET", partition: "NP" }];
  world.outcomes.set("recipes/SALES.compute_orders_joined", { end: "fail", message: "Connection refused", times: 1 });
  world.outcomes.set("recipes/CHURN.score_customers", { end: "warn", times: 1 });
  startJob(world, sales, boot - 4 * hour, {
    type: "RECURSIVE_BUILD",
    outputs: build("revenue_by_country"),
    initiator: "maria",
    triggeredFrom: "USER",
  });
  startJob(world, churn, boot - 3 * hour, {
    type: "RECURSIVE_BUILD",
    outputs: build("customers_scored"),
    initiator: "admin",
    triggeredFrom: "API",
  });
  world.agenda.advanceTo(boot);
  planScenarios(world, boot);
  startFuture(world, boot, {
    owner: "maria",
    displayName: "Metrics of SALES.orders_joined",
    kind: "COMPUTE_METRICS",
    targets: [{ projectKey: "SALES", objectType: "DATASET", objectId: "orders_joined" }],
    seconds: 30,
    end: (at) => ({
      result: { startTime: boot, endTime: at, computed: [{ metricId: "records:COUNT_RECORDS", value: "1024" }] },
    }),
  });
};
