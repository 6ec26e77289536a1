/**
 * Starts a job in one program and waits for it in another: what names the job goes through a file.
 *
 * `deno run -A examples/resume_job.ts start job.json`, then `deno run -A examples/resume_job.ts resume job.json`. An embedded DSS lives in
 * one program only: without arguments, both are done in turn.
 *
 * @module
 */
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import process from "node:process";
import { Console, Effect, Option } from "effect";
import { buildJob, Jobs } from "@effect-dataiku/dss/jobs";
import { dss, runMain } from "./program.ts";

const [step = "both", file = `${tmpdir()}/job.json`] = process.argv.slice(2);

const onFile = <A>(use: () => Promise<A>) => Effect.tryPromise({ try: use, catch: (error) => error as Error });

const start = Effect.gen(function* () {
  const jobs = yield* Jobs;
  const job = yield* jobs.start("SALES", buildJob("orders_prepared"));
  const token = JSON.stringify(Option.getOrThrow(job.token));
  yield* onFile(() => writeFile(file, token));
  yield* Console.log(`Started ${token}`);
});

const resume = Effect.gen(function* () {
  const jobs = yield* Jobs;
  const token: unknown = yield* onFile(async () => JSON.parse(await readFile(file, "utf8")));
  const job = yield* jobs.resume(token);
  const { baseStatus } = yield* job.result;
  yield* Console.log(`${baseStatus.def.id} ended as ${baseStatus.state}`);
});

const program = step === "start" ? start : step === "resume" ? resume : Effect.andThen(start, resume);

runMain(Effect.provide(program, dss));
