/**
 * Pure edits of code environments, for `CodeEnvs.updateSettings`: each changes what it says and keeps everything else.
 *
 * @example
 * ```ts
 * import { pipe } from "effect";
 * import { type CodeEnvSettings, requiredPackages, setContainerConfs, setRequiredPackages } from "@effect-dataiku/dss/code-envs";
 *
 * const env: CodeEnvSettings = { envName: "py311_ds", envLang: "PYTHON", deploymentMode: "DESIGN_MANAGED" };
 * const edited = pipe(env, setRequiredPackages(["tabulate==0.9.0", "nameparser"]), setContainerConfs("all"));
 * if (requiredPackages(edited).length !== 2 || edited.allContainerConfs !== true) throw new Error("unexpected");
 * ```
 *
 * @module
 */
import { linesOf } from "../../src/json/file_text.ts";
import type {
  CacheBustingLocation,
  CodeEnvImages,
  CodeEnvPackages,
  CodeEnvSettings,
  CodeEnvVersion,
} from "./code_env_settings.ts";

/** An edit of a code environment, or of a version of one. */
export type CodeEnvEdit = <E extends CodeEnvPackages & CodeEnvImages>(env: E) => E;

/** Where lines can be put into the Dockerfile of a code environment. */
export type DockerfileLocation = Extract<keyof CodeEnvImages, `dockerfile${string}`>;

/** The packages of a list: one a line, also in a file that was written on Windows. */
const packagesOf = (text: string | null | undefined): ReadonlyArray<string> =>
  linesOf(text ?? "").filter((line) => line.trim() !== "");

/** The packages of pip or R that a code environment, or a version of one, must have. */
export function requiredPackages(env: CodeEnvPackages): ReadonlyArray<string> {
  return packagesOf(env.specPackageList);
}

/** Sets the packages of pip or R that are required, as `pandas==2.2.3`; they are installed by `CodeEnvs.updatePackages`. */
export function setRequiredPackages(packages: ReadonlyArray<string>): CodeEnvEdit {
  return (env) => ({ ...env, specPackageList: packages.flatMap(linesOf).join("\n") });
}

/** The packages of conda that a code environment, or a version of one, must have. */
export function requiredCondaPackages(env: CodeEnvPackages): ReadonlyArray<string> {
  return packagesOf(env.specCondaEnvironment);
}

/** Sets the packages of conda that are required. */
export function setRequiredCondaPackages(packages: ReadonlyArray<string>): CodeEnvEdit {
  return (env) => ({ ...env, specCondaEnvironment: packages.flatMap(linesOf).join("\n") });
}

/** Sets for which container configurations images are built; they are built by `CodeEnvs.updateImages`. */
export function setContainerConfs(names: ReadonlyArray<string> | "all"): CodeEnvEdit {
  return (env) =>
    names === "all" ? { ...env, allContainerConfs: true } : {
      ...env,
      allContainerConfs: false,
      containerConfs: names,
    };
}

/** Sets for which Spark configurations on Kubernetes images are built. */
export function setSparkKubernetesConfs(
  names: ReadonlyArray<string> | "all",
): CodeEnvEdit {
  return (env) =>
    names === "all" ? { ...env, allSparkKubernetesConfs: true } : {
      ...env,
      allSparkKubernetesConfs: false,
      sparkKubernetesConfs: names,
    };
}

/** Sets where the cache of the images is invalidated. */
export function setCacheBustingLocation(location: CacheBustingLocation): CodeEnvEdit {
  return (env) => ({ ...env, containerCacheBustingLocation: location });
}

/** Sets lines of the Dockerfile at one place. */
export function setDockerfileFragment(
  location: DockerfileLocation,
  fragment: string,
): CodeEnvEdit {
  return (env) => ({ ...env, [location]: fragment });
}

/** Adds a prepared addition to the images, as `BASIC_GPU_ENABLING`; one that is there is not added again. */
export function addContainerHook(type: string): CodeEnvEdit {
  return (env) => {
    const hooks = env.predefinedContainerHooks ?? [];
    return hooks.some((hook) => hook.type === type) ? env : { ...env, predefinedContainerHooks: [...hooks, { type }] };
  };
}

/** Whether a code environment is one of an automation node: its packages are those of its versions. */
export function isAutomationCodeEnv(settings: CodeEnvSettings): boolean {
  return (settings.versions ?? undefined) !== undefined;
}

/** Where the version of an environment without ids of versions is kept. */
const ownVersion = ({ deploymentMode }: CodeEnvSettings): "currentVersion" | "noVersion" =>
  deploymentMode === "AUTOMATION_SINGLE" ? "currentVersion" : "noVersion";

/**
 * A version of a code environment of an automation node, or `undefined` when there is none.
 *
 * @param versionId Which one, with `AUTOMATION_VERSIONED`; the others have one only.
 */
export function codeEnvVersion(settings: CodeEnvSettings, versionId?: string): CodeEnvVersion | undefined {
  if (settings.deploymentMode === "AUTOMATION_VERSIONED") {
    return settings.versions?.find((version) => version.versionId === versionId);
  }
  return settings[ownVersion(settings)] ?? undefined;
}

/**
 * Edits a version of a code environment of an automation node; settings without it stay as they are, see {@linkcode codeEnvVersion}.
 *
 * @param versionId Which one, with `AUTOMATION_VERSIONED`; the others have one only.
 */
export function editCodeEnvVersion(
  edit: (version: CodeEnvVersion) => CodeEnvVersion,
  versionId?: string,
): (settings: CodeEnvSettings) => CodeEnvSettings {
  return (settings) => {
    const version = codeEnvVersion(settings, versionId);
    if (version === undefined) return settings;
    if (settings.deploymentMode !== "AUTOMATION_VERSIONED") {
      return { ...settings, [ownVersion(settings)]: edit(version) };
    }
    const versions = settings.versions?.map((one) => one === version ? edit(one) : one) ?? [];
    return { ...settings, versions };
  };
}
