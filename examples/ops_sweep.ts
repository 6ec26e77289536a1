/**
 * Ends what has run too long: aborts jobs, and futures of all users, and unloads notebooks whose kernels have done nothing for so long. It only
 * shows what that would be, unless told to `--apply`. Without names of projects it looks into all of them.
 *
 * `deno run -A examples/ops_sweep.ts SALES CHURN --minutes 240 --apply`
 *
 * Needs an administrator's key: only administrators see the futures and notebooks of others. What cannot be ended does not keep the rest from
 * it; the exit code is then 1.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { Clock, Console, Data, DateTime, Effect } from "effect";
import {
  buildJob,
  type DssError,
  Futures,
  FutureState,
  Jobs,
  NotebookSession,
  Projects,
  RunningNotebooks,
} from "@effect-dataiku/dss";
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
const projects = positionals.length > 0
  ? Effect.succeed(positionals)
  : Effect.flatMap(Projects, (projects) => projects.keys());
// Not everything that is no number is NaN: an empty text would be 0, and abort everything.
const minutes = /^\d+$/.test(values.minutes) ? Number(values.minutes) : Number.NaN;

/** Something that runs, and since when it has done so, or nothing. */
interface Stuck {
  readonly what: string;
  readonly since: number;
  readonly end: Effect.Effect<void, DssError>;
}

const stuckJobs = Effect.gen(function* () {
  const jobs = yield* Jobs;
  const listed = yield* Effect.forEach(yield* projects, (project) => jobs.list(project), { concurrency: 4 });
  return listed.flat().filter(({ stableState }) => !stableState).map(({ def }): Stuck => ({
    what: `job ${def.projectKey}.${def.id} of ${def.initiator}`,
    since: def.initiationTimestamp,
    end: jobs.abort(def.projectKey, def.id),
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
      since: DateTime.toEpochMillis(startedAt),
      end: futures.abort(future.jobId),
    }];
  });
});

const idleNotebooks = Effect.gen(function* () {
  const notebooks = yield* RunningNotebooks;
  const chosen = yield* projects;
  const running = (yield* notebooks.listAll()).filter(({ projectKey }) => chosen.includes(projectKey));
  return running.flatMap(({ projectKey, name, activeSessions }) =>
    (activeSessions ?? []).flatMap((session): ReadonlyArray<Stuck> => {
      const activeAt = NotebookSession.activeAt(session);
      // One that does not say what it did may be at work; so is one that is busy.
      if (typeof session.sessionId !== "string" || activeAt === undefined) return [];
      if (session.kernelExecutionState === "busy") return [];
      return [{
        what: `notebook ${projectKey}.${name} of ${session.sessionCreator}`,
        since: DateTime.toEpochMillis(activeAt),
        end: notebooks.unload(projectKey, name, session.sessionId),
      }];
    })
  );
});

const sweep = Effect.gen(function* () {
  if (Number.isNaN(minutes)) {
    return yield* Effect.fail(
      new SweepFailed({ message: `--minutes is "${values.minutes}", expected a number as 240` }),
    );
  }
  const now = yield* Clock.currentTimeMillis;
  const all = (yield* Effect.all([stuckJobs, stuckFutures, idleNotebooks])).flat();
  const old = all.filter(({ since }) => now - since >= minutes * 60_000);
  const ended = yield* Effect.forEach(
    old,
    ({ what, end }) =>
      values.apply
        ? Effect.match(end, { onSuccess: () => true, onFailure: ({ message }) => message }).pipe(
          Effect.tap((done) => Console.log(done === true ? `Ended ${what}` : `Could not end ${what}: ${done}`)),
        )
        : Effect.as(Console.log(`Would end ${what}`), true),
    { concurrency: 4 },
  );
  const failures = ended.filter((done) => done !== true).length;
  yield* Console.log(
    values.apply
      ? `Ended: ${old.length - failures} of ${old.length}`
      : `Would end: ${old.length}; say --apply to end them`,
  );
  if (failures > 0) yield* Effect.fail(new SweepFailed({ message: `${failures} could not be ended` }));
});

/** On a DSS that was just embedded, no job runs yet. */
const startOne = Effect.flatMap(Jobs, (jobs) => jobs.start("SALES", buildJob("orders_prepared")));

runMain(Effect.provide(isEmbedded ? Effect.andThen(startOne, sweep) : sweep, dss));
