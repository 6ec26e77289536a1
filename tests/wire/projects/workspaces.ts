/** Workspaces: our calls for those of the official client. */
import { Effect } from "effect";
import { administratorAccess, contributorAccess, readerAccess } from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const key = "WS1";
const list = ({ workspaces }: ServiceRecord) => workspaces.list();
const [group, user] = [{ group: "g" }, { user: "u" }];
const permissions = [group, user].flatMap((member) => [
  administratorAccess(member),
  contributorAccess(member),
  readerAccess(member),
]);

const workspaces: Noun = {
  areas: [],
  methods: {
    "DSSClient.list_workspaces": { ours: "Workspaces.list", calls: [list, list] },
    "DSSClient.create_workspace": {
      ours: "Workspaces.create",
      calls: [
        ({ workspaces }) => workspaces.create(key, "W"),
        ({ workspaces }) =>
          workspaces.create(key, "W", { permissions: [administratorAccess(group)], description: "d", color: "#fff" }),
      ],
    },
    "DSSWorkspace.get_settings": { ours: "Workspaces.settings", calls: [({ workspaces }) => workspaces.settings(key)] },
    "DSSWorkspace.list_objects": { ours: "Workspaces.objects", calls: [({ workspaces }) => workspaces.objects(key)] },
    "DSSWorkspace.delete": { ours: "Workspaces.delete", calls: [({ workspaces }) => workspaces.delete(key)] },
    "DSSWorkspaceObject.remove": {
      ours: "Workspaces.removeObject",
      calls: [({ workspaces }) => Effect.andThen(workspaces.objects(key), workspaces.removeObject(key, "obj1"))],
    },
    "DSSWorkspaceSettings.save": {
      ours: "Workspaces.updateSettings",
      calls: [({ workspaces }) =>
        workspaces.updateSettings(key, (found) => ({
          ...found,
          displayName: "X",
          color: "#000",
          description: "e",
          permissions,
        }))],
    },
  },
  // The cases of what is added read articles, datasets and dashboards before.
  comesWith: { "DSSWorkspace.add_object": "wiki" },
  withoutRequest: {
    "DSSClient.get_workspace": "Workspaces.settings",
    "DSSWorkspaceObject.get_raw": "WorkspaceObject",
    "DSSWorkspaceSettings.get_raw": "Workspaces.settings",
    "DSSWorkspaceSettings.display_name": "Workspace",
    "DSSWorkspaceSettings.color": "Workspace",
    "DSSWorkspaceSettings.description": "Workspace",
    "DSSWorkspaceSettings.permissions": "Workspace",
    "DSSWorkspacePermissionItem.admin_group": "administratorAccess",
    "DSSWorkspacePermissionItem.contributor_group": "contributorAccess",
    "DSSWorkspacePermissionItem.member_group": "readerAccess",
    "DSSWorkspacePermissionItem.admin_user": "administratorAccess",
    "DSSWorkspacePermissionItem.contributor_user": "contributorAccess",
    "DSSWorkspacePermissionItem.member_user": "readerAccess",
  },
};

export default workspaces;
