/**
 * The jobs of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { buildTypeProblem, partitionProblem } from "./jobs_plan.ts";
import { jobListItem, jobLog, jobStatus } from "./jobs_documents.ts";
import { abortJob, isEnded, type JobOutput, type JobRecord, jobs, startJob } from "./jobs_state.ts";
import {
  type Call,
  flag,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
  textAnswer,
} from "../kernel/route.ts";
import type { World } from "../kernel/world.ts";
import { datasets } from "../flow/datasets_state.ts";
import { findProject, projects, type SimulatedProject } from "../projects/projects_state.ts";

const find = (world: World, { params }: Call): Effect.Effect<JobRecord, SimulatedRefusal> =>
  Effect.flatMap(findProject(world, params.projectKey), (project) => {
    const job = project.of(jobs).get(params.jobId!);
    return job === undefined ? Effect.fail(missing(`Job ${params.jobId}`)) : Effect.succeed(job);
  });

/** The outputs of a definition; DSS fills in what the official client sends as `null`. */
const outputsOf = (
  world: World,
  project: SimulatedProject,
  outputs: unknown,
): Effect.Effect<ReadonlyArray<JobOutput>, SimulatedRefusal> => {
  if (!Array.isArray(outputs) || outputs.length === 0) {
    return Effect.fail(invalid("A job needs an array of outputs: there is nothing to build"));
  }
  return Effect.forEach(outputs, (asked: Readonly<Record<string, unknown>> | null) =>
    Effect.gen(function* () {
      const { id, type, partition, projectKey } = asked ?? {};
      if (typeof id !== "string") return yield* Effect.fail(invalid("An output of a job needs an id"));
      const owner = typeof projectKey === "string" ? yield* findProject(world, projectKey) : project;
      if ((type ?? "DATASET") === "DATASET" && !owner.of(datasets).has(id)) {
        return yield* Effect.fail(missing(`Dataset ${owner.projectKey}.${id}`));
      }
      const output = {
        id,
        type: typeof type === "string" ? type : "DATASET",
        partition: typeof partition === "string" ? partition : "NP",
        projectKey: owner.projectKey,
      };
      const problem = output.type === "DATASET" ? partitionProblem(owner, id, output.partition) : undefined;
      return problem === undefined ? output : yield* Effect.fail(invalid(problem));
    }));
};

/** The number of jobs to list; DSS lists all without one. */
const limitOf = (query: URLSearchParams): Effect.Effect<number | undefined, SimulatedRefusal> => {
  const limit = query.get("limit");
  if (limit === null) return Effect.succeed(undefined);
  return /^\d+$/.test(limit) ? Effect.succeed(Number(limit)) : Effect.fail(invalid(`limit is no number: ${limit}`));
};

/** The jobs of some projects that run. */
const runningIn = (within: ReadonlyArray<SimulatedProject>): ReadonlyArray<JobRecord> =>
  within.flatMap((project) => [...project.of(jobs).values()].filter((job) => !isEnded(job)));

/** @internal */
export const jobsRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/jobs/",
    known: "documented",
    note:
      "The fields are those of the documented sample, newest first as Dataiku's command line relies on; limit is read from public evidence.",
    handle: ({ params, query }, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, params.projectKey);
        const limit = yield* limitOf(query);
        return jsonAnswer([...project.of(jobs).values()].reverse().slice(0, limit).map(jobListItem));
      }),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/jobs/",
    known: "documented",
    note:
      "Answers the id. Which activities a build needs is simplified: no schema check, one partition, one project. That an unknown type, a partition where there are none, and a build of nothing are refused with 400 is the safer guess.",
    handle: ({ params, json, user, now }, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, params.projectKey);
        const definition = (typeof json === "object" && json !== null ? json : {}) as Readonly<Record<string, unknown>>;
        const outputs = yield* outputsOf(world, project, definition.outputs);
        const type = typeof definition.type === "string" ? definition.type : "NON_RECURSIVE_FORCED_BUILD";
        const problem = buildTypeProblem(type);
        if (problem !== undefined) return yield* Effect.fail(invalid(problem));
        const job = startJob(world, project, now, {
          type,
          outputs,
          initiator: user.login,
          triggeredFrom: "API",
          refreshHiveMetastore: definition.refreshHiveMetastore === true,
          autoUpdateSchemaBeforeEachRecipeRun: definition.autoUpdateSchemaBeforeEachRecipeRun === true,
        });
        return jsonAnswer({ id: job.def.id });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/jobs/running/",
    known: "official client",
    note: "That an item is that of the list of jobs is assumed: the official client reads its ids either way.",
    handle: ({ params }, world) =>
      Effect.map(findProject(world, params.projectKey), (project) => jsonAnswer(runningIn([project]).map(jobListItem))),
  },
  {
    method: "GET",
    path: "/jobs/running/",
    known: "official client",
    note:
      "The same of all projects; allUsers is true by default there. That every user sees every project is a simplification.",
    handle: ({ query, user }, world) =>
      Effect.sync(() => {
        const all = runningIn([...world.of(projects).values()]);
        const shown = flag(query, "allUsers") ? all : all.filter(({ initiator }) => initiator.login === user.login);
        return jsonAnswer(shown.map(jobListItem));
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/jobs/:jobId",
    known: "public evidence",
    note: "Fields as Dataiku's editor extension and command line read them; runtimeSummary is left out.",
    handle: (call, world) => Effect.map(find(world, call), (job) => jsonAnswer(jobStatus(job))),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/jobs/:jobId/log",
    known: "official client",
    note: "Plain text, whole; the form of its lines is assumed, and that an unknown activity has an empty log.",
    handle: (call, world) =>
      Effect.map(find(world, call), (job) => textAnswer(jobLog(job, call.query.get("activity")))),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/jobs/:jobId/abort",
    known: "official client",
    note: "JSON; the text of the confirmation, and that an ended job is no error, are assumed.",
    handle: (call, world) =>
      Effect.map(find(world, call), (job) => {
        if (isEnded(job)) return jsonAnswer({ msg: `Job ${job.def.id} has already ended` });
        abortJob(job, call.now);
        return jsonAnswer({ msg: `Job ${job.def.id} aborted` });
      }),
  },
];
