/**
 * B3: reading 10,000 jobs from a text, every field kept.
 *
 * @module
 */
import { Schema } from "effect";
import { z } from "zod";
import { Job } from "../mod.ts";
import { decodeValue } from "../src/transport/answer.ts";
import { parseJson } from "../src/json/exact_json.ts";
import { jobs } from "./documents.ts";
import { inTurn, type Line, type Rounds, type Side } from "./measure.ts";
import type { Setting } from "./setting.ts";

const output = z.looseObject({
  type: z.string(),
  targetDataset: z.string().nullish(),
  targetPartition: z.string().nullish(),
});
const job = z.looseObject({
  def: z.looseObject({
    id: z.string(),
    type: z.string(),
    projectKey: z.string(),
    name: z.string(),
    initiator: z.string(),
    initiationTimestamp: z.number(),
    outputs: z.array(output),
    triggeredFrom: z.string().nullish(),
    recipe: z.looseObject({ projectKey: z.string().nullish(), name: z.string().nullish() }).nullish(),
    mailNotification: z.boolean().nullish(),
    refreshHiveMetastore: z.boolean().nullish(),
  }),
  state: z.string(),
  stableState: z.boolean(),
  startTime: z.number(),
  endTime: z.number(),
  warningsCount: z.number(),
});

/** What both kinds of runtimes are measured on: those that let code be generated, and those that do not. */
export const decodingRounds = async (rounds: number, share: number): Promise<Readonly<Record<string, Rounds>>> => {
  const text = JSON.stringify(jobs.slice(0, Math.max(100, jobs.length * share)));
  const Jobs = Schema.Array(Job);
  const side = (read: () => unknown): Side => async () => void await read();
  const ours = side(() => decodeValue(parseJson(text), Jobs));
  const parse = side(() => JSON.parse(text));
  const jobsOfZod = z.array(job);
  const zod = side(() => jobsOfZod.parse(JSON.parse(text)));
  return {
    itself: await inTurn(ours, ours, rounds),
    parse: await inTurn(ours, parse, rounds),
    zod: await inTurn(ours, zod, rounds),
  };
};

const here = new URL("decoding.ts", import.meta.url).pathname;

/** The same in a process in which no code may be generated. */
const withoutCode = async (rounds: number, share: number): Promise<Readonly<Record<string, Rounds>>> => {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--v8-flags=--disallow-code-generation-from-strings", here, `${rounds}`, `${share}`],
    stdin: "null",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("The process without generated code failed");
  return JSON.parse(new TextDecoder().decode(stdout));
};

/** The lines of B3. */
export const decoding = async ({ rounds, share }: Setting): Promise<ReadonlyArray<Line>> => {
  const linesOf = (found: Readonly<Record<string, Rounds>>, how: string, atMost: number): ReadonlyArray<Line> => {
    const { itself, parse, zod } = found as Record<"itself" | "parse" | "zod", Rounds>;
    const what = `10,000 jobs read, ${how}`;
    return [
      {
        id: "B3",
        what,
        beside: `JSON.parse, ${how}`,
        ratio: parse.ratio,
        cpu: parse.cpu,
        itself: itself.ratio,
        target: { atMost },
        note: `${Math.round(parse.first * 1000)} ms, ${Math.round(parse.second * 1000)} ms`,
      },
      { id: "B3", what, beside: `zod, ${how}`, ratio: zod.ratio, cpu: zod.cpu, target: { atMost: 0.999 } },
    ];
  };
  return [
    ...linesOf(await decodingRounds(rounds, share), "compiled", 1.6),
    ...linesOf(await withoutCode(rounds, share), "interpreted", 3),
  ];
};

if (import.meta.main) {
  const [rounds, share] = Deno.args.map(Number);
  // deno-lint-ignore no-console
  console.log(JSON.stringify(await decodingRounds(rounds!, share!)));
}
