/**
 * How often a running task is looked at.
 *
 * @module
 */
import * as Context from "effect/Context";
import * as DateTime from "effect/DateTime";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Random from "effect/Random";
import * as Schedule from "effect/Schedule";
import type { OperationState } from "./operation_state.ts";

/** A schedule of looks: its input is the state seen last, its delays are the pauses between two looks. */
export type PollingSchedule = Schedule.Schedule<unknown, OperationState>;

/** Numbers of {@linkcode adaptivePolling}. */
export interface AdaptivePollingOptions {
  /**
   * Shortest pause.
   *
   * @default {"1 second"}
   */
  readonly shortest?: Duration.Input;
  /**
   * Longest pause.
   *
   * @default {"15 seconds"}
   */
  readonly longest?: Duration.Input;
  /**
   * Pause as a part of the time since the start.
   *
   * @default {0.1}
   */
  readonly fraction?: number;
}

/**
 * Looks often at young tasks and seldom at old ones: a pause is a fraction of the time since the start, within bounds.
 *
 * Pauses below the longest are shortened by up to a tenth at random, so that many waits do not look in step. The age of a task is counted
 * on our own clock: from its start here, or from the look that saw it begin, for what waited in a queue. Only of a task that ran before
 * anybody looked, as one that is resumed, DSS's clock says how old it was then.
 */
export function adaptivePolling(options: AdaptivePollingOptions = {}): PollingSchedule {
  const shortest = Duration.toMillis(Duration.fromInputUnsafe(options.shortest ?? "1 second"));
  const longest = Duration.toMillis(Duration.fromInputUnsafe(options.longest ?? "15 seconds"));
  const fraction = options.fraction ?? 0.1;
  const step = Effect.sync(() => {
    /** How old the task was when its start was told, or changed; and when that was. */
    let known: { readonly startedAt: number | undefined; readonly age: number; readonly at: number } | undefined;
    let lookedAt: number | undefined;
    return ({ input, now }: Schedule.InputMetadata<OperationState>) => {
      const startedAt = input.startedAt === undefined ? undefined : DateTime.toEpochMillis(input.startedAt);
      if (known === undefined || known.startedAt !== startedAt) {
        // What began between two looks is no older than the pause between them, and older than the longest pause asks for changes nothing.
        const oldest = Math.min(lookedAt === undefined ? Infinity : now - lookedAt, longest / fraction);
        known = {
          startedAt,
          age: startedAt === undefined ? 0 : Math.min(Math.max(now - startedAt, 0), oldest),
          at: now,
        };
      }
      lookedAt = now;
      const pause = Math.min(Math.max((known.age + now - known.at) * fraction, shortest), longest);
      return Effect.map(Random.next, (random): [number, Duration.Duration] => [
        pause,
        Duration.millis(pause < longest ? pause * (0.9 + random / 10) : longest),
      ]);
    };
  });
  return Schedule.fromStepWithMetadata(step);
}

/**
 * The schedule of looks for all operations below it; `undefined` is each family's own: {@linkcode adaptivePolling}, with a longest pause of
 * 5 seconds for futures, which DSS forgets soon after their end.
 */
export const Polling: Context.Reference<PollingSchedule | undefined> = Context.Reference<PollingSchedule | undefined>(
  "@effect-dataiku/dss/Polling",
  { defaultValue: () => undefined },
);
