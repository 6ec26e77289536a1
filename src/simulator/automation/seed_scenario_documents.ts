/**
 * The definitions of the scenarios that a simulated DSS starts with, as DSS stores them: with fields that few programs know.
 *
 * @module
 * @internal
 */
import { build, check, follow, mail, python, step, temporal } from "./seed_scenario_parts.ts";
import type { JsonObject } from "../kernel/stored_document.ts";

/** A scenario of the seed. */
export interface ScenarioSeed {
  readonly document: JsonObject & { readonly projectKey: string };
  readonly script?: string;
}

const day = 86_400_000;

const dashboardScript = `from dataiku.scenario import Scenario

scenario = Scenario()
scenario.run_step("export dashboard")
`;
const checkScript = `import dataiku

features = dataiku.Dataset("features").get_dataframe()
assert len(features) > threshold
`;
const importScript = `from dataiku.scenario import Scenario
Scenario().build_dataset("parcels_prepared")
`;

/** The scenarios of an instance that starts at a time. */
export const scenarioSeeds = (boot: number): ReadonlyArray<ScenarioSeed> => {
  const scenario = (
    projectKey: string,
    id: string,
    name: string,
    content: { readonly steps: ReadonlyArray<JsonObject> } | { readonly script: string },
    more: JsonObject = {},
  ): ScenarioSeed => {
    const tag = (versionNumber: number, days: number): JsonObject => ({
      versionNumber,
      lastModifiedBy: { login: "maria" },
      lastModifiedOn: boot - days * day,
    });
    const scripted = "script" in content;
    const document = {
      projectKey,
      id,
      name,
      type: scripted ? "custom_python" : "step_based",
      active: false,
      runAsUser: null,
      versionTag: tag(12, 14),
      creationTag: tag(0, 400),
      checklists: { checklists: [] },
      delayedTriggersBehavior: {
        delayWhileRunning: true,
        squashDelayedTriggers: true,
        suppressTriggersWhileRunning: true,
      },
      tags: [],
      triggers: [],
      reporters: [],
      params: scripted
        ? { envSelection: { envMode: "EXPLICIT_ENV", envName: "py311_reports" } }
        : { steps: content.steps },
      automationLocal: false,
      markedAsTest: false,
      customFields: {},
      ...more,
    };
    return scripted ? { document, script: content.script } : { document };
  };
  const builds = (behaviour: JsonObject): JsonObject => ({
    delayedTriggersBehavior: {
      delayWhileRunning: true,
      squashDelayedTriggers: false,
      suppressTriggersWhileRunning: false,
      ...behaviour,
    },
  });
  return [
    scenario("SALES", "NIGHTLY_BUILD", "Nightly build", {
      steps: [
        check("check_raw", "Check the raw data", "orders_raw"),
        build("build_revenue", "Build revenue", ["revenue_by_country"], {
          comment: "Everything that the dashboard shows",
          alwaysShowComment: true,
        }),
        step("metrics", "compute_metrics", "Compute metrics", {
          computes: [{ type: "DATASET", itemId: "revenue_by_country", partitionsSpec: "" }],
          proceedOnFailure: true,
        }),
        python("on_failure", "Tell the team", "print('failed')", { runConditionStatuses: ["FAILED"] }),
      ],
    }, {
      active: true,
      shortDesc: "All of the sales reports",
      description: "Runs every night, before the *offices* open.",
      tags: ["nightly", "prod"],
      triggers: [
        temporal("Tq2vB81c", "Every night", { frequency: "Daily", hour: 2, minute: 0, daysOfWeek: ["Monday"] }, {
          description: "After the export of the shops",
        }),
        follow("aa81kPzR", "LOGISTICS", "ROUTES", "SUCCESS", false),
      ],
      reporters: [mail("rep1aaaa", "ops@example.com")],
      customFields: { ownerTeam: "data platform", costCenter: 4711 },
      retention: { keepLogsDays: 30, unit: null },
    }),
    scenario("SALES", "LOAD_COUNTRY", "Load a country", {
      steps: [
        step("load", "exec_sql", "Load", {
          connection: "warehouse",
          sql: "CALL load_country('${country}')",
          overrideDefaultLimit: false,
          extraConf: [],
          proceedOnFailure: false,
        }, { maxRetriesOnFail: 1 }),
        build("build_customers", "Build customers", ["customers_prepared"]),
      ],
    }, { ...builds({}), tags: ["on demand"], runAsUser: "etl" }),
    scenario("SALES", "REFRESH_CUSTOMERS", "Refresh customers", {
      steps: [
        build("customers", "Build customers", ["customers_prepared"]),
        check("unused", "Old check", "customers_prepared", { enabled: false }),
      ],
    }, { triggers: [follow("bK19sTz0", "SALES", "LOAD_COUNTRY", "SUCCESS", true)] }),
    scenario("SALES", "MONTHLY_REPORT", "Monthly report", { script: dashboardScript }, {
      active: true,
      triggers: [
        temporal("mR7w2Lda", "Last day", {
          frequency: "Monthly",
          hour: 3,
          minute: 15,
          monthlyRunOn: "LAST_DAY_OF_THE_MONTH",
          timezone: "Europe/Paris",
        }),
      ],
      reporters: [mail("rep2bbbb", "management@example.com")],
    }),
    scenario("SALES", "TEST_SMOKE", "Smoke test", {
      steps: [
        build("build", "Build the customers", ["customers_prepared"]),
        python("columns", "Columns are there", "assert True"),
      ],
    }, { markedAsTest: true, tags: ["test"] }),
    scenario("SALES", "TEST_REVENUE", "Revenue test", {
      steps: [
        python("prepare", "Prepare the sample", "print('sample')"),
        python("compare", "Compare with the sample", "compare(expected, found)"),
        python("clean", "Clean up", "print('clean')", { runConditionType: "RUN_ALWAYS" }),
      ],
    }, { markedAsTest: true, tags: ["test"] }),
    scenario("CHURN", "RETRAIN", "Retrain and score", {
      steps: [
        build("features", "Build features", ["features"], { maxRetriesOnFail: 2, delayBetweenRetries: 30 }),
        build("score", "Score customers", ["customers_scored"]),
        check("check_scores", "Check the scores", "customers_scored", {
          runConditionType: "RUN_CONDITIONALLY",
          runConditionExpression: "stepOutcome_Score customers == 'SUCCESS'",
        }),
      ],
    }, {
      active: true,
      tags: ["ml"],
      triggers: [
        temporal("wE5k0Pqn", "Twice a week", {
          frequency: "Weekly",
          hour: 4,
          minute: 30,
          daysOfWeek: ["Monday", "Friday"],
          timezone: "Europe/Paris",
          startingFrom: "2025-01-06T00:00:00.000+0100",
        }),
      ],
    }),
    scenario("CHURN", "SCORE_AFTER_SALES", "Score after sales", {
      steps: [build("score_new", "Score customers", ["customers_scored"])],
    }, { active: true, triggers: [follow("fQ3d8Xyz", "SALES", "NIGHTLY_BUILD", "SUCCESS", true)] }),
    scenario("CHURN", "HOURLY_CHECK", "Hourly check", { script: checkScript }, {
      active: true,
      triggers: [temporal("hO4u6Abc", "Every hour", { frequency: "Hourly", hour: 0, minute: 20 })],
      ...builds({ delayWhileRunning: false }),
    }),
    scenario("LOGISTICS", "ROUTES", "Plan the routes", {
      steps: [
        build("parcels", "Build parcels", ["parcels_prepared"]),
        build("routes", "Build routes", ["routes"], { resetScenarioStatus: true }),
      ],
    }, { triggers: [temporal("rT8y1Mno", "Every second day", { frequency: "Daily", repeatFrequency: 2, hour: 5 })] }),
    scenario("LOGISTICS", "TRACK_PARCELS", "Track parcels", {
      steps: [
        step("track", "exec_sql", "Ask the carrier", { connection: "carrier", sql: "CALL track()", extraConf: [] }),
        step("consistency", "check_consistency", "Check consistency", { handleWarningsAs: "WARNING" }, {
          runConditionType: "RUN_ALWAYS",
        }),
      ],
    }, {
      triggers: [temporal("pA6c2Qrs", "Every quarter of an hour", { frequency: "Minutely", repeatFrequency: 15 })],
    }),
    scenario("LOGISTICS", "LEGACY_IMPORT", "Import of 2020", { script: importScript }, {
      versionTag: undefined,
      markedAsTest: undefined,
      triggers: [{
        id: "oL2d0Tuv",
        type: "temporal",
        active: false,
        params: {
          frequency: "Monthly",
          repeatFrequency: 1,
          dayOfMonth: 5,
          count: 1,
          hour: 1,
          minute: 0,
          daysOfWeek: [],
          lastUpdate: 1_583_000_000_000,
          timezone: "SERVER",
        },
      }],
    }),
  ].map(({ document, ...rest }) => ({
    // What stands for "never written" is absent in JSON.
    document: JSON.parse(JSON.stringify(document)) as ScenarioSeed["document"],
    ...rest,
  }));
};
