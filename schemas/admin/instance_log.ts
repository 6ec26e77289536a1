/**
 * Logs of the instance.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** A log in the list. Some versions of DSS say nothing but its name. */
export interface LogFile {
  /** Name, which is its id, as `backend.log`. */
  readonly name: string;
  /** Its size in bytes. */
  readonly totalSize?: number | null;
  /** When it was written last, in milliseconds since 1970. */
  readonly lastModified?: number | null;
}

/** Schema of {@linkcode LogFile}, with its accessor. */
export interface LogFileCodec extends Schema.Codec<LogFile, unknown> {
  /** When it was written last. */
  modifiedAt(file: LogFile): DateTime.Utc | undefined;
}

/** Schema of {@linkcode LogFile}, with its accessor. */
export const LogFile: LogFileCodec = Object.assign(
  open(
    {
      name: Schema.String,
      totalSize: maybe(Schema.Number),
      lastModified: maybe(Schema.Number),
    } satisfies Fields<LogFile>,
  ) as Schema.Codec<LogFile, unknown>,
  { modifiedAt: (file: LogFile): DateTime.Utc | undefined => instantOf(file.lastModified) },
);

/** What a log holds: its text, or an object in a form that DSS does not document. */
export type LogContent = string | Readonly<Record<string, unknown>>;
