/**
 * Deadlines.
 *
 * @module
 * @internal
 */
import * as Clock from "effect/Clock";
import * as Context from "effect/Context";
import type * as Duration from "effect/Duration";
import { toMillis } from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import { fastPaths } from "../fast_paths.ts";

/** The clock where nobody has provided another one. */
const systemClock = Context.get(Context.empty(), Clock.Clock);

/** Longest delay of a timer, in milliseconds: a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/**
 * Ends an effect that takes longer, with the failure that is given.
 *
 * On the clock of the system a timer beside the effect is enough, which costs less than the race of two fibers.
 */
export const within = <A, E, R, E2>(
  effect: Effect.Effect<A, E, R>,
  deadline: Duration.Duration,
  late: () => E2,
): Effect.Effect<A, E | E2, R> =>
  Effect.withFiber<A, E | E2, R>((parent) => {
    const millis = toMillis(deadline);
    if (!fastPaths.timers || parent.getRef(Clock.Clock) !== systemClock || millis > longestTimer) {
      return Effect.timeoutOrElse(effect, { duration: deadline, orElse: () => Effect.fail(late()) });
    }
    return Effect.callback<A, E | E2>((resume) => {
      const fiber = Effect.runForkWith(parent.context as Context.Context<R>)(effect);
      const timer = setTimeout(() => {
        stopListening();
        resume(Effect.andThen(Fiber.interrupt(fiber), Effect.fail(late())));
      }, millis);
      const stopListening = fiber.addObserver((exit) => {
        clearTimeout(timer);
        resume(exit);
      });
      return Effect.suspend(() => {
        clearTimeout(timer);
        stopListening();
        return Fiber.interrupt(fiber);
      });
    });
  });
