"""The documents of projects: read, written whole, and by whom."""

from dss import equal, refused


def metadata_is_saved_whole(dss):
    project = dss.project("SALES")
    metadata = project.get_metadata()
    equal((metadata["label"], metadata["shortDesc"], metadata["description"]), ("Sales reporting", "Sales by country", ""))
    equal((metadata["tags"], metadata["checklists"]), (["prod"], {"checklists": []}))
    equal((metadata["custom"], metadata["customFields"]), ({"kv": {}}, {}))
    item = {"done": True, "text": "Look", "createdOn": dss.now, "createdBy": "maria", "stateChangedOn": 0}
    after = {
        "label": "Sales, renamed",
        "shortDesc": "Short",
        "description": "# Long",
        "checklists": {"checklists": [{"title": "Todo", "createdOn": 0, "items": [item]}]},
        "custom": {"kv": {"a": "b"}},
        "customFields": {"cost_centre": 7},
        "whatIsToCome": [1, {"a": None}],
    }
    project.set_metadata({**after, "tags": ["b", "a", "b"]})
    equal(project.get_metadata(), {**after, "tags": ["a", "b"]})
    summary = project.get_summary()
    equal((summary["name"], summary["shortDesc"], summary["tags"]), ("Sales, renamed", "Short", ["a", "b"]))
    equal(summary["versionTag"]["versionNumber"], 1)
    equal(summary["versionTag"]["lastModifiedBy"], {"login": "admin"})
    equal(summary["versionTag"]["lastModifiedOn"], dss.now)
    project.set_metadata({"shortDesc": None, "description": None})
    equal(project.get_metadata(), {"label": "Sales, renamed", "shortDesc": None, "description": None, "tags": []})


def permissions_are_saved_whole(dss):
    project = dss.project("SALES")
    before = project.get_permissions()
    equal(before["owner"], "maria")
    equal(before["permissions"][0]["group"], "data_team")
    equal(before["dashboardAuthorizations"], {"allAuthorized": False, "authorizations": []})
    equal(before["additionalDashboardUsers"], {"users": []})
    after = {
        "owner": "lena",
        "permissions": [{"group": "readers", "admin": True}, {"user": "tom", "runScenarios": True, "whatIsToCome": False}],
        "dashboardAuthorizations": {"allAuthorized": True, "authorizations": []},
        "additionalDashboardUsers": {"users": [{"login": "x"}]},
    }
    project.set_permissions(after)
    equal(project.get_permissions(), after)
    equal(project.get_summary()["ownerLogin"], "lena")


def variables_are_saved_whole(dss):
    project = dss.project("SALES")
    equal(project.get_variables(), {"standard": {}, "local": {}})
    after = {"standard": {"a": 1, "nested": {"b": [1, None]}}, "local": {"host": "dev"}}
    project.set_variables(after)
    equal(project.get_variables(), after)
    project.update_variables({"a": 2})
    project.update_variables({"port": 1}, type="local")
    equal(project.get_variables(), {"standard": {"a": 2, "nested": {"b": [1, None]}}, "local": {"host": "dev", "port": 1}})


def settings_are_saved_whole(dss):
    settings = dss.project("SALES").get_settings()
    raw = settings.get_raw()
    equal(raw["settings"]["codeEnvs"]["python"], {"mode": "INHERIT", "preventOverride": False})
    equal(raw["settings"]["codeEnvs"]["r"], {"mode": "INHERIT", "preventOverride": False})
    equal(raw["settings"]["container"], {"containerMode": "INHERIT"})
    equal((raw["settings"]["cluster"], raw["settings"]["k8sCluster"]), ({"clusterMode": "INHERIT"},) * 2)
    equal((raw["settings"]["gitCommitMode"], raw["settings"]["disableAutomaticTriggers"]), ("AUTO", False))
    settings.set_python_code_env("py311_ds")
    settings.set_r_code_env(None)
    settings.set_container_exec_config("small")
    settings.set_k8s_cluster("eks_prod", "eks_test")
    settings.set_cluster("hadoop")
    settings.add_exposed_object("DATASET", "orders_joined", "CHURN")
    settings.add_exposed_object("DATASET", "orders_joined", "LOGISTICS")
    settings.get_raw()["whatIsToCome"] = {"a": 1}
    settings.save()
    after = dss.project("SALES").get_settings().get_raw()
    equal(after, settings.get_raw())
    equal(after["settings"]["codeEnvs"]["python"]["envName"], "py311_ds")
    rules = after["exposedObjects"]["objects"][0]["rules"]
    equal([rule["targetProject"] for rule in rules], ["CHURN", "LOGISTICS"])


def tags_are_saved_whole(dss):
    project = dss.project("SALES")
    equal(project.get_tags(), {"tags": {"prod": {"color": "#4285f4"}}})
    after = {"tags": {"a": {"color": "#fff"}, "b": {}}}
    project.set_tags(after)
    equal(project.get_tags(), after)


def what_cannot_be_stored_is_refused(dss):
    project = dss.project("SALES")
    before = dss.state["projects"]["SALES"]["documents"]
    for wrong in ({"label": 7}, {"shortDesc": 7}, {"description": []}, {"tags": "a"}, {"tags": [1]}, {"checklists": []}, {"custom": 1}, {"customFields": []}):
        with refused("IllegalArgumentException", "metadata"):
            project.set_metadata(wrong)
    permissions = project.get_permissions()
    for wrong in ({"owner": 7}, {"permissions": {}}, {"permissions": [1]}):
        with refused("IllegalArgumentException", "permissions"):
            project.set_permissions({**permissions, **wrong})
    with refused("IllegalArgumentException", "no user nobody"):
        project.set_permissions({**permissions, "owner": "nobody"})
    for wrong in ({"admin": True}, {"group": "a", "user": "b"}, {"group": "readers", "admin": "yes"}):
        with refused("IllegalArgumentException", "A permission needs"):
            project.set_permissions({**permissions, "permissions": [wrong]})
    for wrong in ({"settings": []}, {"exposedObjects": []}):
        with refused("IllegalArgumentException", "settings"):
            project.client._perform_empty("PUT", "/projects/SALES/settings", body=wrong)
    with refused("IllegalArgumentException", "tags"):
        project.set_tags({"tags": []})
    for wrong in ({"standard": [], "local": {}}, {"standard": {}, "local": 1}, {"local": {}}):
        with refused("IllegalArgumentException", "variables"):
            project.client._perform_empty("PUT", "/projects/SALES/variables/", body=wrong)
    equal(dss.state["projects"]["SALES"]["documents"], before)


def administrators_of_a_project_alone_save_some(dss):
    before = dss.state["projects"]["SALES"]["documents"]
    project = dss.connect_as("lena").get_project("SALES")
    with refused("UnauthorizedException", "lena is not an administrator of project SALES"):
        project.set_permissions(project.get_permissions())
    settings = project.get_settings()
    with refused("UnauthorizedException", "lena is not an administrator of project SALES"):
        settings.save()
    equal(dss.state["projects"]["SALES"]["documents"], before)


def a_project_that_does_not_exist_has_none(dss):
    project = dss.project("NOWHERE")
    for call in (
        project.get_metadata,
        project.get_permissions,
        project.get_variables,
        project.get_settings,
        project.get_tags,
        lambda: project.set_metadata({}),
        lambda: project.set_permissions({}),
        lambda: project.set_variables({"standard": {}, "local": {}}),
        lambda: project.client._perform_empty("PUT", "/projects/NOWHERE/settings", body={}),
        lambda: project.set_tags({}),
    ):
        with refused("NotFoundException", "NOWHERE does not exist"):
            call()


def standard_variables_are_taken_alone(dss):
    project = dss.project()
    project.set_variables({"standard": {"a": 1}, "local": {"b": 2}})
    project.client._perform_empty("PUT", "/projects/SALES/variables", body={"standard": {"c": 3}})
    equal(project.get_variables(), {"standard": {"c": 3}, "local": {}})
    project.client._perform_empty("PUT", "/projects/SALES/variables", body={"standard": {}, "local": {"d": 4}})
    equal(project.get_variables(), {"standard": {}, "local": {"d": 4}})


def variables_are_resolved(dss):
    project = dss.project()
    dss.client.get_variables()
    project.set_variables({"standard": {"env": "test", "a": {"b": 1}}, "local": {"a": 2, "c": True}})
    resolved = lambda typed: project.client._perform_json("GET", "/projects/SALES/variables-resolved", params={"typed": typed})
    instance = dict(dss.client.get_variables())
    equal(resolved("true"), {**instance, "env": "test", "a": 2, "c": True})
    equal({key: resolved("false")[key] for key in ("env", "a", "c")}, {"env": "test", "a": "2", "c": "true"})
