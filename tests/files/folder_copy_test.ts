import { describe, expect, it } from "@effect/vitest";
import { Effect, Fiber, Latch, Stream } from "effect";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ManagedFolderFiles, ManagedFolders } from "../../mod.ts";
import {
  downloadFolder,
  type FileTree,
  FolderCopyFailed,
  type FolderCopyProgress,
  type TreeFile,
  uploadFolder,
} from "../../src/files.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { hostileIds } from "../fixtures/hostile_ids.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A folder that is gone after the test. */
const localFolder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "folders-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true })),
);

/** Writes local files. */
const put = (folder: string, files: Readonly<Record<string, string>>) =>
  Effect.promise(async () => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });

/** What a local folder holds: paths with their texts. */
const contents = (folder: string): Effect.Effect<Readonly<Record<string, string>>> =>
  Effect.promise(async () => {
    // Entries, because Node takes an assignment to `__proto__` for one of the prototype.
    const found: Array<readonly [string, string]> = [];
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) found.push([path.slice(folder.length + 1), await readFile(path, "utf8")]);
    }
    return Object.fromEntries(found);
  });

interface Elsewhere extends FileTree<string> {
  readonly held: Map<string, { text: string; lastModified: number }>;
  readonly asked: Array<string>;
}

/** Files that are elsewhere, with a clock of its own; a text may be one of bytes that are cut, broken or waited for. */
const elsewhere = (files: Readonly<Record<string, string>> = {}): Elsewhere => {
  let now = 1_700_000_000_123;
  const tick = () => (now += 1001);
  const held = new Map(Object.entries(files).map(([path, text]) => [path, { text, lastModified: tick() }]));
  const asked: Array<string> = [];
  return {
    held,
    asked,
    list: Effect.sync(() =>
      [...held].map(([path, { text, lastModified }]) => ({ path, size: bytes(text).length, lastModified }))
    ),
    read: (path) =>
      Stream.suspend(() => {
        asked.push(`read ${path}`);
        const { text } = held.get(path)!;
        if (text.includes("BROKEN")) return Stream.concat(Stream.make(bytes(text.slice(0, 2))), Stream.fail("broken"));
        return Stream.make(
          ...bytes(text.replace("CUT", "")).reduce<Array<Uint8Array>>(
            (pieces, byte) => [...pieces, Uint8Array.of(byte)],
            [],
          ),
        );
      }),
    write: (path, content) =>
      Effect.gen(function* () {
        asked.push(`write ${path}`);
        const text = content instanceof Blob ? yield* Effect.promise(() => content.text()) : "not a blob";
        if (text.includes("REFUSED")) return yield* Effect.fail("refused");
        const file = { text: text.replace("CUT", ""), lastModified: tick() };
        held.set(path, file);
        return { path, size: bytes(file.text).length, lastModified: file.lastModified };
      }),
    delete: (path) =>
      Effect.sync(() => {
        asked.push(`delete ${path}`);
        held.delete(path);
      }),
  };
};

const textsOf = ({ held }: Elsewhere) => Object.fromEntries([...held].map(([path, { text }]) => [path, text]));

describe("a folder down to a local one", () => {
  it.effect("is there whole, and again only what changed", () =>
    Effect.gen(function* () {
      const at = join(yield* localFolder, "made/with it");
      const tree = elsewhere({ "/a.txt": "one", "/b/c/d.txt": "two", "/empty": "" });
      const copy = downloadFolder(tree, at);
      const all = ["/a.txt", "/b/c/d.txt", "/empty"];
      expect(yield* copy).toEqual({ copied: all, unchanged: [], deleted: [], skipped: [], bytes: 6 });
      expect(yield* contents(at)).toEqual({ "a.txt": "one", "b/c/d.txt": "two", empty: "" });
      tree.asked.length = 0;
      expect(yield* copy).toEqual({ copied: [], unchanged: all, deleted: [], skipped: [], bytes: 0 });
      expect(tree.asked).toEqual([]);
      tree.held.set("/a.txt", { text: "ONE", lastModified: tree.held.get("/a.txt")!.lastModified + 1 });
      yield* put(at, { "b/c/d.txt": "by hand" });
      expect(yield* copy).toMatchObject({ copied: ["/a.txt", "/b/c/d.txt"], unchanged: ["/empty"] });
      expect(yield* contents(at)).toEqual({ "a.txt": "ONE", "b/c/d.txt": "two", empty: "" });
    }));

  it.effect("keeps what is only here, unless it is pruned: then empty folders go too", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      yield* put(at, { "mine.txt": "1", "old/deep/x": "2", "a/b": "a file is needed where this folder is" });
      const tree = elsewhere({ "/a": "one" });
      yield* Effect.flip(downloadFolder(tree, at));
      expect(Object.keys(yield* contents(at)).sort()).toEqual(["a/b", "mine.txt", "old/deep/x"]);
      const { deleted, copied } = yield* downloadFolder(tree, at, { prune: true });
      expect({ deleted, copied }).toEqual({ deleted: ["/a/b", "/mine.txt", "/old/deep/x"], copied: ["/a"] });
      expect(yield* Effect.promise(() => readdir(at))).toEqual(["a"]);
    }));

  it.effect("may be a part of the tree", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      yield* put(at, { "gone.txt": "x" });
      const tree = elsewhere({ "/2025/a": "1", "/2025/b/c": "2", "/2025x": "3", "/other": "4" });
      for (const folder of ["2025", "/2025/"]) {
        const { copied, unchanged } = yield* downloadFolder(tree, at, { folder, prune: true });
        expect([...copied, ...unchanged]).toEqual(["/2025/a", "/2025/b/c"]);
      }
      expect(yield* contents(at)).toEqual({ a: "1", "b/c": "2" });
    }));

  it.effect.each([
    "/../outside",
    "/a/../../outside",
    "/./a",
    "/a//b",
    "/a/",
    "//a",
    "/a\0b",
  ])("copies nothing when %j is a path of it", (path) =>
    Effect.gen(function* () {
      const at = join(yield* localFolder, "in");
      const error = yield* Effect.flip(downloadFolder(elsewhere({ "/fine": "1", [path]: "2" }), at));
      expect(error).toBeInstanceOf(FolderCopyFailed);
      expect((error as FolderCopyFailed).message).toMatch(/cannot be the name of a file or folder here/);
      expect(yield* Effect.promise(() => readdir(dirname(at)))).toEqual([]);
    }));

  it.effect("copies nothing when a file is where another one needs a folder", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      const error = yield* Effect.flip(downloadFolder(elsewhere({ "/a/b/c": "1", "/a": "2" }), at));
      expect(String(error)).toContain(`"/a/b/c" could not be copied: it would be in a folder where the file "/a" is`);
      expect(yield* contents(at)).toEqual({});
    }));

  it.effect.each([
    ["breaks", "BROKEN", (error: unknown) => expect(error).toBe("broken")],
    ["is cut", "1CUT", (error: unknown) => expect(String(error)).toContain("1 bytes came, expected 4")],
  ] as ReadonlyArray<readonly [string, string, (error: unknown) => void]>)(
    "a file that %s leaves what was there, and nothing else",
    ([, text, check]) =>
      Effect.gen(function* () {
        const at = yield* localFolder;
        yield* put(at, { a: "before" });
        check(yield* Effect.flip(downloadFolder(elsewhere({ "/a": text, "/b/c": text }), at)));
        expect(yield* contents(at)).toEqual({ a: "before" });
      }),
  );

  it.effect("tells how far it is, and copies no more at once than asked", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      const tree = elsewhere(Object.fromEntries(Array.from({ length: 20 }, (_, nth) => [`/${nth}`, "12345"])));
      const told: Array<FolderCopyProgress> = [];
      let [open, most] = [0, 0];
      const gate = yield* Latch.make(false);
      const slow: FileTree<string> = {
        ...tree,
        read: (path) =>
          Stream.suspend(() => {
            most = Math.max(most, ++open);
            return Stream.ensuring(
              Stream.concat(Stream.drain(Stream.fromEffect(gate.await)), tree.read(path)),
              Effect.sync(() => void open--),
            );
          }),
      };
      const onProgress = (progress: FolderCopyProgress) => Effect.sync(() => void told.push(progress));
      const fiber = yield* Effect.forkChild(downloadFolder(slow, at, { concurrency: 3, onProgress }));
      while (open < 3) yield* Effect.promise(() => stat(at));
      yield* gate.open;
      yield* Fiber.join(fiber);
      expect(most).toBe(3);
      expect(told.map(({ done, doneBytes }) => [done, doneBytes]))
        .toEqual(Array.from({ length: 20 }, (_, nth) => [nth + 1, (nth + 1) * 5]));
      expect(told[0]).toMatchObject({ action: "copied", total: 20, totalBytes: 100 });
    }));
});

describe("a local folder up", () => {
  it.effect("is there whole, and again only what changed", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      yield* put(at, { "a.txt": "one", "b/c/d.txt": "two", empty: "" });
      const tree = elsewhere({ "/theirs": "x" });
      const copy = uploadFolder(at, tree);
      const all = ["/a.txt", "/b/c/d.txt", "/empty"];
      expect(yield* copy).toEqual({ copied: all, unchanged: [], deleted: [], skipped: [], bytes: 6 });
      expect(textsOf(tree)).toEqual({ "/theirs": "x", "/a.txt": "one", "/b/c/d.txt": "two", "/empty": "" });
      tree.asked.length = 0;
      expect(yield* copy).toMatchObject({ copied: [], unchanged: all, bytes: 0 });
      expect(tree.asked).toEqual([]);
      yield* put(at, { "a.txt": "ONE" });
      expect(yield* copy).toMatchObject({ copied: ["/a.txt"], unchanged: ["/b/c/d.txt", "/empty"], bytes: 3 });
      // Both ways know what is in step.
      tree.held.delete("/theirs");
      expect(yield* downloadFolder(tree, at)).toMatchObject({ copied: [] });
    }));

  it.effect("is sent again when its file is older than before, as one that was restored", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      yield* put(at, { a: "new" });
      const tree = elsewhere();
      yield* uploadFolder(at, tree);
      yield* put(at, { a: "old" });
      yield* Effect.promise(() => utimes(join(at, "a"), 1, 1));
      expect(yield* uploadFolder(at, tree)).toMatchObject({ copied: ["/a"] });
      expect(textsOf(tree)).toEqual({ "/a": "old" });
    }));

  it.effect("by content is sent only where bytes differ, and is in step by time then", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      yield* put(at, { same: "one", other: "two", longer: "three" });
      const tree = elsewhere({ "/same": "one", "/other": "TWO", "/longer": "thre" });
      const { copied, unchanged } = yield* uploadFolder(at, tree, { compare: "content", concurrency: 1 });
      expect({ copied, unchanged }).toEqual({ copied: ["/longer", "/other"], unchanged: ["/same"] });
      expect(tree.asked.filter((asked) => asked.startsWith("read"))).toEqual(["read /other", "read /same"]);
      expect(yield* uploadFolder(at, tree)).toMatchObject({ copied: [] });
    }));

  it.effect("goes into a folder of the tree, and prunes nothing outside of it", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      yield* put(at, { "a/b": "1" });
      const tree = elsewhere({ "/in/old": "x", "/inside": "y", "/z": "z" });
      expect(yield* uploadFolder(at, tree, { folder: "/in", prune: true })).toMatchObject(
        { copied: ["/in/a/b"], deleted: ["/in/old"] },
      );
      expect(textsOf(tree)).toEqual({ "/in/a/b": "1", "/inside": "y", "/z": "z" });
    }));

  it.effect("follows links to files, and tells of what is none; what it did not see is not pruned", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      yield* put(at, { "in/file": "1", "out/x": "2" });
      yield* Effect.promise(async () => {
        await symlink("file", join(at, "in/link"));
        await symlink("../out", join(at, "in/folder"));
        await symlink("nothing", join(at, "in/dangling"));
      });
      const tree = elsewhere({ "/folder/y": "3", "/old": "4" });
      expect(yield* uploadFolder(join(at, "in"), tree, { prune: true })).toEqual({
        copied: ["/file", "/link"],
        unchanged: [],
        deleted: ["/old"],
        skipped: ["/dangling", "/folder"],
        bytes: 2,
      });
      expect(textsOf(tree)).toEqual({ "/folder/y": "3", "/file": "1", "/link": "1" });
    }));

  it.effect("that is not there deletes nothing", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      const tree = elsewhere({ "/a": "1" });
      const error = yield* Effect.flip(uploadFolder(join(at, "nothing"), tree, { prune: true }));
      expect(error).toMatchObject({ _tag: "FileFailed", code: "ENOENT" });
      expect(tree.asked).toEqual([]);
    }));

  it.effect("that fails in the middle goes on where it was", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      yield* put(at, { a: "1", b: "REFUSED", c: "3" });
      const tree = elsewhere();
      const copy = uploadFolder(at, tree, { concurrency: 1 });
      expect(yield* Effect.flip(copy)).toBe("refused");
      yield* put(at, { b: "2" });
      expect(yield* copy).toMatchObject({ copied: ["/b", "/c"], unchanged: ["/a"] });
      yield* put(at, { c: "33CUT" });
      expect(String(yield* Effect.flip(copy))).toContain("2 bytes were stored, expected 5");
    }));

  it.effect("that is written to meanwhile is sent again next time", () =>
    Effect.gen(function* () {
      const at = yield* localFolder;
      yield* put(at, { a: "1" });
      const tree = elsewhere();
      const meanwhile: FileTree<string> = {
        ...tree,
        write: (path, content) => Effect.tap(tree.write(path, content), () => put(at, { a: "22" })),
      };
      yield* uploadFolder(at, meanwhile);
      expect(yield* uploadFolder(at, tree)).toMatchObject({ copied: ["/a"] });
      expect(textsOf(tree)).toEqual({ "/a": "22" });
    }));
});

describe("through a managed folder of a simulated DSS", () => {
  it.effect("all names and bytes survive the way up and down", () =>
    Effect.gen(function* () {
      const [from, to] = [yield* localFolder, yield* localFolder];
      const names = [
        ...hostileIds.filter((id) =>
          id.length < 200 && id.split("/").every((level) => !["", ".", ".."].includes(level))
        ),
        "deep er/ü #1/100%.txt",
        "e\u0301",
        "x".repeat(200),
      ];
      const files = Object.fromEntries(names.map((name) => [name, `\ufeff${name}\0\r\n`]));
      yield* put(from, files);
      const { id } = yield* (yield* ManagedFolders).create("SALES", "names");
      const tree = (yield* ManagedFolderFiles).in("SALES", id);
      expect((yield* uploadFolder(from, tree)).copied).toHaveLength(names.length);
      expect((yield* downloadFolder(tree, to)).copied).toHaveLength(names.length);
      const copies = yield* contents(to);
      expect(copies).toEqual(yield* contents(from));
      expect(Object.keys(copies).sort()).toEqual(Object.keys(files).sort());
      expect(yield* uploadFolder(to, tree, { prune: true })).toMatchObject({ copied: [], deleted: [] });
      const kept: ReadonlyArray<TreeFile> = yield* tree.list;
      expect(kept).toHaveLength(names.length);
    }).pipe(Effect.provide(Simulator.layer())));
});
