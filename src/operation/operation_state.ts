/**
 * What is seen of an operation at a look.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";

/** What every state of an operation says. */
export interface OperationState {
  /** Where it stands, in DSS's words. */
  readonly phase: string;
  /** Whether it has ended, well or not. */
  readonly isFinal: boolean;
  /** When DSS started it, by the clock of DSS. */
  readonly startedAt?: DateTime.Utc;
  /** How much is done, when DSS says it. */
  readonly progress?: Progress;
}

/** How much of an operation is done. */
export interface Progress {
  /** Pieces that are done. */
  readonly done: number;
  /** All pieces. */
  readonly total: number;
}
