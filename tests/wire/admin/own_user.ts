/** Own user: our calls for those of the official client. */
import { setUserSecret } from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const ownUser: Noun = {
  areas: [],
  methods: {
    "DSSOwnUser.get_settings": { ours: "OwnUser.settings", calls: [({ ownUser }) => ownUser.settings()] },
    "DSSOwnUserSettings.save": {
      ours: "OwnUser.updateSettings",
      calls: [({ ownUser }) => ownUser.updateSettings(setUserSecret("a", "b"))],
    },
  },
  withoutRequest: { "DSSClient.get_own_user": "OwnUser.settings" },
};

export default ownUser;
