/**
 * The feature store of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { jsonAnswer, type Route } from "../kernel/route.ts";
import type { World } from "../kernel/world.ts";
import { datasets } from "../flow/datasets_state.ts";
import { projects } from "../projects/projects_state.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** Datasets in the feature store. */
export const featureGroups: Slice<Array<{ readonly projectKey: string; readonly name: string }>> = slice(
  "featureGroups",
  () => [],
);

/** Publishes a dataset of the seed. */
export const seedFeatureStore = (world: World): void => {
  world.of(featureGroups).push({ projectKey: "CHURN", name: "features" });
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
          world.of(featureGroups).filter(({ projectKey, name }) =>
            world.of(projects).get(projectKey)?.of(datasets).has(name)
          ),
        )
      ),
  },
];
