/**
 * Letting virtual time pass.
 *
 * @module
 */
import { type Duration, Effect, Fiber } from "effect";
import { TestClock } from "effect/testing";

/** What takes real time, as unpacking an archive does, goes on. */
const realWork = Effect.promise(() => new Promise((resolve) => setTimeout(resolve)));

/** Runs an effect while time passes on the test clock: again and again when real work kept it from using the time. */
export const during = <A, E, R>(
  time: Duration.Input,
  effect: Effect.Effect<A, E, R>,
): Effect.Effect<A, E, R> =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect);
    yield* TestClock.adjust(time);
    while (fiber.pollUnsafe() === undefined) yield* Effect.andThen(realWork, TestClock.adjust(time));
    return yield* Fiber.join(fiber);
  });
