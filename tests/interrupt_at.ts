/**
 * Interrupting a program before any one of its operations.
 *
 * @module
 */
import { Effect, type Exit, Fiber, Scheduler } from "effect";
import { TestClock } from "effect/testing";

/** What is marked so is the program under test; nothing else runs so long without a yield. */
const mark = 1_000_003;

/** The sweep that is under way; tests of one file run one after the other. */
let program: Fiber.Fiber<unknown, unknown> | undefined;
let operations = 0;
let last = Number.POSITIVE_INFINITY;

/** Tasks follow each other without a turn of the event loop, so that many thousand steps take no time. */
class InterruptingScheduler extends Scheduler.MixedScheduler {
  constructor() {
    super("async", (task) => {
      let cancelled = false;
      queueMicrotask(() => cancelled || task());
      return () => void (cancelled = true);
    });
  }

  override shouldYield(fiber: Fiber.Fiber<unknown, unknown>): boolean {
    if (fiber.cache.maxOpsBeforeYield !== mark) return super.shouldYield(fiber);
    program ??= fiber;
    if (fiber !== program || operations++ !== last) return false;
    fiber.currentDispatcher.scheduleTask(() => fiber.interruptUnsafe(), 0);
    return true;
  }
}

/** Runs a test in which {@linkcode interruptedAt} works, on a test clock of its own. */
export const sweeping = <A, E, R>(test: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  test.pipe(Effect.provide(TestClock.layer()), Effect.provideService(Scheduler.Scheduler, new InterruptingScheduler()));

/**
 * Runs a program while an hour passes, and interrupts it before its n-th operation.
 *
 * @returns Its end, or `undefined` when it has fewer operations.
 */
export const interruptedAt = <A, E, R>(
  n: number,
  effect: Effect.Effect<A, E, R>,
): Effect.Effect<Exit.Exit<A, E> | undefined, never, R> =>
  Effect.gen(function* () {
    [program, operations, last] = [undefined, 0, n];
    const fiber = yield* Effect.forkChild(Effect.provideService(effect, Scheduler.MaxOpsBeforeYield, mark));
    yield* TestClock.adjust("1 hour");
    const exit = yield* Fiber.await(fiber);
    last = Number.POSITIVE_INFINITY;
    return operations > n ? exit : undefined;
  });
