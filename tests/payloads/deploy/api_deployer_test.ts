import { Effect } from "effect";
import {
  ApiDeployerService,
  ApiDeployerStage,
  ApiDeployment,
  ApiDeploymentHealth,
  ApiDeploymentSettings,
  ApiDeploymentStatus,
  ApiDeploymentUpdate,
  ApiInfra,
  ApiInfraSettings,
  ApiQueryAnswers,
  InfoMessages,
} from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

itIsReturned("a stage", {
  document: document({ id: always("Development"), desc: optional("Development stage") }),
  schema: ApiDeployerStage,
  through: {
    "ApiInfras.stages": {
      answers: (stage) => [[stage]],
      call: ({ apiInfras }) => Effect.map(apiInfras.stages(), ([first]) => first!),
    },
  },
});

itIsReturned("an infrastructure", {
  document: document({
    infraBasicInfo: always(document({
      id: always("api-prod"),
      type: always(oneOf("STATIC")),
      stage: always("Production"),
    })),
    deployments: optional([document({ id: always("churn-on-api-prod"), infraId: optional("api-prod") })]),
    canDeploy: optional(true),
  }),
  schema: ApiInfra,
  through: {
    "ApiInfras.list": {
      answers: (infra) => [[infra]],
      call: ({ apiInfras }) => Effect.map(apiInfras.list(), ([first]) => first!),
    },
    "ApiInfras.get": { call: ({ apiInfras }) => apiInfras.get("api-prod") },
  },
});

itIsReturned("the settings of an infrastructure", {
  document: document({
    id: always("api-prod"),
    type: always(oneOf("STATIC")),
    stage: optional("Production"),
    governCheckPolicy: optional(oneOf("PREVENT")),
    apiNodes: optional([document({
      url: always("https://apinode1.example.com:12000"),
      adminAPIKey: optional("key"),
      graphitePrefix: optional("p"),
    })]),
  }),
  schema: ApiInfraSettings,
  through: {
    "ApiInfras.settings": { call: ({ apiInfras }) => apiInfras.settings("api-prod") },
    "ApiInfras.updateSettings": {
      answers: (settings) => [settings, {}, settings],
      call: ({ apiInfras }) => apiInfras.updateSettings("api-prod", (found) => found),
    },
  },
});

itIsReturned("a service of the deployer", {
  document: document({
    serviceBasicInfo: always(document({ id: always("churn"), name: optional("churn") })),
    packages: optional([document({ id: always("v1") })]),
    deployments: optional([document({ id: always("churn-on-api-prod"), infraId: optional("api-prod") })]),
  }),
  schema: ApiDeployerService,
  through: {
    "ApiDeployerServices.list": {
      answers: (service) => [[service]],
      call: ({ apiDeployerServices }) => Effect.map(apiDeployerServices.list(), ([first]) => first!),
    },
    "ApiDeployerServices.get": { call: ({ apiDeployerServices }) => apiDeployerServices.get("churn") },
  },
  accessors: [ApiDeployerService.versions, ApiDeployerService.deployments],
});

const deployment = document({
  deploymentBasicInfo: always(document({
    id: always("churn-on-api-prod"),
    publishedServiceId: always("churn"),
    infraId: always("api-prod"),
    deployedServiceId: optional("churn"),
    enabled: optional(true),
  })),
  infraBasicInfo: optional(document({
    id: always("api-prod"),
    type: optional("STATIC"),
    stage: optional("Production"),
  })),
  serviceBasicInfo: optional(document({ id: always("churn") })),
  packages: optional([document({ id: always("v2") })]),
});

itIsReturned("a deployment", {
  document: deployment,
  schema: ApiDeployment,
  through: {
    "ApiDeployments.list": {
      answers: (found) => [[found]],
      call: ({ apiDeployments }) => Effect.map(apiDeployments.list(), ([first]) => first!),
    },
    "ApiDeployments.get": { call: ({ apiDeployments }) => apiDeployments.get("d") },
  },
  accessors: [
    (found) => ApiDeploymentStatus.serviceUrls({ deployment: found, health: { health: "HEALTHY", publicURL: "u" } }),
  ],
});

const messages = {
  anyMessage: true,
  success: false,
  warning: true,
  error: false,
  fatal: false,
  messages: [{ severity: "WARNING", isFatal: false, code: "W", title: "Slow node", message: "4.2s", details: "" }],
};

const light = { deploymentBasicInfo: { id: "d", publishedServiceId: "churn", infraId: "i" } };

itIsReturned("the health of a deployment", {
  document: document({
    health: always(oneOf("HEALTHY")),
    healthMessages: optional(messages),
    apiNodes: optional([document({ url: always("https://apinode1.example.com:12000") })]),
    publicURL: optional("https://api.example.com"),
  }),
  schema: ApiDeploymentHealth,
  through: {
    "ApiDeployments.status": {
      answers: (health) => [light, health],
      call: ({ apiDeployments }) => Effect.map(apiDeployments.status("d"), ({ health }) => health),
    },
  },
  accessors: [(health) => ApiDeploymentStatus.serviceUrls({ deployment: light, health })],
});

itIsReturned("the settings of a deployment", {
  document: document({
    id: optional("churn-on-api-prod"),
    publishedServiceId: optional("churn"),
    infraId: optional("api-prod"),
    enabled: optional(true),
    generationsMapping: optional(document({
      mode: optional(oneOf("SINGLE_GENERATION")),
      generation: optional("v2"),
      entries: optional([document({ generation: always("v1"), proba: optional(0.5) })]),
    })),
  }),
  schema: ApiDeploymentSettings,
  through: {
    "ApiDeployments.settings": { call: ({ apiDeployments }) => apiDeployments.settings("d") },
    "ApiDeployments.updateSettings": {
      answers: (settings) => [settings, {}, settings],
      call: ({ apiDeployments }) => apiDeployments.updateSettings("d", (found) => found),
    },
  },
});

itIsReturned("an update of a deployment", {
  document: document({
    startTimestamp: always(1759312596668),
    endTimestamp: optional(1759312630000),
    type: optional(oneOf("UPDATE")),
    status: optional(oneOf("SUCCESS")),
    requester: optional("maria"),
    logs: optional(document({ lines: optional(["Preparing package", "Activated v2"]) })),
  }),
  schema: ApiDeploymentUpdate,
  through: {
    "ApiDeployments.updates": {
      answers: (update) => [[update]],
      call: ({ apiDeployments }) => Effect.map(apiDeployments.updates("d"), ([first]) => first!),
    },
    "ApiDeployments.getUpdate": { call: ({ apiDeployments }) => apiDeployments.getUpdate("d") },
  },
  accessors: [
    ApiDeploymentUpdate.startedAt,
    ApiDeploymentUpdate.endedAt,
    ApiDeploymentUpdate.hasEnded,
    ApiDeploymentUpdate.lines,
  ],
});

itIsReturned("the governance of a deployment", {
  document: document(
    Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, always(value)])),
  ),
  schema: InfoMessages,
  through: {
    "ApiDeployments.governanceStatus": { call: ({ apiDeployments }) => apiDeployments.governanceStatus("d") },
  },
});

itIsReturned("answers to queries", {
  document: document({
    responses: optional([{ result: { prediction: "1", probas: { 0: 0.12, 1: 0.88 }, ignored: false } }]),
  }),
  schema: ApiQueryAnswers,
  through: {
    "ApiDeployments.runTestQueries": { call: ({ apiDeployments }) => apiDeployments.runTestQueries("d") },
    "ApiDeployments.runQueries": { call: ({ apiDeployments }) => apiDeployments.runQueries("d", []) },
  },
  accessors: [ApiQueryAnswers.failure],
});
