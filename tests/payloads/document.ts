/**
 * Documents as DSS answers them, described once by a noun, in four variants: with as little as DSS ever gives, with everything, with nulls,
 * and with values and fields of a later version.
 *
 * @module
 */

/** A sample of a value: JSON, in which a {@linkcode Document} and {@linkcode oneOf} may stand anywhere. */
export type Sample = string | number | boolean | null | Document | Enumerated | SampleList | SampleMap;
type SampleList = ReadonlyArray<Sample>;
interface SampleMap {
  readonly [key: string]: Sample;
}

/** How much of a document is there. */
export type Variant =
  /** Only what DSS always gives. */
  | "minimal"
  /** Everything. */
  | "maximal"
  /** `null` for everything that DSS does not always give. */
  | "nulls"
  /** Everything, with values of enumerations and with fields that are not known yet. */
  | "later";

/** All variants. */
export const variants: ReadonlyArray<Variant> = ["minimal", "maximal", "nulls", "later"];

interface Field {
  readonly isAlways: boolean;
  readonly sample: Sample;
}

class Enumerated {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

/** An object of DSS. */
export class Document {
  private readonly fields: Readonly<Record<string, Field>>;
  constructor(fields: Readonly<Record<string, Field>>) {
    this.fields = fields;
  }

  /** The object as JSON. */
  in(variant: Variant): Readonly<Record<string, unknown>> {
    const fields = Object.entries(this.fields).flatMap(([name, { isAlways, sample }]) => {
      if (isAlways || variant === "maximal" || variant === "later") return [[name, write(sample, variant)]];
      return variant === "nulls" ? [[name, null]] : [];
    });
    const later = variant === "later" ? { addedLater: { by: ["DSS", 16, null] } } : {};
    return { ...Object.fromEntries(fields), ...later };
  }
}

const write = (sample: Sample, variant: Variant): unknown => {
  if (sample instanceof Document) return sample.in(variant);
  if (sample instanceof Enumerated) return variant === "later" ? "ADDED_LATER" : sample.value;
  if (Array.isArray(sample)) return sample.map((item) => write(item, variant));
  return typeof sample === "object" && sample !== null
    ? Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, write(value, variant)]))
    : sample;
};

/** An object of DSS with these fields. */
export const document = (fields: Readonly<Record<string, Field>>): Document => new Document(fields);

/** A field that is there in all that was seen of DSS. */
export const always = (sample: Sample): Field => ({ isAlways: true, sample });

/** A field that is usually or sometimes there. */
export const optional = (sample: Sample): Field => ({ isAlways: false, sample });

/** A value of an enumeration, to which DSS may add. */
export const oneOf = (value: string): Enumerated => new Enumerated(value);
