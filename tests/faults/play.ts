/**
 * Playing one case: the call is made while its requests meet the fault, and what it came to is compared with what was declared.
 *
 * @module
 */
import { Cause, Context, Effect, Exit, type Layer, Logger, References } from "effect";
import { inspect } from "node:util";
import {
  type AllServices,
  type ConnectionOptions,
  type Credentials,
  type Dss,
  type DssError,
  Futures,
} from "../../mod.ts";
import type { Answer, Fault, FaultOptions, Simulator } from "../../src/simulator/mod.ts";
import { type CallError, type Kind, kinds, type Pace } from "./kinds.ts";
import type { Case, Count } from "./matrix.ts";
import type { Level } from "./row.ts";

/** A request. */
export interface Sent {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** How to connect to another server: with the key, unless other credentials are given. */
export type ConnectOptions = ConnectionOptions & { readonly credentials?: Credentials };

/** What stands between the library and the simulated DSS. */
export interface Way {
  /** Lets the next requests that fit meet a fault. */
  readonly inject: (fault: Fault | Answer, options: FaultOptions) => Effect.Effect<void>;
  /** Every request that was sent, in order. */
  readonly sent: Effect.Effect<ReadonlyArray<Sent>>;
  /** The requests that DSS carried out. */
  readonly handled: Effect.Effect<ReadonlyArray<Sent>>;
  /** How many exchanges are open on the wire; none is, soon after a call has ended. */
  readonly open: Effect.Effect<number>;
  /** How many bytes of answers went out. */
  readonly written: Effect.Effect<number>;
  /** What carries the requests. */
  readonly level: Level;
  /** Connects to another server, over the same connections and as patiently. */
  readonly connect: (url: string, options?: ConnectOptions) => Layer.Layer<AllServices | Dss>;
}

/** Key of {@linkcode Way}. */
export const Way: Context.Service<Way, Way> = Context.Service<Way>("tests/Way");

/** What a case needs. */
export type Stage = AllServices | Dss | Simulator | Pace | Way;

/** The key of the simulated DSS: nothing that is shown may hold it. */
export const secret = "canary-7f3a9c";

/** What was wrong; nothing, when the row passed. */
export type Wrong = ReadonlyArray<string>;

/** Most bytes of an answer that are held in memory. */
export const bodyLimit = 1_000_000;

const fits = (count: number, expected: Count, more = 0): boolean =>
  typeof expected === "number"
    ? count >= expected && count <= expected + more
    : count >= expected[0] && count <= expected[1];

const show = (count: Count): string => typeof count === "number" ? `${count}` : `${count[0]} to ${count[1]}`;

/** The tag by which a matrix names an end. */
export const tagOf = (exit: Exit.Exit<unknown, CallError>, result: unknown): string => {
  if (Exit.isSuccess(exit)) return inspect(exit.value) === inspect(result) ? "ok" : "other result";
  const error = Cause.findErrorOption(exit.cause);
  if (error._tag === "None") return `an undeclared end: ${Cause.pretty(exit.cause).split("\n")[0]}`;
  return error.value._tag === "DssError" ? error.value.reason._tag : error.value._tag;
};

/** Everything that could be shown of an end. */
const shown = (exit: Exit.Exit<unknown, CallError>): string =>
  Exit.isSuccess(exit) ? "" : [
    Cause.pretty(exit.cause),
    inspect(exit.cause, { depth: 20, showHidden: true }),
    JSON.stringify(exit.cause),
    String(Cause.squash(exit.cause)),
  ].join("\n");

/** As many calls as may be on the wire at once: all go out when every permit was given back. */
export const permitsFree: Effect.Effect<void, DssError, AllServices> = Effect.gen(function* () {
  const list = Effect.flatMap(Futures, (futures) => futures.list());
  yield* Effect.all(Array.from({ length: 8 }, () => list), { concurrency: "unbounded" });
});

/** Plays a case, and says what was wrong. */
export const play = (
  { given, fault, times, expected: declared, expectedOnDeno, pause }: Case,
): Effect.Effect<Wrong, never, Stage> =>
  Effect.gen(function* () {
    const kind: Kind = kinds[given];
    const way = yield* Way;
    const expected = way.level === "deno" ? expectedOnDeno ?? declared : declared;
    const [method, path] = kind.request;
    const logs: Array<string> = [];
    const { call, leftOver } = yield* Effect.orDie(kind.prepare);
    const [sentBefore, handledBefore] = [(yield* way.sent).length, (yield* way.handled).length];
    yield* way.inject(fault, { method, path, times });
    const exit = yield* Effect.exit(call).pipe(
      Effect.provide(Logger.layer([Logger.make(({ message, cause }) => void logs.push(inspect([message, cause])))])),
      Effect.provideService(References.MinimumLogLevel, "Trace"),
    );
    const meant = (each: Sent): boolean => each.method === method && each.target.includes(path);
    const sent = (yield* way.sent).slice(sentBefore).filter(meant);
    const handled = (yield* way.handled).slice(handledBefore).filter(meant).length;
    const left = yield* leftOver;
    const wrong: Array<string> = [];
    const tag = tagOf(exit, kind.result);
    // Deno sends a GET again by itself, when a connection breaks that it kept.
    const replays = method === "GET" && way.level === "deno" ? 1 : 0;
    if (tag !== expected.error) wrong.push(`ended with ${tag}, not ${expected.error}`);
    if (!fits(sent.length, expected.attempts, replays)) {
      wrong.push(`${sent.length} attempts, not ${show(expected.attempts)}`);
    }
    if (!fits(handled, expected.requests, replays)) {
      wrong.push(`${handled} carried out, not ${show(expected.requests)}`);
    }
    if (left !== expected.leftOver) wrong.push(`${left} left over, not ${expected.leftOver}`);
    if (pause !== undefined) {
      const [first, second] = sent;
      const paused = first === undefined || second === undefined ? Number.NaN : second.at - first.at;
      if (!(paused >= pause[0] && paused <= pause[1])) {
        wrong.push(`a pause of ${paused} ms, not of ${pause[0]} to ${pause[1]}`);
      }
    }
    if (shown(exit).includes(secret) || logs.join().includes(secret)) wrong.push("the key is shown");
    const open = yield* way.open;
    if (open > 0) wrong.push(`${open} exchanges are still open`);
    const free = yield* Effect.exit(permitsFree);
    if (Exit.isFailure(free)) wrong.push(`nothing can be sent after it: ${Cause.squash(free.cause)}`);
    return wrong;
  });
