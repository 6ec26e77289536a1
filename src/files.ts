/**
 * Files: downloads that are there whole or not at all, uploads that are never held in memory, and cassettes.
 *
 * This sub-path is the only one that needs a file system; it works on Deno and Node.
 *
 * @example
 * ```ts ignore
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { Effect, Stream } from "effect";
 * import { saveToFile } from "@effect-dataiku/dss/files";
 *
 * // Any stream of bytes, as that of a log, an archive, a report.
 * const bytes = Stream.make(new TextEncoder().encode("id,name\n"));
 * const saved = await Effect.runPromise(saveToFile(bytes, join(tmpdir(), "orders.csv")));
 * if (saved !== 8) throw new Error("unexpected");
 * ```
 *
 * @module
 */
import * as Data from "effect/Data";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Stream from "effect/Stream";
import * as fs from "node:fs";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type Cassette, type CassetteInvalid, readCassette } from "./cassette/cassette.ts";
import { Recorder } from "./cassette/recorder.ts";
import type { Content } from "./transport/request.ts";

/** A file could not be read or written. */
export class FileFailed extends Data.Error<{
  /** The file. */
  readonly path: string;
  /** What was done with it. */
  readonly action: "read" | "written";
  /** Code of the system, as `ENOSPC`. */
  readonly code: string;
}> {
  /** Tag of this error. */
  readonly _tag = "FileFailed" as const;
  /** Name of this error, as logs show it. */
  override readonly name = "FileFailed" as const;
  /** One line. */
  override get message(): string {
    return `The file ${this.path} could not be ${this.action}: ${words(this)}`;
  }
}

const words = ({ path, code }: FileFailed): string => {
  switch (code) {
    case "ENOENT":
      return `there is no such file, or no folder ${dirname(path)}`;
    case "EACCES":
    case "EPERM":
    case "NotCapable":
      return "this is not permitted, to the user or to the program (on Deno see --allow-read and --allow-write)";
    case "EISDIR":
      return "it is a folder, expected the name of a file";
    case "ENOSPC":
      return "the disk is full";
    default:
      return code;
  }
};

const attempt = <A>(path: string, action: FileFailed["action"], run: () => Promise<A>): Effect.Effect<A, FileFailed> =>
  Effect.tryPromise({
    try: run,
    catch: (error) => {
      const { code, name, message } = error as Error & { readonly code?: string };
      return new FileFailed({ path, action, code: code ?? (name === "Error" ? message : name) });
    },
  });

/**
 * Writes a stream into a file, and gives the number of its bytes.
 *
 * The bytes go into a file beside it, which takes its place when they are complete and on the disk: after a failure or an interruption
 * nothing is left, and a file that was there before is as it was. One piece of the stream is in memory at a time.
 */
export function saveToFile<E, R>(
  bytes: Stream.Stream<Uint8Array, E, R>,
  path: string,
): Effect.Effect<number, E | FileFailed, R> {
  const part = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
  return Effect.acquireUseRelease(
    attempt(path, "written", async () => {
      if ((await stat(path).catch(() => undefined))?.isDirectory() === true) {
        throw Object.assign(new Error("a folder"), { code: "EISDIR" });
      }
      return await open(part, "wx");
    }),
    (file) =>
      Effect.gen(function* () {
        let size = 0;
        yield* Stream.runForEach(bytes, (piece) =>
          attempt(path, "written", async () => {
            for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten;
            size += piece.length;
          }));
        yield* Effect.uninterruptible(attempt(path, "written", async () => {
          await file.sync();
          await file.close();
          await rename(part, path);
        }));
        return size;
      }),
    (file, exit) =>
      Exit.isSuccess(exit) ? Effect.void : Effect.promise(async () => {
        await file.close().catch(() => undefined); // it may be closed already, when the renaming failed
        await rm(part, { force: true });
      }),
  );
}

/** Largest file that is uploaded from memory where the runtime cannot tell the length of a longer one, in bytes. */
const small = 16_777_216;

/**
 * A file, as the content of an upload.
 *
 * On Node it keeps its length and is read while it is sent. On Deno, whose uploads of files either are held in memory or have no length, this
 * is so up to 16 MiB; a larger one goes in pieces (`Transfer-Encoding: chunked`), which some proxies refuse with 411.
 */
export function fileContent(path: string): Effect.Effect<Content, FileFailed> {
  return attempt(path, "read", async (): Promise<Content> => {
    const { size } = await stat(path);
    if (!("Deno" in globalThis)) return await fs.openAsBlob(path);
    return size <= small ? new Blob([await readFile(path) as Uint8Array<ArrayBuffer>]) : readStream(path);
  });
}

/** The bytes of a file, read from its beginning each time. */
const readStream = (path: string): Stream.Stream<Uint8Array, FileFailed> =>
  Stream.fromAsyncIterable(
    { [Symbol.asyncIterator]: () => fs.createReadStream(path, { highWaterMark: 262_144 })[Symbol.asyncIterator]() },
    (error) => new FileFailed({ path, action: "read", code: (error as { code?: string }).code ?? String(error) }),
  );

/** Writes a cassette into a file, which is there whole or not at all. */
export function saveCassette(cassette: Cassette, path: string): Effect.Effect<void, FileFailed> {
  return Effect.suspend(() =>
    Effect.asVoid(saveToFile(Stream.encodeText(Stream.make(`${JSON.stringify(cassette, undefined, 2)}\n`)), path))
  );
}

/** Reads a cassette from a file. */
export function loadCassette(path: string): Effect.Effect<Cassette, FileFailed | CassetteInvalid> {
  return Effect.flatMap(attempt(path, "read", () => readFile(path, "utf8")), readCassette);
}

/** Runs a program that is recorded, and saves the cassette when it ends, also when it fails: that is when it is needed most. */
export function recordToFile<A, E, R>(
  program: Effect.Effect<A, E, R>,
  path: string,
): Effect.Effect<A, E | FileFailed, R | Recorder> {
  return Effect.onExit(
    program,
    () =>
      Effect.flatMap(
        Recorder,
        (recorder) => Effect.flatMap(recorder.cassette, (cassette) => saveCassette(cassette, path)),
      ),
  );
}
