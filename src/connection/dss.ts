/**
 * The connection to one DSS instance: what every service asks through, and the documented way out for endpoints not covered.
 *
 * @module
 */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import * as HttpClient from "effect/http/HttpClient";
import type { DssError } from "../errors/dss_error.ts";
import type { DssOptions } from "./dss_options.ts";
import type { DssRequest } from "../transport/request.ts";
import { makeTransport } from "../transport/transport.ts";

/**
 * The connection to one DSS instance.
 *
 * Each verb takes the name of the calling method, as `"Jobs.get"`: its span and its errors carry it.
 */
export interface Dss {
  /** Origin and path prefix of the instance, as `https://dss.example.com`. */
  readonly instance: string;
  /** Sends a request and decodes the JSON of the answer. */
  json<A>(method: string, request: DssRequest, schema: Schema.Codec<A, unknown>): Effect.Effect<A, DssError>;
  /** Sends a request and gives the answer as text. */
  text(method: string, request: DssRequest): Effect.Effect<string, DssError>;
  /** Sends a request and drops the answer; a DELETE that was sent again and then finds nothing has succeeded. */
  empty(method: string, request: DssRequest): Effect.Effect<void, DssError>;
  /** Sends a request and streams the bytes of the answer; an answer that ends early fails the stream. */
  stream(method: string, request: DssRequest): Stream.Stream<Uint8Array, DssError>;
}

/** Login that requests act for; `undefined` for the owner of the key. */
const ActingFor: Context.Reference<string | undefined> = Context.Reference<string | undefined>(
  "@effect-dataiku/dss/ActingFor",
  { defaultValue: () => undefined },
);

/** Key of {@linkcode Dss}, with its layer. */
export interface DssKey extends Context.Service<Dss, Dss> {
  /**
   * Connects to an instance over the `HttpClient` in context; fails with one sentence when the options cannot be right.
   *
   * The client must not follow redirects, because both runtimes forward tickets to other hosts: `Dataiku.layer` sees to it.
   */
  layer(options: DssOptions): Layer.Layer<Dss, DssError, HttpClient.HttpClient>;
  /** Connects to an instance over the `HttpClient` in context. */
  make(options: DssOptions): Effect.Effect<Dss, DssError, HttpClient.HttpClient>;
  /** Acts for another user in everything that the effect asks of DSS; needs an administrator's key. */
  as<A, E, R>(effect: Effect.Effect<A, E, R>, login: string): Effect.Effect<A, E, R>;
}

/** Key of {@linkcode Dss}, with its layer. */
export const Dss: DssKey = Object.assign(Context.Service<Dss>("@effect-dataiku/dss/Dss"), {
  make: (options: DssOptions): Effect.Effect<Dss, DssError, HttpClient.HttpClient> =>
    Effect.flatMap(HttpClient.HttpClient, (client) => makeTransport(options, client, ActingFor)),
  layer: (options: DssOptions): Layer.Layer<Dss, DssError, HttpClient.HttpClient> =>
    Layer.effect(Dss, Dss.make(options)),
  as: <A, E, R>(effect: Effect.Effect<A, E, R>, login: string): Effect.Effect<A, E, R> =>
    Effect.provideService(effect, ActingFor, login),
});
