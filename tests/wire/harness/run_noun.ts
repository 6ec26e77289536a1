/**
 * Runs our calls against the recording, in virtual time.
 *
 * @module
 */
import { Cause, Effect, Exit, Fiber, Layer, Option, Redacted } from "effect";
import { HttpClient } from "effect/http";
import { TestClock } from "effect/testing";
import { type Credentials, Dss, DssError, type DssErrorReason } from "../../../mod.ts";
import { makeServices } from "../../../services/all_services.ts";
import { compare, type Verdict } from "./compare.ts";
import type { Noun, OurCall } from "./noun.ts";
import { recordedAreas, type RecordedCase } from "./recording.ts";
import { scriptedDss } from "./scripted_dss.ts";

/** How a recorded case compares with our call for it. */
export interface CaseResult extends Verdict {
  readonly area: string;
  readonly method: string;
  /** In Python. */
  readonly call: string;
  /** Whether a reply did not fit our schema, so that the call may have ended early: the noun's samples should complete it. */
  readonly isUndecoded: boolean;
}

/** In minutes: longer than any recorded wait would take. */
const patience = 24 * 60;

/** Lets time pass until an effect has ended. */
const inVirtualTime = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<Exit.Exit<A, E> | undefined> =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect);
    for (let minute = 0; minute < patience && fiber.pollUnsafe() === undefined; minute++) {
      yield* TestClock.adjust("1 minute");
    }
    const exit = fiber.pollUnsafe();
    if (exit === undefined) yield* Fiber.interrupt(fiber);
    return exit;
  }).pipe(Effect.provide(TestClock.layer()));

/** Failures do not count, because the replies are invented; a call that breaks does. */
const breaks = (exit: Exit.Exit<unknown, unknown>): ReadonlyArray<string> =>
  Exit.isFailure(exit) && Cause.hasDies(exit.cause) ? [Cause.pretty(exit.cause)] : [];

/** A write whose answer cannot be read has an unknown outcome. */
const unread = (reason: DssErrorReason): DssErrorReason => reason._tag === "OutcomeUnknown" ? reason.lost : reason;

const isUndecoded = (exit: Exit.Exit<unknown, unknown>): boolean =>
  Option.exists(
    Exit.findErrorOption(exit),
    (error) => error instanceof DssError && unread(error.reason)._tag === "Undecodable",
  );

const runCase = (
  recorded: RecordedCase,
  call: OurCall,
  samples: Readonly<Record<string, unknown>>,
): Effect.Effect<Verdict & Pick<CaseResult, "isUndecoded">> =>
  Effect.gen(function* () {
    const { client, sent } = scriptedDss(recorded, samples);
    const ticket = recorded.requests[0]?.headers?.["x-dku-apiticket"];
    const credentials: Credentials = ticket === undefined
      ? { apiKey: Redacted.make("the-key") }
      : { ticket: Redacted.make(ticket) };
    const connection = Layer.provide(
      Dss.layer({ url: "https://dss.test", ...credentials }),
      Layer.succeed(HttpClient.HttpClient, client),
    );
    const exit = yield* inVirtualTime(Effect.provide(Effect.flatMap(makeServices, call), connection));
    const { rules, differences } = compare(yield* sent, recorded.requests);
    const broken = exit === undefined ? ["it did not end"] : breaks(exit);
    return { rules, differences: [...differences, ...broken], isUndecoded: exit !== undefined && isUndecoded(exit) };
  });

const recordedMethods = new Map(
  recordedAreas.flatMap(({ area, methods }) =>
    Object.entries(methods).map(([method, cases]) => [method, { area, cases }] as const)
  ),
);

/** Runs all cases of the methods in a noun's table. */
export const runNoun = ({ methods, samples = {} }: Noun): Effect.Effect<ReadonlyArray<CaseResult>> =>
  Effect.map(
    Effect.forEach(Object.entries(methods), ([method, { calls }]) => {
      const { area, cases } = recordedMethods.get(method) ?? { area: "", cases: [] };
      const stray = cases.length === calls.length ? [] : [{
        area,
        method,
        call: method,
        rules: [],
        isUndecoded: false,
        differences: [`${calls.length} calls for ${cases.length} recorded cases`],
      }];
      const run = Effect.forEach(cases.slice(0, calls.length), (recorded, at) =>
        Effect.map(
          runCase(recorded, calls[at]!, samples),
          (verdict): CaseResult => ({ area, method, call: recorded.call, ...verdict }),
        ));
      return Effect.map(run, (results) => [...stray, ...results]);
    }),
    (results) => results.flat(),
  );
