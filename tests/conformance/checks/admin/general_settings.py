"""The general settings, and their rules of impersonation."""

from dataikuapi.dss.admin import DSSGroupImpersonationRule, DSSUserImpersonationRule

from dss import equal, refused


def settings_are_saved_whole(dss):
    settings = dss.client.get_general_settings()
    raw = settings.get_raw()
    equal(raw["containerSettings"]["executionConfigs"][0]["name"], "eks-default")
    equal((raw["studioExternalUrl"], raw["codeEnvs"]), ("https://dss.example.com", {"defaultPythonEnv": "py311_ds"}))
    equal((raw["sparkSettings"], raw["limits"]), ({"executionConfigs": []}, {"maxRunningActivities": 5}))
    equal(raw["globalTagsCategories"][0]["name"], "Sensitivity")
    for section in ("containerSettings", "sparkSettings", "codeEnvs", "limits", "impersonation"):
        raw[section]["addedLater"] = [1, None]
    raw["globalTagsCategories"] = []
    raw["studioExternalUrl"] = "https://other.example.com"
    settings.save()
    equal(dss.client.get_general_settings().get_raw(), raw)


def rules_of_impersonation_are_edited(dss):
    settings = dss.client.get_general_settings()
    equal(settings.get_raw()["impersonation"]["enabled"], True)
    equal(len(settings.get_impersonation_rules()), 2)
    equal(settings.get_impersonation_rules(dss_group="data_team", is_user=False)[0].raw["targetUnix"], "data")
    users = [
        DSSUserImpersonationRule().scope_project("SALES").user_single("maria", "m", "h"),
        DSSUserImpersonationRule().scope_global().user_regexp("t.*", "t"),
        DSSUserImpersonationRule().user_identity(),
    ]
    groups = [
        DSSGroupImpersonationRule().group_single("readers", "r"),
        DSSGroupImpersonationRule().group_regexp("d.*", "d"),
        DSSGroupImpersonationRule().group_identity(),
    ]
    for rule in users + groups:
        settings.add_impersonation_rule(rule)
    settings.remove_impersonation_rules(dss_group="data_team", is_user=False)
    settings.save()
    stored = dss.client.get_general_settings().get_raw()["impersonation"]
    equal(stored["userRules"], [{"scope": "GLOBAL", "type": "IDENTITY"}, *(rule.raw for rule in users)])
    equal(stored["groupRules"], [rule.raw for rule in groups])


def what_cannot_be_is_refused(dss):
    settings = dss.client.get_general_settings()
    before = dss.state["instance"]["settings"]
    for section in ("containerSettings", "sparkSettings", "impersonation", "codeEnvs", "limits"):
        settings.settings = {**before, section: [1]}
        with refused("IllegalArgumentException", section):
            settings.save()
    settings.settings = [before]
    with refused("IllegalArgumentException"):
        settings.save()
    equal(dss.state["instance"]["settings"], before)


def only_administrators_see_and_save_them(dss):
    settings = dss.client.get_general_settings()
    settings.client = dss.connect_as("maria")
    for call in (settings.client.get_general_settings, settings.save):
        with refused("UnauthorizedException", "maria is not an administrator"):
            call()
