/** Jobs: our calls for those of the official client. */
import { Effect } from "effect";
import { buildJob, type JobDefinition, managedFolderOutput } from "../../../mod.ts";
import { job, jobStatus } from "../../payloads/automation/jobs.ts";
import type { Noun } from "../harness/noun.ts";

const project = "WIRE_PROJ";
const id = "build_x_2026-01-01T00-00-00.000";

/** Python's builder writes out what it was not given; ours leaves it out, so a definition that is the same by value says it. */
const output = { id: "x", type: null, projectKey: null, partition: null };
const refresh = (asked: boolean) => ({
  refreshHiveMetastore: asked,
  autoUpdateSchemaBeforeEachRecipeRun: asked,
});

const full: JobDefinition = buildJob(
  [output, managedFolderOutput("y", { projectKey: "OTHER", partition: "2026-01-01" })],
  refresh(true),
);

const jobs: Noun = {
  areas: ["job"],
  methods: {
    "DSSProject.list_running_jobs": {
      ours: "Jobs.listRunning",
      calls: [({ jobs }) => jobs.listRunning(project)],
    },
    "DSSClient.list_running_jobs": {
      ours: "Jobs.listAllRunning",
      calls: [({ jobs }) => jobs.listAllRunning(), ({ jobs }) => jobs.listAllRunning({ allUsers: false })],
    },
    "DSSProject.list_jobs": { ours: "Jobs.list", calls: [({ jobs }) => jobs.list(project)] },
    "DSSProject.start_job": {
      ours: "Jobs.start",
      calls: [
        ({ jobs }) =>
          jobs.start(project, {
            type: "NON_RECURSIVE_FORCED_BUILD",
            outputs: [{ id: "x", type: "DATASET", projectKey: project, partition: "NP" }],
          }),
      ],
    },
    "DSSProject.start_job_and_wait": {
      ours: "Jobs.run",
      calls: [
        ({ jobs }) => jobs.run(project, { type: "RECURSIVE_BUILD", outputs: [{ id: "x" }] }),
        ({ jobs }) => jobs.run(project, { outputs: [{ id: "x" }] }),
      ],
    },
    "DSSProject.new_job_definition_builder": {
      ours: "buildJob",
      calls: [
        ({ jobs }) => jobs.start(project, buildJob(output, refresh(false))),
        ({ jobs }) => jobs.start(project, buildJob(output, { type: "RECURSIVE_BUILD", ...refresh(false) })),
      ],
    },
    "JobDefinitionBuilder.start": {
      ours: "Jobs.start",
      calls: [
        ({ jobs }) => jobs.start(project, full),
        ({ jobs }) => jobs.start(project, buildJob([], refresh(false))),
      ],
    },
    "JobDefinitionBuilder.start_and_wait": {
      ours: "Jobs.run",
      calls: [({ jobs }) => jobs.run(project, full), ({ jobs }) => jobs.run(project, full)],
    },
    "DSSJob.get_status": { ours: "Jobs.get", calls: [({ jobs }) => jobs.get(project, id)] },
    "DSSJob.get_log": {
      ours: "Jobs.log",
      calls: [
        ({ jobs }) => jobs.log(project, id),
        ({ jobs }) => jobs.log(project, id, { activity: "compute_x_NP" }),
      ],
    },
    "DSSJob.abort": { ours: "Jobs.abort", calls: [({ jobs }) => jobs.abort(project, id)] },
    "DSSJobWaiter.wait": {
      ours: "Jobs.attach().result",
      calls: [0, 1, 2].map(() => ({ jobs }) => Effect.flatMap(jobs.attach(project, id), (job) => job.result)),
    },
  },
  withoutRequest: {
    "DSSProject.get_job": "Jobs.attach",
    "DSSProject.new_job": "buildJob",
    "JobDefinitionBuilder.get_definition": "buildJob",
    "JobDefinitionBuilder.with_type": "buildJob",
    "JobDefinitionBuilder.with_refresh_metastore": "buildJob",
    "JobDefinitionBuilder.with_auto_update_schema_before_each_recipe_run": "buildJob",
    "JobDefinitionBuilder.with_output": "datasetOutput",
  },
  samples: {
    "GET /projects/{}/jobs/running/": [],
    "GET /jobs/running/": [],
    "GET /projects/{}/jobs/": [job.in("minimal")],
    "GET /projects/{}/jobs/{}/": jobStatus.in("minimal"),
  },
};

export default jobs;
