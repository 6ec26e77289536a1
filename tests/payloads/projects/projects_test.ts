import { Effect } from "effect";
import { Project, ProjectMetadata, ProjectPermissions, type ProjectSettings } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const tag = { versionNumber: 31, lastModifiedBy: { login: "maria" }, lastModifiedOn: 1758000000000 };

itIsReturned("a project", {
  document: document({
    projectKey: always("SALES"),
    name: optional("Sales"),
    shortDesc: optional("Sales marts"),
    description: optional("# Sales"),
    ownerLogin: optional("maria"),
    ownerDisplayName: optional("Maria Lopez"),
    tags: optional(["prod"]),
    projectType: optional("REGULAR"),
    projectAppType: optional(oneOf("APP_INSTANCE")),
    generatingAppId: optional("PROJECT_APP"),
    generatingAppVersion: optional("v1"),
    projectStatus: optional("In production"),
    permissionsVersion: optional(oneOf("V2")),
    tutorialProject: optional(false),
    commitMode: optional("AUTO"),
    versionTag: optional(tag),
    creationTag: optional({ ...tag, lastModifiedOn: 0 }),
    activeBundleState: optional({ bundleId: "v1" }),
    projectLocation: optional([{ id: "ROOT", name: "Root" }]),
  }),
  schema: Project,
  through: {
    "Projects.get": { call: ({ projects }) => projects.get("SALES") },
    "Projects.list": {
      answers: (project) => [[project]],
      call: ({ projects }) => Effect.map(projects.list(), ([first]) => first!),
    },
  },
  accessors: [Project.createdAt, Project.modifiedAt],
});

/** Every way that gives a document of a project. */
const ways = <A>(
  read: (settings: ProjectSettings) => Effect.Effect<A, unknown>,
  update: (settings: ProjectSettings) => Effect.Effect<A, unknown>,
) => ({
  read: { call: ({ projectSettings }: { readonly projectSettings: ProjectSettings }) => read(projectSettings) },
  update: {
    answers: (given: Readonly<Record<string, unknown>>) => [given, {}, given],
    call: ({ projectSettings }: { readonly projectSettings: ProjectSettings }) => update(projectSettings),
  },
});

itIsReturned("the metadata of a project", {
  document: document({
    label: optional("Sales"),
    shortDesc: optional("Sales marts"),
    description: optional("# Sales"),
    tags: optional(["prod"]),
    checklists: optional({ checklists: [{ title: "Todo", createdOn: 0, items: [] }] }),
    custom: optional({ kv: {} }),
    customFields: optional({}),
  }),
  schema: ProjectMetadata,
  through: ways((all) => all.metadata("P"), (all) => all.updateMetadata("P", (found) => found)),
});

itIsReturned("the permissions of a project", {
  document: document({
    owner: optional("maria"),
    permissions: optional([
      document({
        group: optional("data_team"),
        admin: optional(false),
        editPermissions: optional(false),
        readProjectContent: optional(true),
        runScenarios: optional(true),
        executeApp: optional(false),
      }),
      document({ user: optional("lena"), readDashboards: optional(true) }),
    ]),
    dashboardAuthorizations: optional({ allAuthorized: false, authorizations: [] }),
    additionalDashboardUsers: optional({ users: [] }),
  }),
  schema: ProjectPermissions,
  through: ways((all) => all.permissions("P"), (all) => all.updatePermissions("P", (found) => found)),
});
