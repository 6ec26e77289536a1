/**
 * Code environments: the interpreters and packages that code runs with.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import type * as Stream from "effect/Stream";
import {
  CodeEnv,
  type CodeEnvLang,
  CodeEnvLog,
  CodeEnvProjectVersion,
  CodeEnvResult,
  CodeEnvUsage,
} from "../../schemas/code/code_env.ts";
import { CodeEnvSettings } from "../../schemas/code/code_env_settings.ts";
import type {
  CreateCodeEnvFromPresetOptions,
  CreateCodeEnvOptions,
  CreateInternalCodeEnvOptions,
  UpdateCodeEnvImagesOptions,
  UpdateCodeEnvPackagesOptions,
} from "./code_env_options.ts";
import { Dss } from "../../src/connection/dss.ts";
import type { DssError } from "../../src/errors/dss_error.ts";
import type { FutureEnd } from "../../src/operation/future_failure.ts";
import type { FutureOperation } from "../../src/operation/future_operation.ts";
import { runOperation } from "../../src/operation/make_operation.ts";
import type { ContactLost, WaitOptions, WaitTimedOut } from "../../src/operation/operation.ts";
import { del, type DssRequest, get, path, post } from "../../src/transport/request.ts";
import { type DssService, service } from "../../src/connection/service.ts";
import { editing, type SaveOptions, type SettingsError } from "../../src/settings/settings.ts";
import { startFuture } from "../../src/operation/started_future.ts";

export * from "../../schemas/code/code_env.ts";
export * from "../../schemas/code/code_env_edits.ts";
export * from "../../schemas/code/code_env_settings.ts";
export type * from "./code_env_options.ts";

/** Work on a code environment, from its start to its end. */
export type CodeEnvWork = Effect.Effect<CodeEnvResult, DssError | FutureEnd | ContactLost | WaitTimedOut>;

/** The start of work on a code environment. */
export type CodeEnvStart = Effect.Effect<FutureOperation<CodeEnvResult>, DssError>;

/**
 * Code environments: the interpreters and packages that code runs with.
 *
 * What takes long comes twice: `updatePackages` starts the work, waits for its end, and aborts it when the wait is interrupted;
 * `startUpdatePackages` gives its operation. Work that fails is a `FutureFailed` with the messages of DSS, the log says more. Starts are
 * never sent twice: a lost answer is `OutcomeUnknown`. All of it needs a key that may create or manage code environments.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { CodeEnvs, setRequiredPackages } from "@effect-dataiku/dss/code-envs";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const codeEnvs = yield* CodeEnvs;
 *   yield* codeEnvs.updateSettings("PYTHON", "py311_ds", setRequiredPackages(["tabulate==0.9.0"]));
 *   const build = yield* codeEnvs.startUpdatePackages("PYTHON", "py311_ds");
 *   return (yield* build.state).phase;
 * });
 * const phase = await Effect.runPromise(Effect.provide(program, Simulator.layer()));
 * if (phase !== "RUNNING") throw new Error("unexpected");
 * ```
 */
export interface CodeEnvs {
  /** All code environments. */
  list(): Effect.Effect<ReadonlyArray<CodeEnv>, DssError>;
  /** What uses code environments, on the whole instance. */
  listUsages(): Effect.Effect<ReadonlyArray<CodeEnvUsage>, DssError>;
  /** What uses one code environment. */
  usages(lang: CodeEnvLang, name: string): Effect.Effect<ReadonlyArray<CodeEnvUsage>, DssError>;
  /** Which version of a code environment a project uses. */
  versionForProject(
    lang: CodeEnvLang,
    name: string,
    projectKey: string,
  ): Effect.Effect<CodeEnvProjectVersion, DssError>;
  /** The settings of a code environment. */
  settings(lang: CodeEnvLang, name: string): Effect.Effect<CodeEnvSettings, DssError>;
  /**
   * Changes the settings of a code environment: reads them, edits them, writes them, reads them back, and gives them as DSS has them then.
   * Nothing is installed by it, see `updatePackages`.
   *
   * @param edit A pure edit, see `setRequiredPackages` and others. What it throws is a defect.
   */
  updateSettings(
    lang: CodeEnvLang,
    name: string,
    edit: (settings: CodeEnvSettings) => CodeEnvSettings,
  ): Effect.Effect<CodeEnvSettings, DssError | SettingsError>;
  /**
   * Writes settings that were edited slowly, by a person or in a file, and reads them back.
   *
   * With `since`, the settings as they were when the edit began, nothing is written when they are not the same any more.
   */
  saveSettings(
    lang: CodeEnvLang,
    name: string,
    next: CodeEnvSettings,
    options?: SaveOptions<CodeEnvSettings>,
  ): Effect.Effect<CodeEnvSettings, DssError | SettingsError>;
  /** The logs of a code environment, as of its builds. */
  logs(lang: CodeEnvLang, name: string): Effect.Effect<ReadonlyArray<CodeEnvLog>, DssError>;
  /** A log. It shows what the tools of the build say, and may hold addresses of package indexes with their passwords. */
  log(lang: CodeEnvLang, name: string, log: string): Effect.Effect<string, DssError>;
  /** The bytes of a log, as they come: for logs that do not fit into memory. */
  logStream(lang: CodeEnvLang, name: string, log: string): Stream.Stream<Uint8Array, DssError>;
  /** Creates a code environment. A name that is taken is a `Conflict`. One whose first build failed may be there all the same. */
  create(lang: CodeEnvLang, name: string, options?: CreateCodeEnvOptions): CodeEnvWork;
  /** Starts what `create` does. */
  startCreate(lang: CodeEnvLang, name: string, options?: CreateCodeEnvOptions): CodeEnvStart;
  /** Creates a code environment that DSS needs itself, as of type `RAG_CODE_ENV`; the result has its name. */
  createInternal(type: string, options?: CreateInternalCodeEnvOptions): CodeEnvWork;
  /** Starts what `createInternal` does. */
  startCreateInternal(type: string, options?: CreateInternalCodeEnvOptions): CodeEnvStart;
  /** Creates, or brings up to date, a code environment of Python as DSS has it prepared. */
  createFromPreset(preset: string, options?: CreateCodeEnvFromPresetOptions): CodeEnvWork;
  /** Starts what `createFromPreset` does. */
  startCreateFromPreset(preset: string, options?: CreateCodeEnvFromPresetOptions): CodeEnvStart;
  /** Installs what the settings ask for. */
  updatePackages(lang: CodeEnvLang, name: string, options?: UpdateCodeEnvPackagesOptions): CodeEnvWork;
  /** Starts what `updatePackages` does. */
  startUpdatePackages(lang: CodeEnvLang, name: string, options?: UpdateCodeEnvPackagesOptions): CodeEnvStart;
  /** Builds the container images anew. It needs an administrator's key. */
  updateImages(lang: CodeEnvLang, name: string, options?: UpdateCodeEnvImagesOptions): CodeEnvWork;
  /** Starts what `updateImages` does. */
  startUpdateImages(lang: CodeEnvLang, name: string, options?: UpdateCodeEnvImagesOptions): CodeEnvStart;
  /** Lets notebooks use the code environment, or not. */
  setJupyterSupport(lang: CodeEnvLang, name: string, active: boolean, options?: WaitOptions): CodeEnvWork;
  /** Starts what `setJupyterSupport` does. */
  startSetJupyterSupport(lang: CodeEnvLang, name: string, active: boolean, options?: WaitOptions): CodeEnvStart;
  /** Deletes a code environment, whether it is used or not. */
  delete(lang: CodeEnvLang, name: string, options?: WaitOptions): CodeEnvWork;
  /** Starts what `delete` does. */
  startDelete(lang: CodeEnvLang, name: string, options?: WaitOptions): CodeEnvStart;
}

/** Key of {@linkcode CodeEnvs}, with its layer. */
export const CodeEnvs: DssService<CodeEnvs> = service(
  "CodeEnvs",
  Effect.map(Dss, (dss): CodeEnvs => {
    const logOf = (lang: CodeEnvLang, name: string, log: string) =>
      get(path`/admin/code-envs/${lang}/${name}/logs/${log}`, { streamedBy: "CodeEnvs.logStream" });
    const codeEnv = (lang: string, name: string) => path`/admin/code-envs/${lang}/${name}`;
    const { read, update, save } = editing(dss, {
      methods: ["CodeEnvs.settings", "CodeEnvs.updateSettings", "CodeEnvs.saveSettings"],
      schema: CodeEnvSettings,
      at: codeEnv,
    });
    const list = (method: string) => dss.json(method, get(path`/admin/code-envs/`), Schema.Array(CodeEnv));
    const usages = Schema.Array(CodeEnvUsage);
    const start = (method: string, request: DssRequest, options?: WaitOptions): CodeEnvStart =>
      startFuture(dss, { method, request, result: CodeEnvResult }, options);

    const startCreate: CodeEnvs["startCreate"] = (lang, name, options = {}) => {
      const { deploymentMode = "DESIGN_MANAGED", params, pythonInterpreter, conda } = options;
      const { installCorePackages, corePackagesSet, installJupyterSupport } = options;
      const described = { pythonInterpreter, conda, installCorePackages, corePackagesSet, installJupyterSupport };
      const json = { ...params, ...described, deploymentMode };
      return start("CodeEnvs.create", post(codeEnv(lang, name), { query: { wait: false }, json }), options);
    };
    const startCreateInternal: CodeEnvs["startCreateInternal"] = (type, options = {}) => {
      const { pythonInterpreter, version: codeEnvVersion } = options;
      const query = { dssInternalCodeEnvType: type, pythonInterpreter, codeEnvVersion, wait: false };
      return start("CodeEnvs.createInternal", post(path`/admin/code-envs/internal-env/create`, { query }), options);
    };
    const startCreateFromPreset: CodeEnvs["startCreateFromPreset"] = (preset, options = {}) => {
      const { allowUpdate = true, pythonInterpreter: interpreter, prefix } = options;
      const query = { allowUpdate, interpreter, prefix, wait: false };
      const request = post(path`/admin/code-envs/from-python-preset/${preset}`, { query });
      return start("CodeEnvs.createFromPreset", request, options);
    };
    const startUpdatePackages: CodeEnvs["startUpdatePackages"] = (lang, name, options = {}) => {
      const { rebuild: forceRebuildEnv = false, version: versionToUpdate } = options;
      const query = { forceRebuildEnv, versionToUpdate, wait: false };
      const request = post(path`/admin/code-envs/${lang}/${name}/packages`, { query });
      return start("CodeEnvs.updatePackages", request, options);
    };
    const startUpdateImages: CodeEnvs["startUpdateImages"] = (lang, name, options = {}) => {
      const query = { envVersion: options.version, wait: false };
      return start("CodeEnvs.updateImages", post(path`/admin/code-envs/${lang}/${name}/images`, { query }), options);
    };
    const startSetJupyterSupport: CodeEnvs["startSetJupyterSupport"] = (lang, name, active, options) => {
      const request = post(path`/admin/code-envs/${lang}/${name}/jupyter`, { query: { active, wait: false } });
      return start("CodeEnvs.setJupyterSupport", request, options);
    };
    const startDelete: CodeEnvs["startDelete"] = (lang, name, options) => {
      const method = "CodeEnvs.delete";
      const isIt = ({ envLang, envName }: CodeEnv): boolean => envLang === lang && envName === name;
      const forgotten = Effect.map(
        list(method),
        (all): Option.Option<CodeEnvResult> => all.some(isIt) ? Option.none() : Option.some({}),
      );
      const request = del(codeEnv(lang, name), { query: { wait: false } });
      return startFuture(dss, { method, request, result: CodeEnvResult, forgotten }, options);
    };
    return {
      list: () => list("CodeEnvs.list"),
      listUsages: () => dss.json("CodeEnvs.listUsages", get(path`/admin/code-envs/usages`), usages),
      usages: (lang, name) => dss.json("CodeEnvs.usages", get(path`/admin/code-envs/${lang}/${name}/usages`), usages),
      versionForProject: (lang, name, projectKey) =>
        dss.json(
          "CodeEnvs.versionForProject",
          get(path`/admin/code-envs/${lang}/${name}/${projectKey}/version`),
          CodeEnvProjectVersion,
        ),
      settings: read,
      updateSettings: update,
      saveSettings: save,
      logs: (lang, name) =>
        dss.json("CodeEnvs.logs", get(path`/admin/code-envs/${lang}/${name}/logs`), Schema.Array(CodeEnvLog)),
      log: (...args) => dss.text("CodeEnvs.log", logOf(...args)),
      logStream: (...args) => dss.stream("CodeEnvs.logStream", logOf(...args)),
      create: (...args) => runOperation(startCreate(...args)),
      startCreate,
      createInternal: (...args) => runOperation(startCreateInternal(...args)),
      startCreateInternal,
      createFromPreset: (...args) => runOperation(startCreateFromPreset(...args)),
      startCreateFromPreset,
      updatePackages: (...args) => runOperation(startUpdatePackages(...args)),
      startUpdatePackages,
      updateImages: (...args) => runOperation(startUpdateImages(...args)),
      startUpdateImages,
      setJupyterSupport: (...args) => runOperation(startSetJupyterSupport(...args)),
      startSetJupyterSupport,
      delete: (...args) => runOperation(startDelete(...args)),
      startDelete,
    };
  }),
);
