/**
 * What is seen of an operation at a look.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import type { Fields } from "../json/fields.ts";

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

/** Schema of {@linkcode OperationState}: what all states have, times as milliseconds since 1970. */
export const OperationState: Schema.Codec<OperationState, unknown> = Schema.Struct(
  {
    phase: Schema.String,
    isFinal: Schema.Boolean,
    startedAt: Schema.optionalKey(Schema.DateTimeUtcFromMillis),
    progress: Schema.optionalKey(Schema.Struct({ done: Schema.Finite, total: Schema.Finite })),
  } satisfies Fields<OperationState>,
);
