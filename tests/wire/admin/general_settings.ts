/** The general settings: our calls for those of the official client. */
import { flow } from "effect";
import {
  addGroupImpersonationRule,
  addUserImpersonationRule,
  impersonateGroupsAsThemselves,
  impersonateGroupsLike,
  impersonateUser,
  removeGroupImpersonationRules,
  removeUserImpersonationRules,
} from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const get = ({ generalSettings }: ServiceRecord) => generalSettings.get();

const generalSettings: Noun = {
  areas: [],
  methods: {
    "DSSClient.get_general_settings": { ours: "GeneralSettings.get", calls: [get] },
    "DSSGeneralSettings.__init__": { ours: "GeneralSettings.get", calls: [get] },
    "DSSGeneralSettings.get_impersonation_rules": { ours: "GeneralSettings.get", calls: [get] },
    "DSSGeneralSettings.save": {
      ours: "GeneralSettings.update",
      calls: [
        ({ generalSettings }) =>
          generalSettings.update(flow(
            addUserImpersonationRule(
              impersonateUser("bob", "unix", { projectKey: "WIRE_PROJ", hadoopUser: "hadoop" }),
            ),
            addGroupImpersonationRule(impersonateGroupsLike("(.*)", "unix", { hadoopUser: "h" })),
            addGroupImpersonationRule(impersonateGroupsAsThemselves()),
            removeUserImpersonationRules({ dssUser: "bob" }),
            removeGroupImpersonationRules({ dssGroup: "g" }),
          )),
      ],
    },
  },
  withoutRequest: {
    "DSSGeneralSettings.get_raw": "GeneralSettings.get",
    "DSSGeneralSettings.add_impersonation_rule": "addUserImpersonationRule",
    "DSSGeneralSettings.remove_impersonation_rules": "removeUserImpersonationRules",
    "DSSUserImpersonationRule.scope_global": "impersonateUser",
    "DSSUserImpersonationRule.scope_project": "impersonateUser",
    "DSSUserImpersonationRule.user_identity": "impersonateUsersAsThemselves",
    "DSSUserImpersonationRule.user_single": "impersonateUser",
    "DSSUserImpersonationRule.user_regexp": "impersonateUsersLike",
    "DSSGroupImpersonationRule.group_identity": "impersonateGroupsAsThemselves",
    "DSSGroupImpersonationRule.group_single": "impersonateGroup",
    "DSSGroupImpersonationRule.group_regexp": "impersonateGroupsLike",
  },
};

export default generalSettings;
