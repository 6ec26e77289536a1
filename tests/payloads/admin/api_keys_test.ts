import { Effect } from "effect";
import { GlobalApiKey, GlobalApiKeyDefinition, PersonalApiKey, PersonalApiKeyDefinition } from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import { always, document, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const id = "k1d2e3";

const times = { createdOn: always(1757000000000), createdBy: optional("admin"), expiresOn: optional(0) };

const globalKey = document({
  id: always(id),
  label: always("ci"),
  description: optional("CI key"),
  key: optional("global-secret"),
  ...times,
  expiry: optional(0),
  dssUserForImpersonation: optional("robot"),
  groups: optional(["data_team"]),
  globalPermissions: optional(document({ admin: optional(false), mayCreateProjects: optional(true) })),
  projects: optional({ SALES: { admin: true } }),
});

/** What DSS answers to a creation always has the secret. */
const createdGlobalKey = document({
  id: always(id),
  key: always("global-secret"),
  label: optional("ci"),
  ...times,
  groups: optional(["data_team"]),
  globalPermissions: optional(document({ admin: optional(false) })),
});

const inList = (key: unknown): ReadonlyArray<unknown> => [[key]];

const first = <A>([item]: ReadonlyArray<A>): A => item!;

itIsReturned("a global API key", {
  document: globalKey,
  schema: GlobalApiKey,
  through: {
    "GlobalApiKeys.list": {
      answers: inList,
      call: ({ globalApiKeys }) => Effect.map(globalApiKeys.list(), first),
    },
    "GlobalApiKeys.get": { call: ({ globalApiKeys }) => globalApiKeys.get(id) },
  },
  accessors: [GlobalApiKey.createdAt, GlobalApiKey.expiresAt],
});

itIsReturned("a global API key that was just created", {
  document: createdGlobalKey,
  schema: GlobalApiKey,
  through: {
    "GlobalApiKeys.create": { call: ({ globalApiKeys }) => globalApiKeys.create() },
    "GlobalApiKeys.createWithGroups": { call: ({ globalApiKeys }) => globalApiKeys.createWithGroups(["data_team"]) },
  },
  accessors: [GlobalApiKey.createdAt, GlobalApiKey.expiresAt],
});

itIsReturned("the definition of a global API key", {
  document: globalKey,
  schema: GlobalApiKeyDefinition,
  through: {
    "GlobalApiKeys.definition": { call: ({ globalApiKeys }) => globalApiKeys.definition(id) },
    "GlobalApiKeys.updateDefinition": {
      answers: (key) => [key, {}, key],
      call: ({ globalApiKeys }) => globalApiKeys.updateDefinition(id, (definition) => definition),
    },
    "GlobalApiKeys.saveDefinition": {
      answers: (key) => [key, {}, key],
      call: ({ globalApiKeys }) =>
        Effect.flatMap(globalApiKeys.definition(id), (next) => globalApiKeys.saveDefinition(id, next)),
    },
  },
});

const personalKey = document({
  id: always(id),
  user: always("maria"),
  label: always("laptop"),
  description: always(""),
  ...times,
  key: optional("dkuaps-xxxxxxxx"),
});

const createdPersonalKey = document({
  id: always(id),
  key: always("dkuaps-xxxxxxxx"),
  user: always("maria"),
  label: always("laptop"),
  description: always(""),
  ...times,
});

itIsReturned("a personal API key", {
  document: personalKey,
  schema: PersonalApiKey,
  through: {
    "PersonalApiKeys.list": {
      answers: inList,
      call: ({ personalApiKeys }) => Effect.map(personalApiKeys.list(), first),
    },
    "PersonalApiKeys.listAll": {
      answers: inList,
      call: ({ personalApiKeys }) => Effect.map(personalApiKeys.listAll(), first),
    },
    "PersonalApiKeys.get": { call: ({ personalApiKeys }) => personalApiKeys.get(id) },
  },
  accessors: [PersonalApiKey.createdAt, PersonalApiKey.expiresAt],
});

itIsReturned("a personal API key that was just created", {
  document: createdPersonalKey,
  schema: PersonalApiKey,
  through: {
    "PersonalApiKeys.create": { call: ({ personalApiKeys }) => personalApiKeys.create() },
    "PersonalApiKeys.createFor": { call: ({ personalApiKeys }) => personalApiKeys.createFor("maria") },
  },
  accessors: [PersonalApiKey.createdAt, PersonalApiKey.expiresAt],
});

const definition = ({ personalApiKeys }: ServiceRecord) => personalApiKeys.definition(id);

itIsReturned("the definition of a personal API key", {
  document: personalKey,
  schema: PersonalApiKeyDefinition,
  through: {
    "PersonalApiKeys.definition": { call: definition },
    "PersonalApiKeys.updateDefinition": {
      answers: (key) => [key, {}, key],
      call: ({ personalApiKeys }) => personalApiKeys.updateDefinition(id, (definition) => definition),
    },
    "PersonalApiKeys.saveDefinition": {
      answers: (key) => [key, {}, key],
      call: (services) =>
        Effect.flatMap(definition(services), (next) => services.personalApiKeys.saveDefinition(id, next)),
    },
  },
});
