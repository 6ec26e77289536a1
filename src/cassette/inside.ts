/**
 * What is inside of bytes that are compressed by themselves, as an archive: a secret in it would not be seen.
 *
 * @module
 * @internal
 */
import * as Effect from "effect/Effect";
import { joined } from "../transport/joined.ts";

/** What is inside, none where nothing is; or why it cannot be told. */
export type Inside = { readonly contents: ReadonlyArray<Uint8Array> } | { readonly unknown: string };

const nothing: Inside = { contents: [] };

/** What compressed bytes begin with, in hexadecimal. */
const beginnings: ReadonlyArray<readonly [name: string, begins: string]> = [
  ["gzip", "1f8b08"],
  ["zip", "504b0304"],
  ["zip", "504b0506"],
  ["zstd", "28b52ffd"],
  ["bzip2", "425a68"],
  ["xz", "fd377a585a00"],
  ["7z", "377abcaf271c"],
  ["rar", "526172211a07"],
  ["lz4", "04224d18"],
  ["snappy", "ff060000734e6150"],
];

/** How bytes are compressed by themselves, when something tells it. */
export const compressionOf = (bytes: Uint8Array): string | undefined => {
  const begin = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return beginnings.find(([, begins]) => begin.startsWith(begins))?.[0];
};

/** Most that is unpacked of one body, in bytes. */
const most = 268_435_456;

/** Archives in archives in archives. */
const deepest = 4;

/** Why something cannot be looked into. */
class Unknown extends Error {}

/** What is left to be unpacked. */
interface Budget {
  left: number;
}

const unpacked = async (bytes: Uint8Array, format: CompressionFormat, budget: Budget): Promise<Uint8Array> => {
  const pieces: Array<Uint8Array> = [];
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream(format));
  for await (const piece of stream as unknown as AsyncIterable<Uint8Array>) {
    budget.left -= piece.length;
    if (budget.left < 0) throw new Unknown(`it has more than ${most} bytes when it is unpacked`);
    pieces.push(piece);
  }
  return joined(pieces);
};

/** The entries of a zip, by the directory at its end: their names and their contents. */
const entriesOf = async (bytes: Uint8Array, budget: Budget): Promise<ReadonlyArray<Uint8Array>> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Unknown("its zip is not whole");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) throw new Unknown("its zip is too large");
  const found: Array<Uint8Array> = [bytes.subarray(end + 22)];
  for (let entry = 0; entry < count; entry++) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Unknown("its zip is broken");
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [size, from] = [view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
    const lengths = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const head = 46 + lengths.reduce((sum, length) => sum + length, 0);
    if ((flags & 1) === 1) throw new Unknown("its zip is encrypted");
    const start = from + 30 + view.getUint16(from + 26, true) + view.getUint16(from + 28, true);
    const content = bytes.subarray(start, start + size);
    if (content.length < size) throw new Unknown("its zip is broken");
    if (method !== 0 && method !== 8) throw new Unknown("its zip is compressed in a way that is not known here");
    found.push(
      bytes.subarray(at + 46, at + head),
      method === 0 ? content : await unpacked(content, "deflate-raw", budget),
    );
    at += head;
  }
  return found;
};

const contentsOf = async (bytes: Uint8Array, budget: Budget, depth: number): Promise<ReadonlyArray<Uint8Array>> => {
  const compression = compressionOf(bytes);
  if (compression === undefined) return [];
  if (depth > deepest) throw new Unknown("it is an archive in too many others");
  if (compression !== "gzip" && compression !== "zip") {
    throw new Unknown(`it is compressed as ${compression}, which cannot be looked into here`);
  }
  const contents = compression === "zip" ? await entriesOf(bytes, budget) : [await unpacked(bytes, "gzip", budget)];
  const inner: Array<Uint8Array> = [];
  for (const content of contents) inner.push(...await contentsOf(content, budget, depth + 1));
  return [...contents, ...inner];
};

/** What is inside of bytes, at any depth. */
export const insideOf = (bytes: Uint8Array): Effect.Effect<Inside> => {
  const compression = compressionOf(bytes);
  if (compression === undefined) return Effect.succeed(nothing);
  return Effect.promise(async (): Promise<Inside> => {
    try {
      return { contents: await contentsOf(bytes, { left: most }, 1) };
    } catch (error) {
      return { unknown: error instanceof Unknown ? error.message : `its ${compression} is broken` };
    }
  });
};
