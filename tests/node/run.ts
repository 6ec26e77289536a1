/**
 * Installs the npm form of this package in an empty project, and looks whether it does there what the sources do on Deno: `deno task node`. The
 * last line says `N passed, N failed`.
 *
 * - TypeScript checks a program, the examples and all exports.
 * - On the oldest Node that is supported: that program, the examples of the README, the demo, and the tests.
 * - On a newer one: the same with fewer tests, without the faster ways of src/fast_paths.ts, and the faults on its sockets.
 *
 * An engine that cannot be had is a failure where `CI` is `true`, else a warning.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { filesIn } from "../../scripts/source_files.ts";
import { type Count, readVitest } from "../../scripts/vitest_report.ts";
import { type Ended, install, makeProject, run } from "./project.ts";

const tests = filesIn("tests").filter((file) => file.endsWith("_test.ts"));

/** Tests that say nothing of this package on an engine: those on Deno's servers (faults have Node's), and those of files that are not packed. */
const leftOut: ReadonlyArray<string> = tests.filter((file) =>
  file.startsWith("tests/sockets/") || /"(?:\.\.\/)+(?:bench|docs|scripts)\//.test(Deno.readTextFileSync(file))
);

/** Tests that take long, in virtual time and without any part of the engine but its language: one Node is enough for them. */
const long: ReadonlyArray<string> = [
  "tests/deploy/api_releases_test.ts",
  "tests/chaos_test.ts",
  "tests/faults_test.ts",
  "tests/transport/interruption_test.ts",
  "tests/operation/polling_test.ts",
  "tests/automation/scenario_runs_simulated_test.ts",
  "tests/automation/scenario_runs_test.ts",
  "tests/automation/scenario_settings_test.ts",
  "tests/transport/secrets_test.ts",
  "tests/code/sql_test.ts",
];

interface Engine {
  readonly version: string;
  readonly leftOut: ReadonlyArray<string>;
  /** Whether the tests go the faster ways of src/fast_paths.ts. */
  readonly fastPaths: boolean;
  /** Whether the faults are played on its sockets. */
  readonly faults: boolean;
}

const engines: ReadonlyArray<Engine> = [
  // It does not know the proxies that faults go through: `deno task faults` has a Node 22 that does.
  { version: "22.19.0", leftOut, fastPaths: true, faults: false },
  { version: "24", leftOut: [...leftOut, ...long], fastPaths: false, faults: true },
];

const began = performance.now();
let [passed, failed] = [0, 0];
const report = (name: string, { output }: { readonly output: string }, count: Count): void => {
  passed += count.passed;
  failed += count.failed;
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${name}: ${count.passed} passed, ${count.failed} failed (after ${seconds} s)`);
  if (count.failed > 0) console.error(output);
};
const check = (name: string, ended: Ended): void =>
  report(name, ended, ended.success ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** What cannot be had is a failure where everything must be there. */
const missing = (what: string, why: string): void => {
  if (Deno.env.get("CI") === "true") return check(what, { success: false, output: why });
  console.error(`NOT CHECKED: ${what} cannot be had\n${why}`);
};

const runTests = async (name: string, node: string, project: string, engine: Engine): Promise<void> => {
  const { leftOut } = engine;
  const file = await Deno.makeTempFile();
  const excluded = leftOut.map((test) => `--exclude=${test}`);
  const env = engine.fastPaths ? {} : { FAST_PATHS: "off" };
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--silent", "--reporter=json", "--reporter=dot"];
  const ended = await run(node, [...vitest, `--outputFile.json=${file}`, ...excluded], { cwd: project, env });
  const json = await Deno.readTextFile(file);
  await Deno.remove(file);
  const count = json === ""
    ? { passed: 0, failed: 1 }
    : readVitest(json, tests.filter((test) => !leftOut.includes(test)));
  report(`${name}, tests`, ended, { ...count, failed: Math.max(count.failed, ended.success ? 0 : 1) });
};

const runPrograms = async (name: string, node: string, project: string): Promise<void> => {
  for (const file of ["consumer/all_exports.ts", "consumer/program.ts", "consumer/readme.ts", "examples/demo.ts"]) {
    check(`${name}, ${file}`, await run(node, [file], { cwd: project }));
  }
};

const runFaults = async (name: string, node: string, project: string): Promise<void> => {
  const PATH = `${node.slice(0, node.lastIndexOf("/"))}:${Deno.env.get("PATH")}`;
  const args = ["run", "-A", "tests/faults/run.ts", "--level", "node"];
  const ended = await run(Deno.execPath(), args, { cwd: project, env: { PATH } });
  const [, all, bad] = /^(\d+) passed, (\d+) failed$/m.exec(ended.output) ?? [];
  const count = { passed: Number(all ?? 0), failed: Math.max(Number(bad ?? 0), ended.success ? 0 : 1) };
  report(`${name}, faults on its sockets`, ended, count);
};

/** Brings an engine into a folder: gives its path, and what it calls itself. */
const bring = async ({ version }: Engine, folder: string): Promise<Ended & { readonly node: string }> => {
  await Deno.mkdir(folder);
  await Deno.writeTextFile(`${folder}/package.json`, '{ "private": true }');
  const failure = await install(folder, [`node@${version}`]);
  const node = `${folder}/node_modules/node/bin/node`;
  const { success, output } = await run(node, ["--version"]);
  return { node, success, output: success ? output.trim() : failure ?? output };
};

const playOn = async (engine: Engine, project: string, brought: ReturnType<typeof bring>): Promise<void> => {
  const { node, success, output } = await brought;
  if (!success) return missing(`Node ${engine.version}`, output);
  const name = `Node ${output}`;
  await Promise.all([runTests(name, node, project, engine), runPrograms(name, node, project)]);
  if (engine.faults) await runFaults(name, node, project);
};

const folder = await Deno.makeTempDir();
const project = `${folder}/project`;
const brought = engines.map((engine) => [engine, bring(engine, `${folder}/${engine.version}`)] as const);
try {
  await Deno.mkdir(project);
  const failure = await makeProject(project);
  if (failure !== undefined) missing("an npm project", failure);
  else {
    for (const config of ["tsconfig.json", "tsconfig.bundler.json"]) {
      check(
        `TypeScript, ${config}`,
        await run(`${project}/node_modules/.bin/tsc`, ["--project", config], { cwd: project }),
      );
    }
    for (const [engine, node] of brought) await playOn(engine, project, node);
  }
} catch (error) {
  check("the npm package", { success: false, output: String(error) });
} finally {
  await Promise.allSettled(brought.map(([, node]) => node));
  await Deno.remove(folder, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) Deno.exit(1);
