/**
 * The licence of an instance, and how far it is used.
 *
 * @module
 */
import type * as DateTime from "effect/DateTime";
import * as Schema from "effect/Schema";
import { instantOf } from "../../src/json/epoch.ts";
import type { Fields } from "../../src/json/fields.ts";
import { dictionary, maybe, open } from "../../src/json/open.ts";

/** A licence, as its file has it. */
export interface LicenseContent {
  /** Id of the licence. */
  readonly licenseId?: string | null;
  /** Kind, as `DEVELOPMENT`. */
  readonly licenseKind?: string | null;
  /** Id of the instance that it is for. */
  readonly instanceId?: string | null;
  /** Who it was given to. */
  readonly licensee?: Licensee | null;
  /** What it allows: texts, even for numbers and booleans. */
  readonly properties?: Readonly<Record<string, string>> | null;
}

/** Who a licence was given to. */
export interface Licensee {
  /** Company. */
  readonly company?: string | null;
  /** Person. */
  readonly name?: string | null;
}

/** Schema of {@linkcode Licensee}. */
export const Licensee: Schema.Codec<Licensee, unknown> = open(
  { company: maybe(Schema.String), name: maybe(Schema.String) } satisfies Fields<Licensee>,
);

/** Schema of {@linkcode LicenseContent}. */
export const LicenseContent: Schema.Codec<LicenseContent, unknown> = open(
  {
    licenseId: maybe(Schema.String),
    licenseKind: maybe(Schema.String),
    instanceId: maybe(Schema.String),
    licensee: maybe(Licensee),
    properties: maybe(dictionary(Schema.String)),
  } satisfies Fields<LicenseContent>,
);

/** Whether the licence holds. */
export interface LicenseStatus {
  /** Whether there is one. */
  readonly hasLicense: boolean;
  /** Whether it holds. */
  readonly valid: boolean;
  /** Whether its time is over. */
  readonly expired?: boolean | null;
  /** When its time is over, in milliseconds since 1970. */
  readonly expiresOn?: number | null;
  /** Whether it is the free one. */
  readonly community?: boolean | null;
  /** Profiles that users may have. */
  readonly userProfiles?: ReadonlyArray<string> | null;
  /** Whether trials were allowed. */
  readonly trialsExplicitlyEnabled?: boolean | null;
  /** Profile of users whose own is not licensed. */
  readonly fallbackProfile?: string | null;
  /** The licence itself; absent for the free one. */
  readonly licenseContent?: LicenseContent | null;
}

/** Schema of {@linkcode LicenseStatus}. */
export const LicenseStatus: Schema.Codec<LicenseStatus, unknown> = open(
  {
    hasLicense: Schema.Boolean,
    valid: Schema.Boolean,
    expired: maybe(Schema.Boolean),
    expiresOn: maybe(Schema.Number),
    community: maybe(Schema.Boolean),
    userProfiles: maybe(Schema.Array(Schema.String)),
    trialsExplicitlyEnabled: maybe(Schema.Boolean),
    fallbackProfile: maybe(Schema.String),
    licenseContent: maybe(LicenseContent),
  } satisfies Fields<LicenseStatus>,
);

/** What the licence says of a profile. */
export interface LicensedProfile {
  /** Name of the profile. */
  readonly profile?: string | null;
  /** How many users may have it; `-1` for any number. */
  readonly licensedLimit?: number | null;
}

/** Schema of {@linkcode LicensedProfile}. */
export const LicensedProfile: Schema.Codec<LicensedProfile, unknown> = open(
  { profile: maybe(Schema.String), licensedLimit: maybe(Schema.Number) } satisfies Fields<LicensedProfile>,
);

/** How far a profile is used. */
export interface ProfileLimit {
  /** What the licence says of it. */
  readonly licensed?: LicensedProfile | null;
  /** Users that have it. */
  readonly directCount?: number | null;
  /** Users that have it or, for want of another licence, get it. */
  readonly countWithDemotedTo?: number | null;
  /** Users that try it. */
  readonly trials?: number | null;
  /** Whether more users have it than may. */
  readonly overQuota?: boolean | null;
}

/** Schema of {@linkcode ProfileLimit}. */
export const ProfileLimit: Schema.Codec<ProfileLimit, unknown> = open(
  {
    licensed: maybe(LicensedProfile),
    directCount: maybe(Schema.Number),
    countWithDemotedTo: maybe(Schema.Number),
    trials: maybe(Schema.Number),
    overQuota: maybe(Schema.Boolean),
  } satisfies Fields<ProfileLimit>,
);

/** How far a licence is used. */
export interface LicenseLimits {
  /** By name of the profile. */
  readonly profileLimits?: Readonly<Record<string, ProfileLimit>> | null;
}

/** Schema of {@linkcode LicenseLimits}. */
export const LicenseLimits: Schema.Codec<LicenseLimits, unknown> = open(
  { profileLimits: maybe(dictionary(ProfileLimit)) } satisfies Fields<LicenseLimits>,
);

/** The licence of an instance, and how far it is used. */
export interface LicensingStatus {
  /** Whether it holds. */
  readonly base: LicenseStatus;
  /** How far it is used. */
  readonly limits?: LicenseLimits | null;
}

/** Schema of {@linkcode LicensingStatus}, with its accessor. */
export interface LicensingStatusCodec extends Schema.Codec<LicensingStatus, unknown> {
  /** When the time of the licence is over; absent when it has no end. */
  expiresAt(status: LicensingStatus): DateTime.Utc | undefined;
}

/** Schema of {@linkcode LicensingStatus}, with its accessor. */
export const LicensingStatus: LicensingStatusCodec = Object.assign(
  open(
    { base: LicenseStatus, limits: maybe(LicenseLimits) } satisfies Fields<LicensingStatus>,
  ) as Schema.Codec<LicensingStatus, unknown>,
  { expiresAt: ({ base }: LicensingStatus): DateTime.Utc | undefined => instantOf(base.expiresOn) },
);
