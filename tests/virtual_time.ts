/**
 * Letting virtual time pass.
 *
 * @module
 */
import { type Duration, Effect, Fiber } from "effect";
import { TestClock } from "effect/testing";

/** Runs an effect while time passes on the test clock. */
export const during = <A, E, R>(
  time: Duration.Input,
  effect: Effect.Effect<A, E, R>,
): Effect.Effect<A, E, R> =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect);
    yield* TestClock.adjust(time);
    return yield* Fiber.join(fiber);
  });
