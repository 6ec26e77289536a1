/**
 * Code environments, as DSS answers them.
 *
 * @module
 */
import { always, type Document, document, oneOf, optional } from "../document.ts";
import { infoMessages } from "../automation/futures.ts";

/** A code environment in a list. */
export const codeEnv: Document = document({
  envName: always("py311_ds"),
  envLang: always(oneOf("PYTHON")),
  deploymentMode: always(oneOf("DESIGN_MANAGED")),
  owner: optional("maria"),
  pythonInterpreter: optional(oneOf("PYTHON311")),
  isUptodate: optional(true),
});

const packages = {
  specPackageList: optional("tabulate\nnameparser"),
  actualPackageList: optional("tabulate==0.9.0\nnameparser==1.1.3"),
  specCondaEnvironment: optional(""),
};

const description = document({
  pythonInterpreter: optional(oneOf("PYTHON311")),
  conda: optional(false),
  corePackagesSet: optional(oneOf("PANDAS23")),
  installCorePackages: optional(true),
  installJupyterSupport: optional(true),
  deploymentMode: optional(oneOf("DESIGN_MANAGED")),
  envSettings: optional({ inheritGlobalSettings: true }),
});

const version = document({ versionId: optional("v1"), ...packages, desc: optional(description) });

/** The settings of a code environment. */
export const codeEnvSettings: Document = document({
  envName: always("py311_ds"),
  envLang: always(oneOf("PYTHON")),
  deploymentMode: always(oneOf("DESIGN_MANAGED")),
  owner: optional("maria"),
  ...packages,
  usableByAll: optional(true),
  permissions: optional([{ group: "data_team", use: true }]),
  allContainerConfs: optional(false),
  containerConfs: optional(["eks-default"]),
  allSparkKubernetesConfs: optional(false),
  sparkKubernetesConfs: optional([]),
  containerCacheBustingLocation: optional(oneOf("AFTER_START_DOCKERFILE")),
  predefinedContainerHooks: optional([document({ type: always(oneOf("BASIC_GPU_ENABLING")) })]),
  dockerfileAtStart: optional("RUN true"),
  dockerfileBeforePackages: optional(""),
  dockerfileAfterCondaPackages: optional(""),
  dockerfileAfterPackages: optional(""),
  dockerfileAtEnd: optional("RUN x"),
  desc: optional(description),
  versions: optional([version]),
  currentVersion: optional(version),
  noVersion: optional(version),
  info: optional({}),
});

/** Something that uses a code environment. */
export const codeEnvUsage: Document = document({
  envUsage: always(oneOf("RECIPE")),
  envLang: optional(oneOf("PYTHON")),
  envName: optional("py311_ds"),
  projectKey: optional("CHURN"),
  objectId: optional("compute_features"),
});

/** A log of a code environment. */
export const codeEnvLog: Document = document({ name: always("updatePackages.log") });

/** The version that a project uses. */
export const codeEnvProjectVersion: Document = document({ version: optional("v2"), bundleId: optional("b7") });

/** What came of the work on a code environment. */
export const codeEnvResult: Document = document({
  envName: optional("py311_ds"),
  messages: optional(infoMessages({ error: false, fatal: false })),
});
