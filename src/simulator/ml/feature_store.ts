/**
 * The feature store of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { jsonAnswer, type Route } from "../kernel/route.ts";
import type { World } from "../kernel/world.ts";

/** Publishes a dataset of the seed. */
export const seedFeatureStore = (world: World): void => {
  world.featureGroups.push({ projectKey: "CHURN", name: "features" });
};

/** @internal */
export const featureStoreRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/feature-store/feature-groups",
    known: "official client",
    note: "projectKey and name. That every user sees all of them, and that they go with their datasets, is assumed.",
    handle: (_, world) =>
      Effect.sync(() =>
        jsonAnswer(
          world.featureGroups.filter(({ projectKey, name }) => world.projects.get(projectKey)?.datasets.has(name)),
        )
      ),
  },
];
