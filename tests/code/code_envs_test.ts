import { describe, expect, it } from "@effect/vitest";
import { Effect, flow } from "effect";
import {
  type AllServices,
  CodeEnvs,
  type CodeEnvSettings,
  codeEnvVersion,
  editCodeEnvVersion,
  isAutomationCodeEnv,
  requiredCondaPackages,
  requiredPackages,
  setContainerConfs,
  setRequiredCondaPackages,
  setRequiredPackages,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const [lang, name] = ["PYTHON", "py311_ds"];
const simulated = <A, E>(test: Effect.Effect<A, E, Simulator | AllServices>) => Effect.provide(test, Simulator.layer());

const known = stateOf("codeEnvs");
const script = (object: string, outcome: Parameters<Simulator["script"]>[1]) =>
  Effect.flatMap(Simulator, (simulator) => simulator.script(object, outcome));
const lastLog = Effect.gen(function* () {
  const codeEnvs = yield* CodeEnvs;
  const logs = yield* codeEnvs.logs(lang, name);
  return yield* codeEnvs.log(lang, name, logs.at(-1)!.name);
});

describe("a list of packages", () => {
  const lists: ReadonlyArray<readonly [string, string | null, ReadonlyArray<string>]> = [
    ["of Linux", "pandas==2.2.3\nnumpy\n", ["pandas==2.2.3", "numpy"]],
    ["of Windows", "pandas==2.2.3\r\nnumpy\r\n", ["pandas==2.2.3", "numpy"]],
    ["of an old Mac", "pandas==2.2.3\rnumpy", ["pandas==2.2.3", "numpy"]],
    ["of both", "pandas==2.2.3\r\nnumpy\n", ["pandas==2.2.3", "numpy"]],
    ["with a byte order mark", "\uFEFFpandas==2.2.3\r\n", ["pandas==2.2.3"]],
    ["with empty lines", "\r\n \r\npandas==2.2.3\n\n", ["pandas==2.2.3"]],
    ["of one line", "pandas==2.2.3", ["pandas==2.2.3"]],
    ["that is empty", "", []],
    ["that is not there", null, []],
  ];
  it.each(lists)("%s is read line by line", (_, text, packages) => {
    const env = { specPackageList: text, specCondaEnvironment: text };
    expect(requiredPackages(env)).toEqual(packages);
    expect(requiredCondaPackages(env)).toEqual(packages);
    // What was read on Windows and cut at its line feeds is written as DSS wants it.
    const again = (text ?? "").split("\n");
    const settings: CodeEnvSettings = { envName: "e", envLang: "PYTHON", deploymentMode: "DESIGN_MANAGED" };
    expect(setRequiredPackages(again)(settings).specPackageList).not.toMatch(/\r|\uFEFF/);
    expect(requiredPackages(setRequiredPackages(again)(settings))).toEqual(packages);
    expect(requiredCondaPackages(setRequiredCondaPackages(again)(settings))).toEqual(packages);
  });
});

describe("the life of a code environment", () => {
  it.effect("created is listed, saved is read back, deleted is gone", () =>
    simulated(Effect.gen(function* () {
      const codeEnvs = yield* CodeEnvs;
      const made = yield* during(
        "1 minute",
        codeEnvs.create(lang, "py312", { pythonInterpreter: "PYTHON312", installJupyterSupport: false }),
      );
      expect(made).toMatchObject({ envName: "py312", messages: { error: false, success: true } });
      const listed = (yield* codeEnvs.list()).find(({ envName }) => envName === "py312");
      expect(listed).toMatchObject({ envLang: lang, deploymentMode: "DESIGN_MANAGED", pythonInterpreter: "PYTHON312" });
      const edit = flow(setRequiredPackages(["duckdb==1.3.0"]), setContainerConfs("all"));
      yield* codeEnvs.updateSettings(lang, "py312", edit);
      const settings = yield* codeEnvs.settings(lang, "py312");
      expect(requiredPackages(settings)).toEqual(["duckdb==1.3.0"]);
      expect(settings).toMatchObject({ allContainerConfs: true, desc: { installJupyterSupport: false } });
      yield* during("1 minute", codeEnvs.delete(lang, "py312"));
      expect((yield* codeEnvs.list()).map(({ envName }) => envName)).not.toContain("py312");
      const error = yield* Effect.flip(codeEnvs.settings(lang, "py312"));
      expect(error.reason._tag).toBe("NotFound");
    })));

  it.effect("what is required is installed by an update of the packages alone", () =>
    simulated(Effect.gen(function* () {
      const codeEnvs = yield* CodeEnvs;
      const isUptodate = Effect.map(codeEnvs.list(), (all) => all.find(({ envName }) => envName === name)?.isUptodate);
      yield* codeEnvs.updateSettings(lang, name, setRequiredPackages(["polars==1.34.0"]));
      expect(yield* isUptodate).toBe(false);
      yield* during("1 minute", codeEnvs.updatePackages(lang, name, { rebuild: true }));
      expect(yield* isUptodate).toBe(true);
      expect((yield* codeEnvs.settings(lang, name)).actualPackageList).toContain("polars==1.34.0");
      expect(yield* lastLog).toContain("from scratch");
    })));

  it.effect("jupyter support, images, presets and internal environments are work too", () =>
    simulated(Effect.gen(function* () {
      const codeEnvs = yield* CodeEnvs;
      yield* during("1 minute", codeEnvs.setJupyterSupport(lang, name, false));
      expect((yield* codeEnvs.settings(lang, name)).desc?.installJupyterSupport).toBe(false);
      yield* during("2 minutes", codeEnvs.updateImages(lang, name));
      expect(yield* lastLog).toContain("Building the images");
      const preset = yield* during("1 minute", codeEnvs.createFromPreset("statistics", { prefix: "team_" }));
      expect(preset.envName).toBe("team_statistics");
      const refused = yield* Effect.flip(
        codeEnvs.createFromPreset("statistics", { prefix: "team_", allowUpdate: false }),
      );
      expect(refused).toMatchObject({ reason: { _tag: "Conflict" } });
      const internal = yield* during("2 minutes", codeEnvs.createInternal("RAG_CODE_ENV"));
      expect((yield* codeEnvs.settings(lang, internal.envName!)).deploymentMode).toBe("DSS_INTERNAL");
    })));

  it.effect("usages, and the version that a project uses", () =>
    simulated(Effect.gen(function* () {
      const codeEnvs = yield* CodeEnvs;
      const usages = yield* codeEnvs.usages(lang, name);
      expect(usages.map(({ envUsage, projectKey }) => [envUsage, projectKey])).toEqual([
        ["PROJECT", "SALES"],
        ["RECIPE", "CHURN"],
      ]);
      expect(yield* codeEnvs.listUsages()).toEqual(expect.arrayContaining([...usages]));
      expect(yield* codeEnvs.versionForProject(lang, "churn_scoring", "CHURN")).toMatchObject({ version: "v2" });
      expect(yield* codeEnvs.versionForProject(lang, "churn_scoring", "SALES")).toEqual({});
    })));

  it.effect("a version of an automation node is edited by itself", () =>
    simulated(Effect.gen(function* () {
      const codeEnvs = yield* CodeEnvs;
      const edit = editCodeEnvVersion(setRequiredPackages(["xgboost==3.0.0"]), "v1");
      const settings = yield* codeEnvs.updateSettings(lang, "churn_scoring", edit);
      expect(isAutomationCodeEnv(settings)).toBe(true);
      expect(requiredPackages(codeEnvVersion(settings, "v1")!)).toEqual(["xgboost==3.0.0"]);
      expect(requiredPackages(codeEnvVersion(settings, "v2")!)).toEqual(["xgboost==2.1.4"]);
      expect(codeEnvVersion(settings, "v3")).toBeUndefined();
      yield* during("1 minute", codeEnvs.updatePackages(lang, "churn_scoring", { version: "v1" }));
      const error = yield* Effect.flip(codeEnvs.updatePackages(lang, "churn_scoring", { version: "v3" }));
      expect(error).toMatchObject({ reason: { _tag: "NotFound" } });
    })));
});

describe("a build", () => {
  const message = "python3.9: command not found";

  it.effect("that fails is FutureFailed with the messages, and the log says why", () =>
    simulated(Effect.gen(function* () {
      yield* script(`code-envs/PYTHON.${name}`, { end: "fail", message });
      const codeEnvs = yield* CodeEnvs;
      const error = yield* Effect.flip(during("1 minute", codeEnvs.updatePackages(lang, name)));
      expect(error).toMatchObject({ _tag: "FutureFailed", messages: { error: true, messages: [{ message }] } });
      expect(error.message).toContain(message);
      expect(yield* lastLog).toContain(`ERROR: ${message}`);
    })));

  it.effect("that DSS refuses to begin is FutureFailed too", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* CodeEnvs).updatePackages(lang, name));
      expect(error).toMatchObject({ _tag: "FutureFailed", messages: { messages: [{ message }] } });
      expect((yield* Received).lines).toEqual([
        `POST /admin/code-envs/PYTHON/${name}/packages?forceRebuildEnv=false&wait=false`,
      ]);
    }).pipe(Effect.provide(
      dssServer(() => json({ messages: { error: true, messages: [{ severity: "ERROR", message }] } })),
    )));

  it.effect("that warns succeeds", () =>
    simulated(Effect.gen(function* () {
      yield* script(`code-envs/PYTHON.${name}`, { end: "warn", message: "tabulate was yanked" });
      const { messages } = yield* during("1 minute", (yield* CodeEnvs).updatePackages(lang, name));
      expect(messages).toMatchObject({ error: false, warning: true, messages: [{ message: "tabulate was yanked" }] });
    })));

  it.effect("that somebody aborts is FutureAborted, and one whose wait is interrupted is aborted", () =>
    simulated(Effect.gen(function* () {
      const codeEnvs = yield* CodeEnvs;
      yield* script(`code-envs/PYTHON.${name}`, { end: "abort", times: 1 });
      const error = yield* Effect.flip(during("1 minute", codeEnvs.updatePackages(lang, name)));
      expect(error._tag).toBe("FutureAborted");
      yield* script(`code-envs/PYTHON.${name}`, { end: "stall" });
      const waited = yield* during(
        "2 minutes",
        Effect.timeoutOption(codeEnvs.updatePackages(lang, name), "1 minute"),
      );
      expect(waited._tag).toBe("None");
      expect(yield* lastLog).toContain("was aborted");
    })));

  it.effect("has an operation with progress", () =>
    simulated(Effect.gen(function* () {
      const build = yield* (yield* CodeEnvs).startUpdatePackages(lang, name);
      expect(yield* build.state).toMatchObject({ phase: "RUNNING", progress: { done: 0, total: 20 } });
      expect(yield* during("1 minute", build.result)).toMatchObject({ messages: { success: true } });
    })));

  it.effect("whose deletion DSS forgot has succeeded when the environment is gone", () =>
    simulated(Effect.gen(function* () {
      const deletion = yield* (yield* CodeEnvs).startDelete("R", "r_stats");
      expect(yield* during("1 hour", Effect.delay(deletion.result, "30 minutes"))).toEqual({});
    })));
});

describe("what DSS refuses", () => {
  it.effect("changes nothing, and has the right reason", () =>
    simulated(Effect.gen(function* () {
      const codeEnvs = yield* CodeEnvs;
      const before = yield* known;
      const refusals: ReadonlyArray<readonly [string, Effect.Effect<unknown, unknown>]> = [
        ["Conflict", codeEnvs.create(lang, name)],
        ["Invalid", codeEnvs.create("COBOL", "x")],
        ["Invalid", codeEnvs.create(lang, "x", { deploymentMode: "NOWHERE" })],
        ["Invalid", codeEnvs.create(lang, "x", { params: { specPackageList: ["a"] } })],
        ["Invalid", codeEnvs.createInternal("X")],
        ["NotFound", codeEnvs.createFromPreset("nothing")],
        ["NotFound", codeEnvs.settings(lang, "nobody")],
        ["NotFound", codeEnvs.updatePackages(lang, "nobody")],
        ["NotFound", codeEnvs.updateImages(lang, "nobody")],
        ["NotFound", codeEnvs.setJupyterSupport(lang, "nobody", true)],
        ["NotFound", codeEnvs.delete(lang, "nobody")],
        ["NotFound", codeEnvs.usages(lang, "nobody")],
        ["NotFound", codeEnvs.logs(lang, "nobody")],
        ["NotFound", codeEnvs.log(lang, name, "nothing.log")],
        ["Invalid", codeEnvs.updatePackages(lang, name, { version: "v1" })],
        ["NotFound", codeEnvs.versionForProject(lang, name, "NOWHERE")],
        ["Invalid", codeEnvs.updateSettings(lang, name, (env) => ({ ...env, containerConfs: 3 as never }))],
        ["Invalid", codeEnvs.settings(lang, "")],
      ];
      for (const [tag, call] of refusals) {
        expect(yield* Effect.flip(call)).toMatchObject({ _tag: "DssError", reason: { _tag: tag } });
      }
      expect(yield* known).toEqual(before);
    })));

  itIsForAdministrators({
    "CodeEnvs.list": ({ codeEnvs }) => codeEnvs.list(),
    "CodeEnvs.listUsages": ({ codeEnvs }) => codeEnvs.listUsages(),
    "CodeEnvs.usages": ({ codeEnvs }) => codeEnvs.usages(lang, name),
    "CodeEnvs.versionForProject": ({ codeEnvs }) => codeEnvs.versionForProject(lang, name, "SALES"),
    "CodeEnvs.settings": ({ codeEnvs }) => codeEnvs.settings(lang, name),
    "CodeEnvs.updateSettings": ({ codeEnvs }) => codeEnvs.updateSettings(lang, name, (same) => same),
    "CodeEnvs.logs": ({ codeEnvs }) => codeEnvs.logs(lang, name),
    "CodeEnvs.log": ({ codeEnvs }) => codeEnvs.log(lang, name, "x"),
    "CodeEnvs.create": ({ codeEnvs }) => codeEnvs.create(lang, "x"),
    "CodeEnvs.createInternal": ({ codeEnvs }) => codeEnvs.createInternal("RAG_CODE_ENV"),
    "CodeEnvs.createFromPreset": ({ codeEnvs }) => codeEnvs.createFromPreset("statistics"),
    "CodeEnvs.updatePackages": ({ codeEnvs }) => codeEnvs.updatePackages(lang, name),
    "CodeEnvs.updateImages": ({ codeEnvs }) => codeEnvs.updateImages(lang, name),
    "CodeEnvs.setJupyterSupport": ({ codeEnvs }) => codeEnvs.setJupyterSupport(lang, name, false),
    "CodeEnvs.delete": ({ codeEnvs }) => codeEnvs.delete(lang, name),
  });
});
