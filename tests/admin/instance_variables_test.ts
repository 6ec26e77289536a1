import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { type Dss, InstanceVariables } from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { itIsForAdministrators } from "../fixtures/for_administrators.ts";
import { dssServer, Received } from "../fixtures/dss_server.ts";
import { as, refusal } from "../fixtures/other_keys.ts";
import { HttpServerResponse } from "effect/http";

const simulated = <A, E>(test: Effect.Effect<A, E, InstanceVariables | Dss | Simulator>) =>
  Effect.provide(test, Simulator.layer());

describe("variables of the instance", () => {
  it.effect("are read back as they were written, and one that is left out is gone", () =>
    simulated(Effect.gen(function* () {
      const variables = yield* InstanceVariables;
      const { env: _, ...others } = yield* variables.get();
      const next = { ...others, list: [1, null, { a: "b" }], empty: "" };
      expect(yield* variables.update(() => next)).toEqual(next);
      expect(yield* variables.get()).toEqual(next);
    })));

  it.effect("that another changed are not overwritten", () =>
    simulated(Effect.gen(function* () {
      const variables = yield* InstanceVariables;
      const since = yield* variables.get();
      yield* variables.update((all) => ({ ...all, env: "test" }));
      const error = yield* Effect.flip(variables.save({ ...since, env: "dev" }, { since }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: false });
      expect((yield* variables.get()).env).toBe("test");
      expect(yield* variables.save({ env: "dev" })).toEqual({ env: "dev" });
    })));

  it.effect("are what everybody in a project sees, as texts or as they are", () =>
    simulated(Effect.gen(function* () {
      const texts = yield* as("maria", ({ instanceVariables }) => instanceVariables.resolved("SALES"));
      expect(texts).toEqual({ env: "prod", retention_days: "30", mail: '{"sender":"dss@example.com"}' });
      const { resolved } = yield* InstanceVariables;
      expect(yield* resolved("SALES", { typed: true })).toMatchObject({ retention_days: 30 });
    })));

  it.effect("of a project that is none, or must not be reached, are refused", () =>
    simulated(Effect.gen(function* () {
      const { resolved, save } = yield* InstanceVariables;
      expect(yield* refusal(resolved("NONE"))).toMatchObject({ reason: "NotFound", changed: false });
      expect(yield* refusal(resolved(".."))).toMatchObject({ reason: "Invalid", changed: false });
      expect(yield* refusal(save([] as never))).toMatchObject({ reason: "Invalid", changed: false });
    })));

  it.effect("keep numbers that JavaScript cannot hold", () =>
    Effect.gen(function* () {
      yield* (yield* InstanceVariables).update((all) => ({ ...all, b: 2 }));
      const { requests } = yield* Received;
      expect(requests.map(({ method, body }) => `${method} ${body}`)).toEqual([
        "GET ",
        'PUT {"a":12345678901234567890,"b":2}',
        "GET ",
      ]);
    }).pipe(Effect.provide(dssServer((_, nth) =>
      HttpServerResponse.text(nth === 3 ? '{"a":12345678901234567890,"b":2}' : '{"a":12345678901234567890}', {
        contentType: "application/json",
      })
    ))));

  itIsForAdministrators({
    "InstanceVariables.get": ({ instanceVariables }) => instanceVariables.get(),
    "InstanceVariables.update": ({ instanceVariables }) => instanceVariables.update((all) => ({ ...all, env: "x" })),
    "InstanceVariables.save": ({ instanceVariables }) => instanceVariables.save({ env: "x" }),
  });
});
