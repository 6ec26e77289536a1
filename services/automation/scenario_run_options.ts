/**
 * Options of the calls about scenario runs.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import type { WaitOptions } from "../../src/operation/operation.ts";

/** What counts as a success. */
export interface SuccessOptions {
  /**
   * Whether a run that ended with warnings is a success or a failure.
   *
   * @default {"success"}
   */
  readonly warning?: "success" | "failure";
}

/** How a run is waited for. */
export interface ScenarioWaitOptions extends WaitOptions, SuccessOptions {
  /**
   * Whether the states tell of the steps too: `details` and `progress`. The answers of DSS are larger then, and how many steps there are
   * may take one request more.
   *
   * @default {false}
   */
  readonly steps?: boolean;
}

/** What a run is requested with, and how it is waited for. */
export interface RunScenarioOptions extends ScenarioWaitOptions {
  /** Parameters, which the scenario finds as parameters of its trigger. */
  readonly params?: Readonly<Record<string, unknown>>;
  /**
   * Whether to add a parameter with an id that no other request has, so that the run is told from all others when the answer to the request
   * is lost: `true` names it `correlationId`, a text is its name. An id of your own is taken when `params` has one under that name.
   *
   * @default {false}
   */
  readonly correlation?: boolean | string;
}

/** Which runs are listed. */
export interface ListScenarioRunsOptions {
  /**
   * Most runs to list.
   *
   * @default {10}
   */
  readonly limit?: number;
  /**
   * Whether to leave out the run that is going.
   *
   * @default {false}
   */
  readonly onlyFinished?: boolean;
}

/**
 * Days between which runs are listed: days of the server, as `"2025-10-01"`, or times, which count as their day.
 *
 * The day of a time is the same on every machine: the one that a text says, the one in its zone of a zoned time, and the one in UTC of all
 * else. A `Date`, or a number, that is midnight in a zone east of UTC (as `new Date(2025, 9, 1)` in Paris) is refused with `Invalid`, because
 * its day in UTC is the one before that is meant.
 */
export interface RunDays {
  /** First day. */
  readonly from: DateTime.DateTime.Input;
  /** Day after the last; by default two days after today, so that no run is missed in any time zone. */
  readonly to?: DateTime.DateTime.Input;
}

/** Over which runs a mean is taken. */
export interface AverageDurationOptions extends SuccessOptions {
  /**
   * How many runs; at least one.
   *
   * @default {3}
   */
  readonly runs?: number;
}

/** Which part of a run is meant. */
export interface RunPartOptions {
  /** Id of a step; by default the whole run. */
  readonly step?: string;
}

/** Which tests are meant. */
export interface TestingOptions {
  /** Id of a bundle, on an automation node; by default the project as it is. */
  readonly bundleId?: string;
}

/** Which report of tests is meant. */
export interface TestReportOptions extends TestingOptions {
  /**
   * Form of the report: JUnit XML for programs, HTML for people.
   *
   * @default {"junit"}
   */
  readonly format?: "junit" | "html";
}
