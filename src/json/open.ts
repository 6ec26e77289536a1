/**
 * Schemas of what DSS answers: tolerant where DSS varies, and losing nothing.
 *
 * @module
 * @internal
 */
import * as Exit from "effect/Exit";
import * as Schema from "effect/Schema";
import * as SchemaParser from "effect/SchemaParser";
import * as SchemaCompiler from "effect/schema/SchemaCompiler";
import { mayGenerateCode } from "./code_generation.ts";

const Others = Schema.Record(Schema.String, Schema.Unknown);

/**
 * A struct whose named fields are typed and whose other fields are kept as they came.
 *
 * @internal
 */
export function open<const F extends Schema.Struct.Fields>(
  fields: F,
): Schema.Codec<
  Schema.Struct<F>["Type"],
  unknown,
  Schema.Struct<F>["DecodingServices"],
  Schema.Struct<F>["EncodingServices"]
> {
  const schema = Schema.StructWithRest(Schema.Struct(fields), [Others]);
  if (!mayGenerateCode) SchemaCompiler.set(schema.ast, overlaid(fields));
  return schema as never;
}

/**
 * Decodes the named fields alone and lays them over the object: half the work where decoders cannot be compiled.
 *
 * @internal
 */
export const overlaid = (fields: Schema.Struct.Fields): SchemaCompiler.CompiledDecoder => {
  const named = Schema.decodeUnknownExit(Schema.Struct(fields) as never as Schema.Codec<object, unknown>);
  const decodeEffect = SchemaParser.decodeUnknownEffect(
    Schema.StructWithRest(Schema.Struct(fields), [Others]) as never as Schema.Codec<unknown, unknown>,
  );
  return {
    decode: (input) => {
      const exit = named(input);
      return Exit.isSuccess(exit) ? { ...input as object, ...exit.value } : SchemaCompiler.invalid;
    },
    decodeEffect,
  };
};

/**
 * A field that DSS may leave out, or send as `null`.
 *
 * @internal
 */
export function maybe<A, E>(
  schema: Schema.Codec<A, E>,
): Schema.optionalKey<Schema.Codec<A | null, E | null>> {
  return Schema.optionalKey(Schema.NullOr(schema) as Schema.Codec<A | null, E | null>);
}

/**
 * An enumeration that may grow: known values for the editor, any string accepted.
 *
 * @internal
 */
export function openEnum<Known extends string>(): Schema.Codec<Known, string> {
  return Schema.String as unknown as Schema.Codec<Known, string>;
}

/** Dictionaries by the schema of their values: each is one schema, however often it is asked for, and so has one decoder. */
const dictionaries = new WeakMap<object, Schema.Codec<Readonly<Record<string, unknown>>, unknown>>();

/**
 * An object with names as keys and values of one kind.
 *
 * @internal
 */
export function dictionary<A>(value: Schema.Codec<A, unknown>): Schema.Codec<Readonly<Record<string, A>>, unknown> {
  const made = dictionaries.get(value) ?? Schema.Record(Schema.String, value);
  dictionaries.set(value, made);
  return made as Schema.Codec<Readonly<Record<string, A>>, unknown>;
}
