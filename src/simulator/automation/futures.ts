/**
 * The futures of the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { endFuture, futures, futureState, unknownFuture } from "../kernel/futures.ts";
import { emptyAnswer, flag, forbidden, jsonAnswer, type Route } from "../kernel/route.ts";

/** @internal */
export const futuresRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/futures/",
    known: "official client",
    note:
      "An array of states, each with its jobId; all users only for administrators, which is documented. Contents of payload are assumed.",
    handle: ({ query, user, now }, world) => {
      const all = flag(query, "allUsers");
      if (all && !user.admin) return Effect.fail(forbidden("Only administrators may list the futures of all users"));
      const found = [...world.of(futures).values()].filter((future) =>
        future.state === "RUNNING" && (all || future.owner === user.login) &&
        flag(query, future.isListedApart ? "withScenarios" : "withNotScenarios")
      );
      return Effect.succeed(jsonAnswer(found.map((future) => futureState(future, now))));
    },
  },
  {
    method: "GET",
    path: "/futures/:futureId",
    known: "public evidence",
    note:
      "The flags and their combinations, and that peek=false consumes, were seen on DSS 15; that a failed future answers its failure as an error is inferred from the official client.",
    handle: ({ params, query, now }, world) => {
      const future = world.of(futures).get(params.futureId!);
      if (future === undefined) return Effect.succeed(jsonAnswer(unknownFuture));
      if (future.state === "FAILED") return Effect.fail(future.failure!);
      const state = futureState(future, now);
      if (future.state !== "DONE" || flag(query, "peek")) return Effect.succeed(jsonAnswer(state));
      world.of(futures).delete(future.jobId);
      return Effect.succeed(jsonAnswer({ ...state, result: future.result }));
    },
  },
  {
    method: "DELETE",
    path: "/futures/:futureId",
    known: "public evidence",
    note: "An empty answer, then aborted:true, seen on DSS 15; that an unknown or ended future is no error is assumed.",
    handle: ({ params, now }, world) => {
      const future = world.of(futures).get(params.futureId!);
      if (future?.state === "RUNNING") {
        endFuture(world, future, "ABORTED", now);
        future.onAbort(now);
      }
      return Effect.succeed(emptyAnswer);
    },
  },
];
