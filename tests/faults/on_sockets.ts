/**
 * Rows on real sockets, in the runtime that this runs on.
 *
 * @module
 */
import { Cause, Clock, Effect, Exit, Layer, Option, Redacted, Schedule } from "effect";
import { Dataiku } from "../../mod.ts";
import { FaultQueue } from "../../src/simulator/kernel/fault_injection.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { type FaultServer, serveFaults } from "../sockets/fault_server.ts";
import { Pace, uploadRoute } from "./kinds.ts";
import { bodyLimit, secret, type Stage, Way, type Wrong } from "./play.ts";
import type { Level, Played, Row } from "./row.ts";

/** A `fetch` of its own pool of connections. */
export interface OwnFetch {
  readonly fetch: typeof globalThis.fetch;
  readonly close: () => void;
}

/** By then every row has ended; real time is not exact, so this is generous. */
const bound = "2 minutes";

/** A port on which nothing listens, and that no runtime blocks. */
const nobody = "http://127.0.0.1:3";

/** Seconds are shorter here, in about the same proportions. */
const patience = {
  deadline: "2 seconds",
  slowDeadline: "8 seconds",
  idleLimit: "2 seconds",
  maxBodyBytes: bodyLimit,
  retry: { base: "10 millis", longest: "50 millis", budget: "1 minute" },
} as const;

const slow = 4000;

const pace = Layer.succeed(Pace, {
  work: 0.3,
  wait: { polling: Schedule.spaced("100 millis"), outageBudget: "1 second" },
  slow: slow / 5,
  idle: 2000,
});

/** What stands between the library and the server: it is here that a connection can be refused. */
const wayTo = (
  server: FaultServer,
  simulator: Simulator,
  { fetch }: OwnFetch,
  level: Level,
): readonly [Way, typeof globalThis.fetch] => {
  const refusals = new FaultQueue();
  let refused: Array<{ readonly method: string; readonly target: string; readonly at: number }> = [];
  const way: Way = {
    inject: (fault, options) =>
      Effect.sync(() => fault === "refused" ? refusals.add(fault, options) : server.inject(fault, options)),
    sent: Effect.sync(() => [...server.requests, ...refused].toSorted((a, b) => a.at - b.at)),
    handled: simulator.received,
    open: Effect.sync(server.busy).pipe(
      Effect.repeat({ until: (busy) => busy === 0, schedule: Schedule.spaced("20 millis"), times: 100 }),
    ),
    written: Effect.sync(server.written),
    level,
    connect: (url, { credentials = { apiKey: Redacted.make(secret) }, ...options } = {}) =>
      Layer.orDie(Dataiku.layer({ url, fetch, ...patience, ...options, ...credentials })),
  };
  const through: typeof globalThis.fetch = async (input, init) => {
    const method = init?.method ?? "GET";
    const { pathname, search } = new URL(String(input));
    if (refusals.take(method, `${pathname}${search}`) === undefined) return await fetch(input, init);
    refused = [...refused, { method, target: `${pathname}${search}`, at: Date.now() }];
    return await fetch(`${nobody}${pathname}${search}`, init);
  };
  return [way, through];
};

const playOnSocket = (row: Row, own: OwnFetch, level: Level): Effect.Effect<Wrong> =>
  Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis;
    const apiKey = Redacted.make(secret);
    const simulator = yield* Simulator.make({ seed: now, apiKey, ...row.simulator });
    yield* simulator.route(uploadRoute);
    const server = yield* Effect.acquireRelease(
      Effect.promise(() => serveFaults(simulator.fetch, { slow, seed: now })),
      (server) => Effect.promise(server.stop),
    );
    const [way, fetch] = wayTo(server, simulator, own, level);
    const stage: Layer.Layer<Stage> = Layer.mergeAll(
      Layer.orDie(Dataiku.layer({ url: server.url, apiKey, fetch, ...patience, ...row.connection })),
      Layer.succeed(Simulator, simulator),
      Layer.succeed(Way, way),
      pace,
    );
    const ended = yield* Effect.timeoutOption(Effect.exit(Effect.scoped(Effect.provide(row.play, stage))), bound);
    if (Option.isNone(ended)) return [`it did not end within ${bound}`];
    return Exit.isSuccess(ended.value) ? ended.value.value : [Cause.pretty(ended.value.cause)];
  }).pipe(Effect.scoped, Effect.ensuring(Effect.sync(own.close)));

/** Plays rows side by side: they mostly sleep. */
export const playOnSockets = (
  level: Level,
  rows: ReadonlyArray<Row>,
  makeFetch: () => OwnFetch,
): Effect.Effect<ReadonlyArray<Played>> =>
  Effect.forEach(
    rows,
    (row) =>
      Effect.map(Effect.suspend(() => playOnSocket(row, makeFetch(), level)), (wrong) => ({ row, level, wrong })),
    { concurrency: 24 },
  );
