import { describe, expect, it } from "@effect/vitest";
import { Effect, Stream } from "effect";
import {
  CodeEnvs,
  type DssError,
  PluginFile,
  PluginFiles,
  PluginPreset,
  Plugins,
  PluginSettings,
  PluginSettingsDocument,
  PluginUsages,
  presetDefaults,
  Projects,
  removePreset,
  setParameterSetPermission,
  setPluginCodeEnv,
  setPreset,
  setPresetUsableBy,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { readZip } from "../../src/simulator/kernel/zip.ts";
import { archiveOf, pluginArchive } from "../fixtures/archive.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const versions = Effect.map(
  Effect.flatMap(Plugins, (plugins) => plugins.list()),
  (all) => Object.fromEntries(all.map(({ id, version }) => [id, version])),
);

const bytesOf = <E>(bytes: Stream.Stream<Uint8Array, E>): Effect.Effect<Uint8Array, E> =>
  Effect.map(Stream.runCollect(bytes), (pieces) => new Uint8Array(pieces.flatMap((piece) => [...piece])));

describe("plugins on a simulated DSS", () => {
  it.effect("are installed, brought up to date, and removed", () =>
    Effect.gen(function* () {
      const plugins = yield* Plugins;
      const work = <A, E>(effect: Effect.Effect<A, E>) => during("1 minute", effect);
      const installed = yield* work(
        plugins.installFromArchive(pluginArchive("mine", "1.0.0")),
      );
      expect(installed).toMatchObject({ success: true, messages: { success: true } });
      const archive = pluginArchive("yours", "0.9.0");
      yield* work(Effect.flatMap(plugins.startInstallFromArchive(archive), ({ result }) => result));
      yield* work(plugins.installFromStore("tesseract-ocr"));
      yield* work(plugins.installFromGit("git@github.com:acme/dss-plugin-clock.git"));
      yield* work(plugins.updateFromStore("geoadmin"));
      yield* work(plugins.updateFromArchive("mine", pluginArchive("mine", "1.1.0")));
      yield* work(plugins.updateFromGit("yours", "https://example.com/x.git", { checkout: "main", subpath: "yours" }));
      expect(yield* versions).toEqual({
        geoadmin: "2.4.0",
        toolbox: "0.1.0",
        mine: "1.1.0",
        yours: "0.0.1",
        "tesseract-ocr": "2.3.0",
        clock: "0.0.1",
      });
      yield* work(plugins.delete("mine"));
      expect(Object.keys(yield* versions)).not.toContain("mine");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("an install whose future is forgotten is looked for in the list", () =>
    Effect.gen(function* () {
      const operation = yield* (yield* Plugins).startInstallFromStore("tesseract-ocr");
      yield* during("5 minutes", Effect.sleep("1 minute"));
      expect(yield* Effect.exit(during("1 minute", operation.result))).toMatchObject({ _tag: "Success" });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("one that is used stays, unless it is forced out; what used it has a missing type then", () =>
    Effect.gen(function* () {
      const plugins = yield* Plugins;
      expect(PluginUsages.mayBeUsed(yield* plugins.usages("geoadmin"))).toBe(true);
      expect((yield* plugins.projectUsages("SALES")).map(({ pluginId }) => pluginId)).toEqual(["geoadmin"]);
      const refused = yield* Effect.flip(during("1 minute", plugins.delete("geoadmin")));
      expect(refused).toMatchObject({ _tag: "FutureFailed" });
      expect(refused.message).toContain("geoadmin is used in 2 places");
      yield* during("1 minute", plugins.delete("geoadmin", { force: true }));
      const left = yield* plugins.usages("toolbox", { projectKey: "SALES" });
      expect(left).toMatchObject({ usages: [], missingTypes: [{ objectId: "countries" }] });
      expect(PluginUsages.mayBeUsed(left)).toBe(true);
      yield* during("1 minute", (yield* Projects).delete("SALES"));
      expect((yield* plugins.usages("toolbox")).missingTypes).toHaveLength(1);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("their code environments are built, and then used", () =>
    Effect.gen(function* () {
      const [plugins, settings] = [yield* Plugins, yield* PluginSettings];
      const { envName } = yield* during(
        "1 minute",
        plugins.createCodeEnv("geoadmin", { pythonInterpreter: "PYTHON39" }),
      );
      expect(envName).toBe("plugin_geoadmin_managed");
      expect((yield* settings.update("geoadmin", setPluginCodeEnv(envName!))).codeEnvName).toBe(envName);
      yield* during("1 minute", plugins.updateCodeEnv("geoadmin"));
      expect((yield* (yield* CodeEnvs).settings("PYTHON", envName!)).deploymentMode).toBe("PLUGIN_MANAGED");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    [
      "an archive that is none",
      (plugins: Plugins) => plugins.installFromArchive(new TextEncoder().encode("PK?")),
      "Invalid",
    ],
    ["a repository that is none", (plugins: Plugins) => plugins.startInstallFromGit("here"), "Invalid"],
    ["a plugin that is not there", (plugins: Plugins) => plugins.usages("none"), "NotFound"],
    ["a code environment that is not there", (plugins: Plugins) => plugins.updateCodeEnv("geoadmin"), "Invalid"],
    [
      "the archive of a plugin of the store",
      (plugins: Plugins) => Stream.runDrain(plugins.download("geoadmin")),
      "Invalid",
    ],
  ] as ReadonlyArray<[string, (plugins: Plugins) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("plugins");
        expect(yield* Effect.flip(call(yield* Plugins))).toMatchObject({ reason: { _tag: tag } });
        expect(yield* stateOf("plugins")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  it.effect("an archive without a plugin, of another one, or of one that is there, is refused", () =>
    Effect.gen(function* () {
      const plugins = yield* Plugins;
      const empty = archiveOf({ "readme.md": "" });
      const other = pluginArchive("other", "1.0.0");
      const same = pluginArchive("geoadmin", "9.0.0");
      const before = yield* versions;
      expect((yield* Effect.flip(plugins.installFromArchive(empty))).message).toContain("no plugin.json");
      expect((yield* Effect.flip(plugins.updateFromArchive("geoadmin", other))).message).toContain(
        "holds plugin other",
      );
      expect(yield* Effect.flip(plugins.installFromArchive(same))).toMatchObject({ reason: { _tag: "Conflict" } });
      expect(yield* versions).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("work that fails says why", () =>
    Effect.gen(function* () {
      const plugins = yield* Plugins;
      yield* (yield* Simulator).script("plugins/geoadmin", { end: "fail", message: "No space" });
      for (const end of [plugins.updateFromStore("geoadmin"), plugins.installFromStore("moon")]) {
        const error = yield* Effect.flip(during("1 minute", end));
        expect(error._tag).toBe("FutureFailed");
        expect(error.message).toMatch(/No space|no plugin moon/);
      }
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("of which one is developed here can be downloaded, and installed elsewhere", () =>
    Effect.gen(function* () {
      const plugins = yield* Plugins;
      const archive = yield* bytesOf(plugins.download("toolbox"));
      const files = yield* Effect.promise(() => readZip(archive));
      expect([...files.keys()]).toContain("python-lib/toolbox/dates.py");
      yield* during("1 minute", plugins.delete("toolbox"));
      yield* during("1 minute", plugins.installFromArchive(archive));
      expect(yield* versions).toMatchObject({ toolbox: "0.1.0" });
    }).pipe(Effect.provide(Simulator.layer())));
});

describe("plugins", () => {
  itIsForAdministrators({
    "an install": ({ plugins }) => plugins.startInstallFromStore("tesseract-ocr"),
    "an install from Git": ({ plugins }) => plugins.startInstallFromGit("git@x:y.git"),
    "an install from an archive": ({ plugins }) => plugins.installFromArchive(new Blob(["PK"])),
    "an update": ({ plugins }) => plugins.startUpdateFromStore("geoadmin"),
    "a removal": ({ plugins }) => plugins.startDelete("geoadmin"),
    "a code environment": ({ plugins }) => plugins.startCreateCodeEnv("geoadmin"),
    "the settings": ({ pluginSettings }) => pluginSettings.get("geoadmin"),
  });
});

it.effect("the lost answer to an install is an unknown outcome, and it is not sent twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* Plugins).startInstallFromStore("p")) as Effect.Effect<DssError>;
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests).toHaveLength(1);
  }).pipe(Effect.provide(dssServer(() => reset))));

it.effect.each([
  [{ success: false, installationError: { message: "No Python" } }, "No Python"],
  [{ success: false, error: "Disk full" }, "Disk full"],
  [{ success: false }, "success: false"],
])("a result that only says success: false is a failure", ([result, said]) =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* Plugins).installFromArchive(new Blob(["PK"])));
    expect(error._tag).toBe("FutureFailed");
    expect(error.message).toContain(said);
  }).pipe(Effect.provide(dssServer(() => json(result)))));

describe("settings of plugins", () => {
  it.effect("have presets of parameter sets", () =>
    Effect.gen(function* () {
      const settings = yield* PluginSettings;
      const found = yield* settings.get("geoadmin");
      expect(PluginSettingsDocument.parameterSets(found)).toEqual(["account"]);
      expect(PluginSettingsDocument.presets(found, "none")).toEqual([]);
      expect(presetDefaults(found, "account")).toEqual({
        config: { region: "world" },
        pluginConfig: { endpoint: "https://geo.example.com" },
      });
      yield* settings.update(
        "geoadmin",
        setPreset("account", "eu", { ...presetDefaults(found, "account"), owner: "maria" }),
      );
      yield* settings.update("geoadmin", setPreset("account", "eu", { config: { region: "eu" } }));
      yield* settings.update("geoadmin", setPresetUsableBy("account", "eu", true));
      yield* settings.update("geoadmin", setPresetUsableBy("account", "eu", false, "data_team"));
      const saved = yield* settings.update("geoadmin", setPresetUsableBy("account", "default", false, "data_team"));
      const eu = PluginSettingsDocument.preset(saved, "account", "eu")!;
      expect(eu).toMatchObject({ owner: "maria", config: { region: "eu" } });
      expect([PluginPreset.isUsableBy(eu), PluginPreset.isUsableBy(eu, "data_team"), PluginPreset.isUsableBy(eu, "x")])
        .toEqual([true, false, true]);
      const without = yield* settings.update("geoadmin", removePreset("account", "default"));
      expect(PluginSettingsDocument.presets(without, "account").map(({ name }) => name)).toEqual(["eu"]);
      const inline = yield* settings.update(
        "geoadmin",
        setParameterSetPermission("account", { definableInline: true }),
      );
      expect(inline.parameterSets?.[0]?.defaultPermission).toEqual({
        definableInline: true,
        definableAtProjectLevel: true,
      });
    }).pipe(Effect.provide(Simulator.layer())));

  it("are not changed by an edit of what is not there", () => {
    const edits = [
      setPreset("a", "b", {}),
      removePreset("a", "b"),
      setPresetUsableBy("a", "b", true),
      setParameterSetPermission("a", {}),
    ];
    for (const edit of edits) expect(edit({ codeEnvName: "x" })).toEqual({ codeEnvName: "x" });
  });

  it.effect("of a project are its own", () =>
    Effect.gen(function* () {
      const settings = yield* PluginSettings;
      const before = yield* settings.get("geoadmin");
      const scope = { projectKey: "SALES" };
      expect((yield* settings.get("geoadmin", scope)).presets).toEqual([]);
      const saved = yield* settings.update("geoadmin", setPreset("account", "ours", {}), scope);
      expect(yield* settings.save("geoadmin", saved, { since: saved, ...scope })).toEqual(saved);
      expect(yield* settings.get("geoadmin")).toEqual(before);
      const stale = yield* Effect.flip(settings.save("geoadmin", saved, { since: before, ...scope }));
      expect(stale).toMatchObject({ _tag: "SettingsConflict", written: false });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are written by an operation too", () =>
    Effect.gen(function* () {
      const settings = yield* PluginSettings;
      const next = setPluginCodeEnv("py311_ds")(yield* settings.get("geoadmin"));
      yield* during("1 minute", Effect.flatMap(settings.startSave("geoadmin", next), ({ result }) => result));
      expect(yield* settings.get("geoadmin")).toEqual(next);
      const wrong = { ...next, presets: [{ name: "a", type: 7 as never }] };
      expect(yield* Effect.flip(settings.save("geoadmin", wrong))).toMatchObject({ reason: { _tag: "Invalid" } });
      expect(yield* settings.get("geoadmin")).toEqual(next);
    }).pipe(Effect.provide(Simulator.layer())));
});

describe("files of plugins", () => {
  const text = (path: string) =>
    Effect.flatMap(PluginFiles, (files) => Stream.mkString(Stream.decodeText(files.read("toolbox", path))));
  const paths = Effect.map(Effect.flatMap(PluginFiles, (files) => files.list("toolbox")), PluginFile.paths);

  it.effect("are written, renamed, moved", () =>
    Effect.gen(function* () {
      const files = yield* PluginFiles;
      yield* files.write("toolbox", "notes/a b%.txt", new TextEncoder().encode("ä"));
      expect(yield* text("/notes/a b%.txt")).toBe("ä");
      yield* files.rename("toolbox", "notes/a b%.txt", "c.txt");
      yield* files.move("toolbox", "notes/c.txt", "python-lib/toolbox");
      yield* files.move("toolbox", "python-lib/toolbox", "lib");
      expect(yield* text("lib/c.txt")).toBe("ä");
      expect(yield* paths).toEqual(["lib/__init__.py", "lib/c.txt", "lib/dates.py", "plugin.json"]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["a path to the parent", (files: PluginFiles) => files.write("toolbox", "../x", new Uint8Array()), "Invalid"],
    ["a path with a gap", (files: PluginFiles) => files.write("toolbox", "a//x", new Uint8Array()), "Invalid"],
    ["a name with a slash", (files: PluginFiles) => files.rename("toolbox", "plugin.json", "a/b"), "Invalid"],
    ["a name that is taken", (files: PluginFiles) => files.move("toolbox", "plugin.json", "plugin.json"), "Conflict"],
    ["a folder into itself", (files: PluginFiles) => files.move("toolbox", "python-lib", "python-lib/a"), "Invalid"],
    ["a file that is not there", (files: PluginFiles) => files.rename("toolbox", "none", "b"), "NotFound"],
    ["a file of no plugin of ours", (files: PluginFiles) => files.list("geoadmin"), "Invalid"],
    [
      "a folder in place of a file",
      (files: PluginFiles) => Stream.runDrain(files.read("toolbox", "python-lib")),
      "NotFound",
    ],
  ] as ReadonlyArray<[string, (files: PluginFiles) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("plugins");
        expect(yield* Effect.flip(call(yield* PluginFiles))).toMatchObject({ reason: { _tag: tag } });
        expect(yield* stateOf("plugins")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );
});
