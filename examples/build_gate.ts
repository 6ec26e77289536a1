/**
 * A step of a pipeline: builds a dataset and everything before it; exit code 1 when that fails or builds nothing.
 *
 * `deno run -A examples/build_gate.ts SALES orders_prepared`
 *
 * @module
 */
import process from "node:process";
import { Console, Data, Effect } from "effect";
import { buildJob, type JobFailed, Jobs } from "@effect-dataiku/dss/jobs";
import { dss, runMain } from "./program.ts";

const [project = "SALES", dataset = "orders_prepared"] = process.argv.slice(2);

class NothingBuilt extends Data.Error<{ readonly message: string }> {}

/** Prints the end of the log of each activity that failed. */
const showLogs = Effect.fn("showLogs")(function* ({ status, failures }: JobFailed) {
  const jobs = yield* Jobs;
  for (const { activity } of failures) {
    const log = yield* jobs.log(project, status.baseStatus.def.id, { activity }).pipe(
      Effect.catch((error) => Effect.succeed(error.message)),
    );
    yield* Console.error(`The end of the log of ${activity}:\n${log.trimEnd().split("\n").slice(-20).join("\n")}\n`);
  }
});

const gate = Effect.gen(function* () {
  const jobs = yield* Jobs;
  const { baseStatus } = yield* jobs.run(project, buildJob(dataset, { type: "RECURSIVE_FORCED_BUILD" })).pipe(
    Effect.timeout("1 hour"), // interrupts the run, which aborts the job
    Effect.tapErrorTag("JobFailed", showLogs),
  );
  const built = Object.keys(baseStatus.activities ?? {});
  if (built.length === 0) {
    return yield* new NothingBuilt({ message: `No recipe of ${project} makes ${dataset}: nothing was built` });
  }
  yield* Console.log(`${baseStatus.def.id} is done: ${built.join(", ")}`);
});

runMain(Effect.provide(gate, dss));
