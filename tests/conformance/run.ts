/**
 * Drives the embedded DSS with the official Python client: `deno task conformance`.
 *
 * `--mutate` then breaks each route in turn, and at least one check must see it. `--only jobs` chooses the checks whose name has that in
 * it, and the mutants of their nouns. In CI, where the variable `CI` is `true`, a check that cannot run is a failure.
 *
 * A noun adds two files: `checks/<area>/<noun>.py`, whose public functions are its checks, and `checks/<area>/<noun>.json`, which names the
 * members of the client that they drive and what the client reads of each reply. Time stands still but for the sleeping of the client, so that waits
 * take no time and every time in a reply can be foretold.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { parseArgs } from "node:util";
import { isOlder } from "../../src/transport/dss_version.ts";
import { filesIn } from "../../scripts/source_files.ts";
import { routes } from "../../src/simulator/mod.ts";
import { type CheckReport, type Driver, type Program, startDriver } from "./driver.ts";
import { mutantsOf } from "./mutants.ts";
import { newestClient, pythonEnvironment } from "./python_environment.ts";
import { type Mutant, type Observation, openServer, type Server } from "./server.ts";

/** A process and the server that it drives. */
interface Pair {
  readonly driver: Driver;
  readonly server: Server;
}

/** A check, and what it did on a DSS that is whole. */
interface Checked {
  readonly check: string;
  readonly report: CheckReport;
  readonly observations: ReadonlyArray<Observation>;
}

const perform = async ({ driver, server }: Pair, check: string, mutant?: Mutant): Promise<Checked> => {
  const observations = await server.prepare(mutant);
  const report = await driver.run(check, server.url, server.key);
  return { check, report, observations };
};

/** Lets the pairs work off a list side by side. */
const spread = async <A, B>(
  pairs: ReadonlyArray<Pair>,
  items: ReadonlyArray<A>,
  work: (pair: Pair, item: A) => Promise<B>,
): Promise<ReadonlyArray<B>> => {
  const done: Array<B> = [];
  let next = 0;
  await Promise.all(pairs.map(async (pair) => {
    for (let index = next++; index < items.length; index = next++) done[index] = await work(pair, items[index]!);
  }));
  return done;
};

const nameOf = ({ method, path }: { readonly method: string; readonly path: string }): string => `${method} ${path}`;

/** What no check reached, although it is there. */
const unreached = (checked: ReadonlyArray<Checked>, { members, tables }: Program): ReadonlyArray<string> => {
  const asked = new Set(checked.flatMap(({ observations }) => observations.map(({ route }) => nameOf(route))));
  const driven = new Set(checked.flatMap(({ report }) => report.driven));
  const seen = new Set(checked.flatMap(({ report }) => report.seen));
  const names = new Set(routes.map(nameOf));
  return [
    ...[...names].filter((name) => !asked.has(name)).map((name) => `No check asks ${name}`),
    ...Object.keys(tables).filter((name) => !names.has(name)).map((name) => `A table names ${name}, which is no route`),
    ...members.filter((member) => !driven.has(member)).map((member) => `No check drives ${member}`),
    ...Object.entries(tables).flatMap(([name, table]) =>
      typeof table === "string" ? [] : Object.entries(table)
        .filter(([, kind]) => kind !== "?never")
        .map(([field]) => `${name} ${field}`)
    ).filter((field) => !seen.has(field)).map((field) => `No reply had ${field}`),
  ];
};

/** Whether a check sees that a route is broken; the shortest checks are tried first. */
const kill = async (pair: Pair, mutant: Mutant, checked: ReadonlyArray<Checked>): Promise<boolean> => {
  const candidates = checked
    .filter(({ observations }) => observations.some((each) => each.route === mutant.route && mutant.concerns(each)))
    .toSorted((a, b) => a.observations.length - b.observations.length);
  for (const { check } of candidates) {
    const { outcome, detail } = (await perform(pair, check, mutant)).report;
    if (outcome === "broken") throw new Error(`${nameOf(mutant.route)} ${mutant.name}: ${detail}`);
    if (outcome === "failed") return true;
  }
  return false;
};

/** Breaks each route in turn; gives the mutants that no check saw. */
const mutate = async (
  pairs: ReadonlyArray<Pair>,
  checked: ReadonlyArray<Checked>,
  { tables, owners, ignored }: Program,
): Promise<ReadonlyArray<string>> => {
  const started = performance.now();
  const nouns = new Set(checked.map(({ check }) => check.split(".")[0]!));
  const mutants = routes.filter((route) => nouns.has(owners[nameOf(route)] ?? "")).flatMap((route) => {
    const observations = checked.flatMap((each) => each.observations).filter((each) => each.route === route);
    return mutantsOf(observations, tables[nameOf(route)] ?? {}, ignored[nameOf(route)]);
  });
  const killed = await spread(pairs, mutants, (pair, mutant) => kill(pair, mutant, checked));
  const survivors = mutants.filter((_, index) => killed[index] !== true);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  for (const { route, name } of survivors) console.log(`survived: ${nameOf(route)} ${name}`);
  console.log(`mutants: ${mutants.length - survivors.length} killed of ${mutants.length} (${seconds} s)`);
  return survivors.map(({ name }) => name);
};

const report = (checked: ReadonlyArray<Checked>): void => {
  const nouns = Object.groupBy(checked, ({ check }) => check.split(".")[0]!);
  for (const [noun, ofNoun = []] of Object.entries(nouns)) {
    const passed = ofNoun.filter((each) => each.report.outcome === "passed").length;
    console.log(`${noun.padEnd(24)} ${passed} of ${ofNoun.length}`);
  }
  for (const { check, report } of checked) {
    if (report.outcome !== "passed") console.log(`failed: ${check}\n      ${report.detail}`);
  }
};

const finish = (passed: number, failed: number, skipped: number): never => {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  Deno.exit(failed > 0 || (skipped > 0 && Deno.env.get("CI") === "true") ? 1 : 0);
};

/** How many checks there are, when Python cannot say it. */
const countChecks = async (): Promise<number> => {
  const texts = filesIn("tests/conformance/checks").filter((file) => file.endsWith(".py"))
    .map((file) => Deno.readTextFile(file));
  return (await Promise.all(texts)).join("\n").match(/^def [a-z]/gm)?.length ?? 0;
};

const help = `Drives the embedded DSS with the official Python client.

Usage: deno task conformance [options]

  --mutate      then breaks each route in turn: at least one check must see it
  --client V    drives it with another version of the client than the newest, as 14.3.3; what an older one lacks is left out
  --only NAME   runs only the checks with NAME in their name, and the mutants of their nouns; may be repeated
  --help        prints this

A noun adds two files in tests/conformance/checks/AREA: noun.py, whose public functions are its checks, and noun.json, which names the members
of the client that they drive, the fields of each reply ("?" before a type: the evidence calls it optional), and under "ignored" what the
simulated DSS does not look at in the query and the body of a request.`;

const readOptions = () => {
  try {
    return parseArgs({
      args: Deno.args.filter((argument) => argument !== "--"),
      options: {
        mutate: { type: "boolean", default: false },
        client: { type: "string", default: newestClient },
        only: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message.split(/\.\s/)[0]}. See deno task conformance --help`);
    return Deno.exit(2);
  }
};

const { mutate: mutating, client, only, help: asked } = readOptions();
if (asked) {
  console.log(help);
  Deno.exit(0);
}

const python = await pythonEnvironment(client).catch(async (error: Error) => {
  console.log(`The official Python client cannot be installed: ${error.message}`);
  return finish(0, 0, await countChecks());
});
const pairs = await Promise.all(
  Array.from({ length: 2 }, async () => ({ driver: await startDriver(python), server: await openServer() })),
);
const { program } = pairs[0]!.driver;
const chosen = program.checks.filter((check) => only.length === 0 || only.some((part) => check.includes(part)));
/** What this version of the client cannot do. */
const tooNew = chosen.filter((check) => isOlder(client, program.since[check] ?? "0"));
const checks = chosen.filter((check) => !tooNew.includes(check));
if (checks.length === 0) {
  console.error(`No check has ${only.join(" or ")} in its name`);
  Deno.exit(2);
}
const checked = await spread(pairs, checks, (pair, check) => perform(pair, check));
report(checked);
for (const check of tooNew) console.log(`left out: ${check} needs client ${program.since[check]}`);
const missed = only.length === 0 && client === newestClient ? unreached(checked, program) : [];
for (const sentence of missed) console.log(`failed: ${sentence}`);
const passed = checked.filter(({ report }) => report.outcome === "passed").length;
const failed = checked.length - passed + missed.length;
// A check that fails anyway would see every mutant.
if (mutating && failed > 0) console.log("mutants: none, while checks fail");
const survivors = mutating && failed === 0 ? await mutate(pairs, checked, program) : [];
await Promise.all(pairs.flatMap(({ driver, server }) => [driver.close(), server.close()]));
finish(passed, failed + survivors.length, 0);
