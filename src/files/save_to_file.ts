/**
 * Writing files whole or not at all.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Stream from "effect/Stream";
import { constants, type Stats } from "node:fs";
import { type FileHandle, open, readlink, realpath, rename, stat, unlink } from "node:fs/promises";
import { platform } from "node:os";
import { dirname, join, resolve } from "node:path";
import { attempt, codeOf, type FileFailed, systemError } from "./file_failed.ts";
import { opened } from "./opened.ts";
import { inOneBuffer } from "../transport/one_buffer.ts";

/** Where a file is written. */
interface Place {
  /** The file itself, behind all links. */
  readonly target: string;
  /** What is there now. */
  readonly found: Stats | undefined;
  /** Whether it cannot be replaced by another file: pipes and devices, and what stands for a file that is open. */
  readonly isSpecial: boolean;
}

/** Links that are followed, as many as Linux follows. */
const mostLinks = 40;

/** The file that a path with links leads to, whether it is there or not. */
const behindLinks = async (path: string, followed = 0): Promise<string> => {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  if (followed === mostLinks) throw systemError("ELOOP");
  const folder = await realpath(dirname(path));
  const next = await readlink(path).catch(() => undefined);
  return next === undefined ? path : behindLinks(resolve(folder, next), followed + 1);
};

const find = async (path: string): Promise<Place> => {
  const found = await stat(path).catch((error) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (found?.isDirectory() === true || (found === undefined && /[/\\]$/.test(path))) throw systemError("EISDIR");
  const isSpecial = found !== undefined &&
    (!found.isFile() || /^\/(dev\/(fd\/|stdin$|stdout$|stderr$)|proc\/)/.test(resolve(path)));
  return { target: isSpecial ? path : await behindLinks(path), found, isSpecial };
};

/** What bytes are written to. */
interface Sink {
  /** Writes some of the bytes, at least one, and gives their number. */
  write(bytes: Uint8Array): Promise<number>;
  close(): unknown;
}

const sinkOf = (file: FileHandle): Sink => ({
  write: async (bytes) => (await file.write(bytes)).bytesWritten,
  close: () => file.close(),
});

/** Opens what is written in place; what stands for a file that is open goes on at its end. */
const openInPlace = async (path: string, append: boolean): Promise<Sink> =>
  "Deno" in globalThis
    // In the handles of Node, Deno (seen with 2.9.6) stops the whole program while a pipe is full.
    ? await Deno.open(path, { write: true, append })
    : sinkOf(await open(path, constants.O_WRONLY | (append ? constants.O_APPEND : 0)));

/** Writes all pieces, and gives the number of their bytes. */
const writeAll = <E, R>(
  bytes: Stream.Stream<Uint8Array, E, R>,
  path: string,
  sink: Sink,
): Effect.Effect<number, E | FileFailed, R> =>
  Effect.suspend(() => {
    let size = 0;
    return Stream.runForEach(inOneBuffer(bytes), (piece) =>
      attempt(path, "written", async () => {
        for (let at = 0; at < piece.length;) at += await sink.write(piece.subarray(at));
        size += piece.length;
      })).pipe(Effect.map(() => size));
  });

/** Gives a file the owner and the mode of the one whose place it takes. */
const resemble = async (file: FileHandle, { uid, gid, mode }: Stats): Promise<void> => {
  if (platform() === "win32") return;
  const isSameOwner = await file.chown(uid, gid).then(() => true, () => false);
  // Of another owner, a program that runs as its owner would be another one.
  await file.chmod(mode & (isSameOwner ? 0o7777 : 0o777));
};

/** Removes what was begun. */
const remove = async (part: string): Promise<string | undefined> => {
  try {
    await unlink(part);
    return undefined;
  } catch (error) {
    return codeOf(error) === "ENOENT" ? undefined : codeOf(error);
  }
};

const replace = <E, R>(
  bytes: Stream.Stream<Uint8Array, E, R>,
  path: string,
  { target, found }: Place,
): Effect.Effect<number, E | FileFailed, R> => {
  // A short name of its own: that of the file may be as long as names can be.
  const part = join(dirname(target), `.${crypto.randomUUID().slice(0, 8)}.part`);
  return Effect.acquireUseRelease(
    attempt(path, "written", () => open(part, "wx", found === undefined ? undefined : found.mode & 0o777)),
    (file) =>
      Effect.tap(
        writeAll(bytes, path, sinkOf(file)),
        () =>
          Effect.uninterruptible(attempt(path, "written", async () => {
            if (found !== undefined) await resemble(file, found);
            await file.sync();
            await file.close();
            await rename(part, target);
          })),
      ),
    (file, exit) =>
      Exit.isSuccess(exit) ? Effect.void : Effect.flatMap(
        Effect.promise(async () => {
          await file.close().catch(() => {}); // it may be closed already, when the renaming failed
          return await remove(part);
        }),
        (code) => code === undefined ? Effect.void : Effect.logWarning(`The file ${part} is left behind (${code})`),
      ),
  );
};

const writeInPlace = <E, R>(
  bytes: Stream.Stream<Uint8Array, E, R>,
  path: string,
  found: Stats,
): Effect.Effect<number, E | FileFailed, R> =>
  Effect.suspend(() => {
    const { file, letGo } = opened(path, found, "write", () => openInPlace(path, found.isFile()));
    return attempt(path, "written", () => file).pipe(
      Effect.flatMap((sink) => writeAll(bytes, path, sink)),
      Effect.tap(() => attempt(path, "written", async () => (await file).close())),
      Effect.onExit((exit) => Exit.isSuccess(exit) ? Effect.void : Effect.promise(letGo)),
    );
  });

/**
 * Writes a stream into a file, and gives the number of its bytes.
 *
 * The bytes go into a file beside it, which takes its place when they are complete and on the disk, with its mode and, where that is permitted,
 * its owner: after a failure or an interruption nothing is left, and a file that was there before is as it was. Links are followed. Pipes and
 * devices, as `/dev/stdout`, are written in place, as the bytes come. One piece of the stream is in memory at a time.
 *
 * Fails with {@linkcode FileFailed}; on Deno it takes `--allow-read` and `--allow-write` of the folder of the file.
 */
export function saveToFile<E, R>(
  bytes: Stream.Stream<Uint8Array, E, R>,
  path: string,
): Effect.Effect<number, E | FileFailed, R> {
  return Effect.flatMap(
    attempt(path, "written", () => find(path)),
    (place) =>
      place.isSpecial && place.found !== undefined
        ? writeInPlace(bytes, path, place.found)
        : replace(bytes, path, place),
  );
}
