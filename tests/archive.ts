/**
 * Archives for tests.
 *
 * @module
 */
import { writeZip } from "../src/simulator/zip.ts";

/** A ZIP file of texts by their paths. */
export const archiveOf = (files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> =>
  writeZip(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)] as const));

/** A ZIP file with a plugin. */
export const pluginArchive = (id: string, version: string): Uint8Array<ArrayBuffer> =>
  archiveOf({ "plugin.json": JSON.stringify({ id, version, meta: { label: id } }), "python-lib/a.py": "a = 1" });
