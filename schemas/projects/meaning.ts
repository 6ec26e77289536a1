/**
 * Meanings: what a column of a dataset can be said to hold; and pure builders of them.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";

/** Kind of a meaning; further values may come. */
export type MeaningType =
  | "DECLARATIVE"
  | "VALUES_LIST"
  | "VALUES_MAPPING"
  | "PATTERN"
  | (string & Record<never, never>);

/** Schema of {@linkcode MeaningType}. */
export const MeaningType: Schema.Codec<MeaningType, string> = openEnum<MeaningType>();

/** How values are compared; further values may come. */
export type NormalizationMode = "EXACT" | "LOWERCASE" | "NORMALIZED" | (string & Record<never, never>);

/** Schema of {@linkcode NormalizationMode}. */
export const NormalizationMode: Schema.Codec<NormalizationMode, string> = openEnum<NormalizationMode>();

/** A value of a meaning. */
export interface MeaningValue {
  /** The value. */
  readonly value: string;
  /** Its colour, as `#ffaa00`. */
  readonly color?: string | null;
}

/** Schema of {@linkcode MeaningValue}. */
export const MeaningValue: Schema.Codec<MeaningValue, unknown> = open(
  { value: Schema.String, color: maybe(Schema.String) } satisfies Fields<MeaningValue>,
);

/** A stored value, and the one that it is shown as. */
export interface MeaningMapping {
  /** The stored value. */
  readonly from: string;
  /** What it is shown as. */
  readonly to?: MeaningValue | null;
}

/** Schema of {@linkcode MeaningMapping}. */
export const MeaningMapping: Schema.Codec<MeaningMapping, unknown> = open(
  { from: Schema.String, to: maybe(MeaningValue) } satisfies Fields<MeaningMapping>,
);

/** A meaning. */
export interface Meaning {
  /** Id. */
  readonly id: string;
  /** Name. */
  readonly label: string;
  /** Kind. */
  readonly type: MeaningType;
  /** In words. */
  readonly description?: string | null;
  /** The values of a `VALUES_LIST`. */
  readonly entries?: ReadonlyArray<MeaningValue> | null;
  /** The values of a `VALUES_MAPPING`. */
  readonly mappings?: ReadonlyArray<MeaningMapping> | null;
  /** The regular expression of a `PATTERN`. */
  readonly pattern?: string | null;
  /** How values are compared. */
  readonly normalizationMode?: NormalizationMode | null;
  /** Whether DSS looks for it in columns by itself. */
  readonly detectable?: boolean | null;
}

/** Schema of {@linkcode Meaning}. */
export const Meaning: Schema.Codec<Meaning, unknown> = open(
  {
    id: Schema.String,
    label: Schema.String,
    type: MeaningType,
    description: maybe(Schema.String),
    entries: maybe(Schema.Array(MeaningValue)),
    mappings: maybe(Schema.Array(MeaningMapping)),
    pattern: maybe(Schema.String),
    normalizationMode: maybe(NormalizationMode),
    detectable: maybe(Schema.Boolean),
  } satisfies Fields<Meaning>,
);

/** What all kinds of meanings can be given. */
export interface MeaningOptions {
  /** In words. */
  readonly description?: string;
  /** Whether DSS looks for it in columns by itself. */
  readonly detectable?: boolean;
}

/** What a meaning of values, or of a pattern, can be given. */
export interface ComparedMeaningOptions extends MeaningOptions {
  /** How values are compared; by default DSS decides. */
  readonly normalizationMode?: NormalizationMode;
}

const meaning = (
  type: MeaningType,
  id: string,
  label: string,
  { description = undefined, detectable = false, normalizationMode }: ComparedMeaningOptions = {},
  values: Pick<Meaning, "entries" | "mappings" | "pattern"> = {},
): Meaning => ({
  id,
  label,
  type,
  description: description ?? null,
  entries: null,
  mappings: null,
  pattern: null,
  normalizationMode: normalizationMode ?? null,
  detectable,
  ...values,
});

const valueOf = (value: string | MeaningValue): MeaningValue => typeof value === "string" ? { value } : value;

/** A meaning that says what a column holds, and checks nothing. */
export function declarativeMeaning(id: string, label: string, options?: MeaningOptions): Meaning {
  return meaning("DECLARATIVE", id, label, options);
}

/** A meaning of the values in a list. */
export function valuesListMeaning(
  id: string,
  label: string,
  values: ReadonlyArray<string | MeaningValue>,
  options?: ComparedMeaningOptions,
): Meaning {
  return meaning("VALUES_LIST", id, label, options, { entries: values.map(valueOf) });
}

/** A meaning of stored values, each with the one that it is shown as. */
export function valuesMappingMeaning(
  id: string,
  label: string,
  mappings: Readonly<Record<string, string | MeaningValue>>,
  options?: ComparedMeaningOptions,
): Meaning {
  const pairs = Object.entries(mappings).map(([from, to]) => ({ from, to: valueOf(to) }));
  return meaning("VALUES_MAPPING", id, label, options, { mappings: pairs });
}

/**
 * A meaning of the values that a regular expression matches.
 *
 * @param pattern Regular expression of Java.
 */
export function patternMeaning(id: string, label: string, pattern: string, options?: ComparedMeaningOptions): Meaning {
  return meaning("PATTERN", id, label, options, { pattern });
}
