/**
 * Runs the tests in virtual time, those with real sockets and the examples of the docs, and sums them: the last line says
 * `N passed, N failed`.
 *
 * Arguments choose the files whose path contains one of them. With the variable `FAST_PATHS` set to `off`, the faster ways of
 * src/fast_paths.ts are not taken.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import deno from "../deno.json" with { type: "json" };
import { filesIn, pages, publishedFiles } from "./source_files.ts";
import { type Count, readVitest } from "./vitest_report.ts";

interface Runner {
  readonly name: string;
  readonly files: ReadonlyArray<string>;
  /** Arguments of `deno`, up to the file that the report goes to. */
  readonly command: ReadonlyArray<string>;
  readonly read: (report: string, files: ReadonlyArray<string>) => Count;
}

const readJUnit: Runner["read"] = (report) => {
  const suites = [...report.matchAll(/<testsuite [^>]*>/g)].join();
  const sum = (attribute: string): number =>
    suites.matchAll(new RegExp(` ${attribute}="(\\d+)"`, "g")).reduce((total, [, digits]) => total + Number(digits), 0);
  const failed = sum("failures") + sum("errors");
  return { passed: sum("tests") - sum("disabled") - failed, failed };
};

/** A runner that fails outside of a test, or that runs none, counts as one failure. */
const run = async ({ command, files, read }: Runner): Promise<Count> => {
  const file = await Deno.makeTempFile();
  const args = [...command.slice(0, -1), `${command.at(-1)}=${file}`, ...files];
  const { success } = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).spawn().status;
  const report = await Deno.readTextFile(file);
  await Deno.remove(file);
  const { passed, failed } = report === "" ? { passed: 0, failed: 0 } : read(report, files);
  return { passed, failed: Math.max(failed, success && passed > 0 ? 0 : 1) };
};

const isChosen = (file: string): boolean => Deno.args.length === 0 || Deno.args.some((part) => file.includes(part));
const isSocketTest = (file: string): boolean => file.startsWith("tests/sockets/");
const hasExample = (file: string): boolean => /^[ *]*```ts$/m.test(Deno.readTextFileSync(file));
const tests = filesIn("tests").filter((file) => file.endsWith("_test.ts") && isChosen(file));
const denoTest = ["test", "--no-check"];

const runners: ReadonlyArray<Runner> = [
  {
    name: "tests",
    files: tests.filter((file) => !isSocketTest(file)),
    command: ["run", "-A", deno.imports.vitest, "run", "--reporter=default", "--reporter=json", "--outputFile.json"],
    read: readVitest,
  },
  {
    name: "tests with sockets",
    files: tests.filter(isSocketTest),
    command: [
      ...denoTest,
      "-A",
      "--preload=tests/fixtures/fast_paths.ts",
      "--sanitize-ops",
      "--sanitize-resources",
      "--junit-path",
    ],
    read: readJUnit,
  },
  {
    name: "examples of the docs",
    files: [...new Set([...publishedFiles, ...pages])].filter((file) => isChosen(file) && hasExample(file)),
    command: [...denoTest, "--doc", "--junit-path"],
    read: readJUnit,
  },
];

const counts: Array<Count & { readonly name: string }> = [];
for (const runner of runners.filter(({ files }) => files.length > 0)) {
  counts.push({ name: runner.name, ...await run(runner) });
}

for (const { name, passed, failed } of counts) console.log(`${name}: ${passed} passed, ${failed} failed`);
if (counts.length === 0) console.error(`No file with tests has ${Deno.args.join(" or ")} in its path`);
const total = (key: keyof Count): number => counts.reduce((sum, count) => sum + count[key], 0);
console.log(`${total("passed")} passed, ${total("failed")} failed`);
if (counts.length === 0 || total("failed") > 0) Deno.exit(1);
