/**
 * Which code environment runs a piece of code.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** How a code environment is chosen; further values may come. */
export type EnvMode =
  | "USE_BUILTIN_MODE"
  | "INHERIT"
  | "EXPLICIT_ENV"
  | (string & Record<never, never>);

/** Schema of {@linkcode EnvMode}. */
export const EnvMode: Schema.Codec<EnvMode, string> = openEnum<EnvMode>();

/** Which code environment runs a piece of code: the built-in one, that of the project, or one by its name. */
export interface EnvSelection {
  /** How it is chosen. */
  readonly envMode?: EnvMode | null;
  /** Name of the code environment, with `EXPLICIT_ENV`. */
  readonly envName?: string | null;
}

/** Schema of {@linkcode EnvSelection}. */
export const EnvSelection: Schema.Codec<EnvSelection, unknown> = open(
  { envMode: maybe(EnvMode), envName: maybe(Schema.String) } satisfies Fields<EnvSelection>,
);
