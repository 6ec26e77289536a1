/**
 * An embedded DSS: a stateful Dataiku DSS in memory, for tests, demos and programs that have no server.
 *
 * It is driven by Effect's `Clock`: under a `TestClock`, hours of jobs pass in no time. Each of its routes says where its behaviour is
 * known from, see {@linkcode routes}.
 *
 * @example
 * ```ts
 * import { Effect } from "effect";
 * import { Jobs } from "@effect-dataiku/dss/jobs";
 * import { Simulator } from "@effect-dataiku/dss/simulator";
 *
 * const program = Effect.gen(function* () {
 *   const simulator = yield* Simulator;
 *   yield* simulator.inject("unavailable");
 *   const jobs = yield* Jobs;
 *   return yield* jobs.list("SALES"); // sent again after the 503
 * });
 * const found = await Effect.runPromise(Effect.provide(program, Simulator.layer({ retry: { base: 1 } })));
 * if (found.length === 0) throw new Error("unexpected");
 * ```
 *
 * @module
 */
export type { Fault, FaultOptions } from "./kernel/faults.ts";
export type { Outcome } from "./kernel/outcomes.ts";
export type { AddedRoute, Answer, Call, Provenance, Route } from "./kernel/route.ts";
export { jsonAnswer, SimulatedRefusal } from "./kernel/route.ts";
export { routes } from "./routes.ts";
export type { ReceivedRequest, SimulatorOptions } from "./embedded.ts";
export { type SimulatedTask, Simulator, type SimulatorKey } from "./simulator.ts";
