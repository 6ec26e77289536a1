/**
 * What the examples share: the DSS that they run on, and how a program begins and ends.
 *
 * @module
 */
import process from "node:process";
import { Cause, Console, Effect, type Layer, Redacted, Runtime } from "effect";
import { type AllServices, Dataiku, type Dss, type DssError, type NoConnection } from "@effect-dataiku/dss";
import { Simulator } from "@effect-dataiku/dss/simulator";

/** Whether there is no DSS to run on but the embedded one. */
export const isEmbedded: boolean = !process.env.DKU_DSS_URL;

/** All services: on the DSS that `DKU_DSS_URL` and `DKU_API_KEY` name, else on an embedded one. */
export const dss: Layer.Layer<AllServices | Dss, DssError | NoConnection> = isEmbedded
  ? Simulator.layer()
  : Dataiku.layerConfig();

/**
 * All services on a second instance: on the one that variables of this beginning name, as `DKU_DEPLOYER_URL` and `DKU_DEPLOYER_API_KEY`, else
 * on the first one again (on an embedded one of its own, when there is none).
 */
export const secondDss = (beginning: string): Layer.Layer<AllServices | Dss, DssError | NoConnection> => {
  const { [`${beginning}_URL`]: url, [`${beginning}_API_KEY`]: key = "" } = process.env;
  if (url !== undefined) return Dataiku.layer({ url, apiKey: Redacted.make(key) });
  return isEmbedded ? Simulator.layer() : dss;
};

const run = Runtime.makeRunMain(({ fiber, teardown }) => {
  const interrupt = () => fiber.interruptUnsafe();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  fiber.addObserver((exit) => teardown(exit, (code) => process.exit(code)));
});

/**
 * Runs a program as this process.
 *
 * A failure is its message on stderr, in one line, and exit code 1; an interruption (Ctrl-C) runs all finalizers, then the exit code is 130.
 */
export const runMain = <E extends { readonly message: string }>(program: Effect.Effect<void, E>): void =>
  run(
    Effect.tapCause(program, (cause) => {
      const failure = cause.reasons.find(Cause.isFailReason);
      if (failure !== undefined) return Console.error(failure.error.message);
      return Cause.hasInterruptsOnly(cause) ? Effect.void : Console.error(Cause.pretty(cause));
    }),
    { disableErrorReporting: true },
  );
