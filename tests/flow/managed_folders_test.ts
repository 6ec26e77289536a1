import { describe, expect, it } from "@effect/vitest";
import { Effect, Stream } from "effect";
import {
  addTimePartitioning,
  addValuePartitioning,
  type DssError,
  type ManagedFolder,
  ManagedFolderFiles,
  ManagedFolders,
  ProjectArchives,
  Projects,
  removePartitioning,
  setFolderConnection,
  setPartitioningPattern,
} from "../../mod.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received, reset } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";

const [key, reports] = ["SALES", "aB3kQ9xZ"];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const stored = Effect.map(
  Effect.flatMap(Simulator, ({ snapshot }) => snapshot),
  ({ projects }) => (projects as Record<string, Record<string, unknown>>)[key]!.managedFolders,
);

const paths = (folderId: string, projectKey = key) =>
  Effect.map(
    Effect.flatMap(ManagedFolderFiles, (files) => files.list(projectKey, folderId)),
    (all) => all.map(({ path }) => path),
  );

describe("managed folders on a simulated DSS", () => {
  it.effect("are created, listed, renamed and deleted", () =>
    Effect.gen(function* () {
      const folders = yield* ManagedFolders;
      const created = yield* folders.create(key, "letters");
      expect(created).toMatchObject({ name: "letters", type: "Filesystem", projectKey: key });
      expect(created.params).toMatchObject({ connection: "filesystem_folders", path: "/${projectKey}/${odbId}" });
      expect(created.id).toMatch(/^\w{8}$/);
      yield* folders.rename(key, created.id, "reports");
      expect((yield* folders.list(key)).map(({ name }) => name)).toEqual(["reports", "reports"]);
      yield* folders.delete(key, created.id);
      expect((yield* folders.list(key)).map(({ id }) => id)).toEqual([reports]);
      expect((yield* Effect.flip(folders.get(key, created.id))).reason._tag).toBe("NotFound");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are created on another connection, with partitions", () =>
    Effect.gen(function* () {
      const partitioning = { dimensions: [{ name: "country", type: "value" }], filePathPattern: "%{country}/.*" };
      const folder = yield* (yield* ManagedFolders).create(key, "lake", {
        connection: "s3_lake",
        path: "/in",
        partitioning,
      });
      expect(folder).toMatchObject({ type: "S3", params: { connection: "s3_lake", path: "/in" }, partitioning });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("are edited without losing a field, and not when somebody else was faster", () =>
    Effect.gen(function* () {
      const folders = yield* ManagedFolders;
      const before = yield* folders.get(key, reports);
      const saved = yield* folders.update(key, reports, (folder) => ({ ...folder, tags: ["prod"], later: [1] }));
      expect(saved).toMatchObject({ tags: ["prod"], later: [1], params: before.params! });
      expect(saved.versionTag?.versionNumber).toBe(1);
      expect(saved.creationTag).toEqual(before.creationTag);
      const error = yield* Effect.flip(folders.save(key, reports, before, { since: before }));
      expect(error).toMatchObject({ _tag: "SettingsConflict", written: false });
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each([true, false])(
    "that are deleted leave their files unless dropData is %s",
    (dropData) =>
      Effect.gen(function* () {
        const folders = yield* ManagedFolders;
        yield* folders.delete(key, reports, { dropData });
        const path = `/SALES/${reports}`;
        const { id } = yield* folders.create(key, "found again", { path });
        expect(yield* paths(id)).toEqual(dropData ? [] : ["/2025/march/report.csv", "/readme.txt"]);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  it.effect.each(
    [
      ["OVERWRITE", ["/2025/march/report.csv", "/readme.txt"]],
      ["APPEND", ["/2025/march/report.csv", "/mine.txt", "/readme.txt"]],
    ] as const,
  )("are copied, and %s decides about what was there", ([writeMode, expected]) =>
    Effect.gen(function* () {
      const { id: folderId } = yield* (yield* ManagedFolders).create("CHURN", "copy");
      yield* (yield* ManagedFolderFiles).write("CHURN", folderId, "mine.txt", bytes("mine"));
      const target = { projectKey: "CHURN", folderId };
      yield* during("1 minute", (yield* ManagedFolders).copyTo(key, reports, target, { writeMode }));
      expect(yield* paths(folderId, "CHURN")).toEqual(expected);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("say why they could not be copied", () =>
    Effect.gen(function* () {
      yield* (yield* Simulator).script(`managed-folders/SALES.${reports}`, { end: "fail", message: "Disk full" });
      const { id: folderId } = yield* (yield* ManagedFolders).create(key, "copy");
      const copy = (yield* ManagedFolders).copyTo(key, reports, { projectKey: key, folderId });
      const error = yield* Effect.flip(during("1 minute", copy));
      expect(error._tag).toBe("FutureFailed");
      expect(error.message).toContain("Disk full");
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect("tell what uses them", () =>
    Effect.gen(function* () {
      const folders = yield* ManagedFolders;
      expect(yield* folders.usages("CHURN", "Pn4tLq7W")).toEqual(
        [{ type: "RECIPE_INPUT", objectId: "compute_features", objectProjectKey: "CHURN" }],
      );
      expect(yield* folders.usages(key, reports)).toEqual([]);
    }).pipe(Effect.provide(Simulator.layer())));

  it.effect.each(
    [
      ["FULL", ["/2025/march/report.csv", "/readme.txt"]],
      ["MINIMAL", ["/2025/march/report.csv", "/readme.txt"]],
    ] as const,
  )(
    "are in a copy of their project (%s), on storage of its own",
    ([mode, expected]) =>
      Effect.gen(function* () {
        const projects = yield* Projects;
        yield* projects.duplicate(key, "COPY", "Copy", { mode });
        const files = yield* ManagedFolderFiles;
        expect(yield* paths(reports, "COPY")).toEqual(expected);
        yield* files.delete("COPY", reports, "readme.txt");
        expect(yield* paths(reports)).toContain("/readme.txt");
        expect((yield* (yield* ManagedFolders).get("COPY", reports)).projectKey).toBe("COPY");
      }).pipe(Effect.provide(Simulator.layer())),
  );

  it.effect.each(
    [
      [{}, []],
      [{ exportAllDatasets: true }, []],
      [{ exportManagedFolders: true }, ["/1042.txt", "/bytes"]],
      [{ exportAllInputManagedFolders: true }, ["/1042.txt", "/bytes"]],
    ] as const,
  )(
    "are in an archive of their project, with their files on demand: %j",
    ([options, expected]) =>
      Effect.gen(function* () {
        const [archives, files] = [yield* ProjectArchives, yield* ManagedFolderFiles];
        const every = Uint8Array.from({ length: 256 }, (_, at) => at);
        yield* files.write("CHURN", "Pn4tLq7W", "bytes", every);
        const pieces = yield* Stream.runCollect(archives.export("CHURN", options));
        yield* archives.import(new Blob(pieces as Array<BlobPart>), { targetProjectKey: "RESTORED" });
        expect(
          (yield* (yield* ManagedFolders).list("RESTORED")).map(({ id, name, projectKey }) => [id, name, projectKey]),
        )
          .toEqual([["Pn4tLq7W", "call_notes", "RESTORED"]]);
        expect(yield* paths("Pn4tLq7W", "RESTORED")).toEqual(expected);
        if (expected.length === 0) return;
        const [found] = yield* Stream.runCollect(files.read("RESTORED", "Pn4tLq7W", "bytes"));
        expect(found).toEqual(every);
      }).pipe(Effect.provide(Simulator.layer())),
  );

  it.effect.each([
    ["a connection that is not there", (all: ManagedFolders) => all.create(key, "x", { connection: "no" }), "Invalid"],
    ["one of SQL", (all: ManagedFolders) => all.create(key, "x", { connection: "pg_dwh" }), "Invalid"],
    ["a type that is not the connection's", (all: ManagedFolders) => all.create(key, "x", { type: "S3" }), "Invalid"],
    ["an empty name", (all: ManagedFolders) => all.create(key, ""), "Invalid"],
    ["an empty new name", (all: ManagedFolders) => all.rename(key, reports, ""), "Invalid"],
    ["a project that is not there", (all: ManagedFolders) => all.list("NO"), "NotFound"],
    ["a folder that is not there", (all: ManagedFolders) => all.get(key, "no"), "NotFound"],
    ["a rename of nothing", (all: ManagedFolders) => all.rename(key, "no", "x"), "NotFound"],
    ["a removal of nothing", (all: ManagedFolders) => all.delete(key, "no"), "NotFound"],
    ["uses of nothing", (all: ManagedFolders) => all.usages(key, "no"), "NotFound"],
    [
      "a copy to nothing",
      (all: ManagedFolders) => all.copyTo(key, reports, { projectKey: key, folderId: "no" }),
      "NotFound",
    ],
    [
      "a copy to itself",
      (all: ManagedFolders) => all.copyTo(key, reports, { projectKey: key, folderId: reports }),
      "Invalid",
    ],
    ...Object.entries({ name: "", params: [], checks: [], partitioning: { dimensions: 1 }, tags: [1], type: "S3" }).map(
      ([field, value]) =>
        [
          `settings with a wrong ${field}`,
          (all: ManagedFolders) =>
            all.update(key, reports, (folder) => ({ ...folder, [field]: value }) as ManagedFolder),
          "Invalid",
        ] as const,
    ),
  ] as ReadonlyArray<readonly [string, (folders: ManagedFolders) => Effect.Effect<unknown, unknown>, string]>)(
    "%s: that is refused, and changes nothing",
    ([, call, tag]) =>
      Effect.gen(function* () {
        const before = yield* stored;
        expect(yield* Effect.flip(call(yield* ManagedFolders))).toMatchObject({ reason: { _tag: tag } });
        expect(yield* stored).toEqual(before);
      }).pipe(Effect.provide(Simulator.layer())),
  );
});

describe("edits of a managed folder", () => {
  const folder = { id: "x", name: "f", tags: ["a"], params: { connection: "c", path: "/p", more: 1 }, later: true };

  it.each([
    ["EC2", "S3"],
    ["SSH", "SCP"],
    ["Filesystem", "Filesystem"],
    ["Azure", "Azure"],
  ])("put it on a connection of type %s as %s", (connectionType, type) => {
    expect(setFolderConnection("other", "/q", connectionType)(folder)).toEqual({
      ...folder,
      type,
      params: { connection: "other", path: "/q", more: 1 },
    });
  });

  it("cut it into partitions, and not", () => {
    const cut = [addValuePartitioning("d"), addTimePartitioning("t", "HOUR"), setPartitioningPattern("p")]
      .reduce((edited, edit) => edit(edited), folder as ManagedFolder);
    expect(cut).toEqual({
      ...folder,
      partitioning: {
        dimensions: [{ name: "d", type: "value" }, { name: "t", type: "time", params: { period: "HOUR" } }],
        filePathPattern: "p",
      },
    });
    expect(removePartitioning(cut).partitioning).toEqual({ dimensions: [], filePathPattern: "p" });
  });
});

describe("when the answer is lost", () => {
  const sent = (call: (folders: ManagedFolders) => Effect.Effect<unknown, DssError>) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(during("10 minutes", call(yield* ManagedFolders)));
      return { tag: error.reason._tag, requests: (yield* Received).requests.length };
    }).pipe(Effect.provide(dssServer(() => reset)));

  it.effect.each([
    ["a creation", (all: ManagedFolders) => all.create(key, "x")],
    ["a rename", (all: ManagedFolders) => all.rename(key, reports, "x")],
    ["a copy", (all: ManagedFolders) => all.startCopyTo(key, reports, { projectKey: key, folderId: "other" })],
  ] as ReadonlyArray<readonly [string, (folders: ManagedFolders) => Effect.Effect<unknown, DssError>]>)(
    "%s is an unknown outcome, and it is not sent twice",
    ([, call]) => Effect.map(sent(call), (end) => expect(end).toEqual({ tag: "OutcomeUnknown", requests: 1 })),
  );

  it.effect("a removal is sent again, and has succeeded when nothing is there", () =>
    Effect.gen(function* () {
      yield* during("1 minute", (yield* ManagedFolders).delete(key, reports));
      expect((yield* Received).requests).toHaveLength(2);
    }).pipe(
      Effect.provide(dssServer((_, nth) => nth === 1 ? reset : json({ errorType: "x.NotFoundException" }, 404))),
    ));
});
