/**
 * The options of the demo.
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { Data, Effect } from "effect";

/** What the demo does. */
export interface DemoOptions {
  readonly project: string;
  readonly dataset: string;
  /** Whether an activity shall fail. */
  readonly fail: boolean;
}

/** The options cannot be followed. */
export class WrongOptions extends Data.Error<{ readonly detail: string }> {
  /** One line. */
  override get message(): string {
    return `${this.detail}. Options: --project KEY, --dataset NAME, --fail`;
  }
}

/** Reads the options of the command line. */
export const readOptions: Effect.Effect<DemoOptions, WrongOptions> = Effect.try({
  try: () =>
    parseArgs({
      args: process.argv.slice(2),
      options: {
        project: { type: "string", default: "SALES" },
        dataset: { type: "string", default: "revenue_by_country" },
        fail: { type: "boolean", default: false },
      },
    }).values,
  catch: (error) => new WrongOptions({ detail: error instanceof Error ? error.message : String(error) }),
});
