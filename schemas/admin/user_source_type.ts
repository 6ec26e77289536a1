/**
 * Where users and groups come from.
 *
 * @module
 */
import type * as Schema from "effect/Schema";
import { openEnum } from "../../src/json/open.ts";

/** Where users and groups come from; `LOCAL` ones are known to DSS alone. Further values may come. */
export type UserSourceType =
  | "LOCAL"
  | "LDAP"
  | "LOCAL_NO_AUTH"
  | "AZURE_AD"
  | "CUSTOM"
  | "PAM"
  | (string & Record<never, never>);

/** Schema of {@linkcode UserSourceType}. */
export const UserSourceType: Schema.Codec<UserSourceType, string> = openEnum<UserSourceType>();
