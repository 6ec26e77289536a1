/**
 * What is done on the embedded DSS before the demo runs there.
 *
 * @module
 */
import { Effect } from "effect";
import type { DssError, SettingsError } from "@effect-dataiku/dss/dss";
import type { FutureState } from "@effect-dataiku/dss/futures";
import { isBuildStep, mapSteps, Scenarios } from "@effect-dataiku/dss/scenarios";
import type { Simulator } from "@effect-dataiku/dss/simulator";

/** Starts a long task; gives what DSS answers to it. With `fail`, the third recipe of the build will fail. */
export const prepare = (
  simulator: Simulator,
  fail: boolean,
): Effect.Effect<FutureState, DssError | SettingsError, Scenarios> =>
  Effect.gen(function* () {
    const scenarios = yield* Scenarios;
    // All is built anew: there is more to see then.
    const forced = mapSteps((step) =>
      isBuildStep(step) ? { ...step, params: { ...step.params, jobType: "RECURSIVE_FORCED_BUILD" } } : step
    );
    yield* scenarios.updateSettings("SALES", "NIGHTLY_BUILD", forced);
    // Nobody wants to wait for a demo.
    yield* simulator.script("scenarios/SALES.NIGHTLY_BUILD", { end: "done", step: "metrics", seconds: 1 });
    if (fail) {
      yield* simulator.script("recipes/SALES.compute_orders_joined", {
        end: "fail",
        message: "Connection to the database refused",
      });
    }
    return yield* simulator.startTask({ displayName: "Update of a code environment", seconds: 9 });
  });
