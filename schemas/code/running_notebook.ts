/**
 * Jupyter notebooks whose kernels run.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** What a kernel does; further values may come. */
export type KernelState = "busy" | "idle" | "starting" | "dead" | (string & Record<never, never>);

/** Schema of {@linkcode KernelState}. */
export const KernelState: Schema.Codec<KernelState, string> = openEnum<KernelState>();

/** A session of a notebook: a kernel, and who started it. */
export interface NotebookSession {
  /** Id of the session. */
  readonly sessionId?: string | null;
  /** Id of the kernel. */
  readonly kernelId?: string | null;
  /** Process of the kernel. */
  readonly kernelPid?: number | null;
  /** What the kernel does. */
  readonly kernelExecutionState?: KernelState | null;
  /** When the kernel did something last, in milliseconds since 1970. */
  readonly kernelLastActivityTime?: number | null;
  /** How many clients are connected to the kernel. */
  readonly kernelConnections?: number | null;
  /** Login of who started it. */
  readonly sessionCreator?: string | null;
  /** Name of who started it. */
  readonly sessionCreatorDisplayName?: string | null;
  /** User of the system that it runs as. */
  readonly sessionUnixOwner?: string | null;
  /** When it was started, in milliseconds since 1970. */
  readonly sessionStartTime?: number | null;
}

/** Schema of {@linkcode NotebookSession}, with its accessors. */
export interface NotebookSessionCodec extends Schema.Codec<NotebookSession, unknown> {
  /** When it was started; `undefined` when DSS does not say. */
  startedAt(session: NotebookSession): DateTime.Utc | undefined;
  /** When its kernel did something last; `undefined` when DSS does not say. */
  activeAt(session: NotebookSession): DateTime.Utc | undefined;
}

const sessionFields = {
  sessionId: maybe(Schema.String),
  kernelId: maybe(Schema.String),
  kernelPid: maybe(Schema.Number),
  kernelExecutionState: maybe(KernelState),
  kernelLastActivityTime: maybe(Schema.Number),
  kernelConnections: maybe(Schema.Number),
  sessionCreator: maybe(Schema.String),
  sessionCreatorDisplayName: maybe(Schema.String),
  sessionUnixOwner: maybe(Schema.String),
  sessionStartTime: maybe(Schema.Number),
} satisfies Fields<NotebookSession>;

/** Schema of {@linkcode NotebookSession}, with its accessors. */
export const NotebookSession: NotebookSessionCodec = Object.assign(
  open(sessionFields) as Schema.Codec<NotebookSession, unknown>,
  {
    startedAt: ({ sessionStartTime }: NotebookSession): DateTime.Utc | undefined => instantOf(sessionStartTime),
    activeAt: ({ kernelLastActivityTime }: NotebookSession): DateTime.Utc | undefined =>
      instantOf(kernelLastActivityTime),
  },
);

/** A notebook, with its sessions. */
export interface RunningNotebook {
  /** Project. */
  readonly projectKey: string;
  /** Name, which is its id too. */
  readonly name: string;
  /** Language, as `python`. */
  readonly language?: string | null;
  /** Its sessions; none when no kernel runs. */
  readonly activeSessions?: ReadonlyArray<NotebookSession> | null;
}

/** Schema of {@linkcode RunningNotebook}. */
export const RunningNotebook: Schema.Codec<RunningNotebook, unknown> = open(
  {
    projectKey: Schema.String,
    name: Schema.String,
    language: maybe(Schema.String),
    activeSessions: maybe(Schema.Array(NotebookSession)),
  } satisfies Fields<RunningNotebook>,
);
