"""Business applications: installed, set, upgraded, removed; their code environments and instances."""

import io
import json
import zipfile

from dss import equal, refused, since


def _zip(files):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for path, text in files.items():
            made.writestr(path, text)
    archive.seek(0)
    return archive


def _archive(**document):
    return _zip({"business-app.json": json.dumps(document)})


def _versions(client):
    return {app.id: app.version for app in client.list_business_apps()}


def _app(client, id="churn-watch"):
    return client.get_business_app(id)


def _message(result, severity):
    equal((result["success"], result["messages"]["maxSeverity"]), (severity != "ERROR", severity))
    return result["messages"]["messages"][0]["message"]


@since("15.2")
def they_are_listed_and_described(dss):
    [item] = dss.connect_as("lena").list_business_apps()
    equal((item.id, item.version, item.name, item.description), ("churn-watch", "1.0.0", "Churn watch", "Customers who are about to leave"))
    details = item.to_business_app().get_details()
    equal((details.id, details.name, details.version, details.description), ("churn-watch", "Churn watch", "1.0.0", "Customers who are about to leave"))
    equal((details.web_app_id, details.code_env_name, details.connections), ("churn-watch-ui", None, {"warehouse": "PostgreSQL"}))
    assert "settings" not in dict(details.get_raw())
    equal(details.settings.remapping, {})
    equal([each.id for each in dss.client.list_business_apps(as_type="objects")], ["churn-watch"])
    equal(dict(item.get_raw())["id"], "churn-watch")
    equal(_app(dss.client).get_details().settings.remapping, {"connections": []})


@since("15.2")
def they_are_installed_and_upgraded(dss):
    client = dss.client
    future = client.install_business_app_from_store("demand-forecast")
    equal((future.state["hasResult"], future.state["alive"]), (False, True))
    equal(_versions(client), {"churn-watch": "1.0.0"})
    assert "demand-forecast 2.0.0" in _message(future.wait_for_result(), "SUCCESS")
    result = client.install_business_app_from_archive(_archive(id="ours", version="0.1", name="Ours", description="D", connections={"c": "S3"}), wait=True)
    assert "ours 0.1" in _message(result, "SUCCESS")
    assert "ours 0.2" in _message(client.install_business_app_from_archive(_archive(id="ours", version="0.2")).wait_for_result(), "SUCCESS")
    settings = _app(client).get_settings()
    settings.remapping = {"connections": [{"source": "warehouse", "target": "pg_main"}]}
    settings.save()
    assert "1.1.0" in _message(_app(client).upgrade_from_store(wait=True), "SUCCESS")
    equal(_versions(client), {"churn-watch": "1.1.0", "demand-forecast": "2.0.0", "ours": "0.2"})
    equal(_app(client).get_settings().remapping, settings.remapping)
    made = _app(client, "ours").get_details()
    equal((made.name, made.description, made.connections), ("ours", "", {}))


@since("15.2")
def work_on_them_fails(dss):
    client = dss.client
    before = dss.state["businessApps"]

    def said(future):
        return _message(future.wait_for_result(), "ERROR")

    assert "no business application moon" in said(client.install_business_app_from_store("moon"))
    assert "installed already" in said(client.install_business_app_from_store("churn-watch"))
    dss.script("businessApps/churn-watch", "fail", message="No space", times=1)
    equal(said(_app(client).upgrade_from_store()), "No space")
    dss.script("businessApps/churn-watch", "fail", times=1)
    assert "business app churn-watch failed" in said(_app(client).upgrade_from_store())
    dss.script("businessAppInstances/ONE", "fail", times=1)
    future = _app(client).create_instance("ONE", "One", wait=False)
    assert "ONE failed" in said(future)
    equal(dss.state["businessApps"], before)
    dss.script("businessApps/churn-watch", "warn", times=1)
    assert "log" in _message(_app(client).upgrade_from_store(wait=True), "WARNING")
    equal(_versions(client), {"churn-watch": "1.1.0"})
    client.install_business_app_from_archive(_archive(id="ours", version="1"), wait=True)
    assert "no business application ours" in said(_app(client, "ours").upgrade_from_store())
    removal, upgrade = _app(client).delete(), _app(client).upgrade_from_store()
    removal.wait_for_result()
    assert "removed in between" in said(upgrade)


@since("15.2")
def settings_are_saved_whole(dss):
    settings = _app(dss.client).get_settings()
    equal(settings.get_raw(), {"remapping": {"connections": []}})
    settings.remapping["connections"].append({"source": "warehouse", "target": "pg_main"})
    settings.get_raw()["whatIsToCome"] = [1]
    settings.save()
    equal(_app(dss.client).get_settings().get_raw(), {"remapping": {"connections": [{"source": "warehouse", "target": "pg_main"}]}, "whatIsToCome": [1]})
    for body in ({}, {"remapping": []}, []):
        with refused("IllegalArgumentException"):
            dss.client._perform_empty("PUT", "/business-apps/churn-watch/settings", body=body)
    equal(_app(dss.client).get_settings().remapping, settings.remapping)


@since("15.2")
def their_code_environments_are_built(dss):
    app = _app(dss.client)
    with refused("IllegalArgumentException", "no code environment"):
        app.update_code_env()
    assert "business_app_churn-watch_managed" in _message(app.create_code_env(python_interpreter="PYTHON39", wait=True), "SUCCESS")
    name = app.get_details().code_env_name
    equal(name, "business_app_churn-watch_managed")
    env = dss.client.get_code_env("PYTHON", name).get_settings().settings
    equal((env["deploymentMode"], env["desc"]["pythonInterpreter"], env["desc"]["conda"], env["owner"]), ("BUSINESS_APP_MANAGED", "PYTHON39", False, "admin"))
    assert "up to date" in _message(app.update_code_env(wait=True), "SUCCESS")
    with refused("AlreadyExistsException", "code environment"):
        app.create_code_env()
    dss.client.install_business_app_from_store("demand-forecast", wait=True)
    other = _app(dss.client, "demand-forecast")
    other.create_code_env(conda=True).wait_for_result()
    env = dss.client.get_code_env("PYTHON", other.get_details().code_env_name).get_settings().settings
    equal((env["desc"]["conda"], env["desc"]["pythonInterpreter"]), (True, "PYTHON311"))


@since("15.2")
def instances_are_made_and_upgraded(dss):
    app = _app(dss.connect_as("maria"))
    equal(app.list_instances(), [])
    instance = app.create_instance("CHURN_EU", "Churn in Europe", short_desc="EU")
    metadata = instance.get_as_project().get_metadata()
    equal((metadata["label"], metadata["shortDesc"]), ("Churn in Europe", "EU"))
    equal(instance.get_as_project().get_permissions()["owner"], "maria")
    future = app.create_instance("CHURN_US", "Churn in America", wait=False)
    equal((future.state["hasResult"], future.state["alive"]), (False, True))
    assert "CHURN_US" in _message(future.wait_for_result(), "SUCCESS")
    equal(app.get_instance("CHURN_US").get_as_project().get_metadata()["shortDesc"], "")
    _app(dss.client).upgrade_from_store(wait=True)
    assert "1.1.0" in _message(instance.upgrade(), "SUCCESS")
    listed = app.list_instances()
    equal([(each.project_key, each.name, each.business_app_version) for each in listed], [("CHURN_EU", "Churn in Europe", "1.1.0"), ("CHURN_US", "Churn in America", "1.0.0")])
    _message(listed[1].to_instance().upgrade(wait=False).wait_for_result(), "SUCCESS")
    equal([each.business_app_version for each in app.list_instances()], ["1.1.0", "1.1.0"])
    assert "CHURN_EU" in dict(listed[0].get_raw()).values()
    instance.delete()
    equal([each.project_key for each in app.list_instances()], ["CHURN_US"])
    with refused("NotFoundException", "CHURN_EU"):
        instance.upgrade()


@since("15.2")
def their_backends_are_started_and_stopped(dss):
    instance = _app(dss.client).create_instance("CHURN_EU", "Churn in Europe")

    def runs():
        return dss.state["businessApps"]["churn-watch"]["instances"]["CHURN_EU"]["isRunning"]

    equal(runs(), False)
    future = instance.start_or_restart()
    equal((future.state["hasResult"], runs()), (False, False))
    assert "runs" in _message(future.wait_for_result(), "SUCCESS")
    equal(runs(), True)
    instance.stop()
    equal(runs(), False)
    instance.stop()
    _message(instance.start_or_restart(wait=True), "SUCCESS")
    equal(runs(), True)


@since("15.2")
def permissions_follow_the_project(dss):
    instance = _app(dss.client).create_instance("CHURN_EU", "Churn in Europe")
    nothing = {"admin": False, "readProjectContent": False, "writeProjectContent": False}
    equal(dict(instance.get_user_permissions("maria")), {"login": "maria", **nothing})
    equal(dict(instance.get_user_permissions("admin")), {"login": "admin", "admin": True, "readProjectContent": True, "writeProjectContent": True})
    permissions = instance.get_as_project().get_permissions()
    permissions["permissions"] = [{"user": "maria", "writeProjectContent": True}, {"group": "readers", "readProjectContent": True}]
    instance.get_as_project().set_permissions(permissions)
    equal(dict(instance.get_user_permissions("maria")), {"login": "maria", "admin": False, "readProjectContent": True, "writeProjectContent": True})
    equal(dict(instance.get_user_permissions("lena")), {"login": "lena", "admin": False, "readProjectContent": True, "writeProjectContent": False})
    permissions["permissions"] = [{"group": "data_team", "admin": True}]
    instance.get_as_project().set_permissions(permissions)
    equal(instance.get_user_permissions("maria")["admin"], True)
    with refused("NotFoundException", "User none"):
        instance.get_user_permissions("none")


@since("15.2")
def they_are_removed(dss):
    app = _app(dss.client)
    app.create_instance("CHURN_EU", "Churn in Europe")
    app.create_instance("CHURN_US", "Churn in America")
    assert "CHURN_EU, CHURN_US" in _message(app.delete(wait=True), "ERROR")
    equal(len(app.list_instances()), 2)
    assert "removed" in _message(app.delete(force=True).wait_for_result(), "SUCCESS")
    equal(dss.client.list_business_apps(), [])
    assert not {"CHURN_EU", "CHURN_US"} & set(dss.client.list_project_keys())
    with refused("NotFoundException", "Business application churn-watch"):
        app.get_details()


@since("15.2")
def what_cannot_be_is_refused(dss):
    client = dss.client
    _app(client).create_instance("CHURN_EU", "Churn in Europe")
    before = dss.state["businessApps"]
    with refused("IllegalArgumentException", "not a ZIP"):
        client.install_business_app_from_archive(io.BytesIO(b"PK-fake-zip"))
    for document in ({}, {"id": "a/b", "version": "1"}, {"id": "a"}, {"id": "a", "version": 1}, {"id": "a", "version": "1", "connections": []}):
        with refused("IllegalArgumentException", "business-app.json"):
            client.install_business_app_from_archive(_archive(**document))
    with refused("IllegalArgumentException", "business-app.json"):
        client.install_business_app_from_archive(_zip({"other.json": "{}"}))
    with refused("IllegalArgumentException", "multipart"):
        client._perform_json("POST", "/business-apps/install-from-archive", body={})
    for body in ({}, {"businessAppId": 7}):
        with refused("IllegalArgumentException", "businessAppId"):
            client._perform_json("POST", "/business-apps/install-from-store", body=body)
    for wrong in ({"deploymentMode": "PLUGIN_MANAGED"}, {"conda": 1}, {"pythonInterpreter": 3}):
        body = {"deploymentMode": "BUSINESS_APP_MANAGED", "conda": False, "pythonInterpreter": None, **wrong}
        with refused("IllegalArgumentException"):
            client._perform_json("POST", "/business-apps/churn-watch/code-env/actions/create", body=body)
    with refused("IllegalArgumentException", "force"):
        client._perform_json("POST", "/business-apps/churn-watch/actions/delete", body={})
    for key, name, short in (("a b", "A", None), (None, "A", None), ("A", "", None), ("A", None, None), ("A", "A", 7)):
        with refused("IllegalArgumentException"):
            _app(client).create_instance(key, name, short_desc=short)
    with refused("AlreadyExistsException", "SALES"):
        _app(client).create_instance("SALES", "Sales")
    equal(dss.state["businessApps"], before)


@since("15.2")
def what_is_not_there_and_users_who_may_not(dss):
    client, lena = dss.client, dss.connect_as("lena")
    _app(client).create_instance("CHURN_EU", "Churn in Europe")
    before = dss.state["businessApps"]

    def administration(client, id):
        app = _app(client, id)
        return (
            app.get_settings,
            app.upgrade_from_store,
            app.create_code_env,
            app.update_code_env,
            app.delete,
            lambda: client._perform_empty("PUT", f"/business-apps/{id}/settings", body={"remapping": {}}),
        )

    def of_instances(client, id, key):
        instance = _app(client, id).get_instance(key)
        return instance.upgrade, instance.start_or_restart, instance.stop

    for call in (*administration(client, "none"), _app(client, "none").get_details, _app(client, "none").list_instances, lambda: _app(client, "none").create_instance("A", "A")):
        with refused("NotFoundException", "Business application none"):
            call()
    for call in (*of_instances(client, "churn-watch", "SALES"), lambda: _app(client).get_instance("SALES").get_user_permissions("maria")):
        with refused("NotFoundException", "Instance SALES of business application churn-watch"):
            call()
    for call in (
        *administration(lena, "churn-watch"),
        *of_instances(lena, "churn-watch", "CHURN_EU"),
        lambda: lena.install_business_app_from_store("demand-forecast"),
        lambda: lena.install_business_app_from_archive(_archive(id="a", version="1")),
    ):
        with refused("UnauthorizedException", "lena is not an administrator"):
            call()
    with refused("UnauthorizedException", "lena may not create projects"):
        _app(lena).create_instance("A", "A")
    equal(dss.state["businessApps"], before)
