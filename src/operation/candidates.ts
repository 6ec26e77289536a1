/**
 * After a start whose answer was lost: what may have come of it.
 *
 * @module
 * @internal
 */
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import { DssError } from "../errors/dss_error.ts";
import { OutcomeUnknown } from "../errors/reasons.ts";
import type { Token } from "../errors/token.ts";

/** How far the clock of DSS may be behind ours before a candidate is missed, in milliseconds. */
const skew = 60_000;

/** How long DSS is asked for candidates. */
const limit = "10 seconds";

/**
 * Names what a lost start may have started. Nothing is started again.
 *
 * @param find Looks for what was started since a time, in milliseconds since 1970, and matches.
 */
export const withCandidates = <A, E>(
  start: Effect.Effect<A, DssError | E>,
  find: (since: number) => Effect.Effect<ReadonlyArray<Token>, DssError>,
): Effect.Effect<A, DssError | E> =>
  Effect.flatMap(Clock.currentTimeMillis, (sent) =>
    Effect.catch(start, (error) => {
      if (!(error instanceof DssError) || error.reason._tag !== "OutcomeUnknown") return Effect.fail(error);
      const { method, reason: { lost } } = error;
      return find(sent - skew).pipe(
        Effect.timeout(limit),
        // When nobody can tell what was started, the lost answer is still what has to be said.
        Effect.matchEffect({
          onFailure: () => Effect.fail(error),
          onSuccess: (candidates) =>
            Effect.fail(new DssError({ method, reason: new OutcomeUnknown({ lost, candidates }) })),
        }),
      );
    }));
