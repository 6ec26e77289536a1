/**
 * What one may do with objects.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** An object whose permissions are asked for. */
export interface CheckedObject {
  /** Kind of the object, as `DATASET`. */
  readonly objectType: string;
  /** Project of the object. */
  readonly objectProjectKey: string;
  /** Id of the object. */
  readonly objectId: string;
}

/** What DSS says of one object: which it is, and its permissions, in a form that DSS does not document. */
export interface CheckedItem {
  /** Kind of the object. */
  readonly objectType?: string | null;
  /** Project of the object. */
  readonly objectProjectKey?: string | null;
  /** Id of the object. */
  readonly objectId?: string | null;
}

/** Schema of {@linkcode CheckedItem}. */
export const CheckedItem: Schema.Codec<CheckedItem, unknown> = open(
  {
    objectType: maybe(Schema.String),
    objectProjectKey: maybe(Schema.String),
    objectId: maybe(Schema.String),
  } satisfies Fields<CheckedItem>,
);

/** What one may do with objects. DSS does not document it: everything that it says is kept. */
export interface PermissionsCheck {
  /** An item for each object. */
  readonly items?: ReadonlyArray<CheckedItem> | null;
}

/** Schema of {@linkcode PermissionsCheck}. */
export const PermissionsCheck: Schema.Codec<PermissionsCheck, unknown> = open(
  { items: maybe(Schema.Array(CheckedItem)) } satisfies Fields<PermissionsCheck>,
);
