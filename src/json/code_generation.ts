/**
 * Whether this runtime lets code be generated: pages with a strict policy, and some edge runtimes, do not.
 *
 * @module
 * @internal
 */

/** Tries it. */
const generates = (): boolean => {
  try {
    return new Function("return true")() === true;
  } catch {
    return false;
  }
};

/** Whether it does. */
export const mayGenerateCode: boolean = generates();
