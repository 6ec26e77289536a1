import { describe, expect, it } from "@effect/vitest";
import { flow, pipe } from "effect";
import {
  addStep,
  buildStep,
  checkStep,
  datasetOutput,
  isBuildStep,
  isCheckStep,
  isMailReporter,
  isMetricsStep,
  isPythonStep,
  isSqlStep,
  mailReporter,
  managedFolderOutput,
  mapSteps,
  metricsStep,
  pythonStep,
  removeReporter,
  removeStep,
  removeTrigger,
  type ScenarioSettings,
  type ScenarioStep,
  setActive,
  sqlStep,
  stepBasedScenario,
} from "../../mod.ts";

/** What every step is stored with. */
const usual = {
  enabled: true,
  alwaysShowComment: false,
  runConditionType: "RUN_IF_STATUS_MATCH",
  runConditionStatuses: ["SUCCESS", "WARNING"],
  runConditionExpression: "",
  resetScenarioStatus: false,
  maxRetriesOnFail: 0,
  delayBetweenRetries: 10,
};
const dataset = (itemId: string) => ({ type: "DATASET", itemId, partitionsSpec: "" });
const guards = { isBuildStep, isCheckStep, isMetricsStep, isSqlStep, isPythonStep };

const steps: ReadonlyArray<readonly [keyof typeof guards, ScenarioStep, ScenarioStep]> = [
  [
    "isBuildStep",
    buildStep(["orders", managedFolderOutput("aBcD", { projectKey: "RAW", partition: "CURRENT_DAY" })]),
    {
      type: "build_flowitem",
      name: "build_flowitem",
      ...usual,
      params: {
        builds: [
          dataset("orders"),
          { type: "MANAGED_FOLDER", itemId: "aBcD", partitionsSpec: "CURRENT_DAY", projectKey: "RAW" },
        ],
        jobType: "RECURSIVE_BUILD",
        refreshHiveMetastore: true,
        autoUpdateSchemaBeforeEachRecipeRun: false,
        stopAtFlowZoneBoundary: false,
        handleWarningsAs: "WARNING",
        proceedOnFailure: false,
      },
    },
  ],
  [
    "isCheckStep",
    checkStep(datasetOutput("orders"), { name: "Check", handleWarningsAs: "FAILED", proceedOnFailure: true }),
    {
      type: "check_dataset",
      name: "Check",
      ...usual,
      params: { checks: [dataset("orders")], handleWarningsAs: "FAILED", proceedOnFailure: true },
    },
  ],
  [
    "isMetricsStep",
    metricsStep("orders", { when: "always", enabled: false, comment: "slow" }),
    {
      type: "compute_metrics",
      name: "compute_metrics",
      ...usual,
      enabled: false,
      comment: "slow",
      runConditionType: "RUN_ALWAYS",
      params: { computes: [dataset("orders")], proceedOnFailure: false },
    },
  ],
  [
    "isSqlStep",
    sqlStep("warehouse", "select 1", { when: { formula: "stepOutcome_x == 'FAILED'" }, resetStatus: true }),
    {
      type: "exec_sql",
      name: "exec_sql",
      ...usual,
      runConditionType: "RUN_CONDITIONALLY",
      runConditionExpression: "stepOutcome_x == 'FAILED'",
      resetScenarioStatus: true,
      params: {
        connection: "warehouse",
        sql: "select 1",
        extraConf: [],
        overrideDefaultLimit: false,
        proceedOnFailure: false,
      },
    },
  ],
  [
    "isPythonStep",
    pythonStep("print(1)", { id: "py", when: ["FAILED"], retries: 3, retryDelay: "2 minutes" }),
    {
      id: "py",
      type: "custom_python",
      name: "custom_python",
      ...usual,
      runConditionStatuses: ["FAILED"],
      maxRetriesOnFail: 3,
      delayBetweenRetries: 120,
      params: { script: "print(1)", envSelection: { envMode: "INHERIT" }, proceedOnFailure: false },
    },
  ],
];

describe("the builders of steps", () => {
  it.each(steps)("make a step that %s knows", (guard, step, expected) => {
    expect(step).toStrictEqual(expected);
    const knowing = Object.entries(guards).filter(([, knows]) => knows(step)).map(([name]) => name);
    expect(knowing).toEqual([guard]);
    expect(guards[guard]({ ...step, params: {} })).toBe(false);
  });
});

describe("mailReporter", () => {
  const byDefault = {
    active: true,
    phase: "END",
    runConditionEnabled: true,
    runCondition: "outcome != 'SUCCESS'",
    messaging: {
      type: "mail-scenario",
      configuration: {
        recipient: "ops@example.com",
        subject: "DSS scenario ${scenarioName}: ${outcome}",
        sendAsHTML: false,
        messageSource: "TEMPLATE_FILE",
        templateFormat: "FREEMARKER",
        templateName: "default.ftl",
        attachments: [],
      },
    },
  };

  it("tells of runs that did not succeed", () => {
    expect(mailReporter("ops@example.com")).toStrictEqual(byDefault);
    expect(isMailReporter(byDefault)).toBe(true);
    expect(isMailReporter({ ...byDefault, messaging: { type: "slack-scenario", configuration: {} } })).toBe(false);
    expect(isMailReporter({ active: true })).toBe(false);
  });

  it("always tells when it has no condition, as at the start of a run", () => {
    const always = { runConditionEnabled: false, runCondition: "" };
    expect(mailReporter("ops@example.com", { phase: "START" })).toMatchObject({ phase: "START", ...always });
    expect(mailReporter("ops@example.com", { condition: null })).toMatchObject(always);
  });

  it("has a text of its own", () => {
    const reporter = mailReporter("ops@example.com", {
      name: "Ops",
      active: false,
      channelId: "smtp-main",
      sender: "dss@example.com",
      subject: "Nightly",
      message: "<b>${outcome}</b>",
      html: true,
      condition: "outcome == 'FAILED'",
    });
    expect(reporter).toStrictEqual({
      ...byDefault,
      name: "Ops",
      active: false,
      runCondition: "outcome == 'FAILED'",
      messaging: {
        type: "mail-scenario",
        configuration: {
          channelId: "smtp-main",
          sender: "dss@example.com",
          recipient: "ops@example.com",
          subject: "Nightly",
          sendAsHTML: true,
          messageSource: "INLINE",
          templateFormat: "FREEMARKER",
          message: "<b>${outcome}</b>",
          attachments: [],
        },
      },
    });
  });
});

describe("the edits of a scenario", () => {
  const scenario = {
    type: "step_based",
    name: "Nightly",
    active: false,
    triggers: [{ id: "t1", type: "temporal", active: true }, { id: "t2", type: "temporal", active: true }],
    reporters: [{ id: "r1", active: true }],
    params: { steps: [{ id: "s1", type: "exec_sql" }, { type: "exec_sql" }], inParams: 1 },
    inScenario: 2,
  };

  it("compose, and leave what they are given as it was", () => {
    const before = structuredClone(scenario);
    const edit = flow(setActive(true), removeTrigger("t1"), removeStep("s1"), removeReporter("r1"));
    const edited = edit(scenario);
    expect(scenario).toEqual(before);
    expect(edited).toStrictEqual({
      ...scenario,
      active: true,
      triggers: [scenario.triggers[1]],
      reporters: [],
      params: { steps: [scenario.params.steps[1]], inParams: 1 },
    });
    // The type goes through too.
    expect(edited.inScenario).toBe(2);
  });

  it("give a step that has no id one that is free, and no other", () => {
    const ids = (settings: ScenarioSettings) => settings.params.steps?.map(({ id }) => id);
    expect(ids(addStep(sqlStep("c", "select 1"))(scenario))).toEqual(["s1", undefined, "exec_sql_2"]);
    expect(ids(addStep(sqlStep("c", "select 1", { id: "mine" }))(scenario))).toEqual(["s1", undefined, "mine"]);
    const twice = pipe(
      { ...scenario, params: { steps: [{ id: "exec_sql_1", type: "exec_sql" }] } },
      addStep(sqlStep("c", "select 1")),
    );
    expect(ids(twice)).toEqual(["exec_sql_1", "exec_sql_1_2"]);
    const { params } = stepBasedScenario("New", [buildStep("a"), buildStep("b", { id: "b" }), checkStep("a")]);
    expect(params.steps?.map(({ id }) => id)).toEqual(["build_flowitem_0", "b", "check_dataset_2"]);
  });

  it("do not make a script a scenario of steps, unless one is added", () => {
    const script: ScenarioSettings = { ...scenario, type: "custom_python", params: {} };
    expect(mapSteps((step) => ({ ...step, enabled: false }))(script)).toBe(script);
    expect(removeStep("s1")(script)).toBe(script);
    expect(addStep(buildStep("orders"))(script).params.steps).toHaveLength(1);
  });
});
