/**
 * When users were there last.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open } from "../../src/json/open.ts";

/** When a user was there last; the accessors of `UserActivity` give the times. */
export interface UserActivity {
  /** Login of the user. */
  readonly login: string;
  /** When the user logged in, in milliseconds since 1970; `0` for never. */
  readonly lastSuccessfulLogin?: number | null;
  /** When the user tried to log in and could not, in milliseconds since 1970; `0` for never. */
  readonly lastFailedLogin?: number | null;
  /** When the user did something, in milliseconds since 1970; `0` for never. */
  readonly lastSessionActivity?: number | null;
}

/** Schema of {@linkcode UserActivity}, with its accessors. */
export interface UserActivityCodec extends Schema.Codec<UserActivity, unknown> {
  /** When the user logged in; `undefined` for never. */
  lastLoginAt(activity: UserActivity): DateTime.Utc | undefined;
  /** When the user tried to log in and could not; `undefined` for never. */
  lastFailedLoginAt(activity: UserActivity): DateTime.Utc | undefined;
  /** When the user did something; `undefined` for never. */
  lastActiveAt(activity: UserActivity): DateTime.Utc | undefined;
}

/** Schema of {@linkcode UserActivity}, with its accessors. */
export const UserActivity: UserActivityCodec = Object.assign(
  open(
    {
      login: Schema.String,
      lastSuccessfulLogin: maybe(Schema.Number),
      lastFailedLogin: maybe(Schema.Number),
      lastSessionActivity: maybe(Schema.Number),
    } satisfies Fields<UserActivity>,
  ) as Schema.Codec<UserActivity, unknown>,
  {
    lastLoginAt: ({ lastSuccessfulLogin }: UserActivity): DateTime.Utc | undefined => instantOf(lastSuccessfulLogin),
    lastFailedLoginAt: ({ lastFailedLogin }: UserActivity): DateTime.Utc | undefined => instantOf(lastFailedLogin),
    lastActiveAt: ({ lastSessionActivity }: UserActivity): DateTime.Utc | undefined => instantOf(lastSessionActivity),
  },
);
