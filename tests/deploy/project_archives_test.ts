import { describe, expect, it } from "@effect/vitest";
import { Effect, Stream } from "effect";
import {
  Bundles,
  type Content,
  type DssError,
  ProjectArchives,
  ProjectFolders,
  Projects,
  ProjectSettings,
  PublishedBundle,
  Scenarios,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { readZip } from "../../src/simulator/kernel/zip.ts";
import { archiveOf } from "../fixtures/archive.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { stateOf } from "../fixtures/for_administrators.ts";
import { during } from "../fixtures/virtual_time.ts";

const bytesOf = <E>(bytes: Stream.Stream<Uint8Array, E>): Effect.Effect<Uint8Array, E> =>
  Effect.map(Stream.runCollect(bytes), (pieces) => new Uint8Array(pieces.flatMap((piece) => [...piece])));

const exported = Effect.flatMap(ProjectArchives, (archives) => bytesOf(archives.export("SALES")));

describe("archives of projects on a simulated DSS", () => {
  it.effect("are exported, and imported under another key", () =>
    Effect.gen(function* () {
      const archives = yield* ProjectArchives;
      const settings = yield* ProjectSettings;
      yield* settings.updateVariables("SALES", (found) => ({ ...found, standard: { country: "FR" } }));
      const archive = yield* bytesOf(archives.export("SALES", { exportAllDatasets: true }));
      const files = yield* Effect.promise(() => readZip(archive));
      expect([...files.keys()].slice(0, 2)).toEqual(["export-manifest.json", "project_config/params.json"]);
      const done = yield* archives.import(archive, {
        targetProjectKey: "COPY",
        remapping: { connections: [{ source: "filesystem_managed", target: "pg_dwh" }] },
      });
      expect(done).toMatchObject({ success: true, usedProjectKey: "COPY" });
      expect((yield* settings.variables("COPY")).standard).toEqual({ country: "FR" });
      const [before, after] = [yield* (yield* Scenarios).list("SALES"), yield* (yield* Scenarios).list("COPY")];
      expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      expect(after.every(({ active }) => active === false)).toBe(true);
      expect((yield* (yield* ProjectFolders).ofProject("COPY")).id).toBe("ROOT");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are imported under their own key when it is free, from a stream too", () =>
    Effect.gen(function* () {
      const [archives, projects] = [yield* ProjectArchives, yield* Projects];
      const { id } = yield* archives.prepareImport(archives.export("SALES"));
      yield* during("1 minute", projects.delete("SALES"));
      yield* archives.importPrepared(id);
      expect(yield* projects.keys()).toContain("SALES");
      expect(yield* Effect.flip(archives.importPrepared(id))).toMatchObject({ reason: { _tag: "NotFound" } });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each(
    [
      ["a key that is taken", { targetProjectKey: "CHURN" }, "Project CHURN exists already"],
      ["its own key, which is taken", {}, "Project SALES exists already"],
      ["a key with blanks", { targetProjectKey: "A B" }, "cannot be the key of a project"],
      [
        "a connection that is not there",
        { targetProjectKey: "NEW", remapping: { connections: [{ source: "a", target: "moon" }] } },
        "no connection moon",
      ],
    ] as const,
  )("%s is no success, and nothing is imported", ([, options, said]) =>
    Effect.gen(function* () {
      const archive = yield* exported;
      const before = yield* stateOf("projects");
      const error = yield* Effect.flip((yield* ProjectArchives).import(archive, options));
      expect(error._tag).toBe("FutureFailed");
      expect(error.message).toContain(said);
      expect(yield* stateOf("projects")).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each(
    [
      ["bytes that are none", () => new TextEncoder().encode("PK-fake-zip"), "not a ZIP archive"],
      ["an archive of something else", () => archiveOf({ "readme.md": "" }), "no export-manifest.json"],
    ] as const,
  )("%s are refused when they are uploaded", ([, make, said]) =>
    Effect.gen(function* () {
      const archive = make();
      const calls = [
        (yield* ProjectArchives).prepareImport(archive),
        (yield* Bundles).import("SALES", archive),
        (yield* Bundles).createProject(archive),
      ];
      for (const call of calls) {
        const error = yield* Effect.flip<unknown, DssError, never>(call);
        expect(error.reason._tag).toBe("Invalid");
        expect(error.message).toContain(said);
      }
      expect(yield* stateOf("imports")).toEqual({});
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("an upload that breaks leaves nothing, and is not sent again", () =>
    Effect.gen(function* () {
      const archive = Stream.concat(Stream.make(new Uint8Array(1000)), Stream.fail("disk gone"));
      const error = yield* Effect.flip((yield* ProjectArchives).prepareImport(archive as Content));
      expect(error._tag).toBe("DssError");
      expect(yield* stateOf("imports")).toEqual({});
    }).pipe(Effect.provide(Simulator.layer())));
});

it.effect("an import that only says success: false is a failure", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* ProjectArchives).importPrepared("i"));
    expect(error._tag).toBe("FutureFailed");
    expect(error.message).toContain("success: false");
  }).pipe(Effect.provide(dssServer(() => json({ success: false })))));

it.effect("the lost answer to an import is an unknown outcome, and it is not sent twice", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip((yield* ProjectArchives).importPrepared("i")) as Effect.Effect<DssError>;
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests).toHaveLength(1);
  }).pipe(Effect.provide(dssServer(() => reset))));

describe("bundles on a simulated DSS", () => {
  it.effect("are exported, listed, published, deleted", () =>
    Effect.gen(function* () {
      const bundles = yield* Bundles;
      yield* bundles.create("SALES", "v1", { releaseNotes: "First" });
      yield* bundles.create("SALES", "v2", { evaluateProjectStandardsChecks: false });
      expect(
        (yield* bundles.exported("SALES")).map((
          { bundleId, exportManifest },
        ) => [bundleId, exportManifest?.releaseNotes]),
      )
        .toEqual([["v1", "First"], ["v2", undefined]]);
      const taken = yield* Effect.flip(bundles.create("SALES", "v1"));
      expect(taken).toMatchObject({
        reason: { _tag: "Conflict", detail: expect.stringContaining("v1 already exists") },
      });
      const published = yield* bundles.publish("SALES", "v1", { publishedProjectKey: "PUB" });
      expect(published).toMatchObject({ publishedBy: "admin", publishedProjectKey: "PUB" });
      expect(PublishedBundle.publishedAt(published)).toBeDefined();
      expect(PublishedBundle.publishedAt({})).toBeUndefined();
      yield* bundles.deleteExported("SALES", "v2");
      expect(yield* bundles.exported("SALES")).toHaveLength(1);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are imported and activated, with the scenarios that are asked for; the former one comes back", () =>
    Effect.gen(function* () {
      const [bundles, scenarios, settings] = [yield* Bundles, yield* Scenarios, yield* ProjectSettings];
      yield* bundles.create("SALES", "v1");
      yield* settings.updateVariables("SALES", (found) => ({ ...found, standard: { country: "FR" } }));
      yield* scenarios.delete("SALES", "NIGHTLY_BUILD");
      yield* bundles.create("SALES", "v2");
      yield* bundles.import("SALES", bundles.download("SALES", "v1"));
      yield* bundles.importFromServer("SALES", "/data/dss/bundle_archives/SALES/v2.zip");
      expect((yield* bundles.imported("SALES")).map(({ bundleId }) => bundleId)).toEqual(["v1", "v2"]);
      expect((yield* bundles.preload("SALES", "v1")).messages).toHaveLength(1);
      const report = yield* bundles.activate("SALES", "v1", { scenariosActive: { NIGHTLY_BUILD: true } });
      expect(report.neededAMigration).toBe(false);
      expect((yield* settings.variables("SALES")).standard).toEqual({});
      const [nightly] = (yield* scenarios.list("SALES")).filter(({ id }) => id === "NIGHTLY_BUILD");
      expect(nightly?.active).toBe(true);
      expect(yield* (yield* Projects).get("SALES")).toMatchObject({ activeBundleState: { bundleId: "v1" } });
      expect(yield* Effect.flip(bundles.deleteImported("SALES", "v1"))).toMatchObject({ reason: { _tag: "Invalid" } });
      yield* bundles.activate("SALES", "v2");
      expect((yield* scenarios.list("SALES")).some(({ id }) => id === "NIGHTLY_BUILD")).toBe(false);
      expect((yield* settings.variables("SALES")).standard).toEqual({ country: "FR" });
      yield* bundles.deleteImported("SALES", "v1");
      expect(yield* bundles.imported("SALES")).toHaveLength(1);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("an activation that fails says why, and changes nothing", () =>
    Effect.gen(function* () {
      const bundles = yield* Bundles;
      yield* bundles.create("SALES", "v1");
      yield* bundles.import("SALES", bundles.download("SALES", "v1"));
      yield* (yield* Simulator).script("bundles/SALES.v1", { end: "fail", message: "No such code environment" });
      const before = yield* stateOf("projects");
      const error = yield* Effect.flip(bundles.activate("SALES", "v1"));
      expect(error._tag).toBe("FutureFailed");
      expect(error.message).toContain("No such code environment");
      expect(yield* stateOf("projects")).toEqual(before);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("projects are made of them", () =>
    Effect.gen(function* () {
      const [bundles, projects] = [yield* Bundles, yield* Projects];
      yield* bundles.create("SALES", "v1");
      const archive = yield* bytesOf(bundles.download("SALES", "v1"));
      expect(yield* Effect.flip(bundles.createProject(archive))).toMatchObject({ reason: { _tag: "Conflict" } });
      yield* during("1 minute", projects.delete("SALES"));
      const folder = yield* (yield* ProjectFolders).create("ROOT", "Automation");
      expect(yield* bundles.createProject(archive, { folderId: folder.id })).toMatchObject({ projectKey: "SALES" });
      expect((yield* (yield* ProjectFolders).ofProject("SALES")).id).toBe(folder.id);
      yield* during("1 minute", projects.delete("SALES"));
      const path = "/data/dss/bundle_archives/SALES/v1.zip";
      expect((yield* bundles.createProjectFromServer(path, { permissionsPropagation: "ALL" })).projectKey).toBe(
        "SALES",
      );
      const nowhere = yield* Effect.flip(bundles.createProjectFromServer("/none.zip"));
      expect(nowhere).toMatchObject({ reason: { _tag: "NotFound" } });
    }).pipe(Effect.provide(Simulator.layer())));
});

it.effect("the lost answer to a new bundle is not sent again when the bundle is there", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(during("1 minute", (yield* Bundles).create("P", "v1")));
    expect(error.reason._tag).toBe("OutcomeUnknown");
    expect((yield* Received).requests.map(({ method }) => method)).toEqual(["PUT", "GET"]);
  }).pipe(
    Effect.provide(dssServer(({ method }) => method === "PUT" ? reset : json({ bundles: [{ bundleId: "v1" }] }))),
  ));
