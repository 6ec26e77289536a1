/**
 * Fields that trigger fires, runs and steps share.
 *
 * @module
 * @internal
 */
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";

/** An id that DSS writes as text; other clients met it as a number. */
export const RunId: Schema.Codec<string, unknown> = Schema.Union([
  Schema.String,
  Schema.NumberFromString.pipe(Schema.flip),
]);

/** Who something runs for, with groups and rights: kept from logs. */
export const AuthContext: Schema.Codec<Redacted.Redacted<unknown>, unknown> = Schema.RedactedFromValue(Schema.Unknown);
