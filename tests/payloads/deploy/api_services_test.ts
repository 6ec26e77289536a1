import { Effect } from "effect";
import { ApiService, ApiServicePackage, ApiServicePackageSummary, ApiServiceSettings } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const endpoint = document({
  id: always("predict"),
  type: always(oneOf("STD_PREDICTION")),
  modelRef: optional("Kd83mPq2"),
  computePropensity: optional(false),
  useJava: optional(true),
  testQueries: optional([{ name: "one", q: { features: { age: 31 } } }]),
  enrichMapping: optional([]),
  openAPI: optional({ title: "churn", content: "{}", enabled: true, isManual: false }),
});

itIsReturned("an API service in a list", {
  document: document({
    id: always("churn"),
    projectKey: optional("CHURN"),
    name: optional("churn"),
    authMethod: optional(oneOf("PUBLIC")),
    endpoints: optional([endpoint]),
  }),
  schema: ApiService,
  through: {
    "ApiServices.list": {
      answers: (service) => [[service]],
      call: ({ apiServices }) => Effect.map(apiServices.list("CHURN"), ([first]) => first!),
    },
  },
});

itIsReturned("the settings of an API service", {
  document: document({
    name: optional("churn"),
    authMethod: optional(oneOf("API_KEYS")),
    publicAccess: optional(true),
    authRealm: optional({ queryKeys: [] }),
    endpoints: optional([endpoint]),
    deploymentMonitoring: optional([]),
    tags: optional(["prod"]),
    customFields: optional({}),
    checklists: optional({ checklists: [] }),
  }),
  schema: ApiServiceSettings,
  through: {
    "ApiServices.settings": { call: ({ apiServices }) => apiServices.settings("CHURN", "churn") },
    "ApiServices.updateSettings": {
      answers: (settings) => [settings, {}, settings],
      call: ({ apiServices }) => apiServices.updateSettings("CHURN", "churn", (found) => found),
    },
    "ApiServices.saveSettings": {
      answers: (settings) => [{}, settings],
      call: ({ apiServices }, settings) => apiServices.saveSettings("CHURN", "churn", settings),
    },
  },
});

itIsReturned("a package of an API service", {
  document: document({ id: always("v1"), createdOn: optional(1758000000000) }),
  schema: ApiServicePackage,
  through: {
    "ApiServices.packages": {
      answers: (found) => [[found]],
      call: ({ apiServices }) => Effect.map(apiServices.packages("CHURN", "churn"), ([first]) => first!),
    },
  },
  accessors: [ApiServicePackage.createdAt],
});

itIsReturned("what is said of a package", {
  document: document({ whatever: optional({ a: [1] }) }),
  schema: ApiServicePackageSummary,
  through: {
    "ApiServices.packageSummary": { call: ({ apiServices }) => apiServices.packageSummary("CHURN", "churn", "v1") },
  },
});
