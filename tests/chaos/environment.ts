/**
 * Where a journey takes place: two programs on one simulated DSS, and what is said of the journey afterwards.
 *
 * @module
 */
import { type Cause, Effect, Exit, Option } from "effect";
import type { OutcomeUnknown, ServiceRecord, WaitOptions } from "../../mod.ts";
import type { Chance } from "../../src/simulator/kernel/chance.ts";
import type { Simulator } from "../../src/simulator/mod.ts";
import type { Place, Truth } from "./truth.ts";

/** What is known of a journey when all is over. */
export interface Over {
  readonly truth: Truth;
  readonly exit: Exit.Exit<unknown, unknown>;
  /** When it ended, in milliseconds since 1970. */
  readonly endedAt: number;
  /** When it was interrupted; `undefined` when it was not. */
  readonly interruptedAt: number | undefined;
  /** Everything that it showed: logs, spans, its error in every form. */
  readonly shown: string;
  /** When DSS was restarted. */
  readonly restarts: ReadonlyArray<number>;
  /** What was scripted to be aborted by somebody: `recipes/…` and `scenarios/…`. */
  readonly scriptedAborts: ReadonlySet<string>;
}

/** What must hold when all is over: says what does not. */
export type Claim = (over: Over) => string | undefined;

/** Where a journey takes place. */
export interface Environment {
  readonly chance: Chance;
  readonly simulator: Simulator;
  /** The program that begins. */
  readonly first: ServiceRecord;
  /** Another one, on a connection of its own. */
  readonly second: ServiceRecord;
  /** Tells what this journey does from what others do. */
  readonly marker: string;
  /** A dataset that no other journey builds. */
  readonly dataset: Place;
  /** A scenario, which other journeys may run too. */
  readonly scenario: Place;
  /** A scenario whose settings no other journey changes. */
  readonly settings: Place;
  /** How it waits. */
  readonly wait: WaitOptions;
  /** Says that it is about to send something that must not be done twice. */
  intend(method: string, target: string): void;
  /** Says what must hold when all is over. */
  claim(claim: Claim): void;
  /** Names a future, which DSS may forget. */
  mayBeForgotten(futureId: string): void;
}

/** Something that programs do. */
export interface Journey {
  readonly name: string;
  /** Tags of the errors that its type declares. */
  readonly declared: ReadonlySet<string>;
  /** Whether it aborts what it started, without being interrupted. */
  readonly aborts: boolean;
  readonly go: (environment: Environment) => Effect.Effect<unknown, unknown>;
}

/** A journey; the tags of its errors are those of its type, no more and no less. */
export const journey = <E extends { readonly _tag: string }>(
  name: string,
  declared: Readonly<Record<E["_tag"], true>>,
  go: (environment: Environment) => Effect.Effect<unknown, E>,
  { aborts = false }: { readonly aborts?: boolean } = {},
): Journey => ({ name, declared: new Set(Object.keys(declared)), aborts, go });

/** The error that a journey ended with. */
export const errorOf = <E>(exit: Exit.Exit<unknown, E>): E | undefined =>
  Exit.isFailure(exit) ? Option.getOrUndefined(Exit.findErrorOption(exit)) : undefined;

/** An error, as far as claims look into it. */
export interface ShownError {
  readonly _tag: string;
  readonly method?: string;
  readonly reason?: {
    readonly _tag: string;
    readonly isRetryable: boolean;
    readonly candidates?: OutcomeUnknown["candidates"];
  };
}

/** The error that a journey ended with, to be looked into. */
export const failureOf = ({ exit }: Over): ShownError | undefined => errorOf(exit) as ShownError | undefined;

/** Whether a journey was interrupted before it came to an end of its own. */
export const wasInterrupted = ({ exit }: Over): boolean =>
  Exit.isFailure(exit) && exit.cause.reasons.some((reason: Cause.Reason<unknown>) => reason._tag === "Interrupt");

/** Waits for up to so many seconds. */
export const pauseUpTo = (seconds: number, { chance }: Environment): Effect.Effect<void> =>
  Effect.sleep(Math.floor(chance.next() * seconds * 1000));

/** One of several, by chance. */
export const oneOf = <const A>(chance: Chance, all: ReadonlyArray<A>): A =>
  all[Math.floor(chance.next() * all.length)]!;

/** Whether something happens that happens so often. */
export const happens = (chance: Chance, often: number): boolean => chance.next() < often;
