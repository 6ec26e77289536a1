import { describe, expect, it } from "@effect/vitest";
import { Clock, DateTime, Duration, Effect, Fiber, Random, Schedule } from "effect";
import { TestClock } from "effect/testing";
import {
  adaptivePolling,
  type AllServices,
  buildJob,
  CodeEnvs,
  CodeStudios,
  Connections,
  Futures,
  Instance,
  Jobs,
  type Operation,
  type OperationState,
  type PollingSchedule,
  ScenarioRuns,
} from "../../mod.ts";
import { dssServer, json, Received } from "../fixtures/dss_server.ts";

const seeds = ["one", "two", "three"];
const day = 86_400_000;
const runs: ReadonlyArray<readonly [string, number]> = [
  ["10 s", 10],
  ["1 min", 60],
  ["10 min", 600],
  ["1 h", 3600],
  ["4 h", 14_400],
];

/** How many looks the official client takes until it sees the end: pauses from 200 ms, each a tenth longer, at most 15 s. */
const officialLooks = (seconds: number): number => {
  let looks = 1;
  for (let at = 0, pause = 0.2; at < seconds; at += pause, pause = Math.min(pause * 1.1, 15)) looks += 1;
  return looks;
};

/** The longest pause at an age, both in milliseconds. */
const interval = (age: number, longest: number) => Math.min(Math.max(age / 10, 1000), longest);

const def = { id: "j", type: "X", projectKey: "P", name: "j", initiator: "m", initiationTimestamp: 1, outputs: [] };

interface Run {
  readonly seconds: number;
  readonly seed: string;
  readonly kind: "job" | "future";
  /** How far the clock of DSS is ahead of ours, in milliseconds. */
  readonly ahead?: number;
  /** How long it runs already when the wait begins, in seconds. */
  readonly since?: number;
}

/** Waits for a task; tells how late its end was seen, in milliseconds, and after how many looks. */
const detect = ({ seconds, seed, kind, ahead = 0, since = 0 }: Run) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(Date.UTC(2025, 9, 1));
    const begin = yield* Clock.currentTimeMillis;
    const ends = begin + seconds * 1000;
    const startTime = begin - since * 1000 + ahead;
    const server = dssServer(({ at }) => {
      const done = at >= ends;
      return kind === "job"
        ? json({ baseStatus: { def, state: done ? "DONE" : "RUNNING", jobStartTime: startTime } })
        : json({ jobId: "j", alive: !done, hasResult: done, startTime, result: null });
    });
    return yield* Effect.gen(function* () {
      const wait: Effect.Effect<unknown, unknown> = kind === "job"
        ? (yield* (yield* Jobs).attach("P", "j")).result
        : (yield* (yield* Futures).attach("j")).result;
      const fiber = yield* Effect.forkChild(Effect.andThen(wait, Clock.currentTimeMillis));
      yield* TestClock.adjust(Duration.seconds(seconds + 60));
      const looks = (yield* Received).lines.filter((line) => !line.endsWith("peek=false")).length;
      return { late: (yield* Fiber.join(fiber)) - ends, looks };
    }).pipe(Effect.provide(server), Random.withSeed(seed));
  });

describe("the end of a job", () => {
  it.effect.each(runs)(
    "of %s is seen within one interval, with no more looks than the official client's",
    ([, seconds]) =>
      Effect.gen(function* () {
        for (const seed of seeds) {
          const { late, looks } = yield* detect({ seconds, seed, kind: "job" });
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late).toBeLessThanOrEqual(interval(seconds * 1000, 15_000));
          if (seconds >= 60) expect(looks).toBeLessThanOrEqual(officialLooks(seconds));
        }
      }),
  );

  it.effect.each([-day, -3_600_000, 3_600_000, day])(
    "is seen so too when the clock of DSS is %d ms ahead",
    (ahead) =>
      Effect.gen(function* () {
        for (const [, seconds] of runs) {
          const { late, looks } = yield* detect({ seconds, seed: "one", kind: "job", ahead });
          expect(late).toBeLessThanOrEqual(15_000);
          if (seconds >= 60) expect(looks).toBeLessThanOrEqual(officialLooks(seconds));
        }
      }),
  );

  it.effect("that runs for long already is looked at seldom from the first look on", () =>
    Effect.gen(function* () {
      const { late, looks } = yield* detect({ seconds: 60, seed: "one", kind: "job", since: 3600 });
      expect(late).toBeLessThanOrEqual(15_000);
      expect(looks).toBeLessThanOrEqual(5);
    }));
});

describe("the end of a future", () => {
  it.effect.each(runs)(
    "of %s is seen within one interval, and before DSS forgets it",
    ([, seconds]) =>
      Effect.gen(function* () {
        for (const seed of seeds) {
          const { late, looks } = yield* detect({ seconds, seed, kind: "future" });
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late).toBeLessThanOrEqual(interval(seconds * 1000, 5000));
          // More than five seconds between two looks could miss the end of a future: a long one is asked about more often.
          if (seconds === 60) expect(looks).toBeLessThanOrEqual(officialLooks(seconds));
        }
      }),
  );
});

/** A DSS that starts everything at once and never ends it, by a clock that is so far ahead of ours. */
const neverEnding = (ahead: number) =>
  dssServer(({ method, target }) => {
    const startTime = begunAt + ahead;
    const status = { baseStatus: { def, state: "RUNNING", jobStartTime: startTime } };
    if (target.startsWith("/projects/P/jobs/")) return json(method === "POST" ? { id: "j" } : status);
    if (target.endsWith("/run") || target.includes("/trigger/")) {
      const trigger = { id: "t", type: "manual" };
      return json({ projectKey: "P", scenarioId: "S", trigger, runId: "f", cancelled: false, timestamp: startTime });
    }
    const scenarioRun = { scenario: { projectKey: "P", id: "S" }, runId: "r", start: startTime };
    if (target.includes("/scenarios/")) return json({ scenarioRun });
    if (target.endsWith("/status")) return json({ state: "STARTING", lastStateChange: startTime });
    return json({ jobId: "f", alive: true, hasResult: false, startTime });
  });

const begunAt = Date.UTC(2025, 9, 1);

/** How long the pauses between the looks are, in milliseconds, from the second on; each look may be several requests at once. */
const pausesOf = (
  start: Effect.Effect<Operation<OperationState, unknown, unknown>, unknown, AllServices>,
  ahead: number,
) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(begunAt);
    const operation = yield* start;
    const fiber = yield* Effect.forkChild(Effect.ignore(operation.result));
    yield* TestClock.adjust("30 seconds");
    yield* Fiber.interrupt(fiber);
    const times = [...new Set((yield* Received).requests.map(({ at }) => at))];
    return times.slice(1).map((at, index) => at - times[index]!);
  }).pipe(Effect.provide(neverEnding(ahead)), Random.withSeed("one"));

describe("the first pauses of what was started here", () => {
  const families: ReadonlyArray<
    readonly [string, Effect.Effect<Operation<OperationState, unknown, unknown>, unknown, AllServices>]
  > = [
    ["a job", Effect.flatMap(Jobs, (jobs) => jobs.start("P", buildJob("d")))],
    ["a scenario run", Effect.flatMap(ScenarioRuns, (runs) => runs.start("P", "S"))],
    ["a scenario run with its steps", Effect.flatMap(ScenarioRuns, (runs) => runs.start("P", "S", { steps: true }))],
    ["a synchronization", Effect.flatMap(Connections, (connections) => connections.startAclSync("c", "root"))],
    ["an update of packages", Effect.flatMap(CodeEnvs, (envs) => envs.startUpdatePackages("PYTHON", "e"))],
    ["a report to Govern", Effect.flatMap(Instance, (instance) => instance.startGovernSync())],
    ["a code studio", Effect.flatMap(CodeStudios, (studios) => studios.startRestart("P", "c"))],
  ];
  const clocks = [0, -120_000, -300_000, -3_600_000, -2 * day, 300_000];
  const rows = families.flatMap(([name, start]) => clocks.map((ahead) => [name, ahead, start] as const));
  it.effect.each(rows)("%s are short with the clock of DSS %d ms ahead", ([, ahead, start]) =>
    Effect.gen(function* () {
      const pauses = yield* pausesOf(start, ahead);
      expect(pauses.length).toBeGreaterThan(3);
      expect(Math.max(...pauses.slice(0, 3))).toBeLessThanOrEqual(1000);
      expect(Math.max(...pauses)).toBeLessThanOrEqual(3000);
    }));
});

describe("adaptivePolling", () => {
  const begun = Date.UTC(2025, 9, 1);
  /** The pauses that it makes, one after the other, in milliseconds, of a task that started so long before. */
  const pauses = (schedule: PollingSchedule, count: number, startedAt: number | undefined, seed = "one") =>
    Effect.gen(function* () {
      yield* TestClock.setTime(begun);
      const step = yield* Schedule.toStep(schedule);
      const state = {
        phase: "RUNNING",
        isFinal: false,
        ...(startedAt === undefined ? {} : { startedAt: DateTime.makeUnsafe(startedAt) }),
      };
      const found: Array<number> = [];
      while (found.length < count) {
        const [, pause] = yield* step(yield* Clock.currentTimeMillis, state);
        found.push(Duration.toMillis(pause));
        yield* TestClock.adjust(pause);
      }
      return found;
    }).pipe(Effect.orDie, Random.withSeed(seed));

  it.effect("begins with a second, and ends with a quarter of a minute", () =>
    Effect.gen(function* () {
      const found = yield* pauses(adaptivePolling(), 100, begun);
      expect(found[0]).toBeLessThanOrEqual(1000);
      expect(found[0]).toBeGreaterThanOrEqual(900);
      expect(found.at(-1)).toBe(15_000);
      for (const [index, pause] of found.entries()) {
        const age = found.slice(0, index).reduce((sum, one) => sum + one, 0);
        expect(pause).toBeLessThanOrEqual(interval(age, 15_000) + 1);
        expect(pause).toBeGreaterThanOrEqual(interval(age, 15_000) * 0.9 - 1);
      }
    }));

  it.effect("without a start counts from the first look", () =>
    Effect.gen(function* () {
      const [unknown, known] = [
        yield* pauses(adaptivePolling(), 50, undefined),
        yield* pauses(adaptivePolling(), 50, begun),
      ];
      expect(unknown).toEqual(known);
    }));

  const told: ReadonlyArray<readonly [string, number]> = [
    ["minutes behind", -300_000],
    ["days behind", -3 * day],
    ["minutes ahead", 300_000],
  ];
  it.effect.each(told)(
    "counts what began between two looks from then on, with the clock of DSS %s",
    ([, ahead]) =>
      Effect.gen(function* () {
        yield* TestClock.setTime(begun);
        const step = yield* Schedule.toStep(adaptivePolling());
        const look = (startedAt?: number) =>
          Effect.map(
            Effect.flatMap(Clock.currentTimeMillis, (now) =>
              step(now, {
                phase: "X",
                isFinal: false,
                ...(startedAt === undefined ? {} : { startedAt: DateTime.makeUnsafe(startedAt) }),
              })),
            ([, pause]) => Duration.toMillis(pause),
          );
        yield* look();
        yield* TestClock.adjust("40 seconds");
        yield* look();
        yield* TestClock.adjust("4 seconds");
        // It began a second ago, says DSS.
        expect(yield* look(begun + 43_000 + ahead)).toBeLessThanOrEqual(1000);
      }).pipe(Effect.orDie, Random.withSeed("one")),
  );

  it.effect("takes other numbers", () =>
    Effect.gen(function* () {
      const schedule = adaptivePolling({ shortest: "3 seconds", longest: "1 minute", fraction: 0.5 });
      const found = yield* pauses(schedule, 20, begun - 40_000);
      expect(found[0]).toBeGreaterThanOrEqual(18_000);
      expect(found[0]).toBeLessThanOrEqual(20_000);
      expect(found.at(-1)).toBe(60_000);
    }));

  it.effect("waits do not look in step", () =>
    Effect.gen(function* () {
      const [one, again, other] = [
        yield* pauses(adaptivePolling(), 5, begun),
        yield* pauses(adaptivePolling(), 5, begun),
        yield* pauses(adaptivePolling(), 5, begun, "two"),
      ];
      expect(again).toEqual(one);
      expect(other).not.toEqual(one);
    }));
});
