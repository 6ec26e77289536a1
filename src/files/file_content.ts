/**
 * Files as the content of uploads.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Stream from "effect/Stream";
import { openAsBlob, type Stats } from "node:fs";
import { type FileHandle, open, readFile, stat } from "node:fs/promises";
import type { Content } from "../transport/request.ts";
import { attempt, FileFailed, systemError } from "./file_failed.ts";
import { opened } from "./opened.ts";

/** Largest file that is uploaded from memory where the runtime cannot tell the length of a longer one, in bytes. */
const small = 16_777_216;

/** Largest file that is always uploaded from memory, in bytes: files of the system tell a length that they do not have. */
const tiny = 65_536;

const pieceSize = 262_144;

/** The bytes of a file; at their end it is looked whether they are all. */
const pieces = (
  path: string,
  found: Stats,
  atEnd: (file: FileHandle, read: number) => Promise<void>,
): Stream.Stream<Uint8Array, FileFailed> =>
  Stream.suspend(() => {
    const { file, letGo } = opened(path, found, "read", () => open(path, "r"));
    return Stream.unfold(0, (read) =>
      attempt(path, "read", async () => {
        const handle = await file;
        const { bytesRead, buffer } = await handle.read(new Uint8Array(pieceSize), 0, pieceSize, null);
        if (bytesRead > 0) return [buffer.subarray(0, bytesRead), read + bytesRead] as const;
        await atEnd(handle, read);
        return undefined;
      })).pipe(Stream.ensuring(Effect.promise(letGo)));
  });

/** A file that has to be what it was, as often as it is read. */
const sameFile = (path: string, found: Stats): Stream.Stream<Uint8Array, FileFailed> =>
  pieces(path, found, async (file, read) => {
    const { size, mtimeMs } = await file.stat();
    if (read === found.size && size === found.size && mtimeMs === found.mtimeMs) return;
    const how = read === found.size ? "it was written to" : `${read} bytes were there, expected ${found.size}`;
    const detail = `it changed before it was sent: ${how}`;
    throw new FileFailed({ path, action: "read", code: "CHANGED", detail });
  });

/** A pipe or a device: what was read of it once is not there again. */
const readOnce = (path: string, found: Stats): Stream.Stream<Uint8Array, FileFailed> => {
  let wasRead = false;
  return Stream.suspend(() => {
    if (wasRead) {
      const detail = "it is a pipe or a device, whose bytes were read already, and is not sent again";
      return Stream.fail(new FileFailed({ path, action: "read", code: "ESPIPE", detail }));
    }
    wasRead = true;
    return pieces(path, found, () => Promise.resolve());
  });
};

/**
 * A file, as the content of an upload.
 *
 * On Node it keeps its length and is read while it is sent. On Deno, whose uploads of files either are held in memory or have no length, this
 * is so up to 16 MiB; a larger one goes in pieces (`Transfer-Encoding: chunked`), which some proxies refuse with 411. A file that changes
 * after this, and before it was sent, ends the upload with `UploadFailed` unless it is in memory. A pipe or a device goes in pieces, once.
 *
 * Fails with {@linkcode FileFailed} for a folder, a socket, and what cannot be read.
 */
export function fileContent(path: string): Effect.Effect<Content, FileFailed> {
  return attempt(path, "read", async (): Promise<Content> => {
    const found = await stat(path);
    if (found.isDirectory()) throw systemError("EISDIR");
    if (found.isSocket()) throw systemError("ENXIO");
    if (!found.isFile()) return readOnce(path, found);
    const isDeno = "Deno" in globalThis;
    if (found.size <= (isDeno ? small : tiny)) return new Blob([await readFile(path) as Uint8Array<ArrayBuffer>]);
    return isDeno ? sameFile(path, found) : await openAsBlob(path);
  });
}
