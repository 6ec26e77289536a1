/**
 * The way between a program and the simulated DSS: it knows what is on it, and can be closed.
 *
 * @module
 */
import { Deferred, Effect } from "effect";
import * as HttpClient from "effect/http/HttpClient";

/** The way of one connection. */
export interface Network {
  readonly client: HttpClient.HttpClient;
  /** How many requests have no answer yet. */
  readonly underWay: () => number;
  /** Holds all further requests while an effect runs. */
  readonly closedFor: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>;
}

/** Makes a way to a client. */
export const makeNetwork = (beyond: HttpClient.HttpClient): Network => {
  let underWay = 0;
  let gate: Deferred.Deferred<void> | undefined;
  const client = HttpClient.make((request) =>
    Effect.acquireUseRelease(
      Effect.sync(() => void (underWay += 1)),
      () => Effect.andThen(gate === undefined ? Effect.void : Deferred.await(gate), beyond.execute(request)),
      () => Effect.sync(() => void (underWay -= 1)),
    )
  );
  return {
    client,
    underWay: () => underWay,
    closedFor: (effect) =>
      Effect.suspend(() => {
        const closed = gate = Deferred.makeUnsafe<void>();
        return Effect.ensuring(
          effect,
          Effect.suspend(() => {
            gate = undefined;
            return Deferred.succeed(closed, undefined);
          }),
        );
      }),
  };
};
