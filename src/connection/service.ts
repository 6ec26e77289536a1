/**
 * Service keys that carry their layer.
 *
 * @module
 */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { Dss } from "./dss.ts";

/** The key of a service of this library, with the layer that builds it on a connection. */
export interface DssService<Self> extends Context.Service<Self, Self> {
  /** Builds the service on the connection in context. */
  readonly layer: Layer.Layer<Self, never, Dss>;
  /** Builds the service alone, on the connection in context. */
  readonly make: Effect.Effect<Self, never, Dss>;
}

/** @internal */
export const service = <Self>(key: string, make: Effect.Effect<Self, never, Dss>): DssService<Self> => {
  const tag = Context.Service<Self>(`@effect-dataiku/dss/${key}`);
  // Layers are shared by identity, whatever is below them: without `fresh`, a second connection gets the service of the first.
  return Object.assign(tag, { make, layer: Layer.fresh(Layer.effect(tag, make)) });
};

/** An object that is made when something of it is first asked for. */
const whenAsked = <A extends object>(make: () => A): A => {
  const target = {} as A;
  let isMade = false;
  const made = (): A => {
    if (!isMade) Object.assign(target, make());
    isMade = true;
    return target;
  };
  return new Proxy(target, {
    get: (_, key, proxy) => Reflect.get(made(), key, proxy),
    has: (_, key) => Reflect.has(made(), key),
    ownKeys: () => Reflect.ownKeys(made()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(made(), key),
  });
};

/** @internal The keys of services by name. */
export type ServiceKeys<All> = { readonly [Name in keyof All]: DssService<All[Name]> };

/** @internal Services by name on the connection in context, each built when it is first used: a program pays for what it uses. */
export const lazily = <All>(keys: ServiceKeys<All>): Effect.Effect<All, never, Dss> =>
  Effect.contextWith((context: Context.Context<Dss>) =>
    Effect.succeed(
      Object.fromEntries(
        Object.entries<DssService<object>>(keys as never).map(([name, { make }]) =>
          [name, whenAsked(() => Effect.runSyncWith(context)(make))] as const
        ),
      ) as All,
    )
  );

/** @internal Services by name as a context. */
export const contextOf = <All>(keys: ServiceKeys<All>, services: All): Context.Context<All[keyof All]> =>
  Context.makeUnsafe(
    new Map(
      Object.entries<DssService<unknown>>(keys as never).map(([name, { key }]) => [key, services[name as never]]),
    ),
  );
