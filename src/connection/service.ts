/**
 * Service keys that carry their layer.
 *
 * @module
 */
import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { Dss } from "./dss.ts";

/** The key of a service of this library, with the layer that builds it on a connection. */
export interface DssService<Self> extends Context.Service<Self, Self> {
  /** Builds the service on the connection in context. */
  readonly layer: Layer.Layer<Self, never, Dss>;
}

/** @internal */
export const service = <Self>(key: string, make: Effect.Effect<Self, never, Dss>): DssService<Self> => {
  const tag = Context.Service<Self>(`@effect-dataiku/dss/${key}`);
  // Layers are shared by identity, whatever is below them: without `fresh`, a second connection gets the service of the first.
  return Object.assign(tag, { layer: Layer.fresh(Layer.effect(tag, make)) });
};
