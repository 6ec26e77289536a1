/**
 * Futures of the simulated DSS: they run, end, and are forgotten.
 *
 * @module
 * @internal
 */
import type { SimulatedRefusal } from "./route.ts";
import type { World } from "./world.ts";
import { type Slice, slice } from "./slice.ts";

/** A future, and what will come of it. */
export interface FutureRecord {
  readonly jobId: string;
  readonly owner: string;
  readonly displayName: string;
  readonly kind: string;
  readonly targets: ReadonlyArray<Readonly<Record<string, string>>>;
  /** Whether lists leave it out unless it is asked for, because it stands for something that is listed elsewhere. */
  readonly isListedApart: boolean;
  readonly startTime: number;
  /** How long it takes, in milliseconds. */
  readonly duration: number;
  endTime?: number;
  state: "RUNNING" | "DONE" | "FAILED" | "ABORTED";
  result?: unknown;
  failure?: SimulatedRefusal;
  readonly onAbort: (at: number) => void;
}

/** Futures by id; a restart forgets them all. */
export const futures: Slice<Map<string, FutureRecord>> = slice("futures", () => new Map(), {
  restarted: (held) => held.clear(),
});

/** What a future does. */
export interface FuturePlan {
  readonly owner: string;
  readonly displayName: string;
  /** Kind of the task, as `CODE_ENV_UPDATE`. */
  readonly kind: string;
  readonly targets?: ReadonlyArray<Readonly<Record<string, string>>>;
  /** Whether it stands for something that is listed elsewhere. */
  readonly isListedApart?: boolean;
  /** How long it takes, in seconds; it never ends by itself for `Infinity`. */
  readonly seconds: number;
  /** Makes its result at its end: a value, or the failure that DSS answers to every look. */
  readonly end: (at: number) => { readonly result: unknown } | { readonly failure: SimulatedRefusal };
  /** What else an abort does. */
  readonly onAbort?: (at: number) => void;
}

/** How long DSS remembers a future that has ended and whose result nobody took, in milliseconds. */
const remembered = 10_000;

/** Starts a future. Work of no duration is done at once: DSS then gives its result without an id. */
export const startFuture = (world: World, now: number, plan: FuturePlan): FutureRecord => {
  const record: FutureRecord = {
    jobId: world.chance.id(),
    owner: plan.owner,
    displayName: plan.displayName,
    kind: plan.kind,
    targets: plan.targets ?? [],
    isListedApart: plan.isListedApart ?? false,
    startTime: now,
    duration: plan.seconds * 1000,
    state: "RUNNING",
    onAbort: plan.onAbort ?? (() => {}),
  };
  world.of(futures).set(record.jobId, record);
  if (Number.isFinite(plan.seconds)) {
    world.agenda.at(now + record.duration, (at) => {
      if (record.state !== "RUNNING") return;
      const end = plan.end(at);
      if ("failure" in end) record.failure = end.failure;
      else record.result = end.result;
      endFuture(world, record, "failure" in end ? "FAILED" : "DONE", at);
    });
  }
  return record;
};

/** Ends a future; DSS forgets it soon after. */
export const endFuture = (world: World, record: FutureRecord, state: FutureRecord["state"], at: number): void => {
  record.state = state;
  record.endTime = at;
  world.agenda.at(at + remembered, () => world.of(futures).delete(record.jobId));
};

/** What DSS says of a future. */
export const futureState = (record: FutureRecord, now: number): Record<string, unknown> => ({
  jobId: record.jobId,
  alive: record.state === "RUNNING",
  aborted: record.state === "ABORTED",
  unknown: false,
  hasResult: record.state === "DONE",
  startTime: record.startTime,
  runningTime: (record.endTime ?? now) - record.startTime,
  owner: record.owner,
  jobDisplayName: record.displayName,
  payload: { displayName: record.displayName, type: record.kind, targets: record.targets },
  progress: {
    states: Number.isFinite(record.duration)
      ? [{
        name: record.displayName,
        unit: "SECONDS",
        cur: Math.round(Math.min((record.endTime ?? now) - record.startTime, record.duration) / 1000),
        target: Math.round(record.duration / 1000),
      }]
      : [],
  },
});

/** What DSS says of a future that it does not know. */
export const unknownFuture: Readonly<Record<string, unknown>> = {
  alive: false,
  aborted: false,
  unknown: true,
  hasResult: false,
  runningTime: 0,
  startTime: 0,
};

/** What DSS says of work that it did at once. */
export const doneAtOnce = (result: unknown): Record<string, unknown> => ({
  alive: false,
  aborted: false,
  unknown: false,
  hasResult: true,
  runningTime: 0,
  startTime: 0,
  result,
});
