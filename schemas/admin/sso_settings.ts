/**
 * Single sign-on, as the instance is set to it.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Fields } from "../../src/json/fields.ts";
import { maybe, open, openEnum } from "../../src/json/open.ts";
import { RemappingRule } from "./remapping_rule.ts";

/** How users log in once for all; further values may come. */
export type SsoProtocol = "OPENID" | "SAML" | "SPNEGO" | (string & Record<never, never>);

/** What OpenID Connect needs. The secret is a text: do not log these settings. */
export interface OpenIdParams {
  /** Id of DSS at the provider. */
  readonly clientId?: string | null;
  /** Secret of DSS at the provider. */
  readonly clientSecret?: string | null;
  /** Scopes that are asked for, as `openid profile email`. */
  readonly scope?: string | null;
  /** Who issues the tokens. */
  readonly issuer?: string | null;
  /** Where users log in. */
  readonly authorizationEndpoint?: string | null;
  /** Where DSS gets tokens. */
  readonly tokenEndpoint?: string | null;
  /** Where the keys of the provider are. */
  readonly jwksUri?: string | null;
  /** Claim with the login. */
  readonly claimKeyIdentifier?: string | null;
  /** Claim with the name for people. */
  readonly claimKeyDisplayName?: string | null;
  /** Claim with the address for mail. */
  readonly claimKeyEmail?: string | null;
  /** Whether logins are made lower case. */
  readonly lowercaseIdentifier?: boolean | null;
  /** Whether groups come from a claim. */
  readonly enableGroups?: boolean | null;
  /** Claim with the groups. */
  readonly claimKeyGroups?: string | null;
  /** Whether DSS reaches the provider through its proxy. */
  readonly useGlobalProxy?: boolean | null;
  /** Whether codes are bound to who asked for them (PKCE). */
  readonly usePKCE?: boolean | null;
  /** How DSS says to the provider who it is. */
  readonly tokenEndpointAuthMethod?: string | null;
}

/** Schema of {@linkcode OpenIdParams}. */
export const OpenIdParams: Schema.Codec<OpenIdParams, unknown> = open(
  {
    clientId: maybe(Schema.String),
    clientSecret: maybe(Schema.String),
    scope: maybe(Schema.String),
    issuer: maybe(Schema.String),
    authorizationEndpoint: maybe(Schema.String),
    tokenEndpoint: maybe(Schema.String),
    jwksUri: maybe(Schema.String),
    claimKeyIdentifier: maybe(Schema.String),
    claimKeyDisplayName: maybe(Schema.String),
    claimKeyEmail: maybe(Schema.String),
    lowercaseIdentifier: maybe(Schema.Boolean),
    enableGroups: maybe(Schema.Boolean),
    claimKeyGroups: maybe(Schema.String),
    useGlobalProxy: maybe(Schema.Boolean),
    usePKCE: maybe(Schema.Boolean),
    tokenEndpointAuthMethod: maybe(Schema.String),
  } satisfies Fields<OpenIdParams>,
);

/** What SAML needs. */
export interface SamlParams {
  /** Whether DSS signs what it asks. */
  readonly signRequests?: boolean | null;
  /** Attribute with the name for people. */
  readonly displayNameAttribute?: string | null;
  /** Attribute with the address for mail. */
  readonly emailAttribute?: string | null;
  /** Whether groups come from an attribute. */
  readonly enableGroups?: boolean | null;
  /** Attribute with the groups. */
  readonly groupsAttribute?: string | null;
}

/** Schema of {@linkcode SamlParams}. */
export const SamlParams: Schema.Codec<SamlParams, unknown> = open(
  {
    signRequests: maybe(Schema.Boolean),
    displayNameAttribute: maybe(Schema.String),
    emailAttribute: maybe(Schema.String),
    enableGroups: maybe(Schema.Boolean),
    groupsAttribute: maybe(Schema.String),
  } satisfies Fields<SamlParams>,
);

/** Single sign-on: how users log in once for all. */
export interface SsoSettings {
  /** Whether it is used. */
  readonly enabled?: boolean | null;
  /** How users log in. */
  readonly protocol?: SsoProtocol | null;
  /** What OpenID Connect needs. */
  readonly openIDParams?: OpenIdParams | null;
  /** What SAML needs. */
  readonly samlSPParams?: SamlParams | null;
  /** How SPNEGO is done. */
  readonly spnegoMode?: string | null;
  /** Whether users whom DSS does not know are created at their first login. */
  readonly autoProvisionUsersAtLoginTime?: boolean | null;
  /** How its names become logins. */
  readonly remappingRules?: ReadonlyArray<RemappingRule> | null;
  /** Whether a user is brought up to date at each login. */
  readonly autoSyncUsersAtLoginTime?: boolean | null;
  /** Profile of users whom no group gives one. */
  readonly defaultUserProfile?: string | null;
  /** Profiles that groups give, in a form that DSS does not document. */
  readonly groupProfiles?: ReadonlyArray<unknown> | null;
  /** Groups whose members alone may log in. Old versions of DSS hold them in one string, with commas. */
  readonly authorizedGroups?: ReadonlyArray<string> | string | null;
}

/** Schema of {@linkcode SsoSettings}. */
export const SsoSettings: Schema.Codec<SsoSettings, unknown> = open(
  {
    enabled: maybe(Schema.Boolean),
    protocol: maybe(openEnum<SsoProtocol>()),
    openIDParams: maybe(OpenIdParams),
    samlSPParams: maybe(SamlParams),
    spnegoMode: maybe(Schema.String),
    autoProvisionUsersAtLoginTime: maybe(Schema.Boolean),
    remappingRules: maybe(Schema.Array(RemappingRule)),
    autoSyncUsersAtLoginTime: maybe(Schema.Boolean),
    defaultUserProfile: maybe(Schema.String),
    groupProfiles: maybe(Schema.Array(Schema.Unknown)),
    authorizedGroups: maybe(Schema.Union([Schema.Array(Schema.String), Schema.String])),
  } satisfies Fields<SsoSettings>,
);
