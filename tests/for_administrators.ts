/**
 * What only administrators may do.
 *
 * @module
 */
import { expect, it } from "@effect/vitest";
import { Effect, Layer, Redacted } from "effect";
import { HttpClient } from "effect/http";
import { Dss, DssError } from "../mod.ts";
import { makeServices, type ServiceRecord } from "../src/services.ts";
import { Simulator } from "../src/simulator/mod.ts";

/** A part of what the simulated DSS knows. */
export const stateOf = (part: string): Effect.Effect<unknown, never, Simulator> =>
  Effect.flatMap(Simulator, ({ snapshot }) => Effect.map(snapshot, (state) => state[part]));

/** A connection of maria, who is no administrator, to the simulated DSS. */
const asMaria: Layer.Layer<Dss, DssError, Simulator> = Layer.unwrap(
  Effect.gen(function* () {
    const { addKey, client, url } = yield* Simulator;
    const apiKey = Redacted.make("key-of-maria");
    yield* addKey(apiKey, { login: "maria", admin: false });
    return Layer.provide(Dss.layer({ url, apiKey }), Layer.succeed(HttpClient.HttpClient, client));
  }),
);

/** Declares that each call is refused to a user who is no administrator, with the login, and changes nothing. */
export const itIsForAdministrators = (
  calls: Readonly<Record<string, (services: ServiceRecord) => Effect.Effect<unknown, unknown>>>,
): void => {
  it.effect.each(Object.entries(calls))("%s is for administrators", ([, call]) =>
    Effect.gen(function* () {
      const { snapshot } = yield* Simulator;
      const before = yield* snapshot;
      const error = yield* Effect.flip(Effect.provide(Effect.flatMap(makeServices, call), asMaria));
      expect(error).toBeInstanceOf(DssError);
      expect((error as DssError).reason).toMatchObject({
        _tag: "Forbidden",
        detail: expect.stringContaining("maria is not an administrator"),
      });
      expect(yield* snapshot).toEqual(before);
    }).pipe(Effect.provide(Layer.effect(Simulator, Simulator.make()))));
};
