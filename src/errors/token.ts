/**
 * Tokens: plain JSON that names a run, a job or a task, so that another program can go on with it.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Formatter from "effect/Formatter";
import { oneLine } from "./one_line.ts";
import * as Schema from "effect/Schema";
import { type ErrorClass, errorClass } from "./error_class.ts";

/** Names a task of DSS in plain JSON; it holds no secret. */
export interface Token {
  /** What is named, as `job` or `future`. */
  readonly kind: string;
  /** Version of the token's form. */
  readonly version: 1;
  /** Origin of the instance that the task runs on. */
  readonly dss: string;
  /** The ids of the task, outermost first. */
  readonly ids: ReadonlyArray<string>;
}

const TokenInvalidBase: ErrorClass<TokenInvalid, "TokenInvalid", "detail"> = errorClass("TokenInvalid", () => ({
  detail: Schema.String,
}));

/** Schema of {@linkcode Token}. */
export const Token: Schema.Codec<Token> = Schema.Struct({
  kind: Schema.String,
  version: Schema.Literal(1),
  dss: Schema.String,
  ids: Schema.Array(Schema.String),
});

/** What was given as a token is none, is of another kind, or belongs to another instance. */
export class TokenInvalid extends TokenInvalidBase {
  /** What is wrong with it. */
  declare readonly detail: string;
  /** One line. */
  override get message(): string {
    return `The token cannot be resumed (${
      oneLine(this.detail, 500)
    }): give the \`token\` of an operation of the same kind and instance, unchanged`;
  }
}

/** A value as messages show it, whatever it is: what comes from elsewhere may have no JSON. */
const shown = (value: unknown): string => value === undefined ? "missing" : Formatter.format(value).slice(0, 200);

const wrong = (detail: string) => Effect.fail(new TokenInvalid({ detail }));

/**
 * Reads the ids of a token of one kind, made on this instance.
 *
 * @internal
 */
export const tokenIds = (
  kind: string,
  dss: string,
  count: number,
  json: unknown,
): Effect.Effect<ReadonlyArray<string>, TokenInvalid> => {
  if (typeof json !== "object" || json === null) {
    return wrong(`it is ${json === null ? "null" : `a ${typeof json}`}, expected an object`);
  }
  const token = json as Partial<Record<keyof Token, unknown>>;
  if (token.kind !== kind) return wrong(`its kind is ${shown(token.kind)}, expected "${kind}"`);
  if (token.version !== 1) return wrong(`its version is ${shown(token.version)}, expected 1`);
  if (token.dss !== dss) return wrong(`its instance is ${shown(token.dss)}, this is "${dss}"`);
  const { ids } = token;
  if (!Array.isArray(ids) || ids.length !== count || ids.some((id) => typeof id !== "string" || id === "")) {
    return wrong(`its ids are ${shown(ids)}, expected ${count} of them`);
  }
  return Effect.succeed(ids as ReadonlyArray<string>);
};
