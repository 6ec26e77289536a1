/**
 * Code environments of the simulated DSS: they are made, built, and keep the logs of their builds.
 *
 * @module
 * @internal
 */
import { isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { type Slice, slice } from "../kernel/slice.ts";

/** A code environment. */
export interface CodeEnvRecord {
  readonly lang: string;
  readonly name: string;
  /** Its settings; replaced as a whole, never changed. */
  settings: JsonObject;
  isUptodate: boolean;
  /** What uses it. */
  readonly usages: ReadonlyArray<JsonObject>;
  /** Texts of its logs by name, oldest first. */
  readonly logs: Map<string, string>;
  /** Whether its files were never made, because the machine lacks its interpreter: it can only be listed, deleted, and its logs read. */
  isBroken: boolean;
}

/** Code environments, as `PYTHON.py311_ds`. */
export const codeEnvs: Slice<Map<string, CodeEnvRecord>> = slice("codeEnvs", () => new Map());

/** Languages of code environments. */
export const languages: ReadonlyArray<string> = ["PYTHON", "R"];

/** Who can manage the packages of a code environment. */
export const deploymentModes: ReadonlyArray<string> = [
  "DESIGN_MANAGED",
  "DESIGN_NON_MANAGED",
  "PLUGIN_MANAGED",
  "PLUGIN_NON_MANAGED",
  "BUSINESS_APP_MANAGED",
  "AUTOMATION_SINGLE",
  "AUTOMATION_VERSIONED",
  "AUTOMATION_NON_MANAGED_PATH",
  "EXTERNAL_CONDA_NAMED",
  "DSS_INTERNAL",
];

/** Interpreters of the machine; what else a code environment may ask for, it lacks. */
const interpreters: ReadonlyArray<string> = ["PYTHON39", "PYTHON310", "PYTHON311", "PYTHON312", "PYTHON313", "CUSTOM"];

/** Whether the machine has the interpreter that a description asks for. */
export const hasInterpreter = ({ pythonInterpreter }: JsonObject): boolean =>
  pythonInterpreter === undefined || pythonInterpreter === null || interpreters.includes(String(pythonInterpreter));

/** What DSS repeats in `desc`; there it follows the document. */
const repeated = ["usableByAll", "allContainerConfs", "containerConfs"];

/** Settings as DSS stores them: of what is in `desc` too, the document itself counts. */
export const storedSettings = (settings: JsonObject): JsonObject => {
  const { desc } = settings;
  if (!isJsonObject(desc)) return settings;
  const values = repeated.flatMap((key) => key in settings ? [[key, settings[key]]] : []);
  return { ...settings, desc: { ...desc, ...Object.fromEntries(values) } };
};

/** Key of a code environment in the world; DSS takes its language in either case. */
export const codeEnvKey = (lang: string, name: string): string => `${lang.toUpperCase()}.${name}`;

/** Makes a code environment, not yet built. */
export const addCodeEnv = (
  world: World,
  lang: string,
  name: string,
  { deploymentMode, specPackageList = "", owner, allContainerConfs = false, ...described }: JsonObject,
  usages: ReadonlyArray<JsonObject> = [],
): CodeEnvRecord => {
  const desc = {
    ...(lang.toUpperCase() === "PYTHON" ? { pythonInterpreter: "PYTHON311", corePackagesSet: "PANDAS23" } : {}),
    conda: false,
    installCorePackages: true,
    installJupyterSupport: true,
    ...described,
    deploymentMode,
  };
  const packages = { specPackageList, specCondaEnvironment: "", actualPackageList: "" };
  const automation = {
    AUTOMATION_SINGLE: { versions: [], currentVersion: { ...packages, desc } },
    AUTOMATION_VERSIONED: { versions: [] },
    AUTOMATION_NON_MANAGED_PATH: { versions: [], noVersion: { ...packages, desc } },
  }[String(deploymentMode)];
  const record: CodeEnvRecord = {
    lang: lang.toUpperCase(),
    name,
    settings: storedSettings({
      envName: name,
      envLang: lang.toUpperCase(),
      deploymentMode,
      owner,
      usableByAll: true,
      permissions: [],
      allContainerConfs,
      containerConfs: [],
      allSparkKubernetesConfs: false,
      sparkKubernetesConfs: [],
      ...(automation ?? { ...packages, desc }),
    }),
    isUptodate: false,
    isBroken: false,
    usages: usages.map((usage) => ({ ...usage, envLang: lang.toUpperCase(), envName: name })),
    logs: new Map(),
  };
  world.of(codeEnvs).set(codeEnvKey(lang, name), record);
  return record;
};

/** What a list says of a code environment. */
export const listed = ({ lang, name, settings, isUptodate }: CodeEnvRecord): JsonObject => ({
  envName: name,
  envLang: lang,
  deploymentMode: settings.deploymentMode,
  owner: settings.owner,
  pythonInterpreter: (settings.desc as JsonObject | undefined)?.pythonInterpreter,
  isUptodate,
});

/** Whether a code environment has versions with ids. */
export const hasVersions = ({ settings }: CodeEnvRecord): boolean => settings.deploymentMode === "AUTOMATION_VERSIONED";

/** The versions with ids. */
export const versionsOf = ({ settings }: CodeEnvRecord): ReadonlyArray<JsonObject> =>
  (settings.versions ?? []) as ReadonlyArray<JsonObject>;

const built = (part: JsonObject): JsonObject => ({
  ...part,
  actualPackageList: [
    ...(part.desc as JsonObject | undefined)?.installCorePackages === false ? [] : ["pandas==2.3.3", "numpy==2.3.3"],
    ...String(part.specPackageList ?? "").split("\n").filter((line) => line !== ""),
  ].join("\n"),
});

/** Installs what the settings ask for: everywhere, or in one version. */
export const installPackages = (record: CodeEnvRecord, versionId: string | null): void => {
  const { settings } = record;
  const own = ["currentVersion", "noVersion"].filter((key) => settings[key] !== undefined && settings[key] !== null);
  const versions = versionsOf(record).map((version) =>
    versionId === null || version.versionId === versionId ? built(version) : version
  );
  record.settings = settings.versions === undefined || settings.versions === null ? built(settings) : {
    ...settings,
    versions,
    ...Object.fromEntries(own.map((key) => [key, built(settings[key] as JsonObject)])),
  };
  record.isUptodate = true;
};

/** Begins a log; gives what writes further lines into it. */
export const openLog = (
  { logs, name }: CodeEnvRecord,
  task: string,
  at: number,
): (line: string, at: number) => void => {
  const stamp = (time: number) => new Date(time).toISOString().replace("T", " ").slice(0, -1);
  const base = `${task}-${new Date(at).toISOString().slice(0, -5).replaceAll(":", "-")}`;
  let log = `${base}.log`;
  for (let number = 2; logs.has(log); number++) log = `${base}_${number}.log`;
  const write = (line: string, at: number): void => {
    logs.set(log, `${logs.get(log) ?? ""}[${stamp(at)}] ${line}\n`);
  };
  write(`${task} of ${name} begins`, at);
  return write;
};
