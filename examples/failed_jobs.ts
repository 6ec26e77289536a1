/**
 * Lists the jobs of a project that failed since a date, by default since yesterday, each with its first failure.
 *
 * `deno run -A examples/failed_jobs.ts SALES 2025-09-24`
 *
 * @module
 */
import process from "node:process";
import { Console, Data, DateTime, Effect, Option } from "effect";
import { Jobs, JobStatus } from "@effect-dataiku/dss/jobs";
import { dss, runMain } from "./program.ts";

const [project = "SALES", date] = process.argv.slice(2);

class NoDate extends Data.Error<{ readonly message: string }> {}

const since = date === undefined
  ? Effect.map(DateTime.now, DateTime.subtract({ days: 1 }))
  : Option.match(DateTime.make(date), {
    onNone: () => Effect.fail(new NoDate({ message: `"${date}" is not a date, expected one as 2025-09-24` })),
    onSome: Effect.succeed,
  });

const listFailed = Effect.gen(function* () {
  const from = DateTime.toEpochMillis(yield* since);
  const jobs = yield* Jobs;
  const all = yield* jobs.list(project);
  const failed = all.filter(({ state, def }) => state === "FAILED" && def.initiationTimestamp >= from);
  for (const { def } of failed) {
    const status = yield* jobs.get(project, def.id);
    const [first] = JobStatus.failedActivities(status);
    const why = first === undefined ? "no activity failed" : `${first[0]}: ${first[1].firstFailure?.message}`;
    yield* Console.log(`${def.id}, started by ${def.initiator} (${why})`);
  }
  yield* Console.log(
    `${failed.length} of ${all.length} jobs of ${project} failed since ${new Date(from).toISOString()}`,
  );
});

runMain(Effect.provide(listFailed, dss));
