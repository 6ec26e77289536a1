import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import {
  exposeObject,
  Projects,
  ProjectSettings,
  setContainerConfiguration,
  setHadoopCluster,
  setKubernetesCluster,
  setPythonCodeEnv,
  setRCodeEnv,
  setVariables,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";

const key = "SALES";

describe("the documents of a project on a simulated DSS", () => {
  it.effect("are read back as they were saved", () =>
    Effect.gen(function* () {
      const settings = yield* ProjectSettings;
      const metadata = yield* settings.updateMetadata(
        key,
        (found) => ({ ...found, label: "Renamed", later: { a: [1] } }),
      );
      expect(metadata).toMatchObject({ label: "Renamed", later: { a: [1] } });
      expect((yield* (yield* Projects).get(key)).name).toBe("Renamed");
      yield* settings.updateVariables(key, setVariables({ days: 60 }));
      yield* settings.updateVariables(key, setVariables({ host: "dev" }, "local"));
      expect(yield* settings.variables(key)).toEqual({ standard: { days: 60 }, local: { host: "dev" } });
      yield* settings.updatePermissions(key, (found) => ({
        ...found,
        permissions: [...found.permissions ?? [], { user: "lena", readProjectContent: true }],
      }));
      expect((yield* settings.permissions(key)).permissions).toHaveLength(2);
      yield* settings.saveTags(key, { tags: { a: { color: "#fff" } } });
      expect(yield* settings.tags(key)).toEqual({ tags: { a: { color: "#fff" } } });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("a slow edit does not undo that of another", () =>
    Effect.gen(function* () {
      const settings = yield* ProjectSettings;
      const since = yield* settings.variables(key);
      yield* settings.updateVariables(key, setVariables({ a: 1 }));
      const error = yield* Effect.flip(settings.saveVariables(key, since, { since }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: false });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("what DSS does not know is said to be dropped", () =>
    Effect.gen(function* () {
      const settings = yield* ProjectSettings;
      const error = yield* Effect.flip(settings.updateMetadata(key, (found) => ({ ...found, later: 1 })));
      expect(error).toMatchObject({ _tag: "SettingsDropped", paths: ["later"] });
    }).pipe(Effect.provide(Simulator.layer({ unknownKeys: ["later"] }))));

  it.effect.each([
    ["a name that is no text", (settings: ProjectSettings) => settings.saveMetadata(key, { label: 7 as never })],
    ["an owner who does not exist", (settings: ProjectSettings) => settings.savePermissions(key, { owner: "nobody" })],
    [
      "a permission for nobody",
      (settings: ProjectSettings) => settings.savePermissions(key, { owner: "maria", permissions: [{ admin: true }] }),
    ],
    [
      "variables without standard ones",
      (settings: ProjectSettings) => settings.saveVariables(key, { local: {} } as never),
    ],
    ["settings that are a list", (settings: ProjectSettings) => settings.saveSettings(key, { settings: [] as never })],
    ["tags that are a list", (settings: ProjectSettings) => settings.saveTags(key, { tags: [] as never })],
  ] as ReadonlyArray<[string, (settings: ProjectSettings) => Effect.Effect<unknown, unknown>]>)(
    "%s is refused, and changes nothing",
    ([, call]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("projects");
        expect(yield* Effect.flip(call(yield* ProjectSettings))).toMatchObject({ reason: { _tag: "Invalid" } });
        expect(yield* stateOf("projects")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  itIsForAdministrators({
    "ProjectSettings.savePermissions": ({ projectSettings }) =>
      projectSettings.savePermissions("CHURN", { owner: "maria" }),
    "ProjectSettings.saveSettings": ({ projectSettings }) => projectSettings.saveSettings("CHURN", {}),
  });
});

describe("edits of settings", () => {
  const document = {
    settings: { codeEnvs: { python: { preventOverride: true }, julia: { mode: "INHERIT" } }, other: 1 },
  };

  it("choose code environments, and leave everything else", () => {
    expect(setPythonCodeEnv("py311")(document).settings).toEqual({
      codeEnvs: {
        python: { preventOverride: true, mode: "EXPLICIT_ENV", useBuiltinEnv: false, envName: "py311" },
        julia: { mode: "INHERIT" },
      },
      other: 1,
    });
    expect(setRCodeEnv(undefined)({}).settings).toEqual({
      codeEnvs: { r: { mode: "USE_BUILTIN_MODE", useBuiltinEnv: true } },
    });
  });

  it("choose where code runs", () => {
    expect(setContainerConfiguration("small")({}).settings).toEqual({
      container: { containerMode: "EXPLICIT_CONTAINER", containerConf: "small" },
    });
    expect(setContainerConfiguration(undefined)({}).settings).toEqual({ container: { containerMode: "NONE" } });
    expect(setKubernetesCluster("k", "fallback")({}).settings).toEqual({
      k8sCluster: { clusterMode: "EXPLICIT_CLUSTER", clusterId: "k", defaultClusterId: "fallback" },
    });
    expect(setHadoopCluster(undefined)({}).settings).toEqual({ cluster: { clusterMode: "INHERIT" } });
  });

  it("expose an object once to each project", () => {
    const twice = exposeObject("DATASET", "x", "P")(exposeObject("DATASET", "x", "P")({}));
    expect(twice.exposedObjects?.objects).toEqual([{
      type: "DATASET",
      localName: "x",
      rules: [{ targetProject: "P" }],
    }]);
    const other = exposeObject("DATASET", "x", "Q")(twice).exposedObjects?.objects;
    expect(other?.[0]?.rules).toEqual([{ targetProject: "P" }, { targetProject: "Q" }]);
    expect(exposeObject("MODEL", "x", "P")(twice).exposedObjects?.objects).toHaveLength(2);
  });
});
