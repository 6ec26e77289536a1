/**
 * Plays the fault matrix and prints it: `deno task faults`. The last line says `N passed, M failed`.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import "../fixtures/fast_paths.ts";
import { parseArgs } from "node:util";
import { Effect } from "effect";
import { type KindName, kinds } from "./kinds.ts";
import { playSeeds } from "./in_process.ts";
import { startProxy } from "./proxy.ts";
import { chosen, readResults, type Result, titleOf } from "./report.ts";
import { allLevels, type Level, type Row } from "./row.ts";
import { rows } from "./rows.ts";

const help = `Plays every fault of the network and of DSS against every kind of call.

Usage: deno task faults [options]

  --level L   plays one level alone: ${allLevels.join(", ")} (default: all)
  --only T    plays the rows whose title has T in it, such as F26
  --seeds N   with how many seeds each row is played in process (default 10)
  --help      prints this, and exits`;

/** Says what is wrong with the command, and leaves. */
const refuse = (message: string): never => {
  console.error(`${message}. See deno task faults --help`);
  Deno.exit(2);
};

const readOptions = () => {
  const text = { type: "string" } as const;
  try {
    const options = { level: text, only: text, seeds: text, help: { type: "boolean" } } as const;
    return parseArgs({ args: Deno.args, options }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message.split(/\.\s/)[0]! : String(error));
  }
};

const values = readOptions();
if (values.help === true) {
  console.log(help);
  Deno.exit(0);
}
const only = values.only ?? "";
const seedsGiven = values.seeds ?? "10";
if (!/^[1-9]\d{0,5}$/.test(seedsGiven)) {
  refuse(`--seeds must be a whole number from 1 to 999999, not "${seedsGiven}"`);
}
const seeds = Array.from({ length: Number(seedsGiven) }, (_, index) => index + 1);
const levels = values.level === undefined ? allLevels : allLevels.filter((level) => level === values.level);
if (levels.length === 0) refuse(`--level is one of ${allLevels.join(", ")}, not "${values.level}"`);
if (levels.every((level) => chosen(rows, level, only).length === 0)) refuse(`No row has "${only}" in its title`);

const here = (name: string): string => new URL(name, import.meta.url).pathname;

/** What a program says in one line; nothing when it cannot be run. */
const said = async (program: string, ...args: ReadonlyArray<string>): Promise<string> => {
  const output = new Deno.Command(program, { args: [...args], stdin: "null", stderr: "null" }).output();
  return new TextDecoder().decode((await output.catch(() => undefined))?.stdout).trim();
};

/** A Node that runs TypeScript, and knows proxies: the one that is there if it is new enough, else one from npm. */
const node = async (): Promise<string> => {
  const [major = 0, minor = 0] = (await said("node", "--version")).replace("v", "").split(".").map(Number);
  if (major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21)) return "node";
  const path = await said("npm", "exec", "--yes", "--package=node@22", "--", "node", "--print", "process.execPath");
  if (path === "") throw new Error("There is no Node 22.21 or newer, and npm cannot give one");
  return path;
};

/** Plays a level in a process of its own. */
const playElsewhere = async (level: Level, command: ReadonlyArray<string>): Promise<ReadonlyArray<Result>> => {
  const report = await Deno.makeTempFile();
  const proxy = await startProxy();
  const [program, ...args] = command;
  const { success } = await new Deno.Command(program!, {
    args,
    env: {
      FAULTS_ONLY: only,
      FAULTS_REPORT: report,
      HTTP_PROXY: proxy.url,
      HTTPS_PROXY: proxy.url,
      NO_PROXY: "127.0.0.1,localhost,dss.invalid",
      NODE_EXTRA_CA_CERTS: here("../sockets/certificates/authority.pem"),
      NODE_NO_WARNINGS: "1",
      NODE_USE_ENV_PROXY: "1",
    },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn().output();
  await proxy.stop();
  const results = await Deno.readTextFile(report);
  await Deno.remove(report);
  const played = results === "" ? [] : readResults(results);
  // A row that was not played, and a process that ends badly, are failures too.
  const missing = chosen(rows, level, only).filter((row) => !played.some(({ index }) => rows[index] === row));
  const broken = success ? [] : [{ index: -1, level, wrong: ["its process ended with a failure"] }];
  return [
    ...played,
    ...missing.map((row) => ({ index: rows.indexOf(row), level, wrong: ["it was not played"] })),
    ...broken,
  ];
};

const play: Readonly<Record<Level, () => Promise<ReadonlyArray<Result>>>> = {
  process: async () => {
    const results: Array<Result> = [];
    for (const row of chosen(rows, "process", only)) {
      results.push({
        index: rows.indexOf(row),
        level: "process",
        wrong: await Effect.runPromise(playSeeds(row, seeds)),
      });
    }
    return results;
  },
  deno: () =>
    playElsewhere("deno", [
      Deno.execPath(),
      "test",
      "--quiet",
      "--no-check",
      "-A",
      "--sanitize-ops",
      "--sanitize-resources",
      here("deno_level.ts"),
    ]),
  node: async () => await playElsewhere("node", [await node(), here("node_level.ts")]),
};

const results: Array<Result> = [];
for (const level of levels) {
  const since = performance.now();
  const found = await play[level]();
  results.push(...found);
  const failed = found.filter(({ wrong }) => wrong.length > 0).length;
  const how = level === "process" ? `in process, ${seeds.length} seeds each` : `on the sockets of ${level}`;
  const seconds = Math.round((performance.now() - since) / 1000);
  console.log(`${how}: ${found.length - failed} passed, ${failed} failed (${seconds} s)`);
}

const failedOf = (row: Row): ReadonlyArray<Result> =>
  results.filter(({ index, wrong }) => wrong.length > 0 && rows[index] === row);
const mark = (row: Row): string => failedOf(row).length === 0 ? " " : "✗";
const played = rows.filter((row) => results.some(({ index }) => rows[index] === row));
const isKind = (given: string): given is KindName => given in kinds;

/** The calls of the matrix side by side. */
const grid = Map.groupBy(played.filter(({ given }) => isKind(given)), ({ row, fault }) => `${row.padEnd(4)} ${fault}`);
const names = Object.keys(kinds) as ReadonlyArray<KindName>;
const width = Math.max(0, ...[...grid.keys()].map(({ length }) => length)) + 2;
const head = `${"".padEnd(width)}${names.map((name) => ` ${name.padEnd(18)}`).join("")}`;
if (grid.size > 0) console.log(`\n${head.trimEnd()}`);
for (const [name, cells] of grid) {
  const shown = names.map((kind) => {
    const row = cells.find(({ given }) => given === kind);
    return row === undefined ? "".padEnd(19) : `${mark(row)}${row.expected.split(/,? /)[0]!.padEnd(18)}`;
  });
  console.log(`${name.padEnd(width)}${shown.join("").trimEnd()}`);
}
console.log();
for (const row of played.filter(({ given }) => !isKind(given))) {
  console.log(`${mark(row)} ${titleOf(row)}: ${row.expected}`);
}

for (const { index, level, wrong } of results.filter(({ wrong }) => wrong.length > 0)) {
  console.log(`\n${rows[index] === undefined ? "" : titleOf(rows[index])} (${level}): ${wrong.join("; ")}`);
}
const failed = results.filter(({ wrong }) => wrong.length > 0).length;
console.log(`\n${results.length - failed} passed, ${failed} failed`);
if (failed > 0 || results.length === 0) Deno.exit(1);
