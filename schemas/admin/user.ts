/**
 * Users, as lists show them and as DSS stores them.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open } from "../../src/json/open.ts";
import { type PersonalSettings, UserCredential, UserSecret } from "./personal_settings.ts";
import { UserPreferences } from "./user_preferences.ts";
import { UserSourceType } from "./user_source_type.ts";

/** Where a user stands with a trial of a profile. */
export interface TrialStatus {
  /** Whether the user is or was on trial. */
  readonly exists?: boolean | null;
  /** Whether the trial is over. */
  readonly expired?: boolean | null;
  /** Whether the trial counts: it is not over, and the license allows it. */
  readonly valid?: boolean | null;
  /** Whether the license does not allow it. */
  readonly illegal?: boolean | null;
  /** When it ends, in milliseconds since 1970; `0` without a trial. */
  readonly expiresOn?: number | null;
  /** When it was granted, in milliseconds since 1970; `0` without a trial. */
  readonly grantedOn?: number | null;
}

/** Schema of {@linkcode TrialStatus}. */
export const TrialStatus: Schema.Codec<TrialStatus, unknown> = open(
  {
    exists: maybe(Schema.Boolean),
    expired: maybe(Schema.Boolean),
    valid: maybe(Schema.Boolean),
    illegal: maybe(Schema.Boolean),
    expiresOn: maybe(Schema.Number),
    grantedOn: maybe(Schema.Number),
  } satisfies Fields<TrialStatus>,
);

/**
 * A user, as DSS stores it. Lists leave the settings out (preferences, secrets, credentials and properties), unless they are asked for.
 *
 * It holds secrets as strings, because it is written back: do not log it.
 */
export interface User extends PersonalSettings {
  /** Login, which is its id. */
  readonly login: string;
  /** What people call the user. */
  readonly displayName: string;
  /** Names of the groups of the user. */
  readonly groups: ReadonlyArray<string>;
  /** Where the user comes from. */
  readonly sourceType: UserSourceType;
  /** Mail address. */
  readonly email?: string | null;
  /** Profile that was chosen, as `FULL_DESIGNER`; which there are, the license says. */
  readonly userProfile?: string | null;
  /** Profile that counts. */
  readonly resultingUserProfile?: string | null;
  /** Whether the user may log in. */
  readonly enabled?: boolean | null;
  /** When the user was created, in milliseconds since 1970. See `User.createdAt`. */
  readonly creationDate?: number | null;
  /** Where the user stands with a trial. */
  readonly trialStatus?: TrialStatus | null;
  /** How many pages the user has open; only in lists. The name is as DSS spells it. */
  readonly activeWebSocketSesssions?: number | null;
  /** The same, as a DSS that spells it right says it. */
  readonly activeWebSocketSessions?: number | null;
  /** Language, mails and notifications. */
  readonly preferences?: UserPreferences | null;
  /** Properties, any JSON, which only administrators see. */
  readonly adminProperties?: Readonly<Record<string, unknown>> | null;
}

/** Schema of {@linkcode User}, with its accessors. */
export interface UserCodec extends Schema.Codec<User, unknown> {
  /** When the user was created. */
  createdAt(user: User): DateTime.Utc | undefined;
  /** How many pages the user has open, however DSS spells it; only in lists. */
  openPages(user: User): number | undefined;
  /** When the trial of the user ends or ended; `undefined` without one. */
  trialEndsAt(user: User): DateTime.Utc | undefined;
}

/** Schema of {@linkcode User}, with its accessors. */
export const User: UserCodec = Object.assign(
  open(
    {
      secrets: maybe(Schema.Array(UserSecret)),
      credentials: maybe(dictionary(UserCredential)),
      userProperties: maybe(Schema.Record(Schema.String, Schema.Unknown)),
      login: Schema.String,
      displayName: Schema.String,
      groups: Schema.Array(Schema.String),
      sourceType: UserSourceType,
      email: maybe(Schema.String),
      userProfile: maybe(Schema.String),
      resultingUserProfile: maybe(Schema.String),
      enabled: maybe(Schema.Boolean),
      creationDate: maybe(Schema.Number),
      trialStatus: maybe(TrialStatus),
      activeWebSocketSesssions: maybe(Schema.Number),
      activeWebSocketSessions: maybe(Schema.Number),
      preferences: maybe(UserPreferences),
      adminProperties: maybe(Schema.Record(Schema.String, Schema.Unknown)),
    } satisfies Fields<User>,
  ) as Schema.Codec<User, unknown>,
  {
    createdAt: ({ creationDate }: User): DateTime.Utc | undefined => instantOf(creationDate),
    openPages: ({ activeWebSocketSessions, activeWebSocketSesssions }: User): number | undefined =>
      activeWebSocketSessions ?? activeWebSocketSesssions ?? undefined,
    trialEndsAt: ({ trialStatus }: User): DateTime.Utc | undefined => instantOf(trialStatus?.expiresOn),
  },
);

/** A user, as everybody may see it. */
export interface UserInfo {
  /** Login. */
  readonly login: string;
  /** What people call the user. */
  readonly displayName?: string | null;
  /** Names of the groups of the user. */
  readonly groups?: ReadonlyArray<string> | null;
  /** Mail address. */
  readonly email?: string | null;
  /** Whether the user may log in. */
  readonly enabled?: boolean | null;
}

/** Schema of {@linkcode UserInfo}. */
export const UserInfo: Schema.Codec<UserInfo, unknown> = open(
  {
    login: Schema.String,
    displayName: maybe(Schema.String),
    groups: maybe(Schema.Array(Schema.String)),
    email: maybe(Schema.String),
    enabled: maybe(Schema.Boolean),
  } satisfies Fields<UserInfo>,
);
