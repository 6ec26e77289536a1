/**
 * What DSS says of a job.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open, openEnum } from "../../src/json/open.ts";
import { JobType } from "./job_definition.ts";

/** Where a job or an activity stands; further values may come. */
export type JobState =
  | "NOT_STARTED"
  | "WAITING"
  | "COMPUTING_DEPS"
  | "RUNNING"
  | "DONE"
  | "FAILED"
  | "ABORTED"
  | "SKIPPED"
  | (string & Record<never, never>);

/** Schema of {@linkcode JobState}. */
export const JobState: Schema.Codec<JobState, string> = openEnum<JobState>();

/** What a job builds, as DSS stores it: the object's id is in the field of its kind. */
export interface StoredJobOutput {
  /** Kind of the output, as `DATASET`. */
  readonly type: string;
  /** Name of the dataset. */
  readonly targetDataset?: string | null;
  /** Project of the dataset. */
  readonly targetDatasetProjectKey?: string | null;
  /** Partition that is built; `NP` for what is not partitioned. */
  readonly targetPartition?: string | null;
  /** Id of the managed folder. */
  readonly targetManagedFolder?: string | null;
  /** Project of the managed folder. */
  readonly targetManagedFolderProjectKey?: string | null;
  /** Id of the saved model. */
  readonly targetSavedModel?: string | null;
}

/** Schema of {@linkcode StoredJobOutput}. */
export const StoredJobOutput: Schema.Codec<StoredJobOutput, unknown> = open(
  {
    type: Schema.String,
    targetDataset: maybe(Schema.String),
    targetDatasetProjectKey: maybe(Schema.String),
    targetPartition: maybe(Schema.String),
    targetManagedFolder: maybe(Schema.String),
    targetManagedFolderProjectKey: maybe(Schema.String),
    targetSavedModel: maybe(Schema.String),
  } satisfies Fields<StoredJobOutput>,
);

/** The definition of a job, as DSS stores it. */
export interface StoredJobDefinition {
  /** Id of the job, as `Build_orders_NP_2025-10-01T09-17-37.455`. */
  readonly id: string;
  /** How far the job builds. */
  readonly type: JobType;
  /** Project of the job. */
  readonly projectKey: string;
  /** Name of the job. */
  readonly name: string;
  /** Who started it: a login, or as `API (maria)`. */
  readonly initiator: string;
  /** When it was submitted, in milliseconds since 1970. */
  readonly initiationTimestamp: number;
  /** From where it was started, as `API`. */
  readonly triggeredFrom?: string | null;
  /** What it builds. */
  readonly outputs: ReadonlyArray<StoredJobOutput>;
}

/** Schema of {@linkcode StoredJobDefinition}. */
export const StoredJobDefinition: Schema.Codec<StoredJobDefinition, unknown> = open(
  {
    id: Schema.String,
    type: JobType,
    projectKey: Schema.String,
    name: Schema.String,
    initiator: Schema.String,
    initiationTimestamp: Schema.Number,
    triggeredFrom: maybe(Schema.String),
    outputs: Schema.Array(StoredJobOutput),
  } satisfies Fields<StoredJobDefinition>,
);

/** A job, as the list of a project shows it. */
export interface Job {
  /** Its definition, with its id. */
  readonly def: StoredJobDefinition;
  /** Where it stands. */
  readonly state: JobState;
  /** Whether the state is final. */
  readonly stableState: boolean;
  /** When it started, in milliseconds since 1970; `0` when it did not. See `Job.startedAt`. */
  readonly startTime: number;
  /** When it ended, in milliseconds since 1970; `0` when it did not. See `Job.endedAt`. */
  readonly endTime: number;
  /** Number of warnings. */
  readonly warningsCount: number;
}

/** Schema of {@linkcode Job}, with its accessors. */
export interface JobCodec extends Schema.Codec<Job, unknown> {
  /** When it started; a job that was aborted before has none. */
  startedAt(job: Job): DateTime.Utc | undefined;
  /** When it ended. */
  endedAt(job: Job): DateTime.Utc | undefined;
}

/** Schema of {@linkcode Job}, with its accessors. */
export const Job: JobCodec = Object.assign(
  open(
    {
      def: StoredJobDefinition,
      state: JobState,
      stableState: Schema.Boolean,
      startTime: Schema.Number,
      endTime: Schema.Number,
      warningsCount: Schema.Number,
    } satisfies Fields<Job>,
  ) as Schema.Codec<Job, unknown>,
  {
    startedAt: (job: Job): DateTime.Utc | undefined => instantOf(job.startTime),
    endedAt: (job: Job): DateTime.Utc | undefined => instantOf(job.endTime),
  },
);

/** Why an activity failed. */
export interface ActivityFailure {
  /** In words. */
  readonly message?: string | null;
}

/** Schema of {@linkcode ActivityFailure}. */
export const ActivityFailure: Schema.Codec<ActivityFailure, unknown> = open(
  { message: maybe(Schema.String) } satisfies Fields<ActivityFailure>,
);

/** A part of a job: one recipe on one partition. */
export interface JobActivity {
  /** Where it stands. */
  readonly state?: JobState | null;
  /** When it started, in milliseconds since 1970. */
  readonly startTime?: number | null;
  /** When it ended, in milliseconds since 1970. */
  readonly endTime?: number | null;
  /** What it says of itself. */
  readonly message?: string | null;
  /** Why it failed. */
  readonly firstFailure?: ActivityFailure | null;
  /** Recipe that it runs. */
  readonly recipeName?: string | null;
  /** Type of the recipe. */
  readonly recipeType?: string | null;
}

/** Schema of {@linkcode JobActivity}. */
export const JobActivity: Schema.Codec<JobActivity, unknown> = open(
  {
    state: maybe(JobState),
    startTime: maybe(Schema.Number),
    endTime: maybe(Schema.Number),
    message: maybe(Schema.String),
    firstFailure: maybe(ActivityFailure),
    recipeName: maybe(Schema.String),
    recipeType: maybe(Schema.String),
  } satisfies Fields<JobActivity>,
);

/** The main part of the status of a job. */
export interface JobBaseStatus {
  /** Its definition, with its id. */
  readonly def: StoredJobDefinition;
  /** Where it stands. */
  readonly state: JobState;
  /** When it started, in milliseconds since 1970; `0` when it did not. */
  readonly jobStartTime?: number | null;
  /** When it ended, in milliseconds since 1970; `0` when it did not. */
  readonly jobEndTime?: number | null;
  /** Its activities, by id. */
  readonly activities?: Readonly<Record<string, JobActivity>> | null;
  /** Why the job itself failed, apart from its activities. */
  readonly unexpectedFailure?: ActivityFailure | null;
}

/** Schema of {@linkcode JobBaseStatus}. */
export const JobBaseStatus: Schema.Codec<JobBaseStatus, unknown> = open(
  {
    def: StoredJobDefinition,
    state: JobState,
    jobStartTime: maybe(Schema.Number),
    jobEndTime: maybe(Schema.Number),
    activities: maybe(dictionary(JobActivity)),
    unexpectedFailure: maybe(ActivityFailure),
  } satisfies Fields<JobBaseStatus>,
);

/** How many activities of a job stand where. */
export interface JobCounters {
  /** All activities; `0` of a job that is `DONE`: nothing had to be built. */
  readonly total?: number | null;
  /** Ended well. */
  readonly done?: number | null;
  /** Failed. */
  readonly failed?: number | null;
  /** Running. */
  readonly running?: number | null;
}

/** Schema of {@linkcode JobCounters}. */
export const JobCounters: Schema.Codec<JobCounters, unknown> = open(
  {
    total: maybe(Schema.Number),
    done: maybe(Schema.Number),
    failed: maybe(Schema.Number),
    running: maybe(Schema.Number),
  } satisfies Fields<JobCounters>,
);

/** The status of a job. */
export interface JobStatus {
  /** Definition, state and activities. */
  readonly baseStatus: JobBaseStatus;
  /** Counters of the activities. */
  readonly globalState?: JobCounters | null;
}

/** Schema of {@linkcode JobStatus}, with its accessors. */
export interface JobStatusCodec extends Schema.Codec<JobStatus, unknown> {
  /** When the job started. */
  startedAt(status: JobStatus): DateTime.Utc | undefined;
  /** When the job ended. */
  endedAt(status: JobStatus): DateTime.Utc | undefined;
  /** The activities that failed, as pairs of id and activity, in the order of DSS. */
  failedActivities(status: JobStatus): ReadonlyArray<readonly [id: string, activity: JobActivity]>;
}

/** Schema of {@linkcode JobStatus}, with its accessors. */
export const JobStatus: JobStatusCodec = Object.assign(
  open(
    { baseStatus: JobBaseStatus, globalState: maybe(JobCounters) } satisfies Fields<JobStatus>,
  ) as Schema.Codec<JobStatus, unknown>,
  {
    startedAt: (status: JobStatus): DateTime.Utc | undefined => instantOf(status.baseStatus.jobStartTime),
    endedAt: (status: JobStatus): DateTime.Utc | undefined => instantOf(status.baseStatus.jobEndTime),
    failedActivities: (status: JobStatus): ReadonlyArray<readonly [string, JobActivity]> =>
      Object.entries(status.baseStatus.activities ?? {}).filter(([, { state }]) => state === "FAILED"),
  },
);

/**
 * A job that runs, as the lists of running jobs show it. What DSS puts into these lists is only known from what its official client reads:
 * the ids are in fields of their own, or in the definition.
 */
export interface RunningJob {
  /** Key of the project; see `RunningJob.projectKey`. */
  readonly projectKey?: string | null;
  /** Id; see `RunningJob.jobId`. */
  readonly jobId?: string | null;
  /** Its definition. */
  readonly def?: Readonly<Record<string, unknown>> | null;
  /** Where it stands. */
  readonly state?: JobState | null;
  /** When it started, in milliseconds since 1970; `0` when it did not yet. See `RunningJob.startedAt`. */
  readonly startTime?: number | null;
}

/** Schema of {@linkcode RunningJob}, with its accessors. */
export interface RunningJobCodec extends Schema.Codec<RunningJob, unknown> {
  /** The key of its project, wherever DSS says it. */
  projectKey(job: RunningJob): string | undefined;
  /** Its id, wherever DSS says it. */
  jobId(job: RunningJob): string | undefined;
  /** When it started. */
  startedAt(job: RunningJob): DateTime.Utc | undefined;
}

const textOf = (value: unknown): string | undefined => typeof value === "string" ? value : undefined;

/** Schema of {@linkcode RunningJob}, with its accessors. */
export const RunningJob: RunningJobCodec = Object.assign(
  open(
    {
      projectKey: maybe(Schema.String),
      jobId: maybe(Schema.String),
      def: maybe(dictionary(Schema.Unknown)),
      state: maybe(JobState),
      startTime: maybe(Schema.Number),
    } satisfies Fields<RunningJob>,
  ) as Schema.Codec<RunningJob, unknown>,
  {
    projectKey: ({ projectKey, def }: RunningJob): string | undefined => projectKey ?? textOf(def?.projectKey),
    jobId: ({ jobId, def }: RunningJob): string | undefined => jobId ?? textOf(def?.id),
    startedAt: ({ startTime }: RunningJob): DateTime.Utc | undefined => instantOf(startTime),
  },
);
