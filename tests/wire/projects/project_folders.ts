/** Folders of projects: our calls for those of the official client, which reads a folder before it does something with it. */
import { Effect } from "effect";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun, OurCall } from "../harness/noun.ts";

const [key, id] = ["WIRE_PROJ", "fold1"];

/** After the reading of a folder, or of two. */
const after = (
  call: (services: ServiceRecord) => Effect.Effect<unknown, unknown>,
  ...read: ReadonlyArray<string>
): OurCall =>
(services) => Effect.andThen(Effect.forEach(read, (id) => services.projectFolders.get(id)), call(services));

const moveProject = after(({ projectFolders }) => projectFolders.moveProject(key, "ROOT", { from: id }), id, "ROOT");

const projectFolders: Noun = {
  areas: ["projectfolder"],
  methods: {
    "DSSClient.get_root_project_folder": {
      ours: "ProjectFolders.root",
      calls: [({ projectFolders }) => projectFolders.root()],
    },
    "DSSClient.get_project_folder": {
      ours: "ProjectFolders.get",
      calls: [({ projectFolders }) => projectFolders.get(id)],
    },
    "DSSProject.get_project_folder": {
      ours: "ProjectFolders.ofProject",
      calls: [({ projectFolders }) => projectFolders.ofProject(key)],
    },
    "DSSProject.move_to_folder": {
      ours: "ProjectFolders.moveProject",
      calls: [after(({ projectFolders }) => projectFolders.moveProject(key, "ROOT"), "ROOT")],
    },
    "DSSProjectFolder.get_path": {
      ours: "ProjectFolders.path",
      calls: [({ projectFolders }) => projectFolders.path(id)],
    },
    "DSSProjectFolder.get_parent": {
      ours: "ProjectFolders.parent",
      calls: [({ projectFolders }) => projectFolders.parent(id)],
    },
    "DSSProjectFolder.list_child_folders": {
      ours: "ProjectFolders.children",
      calls: [({ projectFolders }) => projectFolders.children(id)],
    },
    "DSSProjectFolder.list_projects": {
      ours: "ProjectFolders.get",
      calls: [({ projectFolders }) => projectFolders.get(id)],
    },
    "DSSProjectFolder.delete": {
      ours: "ProjectFolders.delete",
      calls: [after(({ projectFolders }) => projectFolders.delete(id), id)],
    },
    "DSSProjectFolder.get_settings": {
      ours: "ProjectFolders.settings",
      calls: [after(({ projectFolders }) => projectFolders.settings(id), id)],
    },
    "DSSProjectFolder.create_sub_folder": {
      ours: "ProjectFolders.create",
      calls: [
        after(({ projectFolders }) => projectFolders.create(id, "New one"), id),
        after(({ projectFolders }) => projectFolders.create(id, "é & b+c/d"), id),
      ],
    },
    "DSSProjectFolder.create_project": {
      ours: "Projects.create",
      calls: [
        after(
          ({ projects }) =>
            projects.create("NEWP", "New", "admin", { description: "d", settings: { a: 1 }, folderId: id }),
          id,
        ),
        after(({ projects }) => projects.create("NEWP", "New", "admin", { folderId: id }), id),
      ],
    },
    "DSSProjectFolder.get_default_folder_for_project_creation": {
      ours: "ProjectFolders.defaultForNewProjects",
      calls: [after(({ projectFolders }) => projectFolders.defaultForNewProjects(id), id)],
    },
    "DSSProjectFolder.move_to": {
      ours: "ProjectFolders.move",
      calls: [after(({ projectFolders }) => projectFolders.move(id, "ROOT"), id, "ROOT")],
    },
    "DSSProjectFolder.move_project_to": { ours: "ProjectFolders.moveProject", calls: [moveProject, moveProject] },
    "DSSProjectFolderSettings.save": {
      ours: "ProjectFolders.updateSettings",
      calls: [
        after(
          ({ projectFolders }) => projectFolders.updateSettings(id, (found) => ({ ...found, name: "n", owner: "bob" })),
          id,
        ),
      ],
    },
    "DSSProject.duplicate": {
      ours: "Projects.duplicate",
      calls: [
        ({ projects }) => projects.duplicate(key, "COPY", "Copy"),
        after(
          ({ projects }) =>
            projects.duplicate(key, "COPY", "Copy", {
              mode: "FULL",
              analysisModels: false,
              savedModels: false,
              gitRepository: true,
              insightsData: false,
              remapping: { connections: [{ source: "a", target: "b" }] },
              folderId: id,
            }),
          id,
        ),
      ],
    },
  },
  withoutRequest: {
    "DSSProjectFolder.project_folder_id": "ProjectFolder",
    "DSSProjectFolder.id": "ProjectFolder",
    "DSSProjectFolder.name": "ProjectFolder",
    "DSSProjectFolder.get_name": "ProjectFolder",
    "DSSProjectFolder.list_project_keys": "ProjectFolder",
    "DSSProjectFolderSettings.get_raw": "ProjectFolders.settings",
    "DSSProjectFolderSettings.get_name": "ProjectFolderSettings",
    "DSSProjectFolderSettings.set_name": "ProjectFolders.updateSettings",
    "DSSProjectFolderSettings.get_owner": "ProjectFolderSettings",
    "DSSProjectFolderSettings.set_owner": "ProjectFolders.updateSettings",
    "DSSProjectFolderSettings.get_permissions": "ProjectFolderSettings",
  },
};

export default projectFolders;
