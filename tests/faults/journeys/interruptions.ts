/**
 * Calls that are interrupted, and streams whose consumer leaves: nothing stays open, nothing goes on.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect, Fiber, Random, Stream } from "effect";
import { buildJob, Jobs, ScenarioRuns } from "../../../mod.ts";
import { type KindName, kinds, Pace } from "../kinds.ts";
import { permitsFree, Way } from "../play.ts";
import type { Row } from "../row.ts";
import { Simulator } from "../../../src/simulator/mod.ts";
import { failsWith, journey } from "./journey.ts";

const nothingOpen = Effect.gen(function* () {
  assert.equal(yield* (yield* Way).open, 0, "exchanges are still open");
  yield* permitsFree;
});

/** Interrupts a call at a random moment of its slow answer. */
const interrupted = (given: KindName): Row =>
  journey(
    ["F32", "the caller is interrupted", given, "interrupted, nothing stays open, at most one thing left over"],
    Effect.gen(function* () {
      const { slow } = yield* Pace;
      const { prepare, request: [method, path] } = kinds[given];
      const { call, leftOver } = yield* prepare;
      yield* (yield* Way).inject("slow answer", { method, path, times: Number.POSITIVE_INFINITY });
      const fiber = yield* Effect.forkChild(call);
      yield* Effect.sleep((yield* Random.next) * slow * 1.2);
      yield* Fiber.interrupt(fiber);
      assert.ok((yield* leftOver) <= 1);
      yield* nothingOpen;
    }),
  );

const runIsAborted = journey(
  ["F32", "the caller is interrupted", "start and wait", "no job runs any more"],
  Effect.gen(function* () {
    const { slow } = yield* Pace;
    const jobs = yield* Jobs;
    yield* (yield* Simulator).script("recipes/SALES.compute_orders_prepared", { end: "stall" });
    yield* (yield* Way).inject("slow answer", { path: "/jobs/", times: Number.POSITIVE_INFINITY });
    const fiber = yield* Effect.forkChild(jobs.run("SALES", buildJob("orders_prepared")));
    yield* Effect.sleep((yield* Random.next) * slow * 3);
    yield* Fiber.interrupt(fiber);
    const running = (yield* jobs.list("SALES", { limit: 5 })).filter(({ stableState }) => !stableState);
    assert.equal(running.length, 0);
    yield* nothingOpen;
  }),
);

const download = Stream.unwrap(Effect.map(ScenarioRuns, (service) => service.testReport("SALES")));
const endless = Effect.flatMap(Way, (way) => way.inject("huge body", { path: "/last-test-scenario-runs-report" }));

/** The most that may be between a server and a consumer who is slow: buffers of the system, of the runtime and of us. */
const buffers = 32 * 1024 * 1024;

const streams: ReadonlyArray<Row> = [
  journey(
    ["F33", "the consumer has enough", "stream down", "ok, nothing stays open"],
    Effect.gen(function* () {
      yield* endless;
      assert.equal((yield* Stream.runCollect(Stream.take(download, 3))).length, 3);
      yield* nothingOpen;
    }),
  ),
  journey(
    ["F33", "the consumer fails", "stream down", "Mine, and nothing stays open"],
    Effect.gen(function* () {
      yield* endless;
      const failing = Stream.runForEach(download, () => Effect.fail({ _tag: "Mine" }));
      yield* failsWith(failing, "Mine");
      yield* nothingOpen;
    }),
  ),
  journey(
    ["F33", "the consumer is slow", "stream down", "ok, the server waits for it"],
    Effect.gen(function* () {
      yield* endless;
      const way = yield* Way;
      const slowly = Stream.runForEach(Stream.take(download, 20), () => Effect.sleep("50 millis"));
      yield* slowly;
      assert.ok((yield* way.written) < buffers, `${yield* way.written} bytes went out`);
      yield* nothingOpen;
    }),
    { levels: ["deno", "node"] },
  ),
];

/** Interruptions, and consumers of streams. */
export const interruptionJourneys: ReadonlyArray<Row> = [
  ...(Object.keys(kinds) as ReadonlyArray<KindName>).map(interrupted),
  runIsAborted,
  ...streams,
];
