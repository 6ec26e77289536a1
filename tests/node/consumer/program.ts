/**
 * A program as a user of the npm package writes it: TypeScript checks it, then it runs.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect, Schema } from "effect";
import {
  buildJob,
  type ContactLost,
  Dss,
  type DssError,
  get,
  type JobFailed,
  Jobs,
  type JobStatus,
  path,
  type WaitTimedOut,
} from "@effect-dataiku/dss";
import { Simulator } from "@effect-dataiku/dss/simulator";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;

const program = Effect.gen(function* () {
  const jobs = yield* Jobs;
  const status = yield* jobs.run("SALES", buildJob("customers_prepared"));
  const dss = yield* Dss;
  const States = Schema.Array(Schema.Struct({ state: Schema.String }));
  const [latest] = yield* dss.json(
    "States.list",
    get(path`/projects/${"SALES"}/jobs/`, { query: { limit: 1 } }),
    States,
  );
  return { status, latest };
});

// A type that is missing would be `any`, and equal to nothing else.
const status: Same<Effect.Success<typeof program>["status"], JobStatus> = true;
const errors: Same<Effect.Error<typeof program>, DssError | JobFailed | WaitTimedOut | ContactLost> = true;
const services: Same<Effect.Services<typeof program>, Jobs | Dss> = true;
assert.deepEqual([status, errors, services], [true, true, true]);

// @ts-expect-error: the key of a project is text
assert.ok(Effect.isEffect(Effect.flatMap(Jobs, (jobs) => jobs.get(1, "id"))));

const found = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
assert.deepEqual([found.status.baseStatus.state, found.latest?.state], ["DONE", "DONE"]);
