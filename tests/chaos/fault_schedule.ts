/**
 * What goes wrong around the programs, and when: faults, restarts, forgotten futures, work that fails, stalls or is aborted.
 *
 * @module
 */
import { Effect } from "effect";
import type { Chance } from "../../src/simulator/kernel/chance.ts";
import type { Answer, Fault, FaultOptions, Outcome, Simulator } from "../../src/simulator/mod.ts";
import { happens, oneOf } from "./environment.ts";

/** All faults, with how often each is met beside the others. */
const faults: Readonly<Record<Fault, number>> = {
  "refused": 3,
  "lost request": 3,
  "unavailable": 3,
  "bad gateway": 2,
  "rate limited": 3,
  "login page": 1,
  "redirect": 1,
  "lost answer": 5,
  "broken header": 2,
  "lost body": 2,
  "truncated body": 3,
  "short body": 2,
  "unterminated body": 2,
  "truncated gzip": 1,
  "corrupt gzip": 1,
  "stalled header": 3,
  "stalled body": 3,
  "slow header": 2,
  "slow body": 2,
  "slow answer": 2,
  "malformed json": 1,
  "empty answer": 1,
  "huge body": 1,
  "stale connection": 2,
};

const faultNames = (Object.keys(faults) as ReadonlyArray<Fault>).flatMap((fault) =>
  Array.from({ length: faults[fault] }, () => fault)
);

/** Which requests a fault is aimed at; most meet any. */
const aims: ReadonlyArray<Pick<FaultOptions, "method" | "path">> = [
  {},
  {},
  {},
  {},
  { method: "POST" },
  { method: "POST", path: "/run" },
  { method: "PUT" },
  { method: "DELETE" },
  { path: "/jobs/" },
  { path: "/log" },
  { path: "/abort" },
  { path: "peek=true" },
  { path: "peek=false" },
  { path: "peek=false" },
  { path: "get-run-for-trigger" },
  { path: "get-last-runs" },
];

/** Half of a JSON is only seen as such where JSON is expected: a log may say anything. */
const jsonAims: typeof aims = [{ method: "POST" }, { method: "PUT" }, { path: "peek=" }, { path: "get-" }];

/** Answers that repeat a secret wherever a server can. */
const echoes = (secret: string): ReadonlyArray<Answer> => [
  { status: 500, headers: { "content-type": "application/json" }, body: JSON.stringify({ message: `no ${secret}` }) },
  { status: 403, headers: { "content-type": "text/plain" }, body: `${"x".repeat(490)}${secret}` },
  { status: 502, headers: { "content-type": "text/html" }, body: `<html><title>${secret}</title></html>` },
  { status: 302, headers: { location: `https://sso.example.com/${secret}?key=${secret}` }, body: undefined },
  { status: 200, headers: { "content-type": "text/html" }, body: `<html><title>Sign in ${secret}</title></html>` },
];

/** Recipes and scenarios whose work may go otherwise than well. */
const objects = [
  "recipes/SALES.compute_orders_prepared",
  "recipes/SALES.compute_customers_prepared",
  "recipes/SALES.compute_orders_joined",
  "recipes/SALES.compute_revenue_by_country",
  "recipes/CHURN.compute_features",
  "recipes/CHURN.score_customers",
  "recipes/LOGISTICS.compute_parcels_prepared",
  "recipes/LOGISTICS.compute_routes",
  "scenarios/SALES.TEST_REVENUE",
  "scenarios/SALES.NIGHTLY_BUILD",
  "scenarios/CHURN.HOURLY_CHECK",
  "scenarios/CHURN.RETRAIN",
  "scenarios/LOGISTICS.TRACK_PARCELS",
] as const;

/** Something that happens. */
interface Happening {
  /** After how many milliseconds. */
  readonly at: number;
  /** In words, for the trace. */
  readonly what: string;
  readonly happen: (simulator: Simulator) => Effect.Effect<void>;
}

/** What happens around some programs. */
export interface FaultSchedule {
  readonly happenings: ReadonlyArray<Happening>;
  /** Whether some work may never end by itself. */
  readonly stalls: boolean;
  /** When DSS is restarted, in milliseconds after the beginning. */
  readonly restarts: ReadonlyArray<number>;
  /** What is scripted to be aborted by somebody. */
  readonly scriptedAborts: ReadonlySet<string>;
}

/** Makes the faults of some minutes. */
export const makeFaultSchedule = (
  chance: Chance,
  secret: string,
  forgettable: ReadonlyArray<string>,
): FaultSchedule => {
  const happenings: Array<Happening> = [];
  const restarts: Array<number> = [];
  const scriptedAborts = new Set<string>();
  const stalls = happens(chance, 0.2);
  const lasts = oneOf(chance, [5, 60, 600, 1800]) * 1000;
  const soon = (): number => Math.floor(chance.next() ** 2 * lasts);
  const many = (most: number): ReadonlyArray<number> => Array.from({ length: Math.floor(chance.next() * most) }, soon);

  for (const at of many(oneOf(chance, [1, 4, 12, 40]))) {
    const fault = happens(chance, 0.1) ? oneOf(chance, echoes(secret)) : oneOf(chance, faultNames);
    const times = oneOf(chance, [1, 1, 1, 2, 3, 6, 30]);
    const aim = oneOf(chance, fault === "malformed json" ? jsonAims : aims);
    const options = { ...aim, times, skip: Math.floor(chance.next() ** 3 * 6) };
    const name = typeof fault === "string" ? fault : `an answer with ${fault.status}`;
    happenings.push({
      at,
      what: `${name} ${JSON.stringify(options)}`,
      happen: (simulator) => simulator.inject(fault, options),
    });
  }
  let up = 0;
  for (const at of happens(chance, 0.3) ? many(4).toSorted((a, b) => a - b) : []) {
    if (at < up) continue; // DSS is down
    const seconds = oneOf(chance, [1, 20, 120, 580, 1200]);
    up = at + seconds * 1000;
    restarts.push(at);
    happenings.push({ at, what: `restart for ${seconds} s`, happen: (simulator) => simulator.restart(seconds * 1000) });
  }
  for (const at of happens(chance, 0.3) ? many(4) : []) {
    happenings.push({
      at,
      what: "futures are forgotten",
      happen: (simulator) => Effect.forEach(forgettable, (id) => simulator.forget(id), { discard: true }),
    });
  }
  for (const at of many(8)) {
    const object = oneOf(chance, objects);
    const isScenario = object.startsWith("scenarios/");
    const end = oneOf(chance, [
      "done",
      "warn",
      "fail",
      "abort",
      ...stalls ? ["stall"] as const : [],
      ...isScenario ? ["cancel"] as const : [],
    ]);
    const outcome: Outcome = {
      end,
      times: 1 + Math.floor(chance.next() * 4),
      ...(happens(chance, 0.5) ? { seconds: Math.floor(chance.next() ** 2 * 3000) } : {}),
    };
    if (end === "abort") scriptedAborts.add(object);
    // Most of it is decided before it is asked for.
    const from = happens(chance, 0.7) ? 0 : at;
    happenings.push({
      at: from,
      what: `script ${object} ${JSON.stringify(outcome)}`,
      happen: (simulator) => simulator.script(object, outcome),
    });
  }
  return { happenings: happenings.toSorted((a, b) => a.at - b.at), stalls, restarts, scriptedAborts };
};
