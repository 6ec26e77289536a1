/**
 * The options of the demo.
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { Data, Effect } from "effect";
import { isEmbedded } from "../program.ts";

/** What the demo does. */
export interface DemoOptions {
  readonly project: string;
  readonly scenario: string;
  /** Whether an activity shall fail. */
  readonly fail: boolean;
}

/** The options cannot be followed. */
export class WrongOptions extends Data.Error<{ readonly detail: string }> {
  /** One line. */
  override get message(): string {
    return `${this.detail}. Options: --project KEY, --scenario ID, --fail`;
  }
}

const refuse = (detail: string) => Effect.fail(new WrongOptions({ detail }));

/** Reads the options of the command line. A DSS that is not embedded has its own scenarios: which one to run must be said. */
export const readOptions: Effect.Effect<DemoOptions, WrongOptions> = Effect.gen(function* () {
  const { project, scenario, fail = false } = yield* Effect.try({
    try: () =>
      parseArgs({
        args: process.argv.slice(2),
        options: { project: { type: "string" }, scenario: { type: "string" }, fail: { type: "boolean" } },
      }).values,
    catch: (error) => new WrongOptions({ detail: error instanceof Error ? error.message : String(error) }),
  });
  if (isEmbedded) return { project: project ?? "SALES", scenario: scenario ?? "NIGHTLY_BUILD", fail };
  if (fail) return yield* refuse("--fail works on the embedded DSS only, but DKU_DSS_URL is set");
  if (project === undefined || scenario === undefined) {
    return yield* refuse("DKU_DSS_URL is set: say with --project and --scenario what shall run there");
  }
  return { project, scenario, fail };
});
