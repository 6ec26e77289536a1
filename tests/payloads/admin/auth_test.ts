import { AuthInfo, PermissionsCheck } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

itIsReturned("who asks", {
  document: document({
    authIdentifier: always("maria"),
    authSource: optional(oneOf("PERSONAL_API_KEY")),
    via: optional([{ type: "API" }]),
    groups: optional(["data_team"]),
    userProfile: optional("FULL_DESIGNER"),
    associatedDSSUSer: optional("maria"),
    userForImpersonation: optional("maria"),
    secrets: optional([document({ key: optional("token"), name: optional("token"), value: optional("v") })]),
  }),
  schema: AuthInfo,
  through: {
    "Auth.info": { call: ({ auth }) => auth.info() },
    "Auth.infoFromBrowserHeaders": { call: ({ auth }) => auth.infoFromBrowserHeaders({}) },
  },
});

itIsReturned("what one may do with objects", {
  document: document({
    items: optional([
      document({
        objectType: optional("DATASET"),
        objectProjectKey: optional("SALES"),
        objectId: optional("orders"),
        permissions: optional({ read: true }),
      }),
    ]),
  }),
  schema: PermissionsCheck,
  through: { "Auth.checkPermissions": { call: ({ auth }) => auth.checkPermissions([]) } },
});
