/**
 * Shows what runs in all projects, again every few seconds: jobs, scenarios, long tasks. On a terminal the table is drawn in its place.
 *
 * `deno run -A examples/monitor.ts --every 5 --looks 100`
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { Console, Data, DateTime, Duration, Effect, Schedule } from "effect";
import { Futures, FutureState, Job, Jobs, Projects } from "@effect-dataiku/dss";
import { dss, runMain } from "./program.ts";

class Wrong extends Data.Error<{ readonly message: string }> {}

const { values } = parseArgs({
  options: { every: { type: "string", default: "5" }, looks: { type: "string", default: "1000000" } },
});

const numberOf = (name: "every" | "looks") =>
  /^[1-9]\d{0,6}$/.test(values[name])
    ? Effect.succeed(Number(values[name]))
    : Effect.fail(new Wrong({ message: `--${name} is "${values[name]}", expected a number as 5` }));

const ageOf = (startedAt: DateTime.Utc | undefined, now: DateTime.Utc): string =>
  startedAt === undefined
    ? "–"
    : Duration.format(Duration.seconds(Math.round(Duration.toSeconds(DateTime.distance(startedAt, now)))));

/** One look at everything that runs. */
const look = Effect.gen(function* () {
  const [jobs, futures, projects] = [yield* Jobs, yield* Futures, yield* Projects];
  const now = yield* DateTime.now;
  const lists = yield* Effect.forEach(yield* projects.keys(), (key) => jobs.list(key, { limit: 50 }), {
    concurrency: 4,
  });
  const running = lists.flat().filter((job) => !job.stableState);
  const tasks = yield* futures.list({ allUsers: true });
  const scenarios = yield* futures.listRunningScenarios({ allUsers: true });
  return [
    ...running.map((job) => ["job", `${job.def.projectKey}.${job.def.id}`, job.state, ageOf(Job.startedAt(job), now)]),
    ...scenarios.map((
      task,
    ) => ["scenario", task.jobDisplayName ?? "–", "RUNNING", ageOf(FutureState.startedAt(task), now)]),
    ...tasks.map((
      task,
    ) => ["task", task.jobDisplayName ?? task.jobId ?? "–", "RUNNING", ageOf(FutureState.startedAt(task), now)]),
  ];
});

/** Rows with columns as wide as their longest cell. */
const aligned = (rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]!.length));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(width(column))).join("  ").trimEnd()).join("\n");
};

const draw = Effect.flatMap(look, (rows) => {
  const clear = process.stdout.isTTY ? "\x1b[2J\x1b[H" : "";
  return Console.log(
    clear + (rows.length === 0 ? "Nothing runs" : aligned([["KIND", "WHAT", "STATE", "FOR"], ...rows])),
  );
});

const monitor = Effect.gen(function* () {
  const [every, looks] = [yield* numberOf("every"), yield* numberOf("looks")];
  // A DSS that is away for a moment does not end the watching.
  const once = Effect.catchIf(draw, ({ isRetryable }) => isRetryable, ({ message }) => Console.log(message));
  yield* Effect.repeat(once, { schedule: Schedule.spaced(Duration.seconds(every)), times: looks - 1 });
});

runMain(Effect.provide(monitor, dss));
