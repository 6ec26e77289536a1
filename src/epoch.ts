import * as DateTime from "effect/DateTime";

/**
 * An instant of DSS, in milliseconds since 1970: `0` and `-1` stand for "not yet".
 *
 * @internal
 */
export const instantOf = (millis: number | null | undefined): DateTime.Utc | undefined =>
  typeof millis === "number" && millis > 0 ? DateTime.makeUnsafe(millis) : undefined;
