/**
 * The kinds of calls that meet the faults: each is a call of the library on the simulated DSS, and a look at what it left there.
 *
 * @module
 */
import { Context, Effect, Option, Stream } from "effect";
import {
  type AllServices,
  buildJob,
  type ContactLost,
  Dss,
  type DssError,
  type FutureEnd,
  Futures,
  type JobFailed,
  Jobs,
  path,
  post,
  ScenarioRuns,
  Scenarios,
  stepBasedScenario,
  type WaitOptions,
  type WaitTimedOut,
} from "../../mod.ts";
import { type AddedRoute, jsonAnswer, Simulator } from "../../src/simulator/mod.ts";

/** What a call may fail with. */
export type CallError = DssError | FutureEnd | JobFailed | ContactLost | WaitTimedOut;

/** How fast things go: in virtual time they take the seconds of a real DSS, on sockets less. */
export interface Pace {
  /** How many seconds the work of DSS takes. */
  readonly work: number;
  /** How operations are waited for. */
  readonly wait: WaitOptions;
  /** How long a slow answer takes, in milliseconds. */
  readonly slow: number;
  /** Longest pause between two pieces of a body, in milliseconds. */
  readonly idle: number;
}

/** Key of {@linkcode Pace}. */
export const Pace: Context.Service<Pace, Pace> = Context.Service<Pace>("tests/Pace");

type Needs = AllServices | Dss | Simulator | Pace;

/** A call that is about to be made. */
export interface Prepared {
  /** Gives what tells whether the answer came whole. */
  readonly call: Effect.Effect<unknown, CallError, Needs>;
  /** How many things it left in DSS: jobs, writes, deletions, uploads, results that were taken. */
  readonly leftOver: Effect.Effect<number, never, Needs>;
}

/** A kind of call. */
export interface Kind {
  /** The requests that meet the fault: method, and part of the target. */
  readonly request: readonly [method: string, target: string];
  /** What comes of it when nothing fails. */
  readonly result: unknown;
  /** Brings DSS into the state in which the call is made. */
  readonly prepare: Effect.Effect<Prepared, CallError, Needs>;
}

const nothing = Effect.succeed(0);

/** A part of what the simulated DSS knows. */
const known = (...keys: ReadonlyArray<string>): Effect.Effect<unknown, never, Simulator> =>
  Effect.gen(function* () {
    let at: unknown = yield* (yield* Simulator).snapshot;
    for (const key of keys) at = (at as Readonly<Record<string, unknown>> | undefined)?.[key];
    return at;
  });

const jobs = Effect.map(known("projects", "SALES", "jobs"), (all) => Object.keys(all as object).length);

const uploads: Map<string, number> = new Map();
const pieces = 20;
const piece = new Uint8Array(1000).fill(120);

/** A route that takes files, which are looked at from outside by their name. */
export const uploadRoute: AddedRoute = {
  method: "POST",
  path: "/projects/:projectKey/uploads/:name",
  handle: ({ params, body }) =>
    Effect.sync(() => {
      uploads.set(params.name!, (uploads.get(params.name!) ?? 0) + body.length / (pieces * piece.length));
      return jsonAnswer({ msg: "Uploaded" });
    }),
};

let names = 0;

/** Name of a kind of calls. */
export type KindName = "read" | "put" | "delete" | "start" | "stream down" | "stream up" | "wait" | "take";

/** The kinds of calls by name. */
export const kinds: Readonly<Record<KindName, Kind>> = {
  "read": {
    request: ["GET", "/projects/SALES/jobs/"],
    result: true,
    prepare: Effect.gen(function* () {
      const expected = yield* jobs;
      const list = Effect.flatMap(Jobs, (service) => service.list("SALES"));
      return { call: Effect.map(list, ({ length }) => length === expected), leftOver: nothing };
    }),
  },
  "put": {
    request: ["PUT", "/payload"],
    result: undefined,
    prepare: Effect.succeed({
      call: Effect.flatMap(Scenarios, (service) => service.saveScript("CHURN", "HOURLY_CHECK", "pass")),
      leftOver: Effect.map(
        known("projects", "CHURN", "scenarios", "HOURLY_CHECK", "script"),
        (script) => script === "pass" ? 1 : 0,
      ),
    }),
  },
  "delete": {
    request: ["DELETE", "/scenarios/"],
    result: undefined,
    prepare: Effect.gen(function* () {
      const id = yield* (yield* Scenarios).create("SALES", stepBasedScenario("Spare", []));
      return {
        call: Effect.flatMap(Scenarios, (service) => service.delete("SALES", id)),
        leftOver: Effect.map(known("projects", "SALES", "scenarios", id), (found) => found === undefined ? 1 : 0),
      };
    }),
  },
  "start": {
    request: ["POST", "/projects/SALES/jobs/"],
    result: true,
    prepare: Effect.gen(function* () {
      const before = yield* jobs;
      const start = Effect.flatMap(Jobs, (service) => service.start("SALES", buildJob("orders_prepared")));
      return {
        call: Effect.map(start, ({ token }) => Option.isSome(token)),
        leftOver: Effect.map(jobs, (after) => after - before),
      };
    }),
  },
  "stream down": {
    request: ["GET", "/last-test-scenario-runs-report"],
    result: true,
    prepare: Effect.gen(function* () {
      const download = Stream.unwrap(Effect.map(ScenarioRuns, (service) => service.testReport("SALES")));
      const size = Stream.runFold(download, () => 0, (sum, { length }) => sum + length);
      const expected = yield* size;
      return { call: Effect.map(size, (received) => received === expected), leftOver: nothing };
    }),
  },
  "stream up": {
    request: ["POST", "/uploads/"],
    result: undefined,
    prepare: Effect.sync(() => {
      const name = `file-${names++}`;
      const content = Stream.map(Stream.range(1, pieces), () => piece);
      const upload = post(path`/projects/SALES/uploads/${name}`, { content });
      return {
        call: Effect.flatMap(Dss, (dss) => dss.empty("Test.upload", upload)),
        leftOver: Effect.sync(() => uploads.get(name) ?? 0),
      };
    }),
  },
  "wait": {
    request: ["GET", "/projects/SALES/jobs/Build_"],
    result: "DONE",
    prepare: Effect.gen(function* () {
      const { work, wait } = yield* Pace;
      const recipe = "recipes/SALES.compute_orders_prepared";
      yield* (yield* Simulator).script(recipe, { end: "done", seconds: work });
      const job = yield* (yield* Jobs).start("SALES", buildJob("orders_prepared"), wait);
      return { call: Effect.map(job.result, ({ baseStatus }) => baseStatus.state), leftOver: nothing };
    }),
  },
  "take": {
    request: ["GET", "peek=false"],
    result: { rows: 7 },
    prepare: Effect.gen(function* () {
      const { work, wait } = yield* Pace;
      const simulator = yield* Simulator;
      const task = yield* simulator.startTask({ seconds: work, result: { rows: 7 } });
      const id = String(task.jobId);
      const future = yield* (yield* Futures).attach(id, wait);
      return {
        call: future.result,
        leftOver: Effect.map(
          simulator.received,
          // Sent again, it takes nothing.
          (all) => all.some(({ target, handled }) => handled && target.includes("peek=false")) ? 1 : 0,
        ),
      };
    }),
  },
};
