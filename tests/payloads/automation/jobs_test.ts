import { expect } from "@effect/vitest";
import { Effect, Option, Stream } from "effect";
import { buildJob, Job, type JobOperation, JobStatus, RunningJob } from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import { job, jobStatus, runningJob } from "./jobs.ts";
import { itIsReturned } from "../returned.ts";

const project = "SALES";
const id = "Build_orders_joined_NP_2025-10-01T09-17-37.455";
const definition = buildJob("orders_joined");

itIsReturned("a job in a list", {
  document: job,
  schema: Job,
  through: {
    "Jobs.list": {
      answers: (job) => [[job]],
      call: ({ jobs }) => Effect.map(jobs.list(project), ([job]) => job!),
    },
  },
  accessors: [Job.startedAt, Job.endedAt],
});

const status = (operation: Effect.Effect<JobOperation, unknown>): Effect.Effect<JobStatus, unknown> =>
  Effect.map(Effect.flatMap(operation, ({ state }) => state), ({ status }) => status);

const resumed = ({ jobs }: ServiceRecord) =>
  Effect.flatMap(jobs.attach(project, id), ({ token }) => jobs.resume(Option.getOrThrow(token)));

type Json = Readonly<Record<string, unknown>>;

/** A status of a job that has ended so. */
const ended = (state: string) => (status: Json): Json => ({
  ...status,
  baseStatus: { ...status["baseStatus"] as Json, state },
});
const done = ended("DONE");
const failed = ended("FAILED");

itIsReturned("the status of a job", {
  document: jobStatus,
  schema: JobStatus,
  through: {
    "Jobs.get": { call: ({ jobs }) => jobs.get(project, id) },
    "Jobs.start().state": {
      answers: (status) => [{ id }, status],
      call: ({ jobs }) => status(jobs.start(project, definition)),
    },
    "Jobs.attach().state": { call: ({ jobs }) => status(jobs.attach(project, id)) },
    "Jobs.resume().state": { call: (services) => status(resumed(services)) },
    "Jobs.attach().states": {
      call: ({ jobs }) =>
        Effect.map(
          Stream.runHead(Stream.unwrap(Effect.map(jobs.attach(project, id), ({ states }) => states))),
          (state) => Option.getOrThrow(state).status,
        ),
    },
    "Jobs.attach().result": {
      answers: (status) => [status, done(status)],
      call: ({ jobs }) => Effect.flatMap(jobs.attach(project, id), ({ result }) => result),
      gives: done,
    },
    "Jobs.run": {
      answers: (status) => [{ id }, status, done(status)],
      call: ({ jobs }) => jobs.run(project, definition),
      gives: done,
    },
    "JobFailed.status": {
      answers: (status) => [{ id }, status, failed(status)],
      call: ({ jobs }) =>
        Effect.flatMap(Effect.flip(jobs.run(project, definition)), (error) => {
          expect(error.message).toContain(id);
          return error._tag === "JobFailed" ? Effect.succeed(error.status) : Effect.fail(error);
        }),
      gives: failed,
    },
  },
  accessors: [JobStatus.startedAt, JobStatus.endedAt, JobStatus.failedActivities],
});

itIsReturned("a job that runs", {
  document: runningJob,
  schema: RunningJob,
  through: {
    "Jobs.listRunning": {
      answers: (job) => [[job]],
      call: ({ jobs }) => Effect.map(jobs.listRunning(project), ([first]) => first!),
    },
    "Jobs.listAllRunning": {
      answers: (job) => [[job]],
      call: ({ jobs }) => Effect.map(jobs.listAllRunning(), ([first]) => first!),
    },
  },
  accessors: [RunningJob.projectKey, RunningJob.jobId, RunningJob.startedAt],
});
