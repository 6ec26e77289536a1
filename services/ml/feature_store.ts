/**
 * The feature store: datasets that are published as feature groups.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { FeatureGroup } from "../../schemas/ml/feature_group.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import { get, path } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";

export * from "../../schemas/ml/feature_group.ts";

/**
 * The feature store.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { FeatureStore } from "@effect-dataiku/dss";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.flatMap(FeatureStore, (store) => store.groups());
 * const [group] = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (group?.name !== "features") throw new Error("unexpected");
 * ```
 */
export interface FeatureStore {
  /** The feature groups that may be seen. */
  groups(): Effect.Effect<ReadonlyArray<FeatureGroup>, DssError>;
}

/** Key of {@linkcode FeatureStore}, with its layer. */
export const FeatureStore: DssService<FeatureStore> = service(
  "FeatureStore",
  Effect.map(Dss, (dss): FeatureStore => ({
    groups: () => dss.json("FeatureStore.groups", get(path`/feature-store/feature-groups`), Schema.Array(FeatureGroup)),
  })),
);
