import { AzureAdSettings, LdapSettings, SsoSettings } from "../../../mod.ts";
import { document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const openId = document({
  clientId: optional("clientId"),
  clientSecret: optional("clientSecret"),
  scope: optional("scope"),
  issuer: optional("issuer"),
  authorizationEndpoint: optional("authorizationEndpoint"),
  tokenEndpoint: optional("tokenEndpoint"),
  jwksUri: optional("jwksUri"),
  claimKeyIdentifier: optional("claimKeyIdentifier"),
  claimKeyDisplayName: optional("claimKeyDisplayName"),
  claimKeyEmail: optional("claimKeyEmail"),
  lowercaseIdentifier: optional(true),
  enableGroups: optional(true),
  claimKeyGroups: optional("claimKeyGroups"),
  useGlobalProxy: optional(true),
  usePKCE: optional(true),
  tokenEndpointAuthMethod: optional("tokenEndpointAuthMethod"),
});

const saml = document({
  signRequests: optional(true),
  displayNameAttribute: optional("displayNameAttribute"),
  emailAttribute: optional("emailAttribute"),
  enableGroups: optional(true),
  groupsAttribute: optional("groupsAttribute"),
});

const sso = document({
  enabled: optional(true),
  protocol: optional(oneOf("OPENID")),
  openIDParams: optional(openId),
  samlSPParams: optional(saml),
  spnegoMode: optional("spnegoMode"),
  autoProvisionUsersAtLoginTime: optional(true),
  remappingRules: optional([document({ ruleFrom: optional("(.*)@example.com"), ruleTo: optional("$1") })]),
  autoSyncUsersAtLoginTime: optional(true),
  defaultUserProfile: optional("defaultUserProfile"),
  groupProfiles: optional([{ key: "data_team", value: "READER" }]),
  authorizedGroups: optional(["data_team", "readers"]),
});

const ldap = document({
  enabled: optional(true),
  authenticationEnabled: optional(true),
  url: optional("url"),
  useTls: optional(true),
  bindDN: optional("bindDN"),
  bindPassword: optional("bindPassword"),
  userFilter: optional("userFilter"),
  allUsersFilter: optional("allUsersFilter"),
  usernameAttribute: optional("usernameAttribute"),
  displayNameAttribute: optional("displayNameAttribute"),
  emailAttribute: optional("emailAttribute"),
  enableGroups: optional(true),
  groupFilter: optional("groupFilter"),
  allGroupsFilter: optional("allGroupsFilter"),
  groupNameAttribute: optional("groupNameAttribute"),
  groupMembershipAttribute: optional("groupMembershipAttribute"),
  groupMembershipUserAttribute: optional("groupMembershipUserAttribute"),
  autoImportUsers: optional(true),
  allowOnDemandUsersProvisioning: optional(true),
  allowOnDemandUsersSync: optional(true),
  remappingRules: optional([document({ ruleFrom: optional("(.*)@example.com"), ruleTo: optional("$1") })]),
  autoSyncUsersAtLoginTime: optional(true),
  defaultUserProfile: optional("defaultUserProfile"),
  groupProfiles: optional([{ key: "data_team", value: "READER" }]),
  authorizedGroups: optional(["data_team", "readers"]),
});

const azureAd = document({
  enabled: optional(true),
  credentialMethod: optional(oneOf("OAUTH2_SECRET")),
  credentialsClientId: optional("credentialsClientId"),
  credentialsClientSecret: optional("credentialsClientSecret"),
  credentialsTenantId: optional("credentialsTenantId"),
  userQueryFilter: optional("userQueryFilter"),
  groupQueryFilter: optional("groupQueryFilter"),
  groupsLimit: optional(1000),
  loginAttributeRef: optional("loginAttributeRef"),
  useGlobalProxy: optional(true),
  autoProvisionUsersAtLoginTime: optional(true),
  allowOnDemandUsersProvisioning: optional(true),
  allowOnDemandUsersSync: optional(true),
  remappingRules: optional([document({ ruleFrom: optional("(.*)@example.com"), ruleTo: optional("$1") })]),
  autoSyncUsersAtLoginTime: optional(true),
  defaultUserProfile: optional("defaultUserProfile"),
  groupProfiles: optional([{ key: "data_team", value: "READER" }]),
  authorizedGroups: optional(["data_team", "readers"]),
});

itIsReturned("settings of the single sign-on", {
  document: sso,
  schema: SsoSettings,
  through: {
    "IdentitySettings.sso": { call: ({ identitySettings }) => identitySettings.sso() },
    "IdentitySettings.updateSso": { call: ({ identitySettings }) => identitySettings.updateSso((all) => all) },
    "IdentitySettings.saveSso": { call: ({ identitySettings }, all) => identitySettings.saveSso(all) },
  },
});

itIsReturned("settings of the LDAP server", {
  document: ldap,
  schema: LdapSettings,
  through: {
    "IdentitySettings.ldap": { call: ({ identitySettings }) => identitySettings.ldap() },
    "IdentitySettings.updateLdap": { call: ({ identitySettings }) => identitySettings.updateLdap((all) => all) },
    "IdentitySettings.saveLdap": { call: ({ identitySettings }, all) => identitySettings.saveLdap(all) },
  },
});

itIsReturned("settings of Azure AD", {
  document: azureAd,
  schema: AzureAdSettings,
  through: {
    "IdentitySettings.azureAd": { call: ({ identitySettings }) => identitySettings.azureAd() },
    "IdentitySettings.updateAzureAd": { call: ({ identitySettings }) => identitySettings.updateAzureAd((all) => all) },
    "IdentitySettings.saveAzureAd": { call: ({ identitySettings }, all) => identitySettings.saveAzureAd(all) },
  },
});
