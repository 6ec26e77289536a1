/** Groups: our calls for those of the official client. */
import type { Group } from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const groups: Noun = {
  areas: [],
  methods: {
    "DSSClient.list_groups": { ours: "Groups.list", calls: [({ groups }) => groups.list()] },
    "DSSClient.list_groups_info": { ours: "Groups.listInfo", calls: [({ groups }) => groups.listInfo()] },
    "DSSClient.create_group": {
      ours: "Groups.create",
      calls: [
        ({ groups }) => groups.create("g"),
        ({ groups }) => groups.create("g", { description: "d", sourceType: "LDAP" }),
      ],
    },
    "DSSGroup.get_definition": { ours: "Groups.settings", calls: [({ groups }) => groups.settings("g")] },
    "DSSGroup.set_definition": {
      ours: "Groups.saveSettings",
      calls: [({ groups }) => groups.saveSettings("g", { name: "g", description: "d" } as Group)],
    },
    "DSSGroup.delete": { ours: "Groups.delete", calls: [({ groups }) => groups.delete("g")] },
  },
  withoutRequest: {
    "DSSClient.get_group": "Groups.settings",
    "DSSGroupInfo.get_raw": "Groups.listInfo",
    "DSSGroupInfo.name": "GroupInfo",
  },
  samples: {
    "GET /admin/groups/": [{ sourceType: "LOCAL", admin: false }],
    "GET /admin/groups/{}": { sourceType: "LOCAL", admin: false },
  },
};

export default groups;
