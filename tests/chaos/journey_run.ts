/**
 * The run of a journey: it begins, may be interrupted, and ends.
 *
 * @module
 */
import { Clock, Effect, Exit, Fiber } from "effect";
import type { Chance } from "../../src/simulator/kernel/chance.ts";
import { shownBy } from "../fixtures/everything_shown.ts";
import { type Claim, type Environment, happens, type Journey, type Over } from "./environment.ts";
import { counted, type FiberCount, shaken } from "./virtual_world.ts";

/** A journey that is under way. */
export interface JourneyRun {
  readonly journey: Journey;
  readonly environment: Environment;
  readonly claims: ReadonlyArray<Claim>;
  /** When it begins, in milliseconds from now. */
  readonly beginsAfter: number;
  /** When it is interrupted, in milliseconds after its beginning; `undefined` for never. */
  readonly leavesAfter: number | undefined;
  /** What is known when it has ended. */
  over: Omit<Over, "truth" | "restarts" | "scriptedAborts"> | undefined;
}

/** When a journey begins and leaves; an answer takes `latency` milliseconds. */
export const timesBy = (chance: Chance, latency: number): Pick<JourneyRun, "beginsAfter" | "leavesAfter"> => {
  const beginsAfter = happens(chance, 0.5) ? 1 : 1 + Math.floor(chance.next() * 20_000);
  if (!happens(chance, 0.4)) return { beginsAfter, leavesAfter: undefined };
  // Just when an answer comes or a pause ends, or at any time.
  const leavesAfter = happens(chance, 0.5)
    ? Math.floor(chance.next() * 30) * (latency || 1000)
    : Math.floor(chance.next() ** 2 * 300_000);
  return { beginsAfter, leavesAfter };
};

/** How a journey ended, in a word. */
export const endOf = ({ exit }: Pick<Over, "exit">): string => {
  if (Exit.isSuccess(exit)) return "ok";
  const reason = exit.cause.reasons.find(({ _tag }) => _tag === "Fail");
  if (reason?._tag !== "Fail") return "interrupted";
  const error = reason.error as { readonly _tag: string; readonly reason?: { readonly _tag: string } };
  return error._tag === "DssError" ? error.reason!._tag : error._tag;
};

/** Lets a journey go its way; `note` keeps what happens. */
export const runJourney = (
  run: JourneyRun,
  name: string,
  fibers: FiberCount,
  note: (what: string) => Effect.Effect<void>,
): Effect.Effect<void> =>
  Effect.gen(function* () {
    const { journey, environment, beginsAfter, leavesAfter } = run;
    yield* Effect.sleep(beginsAfter);
    yield* note(`${name} begins`);
    let interruptedAt: number | undefined;
    const travel = Effect.gen(function* () {
      const fiber = yield* Effect.forkChild(shaken(journey.go(environment)));
      const leaving = yield* Effect.forkChild(Effect.gen(function* () {
        if (leavesAfter === undefined) return;
        yield* Effect.sleep(leavesAfter);
        interruptedAt = yield* Clock.currentTimeMillis;
        yield* note(`${name} is interrupted`);
        fiber.interruptUnsafe();
      }));
      const exit = yield* Fiber.await(fiber);
      yield* Fiber.interrupt(leaving);
      return yield* exit;
    });
    const [exit, shown] = yield* shownBy(travel);
    run.over = { exit, shown, endedAt: yield* Clock.currentTimeMillis, interruptedAt };
    yield* note(`${name} ends: ${endOf({ exit })}`);
  }).pipe(counted(fibers));
