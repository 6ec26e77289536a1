/**
 * Users of a supplier, as LDAP, whether DSS knows them or not.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** Where users that DSS can fetch come from; further values may come. */
export type ExternalSourceType = "LDAP" | "AZURE_AD" | "CUSTOM" | (string & Record<never, never>);

/** A user, as its supplier knows it. What else the supplier says is kept: it is given back whole to have the user created. */
export interface ExternalUser {
  /** Login at the supplier. */
  readonly login?: string | null;
  /** What people call the user. */
  readonly displayName?: string | null;
  /** Mail address. */
  readonly email?: string | null;
}

/** Schema of {@linkcode ExternalUser}. */
export const ExternalUser: Schema.Codec<ExternalUser, unknown> = open(
  {
    login: maybe(Schema.String),
    displayName: maybe(Schema.String),
    email: maybe(Schema.String),
  } satisfies Fields<ExternalUser>,
);
