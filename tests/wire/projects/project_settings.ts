/** The documents of projects: our calls for those of the official client. */
import { Effect, flow } from "effect";
import {
  exposeObject,
  setContainerConfiguration,
  setHadoopCluster,
  setKubernetesCluster,
  setPythonCodeEnv,
  setRCodeEnv,
  setVariables,
} from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const key = "WIRE_PROJ";

const projectSettings: Noun = {
  areas: [],
  methods: {
    "DSSProject.get_metadata": {
      ours: "ProjectSettings.metadata",
      calls: [({ projectSettings }) => projectSettings.metadata(key)],
    },
    "DSSProject.set_metadata": {
      ours: "ProjectSettings.saveMetadata",
      calls: [({ projectSettings }) => projectSettings.saveMetadata(key, { label: "l" })],
    },
    "DSSProject.get_settings": {
      ours: "ProjectSettings.settings",
      calls: [({ projectSettings }) => projectSettings.settings(key)],
    },
    "DSSProject.get_permissions": {
      ours: "ProjectSettings.permissions",
      calls: [({ projectSettings }) => projectSettings.permissions(key)],
    },
    "DSSProject.set_permissions": {
      ours: "ProjectSettings.savePermissions",
      calls: [({ projectSettings }) => projectSettings.savePermissions(key, { owner: "admin", permissions: [] })],
    },
    "DSSProject.get_variables": {
      ours: "ProjectSettings.variables",
      calls: [({ projectSettings }) => projectSettings.variables(key)],
    },
    "DSSProject.set_variables": {
      ours: "ProjectSettings.saveVariables",
      calls: [
        ({ projectSettings }) => projectSettings.saveVariables(key, { standard: { a: 1 }, local: {} }),
        // JSON has no NaN: the recorded one is the text that the recording says of it.
        ({ projectSettings }) =>
          projectSettings.saveVariables(key, { standard: { é: "✓", nan: "bare word NaN" }, local: {} }),
        // Refused before anything is sent: here by its type.
        () => Effect.void,
      ],
    },
    "DSSProject.update_variables": {
      ours: "setVariables",
      calls: [
        ({ projectSettings }) => projectSettings.updateVariables(key, setVariables({ a: 2 })),
        ({ projectSettings }) => projectSettings.updateVariables(key, setVariables({ a: 2 }, "local")),
      ],
    },
    "DSSProject.get_tags": {
      ours: "ProjectSettings.tags",
      calls: [({ projectSettings }) => projectSettings.tags(key)],
    },
    "DSSProject.set_tags": {
      ours: "ProjectSettings.saveTags",
      calls: [
        ({ projectSettings }) => projectSettings.saveTags(key, {}),
        ({ projectSettings }) => projectSettings.saveTags(key, { tags: { t: {} } }),
      ],
    },
    "DSSProjectSettings.save": {
      ours: "ProjectSettings.updateSettings",
      calls: [
        ({ projectSettings }) =>
          projectSettings.updateSettings(
            key,
            flow(
              flow(setPythonCodeEnv("py"), setPythonCodeEnv(undefined), setRCodeEnv("r"), setRCodeEnv(undefined)),
              setContainerConfiguration(undefined),
              setContainerConfiguration("c"),
              setKubernetesCluster(undefined),
              setKubernetesCluster("k", "fb"),
              setHadoopCluster(undefined),
              setHadoopCluster("k", "fb"),
              exposeObject("DATASET", "x", "P3"),
              exposeObject("DATASET", "y", "P2"),
            ),
          ),
      ],
    },
  },
  withoutRequest: {
    "DSSProjectSettings.get_raw": "ProjectSettings.settings",
    "DSSProjectSettings.set_python_code_env": "setPythonCodeEnv",
    "DSSProjectSettings.set_r_code_env": "setRCodeEnv",
    "DSSProjectSettings.set_container_exec_config": "setContainerConfiguration",
    "DSSProjectSettings.set_k8s_cluster": "setKubernetesCluster",
    "DSSProjectSettings.set_cluster": "setHadoopCluster",
    "DSSProjectSettings.add_exposed_object": "exposeObject",
  },
  samples: { "GET /projects/{}/variables/": { standard: {}, local: {} } },
};

export default projectSettings;
