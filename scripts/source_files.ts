/**
 * The files that the scripts work on. Paths are relative to the checkout, where all tasks run.
 *
 * @module
 */
import deno from "../deno.json" with { type: "json" };

/** The files below a folder, sorted. */
export const filesIn = (folder: string): ReadonlyArray<string> =>
  [...Deno.readDirSync(folder)]
    .flatMap((entry) => entry.isDirectory ? filesIn(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`])
    .sort();

/** The files that are published, sorted. */
export const publishedFiles: ReadonlyArray<string> = [...Deno.readDirSync(".")]
  .filter((entry) => deno.publish.include.includes(entry.name))
  .flatMap((entry) => entry.isDirectory ? filesIn(entry.name) : [entry.name])
  .sort();

/** The pages of documentation, whose examples are checked and run. */
export const pages: ReadonlyArray<string> = [
  ...publishedFiles.filter((file) => file.endsWith(".md")),
  "CONTRIBUTING.md",
  ...filesIn("docs").filter((file) => file.endsWith(".md")),
];
