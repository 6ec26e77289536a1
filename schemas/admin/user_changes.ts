/**
 * Users that are created, changed and deleted, one by one and many at once.
 *
 * @module
 */
import type * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";
import type { User } from "./user.ts";
import type { UserSourceType } from "./user_source_type.ts";

/** A user to be created. */
export interface NewUser {
  /** Login, which cannot be changed later. */
  readonly login: string;
  /** Password; needed for `LOCAL` users. */
  readonly password?: Redacted.Redacted<string>;
  /** Profile, as `FULL_DESIGNER` or `READER`; which there are, the license says. */
  readonly userProfile: string;
  /**
   * What people call the user.
   *
   * @default {""}
   */
  readonly displayName?: string;
  /**
   * Where the user comes from.
   *
   * @default {"LOCAL"}
   */
  readonly sourceType?: UserSourceType;
  /**
   * Names of the groups of the user.
   *
   * @default {[]}
   */
  readonly groups?: ReadonlyArray<string>;
  /** Mail address; by default none. */
  readonly email?: string;
}

/** Fields of a user that are changed, and whose they are; fields that are left out stay. */
export interface UserChange extends Partial<User> {
  /** Login of the user. */
  readonly login: string;
}

/** Whether something was done for a user; further values may come. */
export type UserOutcomeStatus = "SUCCESS" | "FAILURE" | (string & Record<never, never>);

/** What became of one user of many. */
export interface UserOutcome {
  /** Login of the user. */
  readonly login: string;
  /** Whether it was done. */
  readonly status: UserOutcomeStatus;
  /** Why it was not done; empty or absent when it was. */
  readonly error?: string | null;
}

/** Schema of {@linkcode UserOutcome}. */
export const UserOutcome: Schema.Codec<UserOutcome, unknown> = open(
  {
    login: Schema.String,
    status: openEnum<UserOutcomeStatus>(),
    error: maybe(Schema.String),
  } satisfies Fields<UserOutcome>,
);

/**
 * What each user and each group may do, project by project, in a form that DSS does not document.
 *
 * Both parts are built alike.
 */
export interface AuthorizationMatrix {
  /** Of each enabled user. */
  readonly perUser?: unknown;
  /** Of each group. */
  readonly perGroup?: unknown;
}

/** Schema of {@linkcode AuthorizationMatrix}. */
export const AuthorizationMatrix: Schema.Codec<AuthorizationMatrix, unknown> = open(
  {
    perUser: Schema.optionalKey(Schema.Unknown),
    perGroup: Schema.optionalKey(Schema.Unknown),
  } satisfies Fields<AuthorizationMatrix>,
);
