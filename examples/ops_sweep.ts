/**
 * Aborts the jobs of some projects, and the futures of all users, that have run too long; only shows which ones they are, unless told to
 * `--apply`.
 *
 * `deno run -A examples/ops_sweep.ts SALES CHURN LOGISTICS --minutes 240 --apply`
 *
 * Needs an administrator's key: only administrators see the futures of others. What cannot be aborted does not keep the rest from it; the exit
 * code is then 1.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { Clock, Console, Data, DateTime, Effect } from "effect";
import { buildJob, type DssError, Futures, FutureState, Jobs } from "@effect-dataiku/dss";
import { dss, isEmbedded, runMain } from "./program.ts";

class SweepFailed extends Data.Error<{ readonly message: string }> {}

const { values, positionals } = parseArgs({
  options: {
    // On a DSS that was just embedded, nothing is old.
    minutes: { type: "string", default: isEmbedded ? "0" : "240" },
    apply: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const projects = positionals.length === 0 ? ["SALES", "CHURN", "LOGISTICS"] : positionals;
// Not everything that is no number is NaN: an empty text would be 0, and abort everything.
const minutes = /^\d+$/.test(values.minutes) ? Number(values.minutes) : Number.NaN;

/** Something that runs too long. */
interface Stuck {
  readonly what: string;
  readonly startedAt: number;
  readonly abort: Effect.Effect<void, DssError>;
}

const stuckJobs = Effect.gen(function* () {
  const jobs = yield* Jobs;
  const listed = yield* Effect.forEach(projects, (project) => jobs.list(project), { concurrency: 4 });
  return listed.flat().filter(({ stableState }) => !stableState).map(({ def }): Stuck => ({
    what: `job ${def.projectKey}.${def.id} of ${def.initiator}`,
    startedAt: def.initiationTimestamp,
    abort: jobs.abort(def.projectKey, def.id),
  }));
});

const stuckFutures = Effect.gen(function* () {
  const futures = yield* Futures;
  return (yield* futures.list({ allUsers: true })).flatMap((future): ReadonlyArray<Stuck> => {
    const startedAt = FutureState.startedAt(future);
    // One that does not say when it started may be new.
    if (typeof future.jobId !== "string" || startedAt === undefined) return [];
    return [{
      what: `future ${future.jobId} of ${future.owner} (${future.jobDisplayName})`,
      startedAt: DateTime.toEpochMillis(startedAt),
      abort: futures.abort(future.jobId),
    }];
  });
});

const sweep = Effect.gen(function* () {
  if (Number.isNaN(minutes)) {
    return yield* Effect.fail(
      new SweepFailed({ message: `--minutes is "${values.minutes}", expected a number as 240` }),
    );
  }
  const [now, jobs, futures] = yield* Effect.all([Clock.currentTimeMillis, stuckJobs, stuckFutures]);
  const old = [...jobs, ...futures].filter(({ startedAt }) => now - startedAt >= minutes * 60_000);
  const aborted = yield* Effect.forEach(
    old,
    ({ what, abort }) =>
      values.apply
        ? Effect.match(abort, { onSuccess: () => true, onFailure: ({ message }) => message }).pipe(
          Effect.tap((end) => Console.log(end === true ? `Aborted ${what}` : `Could not abort ${what}: ${end}`)),
        )
        : Effect.as(Console.log(`Would abort ${what}`), true),
    { concurrency: 4 },
  );
  const failures = aborted.filter((end) => end !== true).length;
  yield* Console.log(
    values.apply
      ? `Aborted: ${old.length - failures} of ${old.length}`
      : `Would abort: ${old.length}; say --apply to abort them`,
  );
  if (failures > 0) yield* Effect.fail(new SweepFailed({ message: `${failures} could not be aborted` }));
});

/** On a DSS that was just embedded, no job runs yet. */
const startOne = Effect.flatMap(Jobs, (jobs) => jobs.start("SALES", buildJob("orders_prepared")));

runMain(Effect.provide(isEmbedded ? Effect.andThen(startOne, sweep) : sweep, dss));
