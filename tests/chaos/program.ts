/**
 * A program under test: all services on a connection of its own.
 *
 * @module
 */
import { Effect, Fiber, Layer } from "effect";
import { TestClock } from "effect/testing";
import * as HttpClient from "effect/http/HttpClient";
import { type ConnectionOptions, Dss, type ServiceRecord } from "../../mod.ts";
import { makeServices } from "../../services/all_services.ts";
import type { Chance } from "../../src/simulator/kernel/chance.ts";
import type { Answer, Simulator } from "../../src/simulator/mod.ts";
import { makeNetwork } from "./network.ts";
import { happens, oneOf } from "./environment.ts";

/** The key of the programs, which every way of writing a text writes otherwise. */
export const secret = `c4nary"K&y/Qx7`;

/** What of the key must not be seen. */
export const secretParts: ReadonlyArray<string> = ["c4nary", "Qx7", btoa(`${secret}:`)];

/** Errors of DSS that repeat the key. */
export const echo = (answer: Answer): Answer =>
  answer.status < 400 || typeof answer.body !== "string" || !answer.body.startsWith("{")
    ? answer
    : { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), [`of ${secret}`]: `key ${secret}` }) };

/** How programs connect. */
export const connectionBy = (chance: Chance): ConnectionOptions => ({
  concurrency: oneOf(chance, [1, 2, 8]),
  maxBodyBytes: 4_000_000,
  ...(happens(chance, 0.2) ? { retry: { times: 0 } } : {}),
  ...(happens(chance, 0.1) ? { retry: { quota: 2 } } : {}),
  ...(happens(chance, 0.2) ? { deadline: "5 seconds" } : {}),
});

/** A program. */
export interface Program {
  readonly services: ServiceRecord;
  /** Whether its connection has kept something: a request, or a permit. */
  readonly leaks: Effect.Effect<ReadonlyArray<string>>;
}

/** Makes a program. */
export const makeProgram = (simulator: Simulator, options: ConnectionOptions): Effect.Effect<Program> =>
  Effect.gen(function* () {
    const network = makeNetwork(simulator.client);
    const services = yield* makeServices.pipe(
      Effect.provide(Layer.fresh(Dss.layer({ ...options, url: simulator.url, apiKey: simulator.apiKey }))),
      Effect.provideService(HttpClient.HttpClient, network.client),
      Effect.orDie,
    );
    const permits = options.concurrency ?? 8;
    const list = Effect.delay(services.futures.list(), 1);
    const probes = Effect.all(Array.from({ length: permits + 1 }, () => list), { concurrency: "unbounded" });
    const leaks = Effect.gen(function* () {
      if (network.underWay() !== 0) return [`${network.underWay()} requests are under way`];
      let sent = 0;
      yield* network.closedFor(Effect.gen(function* () {
        const fiber = yield* Effect.forkDetach(probes);
        yield* TestClock.adjust(1);
        sent = network.underWay();
        yield* Fiber.interrupt(fiber);
      }));
      return sent === permits ? [] : [`${sent} of ${permits} permits are there`];
    });
    return { services, leaks };
  });
