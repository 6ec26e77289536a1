import { describe, expect, it } from "@effect/vitest";
import { Effect, Exit, Fiber, Logger, Stream } from "effect";
import { execFile, execFileSync } from "node:child_process";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileContent, FileFailed, saveToFile } from "../../src/files.ts";

/** A folder that is gone after the test. */
const folder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "files-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true })),
);

const bytes = (...texts: ReadonlyArray<string>): Stream.Stream<Uint8Array> => Stream.encodeText(Stream.make(...texts));

const until = <A>(run: () => Promise<A>): Effect.Effect<A> => Effect.promise(run);

const pipe = (path: string): void => void execFileSync("mkfifo", [path]);

/** Writes into a pipe, in a process of its own: Deno stands still while a pipe is full. */
const writeInto = (path: string, count: number): Effect.Effect<void> =>
  until(() => new Promise((done) => execFile("sh", ["-c", `head -c ${count} /dev/zero > "$0"`, path], () => done())));

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o7777).toString(8);

const failureOf = (path: string) => Effect.map(Effect.flip(saveToFile(bytes("x"), path)), ({ message }) => message);

/** All that a content gives. */
const readWhole = (content: Effect.Success<ReturnType<typeof fileContent>>) => {
  if (content instanceof Uint8Array) throw new Error("no file is an array");
  const stream = content instanceof Blob
    ? Stream.fromReadableStream({ evaluate: () => content.stream(), onError: String })
    : content;
  return Stream.mkString(Stream.decodeText(stream));
};

describe("a stream into a pipe", () => {
  it.live("is read at its other side, and the pipe stays one", () =>
    Effect.gen(function* () {
      const at = join(yield* folder, "pipe");
      pipe(at);
      const big = "x".repeat(200_000); // more than a pipe holds
      const reader = yield* Effect.forkChild(until(() => readFile(at, "utf8")));
      expect(yield* saveToFile(bytes("one,", big, "two"), at)).toBe(200_007);
      expect(yield* Fiber.join(reader)).toBe(`one,${big}two`);
      expect((yield* until(() => lstat(at))).isFIFO()).toBe(true);
      expect(yield* until(() => readdir(join(at, "..")))).toEqual(["pipe"]);
    }));

  it.live("that is reached through a link goes there too", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      pipe(join(at, "pipe"));
      yield* until(() => symlink("pipe", join(at, "link")));
      const reader = yield* Effect.forkChild(until(() => readFile(join(at, "pipe"), "utf8")));
      yield* saveToFile(bytes("x"), join(at, "link"));
      expect(yield* Fiber.join(reader)).toBe("x");
      expect(yield* until(() => readlink(join(at, "link")))).toBe("pipe");
    }));

  it.live("that nobody reads can be interrupted, and be written later", () =>
    Effect.gen(function* () {
      const at = join(yield* folder, "pipe");
      pipe(at);
      const writing = yield* Effect.forkChild(saveToFile(bytes("never"), at));
      yield* Effect.sleep("50 millis");
      yield* Fiber.interrupt(writing);
      yield* Effect.sleep("50 millis");
      const reader = yield* Effect.forkChild(until(() => readFile(at, "utf8")));
      yield* Effect.sleep("20 millis");
      yield* saveToFile(bytes("later"), at);
      expect(yield* Fiber.join(reader)).toBe("later");
    }));

  it.live("whose reader goes away says so", () =>
    Effect.gen(function* () {
      const at = join(yield* folder, "pipe");
      pipe(at);
      const reader = yield* Effect.forkChild(until(async () => {
        const file = await open(at, "r");
        await file.read(new Uint8Array(1), 0, 1);
        await file.close();
      }));
      const failure = yield* Effect.flip(saveToFile(bytes("one", "x".repeat(200_000)), at));
      yield* Fiber.join(reader);
      expect(failure.message).toBe(`The file ${at} could not be written: who reads the pipe went away`);
    }));

  it.live("that fails lets the pipe go with its failure", () =>
    Effect.gen(function* () {
      const at = join(yield* folder, "pipe");
      pipe(at);
      const reader = yield* Effect.forkChild(until(() => readFile(at, "utf8")));
      expect(yield* Effect.flip(saveToFile(Stream.concat(bytes("half"), Stream.fail("broken")), at))).toBe("broken");
      expect(yield* Fiber.join(reader)).toBe("half");
    }));
});

describe("a stream into a device", () => {
  it.live("goes there", () =>
    Effect.gen(function* () {
      expect(yield* saveToFile(bytes("gone"), "/dev/null")).toBe(4);
      expect((yield* until(() => stat("/dev/null"))).isCharacterDevice()).toBe(true);
    }));

  it.live("that is full says so", () =>
    Effect.map(
      failureOf("/dev/full"),
      (message) => expect(message).toBe("The file /dev/full could not be written: the disk is full"),
    ));
});

describe("a stream into a link", () => {
  const links: ReadonlyArray<readonly [string, (at: string) => Promise<unknown>, string]> = [
    ["a file", (at) => symlink(join(at, "target"), join(at, "link")), "target"],
    ["a file beside it", (at) => symlink("target", join(at, "link")), "target"],
    ["a link to a file", async (at) => {
      await symlink("target", join(at, "between"));
      await symlink("between", join(at, "link"));
    }, "target"],
    ["a file in another folder", async (at) => {
      await mkdir(join(at, "other"));
      await symlink("other/deep", join(at, "link"));
    }, "other/deep"],
    ["a file that is not there yet", (at) => symlink("new", join(at, "link")), "new"],
    ["a link to a file that is not there yet", async (at) => {
      await symlink("new", join(at, "between"));
      await symlink(join(at, "between"), join(at, "link"));
    }, "new"],
    ["a file above the folder that its path links to", async (at) => {
      await mkdir(join(at, "a/b"), { recursive: true });
      await symlink("../new", join(at, "a/b/link"));
      await symlink("a/b", join(at, "shortcut"));
      await symlink("shortcut/link", join(at, "link"));
    }, "a/new"],
  ];
  it.live.each(links)("that leads to %s is followed", ([, prepare, target]) =>
    Effect.gen(function* () {
      const at = yield* folder;
      yield* until(() => writeFile(join(at, "target"), "before"));
      yield* until(() => prepare(at));
      expect(yield* saveToFile(bytes("x"), join(at, "link"))).toBe(1);
      expect((yield* until(() => lstat(join(at, "link")))).isSymbolicLink()).toBe(true);
      expect((yield* until(() => lstat(join(at, target)))).isFile()).toBe(true);
      expect(yield* until(() => readFile(join(at, target), "utf8"))).toBe("x");
    }));

  it.live("that leads to itself, to a folder or to no folder is refused", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      yield* until(async () => {
        await symlink("b", join(at, "a"));
        await symlink("a", join(at, "b"));
        await mkdir(join(at, "folder"));
        await symlink("folder", join(at, "to_folder"));
        await symlink("none/x", join(at, "to_none"));
      });
      expect(yield* failureOf(join(at, "a"))).toContain("its links lead to one another");
      expect(yield* failureOf(join(at, "to_folder"))).toContain("it is a folder");
      expect(yield* failureOf(join(at, "to_none"))).toContain("there is no such file, or no folder");
      expect(yield* until(() => readdir(at))).toEqual(["a", "b", "folder", "to_folder", "to_none"]);
    }));
});

describe("the mode of a file", () => {
  it.live.each(["600", "640", "644", "664", "755", "777", "444", "400", "1644"])(
    "%s stays",
    (mode) =>
      Effect.gen(function* () {
        const at = join(yield* folder, "a");
        yield* until(() => writeFile(at, "before"));
        yield* until(() => chmod(at, Number.parseInt(mode, 8)));
        yield* saveToFile(bytes("after"), at);
        expect(yield* until(() => modeOf(at))).toBe(mode);
        expect(yield* until(() => readFile(at, "utf8"))).toBe("after");
      }),
  );

  it.live("that is new is that of all new files", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      yield* until(() => writeFile(join(at, "other"), ""));
      yield* saveToFile(bytes("x"), join(at, "new"));
      expect(yield* until(() => modeOf(join(at, "new")))).toBe(yield* until(() => modeOf(join(at, "other"))));
    }));

  it.live("is never wider while it is written", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      yield* until(() => writeFile(join(at, "secret"), "", { mode: 0o600 }));
      const look = until(async () => {
        const part = (await readdir(at)).find((name) => name.endsWith(".part"))!;
        return await modeOf(join(at, part));
      });
      let mode = "";
      const watched = Stream.mapEffect(bytes("x"), (piece) => Effect.map(look, (found) => (mode = found, piece)));
      yield* saveToFile(watched, join(at, "secret"));
      expect(mode).toBe("600");
    }));
});

describe("the name of a file", () => {
  const names = [
    ..."x".repeat(255).split("").map((_, at, all) => all.slice(0, at + 1).join("")).filter(({ length }) =>
      length > 239
    ),
    "é".repeat(127),
    "a b",
    "a\nb",
    " ",
    "-rf",
    ".hidden",
    "...",
    "a.part",
    "%41",
    "a\"b'c",
    "a\\b",
    "a*?[b]",
    "😀",
    "~",
    "$HOME",
  ];
  it.live.each(names.map((name) => [name]))("may be %o", ([name]) =>
    Effect.gen(function* () {
      const at = yield* folder;
      for (const text of ["one", "two"]) {
        expect(yield* saveToFile(bytes(text), join(at, name!))).toBe(3);
        expect(yield* until(() => readdir(at))).toEqual([name]);
        expect(yield* until(() => readFile(join(at, name!), "utf8"))).toBe(text);
      }
    }));

  it.live("that no file can have is said to be one", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      yield* until(() => writeFile(join(at, "file"), ""));
      expect(yield* failureOf(join(at, "x".repeat(256)))).toContain("its name is longer than the system allows");
      expect(yield* failureOf(join(at, "a\0b"))).toContain("its name has a character that no name can have");
      expect(yield* failureOf(join(at, "file", "x"))).toContain("a part of its path is a file, expected a folder");
      expect(yield* failureOf(`${at}/new/`)).toContain("it is a folder, expected the name of a file");
      expect(yield* failureOf(at)).toContain("it is a folder, expected the name of a file");
      expect(yield* failureOf("")).toContain("there is no such file");
      expect(yield* until(() => readdir(at))).toEqual(["file"]);
    }));
});

describe("a clean-up that fails", () => {
  const partOf = async (at: string): Promise<string> => (await readdir(at)).find((name) => name.endsWith(".part"))!;
  /** Puts a folder in the place of what is written, which cannot be removed as a file. */
  const spoil = (at: string) =>
    until(async () => {
      const part = join(at, await partOf(at));
      await rm(part);
      await mkdir(join(part, "inner"), { recursive: true });
      return new Uint8Array(1);
    });

  it.live("is no defect, hides no failure, and is told", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      const told: Array<unknown> = [];
      const logger = Logger.layer([Logger.make(({ message }) => void told.push(message))]);
      const broken = Stream.concat(Stream.fromEffect(spoil(at)), Stream.fail("broken"));
      const exit = yield* Effect.exit(Effect.provide(saveToFile(broken, join(at, "a")), logger));
      expect(exit).toEqual(Exit.fail("broken"));
      expect(String(told)).toMatch(/\.part is left behind \(\w+\)/);
    }));

  it.live("because the folder is gone is none", () =>
    Effect.gen(function* () {
      const at = join(yield* folder, "inner");
      yield* until(() => mkdir(at));
      const gone = until(async () => {
        await rm(at, { recursive: true });
        return new Uint8Array(1);
      });
      const failure = yield* Effect.flip(saveToFile(Stream.fromEffect(gone), join(at, "a")));
      expect(failure).toMatchObject({ _tag: "FileFailed", code: "ENOENT" });
    }));

  it.live("leaves nothing when the place was taken by a folder", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      const taken = until(async () => {
        await mkdir(join(at, "a"));
        return new Uint8Array(1);
      });
      const failure = yield* Effect.flip(saveToFile(Stream.fromEffect(taken), join(at, "a")));
      expect(failure).toMatchObject({ _tag: "FileFailed", code: "EISDIR" });
      expect(yield* until(() => readdir(at))).toEqual(["a"]);
    }));
});

describe("what the system says", () => {
  const sentences: ReadonlyArray<readonly [code: string, says: string]> = [
    ["EBUSY", "it is a mount point, or in use, and cannot be replaced"],
    ["EROFS", "its file system can only be read"],
    ["EACCES", "this is not permitted to the user, or to the program"],
    ["NotCapable", "this is not permitted to the program, which takes --allow-read and --allow-write of its folder"],
    ["ENOSPC", "the disk is full"],
    ["ENXIO", "it is a socket, or a device that is not there"],
    ["EIO", "EIO"],
  ];
  it.each(sentences)("as %s is a sentence", (code, says) => {
    expect(new FileFailed({ path: "a", action: "written", code }).message).toContain(
      `The file a could not be written: ${says}`,
    );
  });
});

describe("a content that is no plain file", () => {
  it.live("is streamed from a pipe, once", () =>
    Effect.gen(function* () {
      const at = join(yield* folder, "pipe");
      pipe(at);
      const content = yield* fileContent(at);
      expect(content).not.toBeInstanceOf(Blob);
      const writer = yield* Effect.forkChild(writeInto(at, 600_000));
      expect(yield* readWhole(content)).toBe("\0".repeat(600_000));
      yield* Fiber.join(writer);
      expect(String(yield* Effect.flip(readWhole(content)))).toContain(
        "it is a pipe or a device, whose bytes were read already",
      );
    }));

  it.live("waits for who writes, and can be interrupted", () =>
    Effect.gen(function* () {
      const at = join(yield* folder, "pipe");
      pipe(at);
      const reading = yield* Effect.forkChild(readWhole(yield* fileContent(at)));
      yield* Effect.sleep("50 millis");
      yield* Fiber.interrupt(reading);
      const again = yield* Effect.forkChild(readWhole(yield* fileContent(at)));
      yield* Effect.sleep("50 millis");
      yield* writeInto(at, 5);
      expect(yield* Fiber.join(again)).toBe("\0".repeat(5));
    }));

  it.live("is empty from /dev/null, and whole from files of the system that say they are empty", () =>
    Effect.gen(function* () {
      expect(yield* readWhole(yield* fileContent("/dev/null"))).toBe("");
      const version = yield* readWhole(yield* fileContent("/proc/version"));
      expect(version).toBe(yield* until(() => readFile("/proc/version", "utf8")));
      expect(version.length).toBeGreaterThan(10);
    }));

  it.live("is refused for a folder, and what is not there", () =>
    Effect.gen(function* () {
      const at = yield* folder;
      expect((yield* Effect.flip(fileContent(at))).message).toBe(
        `The file ${at} could not be read: it is a folder, expected the name of a file`,
      );
      expect((yield* Effect.flip(fileContent(join(at, "none")))).message).toContain("there is no such file");
      yield* until(() => symlink("none", join(at, "link")));
      expect((yield* Effect.flip(fileContent(join(at, "link")))).message).toContain("there is no such file");
    }));
});
