/**
 * Journeys: rows that are more than one call and its end.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Cause, Effect, Exit, type Scope } from "effect";
import { inspect } from "node:util";
import { Dss } from "../../../mod.ts";
import { secret, type Stage } from "../play.ts";
import { allLevels, type Row } from "../row.ts";

/** What a journey may need. */
export type Needs = Stage | Scope.Scope;

/** Row, fault and call, and what it comes to. */
export type Title = readonly [row: string, fault: string, given: string, expected: string];

/** A journey, which fails an assertion when something is wrong. */
export const journey = <E>(
  [row, fault, given, expected]: Title,
  play: Effect.Effect<void, E, Needs>,
  more: Partial<Row> = {},
): Row => ({ row, fault, given, expected, levels: allLevels, ...more, play: Effect.as(play, []) });

/** An error of the library. */
interface Tagged {
  readonly _tag: string;
  readonly reason?: { readonly _tag: string };
  readonly token?: unknown;
}

/** Checks that an effect fails with a reason, or with an error that has one, and shows no key; gives the error. */
export const failsWith = <A, E extends Tagged, R>(
  effect: Effect.Effect<A, E, R>,
  tag: string,
): Effect.Effect<E, never, R> =>
  Effect.map(Effect.exit(effect), (exit) => {
    const error = Exit.isFailure(exit) ? Cause.findErrorOption(exit.cause) : undefined;
    if (error?._tag !== "Some") return assert.fail(`ended with ${inspect(exit)}, not with ${tag}`);
    const found = error.value._tag === "DssError" ? error.value.reason?._tag : error.value._tag;
    assert.equal(found, tag, inspect(error.value));
    assert.ok(!inspect(error.value, { depth: 20 }).includes(secret), "the key is shown");
    return error.value;
  });

/** Asks something of the connection. */
export const asking = <A, E, R>(ask: (dss: Dss) => Effect.Effect<A, E, R>): Effect.Effect<A, E, R | Dss> =>
  Effect.flatMap(Dss, ask);
