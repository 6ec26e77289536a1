/**
 * Jobs: the builds of datasets, folders and models.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import * as Stream from "effect/Stream";
import { Job, JobStatus, RunningJob, type StoredJobDefinition } from "../../schemas/automation/job.ts";
import type { JobDefinition } from "../../schemas/automation/job_definition.ts";
import { withCandidates } from "../../src/operation/candidates.ts";
import { Dss } from "../../src/connection/dss.ts";
import { DssError } from "../../src/errors/dss_error.ts";
import { JobFailed } from "./job_failed.ts";
import { logStart, newLines } from "./job_log.ts";
import { makeOperation, runOperation } from "../../src/operation/make_operation.ts";
import type {
  ContactLost,
  Operation,
  OperationState,
  Progress,
  WaitOptions,
  WaitTimedOut,
} from "../../src/operation/operation.ts";
import { adaptivePolling } from "../../src/operation/polling.ts";
import { UnexpectedContent } from "../../src/errors/reasons.ts";
import { get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { type Token, tokenIds, type TokenInvalid } from "../../src/errors/token.ts";

export * from "../../schemas/automation/job.ts";
export * from "../../schemas/automation/job_definition.ts";
export { JobFailed } from "./job_failed.ts";

/** Where a job stands; its phase is the state of the job, its progress counts activities. */
export interface JobOperationState extends OperationState {
  /** What DSS said. */
  readonly status: JobStatus;
}

/** A job that is watched, awaited, aborted or resumed; its result is the final status. */
export interface JobOperation extends Operation<JobOperationState, JobStatus, JobFailed> {
  /** Project of the job. */
  readonly projectKey: string;
  /** Id of the job. */
  readonly jobId: string;
}

/** Which jobs are listed. */
export interface ListJobsOptions {
  /** Most jobs to list, newest first. By default DSS decides. */
  readonly limit?: number;
}

/** Which of the running jobs are listed. */
export interface ListRunningJobsOptions {
  /**
   * Whether those of other users are listed too.
   *
   * @default {true}
   */
  readonly allUsers?: boolean;
}

/** Which log is read. */
export interface JobLogOptions {
  /** Id of an activity; by default the log of the whole job. */
  readonly activity?: string;
}

/**
 * Jobs: the builds of datasets, folders and models.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { buildJob, Jobs } from "@effect-dataiku/dss/jobs";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const state = Effect.gen(function* () {
 *   const jobs = yield* Jobs;
 *   const job = yield* jobs.start("SALES", buildJob("orders_joined"));
 *   return (yield* job.state).phase;
 * });
 * const phase = await Effect.runPromise(Effect.provide(state, Simulator.layer()));
 * if (phase === "FAILED") throw new Error("unexpected");
 * ```
 */
export interface Jobs {
  /** The jobs of a project, newest first, finished or not. */
  list(projectKey: string, options?: ListJobsOptions): Effect.Effect<ReadonlyArray<Job>, DssError>;
  /** The jobs of a project that run. */
  listRunning(projectKey: string): Effect.Effect<ReadonlyArray<RunningJob>, DssError>;
  /** The jobs that run in all projects that one may see, by default those of all users. */
  listAllRunning(options?: ListRunningJobsOptions): Effect.Effect<ReadonlyArray<RunningJob>, DssError>;
  /** The status of a job. */
  get(projectKey: string, jobId: string): Effect.Effect<JobStatus, DssError>;
  /**
   * Starts a job and gives its operation.
   *
   * It is not interrupted while the start is on the wire, and never sent twice: a lost answer is `OutcomeUnknown`, with the jobs that may
   * have come of it.
   */
  start(projectKey: string, definition: JobDefinition, options?: WaitOptions): Effect.Effect<JobOperation, DssError>;
  /**
   * Starts a job and waits for its end; the job is aborted when the wait is interrupted, at whatever point.
   *
   * A lost contact or an exceeded `timeout` aborts nothing: their errors carry the token to go on with.
   */
  run(
    projectKey: string,
    definition: JobDefinition,
    options?: WaitOptions,
  ): Effect.Effect<JobStatus, DssError | JobFailed | ContactLost | WaitTimedOut>;
  /** The operation of a job known by its id. */
  attach(projectKey: string, jobId: string, options?: WaitOptions): Effect.Effect<JobOperation>;
  /** The operation that a token names. */
  resume(token: unknown, options?: WaitOptions): Effect.Effect<JobOperation, TokenInvalid>;
  /** Asks DSS to abort a job. */
  abort(projectKey: string, jobId: string): Effect.Effect<void, DssError>;
  /** The log so far; one beyond `maxBodyBytes` of the connection is `TooLarge`: stream it. DSS writes tickets of running recipes into it: it may hold secrets. */
  log(projectKey: string, jobId: string, options?: JobLogOptions): Effect.Effect<string, DssError>;
  /**
   * The bytes of the log so far, as they come: for logs that do not fit into memory. What DSS says of secrets of `log` holds for them too.
   */
  logStream(projectKey: string, jobId: string, options?: JobLogOptions): Stream.Stream<Uint8Array, DssError>;
  /** The lines of the log as they come, to the end of the job; each once. DSS only gives whole logs, so each look reads all of it. */
  followLog(
    projectKey: string,
    jobId: string,
    options?: JobLogOptions & WaitOptions,
  ): Stream.Stream<string, DssError | ContactLost>;
}

/** `DONE`, `FAILED` and `ABORTED` are known to be final; the others are what other clients take for final too. */
const finalStates: ReadonlySet<string> = new Set([
  "DONE",
  "FAILED",
  "ABORTED",
  "KILLED",
  "CANCELED",
  "CANCELLED",
  "ERROR",
]);

/** What is known of a job that has not ended. */
const runningStates: ReadonlySet<string> = new Set(["NOT_STARTED", "WAITING", "COMPUTING_DEPS", "RUNNING"]);

const jobKind = "job";

const polling = adaptivePolling();

const progressOf = ({ baseStatus, globalState }: JobStatus): Progress | undefined => {
  if (typeof globalState?.total === "number") {
    return { done: (globalState.done ?? 0) + (globalState.failed ?? 0), total: globalState.total };
  }
  const activities = Object.values(baseStatus.activities ?? {});
  if (activities.length === 0) return undefined;
  return { done: activities.filter(({ state }) => finalStates.has(state ?? "")).length, total: activities.length };
};

const stateOf = (status: JobStatus): JobOperationState => {
  const phase = status.baseStatus.state;
  const startedAt = JobStatus.startedAt(status);
  const progress = progressOf(status);
  return {
    phase,
    isFinal: finalStates.has(phase),
    status,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(progress === undefined ? {} : { progress }),
  };
};

/** Whether a stored job builds what a definition asks for. */
const builds = (stored: StoredJobDefinition, { outputs }: JobDefinition): boolean =>
  stored.outputs.length === outputs.length &&
  outputs.every(({ id }) => stored.outputs.some((output) => Object.values(output).includes(id)));

/** Key of {@linkcode Jobs}, with its layer. */
export const Jobs: DssService<Jobs> = service(
  "Jobs",
  Effect.map(Dss, (dss): Jobs => {
    const status = (method: string, projectKey: string, jobId: string) =>
      // Without its final slash, a proxy takes the end of an id (`….455`) for the ending of a file.
      dss.json(method, get(path`/projects/${projectKey}/jobs/${jobId}/`), JobStatus);
    const abort = (projectKey: string, jobId: string) =>
      dss.empty("Jobs.abort", post(path`/projects/${projectKey}/jobs/${jobId}/abort`, { repeatable: true }));
    const tokenOf = (projectKey: string, jobId: string): Token => ({
      kind: jobKind,
      version: 1,
      dss: dss.instance,
      ids: [projectKey, jobId],
    });
    const attach = (projectKey: string, jobId: string, options?: WaitOptions, isNew = false) => {
      const token = tokenOf(projectKey, jobId);
      let hasWarned = false;
      /** A wait for a state that a later DSS has for an end would not end: somebody should know. */
      const warnOfNewState = ({ phase, isFinal }: JobOperationState) =>
        Effect.suspend(() => {
          if (hasWarned || isFinal || runningStates.has(phase)) return Effect.void;
          hasWarned = true;
          return Effect.logWarning(
            `Job ${jobId} of ${projectKey} is ${phase}, a state not known here, taken for running`,
          );
        });
      const operation = makeOperation<JobOperationState, JobStatus, JobFailed>({
        token: Option.some(token),
        isNew,
        polling,
        look: Effect.tap(Effect.map(status("Jobs.attach", projectKey, jobId), stateOf), warnOfNewState),
        end: ({ phase, status }) =>
          phase === "DONE"
            ? Effect.succeed(status)
            : Effect.fail(new JobFailed({ token, status: dss.withoutSecrets(status) })),
        abort: abort(projectKey, jobId),
      }, options);
      return Effect.map(operation, (operation) => ({ ...operation, projectKey, jobId }));
    };
    const list = (method: string, projectKey: string, limit?: number) =>
      dss.json(method, get(path`/projects/${projectKey}/jobs/`, { query: { limit } }), Schema.Array(Job));
    const start: Jobs["start"] = (projectKey, definition, options) =>
      Effect.flatMap(
        withCandidates(
          dss.json(
            "Jobs.start",
            post(path`/projects/${projectKey}/jobs/`, { json: definition, starts: true }),
            Schema.Struct({ id: Schema.String }),
          ),
          (since) =>
            Effect.map(list("Jobs.start", projectKey, 20), (jobs) =>
              jobs.filter(({ def }) =>
                def.initiationTimestamp >= since && builds(def, definition)
              ).map(({ def }) => tokenOf(projectKey, def.id))),
        ),
        ({ id }) =>
          attach(projectKey, id, options, true),
      );
    const logOf = (projectKey: string, jobId: string, options?: JobLogOptions) =>
      get(path`/projects/${projectKey}/jobs/${jobId}/log`, {
        query: { activity: options?.activity },
        streamedBy: "Jobs.logStream",
      });
    return {
      list: (projectKey, options) => list("Jobs.list", projectKey, options?.limit),
      listRunning: (projectKey) =>
        dss.json("Jobs.listRunning", get(path`/projects/${projectKey}/jobs/running/`), Schema.Array(RunningJob)),
      listAllRunning: ({ allUsers = true } = {}) =>
        dss.json("Jobs.listAllRunning", get(path`/jobs/running/`, { query: { allUsers } }), Schema.Array(RunningJob)),
      get: (projectKey, jobId) => status("Jobs.get", projectKey, jobId),
      start,
      run: (projectKey, definition, options) => runOperation(start(projectKey, definition, options)),
      attach: (projectKey, jobId, options) => attach(projectKey, jobId, options),
      resume: (token, options) =>
        Effect.flatMap(
          tokenIds(jobKind, dss.instance, 2, token),
          ([projectKey, jobId]) => attach(projectKey!, jobId!, options),
        ),
      abort,
      log: (...args) => dss.text("Jobs.log", logOf(...args)),
      logStream: (...args) => dss.stream("Jobs.logStream", logOf(...args)),
      followLog: (projectKey, jobId, options) =>
        Stream.unwrap(Effect.map(attach(projectKey, jobId, options), (job) => {
          let position = logStart;
          // A log that had lines does not lose them all: something on the way has dropped the answer.
          const emptied = Effect.fail(
            new DssError({
              method: "Jobs.followLog",
              reason: new UnexpectedContent({ status: 200, found: "empty", detail: "" }),
            }),
          );
          return job.looks.pipe(
            Stream.mapEffect((state) =>
              dss.text("Jobs.followLog", logOf(projectKey, jobId, options)).pipe(
                Effect.flatMap((text) => {
                  if (text === "" && position.length > 0) return state.isFinal ? emptied : Effect.succeed([]);
                  const [lines, next] = newLines(text, position, state.isFinal);
                  position = next;
                  return Effect.succeed(lines);
                }),
                // The next look goes through an outage with patience; after the last one nobody looks again.
                Effect.catch((error) =>
                  error.isRetryable && !state.isFinal ? Effect.succeed<ReadonlyArray<string>>([]) : Effect.fail(error)
                ),
              )
            ),
            Stream.flattenIterable,
          );
        })),
    };
  }),
);
