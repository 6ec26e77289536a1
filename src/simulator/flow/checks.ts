/**
 * Checks of metrics of the simulated DSS.
 *
 * @module
 * @internal
 */
import type { JsonObject } from "../kernel/stored_document.ts";

/** What comes of a check; `EMPTY` where there is nothing to judge. */
export type CheckOutcome = "OK" | "WARNING" | "ERROR" | "EMPTY";

/** Whether a number lies outside of a bound that counts. */
const isBeyond = (check: JsonObject, bound: string, value: number): boolean =>
  check[`${bound}Enabled`] === true &&
  (/min/i.test(bound) ? value < Number(check[bound]) : value > Number(check[bound]));

const inRange = (check: JsonObject, value: number): CheckOutcome => {
  if (isBeyond(check, "minimum", value) || isBeyond(check, "maximum", value)) return "ERROR";
  return isBeyond(check, "softMinimum", value) || isBeyond(check, "softMaximum", value) ? "WARNING" : "OK";
};

/** What comes of a check of a metric with a value, or with none: of numbers in a range, and of values in a set. */
export const outcomeOf = (check: JsonObject, value: string | undefined): CheckOutcome => {
  if (value === undefined) return "EMPTY";
  if (check.type === "numericRange") return inRange(check, Number(value));
  if (check.type !== "valueSet") return "EMPTY";
  return Array.isArray(check.values) && check.values.map(String).includes(value) ? "OK" : "ERROR";
};
