/**
 * States in colour, times in words.
 *
 * @module
 */
import { styleText } from "node:util";
import { Duration } from "effect";

const colours: Readonly<Record<string, Parameters<typeof styleText>[0]>> = {
  SUCCESS: "green",
  DONE: "green",
  RUNNING: "cyan",
  WARNING: "yellow",
  ABORTED: "yellow",
  FAILED: "red",
};

/** Text in the colour of a state; plain text when the output is no terminal or `NO_COLOR` is set. */
export const inColourOf = (state: string, text: string): string => styleText(colours[state] ?? "dim", text);

/** The time between two times of DSS; `–` when one of them is missing or `0`, which means "not yet". */
export const duration = (start: number | null | undefined, end: number | null | undefined): string => {
  if (!start || !end) return "–";
  const seconds = Math.max(end - start, 0) / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : Duration.format(Duration.seconds(Math.round(seconds)));
};
