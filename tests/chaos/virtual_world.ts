/**
 * The world that a seed determines: time, chance, the order in which fibers run, and how many of them live.
 *
 * @module
 */
import { Effect, type Fiber, Metric, Random, Scheduler } from "effect";
import { TestClock } from "effect/testing";
import { Chance } from "../../src/simulator/kernel/chance.ts";

/** How often a fiber lets others run before one of its operations. */
const yields = 0.02;

/** Fibers with this mark are shaken. */
const mark = 2_047;

/** Fibers take turns at any operation, as a seed says; tasks follow each other without a turn of the event loop. */
class ShakenScheduler extends Scheduler.MixedScheduler {
  private readonly chance: Chance;

  constructor(seed: number) {
    super("async", (task) => {
      let cancelled = false;
      queueMicrotask(() => cancelled || task());
      return () => void (cancelled = true);
    });
    this.chance = new Chance(seed);
  }

  override shouldYield(fiber: Fiber.Fiber<unknown, unknown>): boolean {
    return (fiber.cache.maxOpsBeforeYield === mark && this.chance.next() < yields) || super.shouldYield(fiber);
  }
}

/** Counts the fibers that live. */
export class FiberCount implements Metric.FiberRuntimeMetricsService {
  /** How many live. */
  living = 0;

  /** One more. */
  recordFiberStart(): void {
    this.living += 1;
  }

  /** One less. */
  recordFiberEnd(): void {
    this.living -= 1;
  }
}

/** Counts the fibers of an effect. */
export const counted = (count: FiberCount): <A, E, R>(self: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R> =>
  Effect.provideService(Metric.FiberRuntimeMetrics, count);

/** Lets the fibers of an effect take turns at any of their operations. */
export const shaken: <A, E, R>(self: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R> = Effect.provideService(
  Scheduler.MaxOpsBeforeYield,
  mark,
);

/** Runs an effect in a world in which equal seeds give equal events. */
export const inVirtualWorld = <A, E>(seed: number, effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
  effect.pipe(
    Random.withSeed(seed),
    Effect.provide(TestClock.layer({ warningDelay: "10 minutes" })),
    Effect.provideService(Scheduler.Scheduler, new ShakenScheduler(seed)),
  );
