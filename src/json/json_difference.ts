/**
 * What became of a document that was written, when it is read back.
 *
 * @module
 * @internal
 */
import { equalJson, isJsonContainer, isRawJson, isSameJson } from "./exact_json.ts";
import { pathOf, type Step } from "./json_path.ts";

/** The paths that are not as they were written, as `params.triggers[2].active`. */
export interface Difference {
  /** Those that are missing. */
  readonly missing: ReadonlyArray<string>;
  /** Those that the edit had changed, and that are something else now. */
  readonly ours: ReadonlyArray<string>;
  /** Those that the edit had left alone, and that are something else now: somebody else changed them, or DSS did by itself. */
  readonly others: ReadonlyArray<string>;
}

/** A part of the three documents, and the way to it. */
interface Part extends Step {
  /** As it was read; `unknown` where nobody knows. */
  readonly before: unknown;
  readonly written: unknown;
  readonly found: unknown;
  readonly within: Part | undefined;
}

/** What was there before is not known. */
export const notKnown: unique symbol = Symbol("not known");

const isNothing = (value: unknown): boolean => value === undefined || value === null;

const inside = (value: unknown, key: string): unknown =>
  value === notKnown ? notKnown : isJsonContainer(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** The keys whose parts are compared: all that was written, and what the edit had removed. */
const keysOf = ({ before, written }: Part): Array<string> => {
  const own = Object.keys(written as object);
  const removed = isJsonContainer(before) && !Array.isArray(before)
    ? Object.keys(before).filter((key) => !Object.hasOwn(written as object, key) && !isNothing(before[key]))
    : [];
  return [...own, ...removed];
};

/**
 * Compares what was written with what is found, and tells by what was there before whose the difference is.
 *
 * What is found besides what was written does not count, because DSS adds what is not said; nor does a `null` that has become something, for
 * it stands for "as usual".
 *
 * @param before The document that the edit began with, or {@linkcode notKnown}: then all differences are ours.
 */
export const jsonDifference = (before: unknown, written: unknown, found: unknown): Difference => {
  const missing: Array<string> = [];
  const ours: Array<string> = [];
  const others: Array<string> = [];
  const left: Array<Part> = [{ before, written, found, step: "", within: undefined }];
  // Not by recursion: documents may be nested deeper than the stack.
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    const within = part;
    const { before, written, found } = part;
    const differs = () => void (before !== notKnown && equalJson(before, written) ? others : ours).push(pathOf(within));
    if (written === null) continue;
    if (written === undefined) {
      // Removed by the edit, and there as it was; something else there is what DSS takes for nothing.
      if (!isNothing(found) && equalJson(before, found)) differs();
      continue;
    }
    if (isNothing(found)) {
      missing.push(pathOf(part));
      continue;
    }
    const isContainer = isJsonContainer(written) && isJsonContainer(found) && !isRawJson(written) &&
      !isRawJson(found) &&
      Array.isArray(written) === Array.isArray(found);
    if (!isContainer) {
      if (!equalJson(written, found)) differs();
      continue;
    }
    if (Array.isArray(written) && Array.isArray(found) && written.length < found.length) {
      differs();
      continue;
    }
    const isList = Array.isArray(written);
    // The first is looked at first; what is found as it was written is not looked at again.
    for (const key of keysOf(part).reverse()) {
      const [then, now] = [Object.hasOwn(written, key) ? written[key] : undefined, inside(found, key)];
      if (then !== undefined && isSameJson(then, now)) continue;
      left.push({
        before: inside(before, key),
        written: then,
        found: now,
        step: isList ? `[${key}]` : `.${key}`,
        within,
      });
    }
  }
  return { missing, ours, others };
};
