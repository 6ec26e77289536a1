/**
 * Plays seeds and says what did not hold: `deno task chaos --seeds 1000`.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import "../fixtures/fast_paths.ts";
import { parseArgs } from "node:util";
import { play, type Played } from "./play.ts";

const help =
  `Lets whole journeys go through random faultSchedule on the embedded DSS, in virtual time. A seed replays exactly.

Usage: deno task chaos [options]

  --seeds N   how many seeds to play (default 300)
  --from S    the first of them (default: by the clock, another one each time)
  --trace     prints everything that happened
  --help      prints this, and exits`;

/** Says what is wrong with the command, and leaves. */
const refuse = (message: string): never => {
  console.error(`${message}. See deno task chaos --help`);
  Deno.exit(2);
};

const readOptions = () => {
  try {
    const options = {
      seeds: { type: "string" },
      from: { type: "string" },
      trace: { type: "boolean" },
      help: { type: "boolean" },
    } as const;
    return parseArgs({ args: Deno.args, options }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message.split(/\.\s/)[0]! : String(error));
  }
};

const number = (name: string, text: string | undefined, missing: number): number => {
  if (text === undefined) return missing;
  return /^[1-9]\d{0,8}$/.test(text)
    ? Number(text)
    : refuse(`--${name} must be a whole number from 1 on, not "${text}"`);
};

/** How often the journeys ended how. */
const summary = (counts: ReadonlyMap<string, number>): string =>
  [...counts].toSorted(([, a], [, b]) => b - a).map(([end, count]) => `${end} ${count}`).join(", ");

const values = readOptions();
if (values.help === true) {
  console.log(help);
  Deno.exit(0);
}
const seeds = number("seeds", values.seeds, 300);
const from = number("from", values.from, Math.floor(Date.now() / 1000) % 1_000_000_000);
console.log(`${seeds} seeds from ${from}`);

const ends = new Map<string, number>();
const broken: Array<Played> = [];
for (let seed = from; seed < from + seeds; seed++) {
  const played = await play(seed).catch((error): Played => ({
    seed,
    violations: [`it cannot be played: ${error}`],
    trace: [],
    ends: [],
  }));
  for (const end of played.ends) ends.set(end, (ends.get(end) ?? 0) + 1);
  if (values.trace === true) console.log(played.trace.join("\n"));
  if (played.violations.length === 0) continue;
  broken.push(played);
  console.log(`seed ${seed}: ${played.violations.join("; ")}`);
  console.log(`  replay: deno task chaos --seeds 1 --from ${seed} --trace`);
}

console.log(`Journeys ended: ${summary(ends)}`);
console.log(`${seeds} seeds, ${broken.reduce((sum, { violations }) => sum + violations.length, 0)} violations`);
if (broken.length > 0) Deno.exit(1);
