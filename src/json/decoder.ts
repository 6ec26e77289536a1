/**
 * Decoders of schemas: made once, and compiled where the runtime lets code be generated.
 *
 * @module
 * @internal
 */
import type * as Exit from "effect/Exit";
import * as Schema from "effect/Schema";
import type * as SchemaAST from "effect/SchemaAST";
import * as SchemaJITCompiler from "effect/schema/SchemaJITCompiler";
import { mayGenerateCode } from "./code_generation.ts";
import { fastPaths } from "../fast_paths.ts";

type Decoder<A> = (json: unknown) => Exit.Exit<A, Schema.SchemaError>;

/** Decoders by the tree of their schema, and those of lists by the tree of their items: a list is often written at the call. */
const decoders = new WeakMap<SchemaAST.AST, Decoder<unknown>>();
const listDecoders = new WeakMap<SchemaAST.AST, Decoder<unknown>>();

/** The items of a list that is nothing but a list. */
const itemsOf = (ast: SchemaAST.AST): SchemaAST.AST | undefined =>
  ast._tag === "Arrays" && ast.elements.length === 0 && ast.rest.length === 1 && ast.checks === undefined &&
    ast.encoding === undefined && ast.context === undefined
    ? ast.rest[0]
    : undefined;

/** The decoder of a schema. */
export const decoderOf = <A>(schema: Schema.Codec<A, unknown>): Decoder<A> => {
  const items = itemsOf(schema.ast);
  const [cache, key] = items === undefined ? [decoders, schema.ast] : [listDecoders, items];
  const made = cache.get(key);
  if (made !== undefined) return made as Decoder<A>;
  if (fastPaths.compiledDecoders && mayGenerateCode) SchemaJITCompiler.enable(schema.ast);
  const decoder: Decoder<A> = Schema.decodeUnknownExit(schema);
  cache.set(key, decoder);
  return decoder;
};
