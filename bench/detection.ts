/**
 * B8: how soon the end of a run is seen, and after how many requests; in virtual time.
 *
 * @module
 */
import { Clock, Duration, Effect, Fiber, Layer, Random, Redacted } from "effect";
import * as HttpClient from "effect/http/HttpClient";
import * as HttpClientResponse from "effect/http/HttpClientResponse";
import { TestClock } from "effect/testing";
import { Dataiku, Jobs, ScenarioRuns } from "../mod.ts";
import { type Line, ratioOf } from "./measure.ts";
import type { Setting } from "./setting.ts";

const lengths: Readonly<Record<string, number>> = {
  "10 s": 10,
  "1 min": 60,
  "10 min": 600,
  "1 h": 3600,
  "4 h": 14_400,
};

/** What a wait comes to: seconds until the end is seen, and requests until then. */
interface Wait {
  readonly delay: number;
  readonly requests: number;
}

/**
 * The schedule of the official client: pauses from 200 ms, each a tenth longer, at most 15 s. Its wait for a scenario's run sleeps once more
 * after the look that has seen the end.
 */
const official = (seconds: number, sleepsAfterwards: boolean): Wait => {
  let requests = 1;
  let at = 0;
  let pause = 0.2;
  for (; at < seconds; at += pause, pause = Math.min(pause * 1.1, 15)) requests += 1;
  return { delay: at - seconds + (sleepsAfterwards ? pause : 0), requests };
};

const begin = Date.UTC(2025, 9, 1);

/** Waits for the end of a run on a DSS that answers by the clock. */
const ours = (kind: "job" | "run", seconds: number, seed: number): Effect.Effect<Wait> => {
  const ends = begin + seconds * 1000;
  let requests = 0;
  const trigger = { id: "t", type: "manual", name: "", active: true, delay: 1, params: {} };
  const fire = { projectKey: "P", scenarioId: "S", runId: "f", trigger, timestamp: begin, cancelled: false };
  const client = HttpClient.make((request) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      requests += 1;
      const done = now >= ends;
      const def = {
        id: "j",
        type: "X",
        projectKey: "P",
        name: "j",
        initiator: "m",
        initiationTimestamp: 1,
        outputs: [],
      };
      const job = { baseStatus: { def, state: done ? "DONE" : "RUNNING", jobStartTime: begin } };
      const run = {
        scenario: { projectKey: "P", id: "S" },
        runId: "r",
        start: begin,
        end: done ? ends : 0,
        trigger: fire,
        ...(done ? { result: { outcome: "SUCCESS", start: begin, end: ends } } : {}),
      };
      const answer = kind === "job" ? job : request.method === "POST" ? fire : { scenarioRun: run };
      return HttpClientResponse.fromWeb(request, Response.json(answer));
    })
  );
  const layer = Dataiku.layerClient({ url: "https://dss.test", apiKey: Redacted.make("key") }).pipe(
    Layer.provide(Layer.succeed(HttpClient.HttpClient, client)),
  );
  const wait: Effect.Effect<unknown, unknown, Jobs | ScenarioRuns> = kind === "job"
    ? Effect.flatMap(Jobs, (jobs) => Effect.flatMap(jobs.attach("P", "j"), ({ result }) => result))
    : Effect.flatMap(ScenarioRuns, (runs) => runs.run("P", "S"));
  return Effect.gen(function* () {
    yield* TestClock.setTime(begin);
    const fiber = yield* Effect.forkChild(Effect.andThen(wait, Clock.currentTimeMillis));
    yield* TestClock.adjust(Duration.seconds(seconds + 60));
    return { delay: ((yield* Fiber.join(fiber)) - ends) / 1000, requests };
  }).pipe(
    Effect.provide(Layer.fresh(layer)),
    Random.withSeed(`bench ${seed}`),
    Effect.scoped,
    Effect.provide(TestClock.layer()),
    Effect.orDie,
  );
};

/** The longest pause at an age, both in seconds. */
const intervalAt = (age: number): number => Math.min(Math.max(age / 10, 1), 15);

/** How many ends are tried in each round. */
const groups = 4;

/** The lines of B8. */
export const detection = async ({ rounds }: Setting): Promise<ReadonlyArray<Line>> => {
  const lines: Array<Line> = [];
  for (const kind of ["job", "run"] as const) {
    for (const [length, seconds] of Object.entries(lengths)) {
      const longest = intervalAt(seconds);
      // Where in a pause the end falls is chance: each group goes through all of it.
      const ends = Array.from(
        { length: groups * rounds },
        (_, at) => seconds + longest * ((at % groups) + Math.floor(at / groups) / rounds) / groups,
      );
      const waits: Array<Wait> = [];
      for (const [seed, end] of ends.entries()) waits.push(await Effect.runPromise(ours(kind, end, seed)));
      const theirs = ends.map((end) => official(end, kind === "run"));
      const name = `${kind === "job" ? "job" : "run of a scenario"} of ${length}`;
      const mean = (all: ReadonlyArray<Wait>): number => all.reduce((sum, { delay }) => sum + delay, 0) / all.length;
      lines.push({
        id: "B8",
        what: `latest sight of the end: ${name}`,
        beside: "one interval",
        ratio: ratioOf([Math.max(...waits.map(({ delay }, at) => delay / intervalAt(ends[at]! + delay)))]),
        target: { atMost: 1 },
        note: `${mean(waits).toFixed(1)} s on average, ${mean(theirs).toFixed(1)} s`,
      });
      if (seconds >= 60) {
        lines.push({
          id: "B8",
          what: `requests until the end: ${name}`,
          beside: "the official schedule",
          ratio: ratioOf(waits.map(({ requests }, at) => requests / theirs[at]!.requests)),
          target: { atMost: 1 },
          note: `${waits[0]!.requests}, ${theirs[0]!.requests}`,
        });
      }
      if (kind === "run" && seconds >= 600) {
        lines.push({
          id: "B8",
          what: `sight of the end, on average: ${name}`,
          beside: "the official schedule's delay",
          ratio: ratioOf(
            Array.from({ length: rounds }, (_, group) => {
              const [from, to] = [group * groups, (group + 1) * groups];
              return mean(theirs.slice(from, to)) / mean(waits.slice(from, to));
            }),
          ),
          target: { atLeast: 3 },
        });
      }
    }
  }
  return lines;
};
