/**
 * Scenarios, as DSS answers them.
 *
 * @module
 */
import { always, type Document, document, oneOf, optional } from "../document.ts";

const digest = document({
  name: optional("Every night"),
  description: optional("Every day at 02:00"),
  active: optional(true),
});

const inLists = {
  type: optional(oneOf("step_based")),
  // While it runs.
  start: optional(1759309200000),
  nextRun: optional(1759363200000),
  unavailable: optional(false),
  automationLocal: optional(false),
  markedAsTest: optional(false),
  triggerDigest: optional("Every day at 02:00"),
  triggerDigestItems: optional([digest]),
  reporterDigestItems: optional([digest]),
  tags: optional(["prod"]),
  createdOn: optional(1704103200000),
  lastModifiedOn: optional(0),
  createdBy: optional({ login: "maria" }),
  lastModifiedBy: optional("maria"),
  runAsUser: optional("maria"),
  shortDesc: optional("Builds the reports"),
  description: optional("Builds the reports, and tells who waits for them"),
};

/** A scenario in the list of a project. */
export const listItem: Document = document({
  projectKey: always("SALES"),
  id: always("NIGHTLY_BUILD"),
  name: optional("Nightly build"),
  active: always(true),
  running: always(true),
  ...inLists,
});

/** The light status of a scenario. */
export const lightStatus: Document = document({
  id: always("NIGHTLY_BUILD"),
  active: always(true),
  running: always(true),
  projectKey: optional("SALES"),
  name: optional("Nightly build"),
  ...inLists,
});

const versionTag = document({
  versionNumber: optional(12),
  lastModifiedBy: optional(document({ login: optional("maria") })),
  lastModifiedOn: optional(1758000000000),
  extendedProperties: optional({ source: "ui" }),
});

const temporal = document({
  id: optional("Tq2vB81c"),
  type: always(oneOf("temporal")),
  name: optional("Every night"),
  delay: optional(5),
  active: always(true),
  params: always(document({
    frequency: always(oneOf("Monthly")),
    repeatFrequency: optional(1),
    startingFrom: optional("2025-01-01"),
    daysOfWeek: optional([oneOf("Monday")]),
    monthlyRunOn: optional(oneOf("FIRST_WEEK")),
    hour: optional(2),
    minute: optional(0),
    timezone: optional("SERVER"),
    lastUpdate: optional(1758000000000),
    // As files of 2020 have it.
    dayOfMonth: optional(1),
    count: optional(1),
  })),
});

const follow = document({
  id: optional("aa81kPzR"),
  type: always(oneOf("follow_scenariorun")),
  delay: optional(5),
  active: always(false),
  params: always(document({
    scenarioId: always("INGEST"),
    projectKey: optional("RAW"),
    outcomeFilter: optional(oneOf("SUCCESS")),
  })),
});

const datasetChange = document({
  type: always(oneOf("ds_modified")),
  active: always(true),
  graceDelaySettings: optional({ delay: 120, checkAgainAfterGraceDelay: true }),
  params: always({ watches: [{ type: oneOf("DATASET"), itemId: "orders" }], triggerWhenAllFire: false }),
});

const mail = document({
  id: optional("rep1aaaa"),
  active: optional(true),
  name: optional("Failures"),
  phase: optional(oneOf("END")),
  runConditionEnabled: optional(true),
  runCondition: optional("outcome != 'SUCCESS'"),
  messaging: optional(document({
    type: optional(oneOf("mail-scenario")),
    channelId: optional("smtp-main"),
    configuration: optional(document({
      channelId: optional("smtp-main"),
      subject: optional("DSS ${scenarioName}: ${outcome}"),
      sender: optional("dss@example.com"),
      recipient: optional("ops@example.com"),
      sendAsHTML: optional(true),
      attachments: optional([]),
      messageSource: optional(oneOf("TEMPLATE_FILE")),
      templateFormat: optional(oneOf("FREEMARKER")),
      templateName: optional("default.ftl"),
    })),
  })),
});

const step = (type: string, params: Document) =>
  document({
    id: optional(`${type}_0`),
    name: optional(type),
    type: always(oneOf(type)),
    enabled: optional(true),
    comment: optional("As agreed"),
    alwaysShowComment: optional(false),
    runConditionType: optional(oneOf("RUN_IF_STATUS_MATCH")),
    runConditionStatuses: optional([oneOf("SUCCESS"), oneOf("WARNING")]),
    runConditionExpression: optional(""),
    resetScenarioStatus: optional(false),
    delayBetweenRetries: optional(10),
    maxRetriesOnFail: optional(0),
    params: optional(params),
  });

const item = document({
  type: always(oneOf("DATASET")),
  itemId: always("orders_joined"),
  partitionsSpec: optional(""),
  projectKey: optional("SALES"),
});

const steps = [
  step(
    "build_flowitem",
    document({
      builds: always([item]),
      jobType: optional(oneOf("RECURSIVE_BUILD")),
      refreshHiveMetastore: optional(true),
      autoUpdateSchemaBeforeEachRecipeRun: optional(false),
      stopAtFlowZoneBoundary: optional(false),
      handleWarningsAs: optional(oneOf("WARNING")),
      proceedOnFailure: optional(false),
    }),
  ),
  step("check_dataset", document({ checks: always([item]) })),
  step("compute_metrics", document({ computes: always([item]) })),
  step("check_consistency", document({ handleWarningsAs: optional(oneOf("WARNING")) })),
  step(
    "custom_python",
    document({
      script: always("print(1)"),
      envSelection: optional(document({ envMode: optional(oneOf("EXPLICIT_ENV")), envName: optional("py311") })),
    }),
  ),
  step("exec_sql", document({ connection: always("warehouse"), sql: always("select 1") })),
];

const settings = (type: string, params: Document): Document =>
  document({
    type: always(oneOf(type)),
    name: always("Nightly build"),
    active: always(true),
    projectKey: optional("SALES"),
    id: optional("NIGHTLY_BUILD"),
    versionTag: optional(versionTag),
    creationTag: optional(versionTag),
    runAsUser: optional("robot"),
    triggers: always([temporal, follow, datasetChange]),
    reporters: always([mail]),
    params: always(params),
    delayedTriggersBehavior: optional(document({
      delayWhileRunning: optional(true),
      squashDelayedTriggers: optional(true),
      suppressTriggersWhileRunning: optional(true),
    })),
    automationLocal: optional(false),
    markedAsTest: optional(false),
    checklists: optional({ checklists: [] }),
    tags: optional(["prod"]),
    customFields: optional({ owner: "data team" }),
    shortDesc: optional("Builds the reports"),
    description: optional("Builds the reports, and tells who waits for them"),
  });

/** The settings of a scenario of steps. */
export const stepBased: Document = settings("step_based", document({ steps: optional(steps) }));

/** The settings of a scenario that is a script. */
export const customPython: Document = settings(
  "custom_python",
  document({
    envSelection: optional(document({ envMode: optional(oneOf("INHERIT")), envName: optional("py311") })),
  }),
);
