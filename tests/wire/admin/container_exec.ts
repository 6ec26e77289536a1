/** The execution in containers: our calls for those of the official client. */
import { Effect } from "effect";
import type { Noun } from "../harness/noun.ts";

const containerExec: Noun = {
  areas: [],
  methods: {
    "DSSClient.push_base_images": {
      ours: "ContainerExec.pushBaseImages",
      calls: [({ containerExec }) => containerExec.startPushBaseImages()],
    },
    "DSSClient.apply_kubernetes_namespaces_policies": {
      ours: "ContainerExec.applyKubernetesPolicies",
      calls: [({ containerExec }) => containerExec.startApplyKubernetesPolicies()],
    },
    "DSSClient.build_cde_plugins_image": {
      ours: "ContainerExec.buildCdePluginsImage",
      calls: [({ containerExec }) => containerExec.startBuildCdePluginsImage()],
    },
    "DSSClient.install_jupyter_support": {
      ours: "ContainerExec.installJupyterSupport",
      calls: [({ containerExec }) => containerExec.startInstallJupyterSupport()],
    },
    "DSSClient.remove_jupyter_support": {
      ours: "ContainerExec.removeJupyterSupport",
      calls: [({ containerExec }) => containerExec.startRemoveJupyterSupport()],
    },
    // Python reads the general settings first, because its method is one of them.
    "DSSGeneralSettings.push_container_exec_base_images": {
      ours: "ContainerExec.pushBaseImages",
      calls: [
        ({ containerExec, generalSettings }) => Effect.andThen(generalSettings.get(), containerExec.pushBaseImages()),
      ],
    },
  },
  samples: {
    "POST /admin/container-exec/actions/push-base-images": {
      messages: { success: false, warning: false, fatal: false },
    },
  },
};

export default containerExec;
