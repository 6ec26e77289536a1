/**
 * Messages with severities: the commonest result of what DSS works on.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "./fields.ts";
import { maybe, open, openEnum } from "./open.ts";

/** How severe a message is; further values may come. */
export type Severity = "SUCCESS" | "INFO" | "WARNING" | "ERROR" | (string & Record<never, never>);

/** One message. */
export interface InfoMessage {
  /** How severe it is. */
  readonly severity: Severity;
  /** Whether the work could not go on. */
  readonly isFatal?: boolean | null;
  /** Code such as `ERR_CODEENV_…`, documented by Dataiku one page each. */
  readonly code?: string | null;
  /** Short text. */
  readonly title?: string | null;
  /** Text. */
  readonly message?: string | null;
  /** Further text. */
  readonly details?: string | null;
}

/** Schema of {@linkcode InfoMessage}. */
export const InfoMessage: Schema.Codec<InfoMessage, unknown> = open(
  {
    severity: openEnum<Severity>(),
    isFatal: maybe(Schema.Boolean),
    code: maybe(Schema.String),
    title: maybe(Schema.String),
    message: maybe(Schema.String),
    details: maybe(Schema.String),
  } satisfies Fields<InfoMessage>,
);

/**
 * A report of messages.
 *
 * The flags say whether there is at least one message of that kind: `success: false` is also what work without any message answers. The
 * work failed when `error` or `fatal` is set.
 */
export interface InfoMessages {
  /** Whether there is any message. */
  readonly anyMessage: boolean;
  /** Whether there is a message of success. */
  readonly success: boolean;
  /** Whether there is a warning. */
  readonly warning: boolean;
  /** Whether there is an error. */
  readonly error: boolean;
  /** Whether there is an error that stopped the work. */
  readonly fatal: boolean;
  /** The worst severity; absent without messages. */
  readonly maxSeverity?: Severity | null;
  /** The messages. */
  readonly messages: ReadonlyArray<InfoMessage>;
}

/** Schema of {@linkcode InfoMessages}. */
export const InfoMessages: Schema.Codec<InfoMessages, unknown> = open(
  {
    anyMessage: Schema.Boolean,
    success: Schema.Boolean,
    warning: Schema.Boolean,
    error: Schema.Boolean,
    fatal: Schema.Boolean,
    maxSeverity: maybe(openEnum<Severity>()),
    messages: Schema.Array(InfoMessage),
  } satisfies Fields<InfoMessages>,
);
