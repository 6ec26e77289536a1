/** Projects: our calls for those of the official client. */
import type { Noun } from "../harness/noun.ts";

const key = "WIRE_PROJ";

const projects: Noun = {
  areas: [],
  methods: {
    "DSSClient.list_project_keys": { ours: "Projects.keys", calls: [({ projects }) => projects.keys()] },
    "DSSClient.list_projects": {
      ours: "Projects.list",
      calls: [({ projects }) => projects.list(), ({ projects }) => projects.list({ includeLocation: true })],
    },
    "DSSClient.get_default_project": { ours: "Projects.get", calls: [({ projects }) => projects.get(key)] },
    "DSSClient.create_project": {
      ours: "Projects.create",
      calls: [
        ({ projects }) => projects.create("NEWP", "New project", "admin"),
        ({ projects }) =>
          projects.create("NEWP", "New project", "admin", {
            description: "d",
            settings: { a: 1 },
            folderId: "fold1",
            permissions: [{ group: "g", admin: true }],
            tags: ["t"],
          }),
      ],
    },
    "DSSProject.get_summary": { ours: "Projects.get", calls: [({ projects }) => projects.get(key)] },
    "DSSProject.delete": {
      ours: "Projects.delete",
      calls: [
        ({ projects }) => projects.startDelete(key),
        ({ projects }) =>
          projects.startDelete(key, {
            clearManagedDatasets: true,
            clearOutputManagedFolders: true,
            clearJobAndScenarioLogs: false,
          }),
        ({ projects }) => projects.startDelete(key, { clearManagedDatasets: true }),
      ],
    },
    "DSSProject.get_interest": { ours: "Projects.interest", calls: [({ projects }) => projects.interest(key)] },
    "DSSProject.get_timeline": {
      ours: "Projects.timeline",
      calls: [({ projects }) => projects.timeline(key), ({ projects }) => projects.timeline(key, { limit: 5 })],
    },
    "DSSProject.generate_ai_description": {
      ours: "Projects.generateDescription",
      calls: [
        ({ projects }) => projects.generateDescription(key),
        ({ projects }) =>
          projects.generateDescription(key, { language: "french", purpose: "technical", length: "low", save: true }),
      ],
    },
    "DSSProject.sync_datasets_acls": {
      ours: "Projects.syncDatasetAcls",
      calls: [({ projects }) => projects.startSyncDatasetAcls(key)],
    },
  },
  withoutRequest: { "DSSClient.get_project": "Projects.get" },
  samples: {
    "GET /projects/{}": { projectKey: key, name: "Wire" },
    "GET /projects/": [{ projectKey: key, name: "Wire" }],
  },
};

export default projects;
