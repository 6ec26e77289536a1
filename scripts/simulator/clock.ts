/**
 * The clock of a simulated DSS that runs as a server: as fast as the machine's, faster, or only when it is told.
 *
 * @module
 */
import { type Clock, Duration, Effect } from "effect";

/** A clock that can be put forward. */
export interface ServerClock {
  /** For the simulated DSS. */
  readonly clock: Clock.Clock;
  /** Puts it forward. */
  readonly advance: (seconds: number) => void;
}

/** How often a sleeper looks at a clock that may be put forward, in milliseconds of the machine. */
const glance = 20;

/**
 * Makes a clock.
 *
 * @param speed How many seconds pass in one second of the machine; with `0` time stands still but for `advance`.
 * @param start Where it starts, in milliseconds since 1970.
 */
export const makeServerClock = (speed: number, start: number = Date.now()): ServerClock => {
  const origin = performance.now();
  let advanced = 0;
  const elapsed = (): number => (performance.now() - origin) * speed + advanced;
  const millis = (): number => Math.floor(start + elapsed());
  const nanos = (since: number): bigint => BigInt(Math.round((since + elapsed()) * 1_000_000));
  const clock: Clock.Clock = {
    currentTimeMillisUnsafe: millis,
    currentTimeMillis: Effect.sync(millis),
    currentTimeNanosUnsafe: () => nanos(start),
    currentTimeNanos: Effect.sync(() => nanos(start)),
    monotonicTimeNanosUnsafe: () => nanos(0),
    monotonicTimeNanos: Effect.sync(() => nanos(0)),
    sleep: (duration) =>
      Effect.suspend(() => {
        const end = elapsed() + Duration.toMillis(duration);
        const rest = Effect.callback<void>((resume) => {
          const timer = setTimeout(() => resume(Effect.void), Math.min(glance, (end - elapsed()) / speed));
          return Effect.sync(() => clearTimeout(timer));
        });
        return Effect.whileLoop({ while: () => elapsed() < end, body: () => rest, step: () => {} });
      }),
  };
  return {
    clock,
    advance: (seconds) => {
      advanced += seconds * 1000;
    },
  };
};
