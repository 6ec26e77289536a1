/**
 * Jobs, as DSS answers them.
 *
 * @module
 */
import { always, type Document, document, oneOf, optional } from "../document.ts";

const storedDefinition = document({
  id: always("Build_orders_joined_NP_2025-10-01T09-17-37.455"),
  type: always(oneOf("RECURSIVE_BUILD")),
  projectKey: always("SALES"),
  name: always("Build_orders_joined_NP"),
  initiator: always("API (maria)"),
  initiationTimestamp: always(1759310257455),
  outputs: always([
    document({
      type: always(oneOf("DATASET")),
      targetDataset: optional("orders_joined"),
      targetDatasetProjectKey: optional("SALES"),
      targetPartition: optional("NP"),
      targetManagedFolder: optional("hU2x5G1p"),
      targetManagedFolderProjectKey: optional("SALES"),
      targetSavedModel: optional("Kw81bnA0"),
    }),
  ]),
  triggeredFrom: optional(oneOf("API")),
  mailNotification: optional(false),
  refreshHiveMetastore: optional(false),
  refreshIntermediateMirrors: optional(true),
  refreshTargetMirrors: optional(true),
});

/** A job in the list of a project. */
export const job: Document = document({
  def: always(storedDefinition),
  state: always(oneOf("RUNNING")),
  stableState: always(false),
  startTime: always(1759310258000),
  endTime: always(0),
  warningsCount: always(0),
});

const activity = document({
  state: optional(oneOf("FAILED")),
  startTime: optional(1759310259000),
  endTime: optional(1759310290500),
  message: optional("Connection refused"),
  firstFailure: optional(document({ message: always("Connection refused"), detailedMessage: optional("At 10.0.0.7") })),
  recipeName: optional("compute_orders_joined"),
  recipeType: optional(oneOf("join")),
  targets: optional([{ type: oneOf("DATASET"), id: "orders_joined" }]),
  warnings: optional({
    warnings: {
      INPUT_DATA_BAD_TYPE: document({
        type: always(oneOf("INPUT_DATA_BAD_TYPE")),
        count: always(2),
        stored: optional([{ message: "Cannot parse 'x' as bigint" }]),
      }),
    },
  }),
});

/** The status of a job. */
export const jobStatus: Document = document({
  baseStatus: always(document({
    state: always(oneOf("RUNNING")),
    def: always(storedDefinition),
    jobStartTime: optional(1759310258000),
    jobEndTime: optional(0),
    resolveDuration: optional(210),
    execDuration: optional(32500),
    activities: optional({ compute_orders_joined_NP: activity }),
    unexpectedFailure: optional(document({
      errorType: optional("java.io.IOException"),
      message: optional("No space left on device"),
      detailedMessage: optional("No space left on device: /data/dss/jobs"),
      detailedMessageHTML: optional("<span>No space left on device</span>"),
      stackTraceStr: optional("java.io.IOException: …\n\tat …"),
    })),
  })),
  globalState: optional(document({
    total: optional(1),
    done: optional(0),
    failed: optional(1),
    running: optional(0),
    aborted: optional(0),
  })),
  runtimeSummary: optional(document({
    jobType: optional(oneOf("RECURSIVE_BUILD")),
    triggerType: optional(oneOf("API")),
    activities: optional([
      document({
        activityId: optional("compute_orders_joined_NP"),
        state: optional(oneOf("FAILED")),
        activityType: optional(oneOf("RECIPE")),
        engineType: optional(oneOf("DSS")),
        totalTime: optional(31500),
        preparingTime: optional(100),
        waitingTime: optional(200),
        runningTime: optional(31200),
      }),
    ]),
  })),
  initiator: optional(document({ login: optional("maria"), displayName: optional("Maria") })),
  errorMessage: optional("The job failed"),
  error: optional({ message: "The job failed" }),
});

/** A job that runs: all that is known is what the official client reads. */
export const runningJob: Document = document({
  projectKey: optional("SALES"),
  jobId: optional("Build_orders_joined_NP_2025-10-01T09-17-37.455"),
  def: optional({ id: "Build_orders_joined_NP_2025-10-01T09-17-37.455", projectKey: "SALES" }),
  state: optional(oneOf("RUNNING")),
  startTime: optional(1759310257455),
});
