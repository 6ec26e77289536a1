import { Effect } from "effect";
import { DataCollection, Workspace, WorkspaceObject } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const permission = document({
  group: optional("data_team"),
  admin: optional(false),
  write: optional(true),
  read: optional(true),
});

itIsReturned("a workspace", {
  document: document({
    workspaceKey: always("SALESWS"),
    displayName: always("Sales workspace"),
    color: optional("#2ab1ac"),
    description: optional(""),
    permissions: optional([permission]),
  }),
  schema: Workspace,
  through: {
    "Workspaces.settings": { call: ({ workspaces }) => workspaces.settings("W") },
    "Workspaces.list": {
      answers: (workspace) => [[workspace]],
      call: ({ workspaces }) => Effect.map(workspaces.list(), ([first]) => first!),
    },
  },
});

itIsReturned("an object of a workspace", {
  document: document({
    id: always("o1"),
    reference: optional(document({
      projectKey: always("SALES"),
      type: always(oneOf("DATASET")),
      id: always("orders"),
      workspaceKey: optional("SALESWS"),
    })),
    appId: optional("APP"),
    htmlLink: optional(
      document({ name: optional("Wiki"), url: optional("https://example.com"), description: optional("") }),
    ),
  }),
  schema: WorkspaceObject,
  through: {
    "Workspaces.objects": {
      answers: (object) => [[object]],
      call: ({ workspaces }) => Effect.map(workspaces.objects("W"), ([first]) => first!),
    },
  },
});

itIsReturned("a data collection", {
  document: document({
    id: always("dc1"),
    displayName: optional("Customers"),
    description: optional("d"),
    color: optional("#fff"),
    tags: optional(["t"]),
    itemCount: optional(2),
    lastModifiedOn: optional(1767225600000),
    permissions: optional([permission]),
  }),
  schema: DataCollection,
  through: {
    "DataCollections.settings": { call: ({ dataCollections }) => dataCollections.settings("dc1") },
    "DataCollections.list": {
      answers: (collection) => [[collection]],
      call: ({ dataCollections }) => Effect.map(dataCollections.list(), ([first]) => first!),
    },
  },
  accessors: [DataCollection.modifiedAt],
});
