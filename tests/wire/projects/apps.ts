/** Applications: our calls for those of the official client. */
import { Effect } from "effect";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const appId = "PROJECT_APPPROJ";
const [temporary, closed] = ["PROJECT_APPPROJ_tmp_iKZWeqhFWC", "PROJECT_APPPROJ_tmp_aSLvYtAjHx"];
const list = ({ apps }: ServiceRecord) => apps.list();
const instances = ({ apps }: ServiceRecord) => apps.instances(appId);

const apps: Noun = {
  areas: ["app"],
  methods: {
    "DSSClient.list_apps": { ours: "Apps.list", calls: [list, list, list] },
    "DSSApp.create_instance": {
      ours: "Apps.createInstance",
      calls: [
        ({ apps }) => apps.createInstance(appId, "INST1", "Instance 1"),
        ({ apps }) => apps.startCreateInstance(appId, "INST1", "Instance 1", { temporary: true }),
      ],
    },
    "DSSApp.create_temporary_instance": {
      ours: "Apps.withTemporaryInstance",
      // The use, and so the deletion that follows it, is the next case.
      calls: [({ apps }) => apps.startCreateInstance(appId, temporary, temporary, { temporary: true })],
    },
    "TemporaryDSSAppInstance.close": {
      ours: "Apps.withTemporaryInstance",
      calls: [({ apps }) => apps.withTemporaryInstance(appId, () => Effect.void, { projectKey: closed })],
    },
    "DSSApp.list_instance_keys": { ours: "Apps.instances", calls: [instances] },
    "DSSApp.list_instances": { ours: "Apps.instances", calls: [instances] },
    "DSSApp.get_manifest": { ours: "Apps.manifest", calls: [({ apps }) => apps.manifest(appId)] },
    "DSSAppManifest.save": {
      ours: "Apps.saveProjectManifest",
      calls: [
        ({ apps }) => Effect.flatMap(apps.manifest(appId), (found) => apps.saveProjectManifest("APPPROJ", found)),
        ({ apps }) => apps.manifest("APP_PLUGIN"),
        ({ apps }) => apps.updateProjectManifest("WIRE_PROJ", (found) => found),
      ],
    },
    "DSSAppInstance.get_manifest": {
      ours: "Apps.projectManifest",
      calls: [({ apps }) => apps.projectManifest("INST1")],
    },
    "DSSProject.get_app_manifest": {
      ours: "Apps.projectManifest",
      calls: [({ apps }) => apps.projectManifest("WIRE_PROJ")],
    },
  },
  withoutRequest: {
    "DSSClient.get_app": "Apps.manifest",
    "DSSApp.make_random_project_key": "Apps.withTemporaryInstance",
    "DSSApp.get_instance": "Apps.projectManifest",
    "DSSAppInstance.get_as_project": "Projects.get",
    "DSSAppListItem.to_app": "Apps.manifest",
    "DSSAppManifest.get_raw": "Apps.manifest",
    "DSSAppManifest.get_all_actions": "AppManifest.actions",
    "DSSAppManifest.get_runnable_scenarios": "AppManifest.scenarioIds",
  },
};

export default apps;
