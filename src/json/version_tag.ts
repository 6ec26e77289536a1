/**
 * Who wrote a document of DSS last, and how often it was written.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "./fields.ts";
import { maybe, open } from "./open.ts";

/** A user, as documents name one. */
export interface UserRef {
  /** Login. */
  readonly login?: string | null;
}

/** Schema of {@linkcode UserRef}. */
export const UserRef: Schema.Codec<UserRef, unknown> = open(
  { login: maybe(Schema.String) } satisfies Fields<UserRef>,
);

/** Who wrote a document last, and how often it was written. */
export interface VersionTag {
  /** Counted up by DSS with each write. */
  readonly versionNumber?: number | null;
  /** Who wrote it. */
  readonly lastModifiedBy?: UserRef | null;
  /** When, in milliseconds since 1970. */
  readonly lastModifiedOn?: number | null;
}

/** Schema of {@linkcode VersionTag}. */
export const VersionTag: Schema.Codec<VersionTag, unknown> = open(
  {
    versionNumber: maybe(Schema.Number),
    lastModifiedBy: maybe(UserRef),
    lastModifiedOn: maybe(Schema.Number),
  } satisfies Fields<VersionTag>,
);
