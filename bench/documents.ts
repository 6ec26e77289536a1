/**
 * Documents of a size that takes time: a list of jobs, and the settings of a scenario with many steps.
 *
 * @module
 */

const job = (at: number): unknown => ({
  def: {
    type: "NON_RECURSIVE_FORCED_BUILD",
    id: `Build_orders_prepared_NP_2025-10-01T09-00-00.${at}`,
    name: `Build orders_prepared (NP) ${at}`,
    projectKey: "SALES",
    initiator: "maria",
    triggeredFrom: "SCHEDULER",
    initiationTimestamp: 1_759_309_200_000 + at,
    mailNotification: false,
    autoUpdateSchemaBeforeEachRecipeRun: false,
    outputs: [{
      type: "DATASET",
      targetDataset: "orders_prepared",
      targetDatasetProjectKey: "SALES",
      targetPartition: "NP",
    }],
    recipe: { projectKey: "SALES", name: "compute_orders_prepared" },
    refreshHiveMetastore: true,
  },
  state: at % 7 === 0 ? "FAILED" : "DONE",
  stableState: true,
  warningsCount: at % 3,
  kernelPid: 4711,
  startTime: 1_759_309_201_000 + at,
  endTime: 1_759_309_260_000 + at,
  unknownToThisLibrary: { kept: true, values: [1, 2, 3] },
});

/** A list of jobs as DSS sends it, with fields that no schema names. */
export const jobs: ReadonlyArray<unknown> = Array.from({ length: 10_000 }, (_, at) => job(at));

const step = (at: number): unknown => ({
  id: `build_${at}`,
  type: "build_flowitem",
  name: `Build part ${at}`,
  enabled: true,
  alwaysShowComment: false,
  runConditionType: "RUN_IF_STATUS_MATCH",
  runConditionStatuses: ["SUCCESS", "WARNING"],
  runConditionExpression: "",
  resetScenarioStatus: false,
  delayBetweenRetries: 10,
  maxRetriesOnFail: 0,
  params: {
    builds: [{ type: "DATASET", projectKey: "SALES", itemId: `part_${at}`, partitionsSpec: "" }],
    jobType: "RECURSIVE_BUILD",
    refreshHiveMetastore: true,
    proceedOnFailure: false,
  },
});

/** Settings of about a mebibyte. */
export const settings: Readonly<Record<string, unknown>> = {
  id: "S",
  projectKey: "P",
  name: "Everything",
  type: "step_based",
  active: true,
  versionTag: { versionNumber: 7, lastModifiedBy: { login: "maria" }, lastModifiedOn: 1_759_309_200_000 },
  triggers: [],
  reporters: [],
  params: { steps: Array.from({ length: 2200 }, (_, at) => step(at)) },
};
