import type * as Schema from "effect/Schema";

/**
 * One schema per property of `T`: none missing, none extra, and an optional one for each optional property.
 *
 * `Schema.Codec<T>` alone lets a struct forget an optional property, and lets a required schema stand for one.
 *
 * @internal
 */
export type Fields<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K>
    ? Schema.Constraint & { readonly "~type.optionality": "optional" }
    : Schema.Constraint;
};
