/**
 * Files of uploaded datasets.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** A file of an uploaded dataset. */
export interface UploadedFile {
  /** Its name. */
  readonly filename?: string | null;
  /** Where it is, below the place of the dataset. */
  readonly path?: string | null;
  /** How many bytes it has. */
  readonly length?: number | null;
  /** Media type. */
  readonly mime?: string | null;
}

/** Schema of {@linkcode UploadedFile}. */
export const UploadedFile: Schema.Codec<UploadedFile, unknown> = open(
  {
    filename: maybe(Schema.String),
    path: maybe(Schema.String),
    length: maybe(Schema.Number),
    mime: maybe(Schema.String),
  } satisfies Fields<UploadedFile>,
);
