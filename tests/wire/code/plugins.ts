/** Plugins: our calls for those of the official client. */
import { Effect, Stream } from "effect";
import { setParameterSetPermission, setPluginCodeEnv, setPreset, setPresetUsableBy } from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const id = "my-plugin";
const key = "WIRE_PROJ";
const zip = new Blob(["PK-fake-zip"]);

const settings = {
  codeEnvName: "env",
  config: {},
  presets: [{
    name: "p1",
    type: "parameter-set-my-plugin-ps",
    config: { a: 1 },
    pluginConfig: { b: 2 },
    owner: "admin",
    defaultPermission: { use: true, definableInline: true },
    permissions: [{ group: "g", use: true }],
  }],
  accessibleParameterSetDescs: [{
    id: "ps",
    elementType: "parameter-set-my-plugin-ps",
    desc: { params: [{ name: "a", defaultValue: 1 }], pluginParams: [{ name: "b", defaultValue: 2 }] },
  }],
  parameterSets: [{
    name: "ps",
    type: "parameter-set-my-plugin-ps",
    defaultPermission: { definableInline: true, definableAtProjectLevel: true },
  }],
};

const plugins: Noun = {
  areas: ["plugin"],
  methods: {
    "DSSClient.list_plugins": { ours: "Plugins.list", calls: [({ plugins }) => plugins.list()] },
    "DSSClient.download_plugin_stream": {
      ours: "Plugins.download",
      calls: [({ plugins }) => Stream.runDrain(plugins.download(id))],
    },
    "DSSClient.download_plugin_to_file": {
      ours: "Plugins.download",
      calls: [({ plugins }) => Stream.runDrain(plugins.download(id))],
    },
    "DSSClient.install_plugin_from_archive": {
      ours: "Plugins.installFromArchive",
      calls: [({ plugins }) => plugins.installFromArchive(zip)],
    },
    "DSSClient.start_install_plugin_from_archive": {
      ours: "Plugins.startInstallFromArchive",
      calls: [({ plugins }) => plugins.startInstallFromArchive(zip)],
    },
    "DSSClient.install_plugin_from_store": {
      ours: "Plugins.installFromStore",
      calls: [({ plugins }) => plugins.startInstallFromStore(id)],
    },
    "DSSClient.install_plugin_from_git": {
      ours: "Plugins.installFromGit",
      calls: [
        ({ plugins }) => plugins.startInstallFromGit("git@x:y.git"),
        ({ plugins }) => plugins.startInstallFromGit("git@x:y.git", { checkout: "main", subpath: "p" }),
      ],
    },
    "DSSPlugin.update_from_zip": {
      ours: "Plugins.updateFromArchive",
      calls: [({ plugins }) => plugins.updateFromArchive(id, zip)],
    },
    "DSSPlugin.start_update_from_zip": {
      ours: "Plugins.startUpdateFromArchive",
      calls: [({ plugins }) => plugins.startUpdateFromArchive(id, zip)],
    },
    "DSSPlugin.update_from_store": {
      ours: "Plugins.updateFromStore",
      calls: [({ plugins }) => plugins.startUpdateFromStore(id)],
    },
    "DSSPlugin.update_from_git": {
      ours: "Plugins.updateFromGit",
      calls: [
        ({ plugins }) => plugins.startUpdateFromGit(id, "git@x:y.git"),
        ({ plugins }) => plugins.startUpdateFromGit(id, "git@x:y.git", { checkout: "main", subpath: "sub" }),
      ],
    },
    "DSSPlugin.create_code_env": {
      ours: "Plugins.createCodeEnv",
      calls: [
        ({ plugins }) => plugins.startCreateCodeEnv(id),
        ({ plugins }) => plugins.startCreateCodeEnv(id, { pythonInterpreter: "PYTHON39", conda: true }),
      ],
    },
    "DSSPlugin.update_code_env": {
      ours: "Plugins.updateCodeEnv",
      calls: [({ plugins }) => plugins.startUpdateCodeEnv(id)],
    },
    "DSSPlugin.list_usages": {
      ours: "Plugins.usages",
      calls: [({ plugins }) => plugins.usages(id), ({ plugins }) => plugins.usages(id, { projectKey: key })],
    },
    "DSSProject.list_plugins_usages": {
      ours: "Plugins.projectUsages",
      calls: [({ plugins }) => plugins.projectUsages(key)],
    },
    "DSSPlugin.delete": {
      ours: "Plugins.delete",
      calls: [
        ({ plugins }) => plugins.startDelete(id),
        ({ plugins }) => plugins.startDelete(id, { force: true }),
      ],
    },
    "DSSPlugin.get_settings": {
      ours: "PluginSettings.get",
      calls: [({ pluginSettings }) => pluginSettings.get(id)],
    },
    "DSSPlugin.get_project_settings": {
      ours: "PluginSettings.get",
      calls: [({ pluginSettings }) => pluginSettings.get(id, { projectKey: key })],
    },
    "DSSPluginSettingsBase.save": {
      ours: "PluginSettings.update",
      calls: [
        ({ pluginSettings }) => pluginSettings.update(id, setPluginCodeEnv("env2")),
        ({ pluginSettings }) => pluginSettings.update(id, (found) => found, { projectKey: key }),
      ],
    },
    "DSSPluginProjectSettings.start_save": {
      ours: "PluginSettings.startSave",
      calls: [
        ({ pluginSettings }) =>
          Effect.flatMap(
            pluginSettings.get(id, { projectKey: key }),
            (found) => pluginSettings.startSave(id, found),
          ),
      ],
    },
    "DSSPluginParameterSetBase.save": {
      ours: "setParameterSetPermission",
      calls: [
        ({ pluginSettings }) =>
          pluginSettings.update(
            id,
            setParameterSetPermission("ps", { definableInline: false, definableAtProjectLevel: false }),
          ),
      ],
    },
    "DSSPluginPreset.save": {
      ours: "setPreset",
      calls: [
        ({ pluginSettings }) =>
          pluginSettings.update(id, (found) =>
            [
              setPreset("ps", "p1", { owner: "bob" }),
              setPresetUsableBy("ps", "p1", false),
              setPresetUsableBy("ps", "p1", true, "h"),
              setPresetUsableBy("ps", "p1", false, "g"),
            ].reduce((settings, edit) => edit(settings), found)),
      ],
    },
    "DSSPlugin.list_files": { ours: "PluginFiles.list", calls: [({ pluginFiles }) => pluginFiles.list(id)] },
    "DSSPlugin.get_file": {
      ours: "PluginFiles.read",
      calls: [({ pluginFiles }) => Stream.runDrain(pluginFiles.read(id, "python-lib/a b.py"))],
    },
    "DSSPlugin.put_file": {
      ours: "PluginFiles.write",
      calls: [({ pluginFiles }) => pluginFiles.write(id, "python-lib/a.py", new TextEncoder().encode("print(1)"))],
    },
    "DSSPlugin.rename_file": {
      ours: "PluginFiles.rename",
      calls: [({ pluginFiles }) => pluginFiles.rename(id, "python-lib/a.py", "b.py")],
    },
    "DSSPlugin.move_file": {
      ours: "PluginFiles.move",
      calls: [({ pluginFiles }) => pluginFiles.move(id, "python-lib/a.py", "python-lib/sub")],
    },
  },
  withoutRequest: {
    "DSSClient.get_plugin": "Plugins.list",
    "DSSPluginSettingsBase.get_raw": "PluginSettings.get",
    "DSSPluginSettingsBase.list_parameter_set_names": "PluginSettingsDocument.parameterSets",
    "DSSPluginSettings.set_code_env": "setPluginCodeEnv",
    "DSSPluginSettings.list_parameter_sets": "PluginSettingsDocument.parameterSets",
    "DSSPluginSettings.get_parameter_set": "PluginSettingsDocument.presets",
    "DSSPluginProjectSettings.list_parameter_sets": "PluginSettingsDocument.parameterSets",
    "DSSPluginProjectSettings.get_parameter_set": "PluginSettingsDocument.presets",
    "DSSPluginParameterSetBase.desc": "ParameterSetDescription",
    "DSSPluginParameterSetBase.settings": "ParameterSet",
    "DSSPluginParameterSetBase.list_preset_names": "PluginSettingsDocument.presets",
    "DSSPluginParameterSetBase.list_presets": "PluginSettingsDocument.presets",
    "DSSPluginParameterSetBase.get_preset": "PluginSettingsDocument.preset",
    "DSSPluginParameterSetBase.create_preset": "setPreset",
    "DSSPluginParameterSetBase.delete_preset": "removePreset",
    "DSSPluginParameterSet.definable_inline": "setParameterSetPermission",
    "DSSPluginParameterSet.definable_at_project_level": "setParameterSetPermission",
    "DSSPluginPreset.get_raw": "PluginSettingsDocument.preset",
    "DSSPluginPreset.name": "PluginPreset",
    "DSSPluginPreset.config": "PluginPreset",
    "DSSPluginPreset.plugin_config": "PluginPreset",
    "DSSPluginPreset.owner": "setPreset",
    "DSSPluginPreset.usable_by_all": "PluginPreset.isUsableBy",
    "DSSPluginPreset.get_permission_item": "PluginPreset.isUsableBy",
    "DSSPluginPreset.is_usable_by": "PluginPreset.isUsableBy",
    "DSSPluginPreset.set_usable_by": "setPresetUsableBy",
    "DSSPluginUsages.get_raw": "Plugins.usages",
    "DSSPluginUsages.usages": "PluginUsages",
    "DSSPluginUsages.missing_types": "PluginUsages",
    "DSSPluginUsages.maybe_used": "PluginUsages.mayBeUsed",
    "DSSPluginUsage.element_kind": "PluginUsage",
    "DSSPluginUsage.element_type": "PluginUsage",
    "DSSPluginUsage.object_id": "PluginUsage",
    "DSSPluginUsage.object_type": "PluginUsage",
    "DSSPluginUsage.project_key": "PluginUsage",
    "DSSMissingType.missing_type": "MissingType",
    "DSSMissingType.object_id": "MissingType",
    "DSSMissingType.object_type": "MissingType",
    "DSSMissingType.project_key": "MissingType",
    "DSSPluginUsagesListItem.plugin_usages": "ProjectPluginUsages",
    "DSSPluginUsagesListItem.plugin_id": "ProjectPluginUsages",
  },
  samples: { "GET /plugins/{}/settings": settings },
};

export default plugins;
