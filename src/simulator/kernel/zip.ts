/**
 * Archives as the simulated DSS takes and gives them: ZIP files in memory, without ZIP64 and encryption.
 *
 * @module
 * @internal
 */
import { joined } from "../../transport/joined.ts";

const ofLocal = 0x04034b50;
const ofCentral = 0x02014b50;
const ofEnd = 0x06054b50;
const endLength = 22;
/** Names are UTF-8. */
const utf8Names = 0x0800;
const encrypted = 0x0001;
/** Ways to compress. */
const [stored, deflated] = [0, 8];
/** 1980-01-01, the first day of ZIP: archives of the same files are the same bytes. */
const firstDay = 0x0021;

/** Why bytes are not read as an archive. */
export class NotAZip extends Error {
  /** The name of the error. */
  override readonly name = "NotAZip" as const;
}

/** An entry of the directory of an archive. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Where the end record starts: it is last, but for a comment of at most 65,535 bytes. */
const endOf = (bytes: Uint8Array): number | undefined => {
  const view = viewOf(bytes);
  const first = Math.max(0, bytes.length - endLength - 0xffff);
  for (let at = bytes.length - endLength; at >= first; at--) {
    if (view.getUint32(at, true) === ofEnd && at + endLength + view.getUint16(at + 20, true) === bytes.length) {
      return at;
    }
  }
  return undefined;
};

/** Whether bytes end as a ZIP file does; its entries may still be damaged. */
export function isZip(bytes: Uint8Array): boolean {
  return endOf(bytes) !== undefined;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

const crcOf = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
};

/** A name that would leave the folder that an archive is unpacked into, on any system. */
const leaves = (name: string): boolean =>
  /^(?:[/\\]|[A-Za-z]:)/.test(name) || name.split(/[/\\]/).includes("..") || name.includes("\0");

const entriesOf = (bytes: Uint8Array): ReadonlyArray<Entry> => {
  const end = endOf(bytes);
  if (end === undefined) throw new NotAZip("the end record is missing");
  const view = viewOf(bytes);
  const text = new TextDecoder();
  const entries: Array<Entry> = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > end || view.getUint32(at, true) !== ofCentral) throw new NotAZip("the directory is damaged");
    if ((view.getUint16(at + 8, true) & encrypted) !== 0) throw new NotAZip("the archive is encrypted");
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const name = text.decode(bytes.subarray(at + 46, nameEnd));
    if (leaves(name)) throw new NotAZip(`its entry ${JSON.stringify(name)} would be outside of it`);
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
};

/** Inflates no more than was promised, so that a small archive does not fill the memory. */
const inflated = async (packed: Uint8Array, size: number): Promise<Uint8Array> => {
  const whole = new Uint8Array(size);
  let at = 0;
  const parts = new Blob([new Uint8Array(packed)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  for await (const part of parts) {
    if (at + part.length > size) throw new NotAZip("an entry is longer than the directory says");
    whole.set(part, at);
    at += part.length;
  }
  if (at !== size) throw new NotAZip("an entry is shorter than the directory says");
  return whole;
};

const contentOf = async (bytes: Uint8Array, { name, method, crc, packed, size, at }: Entry): Promise<Uint8Array> => {
  const view = viewOf(bytes);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== ofLocal) throw new NotAZip(`${name} is damaged`);
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  // Deflate makes at most 1,032 bytes of one.
  if (from + packed > bytes.length || size > packed * 1032) throw new NotAZip(`${name} is damaged`);
  const data = bytes.subarray(from, from + packed);
  if (method !== stored && method !== deflated) throw new NotAZip(`${name} is compressed in a way that is not known`);
  const content = method === stored ? data.slice() : await inflated(data, size).catch((cause) => {
    throw cause instanceof NotAZip ? cause : new NotAZip(`${name} is damaged`, { cause });
  });
  if (content.length !== size || crcOf(content) !== crc) throw new NotAZip(`${name} is damaged`);
  return content;
};

/**
 * The files of an archive by their paths, in its order; folders are left out.
 *
 * The promise is rejected with {@linkcode NotAZip} when the bytes are no archive, or a damaged one.
 */
export async function readZip(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of entriesOf(bytes)) {
    if (!entry.name.endsWith("/")) files.set(entry.name, await contentOf(bytes, entry));
  }
  return files;
}

/**
 * An archive of files by their paths. They are stored as they are: compressing is not done at once anywhere, and time that passes in it would
 * not be that of a test clock.
 */
export function writeZip(files: Iterable<readonly [string, Uint8Array]>): Uint8Array<ArrayBuffer> {
  const bodies: Array<Uint8Array> = [];
  const directory: Array<Uint8Array> = [];
  let at = 0;
  for (const [path, content] of files) {
    const name = new TextEncoder().encode(path);
    // What the local header and the directory say alike, from "version needed" to the length of the name.
    const said = new DataView(new ArrayBuffer(26));
    [20, utf8Names, stored, 0, firstDay].forEach((value, index) => said.setUint16(index * 2, value, true));
    [crcOf(content), content.length, content.length].forEach((value, index) =>
      said.setUint32(10 + index * 4, value, true)
    );
    said.setUint16(22, name.length, true);
    const shared = new Uint8Array(said.buffer);

    const local = new Uint8Array(30);
    viewOf(local).setUint32(0, ofLocal, true);
    local.set(shared, 4);
    const central = new Uint8Array(46);
    viewOf(central).setUint32(0, ofCentral, true);
    viewOf(central).setUint16(4, 20, true);
    central.set(shared, 6);
    viewOf(central).setUint32(42, at, true);

    bodies.push(local, name, content);
    directory.push(central, name);
    at += local.length + name.length + content.length;
  }
  const end = new Uint8Array(endLength);
  const view = viewOf(end);
  view.setUint32(0, ofEnd, true);
  view.setUint16(8, directory.length / 2, true);
  view.setUint16(10, directory.length / 2, true);
  view.setUint32(12, directory.reduce((length, part) => length + part.length, 0), true);
  view.setUint32(16, at, true);
  return joined([...bodies, ...directory, end]);
}
