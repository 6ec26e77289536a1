/**
 * What stands in the place of a secret.
 *
 * @module
 * @internal
 */

/** What stands in the place of a secret. */
export const mask = "<redacted>";

/** Where a secret stands in a text: from, and up to. */
export type Range = readonly [from: number, to: number];

/** A text with a mask in each place; what is a mask already stays. */
export const masked = (text: string, places: ReadonlyArray<Range>): string => {
  const pieces: Array<string> = [];
  let shown = 0;
  let until = -1;
  for (const [from, to] of places.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (from >= to || to <= until || text.startsWith(mask, from - 1)) continue;
    if (from >= until) pieces.push(text.slice(shown, from), mask);
    shown = until = to;
  }
  return pieces.length === 0 ? text : pieces.join("") + text.slice(shown);
};
