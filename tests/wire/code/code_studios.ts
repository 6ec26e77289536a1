/** Code studios: our calls for those of the official client. */
import type { Noun } from "../harness/noun.ts";

const [project, id, zone] = ["WIRE_PROJ", "cs_abc", "code_studio-versioned"];

const codeStudios: Noun = {
  areas: ["codestudio"],
  methods: {
    "DSSProject.list_code_studios": {
      ours: "CodeStudios.list",
      calls: [({ codeStudios }) => codeStudios.list(project), ({ codeStudios }) => codeStudios.list(project)],
    },
    "DSSProject.create_code_studio": {
      ours: "CodeStudios.create",
      calls: [({ codeStudios }) => codeStudios.create(project, "My studio", "tmpl1")],
    },
    "DSSCodeStudioObject.delete": {
      ours: "CodeStudios.delete",
      calls: [({ codeStudios }) => codeStudios.delete(project, id)],
    },
    "DSSCodeStudioObject.get_settings": {
      ours: "CodeStudios.settings",
      calls: [({ codeStudios }) => codeStudios.settings(project, id)],
    },
    "DSSCodeStudioObject.get_status": {
      ours: "CodeStudios.status",
      calls: [({ codeStudios }) => codeStudios.status(project, id)],
    },
    "DSSCodeStudioObject.stop": {
      ours: "CodeStudios.stop",
      calls: [
        ({ codeStudios }) => codeStudios.startStop(project, id),
        ({ codeStudios }) => codeStudios.stop(project, id),
      ],
    },
    "DSSCodeStudioObject.restart": {
      ours: "CodeStudios.restart",
      calls: [({ codeStudios }) => codeStudios.startRestart(project, id)],
    },
    "DSSCodeStudioObject.check_conflicts": {
      ours: "CodeStudios.conflicts",
      calls: [
        ({ codeStudios }) => codeStudios.conflicts(project, id, zone),
        ({ codeStudios }) => codeStudios.conflicts(project, id, "z"),
      ],
    },
    "DSSCodeStudioObject.pull_from_code_studio": {
      ours: "CodeStudios.pull",
      calls: [({ codeStudios }) => codeStudios.pull(project, id, zone)],
    },
    "DSSCodeStudioObject.push_to_code_studio": {
      ours: "CodeStudios.push",
      calls: [({ codeStudios }) => codeStudios.push(project, id, zone)],
    },
    "DSSCodeStudioObject.change_owner": {
      ours: "CodeStudios.changeOwner",
      calls: [({ codeStudios }) => codeStudios.changeOwner(project, id, "bob")],
    },
  },
  withoutRequest: {
    "DSSProject.get_code_studio": "CodeStudios.settings",
    "DSSCodeStudioObjectListItem.to_code_studio": "CodeStudio",
    "DSSCodeStudioObjectListItem.name": "CodeStudio",
    "DSSCodeStudioObjectListItem.id": "CodeStudio",
    "DSSCodeStudioObjectListItem.owner": "CodeStudio",
    "DSSCodeStudioObjectListItem.template_id": "CodeStudio",
    "DSSCodeStudioObjectListItem.template_label": "CodeStudioDescription",
    "DSSCodeStudioObjectListItem.template_description": "CodeStudioDescription",
    "DSSCodeStudioObjectSettings.get_raw": "CodeStudios.settings",
    "DSSCodeStudioObjectSettings.id": "CodeStudioSettings",
    "DSSCodeStudioObjectSettings.name": "CodeStudioSettings",
    "DSSCodeStudioObjectSettings.template_id": "CodeStudioSettings",
    "DSSCodeStudioObjectSettings.lib_name": "CodeStudioSettings",
    "DSSCodeStudioObjectSettings.owner": "CodeStudioSettings",
    "DSSCodeStudioObjectStatus.get_raw": "CodeStudios.status",
    "DSSCodeStudioObjectStatus.state": "CodeStudioStatus",
    "DSSCodeStudioObjectStatus.last_state_change": "CodeStudioStatus.lastChangedAt",
    "DSSCodeStudioObjectStatus.get_zones": "CodeStudioStatus.zoneNames",
    "DSSCodeStudioObjectConflicts.get_raw": "CodeStudios.conflicts",
    "DSSCodeStudioObjectConflicts.is_error": "ConflictsUnknown",
    "DSSCodeStudioObjectConflicts.authors": "CodeStudioConflicts",
    "DSSCodeStudioObjectConflicts.added": "CodeStudioConflicts",
    "DSSCodeStudioObjectConflicts.modified": "CodeStudioConflicts",
    "DSSCodeStudioObjectConflicts.deleted": "CodeStudioConflicts",
  },
};

export default codeStudios;
