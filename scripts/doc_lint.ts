/**
 * `deno doc --lint` of all that is published, without what it says of npm's files.
 *
 * Deno calls every type of an npm package private. So the modules of `effect` that published files import are given to it as roots too, and
 * its complaints about their own files are dropped. So are those about what classes of errors extend: all that there is to know of them is
 * declared, and documented, in the classes.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import deno from "../deno.json" with { type: "json" };
import { publishedFiles } from "./source_files.ts";

const imported = publishedFiles
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => [...Deno.readTextFileSync(file).matchAll(/^(?:import|export|\}) .*from "effect\/(.+)";$/gm)])
  .map(([, module]) => `${deno.imports.effect}/${module}`);

const { stderr } = await new Deno.Command(Deno.execPath(), {
  args: ["doc", "--lint", ...Object.values(deno.exports), ...new Set(imported)],
  env: { NO_COLOR: "1" },
  stdout: "null",
}).output();
const complaints = new TextDecoder().decode(stderr)
  .split(/^(?=error\b)/m)
  .filter((text) => text.startsWith("error") && !/^error: Found \d+ documentation lint errors/.test(text))
  .filter((text) => !/^ +--> .*\/node_modules\//m.test(text))
  .filter((text) => !/^error\[private-type-ref\]: public type '\w+' references private type '\w+Base'/.test(text));

for (const complaint of complaints) console.error(complaint.trimEnd());
if (complaints.length > 0) Deno.exit(1);
