/**
 * The base of all errors: what they look like in logs, consoles and JSON.
 *
 * @module
 * @internal
 */
import type * as Cause from "effect/Cause";
import * as Data from "effect/Data";
import { NodeInspectSymbol } from "effect/Inspectable";

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

class ShownError extends Data.Error {
  override toJSON(): unknown {
    const { name: _name, _tag, ...fields } = this as { readonly name?: string; readonly _tag?: string };
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

/**
 * An error with fields, as `Data.Error`: in JSON, consoles and logs it begins with its message, and shows no page of HTML and no stack of
 * Java. The fields themselves have everything.
 */
export const PlainError: new <A extends object>(
  fields: { readonly [P in keyof A]: A[P] },
) => Cause.YieldableError & Readonly<A> & { toJSON(): unknown } = ShownError as never;
