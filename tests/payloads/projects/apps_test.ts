import { Effect } from "effect";
import { App, AppManifest } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

itIsReturned("an application", {
  document: document({
    appId: always("PROJECT_CHURN_APP"),
    label: optional("Churn app"),
    origin: optional(oneOf("PROJECT")),
    originProjectKey: optional("CHURN_APP"),
    useAsRecipe: optional(false),
    instanceCount: optional(2),
    lastInstantiation: optional(1758000000000),
    instanceOwners: optional([document({ login: optional("maria") })]),
    tags: optional([]),
  }),
  schema: App,
  through: {
    "Apps.list": {
      answers: (app) => [[app]],
      call: ({ apps }) => Effect.map(apps.list(), ([first]) => first!),
    },
  },
  accessors: [App.lastInstantiatedAt],
});

itIsReturned("the manifest of an application", {
  document: document({
    label: optional("Churn app"),
    shortDesc: optional("Churn"),
    tags: optional([]),
    homepageSections: optional([
      document({
        sectionTitle: optional("Run"),
        tiles: optional([
          document({
            type: optional(oneOf("SCENARIO_RUN")),
            prompt: optional("Run"),
            help: optional("Runs it"),
            scenarioId: optional("nightly"),
          }),
        ]),
      }),
    ]),
    instantiationPermission: optional(oneOf("EVERYBODY")),
    instanceFeatures: optional({ showFlowNavLink: true }),
    projectExportManifest: optional({}),
  }),
  schema: AppManifest,
  through: {
    "Apps.manifest": { call: ({ apps }) => apps.manifest("A") },
    "Apps.projectManifest": { call: ({ apps }) => apps.projectManifest("P") },
    "Apps.updateProjectManifest": {
      answers: (manifest) => [manifest, {}, manifest],
      call: ({ apps }) => apps.updateProjectManifest("P", (found) => found),
    },
  },
  accessors: [AppManifest.actions, AppManifest.scenarioIds],
});
