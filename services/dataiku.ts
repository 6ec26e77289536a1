/**
 * All services at once.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as LayerMap from "effect/LayerMap";
import type * as Scope from "effect/Scope";
import type * as HttpClient from "effect/http/HttpClient";
import { Dss } from "../src/connection/dss.ts";
import type { DssError } from "../src/errors/dss_error.ts";
import type { ConnectionOptions, DssOptions } from "../src/connection/dss_options.ts";
import { type ConnectionExplanation, explainConnection } from "./explain_connection.ts";
import { layerFetch } from "../src/transport/fetch_client.ts";
import { findConnection, type FindConnectionOptions, type NoConnection } from "../src/connection/find_connection.ts";
import { type AllServices, allServices, makeServices, type ServiceRecord } from "./all_services.ts";

/** What is done with `fetch`. */
export interface FetchOptions {
  /**
   * The `fetch` to use: on Deno, one bound to a `Deno.createHttpClient` brings own certificates; on both runtimes, one with a proxy.
   *
   * It is asked not to follow redirects. By default the runtime's own.
   */
  readonly fetch?: typeof globalThis.fetch;
}

/** All services at once, on a real DSS. */
export interface Dataiku {
  /** All services over `fetch`. */
  layer(options: DssOptions & FetchOptions): Layer.Layer<AllServices | Dss, DssError>;
  /** All services over the `HttpClient` in context, which must not follow redirects. */
  layerClient(options: DssOptions): Layer.Layer<AllServices | Dss, DssError, HttpClient.HttpClient>;
  /**
   * Explains the connection that `layerConfig` makes with the same options: where the instance was found, whether it answers, who the
   * owner of the key is, and what that one may do. It never fails, asks three things of DSS, sends nothing twice, and shows no secret.
   *
   * @example
   * ```ts ignore
   * yield* Console.log(`${yield* Dataiku.explain()}`);
   * ```
   */
  explain(options?: FindConnectionOptions & ConnectionOptions & FetchOptions): Effect.Effect<ConnectionExplanation>;
  /** The `HttpClient` of all these, over `fetch`: it follows no redirects, and sends nothing twice. */
  client(options?: FetchOptions): Layer.Layer<HttpClient.HttpClient>;
  /**
   * All services over `fetch`, on the instance that the environment names, as Dataiku's own packages find it: `DKU_DSS_URL` with
   * `DKU_API_KEY` (or `DKU_JWT_BEARER_TOKEN`), else `~/.dataiku/config.json`.
   */
  layerConfig(
    options?: FindConnectionOptions & ConnectionOptions & FetchOptions,
  ): Layer.Layer<AllServices | Dss, DssError | NoConnection>;
  /** All services as a record, over `fetch`: for programs that speak to more than one instance. */
  make(options: DssOptions & FetchOptions): Effect.Effect<ServiceRecord, DssError>;
  /**
   * All services on each of the instances of the config file, by name; a connection is made when it is first used.
   *
   * @example
   * ```ts ignore
   * const instances = yield* Dataiku.instances();
   * const jobs = yield* Effect.provide(Effect.flatMap(Jobs, (jobs) => jobs.list("SALES")), instances.get("design"));
   * ```
   */
  instances(
    options?: Omit<FindConnectionOptions, "instance"> & ConnectionOptions & FetchOptions,
  ): Effect.Effect<LayerMap.LayerMap<string, AllServices | Dss, DssError | NoConnection>, never, Scope.Scope>;
}

const fetchClient = ({ fetch = globalThis.fetch }: FetchOptions = {}): Layer.Layer<HttpClient.HttpClient> =>
  layerFetch(fetch);

const layerClient = (options: DssOptions): Layer.Layer<AllServices | Dss, DssError, HttpClient.HttpClient> =>
  Layer.provideMerge(allServices, Dss.layer(options));

const layer = (options: DssOptions & FetchOptions): Layer.Layer<AllServices | Dss, DssError> =>
  Layer.provide(layerClient(options), fetchClient(options));

const layerConfig: Dataiku["layerConfig"] = (options = {}) =>
  Layer.unwrap(Effect.map(findConnection(options), (found) => layer({ ...options, ...found })));

/** All services at once, on a real DSS. */
export const Dataiku: Dataiku = {
  layer,
  layerClient,
  layerConfig,
  client: fetchClient,
  explain: (options = {}) => Effect.provide(explainConnection(options), fetchClient(options)),
  instances: (options) => LayerMap.make((instance: string) => layerConfig({ ...options, instance })),
  make: (options) =>
    makeServices.pipe(
      Effect.provide(Dss.layer(options)),
      Effect.provide(fetchClient(options)),
    ),
};
