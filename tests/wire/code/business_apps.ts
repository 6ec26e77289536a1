/** Business applications and their instances: our calls for those of the official client. */
import type { Noun } from "../harness/noun.ts";

const id = "x1";
const key = "WIRE_PROJ";

/** What the recorder took for settings. */
const settings = {
  taxonomy: { categories: [] },
  assessment: { level: "HIGH" },
  configuration: { id: "c1" },
  testId: "t1",
  runId: "r1",
  resultId: "res1",
  traitId: "tr1",
  agentReviewId: "ar1",
  messageId: "m1",
  id: "wire_id",
  jobId: "fut123",
  hasResult: true,
  result: { id: "wire_id" },
  key: "k",
  name: "n",
  label: "l",
  login: "bob",
  projectKey: key,
  version: "v1",
  status: "OK",
  items: [{ id: "wire_id" }],
  type: "T",
  ok: true,
  messages: [],
  data: {},
  conversationId: "conv1",
  state: "DONE",
  results: [],
  settings: {},
  identifier: "ident",
  agentId: "agent1",
  skillId: "sk1",
  runs: [],
  traits: [],
  tests: [],
};

const businessApps: Noun = {
  areas: ["businessapp"],
  methods: {
    "DSSClient.list_business_apps": { ours: "BusinessApps.list", calls: [({ businessApps }) => businessApps.list()] },
    "DSSClient.install_business_app_from_archive": {
      ours: "BusinessApps.installFromArchive",
      calls: [({ businessApps }) => businessApps.startInstallFromArchive(new Blob(["PK-fake-zip"]))],
    },
    "DSSClient.install_business_app_from_store": {
      ours: "BusinessApps.installFromStore",
      calls: [({ businessApps }) => businessApps.startInstallFromStore(id)],
    },
    "DSSBusinessApp.get_details": { ours: "BusinessApps.get", calls: [({ businessApps }) => businessApps.get(id)] },
    "DSSBusinessApp.get_settings": {
      ours: "BusinessApps.settings",
      calls: [({ businessApps }) => businessApps.settings(id)],
    },
    "DSSBusinessApp.upgrade_from_store": {
      ours: "BusinessApps.upgradeFromStore",
      calls: [({ businessApps }) => businessApps.startUpgradeFromStore(id)],
    },
    "DSSBusinessApp.create_code_env": {
      ours: "BusinessApps.createCodeEnv",
      calls: [
        ({ businessApps }) => businessApps.startCreateCodeEnv(id),
        ({ businessApps }) => businessApps.startCreateCodeEnv(id, { pythonInterpreter: "x1", conda: true }),
      ],
    },
    "DSSBusinessApp.update_code_env": {
      ours: "BusinessApps.updateCodeEnv",
      calls: [({ businessApps }) => businessApps.startUpdateCodeEnv(id)],
    },
    "DSSBusinessApp.delete": {
      ours: "BusinessApps.delete",
      calls: [
        ({ businessApps }) => businessApps.startDelete(id),
        ({ businessApps }) => businessApps.startDelete(id, { force: true }),
      ],
    },
    "DSSBusinessApp.list_instances": {
      ours: "BusinessAppInstances.list",
      calls: [({ businessAppInstances }) => businessAppInstances.list(id)],
    },
    "DSSBusinessApp.create_instance": {
      ours: "BusinessAppInstances.create",
      calls: [
        ({ businessAppInstances }) => businessAppInstances.create(id, key, "x1"),
        ({ businessAppInstances }) => businessAppInstances.startCreate(id, key, "x1", { shortDesc: "x1" }),
      ],
    },
    "DSSBusinessAppSettings.save": {
      ours: "BusinessApps.updateSettings",
      calls: [({ businessApps }) => businessApps.saveSettings(id, settings as never)],
    },
    "DSSBusinessAppInstance.upgrade": {
      ours: "BusinessAppInstances.upgrade",
      calls: [({ businessAppInstances }) => businessAppInstances.upgrade(id, key)],
    },
    "DSSBusinessAppInstance.start_or_restart": {
      ours: "BusinessAppInstances.restart",
      calls: [({ businessAppInstances }) => businessAppInstances.startRestart(id, key)],
    },
    "DSSBusinessAppInstance.stop": {
      ours: "BusinessAppInstances.stop",
      calls: [({ businessAppInstances }) => businessAppInstances.stop(id, key)],
    },
    "DSSBusinessAppInstance.get_user_permissions": {
      ours: "BusinessAppInstances.permissions",
      calls: [({ businessAppInstances }) => businessAppInstances.permissions(id, key, "x1")],
    },
  },
  withoutRequest: {
    "DSSClient.get_business_app": "BusinessApps.get",
    "DSSBusinessApp.id": "BusinessApp",
    "DSSBusinessApp.get_instance": "BusinessAppInstances.list",
    "DSSBusinessAppListItem.id": "BusinessApp",
    "DSSBusinessAppListItem.version": "BusinessApp",
    "DSSBusinessAppListItem.name": "BusinessApp",
    "DSSBusinessAppListItem.description": "BusinessApp",
    "DSSBusinessAppListItem.get_raw": "BusinessApps.list",
    "DSSBusinessAppListItem.to_business_app": "BusinessApps.get",
    "DSSBusinessAppDetails.get_raw": "BusinessApps.get",
    "DSSBusinessAppDetails.id": "BusinessAppDetails",
    "DSSBusinessAppDetails.name": "BusinessAppDetails",
    "DSSBusinessAppDetails.version": "BusinessAppDetails",
    "DSSBusinessAppDetails.description": "BusinessAppDetails",
    "DSSBusinessAppDetails.web_app_id": "BusinessAppDetails",
    "DSSBusinessAppDetails.code_env_name": "BusinessAppDetails",
    "DSSBusinessAppDetails.connections": "BusinessAppDetails",
    "DSSBusinessAppDetails.settings": "BusinessAppDetails",
    "DSSBusinessAppSettings.get_raw": "BusinessApps.settings",
    "DSSBusinessAppSettings.remapping": "BusinessAppSettings",
    "DSSBusinessAppInstanceListItem.get_raw": "BusinessAppInstances.list",
    "DSSBusinessAppInstanceListItem.project_key": "BusinessAppInstance",
    "DSSBusinessAppInstanceListItem.name": "BusinessAppInstance",
    "DSSBusinessAppInstanceListItem.business_app_version": "BusinessAppInstance",
    "DSSBusinessAppInstanceListItem.to_instance": "BusinessAppInstance",
    "DSSBusinessAppInstance.get_as_project": "Projects.get",
    "DSSBusinessAppInstance.delete": "Projects.delete",
  },
  samples: {
    "GET /business-apps/": [{ id }],
    "GET /business-apps/{}/settings": settings,
    "GET /business-apps/{}/instances": [{ projectKey: key }],
    // Work that was done at once.
    "POST /business-apps/{}/instances": { hasResult: true, result: {} },
    "POST /business-apps/{}/instances/{}/upgrade": { hasResult: true, result: {} },
  },
};

export default businessApps;
