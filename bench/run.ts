/**
 * Measures this library beside others, in turn in one run, and prints the ratios: `deno task bench`.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { parseArgs } from "node:util";
import { Effect } from "effect";
import { bounds } from "./bounds.ts";
import { calls } from "./calls.ts";
import { decoding } from "./decoding.ts";
import { detection } from "./detection.ts";
import { rows } from "./rows.ts";
import { settings } from "./settings.ts";
import { bundles, imports, types } from "./start.ts";
import { transfers } from "./transfers.ts";
import { waits } from "./waits.ts";
import { isMet, judged, type Line, type Ratio } from "./measure.ts";
import { makeSetting, type Setting } from "./setting.ts";

/** The benchmarks by the lines that they give. */
const benchmarks: Readonly<Record<string, (setting: Setting) => Promise<ReadonlyArray<Line>>>> = {
  "B1 B2": calls,
  "B3": decoding,
  "B4": settings,
  "B5 B6": transfers,
  "B7": rows,
  "B8": detection,
  "B9": waits,
  "B10": imports,
  "B11": bundles,
  "B12": types,
  "B13 B14": bounds,
};

const help =
  `Measures this library beside others, in turn in one run: the ratios count, absolute times are only printed.

Usage: deno task bench [options]

  --only B3   runs only what gives these lines; may be repeated
  --quick     runs a little of everything, to see that it runs: the ratios say nothing then
  --json      prints JSON
  --help      prints this, and exits

The last line says "N met, M not met, K unexplained": a target that is not met is explained by a row of bench/README.md.`;

const readOptions = () => {
  try {
    return parseArgs({
      args: Deno.args,
      options: {
        only: { type: "string", multiple: true, default: [] },
        quick: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message.split(/\.\s/)[0]}. See deno task bench --help`);
    return Deno.exit(2);
  }
};

const { only, quick, json, help: asked } = readOptions();
if (asked) {
  console.log(help);
  Deno.exit(0);
}
const chosen = Object.entries(benchmarks).filter(([ids]) =>
  only.length === 0 || only.some((id) => ids.split(" ").includes(id))
);
if (chosen.length === 0) {
  console.error(`--only ${only.join(", ")} is no benchmark, expected one of ${Object.keys(benchmarks).join(", ")}`);
  Deno.exit(2);
}

const explained = await Deno.readTextFile(new URL("README.md", import.meta.url));

/** Whether the page says why a target is not met: a row of its table begins with the line and what is beside it. */
const isExplained = ({ id, beside }: Line): boolean =>
  explained.split("\n").some((row) => row.startsWith("|") && row.includes(`| ${id} `) && row.includes(` ${beside} `));

const number = (value: number): string => value.toPrecision(3).replace(/e.*/, "");
const shown = (ratio: Ratio | undefined): string =>
  ratio === undefined ? "" : `${number(ratio.median)} [${number(ratio.low)}, ${number(ratio.high)}]`;

const verdict = (line: Line): string => {
  const { target } = line;
  const ratio = judged(line);
  if (ratio === undefined || target === undefined) return "";
  if (isMet(ratio, target)) return "met";
  return isExplained(line) ? "not met, explained" : "NOT MET";
};

const wanted = ({ target }: Line): string =>
  target === undefined ? "" : target.atMost === undefined ? `>= ${target.atLeast}` : `<= ${target.atMost}`;
const judge = ({ target, judgedBy }: Line): string => target === undefined ? "" : judgedBy ?? "clock";

const rowOf = (line: Line): ReadonlyArray<string> => [
  line.id,
  line.what,
  line.beside,
  shown(line.ratio),
  shown(line.cpu),
  wanted(line),
  judge(line),
  verdict(line),
  line.itself === undefined ? "" : `itself ${shown(line.itself)}`,
  line.note ?? "",
];

const widths = [3, 44, 34, 20, 20, 8, 5, 18, 0, 0];
const print = (row: ReadonlyArray<string>): void =>
  console.log(row.map((cell, at) => cell.padEnd(widths[at]!)).join("  ").trimEnd());

const lines = await Effect.runPromise(Effect.scoped(Effect.gen(function* () {
  const setting = yield* makeSetting(quick ? { rounds: 3, share: 0.02 } : { rounds: 15, share: 1 });
  const all: Array<Line> = [];
  if (!json) print(["", "", "beside", "clock [95 %]", "cpu [95 %]", "target", "on", "", "", ""]);
  for (const [, run] of chosen) {
    const found = yield* Effect.promise(() => run(setting));
    all.push(...found);
    if (!json) { for (const line of found) print(rowOf(line)); }
  }
  return all;
})));

if (json) console.log(JSON.stringify(lines.map((line) => ({ ...line, verdict: verdict(line) })), null, 2));
const targeted = lines.filter((line) => judged(line) !== undefined && line.target !== undefined);
const notMet = targeted.filter((line) => !isMet(judged(line)!, line.target!));
const unexplained = notMet.filter((line) => !isExplained(line));
console.log(`${targeted.length - notMet.length} met, ${notMet.length} not met, ${unexplained.length} unexplained`);
