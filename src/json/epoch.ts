import * as DateTime from "effect/DateTime";

/** No instant is later, in milliseconds since 1970; Java's longest number, which stands for "never", is. */
const latest = 8_640_000_000_000_000;

/**
 * An instant of DSS, in milliseconds since 1970: `0` and `-1` stand for "not yet".
 *
 * @internal
 */
export const instantOf = (millis: number | null | undefined): DateTime.Utc | undefined =>
  typeof millis === "number" && millis > 0 && millis <= latest ? DateTime.makeUnsafe(millis) : undefined;
