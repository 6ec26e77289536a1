/**
 * Asking the simulated DSS with the key of somebody else, and looking whether a refusal left everything as it was.
 *
 * @module
 */
import { Effect, Layer, Redacted } from "effect";
import { HttpClient } from "effect/http";
import { Dss, type DssError } from "../mod.ts";
import { makeServices, type ServiceRecord } from "../src/services.ts";
import { Simulator } from "../src/simulator/mod.ts";

/** What a call gives with another key. */
export const withKey = <A, E>(
  apiKey: Redacted.Redacted<string>,
  call: (services: ServiceRecord) => Effect.Effect<A, E>,
): Effect.Effect<A, E | DssError, Simulator> =>
  Effect.flatMap(Simulator, ({ url, client }) =>
    Effect.flatMap(makeServices, call).pipe(
      Effect.provide(Dss.layer({ url, apiKey })),
      Effect.provide(Layer.succeed(HttpClient.HttpClient, client)),
    ));

/** What a call gives with the key of a user who is no administrator. */
export const as = <A, E>(
  login: string,
  call: (services: ServiceRecord) => Effect.Effect<A, E>,
): Effect.Effect<A, E | DssError, Simulator> => {
  const apiKey = Redacted.make(`the-key-of-${login}`);
  return Effect.flatMap(Simulator, ({ addKey }) => addKey(apiKey, { login, admin: false })).pipe(
    Effect.andThen(withKey(apiKey, call)),
  );
};

/** Why a call is refused, and whether it left everything as it was. */
export const refusal = <A, E, R>(
  call: Effect.Effect<A, E, R>,
): Effect.Effect<
  { readonly reason: unknown; readonly message: string; readonly changed: boolean },
  A,
  R | Simulator
> =>
  Effect.gen(function* () {
    const { snapshot } = yield* Simulator;
    const before = JSON.stringify(yield* snapshot);
    const error = yield* Effect.flip(call);
    const reason = (error as { readonly reason?: { readonly _tag: string } }).reason?._tag ??
      (error as { readonly _tag?: string })._tag;
    return { reason, message: String(error), changed: JSON.stringify(yield* snapshot) !== before };
  });
