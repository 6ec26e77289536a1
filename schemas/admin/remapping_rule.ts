/**
 * Rules by which the names that a supplier of users gives become logins, and profiles of groups.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** Rewrites the name that a supplier gives to a login. */
export interface RemappingRule {
  /** Regular expression for the name. */
  readonly ruleFrom?: string | null;
  /** What the login is, with `$1` for a group of the expression. */
  readonly ruleTo?: string | null;
}

/** Schema of {@linkcode RemappingRule}. */
export const RemappingRule: Schema.Codec<RemappingRule, unknown> = open(
  { ruleFrom: maybe(Schema.String), ruleTo: maybe(Schema.String) } satisfies Fields<RemappingRule>,
);
