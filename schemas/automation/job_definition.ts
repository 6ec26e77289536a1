/**
 * What a job shall build: definitions and their pure builders.
 *
 * @module
 */
import type * as Schema from "effect/Schema";
import { openEnum } from "../../src/json/open.ts";

/** How far a job builds; further values may come. */
export type JobType =
  | "NON_RECURSIVE_FORCED_BUILD"
  | "RECURSIVE_BUILD"
  | "RECURSIVE_FORCED_BUILD"
  | "RECURSIVE_MISSING_ONLY_BUILD"
  | (string & Record<never, never>);

/** Schema of {@linkcode JobType}. */
export const JobType: Schema.Codec<JobType, string> = openEnum<JobType>();

/** Kind of an object that a job can build; further values may come. */
export type JobOutputType =
  | "DATASET"
  | "MANAGED_FOLDER"
  | "SAVED_MODEL"
  | "STREAMING_ENDPOINT"
  | "MODEL_EVALUATION_STORE"
  | "RETRIEVABLE_KNOWLEDGE"
  | (string & Record<never, never>);

/** One object to build. */
export interface JobOutput {
  /** Name of a dataset, id of anything else. */
  readonly id: string;
  /** Kind of the object. By default DSS takes a dataset. */
  readonly type?: JobOutputType | null;
  /** Project of the object. By default the project of the job. */
  readonly projectKey?: string | null;
  /** Partition, or several as DSS spells them (`2026-01-01,2026-01-02`). By default all of it. */
  readonly partition?: string | null;
}

/** Where an output is, when it is not the whole object in the project of the job. */
export interface JobOutputOptions {
  /** Project of the object. By default the project of the job. */
  readonly projectKey?: string;
  /** Partition, or several as DSS spells them (`2026-01-01,2026-01-02`). */
  readonly partition?: string;
}

/** What a job shall build, and how. */
export interface JobDefinition {
  /** What to build. */
  readonly outputs: ReadonlyArray<JobOutput>;
  /** How far to build. */
  readonly type?: JobType;
  /** Whether Hive tables are refreshed. */
  readonly refreshHiveMetastore?: boolean;
  /** Whether schemas are updated before each recipe runs. */
  readonly autoUpdateSchemaBeforeEachRecipeRun?: boolean;
}

const output = (type: JobOutputType) => (id: string, options?: JobOutputOptions): JobOutput => ({
  id,
  type,
  ...options,
});

/** A dataset to build. */
export const datasetOutput: (name: string, options?: JobOutputOptions) => JobOutput = output("DATASET");

/** A managed folder to build. */
export const managedFolderOutput: (id: string, options?: JobOutputOptions) => JobOutput = output("MANAGED_FOLDER");

/** A saved model to train. */
export const savedModelOutput: (id: string, options?: JobOutputOptions) => JobOutput = output("SAVED_MODEL");

/** A model evaluation store to build. */
export const modelEvaluationStoreOutput: (id: string, options?: JobOutputOptions) => JobOutput = output(
  "MODEL_EVALUATION_STORE",
);

/** Settings of {@linkcode buildJob}. */
export type BuildJobOptions = Omit<JobDefinition, "outputs">;

/**
 * The definition of a job: what to build, and how.
 *
 * @param outputs What to build; a string is the name of a dataset.
 * @param options How. By default, as the official client does, `NON_RECURSIVE_FORCED_BUILD`: each output itself, and nothing before it.
 *
 * @example
 * ```ts
 * import { buildJob, datasetOutput } from "@effect-dataiku/dss/jobs";
 *
 * const job = buildJob(["orders", datasetOutput("events", { partition: "2026-01-01" })], { type: "RECURSIVE_BUILD" });
 * if (job.outputs.length !== 2) throw new Error("unexpected");
 * ```
 */
export function buildJob(
  outputs: string | JobOutput | ReadonlyArray<string | JobOutput>,
  options: BuildJobOptions = {},
): JobDefinition {
  const all: ReadonlyArray<string | JobOutput> = Array.isArray(outputs) ? outputs : [outputs];
  return {
    type: "NON_RECURSIVE_FORCED_BUILD",
    ...options,
    outputs: all.map((one) => typeof one === "string" ? datasetOutput(one) : one),
  };
}
