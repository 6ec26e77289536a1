/**
 * Runs all static checks. What a check says is shown when it fails.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { pages } from "./source_files.ts";

const checks: Record<string, ReadonlyArray<string>> = {
  "format": ["fmt", "--check"],
  "lint": ["lint"],
  "types, of the examples in docs too": ["check", "--quiet", "--frozen", "--doc", ".", ...pages],
  "docs of all that is exported": ["run", "-A", "scripts/doc_lint.ts"],
  "walls between the rooms": ["run", "-A", "scripts/walls.ts"],
  "lists of all resources": ["run", "-A", "scripts/index.ts", "--check"],
  "table of coverage": ["run", "-A", "scripts/coverage.ts", "--check"],
  "page for users of dataikuapi": ["run", "-A", "scripts/from_dataikuapi.ts", "--check"],
  "publishable, without slow types": ["publish", "--dry-run", "--allow-dirty"],
};

const failed: Array<string> = [];
for (const [name, args] of Object.entries(checks)) {
  const since = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: [...args] }).output();
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  console.log(`${success ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (success) continue;
  failed.push(name);
  for (const bytes of [stdout, stderr]) console.log(new TextDecoder().decode(bytes));
}

console.log(failed.length === 0 ? "All checks passed" : `Failed: ${failed.join("; ")}`);
if (failed.length > 0) Deno.exit(1);
