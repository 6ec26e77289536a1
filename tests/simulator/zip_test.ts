import { describe, expect, it } from "@effect/vitest";
import { isZip, NotAZip, readZip, writeZip } from "../../src/simulator/kernel/zip.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (files: ReadonlyMap<string, Uint8Array>) =>
  [...files].map(([path, content]) => [path, new TextDecoder().decode(content)]);

/** A folder, a stored and a deflated file, and a comment, as the zipfile module of Python writes them. */
const ofPython = Uint8Array.from(
  atob(
    "UEsDBBQAAAAAAAAAIVwAAAAAAAAAAAAAAAALAAAAcHl0aG9uLWxpYi9QSwMEFAAAAAAAAAAhXEPmpJoKAAAACgAAAAsAAABwbHVnaW4uanNvbnsiaWQiOiJhIn1QSwMEFAAACAgAAAAhXGB9pO0OAAAAtAAAABAAAABweXRob24tbGliL8OpLnB5KyjKzCvRMNTkKhg6DABQSwECFAMUAAAAAAAAACFcAAAAAAAAAAAAAAAACwAAAAAAAAAAAAAAgAEAAAAAcHl0aG9uLWxpYi9QSwECFAMUAAAAAAAAACFcQ+akmgoAAAAKAAAACwAAAAAAAAAAAAAAgAEpAAAAcGx1Z2luLmpzb25QSwECFAMUAAAICAAAACFcYH2k7Q4AAAC0AAAAEAAAAAAAAAAAAAAAgAFcAAAAcHl0aG9uLWxpYi/DqS5weVBLBQYAAAAAAwADALAAAACYAAAADgBtYWRlIGJ5IFB5dGhvbg==",
  ),
  (character) => character.charCodeAt(0),
);

const files: ReadonlyArray<readonly [string, Uint8Array]> = [
  ["plugin.json", utf8('{"id":"a"}')],
  ["python-lib/é.py", utf8("print(1)\n".repeat(1000))],
  ["empty.txt", utf8("")],
];

const changed = (bytes: Uint8Array, at: number, by: number) =>
  bytes.map((byte, index) => index === at ? byte ^ by : byte);
const refused = (bytes: Uint8Array) => expect(readZip(bytes)).rejects.toBeInstanceOf(NotAZip);

describe("zip", () => {
  it("reads what Python writes", async () => {
    expect(texts(await readZip(ofPython))).toEqual([
      ["plugin.json", '{"id":"a"}'],
      ["python-lib/é.py", "print(1)\n".repeat(20)],
    ]);
  });

  it("reads what it writes, in its order", async () => {
    const bytes = writeZip(files);
    expect([...await readZip(bytes)]).toEqual(files);
    expect(writeZip(files)).toEqual(bytes);
  });

  it("writes an archive of nothing", async () => {
    const bytes = writeZip([]);
    expect(isZip(bytes)).toBe(true);
    expect((await readZip(bytes)).size).toBe(0);
  });

  it("tells what is an archive", async () => {
    expect(isZip(ofPython)).toBe(true);
    for (const bytes of [utf8(""), utf8("PK"), utf8("not an archive, though long enough"), ofPython.slice(0, -1)]) {
      expect(isZip(bytes)).toBe(false);
      await refused(bytes);
    }
  });

  it("refuses an archive of which any byte of a file is another", async () => {
    const bytes = writeZip(files.slice(0, 1));
    for (let at = 0; at < 10; at++) await refused(changed(bytes, 30 + "plugin.json".length + at, 1));
    await refused(changed(bytes, 0, 1));
  });

  it("refuses an entry that is longer or shorter than its directory says, and one that is encrypted", async () => {
    const bytes = writeZip(files.slice(1, 2));
    const directory = new DataView(bytes.buffer).getUint32(bytes.length - 6, true);
    await refused(changed(bytes, directory + 24, 1));
    await refused(changed(bytes, directory + 27, 0x80));
    await refused(changed(bytes, directory + 8, 1));
    await refused(changed(bytes, directory + 10, 1));
    await refused(changed(bytes, directory, 1));
  });
});
