/**
 * Futures of the simulated DSS whose ends can be scripted.
 *
 * @module
 * @internal
 */
import { doneAtOnce, endFuture, type FuturePlan, futureState, startFuture } from "./futures.ts";
import type { Outcome } from "./outcomes.ts";
import { type Answer, jsonAnswer } from "./route.ts";
import type { World } from "./world.ts";

/** Whether work is cut before its end. */
export const isCut = ({ end }: Outcome): boolean => end === "abort" || end === "cancel";

/**
 * Starts a future that ends as its outcome says, and gives what DSS answers to the start. A failure ends the work early; what it is, the
 * plan says. Work that takes no time is done at once, unless it is to be cut or to stall.
 */
export const startScripted = (world: World, now: number, outcome: Outcome, plan: FuturePlan): Answer => {
  const seconds = outcome.seconds ?? plan.seconds;
  const isStopped = isCut(outcome) || outcome.end === "stall";
  if (seconds === 0 && !isStopped) {
    const end = plan.end(now);
    if ("result" in end) return jsonAnswer(doneAtOnce(end.result));
  }
  const part = outcome.end === "done" || outcome.end === "warn" ? seconds : seconds * (outcome.after ?? 0.5);
  const future = startFuture(world, now, { ...plan, seconds: isStopped ? Number.POSITIVE_INFINITY : part });
  if (isCut(outcome)) {
    world.agenda.at(now + part * 1000, (at) => {
      if (future.state !== "RUNNING") return;
      endFuture(world, future, "ABORTED", at);
      future.onAbort(at);
    });
  }
  return jsonAnswer(futureState(future, now));
};
