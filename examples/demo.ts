/**
 * Builds a dataset and everything before it, and shows how the job goes: `deno task demo`.
 *
 * It runs on an embedded DSS, or on the one that DKU_DSS_URL and DKU_API_KEY name. Ctrl-C aborts the job.
 *
 * @module
 */
import { Console, Effect, Exit, Option } from "effect";
import { buildJob, Dss, type JobFailed, type JobOperation, Jobs } from "@effect-dataiku/dss";
import { Simulator } from "@effect-dataiku/dss/simulator";
import { readOptions, WrongOptions } from "./demo/options.ts";
import { show } from "./demo/screen.ts";
import { activityTable, duration } from "./demo/table.ts";
import { dss, isEmbedded, runMain } from "./program.ts";

/** Lets the third recipe of the embedded DSS fail. */
const scriptFailure = Effect.gen(function* () {
  const simulator = yield* Effect.serviceOption(Simulator);
  if (Option.isNone(simulator)) {
    return yield* new WrongOptions({ detail: "--fail works on the embedded DSS only, but DKU_DSS_URL is set" });
  }
  yield* simulator.value.script("recipes/SALES.compute_orders_joined", {
    end: "fail",
    message: "Connection to the database refused",
  });
});

/** Where to look when a job has failed: the end of the log of its first activity that did. */
const explain = Effect.fn("explain")(function* ({ status, failures: [first] }: JobFailed) {
  if (first === undefined) return;
  const { id, projectKey } = status.baseStatus.def;
  const jobs = yield* Jobs;
  const log = yield* jobs.log(projectKey, id, { activity: first.activity }).pipe(
    Effect.catch((error) => Effect.succeed(error.message)),
  );
  yield* Console.log(`\nThe end of the log of ${first.activity}:`);
  for (const line of log.trimEnd().split("\n").slice(-8)) yield* Console.log(`  ${line}`);
  yield* Console.log("");
});

/** Shows the job while it runs, then what became of its activities. */
const watch = Effect.fn("watch")(function* (job: JobOperation) {
  yield* show(job.states);
  const { status } = yield* job.state; // the end is remembered: this asks DSS nothing
  yield* Console.log(activityTable(status));
  return yield* Effect.tapErrorTag(job.result, "JobFailed", explain);
});

const abort = (job: JobOperation) =>
  Effect.andThen(job.abort, Console.error("\nInterrupted: DSS was asked to abort the job"));

const demo = Effect.gen(function* () {
  const { project, dataset, fail } = yield* readOptions;
  if (fail) yield* scriptFailure;
  const { instance } = yield* Dss;
  const jobs = yield* Jobs;
  yield* Console.log(
    `Building ${project}.${dataset} and everything before it on ${isEmbedded ? "an embedded DSS" : instance}\n`,
  );
  // A wrong URL, key or project shows in a read as well, and more plainly than in a write.
  yield* jobs.list(project, { limit: 1 });
  const status = yield* Effect.acquireUseRelease(
    jobs.start(project, buildJob(dataset, { type: "RECURSIVE_FORCED_BUILD" })),
    watch,
    (job, exit) => Exit.hasInterrupts(exit) ? abort(job) : Effect.void,
  );
  const { def, jobStartTime, jobEndTime } = status.baseStatus;
  yield* Console.log(`\n${def.id} is done after ${duration(jobStartTime, jobEndTime)}`);
});

runMain(Effect.provide(demo, dss));
