/**
 * Lets the official Python client meet the faults of the matrix, and prints what comes of it as a table:
 * `deno run -A tests/faults/official_client.ts`.
 *
 * One request of each call meets the fault; what has not ended after twelve seconds is said to have no end.
 *
 * @module
 */
// deno-lint-ignore-file no-console
import { Effect, Redacted } from "effect";
import { faultNames } from "../../src/simulator/kernel/faults.ts";
import { type Answer, type Fault, Simulator } from "../../src/simulator/mod.ts";
import { newestClient, pythonEnvironment } from "../conformance/python_environment.ts";
import { type FaultServer, serveFaults } from "../sockets/fault_server.ts";
import { type KindName, kinds } from "./kinds.ts";
import { matrix } from "./matrix.ts";
import { secret } from "./play.ts";

/** Seconds after which a call is said to have no end; a slow header or body takes longer. */
const watchdog = 12;

const called: ReadonlyArray<KindName> = ["read", "put", "delete", "start", "stream down", "wait", "take"];

/** What calls meet. */
interface Condition {
  readonly name: string;
  readonly kinds: ReadonlyArray<KindName>;
  readonly fault?: Fault | Answer;
  readonly times?: number;
  /** The task of which the result is taken, made from the one that was started. */
  readonly future?: (task: object) => object;
  readonly seconds?: number;
}

const ofMatrix = faultNames
  // The client reads a body without a limit: one that never ends would take all memory.
  .filter((fault) => matrix.some((row) => row.fault === fault) && fault !== "huge body")
  .map((fault): Condition => ({ name: fault, fault, kinds: called }));

const newState: Answer = {
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ baseStatus: { state: "SIMMERING" } }),
};

const conditions: ReadonlyArray<Condition> = [
  ...ofMatrix,
  { name: "a state that is new, each time", kinds: ["wait"], fault: newState, times: Number.POSITIVE_INFINITY },
  { name: "the task is aborted", kinds: ["take"], seconds: Number.POSITIVE_INFINITY },
  { name: "DSS does not know the task", kinds: ["take"], future: (task) => ({ ...task, jobId: "nope" }) },
];

/** A call, and the server that it is made to. */
interface Prepared {
  readonly condition: Condition;
  readonly kind: KindName;
  readonly server: FaultServer;
  readonly call: Readonly<Record<string, unknown>>;
}

const prepare = async (condition: Condition, kind: KindName): Promise<Prepared> => {
  const simulator = await Effect.runPromise(Simulator.make({ apiKey: Redacted.make(secret) }));
  const ask = async (method: string, path: string): Promise<Response> =>
    await simulator.fetch(
      new Request(`${simulator.url}/dip/publicapi${path}`, { method, headers: { authorization: `Bearer ${secret}` } }),
    );
  const server = await serveFaults(simulator.fetch, { slow: 2000 * watchdog });
  await Effect.runPromise(simulator.script("recipes/SALES.compute_orders_prepared", { end: "done", seconds: 0.5 }));
  const task = await Effect.runPromise(
    simulator.startTask({ seconds: condition.seconds ?? 0.5, result: { rows: 7 } }),
  );
  if (condition.seconds !== undefined) await ask("DELETE", `/futures/${task.jobId}`);
  const scenarios: ReadonlyArray<{ readonly id: string }> = await (await ask("GET", "/projects/SALES/scenarios/"))
    .json();
  const jobs: ReadonlyArray<unknown> = await (await ask("GET", "/projects/SALES/jobs/")).json();
  const report = await ask("GET", "/projects/SALES/scenarios/last-test-scenario-runs-report");
  const { fault, times = 1 } = condition;
  const [method, path] = kinds[kind].request;
  // The official client takes the result with each look.
  if (fault !== undefined) server.inject(fault, { method, path: kind === "take" ? "/futures/" : path, times });
  return {
    condition,
    kind,
    server,
    call: {
      // Nothing listens there.
      url: fault === "refused" ? "http://127.0.0.1:3" : server.url,
      key: secret,
      kind,
      jobs: jobs.length,
      scenario: scenarios.at(-1)?.id,
      report: (await report.arrayBuffer()).byteLength,
      future: condition.future?.(task) ?? task,
    },
  };
};

/** What the program says of a call. */
interface Ended {
  readonly end: string;
  /** Whether it is an exception of another library. */
  readonly foreign?: boolean;
}

const makeCalls = async (calls: ReadonlyArray<Prepared["call"]>): Promise<ReadonlyArray<Ended>> => {
  const child = new Deno.Command(await pythonEnvironment(newestClient), {
    args: [new URL("official_client.py", import.meta.url).pathname, String(watchdog)],
    env: { NO_PROXY: "127.0.0.1" },
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode(JSON.stringify(calls)));
  await input.close();
  return JSON.parse(new TextDecoder().decode((await child.output()).stdout));
};

const prepared = await Promise.all(
  conditions.flatMap((condition) => condition.kinds.map((kind) => prepare(condition, kind))),
);
const ends = await makeCalls(prepared.map(({ call }) => call));
const met = prepared.map((each, index) => ({ ...each, ...ends[index]! }));
await Promise.all(prepared.map(({ server }) => server.stop()));

console.log("| what one request meets | what comes of the call |\n| --- | --- |");
for (const condition of conditions) {
  const byEnd = Map.groupBy(met.filter((each) => each.condition === condition), ({ end }) => end);
  const shown = [...byEnd].map(([end, calls]) =>
    `${end === "ok" ? end : `\`${end}\``} (${
      calls.length === called.length ? "all" : calls.map(({ kind }) => kind).join(", ")
    })`
  );
  console.log(`| ${condition.name} | ${shown.join("; ")} |`);
}

/** What a call of ours comes to that meets the same fault once. */
const ours = ({ condition, kind }: Prepared): string | undefined =>
  matrix.find((row) => row.fault === condition.fault && row.given === kind && row.times === 1)?.expected.error;
const oursSucceeds = (each: Prepared): boolean => ours(each) === "ok";
const oursIsOther = (each: Prepared): boolean => ours(each) === "other result";
const count = (fits: (each: (typeof met)[number]) => boolean): number => met.filter(fits).length;
console.log(`
| of ${met.length} calls | official client | this library |
| --- | --- | --- |
| have no limit: no end after ${watchdog} s | ${count(({ end }) => end === "no end")} | ${
  count((each) => each.condition.fault === newState)
} |
| give bytes that DSS did not send | ${count(({ end }) => end === "a wrong result")} | ${count(oursIsOther)} |
| fail with an exception of another library | ${count(({ foreign }) => foreign === true)} | 0 |
| fail with an error that is declared | ${count(({ foreign }) => foreign === false)} | ${
  count((each) => !oursSucceeds(each) && !oursIsOther(each) && each.condition.fault !== newState)
} |
| succeed | ${count(({ end }) => end === "ok")} | ${count(oursSucceeds)} |`);
