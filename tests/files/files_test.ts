import { describe, expect, it } from "@effect/vitest";
import { Deferred, Effect, Fiber, Layer, Stream } from "effect";
import { HttpClient } from "effect/http";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dataiku, Dss, path, post, Projects, Recorder, Replay } from "../../mod.ts";
import { fileContent, FileFailed, loadCassette, recordToFile, saveToFile } from "../../src/files.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { dssServer, json, Received } from "../fixtures/dss_server.ts";

/** A folder that is gone after the test. */
const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "files-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true })),
);

const bytes = (...texts: ReadonlyArray<string>): Stream.Stream<Uint8Array> => Stream.encodeText(Stream.make(...texts));

/** What a folder holds: names with their texts. */
const contents = (folder: string) =>
  Effect.promise(async () =>
    Object.fromEntries(
      await Promise.all(
        (await readdir(folder)).map(async (name) => [name, await readFile(join(folder, name), "utf8")]),
      ),
    )
  );

describe("a stream into a file", () => {
  it.effect("is there whole, in place of what was there", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      yield* Effect.promise(() => writeFile(join(at, "a.csv"), "a longer text that was there before"));
      expect(yield* saveToFile(bytes("one,", "", "two"), join(at, "a.csv"))).toBe(7);
      expect(yield* contents(at)).toEqual({ "a.csv": "one,two" });
    }));

  it.effect("that is empty is an empty file", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      expect(yield* saveToFile(Stream.empty, join(at, "a"))).toBe(0);
      expect(yield* contents(at)).toEqual({ a: "" });
    }));

  it.effect("that fails leaves nothing, and what was there as it was", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      yield* Effect.promise(() => writeFile(join(at, "a"), "before"));
      const broken = Stream.concat(bytes("half"), Stream.fail("broken"));
      expect(yield* Effect.flip(saveToFile(broken, join(at, "a")))).toBe("broken");
      expect(yield* Effect.flip(saveToFile(broken, join(at, "b")))).toBe("broken");
      expect(yield* contents(at)).toEqual({ a: "before" });
    }));

  it.effect("that is interrupted leaves nothing", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      const begun = yield* Deferred.make<void>();
      const endless = Stream.concat(
        Stream.tap(bytes("half", "more"), () => Deferred.succeed(begun, undefined)),
        Stream.never,
      );
      const fiber = yield* Effect.forkChild(saveToFile(endless, join(at, "a")));
      yield* Deferred.await(begun);
      yield* Fiber.interrupt(fiber);
      expect(yield* contents(at)).toEqual({});
    }));

  it.effect("says in one sentence why it cannot be", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      yield* Effect.promise(() => mkdir(join(at, "folder")));
      const messageOf = (path: string) =>
        Effect.map(Effect.flip(saveToFile(bytes("x"), path)), ({ message }) => message);
      expect(yield* messageOf(join(at, "none", "a"))).toBe(
        `The file ${at}/none/a could not be written: there is no such file, or no folder ${at}/none`,
      );
      expect(yield* messageOf(join(at, "folder"))).toContain("it is a folder, expected the name of a file");
      expect(yield* contents(join(at, "folder"))).toEqual({});
      expect(new FileFailed({ path: "a", action: "written", code: "ENOSPC" }).message).toBe(
        "The file a could not be written: the disk is full",
      );
    }));
});

describe("a file as content", () => {
  const upload = (content: Parameters<typeof post>[1]) =>
    Effect.flatMap(Dss, (dss) => dss.empty("X.upload", post(path`/uploads`, content)));

  it.effect("is sent whole, with its length when it is small", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      yield* Effect.promise(() => writeFile(join(at, "a"), "the content"));
      const content = yield* fileContent(join(at, "a"));
      if (!(content instanceof Blob)) throw new Error("a small file keeps its length");
      expect([content.size, yield* Effect.promise(() => content.text())]).toEqual([11, "the content"]);
      yield* upload({ content });
      expect((yield* Received).lines).toEqual(["POST /uploads"]);
    }).pipe(Effect.provide(dssServer(() => json({})))));

  it.effect("is read again for another attempt when it is large", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      const size = 17 * 2 ** 20;
      yield* Effect.promise(() => writeFile(join(at, "a"), new Uint8Array(size).fill(7)));
      const content = yield* fileContent(join(at, "a"));
      if (content instanceof Uint8Array) throw new Error("a large file is not held in memory");
      // On Node a blob reads the file when it is read itself.
      const pieces = content instanceof Blob
        ? Stream.fromReadableStream({ evaluate: () => content.stream(), onError: String })
        : content;
      expect(content instanceof Blob).toBe(!("Deno" in globalThis));
      const counted = Stream.runFold(pieces, () => 0, (sum, piece) => sum + piece.length);
      expect([yield* counted, yield* counted]).toEqual([size, size]);
    }));

  it.effect("that is not there says so", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      const error = yield* Effect.flip(fileContent(join(at, "none")));
      expect(error).toMatchObject({ _tag: "FileFailed", action: "read", code: "ENOENT" });
    }));
});

describe("a cassette in a file", () => {
  const keys = Effect.flatMap(Projects, (projects) => projects.keys());
  const recording = Effect.map(Simulator.make(), ({ url, apiKey, client }) =>
    Dataiku.layerClient({ url, apiKey }).pipe(
      Layer.provideMerge(Recorder.layer()),
      Layer.provide(Layer.succeed(HttpClient.HttpClient, client)),
    ));

  it.effect("is replayed by another program", () =>
    Effect.gen(function* () {
      const at = join(yield* folder, "keys.json");
      const found = yield* Effect.provide(recordToFile(keys, at), yield* recording);
      const replay = Replay.layer(yield* loadCassette(at));
      expect(found).toContain("SALES");
      expect(yield* Effect.provide(keys, replay)).toEqual(found);
    }));

  it.effect("is there too when the program fails, with its failure", () =>
    Effect.gen(function* () {
      const at = join(yield* folder, "failed.json");
      const program = Effect.andThen(keys, Effect.fail("enough"));
      expect(yield* Effect.flip(Effect.provide(recordToFile(program, at), yield* recording))).toBe("enough");
      expect((yield* loadCassette(at)).exchanges).toHaveLength(1);
    }));

  it.effect.each<readonly [string, (text: string) => string | Uint8Array]>([
    ["a byte order mark", (text) => `\uFEFF${text}`],
    ["CR LF", (text) => text.replaceAll("\n", "\r\n")],
    ["both", (text) => `\uFEFF${text.replaceAll("\n", "\r\n")}`],
  ])("is read with %s, as Windows writes it", ([, change]) =>
    Effect.gen(function* () {
      const at = join(yield* folder, "keys.json");
      const found = yield* Effect.provide(recordToFile(keys, at), yield* recording);
      yield* Effect.promise(async () => writeFile(at, change(await readFile(at, "utf8"))));
      expect(yield* Effect.provide(keys, Replay.layer(yield* loadCassette(at)))).toEqual(found);
    }));

  it.effect.each<readonly [string, Uint8Array, string]>([
    ["UTF-16", Uint8Array.from([0xff, 0xfe, 0x7b, 0]), "it is UTF-16, expected UTF-8: save it as UTF-8"],
    ["UTF-16 without its mark", Uint8Array.from([0x7b, 0, 0x7d, 0]), "it is UTF-16, expected UTF-8: save it as UTF-8"],
    ["Latin-1", Uint8Array.from([0x22, 0xe9, 0x22]), "it is not UTF-8: save it as UTF-8"],
  ])("of %s is said to be so", ([, bytes, says]) =>
    Effect.gen(function* () {
      const at = join(yield* folder, "keys.json");
      yield* Effect.promise(() => writeFile(at, bytes));
      expect((yield* Effect.flip(loadCassette(at))).message).toBe(`This is not a cassette of version 1: ${says}`);
    }));

  it.effect("that cannot be read or written is said so", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      expect(yield* Effect.flip(loadCassette(join(at, "none.json")))).toMatchObject({
        _tag: "FileFailed",
        code: "ENOENT",
      });
      yield* Effect.promise(() => writeFile(join(at, "half.json"), `{"version": 1, "exch`));
      expect((yield* Effect.flip(loadCassette(join(at, "half.json")))).message).toContain("it is not JSON");
      const nowhere = Effect.provide(recordToFile(keys, join(at, "no", "a.json")), yield* recording);
      expect((yield* Effect.flip(nowhere)).message).toContain("could not be written");
    }));
});
