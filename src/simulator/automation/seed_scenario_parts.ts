/**
 * Steps, triggers and reporters of the scenarios that a simulated DSS starts with.
 *
 * @module
 * @internal
 */
import type { JsonObject } from "../kernel/stored_document.ts";

/** A step, as DSS stores it. */
export const step = (
  id: string,
  type: string,
  name: string,
  params: JsonObject,
  more: JsonObject = {},
): JsonObject => ({
  id,
  type,
  name,
  enabled: true,
  alwaysShowComment: false,
  runConditionType: "RUN_IF_STATUS_MATCH",
  runConditionStatuses: ["SUCCESS", "WARNING"],
  runConditionExpression: "",
  resetScenarioStatus: false,
  delayBetweenRetries: 10,
  maxRetriesOnFail: 0,
  params,
  ...more,
});

/** A step that builds datasets. */
export const build = (id: string, name: string, datasets: ReadonlyArray<string>, more: JsonObject = {}): JsonObject =>
  step(id, "build_flowitem", name, {
    builds: datasets.map((itemId) => ({ type: "DATASET", itemId, partitionsSpec: "" })),
    jobType: "RECURSIVE_BUILD",
    refreshHiveMetastore: true,
    autoUpdateSchemaBeforeEachRecipeRun: false,
    stopAtFlowZoneBoundary: false,
    handleWarningsAs: "WARNING",
    proceedOnFailure: false,
  }, more);

/** A step that checks a dataset. */
export const check = (id: string, name: string, dataset: string, more: JsonObject = {}): JsonObject =>
  step(id, "check_dataset", name, {
    checks: [{ type: "DATASET", itemId: dataset, partitionsSpec: "" }],
    computeAutomaticRules: true,
    ignorePartitionSelectionMode: false,
    proceedOnFailure: false,
  }, more);

/** A step that runs Python. */
export const python = (id: string, name: string, script: string, more: JsonObject = {}): JsonObject =>
  step(id, "custom_python", name, { script, envSelection: { envMode: "INHERIT" }, proceedOnFailure: false }, more);

/** A trigger that fires by the clock. */
export const temporal = (id: string, name: string, params: JsonObject, more: JsonObject = {}): JsonObject => ({
  id,
  type: "temporal",
  name,
  delay: 5,
  active: true,
  params: { repeatFrequency: 1, startingFrom: "2025-01-01", monthlyRunOn: "ON_THE_DAY", timezone: "SERVER", ...params },
  graceDelaySettings: { delay: 0, checkAgainAfterGraceDelay: false },
  ...more,
});

/** A trigger that fires after another scenario. */
export const follow = (
  id: string,
  projectKey: string,
  scenarioId: string,
  outcomeFilter: string,
  active: boolean,
): JsonObject => ({
  id,
  type: "follow_scenariorun",
  name: `After ${scenarioId}`,
  delay: 60,
  active,
  params: { projectKey, scenarioId, outcomeFilter },
});

/** A mail on failure. */
export const mail = (id: string, recipient: string): JsonObject => ({
  id,
  name: "Mail on failure",
  description: "",
  active: true,
  phase: "END",
  runConditionEnabled: true,
  runCondition: "outcome != 'SUCCESS'",
  messaging: {
    type: "mail-scenario",
    configuration: {
      channelId: "smtp-main",
      sender: "dss@example.com",
      recipient,
      ccRecipient: "",
      subject: "DSS ${scenarioName}: ${outcome}",
      sendAsHTML: true,
      messageSource: "TEMPLATE_FILE",
      templateFormat: "FREEMARKER",
      templateName: "default.ftl",
      attachments: [],
    },
  },
});
