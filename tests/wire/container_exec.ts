/** The execution in containers: our calls for those of the official client. */
import type { Noun } from "./harness/noun.ts";

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
  },
};

export default containerExec;
