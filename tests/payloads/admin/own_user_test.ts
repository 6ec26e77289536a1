import { PersonalSettings } from "../../../mod.ts";
import { itIsReturned } from "../returned.ts";
import { ownUser } from "./users.ts";

itIsReturned("what the owner of the key keeps", {
  document: ownUser,
  schema: PersonalSettings,
  through: {
    "OwnUser.settings": { call: ({ ownUser }) => ownUser.settings() },
    "OwnUser.updateSettings": { call: ({ ownUser }) => ownUser.updateSettings((settings) => settings) },
    "OwnUser.saveSettings": { call: ({ ownUser }, settings) => ownUser.saveSettings(settings) },
  },
});
