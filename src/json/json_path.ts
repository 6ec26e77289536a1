/**
 * Where a part of a document is.
 *
 * @module
 * @internal
 */

/** The way to a part of a document. */
export interface Step {
  /** The step to it, as `.active` or `[2]`. */
  readonly step: string;
  /** What it is a part of. */
  readonly within: Step | undefined;
}

/** The path of a part, as `params.triggers[2].active`; empty for the whole. */
export const pathOf = (part: Step): string => {
  const steps: Array<string> = [];
  for (let at: Step | undefined = part; at !== undefined; at = at.within) steps.push(at.step);
  return steps.reverse().join("").replace(/^\./, "");
};
