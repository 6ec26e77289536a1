/**
 * Users and groups, as DSS answers them.
 *
 * @module
 */
import { always, type Document, document, oneOf, optional } from "../document.ts";

/** A user, with its settings. */
export const user: Document = document({
  login: always("maria"),
  displayName: always("Maria Lopez"),
  groups: always(["data_team"]),
  sourceType: always(oneOf("LOCAL")),
  email: optional("maria@example.com"),
  userProfile: optional("FULL_DESIGNER"),
  resultingUserProfile: optional("FULL_DESIGNER"),
  enabled: optional(true),
  creationDate: optional(1700000000000),
  trialStatus: optional(document({
    exists: optional(true),
    expired: optional(false),
    valid: optional(true),
    illegal: optional(false),
    expiresOn: optional(1790000000000),
    grantedOn: optional(1700000000000),
  })),
  activeWebSocketSesssions: optional(2),
  activeWebSocketSessions: optional(2),
  codeAllowed: optional(true),
  objectImgHash: optional(-1),
  preferences: optional(document({
    uiLanguage: optional("en"),
    mentionEmails: optional(true),
    dailyDigestsEmails: optional(false),
    scenarioRunNotifications: optional(true),
  })),
  secrets: optional([document({ name: always("token"), value: optional("e:AES:x"), secret: optional(true) })]),
  credentials: optional({
    pg_dwh: document({
      type: optional(oneOf("BASIC")),
      user: optional("maria"),
      password: optional("e:AES:x"),
      refreshToken: optional("e:AES:y"),
      lastUpdate: optional(1759312596668),
    }),
  }),
  userProperties: optional({ color: "red" }),
  adminProperties: optional({ team: ["ops"] }),
  npsSurveySettings: optional({ state: "NEVER" }),
  atSurveySettings: optional({ state: "NEVER" }),
});

/** What a user keeps, as its owner sees it. */
export const ownUser: Document = document({
  secrets: optional([document({ name: always("token"), value: optional("v"), secret: optional(true) })]),
  credentials: optional({ pg_dwh: document({ type: optional(oneOf("BASIC")), user: optional("maria") }) }),
  userProperties: optional({ color: "red" }),
  login: optional("maria"),
});

/** A user, as everybody may see it. */
export const userInfo: Document = document({
  login: always("maria"),
  displayName: optional("Maria Lopez"),
  groups: optional(["data_team"]),
  email: optional("maria@example.com"),
  enabled: optional(true),
});

/** When a user was there last. */
export const userActivity: Document = document({
  login: always("maria"),
  lastSuccessfulLogin: optional(1759312596668),
  lastFailedLogin: optional(0),
  lastSessionActivity: optional(1759312600000),
});

/** What became of one user of many. */
export const userOutcome: Document = document({
  login: always("maria"),
  status: always("SUCCESS"),
  error: optional(""),
});

/** A group. */
export const group: Document = document({
  name: always("data_team"),
  sourceType: always(oneOf("LDAP")),
  admin: always(false),
  description: optional("Data team"),
  ldapGroupNames: optional(["cn=data,ou=groups"]),
  azureADGroupNames: optional("one,two"),
  ssoGroupNames: optional([]),
  customGroupNames: optional([]),
  mayCreateProjects: optional(true),
  mayWriteUnsafeCode: optional(true),
  mayWriteSafeCode: optional(true),
  mayCreateCodeEnvs: optional(false),
  mayManageCodeEnvs: optional(false),
  mayCreateClusters: optional(false),
  mayManageClusters: optional(false),
  mayDevelopPlugins: optional(false),
  mayManageEnterpriseAssetLibrary: optional(true),
});
