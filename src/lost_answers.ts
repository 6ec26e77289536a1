/**
 * How often a write may have been carried out.
 *
 * @module
 * @internal
 */
import * as Context from "effect/Context";

/** Answers that were lost before a write succeeded. */
export interface LostAnswers {
  count: number;
}

/** Counts the lost answers of the writes below it: what was sent again may have been carried out each time. */
export const LostAnswers: Context.Reference<LostAnswers | undefined> = Context.Reference<LostAnswers | undefined>(
  "@effect-dataiku/dss/LostAnswers",
  { defaultValue: () => undefined },
);
