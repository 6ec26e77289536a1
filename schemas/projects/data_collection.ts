/**
 * Data collections, and what is in them.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { AccessPermission } from "./access_permission.ts";

/** A data collection. */
export interface DataCollection {
  /** Id. */
  readonly id: string;
  /** Name. */
  readonly displayName?: string | null;
  /** In words. */
  readonly description?: string | null;
  /** Colour, as `#2ab1ac`. */
  readonly color?: string | null;
  /** Tags. */
  readonly tags?: ReadonlyArray<string> | null;
  /** How many objects are in it. */
  readonly itemCount?: number | null;
  /** When it was changed last, in milliseconds since 1970. */
  readonly lastModifiedOn?: number | null;
  /** What groups and users may do; shown to its administrators alone, and by no list. */
  readonly permissions?: ReadonlyArray<AccessPermission> | null;
}

/** Schema of {@linkcode DataCollection}, with its accessors. */
export interface DataCollectionCodec extends Schema.Codec<DataCollection, unknown> {
  /** When it was changed last; `undefined` when DSS does not say. */
  modifiedAt(collection: DataCollection): DateTime.Utc | undefined;
}

const collectionFields = {
  id: Schema.String,
  displayName: maybe(Schema.String),
  description: maybe(Schema.String),
  color: maybe(Schema.String),
  tags: maybe(Schema.Array(Schema.String)),
  itemCount: maybe(Schema.Number),
  lastModifiedOn: maybe(Schema.Number),
  permissions: maybe(Schema.Array(AccessPermission)),
} satisfies Fields<DataCollection>;

/** Schema of {@linkcode DataCollection}, with its accessors. */
export const DataCollection: DataCollectionCodec = Object.assign(
  open(collectionFields) as Schema.Codec<DataCollection, unknown>,
  { modifiedAt: ({ lastModifiedOn }: DataCollection): DateTime.Utc | undefined => instantOf(lastModifiedOn) },
);

/** Something in a data collection. */
export interface DataCollectionObject {
  /** Kind; until now `DATASET` alone. */
  readonly type: string;
  /** Project. */
  readonly projectKey: string;
  /** Id in the project. */
  readonly id: string;
}

/** Schema of {@linkcode DataCollectionObject}. */
export const DataCollectionObject: Schema.Codec<DataCollectionObject, unknown> = open(
  { type: Schema.String, projectKey: Schema.String, id: Schema.String } satisfies Fields<DataCollectionObject>,
);
