/**
 * Feature groups: datasets that are published in the feature store.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { open } from "../../src/json/open.ts";

/** A feature group: a dataset. */
export interface FeatureGroup {
  /** Key of its project. */
  readonly projectKey: string;
  /** Name of the dataset. */
  readonly name: string;
}

/** Schema of {@linkcode FeatureGroup}. */
export const FeatureGroup: Schema.Codec<FeatureGroup, unknown> = open(
  { projectKey: Schema.String, name: Schema.String } satisfies Fields<FeatureGroup>,
);
