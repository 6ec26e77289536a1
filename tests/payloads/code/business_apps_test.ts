import { Effect } from "effect";
import {
  BusinessApp,
  BusinessAppDetails,
  BusinessAppInstance,
  BusinessAppPermissions,
  BusinessAppSettings,
} from "../../../mod.ts";
import { always, document, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const first = <A>([item]: ReadonlyArray<A>): A => item!;

itIsReturned("a business application", {
  document: document({
    id: always("churn-watch"),
    version: optional("1.0.0"),
    name: optional("Churn watch"),
    description: optional("Customers who are about to leave"),
  }),
  schema: BusinessApp,
  through: {
    "BusinessApps.list": {
      answers: (app) => [[app]],
      call: ({ businessApps }) => Effect.map(businessApps.list(), first),
    },
  },
});

const settings = document({ remapping: optional({ connections: [], codeEnvs: null }) });

itIsReturned("what is known of a business application", {
  document: document({
    version: optional("1.0.0"),
    name: optional("Churn watch"),
    description: optional(""),
    webAppId: optional("a1B2c3"),
    codeEnvName: optional("py311"),
    connections: optional({ warehouse: "PostgreSQL", files: { type: "S3" } }),
    settings: optional(settings),
  }),
  schema: BusinessAppDetails,
  through: { "BusinessApps.get": { call: ({ businessApps }) => businessApps.get("churn-watch") } },
});

itIsReturned("the settings of a business application", {
  document: settings,
  schema: BusinessAppSettings,
  through: {
    "BusinessApps.settings": { call: ({ businessApps }) => businessApps.settings("churn-watch") },
    "BusinessApps.updateSettings": {
      answers: (settings) => [settings, {}, settings],
      call: ({ businessApps }) => businessApps.updateSettings("churn-watch", (found) => found),
    },
  },
});

itIsReturned("an instance of a business application", {
  document: document({
    projectKey: always("CHURN_EU"),
    name: optional("Churn in Europe"),
    businessAppVersion: optional("1.0.0"),
  }),
  schema: BusinessAppInstance,
  through: {
    "BusinessAppInstances.list": {
      answers: (instance) => [[instance]],
      call: ({ businessAppInstances }) => Effect.map(businessAppInstances.list("churn-watch"), first),
    },
  },
});

itIsReturned("what a user may do with an instance", {
  document: document({
    login: optional("maria"),
    admin: optional(false),
    readProjectContent: optional(true),
    writeProjectContent: optional(false),
  }),
  schema: BusinessAppPermissions,
  through: {
    "BusinessAppInstances.permissions": {
      call: ({ businessAppInstances }) => businessAppInstances.permissions("churn-watch", "CHURN_EU", "maria"),
    },
  },
});
