/**
 * Rows in process: in virtual time, for many seeds.
 *
 * @module
 */
import { Cause, Duration, Effect, Exit, Fiber, Layer, Option, Random, Redacted } from "effect";
import { TestClock } from "effect/testing";
import { Simulator } from "../../src/simulator/mod.ts";
import { Pace, uploadRoute } from "./kinds.ts";
import { bodyLimit, secret, type Stage, Way, type Wrong } from "./play.ts";
import type { Row } from "./row.ts";

/** By then every row has ended. */
const bound = Duration.hours(3);

const way = Layer.effect(
  Way,
  Effect.map(Simulator, (simulator): Way => ({
    inject: (fault, options) => simulator.inject(fault, options),
    sent: simulator.received,
    handled: Effect.map(simulator.received, (all) => all.filter(({ handled }) => handled)),
    open: Effect.succeed(0),
    written: Effect.succeed(0),
    level: "process",
    connect: () => Layer.effectContext(Effect.die("In process there is no other server")),
  })),
);

const pace = Layer.succeed(Pace, { work: 3, wait: {}, slow: 20_000, idle: 60_000 });

/** All services on a simulated DSS. */
const stage = ({ simulator, connection }: Row, seed: number): Layer.Layer<Stage> =>
  Layer.mergeAll(way, pace).pipe(
    Layer.provideMerge(Layer.effectDiscard(Effect.flatMap(Simulator, (simulator) => simulator.route(uploadRoute)))),
    Layer.provideMerge(Simulator.layer({
      seed,
      apiKey: Redacted.make(secret),
      maxBodyBytes: bodyLimit,
      ...simulator,
      ...connection,
    })),
  );

/** Plays a row with one seed. */
export const playInProcess = (row: Row, seed: number): Effect.Effect<Wrong> =>
  Effect.gen(function* () {
    // The test clock waits for what it woke: behind a sleep, time does not run away from the effect.
    const fiber = yield* Effect.forkChild(
      Effect.timeoutOption(Effect.exit(Effect.delay(Effect.scoped(row.play), 1)), bound),
    );
    yield* TestClock.adjust(bound);
    const ended = yield* Fiber.join(fiber);
    if (Option.isNone(ended)) return ["it did not end within three hours"];
    return Exit.isSuccess(ended.value) ? ended.value.value : [Cause.pretty(ended.value.cause)];
  }).pipe(
    Effect.provide(stage(row, seed)),
    Random.withSeed(seed),
    Effect.provide(TestClock.layer()),
    Effect.map((wrong) => wrong.map((each) => `${each} (seed ${seed})`)),
  );

/** Plays a row with each of the seeds, up to the first with which it fails. */
export const playSeeds = (row: Row, seeds: ReadonlyArray<number>): Effect.Effect<Wrong> =>
  Effect.gen(function* () {
    for (const seed of seeds) {
      const wrong = yield* playInProcess(row, seed);
      if (wrong.length > 0) return wrong;
    }
    return [];
  });
