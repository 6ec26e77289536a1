/**
 * What DSS says of a future: a long task without a resource of its own.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../json/epoch.ts";
import type { Fields } from "../json/fields.ts";
import { maybe, open } from "../json/open.ts";

/** One look at a future. DSS has no state enumeration: the flags together say where it stands, see `FutureState.phase`. */
export interface FutureState {
  /** Id of the future; absent when DSS did the work at once. */
  readonly jobId?: string | null;
  /** Whether the result is there; with `peek`, it is there but not in the answer. */
  readonly hasResult?: boolean | null;
  /** The result, any JSON: only in the first answer of a start, and in the one look that consumes the future. */
  readonly result?: unknown;
  /** Whether it runs; `false` also for a future that was aborted. */
  readonly alive?: boolean | null;
  /** Whether it was aborted. */
  readonly aborted?: boolean | null;
  /** Whether DSS does not know it: consumed, forgotten (DSS forgets within seconds), or never there. */
  readonly unknown?: boolean | null;
  /** How long it runs or ran, in milliseconds; `0` when it never ran as a task. */
  readonly runningTime?: number | null;
  /** When it started, in milliseconds since 1970; `0` when it never ran as a task. */
  readonly startTime?: number | null;
  /** How far it is, in a form that DSS does not document. */
  readonly progress?: unknown;
  /** What it works on, in a form that DSS does not document. */
  readonly payload?: unknown;
  /** Login of its owner. */
  readonly owner?: string | null;
  /** What people call it. */
  readonly jobDisplayName?: string | null;
}

/** Where a future stands: `ENDED` is not running any more without saying why. */
export type FuturePhase = "RUNNING" | "DONE" | "ABORTED" | "UNKNOWN" | "ENDED";

/** Schema of {@linkcode FutureState}, with its accessors. */
export interface FutureStateCodec extends Schema.Codec<FutureState, unknown> {
  /** Where it stands. A missing flag is no evidence of an end. */
  phase(state: FutureState): FuturePhase;
  /** When it started. */
  startedAt(state: FutureState): DateTime.Utc | undefined;
}

/** Schema of {@linkcode FutureState}, with its accessors. */
export const FutureState: FutureStateCodec = Object.assign(
  open(
    {
      jobId: maybe(Schema.String),
      hasResult: maybe(Schema.Boolean),
      result: Schema.optionalKey(Schema.Unknown),
      alive: maybe(Schema.Boolean),
      aborted: maybe(Schema.Boolean),
      unknown: maybe(Schema.Boolean),
      runningTime: maybe(Schema.Number),
      startTime: maybe(Schema.Number),
      progress: Schema.optionalKey(Schema.Unknown),
      payload: Schema.optionalKey(Schema.Unknown),
      owner: maybe(Schema.String),
      jobDisplayName: maybe(Schema.String),
    } satisfies Fields<FutureState>,
  ) as Schema.Codec<FutureState, unknown>,
  {
    phase(state: FutureState): FuturePhase {
      // Work done at once may be answered with nothing but its result.
      const isResultAlone = typeof state.jobId !== "string" && state.result !== undefined;
      if (state.hasResult ?? isResultAlone) return "DONE";
      if (state.aborted === true) return "ABORTED";
      if (state.unknown === true) return "UNKNOWN";
      return state.alive === false ? "ENDED" : "RUNNING";
    },
    startedAt: (state: FutureState): DateTime.Utc | undefined => instantOf(state.startTime),
  },
);
