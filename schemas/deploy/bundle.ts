/**
 * Bundles: versions of projects, exported on design nodes and activated on automation nodes.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";
import { InfoMessages } from "../../src/json/info_messages.ts";

/** What a bundle says of itself. */
export interface BundleManifest {
  /** What is new in it. */
  readonly releaseNotes?: string | null;
}

/** Schema of {@linkcode BundleManifest}. */
export const BundleManifest: Schema.Codec<BundleManifest, unknown> = open(
  { releaseNotes: maybe(Schema.String) } satisfies Fields<BundleManifest>,
);

/** A bundle, exported or imported. */
export interface Bundle {
  /** Id. */
  readonly bundleId: string;
  /** What it says of itself. */
  readonly exportManifest?: BundleManifest | null;
}

/** Schema of {@linkcode Bundle}. */
export const Bundle: Schema.Codec<Bundle, unknown> = open(
  { bundleId: Schema.String, exportManifest: maybe(BundleManifest) } satisfies Fields<Bundle>,
);

/** @internal Bundles, as DSS lists them. */
export const Bundles: Schema.Codec<{ readonly bundles: ReadonlyArray<Bundle> }, unknown> = open({
  bundles: Schema.Array(Bundle),
});

/** A bundle that was published to the deployer. */
export interface PublishedBundle {
  /** When, in milliseconds since 1970. */
  readonly publishedOn?: number | null;
  /** Login of who published it. */
  readonly publishedBy?: string | null;
  /** Key of the project on the deployer. */
  readonly publishedProjectKey?: string | null;
}

/** Schema of {@linkcode PublishedBundle}, with its accessors. */
export interface PublishedBundleCodec extends Schema.Codec<PublishedBundle, unknown> {
  /** When it was published; `undefined` when DSS does not say it. */
  publishedAt(published: PublishedBundle): DateTime.Utc | undefined;
}

const publishedFields = {
  publishedOn: maybe(Schema.Number),
  publishedBy: maybe(Schema.String),
  publishedProjectKey: maybe(Schema.String),
} satisfies Fields<PublishedBundle>;

/** Schema of {@linkcode PublishedBundle}, with its accessors. */
export const PublishedBundle: PublishedBundleCodec = Object.assign(
  open(publishedFields) as Schema.Codec<PublishedBundle, unknown>,
  { publishedAt: ({ publishedOn }: PublishedBundle): DateTime.Utc | undefined => instantOf(publishedOn) },
);

/** What came of work on an imported bundle that did not fail; warnings are in its messages. */
export interface BundleReport {
  /** Whether the content had to be brought to the version of this DSS. */
  readonly neededAMigration?: boolean | null;
  /** What DSS has to say of it, unless it says it in the report itself. */
  readonly messages?: InfoMessages | ReadonlyArray<unknown> | null;
}

/** Schema of {@linkcode BundleReport}. */
export const BundleReport: Schema.Codec<BundleReport, unknown> = open(
  {
    neededAMigration: maybe(Schema.Boolean),
    messages: maybe(Schema.Union([InfoMessages, Schema.Array(Schema.Unknown)])),
  } satisfies Fields<BundleReport>,
);
