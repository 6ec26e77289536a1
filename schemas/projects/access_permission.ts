/**
 * What a group, or a user, may do with something that is shared, as a workspace or a data collection.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** What a group, or a user, may do; what is not there is not permitted. */
export interface AccessPermission {
  /** The group. */
  readonly group?: string | null;
  /** The user. */
  readonly user?: string | null;
  /** Everything. */
  readonly admin?: boolean | null;
  /** Add objects, and remove them. */
  readonly write?: boolean | null;
  /** See them. */
  readonly read?: boolean | null;
}

/** Schema of {@linkcode AccessPermission}. */
export const AccessPermission: Schema.Codec<AccessPermission, unknown> = open(
  {
    group: maybe(Schema.String),
    user: maybe(Schema.String),
    admin: maybe(Schema.Boolean),
    write: maybe(Schema.Boolean),
    read: maybe(Schema.Boolean),
  } satisfies Fields<AccessPermission>,
);

/** A group or a user. */
export type Member = { /** The group. */ readonly group: string } | { /** The user. */ readonly user: string };

/** Lets a group or a user do everything. */
export function administratorAccess(member: Member): AccessPermission {
  return { ...member, admin: true, write: true, read: true };
}

/** Lets a group or a user see objects, add and remove them. */
export function contributorAccess(member: Member): AccessPermission {
  return { ...member, admin: false, write: true, read: true };
}

/** Lets a group or a user see objects. */
export function readerAccess(member: Member): AccessPermission {
  return { ...member, admin: false, write: false, read: true };
}
