/** Code environments: our calls for those of the official client. */
import { flow } from "effect";
import {
  addContainerHook,
  type CodeEnvSettings,
  setCacheBustingLocation,
  setContainerConfs,
  setDockerfileFragment,
  setRequiredCondaPackages,
  setRequiredPackages,
  setSparkKubernetesConfs,
} from "../../../mod.ts";
import { codeEnvResult } from "../../payloads/code/code_envs.ts";
import type { Noun } from "../harness/noun.ts";

const [lang, name] = ["PYTHON", "py"];

const everything = flow(
  setRequiredPackages(["numpy", "pandas"]),
  setRequiredCondaPackages(["a"]),
  setContainerConfs(["c1"]),
  setSparkKubernetesConfs("all"),
  setCacheBustingLocation("END"),
  setDockerfileFragment("dockerfileAtEnd", "RUN x"),
  addContainerHook("CUDA"),
);

const codeEnvs: Noun = {
  areas: [],
  methods: {
    "DSSClient.list_code_envs": {
      ours: "CodeEnvs.list",
      calls: [({ codeEnvs }) => codeEnvs.list(), ({ codeEnvs }) => codeEnvs.list()],
    },
    "DSSClient.create_internal_code_env": {
      ours: "CodeEnvs.createInternal",
      calls: [
        ({ codeEnvs }) => codeEnvs.createInternal("RAG_CODE_ENV"),
        ({ codeEnvs }) =>
          codeEnvs.startCreateInternal("RAG_CODE_ENV", { pythonInterpreter: "PYTHON39", version: "v1" }),
        ({ codeEnvs }) => codeEnvs.createInternal("X"),
      ],
    },
    "DSSClient.create_code_env": {
      ours: "CodeEnvs.create",
      calls: [
        ({ codeEnvs }) => codeEnvs.create(lang, name),
        ({ codeEnvs }) => codeEnvs.startCreate(lang, name, { pythonInterpreter: "PYTHON39" }),
      ],
    },
    "DSSClient.create_code_env_from_python_preset": {
      ours: "CodeEnvs.createFromPreset",
      calls: [
        ({ codeEnvs }) => codeEnvs.createFromPreset("preset 1"),
        ({ codeEnvs }) =>
          codeEnvs.startCreateFromPreset("preset1", {
            allowUpdate: false,
            pythonInterpreter: "PYTHON39",
            prefix: "p",
          }),
      ],
    },
    "DSSClient.list_code_env_usages": {
      ours: "CodeEnvs.listUsages",
      calls: [({ codeEnvs }) => codeEnvs.listUsages()],
    },
    "DSSCodeEnv.delete": {
      ours: "CodeEnvs.delete",
      calls: [
        ({ codeEnvs }) => codeEnvs.delete(lang, name),
        ({ codeEnvs }) => codeEnvs.startDelete(lang, name),
        ({ codeEnvs }) => codeEnvs.delete(lang, name),
      ],
    },
    "DSSCodeEnv.get_definition": {
      ours: "CodeEnvs.settings",
      calls: [({ codeEnvs }) => codeEnvs.settings(lang, name)],
    },
    "DSSCodeEnv.set_definition": {
      ours: "CodeEnvs.saveSettings",
      calls: [({ codeEnvs }) => codeEnvs.saveSettings(lang, name, { desc: {} } as CodeEnvSettings)],
    },
    "DSSCodeEnv.get_version_for_project": {
      ours: "CodeEnvs.versionForProject",
      calls: [({ codeEnvs }) => codeEnvs.versionForProject(lang, name, "WIRE_PROJ")],
    },
    "DSSCodeEnv.get_settings": {
      ours: "CodeEnvs.settings",
      calls: [1, 2, 3, 4].map(() => ({ codeEnvs }) => codeEnvs.settings(lang, name)),
    },
    "DSSCodeEnv.set_jupyter_support": {
      ours: "CodeEnvs.setJupyterSupport",
      calls: [
        ({ codeEnvs }) => codeEnvs.setJupyterSupport(lang, name, true),
        ({ codeEnvs }) => codeEnvs.startSetJupyterSupport(lang, name, false),
      ],
    },
    "DSSCodeEnv.update_packages": {
      ours: "CodeEnvs.updatePackages",
      calls: [
        ({ codeEnvs }) => codeEnvs.updatePackages(lang, name),
        ({ codeEnvs }) => codeEnvs.startUpdatePackages(lang, name, { rebuild: true, version: "v1" }),
      ],
    },
    "DSSCodeEnv.update_images": {
      ours: "CodeEnvs.updateImages",
      calls: [
        ({ codeEnvs }) => codeEnvs.updateImages(lang, name),
        ({ codeEnvs }) => codeEnvs.startUpdateImages(lang, name, { version: "v1" }),
      ],
    },
    "DSSCodeEnv.list_usages": { ours: "CodeEnvs.usages", calls: [({ codeEnvs }) => codeEnvs.usages(lang, name)] },
    "DSSCodeEnv.list_logs": { ours: "CodeEnvs.logs", calls: [({ codeEnvs }) => codeEnvs.logs(lang, name)] },
    "DSSCodeEnv.get_log": { ours: "CodeEnvs.log", calls: [({ codeEnvs }) => codeEnvs.log(lang, name, "l.log")] },
    "DSSCodeEnvSettings.save": {
      ours: "CodeEnvs.updateSettings",
      calls: [({ codeEnvs }) => codeEnvs.updateSettings(lang, name, everything)],
    },
  },
  withoutRequest: {
    "DSSClient.get_code_env": "CodeEnvs.settings",
    "DSSCodeEnvSettings.env_lang": "CodeEnvSettings",
    "DSSCodeEnvSettings.env_name": "CodeEnvSettings",
    "DSSCodeEnvContainerConfsBearer.get_dockerfile_fragment": "CodeEnvSettings",
    "DSSCodeEnvPackageListBearer.get_required_packages": "requiredPackages",
    "DSSCodeEnvPackageListBearer.set_required_packages": "setRequiredPackages",
    "DSSCodeEnvPackageListBearer.get_required_conda_spec": "requiredCondaPackages",
    "DSSCodeEnvPackageListBearer.set_required_conda_spec": "setRequiredCondaPackages",
    "DSSCodeEnvContainerConfsBearer.get_built_for_all_container_confs": "CodeEnvSettings",
    "DSSCodeEnvContainerConfsBearer.get_built_container_confs": "CodeEnvSettings",
    "DSSCodeEnvContainerConfsBearer.set_built_container_confs": "setContainerConfs",
    "DSSCodeEnvContainerConfsBearer.built_for_all_spark_kubernetes_confs": "CodeEnvSettings",
    "DSSCodeEnvContainerConfsBearer.get_built_spark_kubernetes_confs": "CodeEnvSettings",
    "DSSCodeEnvContainerConfsBearer.set_built_spark_kubernetes_confs": "setSparkKubernetesConfs",
    "DSSCodeEnvContainerConfsBearer.get_cache_busting_location": "CodeEnvSettings",
    "DSSCodeEnvContainerConfsBearer.set_cache_busting_location": "setCacheBustingLocation",
    "DSSCodeEnvContainerConfsBearer.set_dockerfile_fragment": "setDockerfileFragment",
    "DSSCodeEnvContainerConfsBearer.add_container_runtime_addition": "addContainerHook",
    "DSSCodeEnvContainerConfsBearer.get_container_runtime_additions": "CodeEnvSettings",
    "DSSAutomationCodeEnvSettings.get_version": "codeEnvVersion",
    "DSSDesignCodeEnvSettings.get_raw": "CodeEnvs.settings",
    "DSSAutomationCodeEnvSettings.get_raw": "CodeEnvs.settings",
    "DSSAutomationCodeEnvVersionSettings.get_raw": "codeEnvVersion",
  },
  samples: {
    "POST /admin/code-envs/internal-env/create": codeEnvResult.in("maximal"),
    "POST /admin/code-envs/from-python-preset/{}": codeEnvResult.in("maximal"),
    "POST /admin/code-envs/{}/{}": codeEnvResult.in("maximal"),
    "DELETE /admin/code-envs/{}/{}": codeEnvResult.in("maximal"),
    "POST /admin/code-envs/{}/{}/{}": codeEnvResult.in("maximal"),
  },
};

export default codeEnvs;
