import { ProjectFolder, ProjectFolderSettings } from "../../../mod.ts";
import { always, document, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

itIsReturned("a folder of projects", {
  document: document({
    id: always("Ab3dE9x"),
    name: optional("Finance"),
    parentId: optional("ROOT"),
    childrenIds: always(["Qz81Lm0"]),
    projectKeys: always(["SALES", "COSTS"]),
  }),
  schema: ProjectFolder,
  through: {
    "ProjectFolders.root": { call: ({ projectFolders }) => projectFolders.root() },
    "ProjectFolders.get": { call: ({ projectFolders }) => projectFolders.get("f") },
    "ProjectFolders.ofProject": { call: ({ projectFolders }) => projectFolders.ofProject("P") },
    "ProjectFolders.create": { call: ({ projectFolders }) => projectFolders.create("f", "n") },
    "ProjectFolders.defaultForNewProjects": {
      call: ({ projectFolders }) => projectFolders.defaultForNewProjects("f"),
    },
  },
});

itIsReturned("the settings of a folder of projects", {
  document: document({
    name: optional("Finance"),
    owner: optional("maria"),
    permissions: optional([
      document({
        group: optional("readers"),
        read: optional(true),
        writeContents: optional(false),
        admin: optional(false),
      }),
    ]),
  }),
  schema: ProjectFolderSettings,
  through: {
    "ProjectFolders.settings": { call: ({ projectFolders }) => projectFolders.settings("f") },
    "ProjectFolders.updateSettings": {
      answers: (settings) => [settings, {}, settings],
      call: ({ projectFolders }) => projectFolders.updateSettings("f", (found) => found),
    },
  },
});
