/** Users of suppliers: our calls for those of the official client. */
import type { Noun } from "../harness/noun.ts";

const externalUsers: Noun = {
  areas: [],
  methods: {
    "DSSClient.start_fetch_external_users": {
      ours: "ExternalUsers.startFetch",
      calls: [
        ({ externalUsers }) => externalUsers.startFetch("LDAP"),
        ({ externalUsers }) => externalUsers.startFetch("AZURE_AD", { login: "l", email: "e", groupName: "g" }),
      ],
    },
    "DSSClient.start_fetch_external_groups": {
      ours: "ExternalUsers.startFetchGroups",
      calls: [({ externalUsers }) => externalUsers.startFetchGroups("LDAP")],
    },
    "DSSClient.start_provision_users": {
      ours: "ExternalUsers.startProvision",
      calls: [({ externalUsers }) => externalUsers.startProvision("LDAP", [{ login: "bob" }])],
    },
    "DSSUser.start_resync_from_supplier": {
      ours: "ExternalUsers.startResync",
      calls: [({ externalUsers }) => externalUsers.startResync("bob")],
    },
    "DSSClient.start_resync_users_from_supplier": {
      ours: "ExternalUsers.startResyncMany",
      calls: [({ externalUsers }) => externalUsers.startResyncMany(["bob"])],
    },
    "DSSClient.start_resync_all_users_from_supplier": {
      ours: "ExternalUsers.startResyncAll",
      calls: [({ externalUsers }) => externalUsers.startResyncAll()],
    },
  },
};

export default externalUsers;
