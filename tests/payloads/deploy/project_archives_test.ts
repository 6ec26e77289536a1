import { Effect } from "effect";
import {
  Bundle,
  BundleReport,
  PreparedImport,
  ProjectFromBundle,
  ProjectImport,
  PublishedBundle,
} from "../../../mod.ts";
import { always, document, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const zip = new Blob(["PK"]);

itIsReturned("an upload of an archive", {
  document: document({ id: always("imp1") }),
  schema: PreparedImport,
  through: { "ProjectArchives.prepareImport": { call: ({ projectArchives }) => projectArchives.prepareImport(zip) } },
});

itIsReturned("what came of an import", {
  document: document({
    success: always(true),
    usedProjectKey: optional("SALES_COPY"),
    messages: optional({
      anyMessage: false,
      success: false,
      warning: false,
      error: false,
      fatal: false,
      messages: [],
    }),
  }),
  schema: ProjectImport,
  through: {
    "ProjectArchives.importPrepared": { call: ({ projectArchives }) => projectArchives.importPrepared("imp1") },
  },
});

itIsReturned("a bundle", {
  document: document({
    bundleId: always("v1"),
    exportManifest: optional(document({ releaseNotes: optional("first") })),
  }),
  schema: Bundle,
  through: {
    "Bundles.exported": {
      answers: (bundle) => [{ bundles: [bundle] }],
      call: ({ bundles }) => Effect.map(bundles.exported("P"), ([first]) => first!),
    },
    "Bundles.imported": {
      answers: (bundle) => [{ bundles: [bundle] }],
      call: ({ bundles }) => Effect.map(bundles.imported("P"), ([first]) => first!),
    },
  },
});

itIsReturned("a bundle that was published", {
  document: document({
    publishedOn: optional(1759312596668),
    publishedBy: optional("maria"),
    publishedProjectKey: optional("SALES"),
  }),
  schema: PublishedBundle,
  through: { "Bundles.publish": { call: ({ bundles }) => bundles.publish("P", "v1") } },
  accessors: [PublishedBundle.publishedAt],
});

itIsReturned("what came of an activation", {
  document: document({ neededAMigration: optional(false), messages: optional([]) }),
  schema: BundleReport,
  through: {
    "Bundles.activate": { call: ({ bundles }) => bundles.activate("P", "v1") },
    "Bundles.preload": { call: ({ bundles }) => bundles.preload("P", "v1") },
  },
});

itIsReturned("a project of a bundle", {
  document: document({ projectKey: optional("SALES") }),
  schema: ProjectFromBundle,
  through: { "Bundles.createProject": { call: ({ bundles }) => bundles.createProject(zip) } },
});
