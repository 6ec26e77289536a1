/**
 * What is scripted to go otherwise than well.
 *
 * @module
 */

/** How the work on one object ends. */
export interface Outcome {
  /**
   * Ends well, ends well with warnings, fails, is aborted by somebody, or never ends; what waits before it begins can also be cancelled
   * then.
   */
  readonly end: "done" | "warn" | "fail" | "abort" | "stall" | "cancel";
  /** What DSS says of it. */
  readonly message?: string;
  /**
   * After which part of its usual time it fails, is aborted or stalls.
   *
   * @default {0.5}
   */
  readonly after?: number;
  /** How long the work takes, in seconds; by default as the object says. */
  readonly seconds?: number;
  /**
   * Id of the step at which a scenario ends so; by default the first that runs. That step then does no work of its own, unless it only warns:
   * it takes its time and ends. To see a job fail below a scenario, script a recipe.
   */
  readonly step?: string;
  /** For how many times; by default always. */
  readonly times?: number;
}

/**
 * The outcomes that were scripted, by the address of an object: `kind/name`, as the routes of its noun take it.
 *
 * @internal
 */
export class Outcomes {
  private readonly scripted: Map<string, { readonly outcome: Outcome; left: number }> = new Map();

  /** Scripts the outcome of an object. */
  set(object: string, outcome: Outcome): void {
    this.scripted.set(object, { outcome, left: outcome.times ?? Number.POSITIVE_INFINITY });
  }

  /** Takes the outcome of an object, once. */
  take(object: string): Outcome {
    const script = this.scripted.get(object);
    if (script === undefined || script.left <= 0) return { end: "done" };
    script.left -= 1;
    return script.outcome;
  }
}
