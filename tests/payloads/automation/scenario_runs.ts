/**
 * Trigger fires and scenario runs, as DSS answers them.
 *
 * @module
 */
import { always, type Document, document, oneOf, optional } from "../document.ts";

const trigger = document({
  id: always("manual"),
  type: always(oneOf("manual")),
  name: always("API run"),
  delay: always(0),
  active: always(false),
});

/** The answer to the request of a run. */
export const triggerFire: Document = document({
  projectKey: always("SALES"),
  scenarioId: always("NIGHTLY_BUILD"),
  trigger: always(trigger),
  runId: always("2025-10-01-15-39-56-668"),
  timestamp: optional(1759333196668),
  cancelled: optional(false),
  params: always({ country: "FR", limits: [1, null] }),
  triggerAuthCtx: optional(document({
    authSource: always(oneOf("PERSONAL_API_KEY")),
    realUserLogin: always("maria"),
    userGroups: always(["data_team"]),
    userProfile: always(oneOf("FULL_DESIGNER")),
    via: always([]),
    userGroupLevelPermissions: always({ admin: false, mayCreateProjects: true }),
    apiKey: optional(document({
      id: always("k1d2e3"),
      label: always("ci"),
      description: always(""),
      user: always("maria"),
      createdOn: always(1757000000000),
      createdBy: always("maria"),
      expiresOn: always(0),
    })),
  })),
});

const thrown = document({
  clazz: optional("com.dataiku.dip.exceptions.CodedException"),
  title: optional("Process died"),
  message: optional("Python process exited with code 1"),
  stack: optional("com.dataiku.dip.exceptions.CodedException: …\n\tat …"),
  code: optional("ERR_RECIPE_INCONSISTENT_I_O"),
  fixability: optional(oneOf("USER_CONFIG_DATASET")),
});

const result = document({
  outcome: always(oneOf("FAILED")),
  type: optional(oneOf("SCENARIO_DONE")),
  endTime: optional(1759333260114),
  thrown: optional(thrown),
});

/** A run of a scenario. */
export const scenarioRun: Document = document({
  scenario: always(document({
    projectKey: always("SALES"),
    id: always("NIGHTLY_BUILD"),
    name: optional("Nightly build"),
    type: optional(oneOf("step_based")),
    markedAsTest: optional(false),
    active: optional(true),
    params: optional({ steps: [{ id: "build_0", type: oneOf("build_flowitem"), name: "Build" }] }),
  })),
  runId: always("2025-10-01-15-39-58-021"),
  start: always(1759333198021),
  trigger: always(triggerFire),
  end: optional(1759333260114),
  result: optional(result),
  reportItems: optional([{ type: oneOf("JOB_EXECUTED") }]),
  variables: optional({ country: "FR" }),
  params: optional({ country: "FR" }),
});

const stepRun = document({
  step: always(document({
    id: optional("build_0"),
    type: optional(oneOf("build_flowitem")),
    name: optional("Build"),
    params: optional({ builds: [] }),
  })),
  runId: optional("2025-10-01-15-39-58-100"),
  start: optional(1759333198100),
  end: optional(1759333259000),
  result: optional(result),
  scenarioRun: optional(scenarioRun),
  additionalReportItems: optional([
    document({
      type: always(oneOf("JOB_EXECUTED")),
      jobId: optional("Build_orders_joined__NP__2025-10-01T15-39-58.300"),
      outcome: optional(oneOf("FAILED")),
      thrown: optional(thrown),
    }),
  ]),
});

/** A run with its steps. */
export const scenarioRunDetails: Document = document({
  scenarioRun: always(scenarioRun),
  stepRuns: always([stepRun, document({ step: always(document({ id: always("check_1") })) })]),
});

/** How the tests of a project ended. */
export const testingStatus: Document = document({
  nbTotalRanScenarios: optional(3),
  nbScenariosPerOutcome: optional({ SUCCESS: 2, FAILED: 1, ADDED_LATER: 0 }),
});
