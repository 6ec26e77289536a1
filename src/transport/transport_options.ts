/**
 * How patient a connection is, how much it sends at once, and what it tells of it.
 *
 * @module
 */
import type * as Duration from "effect/Duration";

/** How requests are sent, whichever instance they go to. */
export interface TransportOptions {
  /**
   * Limit of one attempt, header and body.
   *
   * @default {"30 seconds"}
   */
  readonly deadline?: Duration.Input;
  /**
   * Limit of one attempt of the verbs that DSS answers only when the work is done.
   *
   * @default {"10 minutes"}
   */
  readonly slowDeadline?: Duration.Input;
  /**
   * Longest pause between two pieces of a streamed answer.
   *
   * @default {"1 minute"}
   */
  readonly idleLimit?: Duration.Input;
  /**
   * Largest answer that is held in memory, in bytes; streamed answers have no limit.
   *
   * @default {268_435_456}
   */
  readonly maxBodyBytes?: number;
  /**
   * Most requests on the wire at once; further ones queue.
   *
   * @default {8}
   */
  readonly concurrency?: number;
  /** How reads and idempotent writes are sent again after a passing failure. */
  readonly retry?: RetryOptions;
  /**
   * Whether requests carry the trace headers of the current span.
   *
   * @default {false}
   */
  readonly traceHeaders?: boolean;
  /**
   * Whether calls and retries are counted and measured, see `DssMetrics`.
   *
   * @default {false}
   */
  readonly metrics?: boolean;
}

/** How often, and for how long, a request is sent again after a passing failure. */
export interface RetryOptions {
  /**
   * Most attempts after the first; `0` for none.
   *
   * @default {4}
   */
  readonly times?: number;
  /**
   * Pause before the second attempt; doubled each time, jittered between half and all of it.
   *
   * @default {"500 millis"}
   */
  readonly base?: Duration.Input;
  /**
   * Longest pause, also when DSS asks for a longer one with `Retry-After`.
   *
   * @default {"30 seconds"}
   */
  readonly longest?: Duration.Input;
  /**
   * Longest time spent on pauses for one request.
   *
   * @default {"1 minute"}
   */
  readonly budget?: Duration.Input;
  /**
   * Attempts after the first that all calls of the connection may make together before one succeeds: a brake for a DSS that is down.
   *
   * @default {100}
   */
  readonly quota?: number;
}
