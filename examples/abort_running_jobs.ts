/**
 * Aborts every job of a project that has not ended.
 *
 * `deno run -A examples/abort_running_jobs.ts SALES`
 *
 * @module
 */
import process from "node:process";
import { Console, Effect } from "effect";
import { buildJob, Jobs } from "@effect-dataiku/dss/jobs";
import { dss, isEmbedded, runMain } from "./program.ts";

const [project = "SALES"] = process.argv.slice(2);

const abortRunning = Effect.gen(function* () {
  const jobs = yield* Jobs;
  const running = (yield* jobs.list(project)).filter((job) => !job.stableState);
  yield* Effect.forEach(
    running,
    ({ def }) =>
      Effect.andThen(jobs.abort(project, def.id), Console.log(`Aborted ${def.id}, started by ${def.initiator}`)),
    { concurrency: 4 },
  );
  yield* Console.log(`Jobs of ${project} that were running: ${running.length}`);
});

/** On a DSS that was just embedded, nothing runs yet. */
const startTwo = Effect.gen(function* () {
  const jobs = yield* Jobs;
  yield* jobs.start(project, buildJob("orders_prepared"));
  yield* jobs.start(project, buildJob("customers_prepared"));
});

runMain(Effect.provide(isEmbedded ? Effect.andThen(startTwo, abortRunning) : abortRunning, dss));
