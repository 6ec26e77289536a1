/**
 * The connection to one DSS instance: what every service asks through, and the documented way out for endpoints not covered.
 *
 * @module
 */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as HttpClient from "effect/http/HttpClient";
import { DssError } from "../errors/dss_error.ts";
import { Invalid } from "../errors/reasons.ts";
import { readInstance } from "./address.ts";
import type { DssOptions } from "./dss_options.ts";
import { makeTransport, type Transport } from "../transport/transport.ts";

/**
 * The connection to one DSS instance.
 *
 * Each verb takes the name of the calling method, as `"Jobs.get"`: its span and its errors carry it.
 */
export interface Dss extends Transport {
  /** Origin and path prefix of the instance, as `https://dss.example.com`. */
  readonly instance: string;
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
    Effect.flatMap(HttpClient.HttpClient, (client) => {
      const instance = readInstance(options);
      return "wrong" in instance
        ? Effect.fail(new DssError({ method: "Dss.make", reason: new Invalid({ detail: instance.wrong }) }))
        : Effect.succeed({ instance: instance.origin, ...makeTransport(instance, options, client, ActingFor) });
    }),
  layer: (options: DssOptions): Layer.Layer<Dss, DssError, HttpClient.HttpClient> =>
    Layer.effect(Dss, Dss.make(options)),
  as: <A, E, R>(effect: Effect.Effect<A, E, R>, login: string): Effect.Effect<A, E, R> =>
    Effect.provideService(effect, ActingFor, login),
});
