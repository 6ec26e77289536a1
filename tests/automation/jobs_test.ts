import { describe, expect, it } from "@effect/vitest";
import { Effect, Fiber, Schema, Stream } from "effect";
import { TestClock } from "effect/testing";
import {
  buildJob,
  datasetOutput,
  Job,
  JobFailed,
  type JobOperationState,
  Jobs,
  JobStatus,
  managedFolderOutput,
  modelEvaluationStoreOutput,
  RunningJob,
  savedModelOutput,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, empty, json, Received } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const simulated = <A, E>(test: Effect.Effect<A, E, Jobs | Simulator>) => Effect.provide(test, Simulator.layer());
const lines = Effect.map(
  Effect.flatMap(Simulator, ({ received }) => received),
  (all) => all.map(({ method, target }) => `${method} ${target}`),
);
const recursive = buildJob("orders_joined", { type: "RECURSIVE_FORCED_BUILD" });
const boot = Date.UTC(2025, 9, 1, 9);

describe("definitions", () => {
  it("a name is a dataset, built by itself", () => {
    expect(buildJob("orders")).toEqual({
      type: "NON_RECURSIVE_FORCED_BUILD",
      outputs: [{ id: "orders", type: "DATASET" }],
    });
  });

  it("several outputs of all kinds, partitions, other projects, and all switches", () => {
    const job = buildJob([
      "orders",
      datasetOutput("events", { partition: "2026-01-01,2026-01-02", projectKey: "OTHER" }),
      managedFolderOutput("f0lder"),
      savedModelOutput("m0del"),
      modelEvaluationStoreOutput("st0re"),
    ], { type: "RECURSIVE_MISSING_ONLY_BUILD", refreshHiveMetastore: true, autoUpdateSchemaBeforeEachRecipeRun: true });
    expect(job).toEqual({
      type: "RECURSIVE_MISSING_ONLY_BUILD",
      refreshHiveMetastore: true,
      autoUpdateSchemaBeforeEachRecipeRun: true,
      outputs: [
        { id: "orders", type: "DATASET" },
        { id: "events", type: "DATASET", partition: "2026-01-01,2026-01-02", projectKey: "OTHER" },
        { id: "f0lder", type: "MANAGED_FOLDER" },
        { id: "m0del", type: "SAVED_MODEL" },
        { id: "st0re", type: "MODEL_EVALUATION_STORE" },
      ],
    });
  });

  it.effect("are sent as they are", () =>
    Effect.gen(function* () {
      const definition = buildJob(["a", managedFolderOutput("b")], { type: "A_NEW_TYPE", refreshHiveMetastore: false });
      const job = yield* (yield* Jobs).start("P/1", definition);
      expect(job.jobId).toBe("Build_a_NP_2025-10-01T09-00-00.000");
      const { requests, lines } = yield* Received;
      expect(lines).toEqual(["POST /projects/P%2F1/jobs/"]);
      expect(JSON.parse(requests[0]!.body)).toEqual(definition);
    }).pipe(Effect.provide(dssServer(() => json({ id: "Build_a_NP_2025-10-01T09-00-00.000", other: 1 })))));
});

describe("run", () => {
  it.effect("gives the final status, and says how the job goes", () =>
    simulated(Effect.gen(function* () {
      const job = yield* (yield* Jobs).start("SALES", recursive);
      const [status, states] = yield* during(
        "1 minute",
        Effect.all([job.result, Stream.runCollect(job.states)], { concurrency: "unbounded" }),
      );
      expect(status.baseStatus.state).toBe("DONE");
      expect(JobStatus.startedAt(status)?.epochMilliseconds).toBe(boot + 200);
      expect(JobStatus.endedAt(status)!.epochMilliseconds).toBeGreaterThan(boot + 6_000);
      expect(states.at(0)).toMatchObject({ phase: "NOT_STARTED", isFinal: false, progress: { done: 0, total: 3 } });
      expect(states.at(-1)).toMatchObject({ phase: "DONE", isFinal: true, progress: { done: 3, total: 3 } });
      const progress = states.map((state: JobOperationState) => state.progress!.done);
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
      expect(new Set(progress)).toEqual(new Set([0, 1, 2, 3]));
    })));

  it.effect("fails with the activities that failed", () =>
    simulated(Effect.gen(function* () {
      const failing = { end: "fail", message: "Disk is full" } as const;
      yield* (yield* Simulator).script("recipes/SALES.compute_customers_prepared", failing);
      const error = yield* during("1 minute", Effect.flip((yield* Jobs).run("SALES", recursive)));
      if (!(error instanceof JobFailed)) throw error;
      expect(error.failures).toEqual([{ activity: "compute_customers_prepared_NP", message: "Disk is full" }]);
      expect(error.message).toMatch(
        /^Job Build_orders_joined_NP_\S+ of SALES ended as FAILED \(compute_customers_prepared_NP: Disk is full\): see/,
      );
      expect(error.token).toMatchObject({ kind: "job", ids: ["SALES", error.status.baseStatus.def.id] });
    })));

  it.effect("fails when somebody aborts the job", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).script("recipes/SALES.compute_orders_joined", { end: "abort" });
      const error = yield* during("1 minute", Effect.flip((yield* Jobs).run("SALES", recursive)));
      expect(error).toMatchObject({ _tag: "JobFailed", failures: [], status: { baseStatus: { state: "ABORTED" } } });
    })));

  it.effect("with nothing to build is done", () =>
    simulated(Effect.gen(function* () {
      const jobs = yield* Jobs;
      const nothing = buildJob("revenue_by_country", { type: "RECURSIVE_MISSING_ONLY_BUILD" });
      yield* during("1 minute", jobs.run("SALES", buildJob("revenue_by_country", { type: "RECURSIVE_BUILD" })));
      const status = yield* during("1 minute", jobs.run("SALES", nothing));
      expect(status).toMatchObject({ baseStatus: { state: "DONE" }, globalState: { total: 0 } });
    })));

  it.effect("of what does not exist starts nothing", () =>
    simulated(Effect.gen(function* () {
      const jobs = yield* Jobs;
      const missing = yield* Effect.flip(jobs.start("SALES", buildJob("nope")));
      expect(missing.reason._tag).toBe("NotFound");
      expect(missing.message).toMatch(/^Jobs\.start: DSS answered 500 .*does not exist/);
      const project = yield* Effect.flip(jobs.start("NOPE", recursive));
      expect(project.reason._tag).toBe("NotFound");
      expect(yield* lines).toHaveLength(2);
    })));

  it.effect.each(["KILLED", "CANCELED", "CANCELLED", "ERROR"])(
    "takes %s for an end",
    (state) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip((yield* (yield* Jobs).attach("P", "j")).result);
        expect(error).toMatchObject({ _tag: "JobFailed" });
      }).pipe(Effect.provide(dssServer(() => json({ baseStatus: { def: definition, state } })))),
  );

  it.effect("takes a state that is not known for a running one", () =>
    Effect.gen(function* () {
      const job = yield* (yield* Jobs).attach("P", "j", { timeout: "1 minute" });
      const error = yield* during("2 minutes", Effect.flip(job.result));
      expect(error).toMatchObject({ _tag: "WaitTimedOut", last: { phase: "PREPARING_SOMETHING" } });
      expect(error.message).toContain("PREPARING_SOMETHING");
    }).pipe(Effect.provide(dssServer(() => json({ baseStatus: { def: definition, state: "PREPARING_SOMETHING" } })))));
});

const definition = {
  id: "j",
  type: "RECURSIVE_BUILD",
  projectKey: "P",
  name: "j",
  initiator: "maria",
  initiationTimestamp: 1,
  outputs: [],
};

describe("a start whose answer is lost", () => {
  it.effect("is not sent again, and names what may have come of it", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).inject("lost answer", { method: "POST" });
      const jobs = yield* Jobs;
      const error = yield* during("1 minute", Effect.flip(jobs.start("SALES", recursive)));
      if (error.reason._tag !== "OutcomeUnknown") throw error;
      expect((yield* lines).filter((line) => line.startsWith("POST"))).toHaveLength(1);
      const [newest] = yield* jobs.list("SALES", { limit: 1 });
      expect(error.reason.candidates?.map(({ ids }) => ids[1])).toContain(newest!.def.id);
      const job = yield* jobs.resume(error.reason.candidates![0]);
      expect((yield* during("1 minute", job.result)).baseStatus.def.id).toBe(newest!.def.id);
    })));

  it.effect("ends by itself when DSS is gone for good", () =>
    simulated(Effect.gen(function* () {
      yield* (yield* Simulator).inject("stalled header", { times: 99 });
      const error = yield* during("5 minutes", Effect.flip((yield* Jobs).start("SALES", recursive)));
      expect(error.reason).toMatchObject({ _tag: "OutcomeUnknown" });
      expect(error.reason).not.toHaveProperty("candidates");
    })));
});

describe("lists and looks", () => {
  it.effect("newest first, with accessors of their times", () =>
    simulated(Effect.gen(function* () {
      const jobs = yield* Jobs;
      const started = yield* jobs.start("SALES", recursive);
      const all = yield* jobs.list("SALES");
      expect(all[0]!.def.id).toBe(started.jobId);
      const submitted = all.map(({ def }) => def.initiationTimestamp);
      expect(submitted).toEqual(submitted.toSorted((a, b) => b - a));
      expect(yield* jobs.list("SALES", { limit: 1 })).toHaveLength(1);
      expect(Job.startedAt(all[0]!)).toBeUndefined();
      expect(Job.endedAt(all[1]!)!.epochMilliseconds).toBeLessThan(boot);
      expect(yield* jobs.get("SALES", started.jobId)).toMatchObject({ baseStatus: { state: "NOT_STARTED" } });
      expect(yield* lines).toEqual([
        "POST /projects/SALES/jobs/",
        "GET /projects/SALES/jobs/",
        "GET /projects/SALES/jobs/?limit=1",
        `GET /projects/SALES/jobs/${started.jobId}/`,
      ]);
    })));

  it.effect("a job that does not exist is NotFound", () =>
    simulated(Effect.gen(function* () {
      const jobs = yield* Jobs;
      for (const effect of [jobs.get("SALES", "nope"), jobs.abort("SALES", "nope"), jobs.log("SALES", "nope")]) {
        expect((yield* Effect.flip(effect)).reason._tag).toBe("NotFound");
      }
    })));
});

describe("abort", () => {
  it.effect("ends the job and the waits on it; twice is no failure", () =>
    simulated(Effect.gen(function* () {
      const job = yield* (yield* Jobs).start("SALES", recursive);
      const wait = yield* Effect.forkChild(Effect.flip(job.result));
      yield* TestClock.adjust("2 seconds");
      yield* job.abort;
      yield* job.abort;
      yield* TestClock.adjust("10 seconds");
      expect(yield* Fiber.join(wait)).toMatchObject({
        _tag: "JobFailed",
        status: { baseStatus: { state: "ABORTED" } },
      });
    })));

  it.effect("is sent again when its answer was lost, and takes an answer without content", () =>
    Effect.gen(function* () {
      yield* (yield* Jobs).abort("P", "j");
      expect((yield* Received).lines).toEqual(["POST /projects/P/jobs/j/abort"]);
    }).pipe(Effect.provide(dssServer(() => empty()))));
});

describe("the jobs that run", () => {
  it.effect("are those of a project, or of all projects and users", () =>
    simulated(Effect.gen(function* () {
      const jobs = yield* Jobs;
      expect(yield* jobs.listAllRunning()).toEqual([]);
      const { jobId } = yield* jobs.start("SALES", recursive);
      yield* TestClock.adjust("1 second");
      const [job] = yield* jobs.listRunning("SALES");
      expect([RunningJob.projectKey(job!), RunningJob.jobId(job!)]).toEqual(["SALES", jobId]);
      expect(RunningJob.startedAt(job!)?.epochMilliseconds).toBeGreaterThan(boot);
      expect(yield* jobs.listAllRunning()).toEqual([job]);
      expect(yield* jobs.listRunning("CHURN")).toEqual([]);
      yield* jobs.abort("SALES", jobId);
      expect(yield* jobs.listAllRunning({ allUsers: false })).toEqual([]);
      expect((yield* lines).at(-1)).toBe("GET /jobs/running/?allUsers=false");
    })));

  it.each<[unknown, string | undefined, string | undefined]>([
    [{ def: { id: "a", projectKey: "P" } }, "P", "a"],
    [{ jobId: "a", projectKey: "P" }, "P", "a"],
    [{ jobId: "a", projectKey: "P", def: { id: "b", projectKey: "Q" } }, "P", "a"],
    [{ jobId: null, projectKey: null, def: { id: 7 } }, undefined, undefined],
    [{}, undefined, undefined],
  ])("say their ids wherever DSS puts them: %j", (said, projectKey, jobId) => {
    const job = Schema.decodeUnknownSync(RunningJob)(said);
    expect([RunningJob.projectKey(job), RunningJob.jobId(job)]).toEqual([projectKey, jobId]);
  });
});
