/**
 * Playing a seed: some journeys at once, in some faults, and what does not hold afterwards.
 *
 * @module
 */
import { Clock, Effect, Redacted, Schedule } from "effect";
import { TestClock } from "effect/testing";
import type { WaitOptions } from "../../mod.ts";
import { Chance } from "../../src/simulator/kernel/chance.ts";
import { Simulator } from "../../src/simulator/mod.ts";
import { abortedBlindly, brokenBy, doneTooOften, storms } from "./invariants.ts";
import { futureJourneys } from "./journeys/futures.ts";
import { jobJourneys } from "./journeys/jobs.ts";
import { listJourneys } from "./journeys/lists.ts";
import { scenarioRunJourneys } from "./journeys/scenario_runs.ts";
import { scenarioJourneys } from "./journeys/scenarios.ts";
import { endOf, type JourneyRun, runJourney, timesBy } from "./journey_run.ts";
import { connectionBy, echo, makeProgram, secret, secretParts } from "./program.ts";
import { type Claim, type Environment, happens, type Journey, oneOf, type Over } from "./environment.ts";
import { type Place, Truth } from "./truth.ts";
import { FiberCount, inVirtualWorld } from "./virtual_world.ts";
import { makeFaultSchedule } from "./fault_schedule.ts";

/** The journeys that a seed draws from: mostly all, else those of one kind, which meet each other then. */
const casts: ReadonlyArray<ReadonlyArray<Journey>> = [
  [...jobJourneys, ...futureJourneys, ...scenarioRunJourneys, ...scenarioJourneys, ...listJourneys],
  [...jobJourneys, ...futureJourneys, ...scenarioRunJourneys, ...scenarioJourneys, ...listJourneys],
  jobJourneys,
  futureJourneys,
  scenarioRunJourneys,
  [...scenarioJourneys, ...listJourneys],
];

/** What came of a seed. */
export interface Played {
  readonly seed: number;
  /** What does not hold. */
  readonly violations: ReadonlyArray<string>;
  /** Everything that happened, in order. */
  readonly trace: ReadonlyArray<string>;
  /** How each journey ended: the tag of its error or of its reason, `ok` or `interrupted`. */
  readonly ends: ReadonlyArray<string>;
}

/** When it all begins. */
const morning = Date.UTC(2025, 9, 1, 9);

/** By then everything has ended. */
const horizon = "1 day";

const places = (names: string): ReadonlyArray<Place> =>
  names.split(" ").map((name) => {
    const [projectKey, id] = name.split(".") as [string, string];
    return { projectKey, id };
  });

const datasets = places(
  "SALES.orders_prepared SALES.customers_prepared SALES.orders_joined SALES.revenue_by_country " +
    "CHURN.features CHURN.customers_scored LOGISTICS.parcels_prepared LOGISTICS.routes",
);
const runnable = places(
  "SALES.TEST_REVENUE SALES.NIGHTLY_BUILD CHURN.HOURLY_CHECK CHURN.RETRAIN LOGISTICS.TRACK_PARCELS",
);
/** They have a version, without which a conflict cannot be seen. */
const editable = places(
  "SALES.LOAD_COUNTRY SALES.MONTHLY_REPORT SALES.TEST_SMOKE CHURN.SCORE_AFTER_SALES LOGISTICS.ROUTES",
);

/** In another order. */
const shuffled = <A>(chance: Chance, all: ReadonlyArray<A>): ReadonlyArray<A> =>
  all.map((one) => ({ one, by: chance.next() })).toSorted((a, b) => a.by - b.by).map(({ one }) => one);

const waitBy = (chance: Chance, stalls: boolean): WaitOptions => ({
  // What never ends is not waited for without a limit.
  ...(stalls || happens(chance, 0.2) ? { timeout: oneOf(chance, ["10 seconds", "5 minutes", "1 hour"]) } : {}),
  ...(happens(chance, 0.2) ? { outageBudget: oneOf(chance, ["0 seconds", "1 minute", "1 hour"]) } : {}),
  ...(happens(chance, 0.2) ? { polling: oneOf(chance, [Schedule.spaced("3 seconds"), Schedule.recurs(2)]) } : {}),
});

/** Plays a seed with journeys of one of some casts. */
const playing = (seed: number, casts: ReadonlyArray<ReadonlyArray<Journey>>): Effect.Effect<Played> =>
  Effect.gen(function* () {
    const chance = new Chance(seed);
    const trace: Array<string> = [];
    const elapsed = Effect.map(Clock.currentTimeMillis, (now) => Math.floor(now - morning));
    const note = (what: string) => Effect.map(elapsed, (at) => void trace.push(`${at} ${what}`));
    yield* TestClock.setTime(morning);

    const latency = oneOf(chance, [0, 0, 40, 700, 3000]);
    const simulator = yield* Simulator.make({ seed, apiKey: Redacted.make(secret), latency, tamper: echo });
    const connection = connectionBy(chance);
    const programs = [yield* makeProgram(simulator, connection), yield* makeProgram(simulator, connection)] as const;

    const forgettable: Array<string> = [];
    const intended = new Map<string, number>();
    const faultSchedule = makeFaultSchedule(chance, secret, forgettable);
    const [buildable, changeable] = [shuffled(chance, datasets), shuffled(chance, editable)];
    const runs = happens(chance, 0.5) ? [oneOf(chance, runnable)] : runnable;
    const cast = oneOf(chance, casts);
    const journeyRuns = Array.from({ length: oneOf(chance, [1, 2, 3, 5]) }, (_, nth): JourneyRun => {
      const claims: Array<Claim> = [];
      const environment: Environment = {
        chance: new Chance(seed * 31 + nth),
        simulator,
        first: programs[nth % 2]!.services,
        second: programs[1 - nth % 2]!.services,
        marker: `m${seed}-${nth}`,
        dataset: buildable[nth]!,
        scenario: oneOf(chance, runs),
        settings: changeable[nth]!,
        wait: waitBy(chance, faultSchedule.stalls),
        intend: (method, target) => {
          const request = `${method} ${target}`;
          intended.set(request, (intended.get(request) ?? 0) + 1);
        },
        claim: (claim) => void claims.push(claim),
        mayBeForgotten: (futureId) => void forgettable.push(futureId),
      };
      return { journey: oneOf(chance, cast), environment, claims, ...timesBy(chance, latency), over: undefined };
    });

    const fibers = new FiberCount();
    const happening = Effect.forEach(faultSchedule.happenings, ({ at, what, happen }) =>
      Effect.gen(function* () {
        yield* Effect.sleep(1 + at - (yield* elapsed));
        yield* note(what);
        yield* happen(simulator);
      }), { discard: true });
    yield* Effect.forkDetach(happening);
    for (const [nth, run] of journeyRuns.entries()) {
      yield* Effect.forkDetach(runJourney(run, `journey ${nth} (${run.journey.name})`, fibers, note));
    }
    yield* TestClock.adjust(horizon);

    const violations: Array<string> = [];
    for (const { journey, over } of journeyRuns) {
      if (over === undefined) violations.push(`${journey.name}: it does not end`);
    }
    if (violations.length === 0) {
      if (fibers.living > 0) violations.push(`${fibers.living} fibers live on`);
      for (const { leaks } of programs) violations.push(...yield* leaks);
    }
    const received = yield* simulator.received;
    const truth = new Truth(yield* simulator.snapshot, received, morning, latency);
    const { restarts, scriptedAborts } = faultSchedule;
    for (const { journey, over, claims } of journeyRuns) {
      if (over === undefined) continue;
      const whole: Over = { ...over, truth, restarts, scriptedAborts };
      const broken = claims.map((claim) => claim(whole)).filter((what) => what !== undefined);
      for (const what of [...brokenBy(journey, whole, secretParts), ...broken]) {
        violations.push(`${journey.name}: ${what}`);
      }
    }
    violations.push(...doneTooOften({ truth }, intended), ...storms({ truth }));
    const aborters = journeyRuns.filter(({ journey, over }) => journey.aborts || over?.interruptedAt !== undefined);
    violations.push(...abortedBlindly({ truth }, new Set(aborters.map(({ environment }) => environment.marker))));
    for (const { at, method, target, status, handled } of received) {
      trace.push(`${at - morning} ${method} ${target} ${handled ? "done" : "not done"} ${status ?? "no answer"}`);
    }
    return {
      seed,
      violations,
      trace: trace.toSorted((a, b) => parseInt(a) - parseInt(b)),
      ends: journeyRuns.map(({ over }) => over === undefined ? "no end" : endOf(over)),
    };
  });

/** Plays a seed: equal seeds give equal events. */
export const play = (
  seed: number,
  journeys: ReadonlyArray<ReadonlyArray<Journey>> = casts,
): Promise<Played> => Effect.runPromise(inVirtualWorld(seed, playing(seed, journeys)));
