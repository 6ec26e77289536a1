/** Export and import of projects, and bundles: our calls for those of the official client. */
import { Effect, Stream } from "effect";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const key = "WIRE_PROJ";
const zip = new File(["PK-fake-zip"], "b.zip");

/** The official client reads a folder before it puts something into it. */
const intoFolder = (call: (services: ServiceRecord) => Effect.Effect<unknown, unknown>) => (services: ServiceRecord) =>
  Effect.andThen(services.projectFolders.get("fold1"), call(services));

const projectArchives: Noun = {
  areas: [],
  methods: {
    "DSSProject.get_export_stream": {
      ours: "ProjectArchives.export",
      calls: [
        ({ projectArchives }) => Stream.runDrain(projectArchives.export(key)),
        ({ projectArchives }) => Stream.runDrain(projectArchives.export(key, { exportUploads: true })),
      ],
    },
    "DSSProject.export_to_file": {
      ours: "ProjectArchives.export",
      calls: [
        ({ projectArchives }) => Stream.runDrain(projectArchives.export(key)),
        ({ projectArchives }) => Stream.runDrain(projectArchives.export(key, { exportAllDatasets: true })),
      ],
    },
    "DSSClient.prepare_project_import": {
      ours: "ProjectArchives.prepareImport",
      calls: [({ projectArchives }) => projectArchives.prepareImport(zip)],
    },
    "TemporaryImportHandle.execute": {
      ours: "ProjectArchives.importPrepared",
      calls: [
        ({ projectArchives }) => projectArchives.import(zip),
        ({ projectArchives }) =>
          Effect.flatMap(projectArchives.prepareImport(zip), ({ id }) =>
            projectArchives.importPrepared(id, {
              targetProjectKey: "NEWP",
              remapping: { connections: [{ source: "a", target: "b" }], codeEnvs: [] },
            })),
      ],
    },
    "DSSClient.create_project_from_bundle_local_archive": {
      ours: "Bundles.createProjectFromServer",
      calls: [
        ({ bundles }) => bundles.createProjectFromServer("/data/b.zip"),
        intoFolder(({ bundles }) =>
          bundles.createProjectFromServer("/data/b.zip", { folderId: "fold1", permissionsPropagation: "ALL" })
        ),
      ],
    },
    "DSSClient.create_project_from_bundle_archive": {
      ours: "Bundles.createProject",
      calls: [
        ({ bundles }) => bundles.createProject(zip),
        intoFolder(({ bundles }) => bundles.createProject(zip, { folderId: "fold1" })),
      ],
    },
    "DSSProject.list_exported_bundles": { ours: "Bundles.exported", calls: [({ bundles }) => bundles.exported(key)] },
    "DSSProject.export_bundle": {
      ours: "Bundles.create",
      calls: [
        ({ bundles }) => bundles.create(key, "b1"),
        ({ bundles }) => bundles.create(key, "b1", { releaseNotes: "notes", evaluateProjectStandardsChecks: false }),
      ],
    },
    "DSSProject.delete_exported_bundle": {
      ours: "Bundles.deleteExported",
      calls: [({ bundles }) => bundles.deleteExported(key, "b1")],
    },
    "DSSProject.get_exported_bundle_archive_stream": {
      ours: "Bundles.download",
      calls: [({ bundles }) => Stream.runDrain(bundles.download(key, "b1"))],
    },
    "DSSProject.download_exported_bundle_archive_to_file": {
      ours: "Bundles.download",
      calls: [({ bundles }) => Stream.runDrain(bundles.download(key, "b1"))],
    },
    "DSSProject.publish_bundle": {
      ours: "Bundles.publish",
      calls: [
        ({ bundles }) => bundles.publish(key, "b1"),
        ({ bundles }) => bundles.publish(key, "b1", { publishedProjectKey: "PUB" }),
      ],
    },
    "DSSProject.list_imported_bundles": { ours: "Bundles.imported", calls: [({ bundles }) => bundles.imported(key)] },
    "DSSProject.import_bundle_from_archive": {
      ours: "Bundles.importFromServer",
      calls: [({ bundles }) => bundles.importFromServer(key, "/data/b.zip")],
    },
    "DSSProject.import_bundle_from_stream": {
      ours: "Bundles.import",
      calls: [({ bundles }) => bundles.import(key, zip)],
    },
    "DSSProject.activate_bundle": {
      ours: "Bundles.activate",
      calls: [
        ({ bundles }) => bundles.activate(key, "b1"),
        ({ bundles }) => bundles.activate(key, "b1", { scenariosActive: { nightly: true } }),
      ],
    },
    "DSSProject.preload_bundle": { ours: "Bundles.preload", calls: [({ bundles }) => bundles.preload(key, "b1")] },
    "DSSProject.delete_imported_bundle": {
      ours: "Bundles.deleteImported",
      calls: [({ bundles }) => bundles.deleteImported(key, "b1")],
    },
  },
};

export default projectArchives;
