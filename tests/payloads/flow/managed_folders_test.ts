import { Effect } from "effect";
import { ManagedFolder, ManagedFolderFile, ManagedFolderUsage } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const tag = document({
  versionNumber: optional(0),
  lastModifiedBy: optional(document({ login: optional("maria") })),
  lastModifiedOn: optional(1758000000000),
});

itIsReturned("a managed folder", {
  document: document({
    id: always("aB3kQ9xZ"),
    projectKey: optional("SALES"),
    name: always("reports"),
    type: optional(oneOf("Filesystem")),
    params: optional(document({
      connection: optional("filesystem_folders"),
      path: optional("${projectKey}/${odbId}"),
      bucket: optional("lake"),
      container: optional("blobs"),
      filesSelectionRules: optional({ mode: "ALL", excludeRules: [], includeRules: [], explicitFiles: [] }),
      notReadyIfEmpty: optional(false),
    })),
    flowOptions: optional({ virtualizable: false, rebuildBehavior: "NORMAL", crossProjectBuildBehavior: "DEFAULT" }),
    metrics: optional({
      probes: [{
        type: "basic",
        enabled: true,
        computeOnBuildMode: "PARTITION",
        meta: { name: "Basic data", level: 0 },
        configuration: {},
      }],
      engineConfig: { padRunsWithMetrics: false, basic: {} },
      displayedState: { metrics: ["basic:COUNT_FILES", "basic:SIZE"], columns: [] },
    }),
    checks: optional({ runOnBuild: false, checks: [], displayedState: { checks: [], partition: "NP" } }),
    partitioning: optional(document({
      dimensions: optional([document({
        name: always("day"),
        type: always(oneOf("time")),
        params: optional({ period: "DAY" }),
      })]),
      filePathPattern: optional("%Y/%M/%D/.*"),
      ignoreNonMatchingFile: optional(false),
      considerMissingRequestedPartitionsAsEmpty: optional(false),
    })),
    tags: optional(["prod"]),
    customFields: optional({ owner: "maria" }),
    customMeta: optional({ kv: {} }),
    checklists: optional({ checklists: [] }),
    shortDesc: optional("Reports"),
    description: optional("# Reports"),
    creationTag: optional(tag),
    versionTag: optional(tag),
  }),
  schema: ManagedFolder,
  through: {
    "ManagedFolders.get": { call: ({ managedFolders }) => managedFolders.get("SALES", "aB3kQ9xZ") },
    "ManagedFolders.create": { call: ({ managedFolders }) => managedFolders.create("SALES", "reports") },
    "ManagedFolders.list": {
      answers: (folder) => [[folder]],
      call: ({ managedFolders }) => Effect.map(managedFolders.list("SALES"), ([first]) => first!),
    },
    "ManagedFolders.update": {
      answers: (folder) => [folder, { msg: "Updated" }, folder],
      call: ({ managedFolders }) => managedFolders.update("SALES", "aB3kQ9xZ", (folder) => folder),
    },
  },
});

itIsReturned("a file of a managed folder", {
  document: document({
    path: always("/2025/march/report.csv"),
    size: always(10240),
    lastModified: always(1759312596668),
  }),
  schema: ManagedFolderFile,
  through: {
    "ManagedFolderFiles.list": {
      answers: (file) => [{ items: [file] }],
      call: ({ managedFolderFiles }) => Effect.map(managedFolderFiles.list("SALES", "aB3kQ9xZ"), ([first]) => first!),
    },
    "ManagedFolderFiles.write": {
      call: ({ managedFolderFiles }) => managedFolderFiles.write("SALES", "aB3kQ9xZ", "a", new Uint8Array(1)),
    },
  },
});

itIsReturned("a use of a managed folder", {
  document: document({
    type: always(oneOf("RECIPE_INPUT")),
    objectId: always("compute_features"),
    objectProjectKey: optional("SALES"),
  }),
  schema: ManagedFolderUsage,
  through: {
    "ManagedFolders.usages": {
      answers: (usage) => [[usage]],
      call: ({ managedFolders }) => Effect.map(managedFolders.usages("SALES", "aB3kQ9xZ"), ([first]) => first!),
    },
  },
});
