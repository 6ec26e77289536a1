/**
 * All services on a cassette.
 *
 * @module
 */
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import * as HttpClient from "effect/http/HttpClient";
import type { Cassette, CassetteOptions } from "../src/cassette/cassette.ts";
import { makeReplay } from "../src/cassette/replay.ts";
import { Dss } from "../src/connection/dss.ts";
import type { ConnectionOptions } from "../src/connection/dss_options.ts";
import { type AllServices, allServices } from "./all_services.ts";

/**
 * What was recorded answers in place of a DSS.
 *
 * A request is found by its method, path, query, login acted for, and body without secrets; equal requests are answered in the order
 * in which they were recorded, each answer once. A request that is not on the cassette, or no more, fails as `Invalid` and says so. Broken
 * connections and cut bodies come back as they were; where no answer came, none comes.
 */
export interface Replay {
  /** All services on a cassette; a connection, its retries and its deadlines are as on a real DSS. */
  layer(cassette: Cassette, options?: ConnectionOptions & CassetteOptions): Layer.Layer<AllServices | Dss>;
  /** An `HttpClient` that answers from a cassette, from its beginning. */
  client(cassette: Cassette, options?: CassetteOptions): Layer.Layer<HttpClient.HttpClient>;
}

const client: Replay["client"] = (cassette, options = {}) =>
  Layer.sync(HttpClient.HttpClient, () => makeReplay(cassette, options));

/** What was recorded answers in place of a DSS. */
export const Replay: Replay = {
  client,
  layer: (cassette, options = {}) =>
    allServices.pipe(
      Layer.provideMerge(Layer.orDie(Dss.layer({
        ...options,
        url: "http://dss.replay",
        apiKey: Redacted.make("of-the-replay"),
      }))),
      // From its beginning wherever it is provided.
      Layer.provide(Layer.fresh(client(cassette, options))),
    ),
};
