import { describe, expect, it } from "@effect/vitest";
import { Effect, Fiber, Schema } from "effect";
import { TestClock } from "effect/testing";
import * as library from "../../mod.ts";
import { Projects, ScenarioRuns, Scenarios } from "../../mod.ts";
import { dssServer, json } from "../fixtures/dss_server.ts";

/** Keys that are required, by schema, and why DSS always sends them: everything else may be absent, or `null`. */
const required: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "it names the object: without it nothing can be asked of it": {
    ApiDeployerServiceBasicInfo: "id",
    ApiDeployerServiceVersion: "id",
    ApiDeployerStage: "id",
    ApiDeploymentRef: "id",
    ApiDeploymentUpdate: "startTimestamp",
    ApiService: "id",
    ApiServicePackage: "id",
    App: "appId",
    AppInstance: "projectKey",
    AuthInfo: "authIdentifier",
    Bundle: "bundleId",
    BusinessApp: "id",
    BusinessAppInstance: "projectKey",
    CodeEnvLog: "name",
    CodeStudioTemplate: "id",
    CodeStudioTemplateSettings: "id",
    ContainerConfiguration: "name",
    CreatedCluster: "id",
    CreatedCodeStudio: "id",
    DataCollection: "id",
    DataCollectionObject: "id projectKey type",
    DeployedOn: "id",
    FeatureGroup: "name projectKey",
    FiredTrigger: "id",
    GlobalApiKey: "id",
    GlobalApiKeyDefinition: "id",
    GroupInfo: "name",
    LlmCostCounter: "id",
    LogFile: "name",
    ParameterSet: "name",
    ParameterSetDescription: "id",
    PersonalApiKey: "id",
    PersonalApiKeyDefinition: "id",
    Plugin: "id",
    PluginFile: "name path",
    PreparedImport: "id",
    PresetParameter: "name",
    Project: "projectKey",
    ProjectPluginUsages: "pluginId",
    RunScenario: "id",
    RunningNotebook: "name projectKey",
    Secret: "ref",
    SqlQuery: "queryId",
    TriggerFire: "projectKey runId scenarioId trigger",
    UserActivity: "login",
    UserInfo: "login",
    UserSecret: "name",
    Vault: "id",
    VaultDefinition: "id",
    WorkspaceObject: "id",
    WorkspaceReference: "id projectKey type",
  },
  "it holds what was asked for": {
    ApiDeployerService: "serviceBasicInfo",
    ApiDeployment: "deploymentBasicInfo",
    ApiInfra: "infraBasicInfo",
    ApiNode: "url",
    DatasetColumn: "name type",
    DatasetSchema: "columns",
    DatasetUsage: "objectId type",
    DeployedApiNode: "url",
    GeneratedDescription: "msg",
    GenerationEntry: "generation",
    ImportableTable: "table",
    JobStatus: "baseStatus",
    LicensingStatus: "base",
    ManagedFolderFile: "lastModified path size",
    ManagedFolderUsage: "objectId type",
    MeaningMapping: "from",
    MeaningValue: "value",
    ScenarioRunDetails: "scenarioRun",
    SqlColumn: "name type",
    SqlColumns: "columns",
    StepRun: "step",
    StoredJobOutput: "type",
  },
  "it says where something stands, or how it ended, and whoever waits reads it": {
    ApiDeploymentHealth: "health",
    ClusterStatus: "state",
    CodeStudioStatus: "state",
    ConnectionTest: "connectionOK",
    InfoMessage: "severity",
    InfoMessages: "anyMessage error fatal messages success warning",
    Job: "def endTime stableState startTime state warningsCount",
    JobBaseStatus: "def state",
    LicenseStatus: "hasLicense valid",
    ProjectImport: "success",
    RunResult: "outcome",
    ScenarioRun: "runId scenario start",
    ScenarioStatus: "active id running",
    StoredJobDefinition: "id initiationTimestamp initiator name outputs projectKey type",
  },
  "it is in every sample, and the official client reads it without looking whether it is there": {
    ApiDeploymentBasicInfo: "id infraId publishedServiceId",
    ApiEndpoint: "id type",
    ApiInfraBasicInfo: "id stage type",
    ApiInfraSettings: "id type",
    CodeEnv: "deploymentMode envLang envName",
    CodeEnvSettings: "deploymentMode envLang envName",
    CodeEnvUsage: "envUsage",
    CodeStudio: "id name owner templateId",
    CodeStudioSettings: "id libName name owner templateId",
    ConnectionInfo: "type",
    ConnectionSettings: "name type",
    DatasetSettings: "name projectKey type",
    Discussion: "id topic",
    DiscussionReply: "author text time",
    Group: "admin name sourceType",
    InstanceInfo: "nodeId nodeName nodeType",
    ManagedFolder: "id name",
    Meaning: "id label type",
    MeasuredMetric: "metric",
    MessagingChannel: "id type",
    Metric: "id",
    MetricValue: "partition",
    MetricValues: "metrics",
    PartitioningDimension: "name type",
    PluginPreset: "name type",
    ProjectFolder: "childrenIds id projectKeys",
    ProjectVariables: "local standard",
    ScenarioListItem: "active id projectKey running",
    ScenarioSettings: "active name params reporters triggers type",
    ScenarioStep: "type",
    ScenarioTrigger: "active type",
    User: "displayName groups login sourceType",
    Workspace: "displayName workspaceKey",
  },
  "it tells parameters of one kind from others: without it they are not taken for them": {
    BuildStepParams: "builds",
    CheckStepParams: "checks",
    FollowParams: "scenarioId",
    MetricsStepParams: "computes",
    PythonStepParams: "script",
    SqlStepParams: "connection sql",
    StepItem: "itemId type",
    TemporalParams: "frequency",
  },
  "it is not of DSS": {
    UserOutcome: "login status",
  },
};

interface Property {
  readonly name: PropertyKey;
  readonly type: { readonly context?: { readonly isOptional: boolean } };
}

/** The properties of an exported schema of objects. */
const propertiesOf = (exported: unknown): ReadonlyArray<Property> | undefined =>
  (exported as { readonly ast?: { readonly propertySignatures?: ReadonlyArray<Property> } } | null)?.ast
    ?.propertySignatures;

describe("the keys that an answer must have", () => {
  const found = Object.fromEntries(
    Object.entries(library).filter(([name]) => name !== "Token").flatMap(([name, exported]) => {
      const keys = propertiesOf(exported)?.filter(({ type }) => type.context?.isOptional !== true)
        .map(({ name }) => String(name)).sort().join(" ");
      return keys === undefined || keys === "" ? [] : [[name, keys]];
    }),
  );

  it("are those that DSS always sends, and no others", () => {
    const listed = Object.assign({}, ...Object.values(required));
    expect(Object.keys(listed).length).toBe(
      Object.values(required).reduce((sum, ofReason) => sum + Object.keys(ofReason).length, 0),
    );
    expect(found).toEqual(listed);
  });
});

describe("an answer without what some version of DSS leaves out", () => {
  const decodes: ReadonlyArray<readonly [string, Schema.Codec<unknown, unknown>, unknown]> = [
    ["the name of a project", library.Project, { projectKey: "SALES" }],
    ["the name of a scenario", library.ScenarioListItem, { projectKey: "P", id: "S", active: true, running: false }],
    ["the project of a scenario that ran", library.ScenarioRun, { scenario: { id: "S" }, runId: "r", start: 1 }],
    ["when a trigger fired", library.TriggerFire, {
      projectKey: "P",
      scenarioId: "S",
      trigger: { id: "t" },
      runId: "f",
    }],
    ["how many tests ran", library.TestingStatus, {}],
    ["whether a reporter sends", library.ScenarioReporter, { id: "r" }],
    ["the mode of an environment", library.EnvSelection, { envName: "py" }],
    ["some counts of usage", library.UsageSummary, { projects: 3, datasets: {}, notebooks: {}, scenarios: { all: 1 } }],
    ["whether Govern is used", library.GovernNode, {}],
    ["the type of a rule for users", library.UserImpersonationRule, { dssUser: "maria" }],
    ["the type of a rule for groups", library.GroupImpersonationRule, { dssGroup: "data_team" }],
    ["the type of a credential", library.UserCredential, { user: "maria" }],
    ["the group of a permission", library.PresetPermission, { use: true }],
    ["the type of a set of parameters", library.ParameterSet, { name: "set" }],
    ["the mode of generations", library.GenerationsMapping, { generation: "v2" }],
    ["the name of a link", library.WorkspaceLink, { url: "https://example.com" }],
  ];
  it.effect.each(decodes)("as %s is read, and kept as it is", ([, schema, document]) =>
    Effect.gen(function* () {
      const later = { ...document as object, addedLater: { by: [16, null] } };
      for (const one of [document, later]) {
        const decoded = yield* Schema.decodeUnknownEffect(schema)(one);
        expect(yield* Schema.encodeEffect(schema)(decoded)).toEqual(one);
      }
      const nulls = Object.fromEntries(
        propertiesOf(schema)!.filter(({ type }) => type.context?.isOptional === true).map(({ name }) => [name, null]),
      );
      yield* Schema.decodeUnknownEffect(schema)({ ...nulls, ...document as object });
    }));

  const run = { scenario: { id: "S" }, runId: "r", start: 1759333198021, result: { outcome: "SUCCESS" } };
  const fire = { trigger: { id: "manual" }, runId: "f" };
  const server = dssServer(({ method, target }) => {
    if (target.startsWith("/projects/?")) return json([{ projectKey: "SALES" }]);
    if (target.endsWith("/scenarios/")) return json([{ projectKey: "P", id: "S", active: true, running: false }]);
    if (method === "POST" || target.includes("/trigger/")) return json(fire);
    if (target.includes("get-last-runs") || target.includes("by-date")) return json([run]);
    return json(target.includes("get-run-for-trigger") ? { scenarioRun: run } : { scenarioRun: run, stepRuns: [] });
  });

  it.effect("does not fail the call", () =>
    Effect.gen(function* () {
      expect(yield* (yield* Projects).list()).toEqual([{ projectKey: "SALES" }]);
      expect(yield* (yield* Scenarios).list("P")).toHaveLength(1);
    }).pipe(Effect.provide(server)));

  it.effect("has the ids that the next call needs, when they are known", () =>
    Effect.gen(function* () {
      const runs = yield* ScenarioRuns;
      const whole = { ...run, scenario: { projectKey: "P", id: "S" } };
      const handle = { projectKey: "P", scenarioId: "S", ...fire };
      expect(yield* runs.list("P", "S")).toEqual([whole]);
      expect(yield* runs.byDate("P", "S", { from: "2025-10-01" })).toEqual([whole]);
      expect(yield* runs.lastFinished("P", "S")).toEqual(whole);
      expect(yield* runs.ofFire(handle)).toEqual(whole);
      expect(yield* runs.fire(handle)).toEqual(handle);
      expect((yield* runs.get("P", "S", "r")).scenarioRun).toEqual(whole);
      expect(yield* runs.refresh(whole)).toEqual(whole);
      const waiting = yield* Effect.forkChild(runs.run("P", "S"));
      yield* TestClock.adjust("5 seconds");
      expect(yield* Fiber.join(waiting)).toEqual(whole);
    }).pipe(Effect.provide(server)));

  it.effect("of a run whose project nobody knows is not refreshed, and nothing is sent", () =>
    Effect.gen(function* () {
      const { reason } = yield* Effect.flip((yield* ScenarioRuns).refresh(run));
      expect(reason._tag).toBe("Invalid");
    }).pipe(Effect.provide(server)));
});
