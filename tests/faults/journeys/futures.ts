/**
 * The ends of long tasks, and of waits for them.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect, Option } from "effect";
import { Futures, type FutureState } from "../../../mod.ts";
import { Simulator } from "../../../src/simulator/mod.ts";
import type { SimulatedTask } from "../../../src/simulator/simulator.ts";
import { Pace } from "../kinds.ts";
import type { Row } from "../row.ts";
import { failsWith, journey } from "./journey.ts";

/** The operation of a task that has been started by hand. */
const started = (task: Partial<SimulatedTask>) =>
  Effect.gen(function* () {
    const { work, wait } = yield* Pace;
    const answer = yield* (yield* Simulator).startTask({ seconds: work, ...task });
    // It is plain JSON, as DSS sends it.
    return yield* (yield* Futures).follow(answer as FutureState, wait);
  });

const failing = (task: Partial<SimulatedTask>, tag: string) =>
  Effect.gen(function* () {
    const future = yield* started(task);
    const error = yield* failsWith(future.result, tag);
    assert.deepEqual(error.token, Option.getOrThrow(future.token));
    yield* failsWith(future.result, tag);
  });

const resultIs = (task: Partial<SimulatedTask>, expected: unknown) =>
  Effect.gen(function* () {
    const future = yield* started(task);
    assert.deepEqual(yield* future.result, expected);
    assert.deepEqual(yield* future.result, expected);
  });

/** Endings of futures, and a DSS that restarts meanwhile. */
export const futureJourneys: ReadonlyArray<Row> = [
  journey(["F26", "the task fails", "future", "FutureFailed, twice"], failing({ failure: "No space" }, "FutureFailed")),
  journey(
    ["F26", "the task is aborted", "future", "FutureAborted"],
    Effect.gen(function* () {
      const future = yield* started({ seconds: Number.POSITIVE_INFINITY });
      yield* future.abort;
      yield* failsWith(future.result, "FutureAborted");
    }),
  ),
  journey(
    ["F26", "DSS does not know the task", "future", "FutureLost"],
    Effect.gen(function* () {
      const future = yield* (yield* Futures).attach("nope");
      yield* failsWith(future.result, "FutureLost");
    }),
  ),
  journey(["F26", "the result is null", "future", "null, twice"], resultIs({ result: null }, null)),
  journey(
    ["F26", "the first answer has the result and no id", "future", "the result"],
    resultIs({ seconds: 0, result: 7 }, 7),
  ),
  journey(
    ["F25", "DSS restarts in the wait", "future", "FutureLost"],
    Effect.gen(function* () {
      const { work } = yield* Pace;
      const future = yield* started({});
      yield* (yield* Simulator).restart(work * 500);
      yield* failsWith(future.result, "FutureLost");
    }),
  ),
];
