/**
 * What all errors are made of: a class that is its own schema, and that is shown with its message first.
 *
 * @module
 */
import type * as Cause from "effect/Cause";
import * as Data from "effect/Data";
import { NodeInspectSymbol } from "effect/Inspectable";
import * as Schema from "effect/Schema";
import * as SchemaTransformation from "effect/SchemaTransformation";
import type { Fields } from "../json/fields.ts";

/** Where DSS puts the page and the stack that belong to its message. */
const bulky = /html$|stack_?trace/i;

const isBulky = (value: unknown): boolean =>
  typeof value === "string" && (/^\s*<(!doctype|html)\b/i.test(value) || /\n\s*at [\w$.]+\(/.test(value));

/** A value without pages of HTML and stacks of Java, at any depth; what knows its own JSON is left to that. */
const withoutBulk = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.filter((item) => !isBulky(item)).map(withoutBulk);
  const isPlain = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return value;
  const kept = Object.entries(value).filter(([key, held]) => !bulky.test(key) && !isBulky(held));
  return Object.fromEntries(kept.map(([key, held]) => [key, withoutBulk(held)]));
};

/** An error with fields. In JSON, consoles and logs it begins with its message, and shows no page of HTML and no stack of Java. */
export interface PlainError extends Cause.YieldableError {
  /** What is shown of it; its fields themselves have everything. */
  toJSON(): unknown;
}

class ShownError extends Data.Error implements PlainError {
  override toJSON(): unknown {
    const { _tag, ...fields } = this as { readonly _tag?: string };
    return {
      message: this.message,
      ...(_tag === undefined ? {} : { _tag }),
      ...withoutBulk({ ...fields }) as object,
    };
  }
  override [NodeInspectSymbol](): unknown {
    return this.toJSON();
  }
}
// What every schema can do, `ast` aside, as a class has no second prototype to inherit it from.
Object.defineProperties(ShownError, Object.getOwnPropertyDescriptors(Object.getPrototypeOf(Schema.String)));

/** The class that errors with fields are of: its subclasses have a tag, see {@linkcode errorClass}. */
export const PlainErrorBase: new <F extends object>(fields: Readonly<F>) => PlainError & Readonly<F> =
  ShownError as never;

/** An error as JSON: its tag and its fields, all of them. */
export interface ErrorJson {
  /** Its class. */
  readonly _tag: string;
  /** Its fields. */
  readonly [field: string]: unknown;
}

/**
 * A class of errors that is their schema too: what one process encodes, another one decodes as the same error, so that errors cross
 * workflows, RPC and HTTP APIs. Errors with equal fields are equal.
 */
export interface ErrorClass<Self, Tag extends string, Field extends keyof Self, Base extends PlainError = PlainError>
  extends Omit<Schema.Codec<Self, ErrorJson>, never> {
  /** An error with these fields; they are not checked again. */
  new (fields: Pick<Self, Field>): Base & {
    /** Tag of this error. */
    readonly _tag: Tag;
    /** Name of this error, as logs show it. */
    readonly name: Tag;
  };
}

/**
 * Makes what a class of errors extends; the class declares the fields.
 *
 * @param fields The schema of each field, asked for when somebody first encodes or decodes: a program that never does pays nothing.
 * @param Base What errors of several classes share.
 * @internal
 */
export const errorClass = <Self, Tag extends string, Field extends keyof Self, Base extends PlainError = PlainError>(
  tag: Tag,
  fields: () => Fields<Pick<NoInfer<Self>, NoInfer<Field>>>,
  Base: new (fields: never) => PlainError = PlainErrorBase,
): ErrorClass<Self, Tag, Field, Base> => {
  let codec: Schema.Top | undefined;
  class TaggedError extends Base {
    readonly _tag = tag;
    static {
      this.prototype.name = tag;
    }
    static get ast(): unknown {
      return (codec ??= codecOf(this, tag, fields() as Schema.Struct.Fields)).ast;
    }
  }
  return TaggedError as never;
};

const codecOf = (Class: new (fields: never) => PlainError, tag: string, fields: Schema.Struct.Fields): Schema.Top => {
  const struct = Schema.TaggedStruct(tag, fields);
  const transformation = SchemaTransformation.transform<PlainError, ErrorJson>({
    decode: ({ _tag, ...given }) => new Class(given as never),
    // An error is written as the struct of its fields: it has them all as its own.
    encode: (error) => error as never,
  });
  const instance = Schema.instanceOf(Class, {
    identifier: tag,
    toCodec: () => Schema.link<PlainError>()(struct, transformation as never),
  });
  return Schema.decodeTo(instance, transformation as never)(struct);
};
