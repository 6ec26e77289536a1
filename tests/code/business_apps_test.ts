import { describe, expect, it } from "@effect/vitest";
import { Effect } from "effect";
import { BusinessAppInstances, BusinessApps, CodeEnvs, type DssError, Projects } from "../../mod.ts";
import { makeServices, type ServiceRecord } from "../../services/all_services.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { archiveOf } from "../fixtures/archive.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { itIsForAdministrators, stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const soon = <A, E, R>(effect: Effect.Effect<A, E, R>) => during("1 minute", effect);

const archive = (document: object) => archiveOf({ "business-app.json": JSON.stringify(document) });

const versions = Effect.map(
  Effect.flatMap(BusinessApps, (apps) => apps.list()),
  (all) => Object.fromEntries(all.map(({ id, version }) => [id, version])),
);

describe("business applications on a simulated DSS", () => {
  it.effect("are installed, upgraded and removed", () =>
    Effect.gen(function* () {
      const apps = yield* BusinessApps;
      expect(yield* versions).toEqual({ "churn-watch": "1.0.0" });
      yield* soon(apps.installFromStore("demand-forecast"));
      yield* soon(apps.upgradeFromStore("churn-watch"));
      yield* soon(apps.installFromArchive(archive({ id: "ours", version: "0.1.0" })));
      expect(yield* versions).toEqual({ "churn-watch": "1.1.0", "demand-forecast": "2.0.0", ours: "0.1.0" });
      yield* soon(apps.installFromArchive(archive({ id: "ours", version: "0.2.0" })));
      yield* soon(apps.delete("demand-forecast"));
      expect(yield* versions).toEqual({ "churn-watch": "1.1.0", ours: "0.2.0" });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("have settings, which keep what is not known", () =>
    Effect.gen(function* () {
      const apps = yield* BusinessApps;
      const before = yield* apps.settings("churn-watch");
      const connections = [{ source: "warehouse", target: "pg_main" }];
      const saved = yield* apps.updateSettings(
        "churn-watch",
        (found) => ({ ...found, remapping: { ...found.remapping, connections }, later: 1 }),
      );
      expect(saved).toEqual({ remapping: { connections }, later: 1 });
      expect((yield* apps.get("churn-watch")).settings).toEqual(saved);
      const stale = yield* Effect.flip(apps.saveSettings("churn-watch", saved, { since: before }));
      expect(stale).toMatchObject({ _tag: "SettingsConflict", written: false });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("have a code environment, once it was created", () =>
    Effect.gen(function* () {
      const apps = yield* BusinessApps;
      expect((yield* apps.get("churn-watch")).codeEnvName).toBeNull();
      yield* soon(apps.createCodeEnv("churn-watch", { pythonInterpreter: "PYTHON310" }));
      yield* soon(apps.updateCodeEnv("churn-watch"));
      const { codeEnvName } = yield* apps.get("churn-watch");
      const settings = yield* (yield* CodeEnvs).settings("PYTHON", codeEnvName!);
      expect(settings).toMatchObject({
        deploymentMode: "BUSINESS_APP_MANAGED",
        desc: { pythonInterpreter: "PYTHON310", conda: false },
      });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("have instances, which are projects", () =>
    Effect.gen(function* () {
      const [apps, instances, projects] = [yield* BusinessApps, yield* BusinessAppInstances, yield* Projects];
      const made = yield* soon(instances.create("churn-watch", "CHURN_EU", "Churn in Europe", { shortDesc: "EU" }));
      expect(made).toEqual({ projectKey: "CHURN_EU", name: "Churn in Europe" });
      expect(yield* projects.get("CHURN_EU")).toMatchObject({ name: "Churn in Europe", shortDesc: "EU" });
      yield* soon(apps.upgradeFromStore("churn-watch"));
      expect(yield* instances.list("churn-watch")).toEqual([{ ...made, businessAppVersion: "1.0.0" }]);
      yield* soon(instances.upgrade("churn-watch", "CHURN_EU"));
      expect((yield* instances.list("churn-watch"))[0]?.businessAppVersion).toBe("1.1.0");
      const isRunning = Effect.map(
        stateOf("businessApps"),
        (state) => JSON.stringify(state).includes('"isRunning":true'),
      );
      yield* soon(instances.restart("churn-watch", "CHURN_EU"));
      expect(yield* isRunning).toBe(true);
      yield* instances.stop("churn-watch", "CHURN_EU");
      expect(yield* isRunning).toBe(false);
      expect(yield* instances.permissions("churn-watch", "CHURN_EU", "admin")).toEqual({
        login: "admin",
        admin: true,
        readProjectContent: true,
        writeProjectContent: true,
      });
      yield* soon(projects.delete("CHURN_EU"));
      expect(yield* instances.list("churn-watch")).toEqual([]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("with instances stay, unless they are forced out", () =>
    Effect.gen(function* () {
      const [apps, instances] = [yield* BusinessApps, yield* BusinessAppInstances];
      yield* soon(instances.create("churn-watch", "CHURN_EU", "Churn in Europe"));
      const error = yield* Effect.flip(soon(apps.delete("churn-watch")));
      expect(error._tag).toBe("FutureFailed");
      expect(error.message).toContain("CHURN_EU");
      yield* soon(apps.delete("churn-watch", { force: true }));
      expect((yield* (yield* Projects).list()).map(({ projectKey }) => projectKey)).not.toContain("CHURN_EU");
      expect(yield* apps.list()).toEqual([]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    ["an install", ({ businessApps }) => businessApps.startInstallFromStore("demand-forecast")],
    ["a removal", ({ businessApps }) => businessApps.startDelete("churn-watch")],
    ["an instance", ({ businessAppInstances }) => businessAppInstances.startCreate("churn-watch", "CHURN_EU", "EU")],
  ] as ReadonlyArray<
    [string, (services: ServiceRecord) => ReturnType<BusinessApps["startDelete"]>]
  >)("%s whose future is forgotten is looked for in the list", ([, start]) =>
    Effect.gen(function* () {
      const operation = yield* start(yield* makeServices);
      yield* during("5 minutes", Effect.sleep("1 minute"));
      expect(yield* Effect.exit(soon(operation.result))).toMatchObject({ _tag: "Success" });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([
    [
      "an install",
      "businessApps/demand-forecast",
      ({ businessApps }) => businessApps.installFromStore("demand-forecast"),
    ],
    ["an upgrade", "businessApps/churn-watch", ({ businessApps }) => businessApps.upgradeFromStore("churn-watch")],
    [
      "an instance",
      "businessAppInstances/CHURN_EU",
      ({ businessAppInstances }) => businessAppInstances.create("churn-watch", "CHURN_EU", "EU"),
    ],
  ] as ReadonlyArray<[string, string, (services: ServiceRecord) => ReturnType<BusinessApps["delete"]>]>)(
    "%s that fails says why, and changes nothing",
    ([, address, call]) =>
      Effect.gen(function* () {
        const before = yield* stateOf("businessApps");
        yield* (yield* Simulator).script(address, { end: "fail", message: "No space" });
        const error = yield* Effect.flip(soon(call(yield* makeServices)));
        expect(error).toMatchObject({ _tag: "FutureFailed", message: expect.stringContaining("No space") });
        expect(yield* stateOf("businessApps")).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  it.effect.each([
    [
      "an archive that is none",
      ({ businessApps }) => businessApps.startInstallFromArchive(new Blob(["PK"])),
      "Invalid",
    ],
    [
      "an archive without a business application",
      ({ businessApps }) => businessApps.startInstallFromArchive(archive({})),
      "Invalid",
    ],
    ["one that is not there", ({ businessApps }) => businessApps.get("none"), "NotFound"],
    [
      "a code environment that is not there",
      ({ businessApps }) => businessApps.startUpdateCodeEnv("churn-watch"),
      "Invalid",
    ],
    [
      "an instance under a key that is taken",
      ({ businessAppInstances }) => businessAppInstances.startCreate("churn-watch", "SALES", "x"),
      "Conflict",
    ],
    [
      "an instance without a name",
      ({ businessAppInstances }) => businessAppInstances.startCreate("churn-watch", "X", ""),
      "Invalid",
    ],
    [
      "a project that is no instance",
      ({ businessAppInstances }) => businessAppInstances.stop("churn-watch", "SALES"),
      "NotFound",
    ],
    ["an id that would change the path", ({ businessApps }) => businessApps.startDelete(".."), "Invalid"],
  ] as ReadonlyArray<[string, (services: ServiceRecord) => Effect.Effect<unknown, unknown>, string]>)(
    "%s is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = [yield* stateOf("businessApps"), yield* stateOf("futures")];
        expect(yield* Effect.flip(call(yield* makeServices))).toMatchObject({ reason: { _tag: tag } });
        expect([yield* stateOf("businessApps"), yield* stateOf("futures")]).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  itIsForAdministrators({
    "an install": ({ businessApps }) => businessApps.startInstallFromStore("demand-forecast"),
    "an install from an archive": ({ businessApps }) => businessApps.startInstallFromArchive(new Blob(["PK"])),
    "an upgrade": ({ businessApps }) => businessApps.startUpgradeFromStore("churn-watch"),
    "a code environment": ({ businessApps }) => businessApps.startCreateCodeEnv("churn-watch"),
    "a removal": ({ businessApps }) => businessApps.startDelete("churn-watch"),
    "the settings": ({ businessApps }) => businessApps.settings("churn-watch"),
  });
});

const starts: Readonly<Record<string, (services: ServiceRecord) => Effect.Effect<unknown, unknown>>> = {
  "BusinessApps.installFromArchive": ({ businessApps }) => businessApps.installFromArchive(new Blob(["PK"])),
  "BusinessApps.installFromStore": ({ businessApps }) => businessApps.installFromStore("x"),
  "BusinessApps.upgradeFromStore": ({ businessApps }) => businessApps.upgradeFromStore("x"),
  "BusinessApps.createCodeEnv": ({ businessApps }) => businessApps.createCodeEnv("x"),
  "BusinessApps.updateCodeEnv": ({ businessApps }) => businessApps.updateCodeEnv("x"),
  "BusinessApps.delete": ({ businessApps }) => businessApps.delete("x"),
  "BusinessAppInstances.create": ({ businessAppInstances }) => businessAppInstances.create("x", "K", "n"),
  "BusinessAppInstances.upgrade": ({ businessAppInstances }) => businessAppInstances.upgrade("x", "K"),
  "BusinessAppInstances.restart": ({ businessAppInstances }) => businessAppInstances.restart("x", "K"),
};

describe("work on business applications", () => {
  it.effect.each(Object.entries(starts))(
    "the lost answer to %s is an unknown outcome, and it is not sent twice",
    ([, call]) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(call(yield* makeServices)) as Effect.Effect<DssError>;
        expect(error.reason._tag).toBe("OutcomeUnknown");
        expect((yield* Received).requests).toHaveLength(1);
      }).pipe(Effect.provide(dssServer(() => reset))),
  );

  it.effect.each(
    Object.entries(starts).flatMap(([name, call]) =>
      [null, [], "done", 7, {}, { success: true, messages: null }].map((result) => ({ name, call, result }))
    ),
  )("$name ends well with the result $result", ({ call, result }) =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(soon(call(yield* makeServices)));
      expect(exit._tag).toBe("Success");
    }).pipe(Effect.provide(dssServer(() => json({ hasResult: true, result })))));

  it.effect.each(
    Object.entries(starts).flatMap(([name, call]) =>
      ([
        [{ success: false, error: "Disk full" }, "Disk full"],
        [{ success: false }, "success: false"],
        [{ messages: { error: true, messages: [{ severity: "ERROR", message: "No Python" }] } }, "No Python"],
      ] as const).map(([result, said]) => ({ name, call, result, said }))
    ),
  )("$name fails with a result that says $said", ({ call, result, said }) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(soon(call(yield* makeServices)));
      expect(error).toMatchObject({ _tag: "FutureFailed", message: expect.stringContaining(said) });
    }).pipe(Effect.provide(dssServer(() => json({ hasResult: true, result })))));
});
