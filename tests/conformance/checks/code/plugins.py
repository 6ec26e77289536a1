"""Plugins: installed, updated, used, removed; their settings and files."""

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


def _plugin(id, version):
    return _zip({"plugin.json": json.dumps({"id": id, "version": version, "meta": {"label": id}}), "python-lib/a.py": "a = 1"})


def _versions(client):
    return {plugin["id"]: plugin["version"] for plugin in client.list_plugins()}


def plugins_are_listed(dss):
    [geoadmin, toolbox] = dss.connect_as("lena").list_plugins()
    equal((geoadmin["id"], geoadmin["version"], geoadmin["isDev"]), ("geoadmin", "2.3.1", False))
    meta = geoadmin["meta"]
    equal((meta["label"], meta["author"], meta["tags"], meta["category"]), ("Geo administrative areas", "Dataiku", ["geo"], "Geospatial"))
    equal((meta["description"], meta["icon"], meta["licenseInfo"]), ("", "icon-puzzle-piece", "Apache 2.0"))
    equal(meta["supportLevel"], "SUPPORTED")
    equal((toolbox["id"], toolbox["isDev"], toolbox["meta"]["label"]), ("toolbox", True, "Tools of our own"))


def plugins_are_installed(dss):
    client = dss.client
    client.install_plugin_from_archive(_plugin("mine", "1.0"))
    result = client.start_install_plugin_from_archive(_plugin("yours", "0.9")).wait_for_result()
    equal((result["success"], result["messages"]["success"]), (True, True))
    equal((result["needsReload"], result["needsRestart"]), (True, False))
    future = client.install_plugin_from_store("tesseract-ocr")
    equal((future.state["hasResult"], future.state["alive"]), (False, True))
    assert "tesseract-ocr" not in _versions(client)
    future.wait_for_result()
    client.install_plugin_from_git("git@github.com:acme/dss-plugin-clock.git").wait_for_result()
    client.install_plugin_from_git("https://example.com/all", checkout="main", subpath="plugins/moon/").wait_for_result()
    client.get_plugin("mine").update_from_zip(_plugin("mine", "1.1"))
    client.get_plugin("yours").start_update_from_zip(_plugin("yours", "1.0")).wait_for_result()
    client.get_plugin("geoadmin").update_from_store().wait_for_result()
    client.get_plugin("clock").update_from_git("git@github.com:acme/watch.git", subpath="x").wait_for_result()
    versions = _versions(client)
    equal(versions, {"geoadmin": "2.4.0", "toolbox": "0.1.0", "mine": "1.1", "yours": "1.0", "tesseract-ocr": "2.3.0", "clock": "0.0.1", "moon": "0.0.1"})
    equal([each["meta"] for each in client.list_plugins() if each["id"] == "mine"], [{"label": "mine"}])
    equal(dss.state["plugins"]["mine"]["files"]["python-lib/a.py"], "a = 1")
    equal(client.list_plugins()[5]["meta"]["label"], "x")
    for path, version in (("/plugins/actions/installFromZip", "1.0"), ("/plugins/ours/actions/updateFromZip", "1.1")):
        result = client._perform_json_upload("POST", path, "plugin.zip", _plugin("ours", version)).json()
        equal((result["success"], result["messages"]["success"], result["messages"]["error"]), (True, True, False))
        assert version in result["messages"]["messages"][0]["message"]


def work_on_plugins_fails(dss):
    def said(future):
        result = future.wait_for_result()
        equal((result["success"], result["messages"]["error"]), (False, True))
        return result["messages"]["messages"][0]["message"]

    client = dss.client
    before = dss.state["plugins"]
    assert "no plugin moon" in said(client.install_plugin_from_store("moon"))
    assert "installed already" in said(client.install_plugin_from_store("geoadmin"))
    assert "no plugin toolbox" in said(client.get_plugin("toolbox").update_from_store())
    assert "used in 2 places" in said(client.get_plugin("geoadmin").delete())
    dss.script("plugins/geoadmin", "fail", message="No space", times=1)
    equal(said(client.get_plugin("geoadmin").update_from_store()), "No space")
    dss.script("plugins/geoadmin", "fail", times=1)
    assert "geoadmin failed" in said(client.get_plugin("geoadmin").update_from_store())
    equal(dss.state["plugins"], before)
    dss.script("plugins/geoadmin", "warn", times=1)
    result = client.get_plugin("geoadmin").update_from_store().wait_for_result()
    equal((result["messages"]["warning"], result["messages"]["error"]), (True, False))
    equal(_versions(client)["geoadmin"], "2.4.0")
    removal = client.get_plugin("geoadmin").delete(force=True)
    update = client.get_plugin("geoadmin").update_from_store()
    removal.wait_for_result()
    assert "removed in between" in said(update)


@since("14.3")
def plugins_are_used_and_removed(dss):
    client = dss.client
    geoadmin = client.get_plugin("geoadmin")
    usages = geoadmin.list_usages()
    equal([(each.project_key if "projectKey" in each._data else None, each.object_type, each.object_id, each.element_kind, each.element_type) for each in usages.usages][0], ("SALES", "DATASET", "countries", "python-connectors", "pyconnector-geoadmin-areas"))
    assert "projectKey" not in usages.get_raw()["usages"][1]
    equal((len(usages.usages), usages.missing_types, usages.maybe_used()), (2, [], True))
    equal(len(geoadmin.list_usages(project_key="SALES").usages), 1)
    equal(geoadmin.list_usages(project_key="CHURN").maybe_used(), False)
    [used] = dss.project("SALES").list_plugins_usages()
    equal((used.plugin_id, used.plugin_usages.get_raw()["usages"]), ("geoadmin", [usages.get_raw()["usages"][0]]))
    equal(dss.project("CHURN").list_plugins_usages(), [])
    result = geoadmin.delete(force=True).wait_for_result()
    equal(result["messages"]["error"], False)
    equal(list(_versions(client)), ["toolbox"])
    [perhaps] = dss.project("SALES").list_plugins_usages()
    equal((perhaps.plugin_id, perhaps.plugin_usages.usages), ("toolbox", []))
    equal(perhaps.plugin_usages.get_raw()["missingTypes"], client.get_plugin("toolbox").list_usages(project_key="SALES").get_raw()["missingTypes"])
    usages = client.get_plugin("toolbox").list_usages()
    equal(usages.usages, [])
    [missing, other] = usages.missing_types
    equal((missing.missing_type, missing.object_type, missing.object_id, missing.project_key), ("pyconnector-geoadmin-areas", "DATASET", "countries", "SALES"))
    equal(usages.get_raw()["missingTypes"][1], {"missingType": "parameter-set-geoadmin-account", "objectType": "PRESET", "objectId": "default"})
    dss.project("SALES").delete()
    equal(len(client.get_plugin("toolbox").list_usages().missing_types), 1)
    client.get_plugin("toolbox").delete().wait_for_result()
    equal(client.list_plugins(), [])


def their_code_environments_are_built(dss):
    geoadmin = dss.client.get_plugin("geoadmin")
    with refused("IllegalArgumentException", "no code environment"):
        geoadmin.update_code_env()
    result = geoadmin.create_code_env(python_interpreter="PYTHON39").wait_for_result()
    equal((result["envName"], result["messages"]["error"]), ("plugin_geoadmin_managed", False))
    env = dss.client.get_code_env("PYTHON", "plugin_geoadmin_managed").get_settings().settings
    equal((env["deploymentMode"], env["desc"]["pythonInterpreter"], env["desc"]["conda"]), ("PLUGIN_MANAGED", "PYTHON39", False))
    equal(env["owner"], "admin")
    equal(geoadmin.update_code_env().wait_for_result()["envName"], "plugin_geoadmin_managed")
    with refused("AlreadyExistsException", "code environment"):
        geoadmin.create_code_env()
    toolbox = dss.client.get_plugin("toolbox").create_code_env(conda=True).wait_for_result()
    env = dss.client.get_code_env("PYTHON", toolbox["envName"]).get_settings().settings
    equal((env["desc"]["conda"], env["desc"]["pythonInterpreter"]), (True, "PYTHON311"))


def settings_are_saved_whole(dss):
    geoadmin = dss.client.get_plugin("geoadmin")
    settings = geoadmin.get_settings()
    equal((settings.settings["codeEnvName"], settings.settings["config"]), (None, {}))
    equal(settings.list_parameter_set_names(), ["account"])
    [account] = settings.list_parameter_sets()
    equal((account.definable_inline, account.definable_at_project_level), (False, True))
    equal(account.settings["type"], account.desc["elementType"])
    preset = account.get_preset("default")
    equal((preset.name, preset.owner, preset.config), ("default", "admin", {"region": "world"}))
    equal((preset.plugin_config, preset.usable_by_all), ({"endpoint": "https://geo.example.com"}, False))
    equal((preset.is_usable_by("data_team"), preset.is_usable_by(None)), (True, False))
    made = account.create_preset("europe", with_defaults=True)
    equal((made.config, made.plugin_config), ({"region": "world"}, {"endpoint": "https://geo.example.com"}))
    made.set_usable_by("data_team", True)
    made.save()
    account.definable_inline = True
    account.save()
    settings.set_code_env("py311_ds")
    settings.settings |= {"config": {"a": 1}, "whatIsToCome": [1]}
    settings.save()
    again = geoadmin.get_settings()
    equal(again.settings, settings.settings)
    equal((again.settings["codeEnvName"], again.settings["whatIsToCome"]), ("py311_ds", [1]))
    equal(again.get_parameter_set("account").list_preset_names(), ["default", "europe"])


def settings_of_projects_are_their_own(dss):
    client = dss.client
    before = client.get_plugin("geoadmin").get_settings().settings
    maria = dss.connect_as("maria").get_plugin("geoadmin")
    settings = maria.get_project_settings("SALES")
    equal((settings.settings["presets"], settings.settings["config"]), ([], {}))
    equal(settings.settings["parameterSets"], before["parameterSets"])
    equal(settings.list_parameter_set_names(), ["account"])
    equal(len(settings.list_parameter_sets()), 1)
    settings.get_parameter_set("account").create_preset("ours")
    settings.save()
    equal(maria.get_project_settings("SALES").get_parameter_set("account").list_preset_names(), ["ours"])
    equal(client.get_plugin("geoadmin").get_project_settings("CHURN").settings["presets"], [])
    equal(client.get_plugin("geoadmin").get_settings().settings, before)
    dss.project("SALES").delete()
    equal(dss.state["plugins"]["geoadmin"]["projectSettings"], {})


def settings_are_saved_by_a_future(dss):
    geoadmin = dss.client.get_plugin("geoadmin")
    settings = geoadmin.get_project_settings("SALES")
    settings.settings["config"] = {"b": 1}
    settings.settings["accessibleParameterSetDescs"] = []
    future = settings.start_save()
    equal(future.state["hasResult"], False)
    future.wait_for_result()
    equal(geoadmin.get_settings().settings, settings.settings)


def files_are_kept(dss):
    toolbox = dss.client.get_plugin("toolbox")
    [plugin, lib] = sorted(toolbox.list_files(), key=lambda each: each["name"])
    equal(plugin, {"name": "plugin.json", "path": "plugin.json"})
    equal((lib["name"], lib["path"]), ("python-lib", "python-lib"))
    [folder] = lib["children"]
    equal([(each["name"], each["path"]) for each in folder["children"]], [("__init__.py", "python-lib/toolbox/__init__.py"), ("dates.py", "python-lib/toolbox/dates.py")])
    toolbox.put_file("python-lib/a b.py", io.BytesIO(b"a = 1"))
    equal(toolbox.get_file("python-lib/a b.py").read(), b"a = 1")
    toolbox.put_file("python-lib/a b.py", io.BytesIO(b'{"b": 2}'))
    toolbox.rename_file("python-lib/a b.py", "c.py")
    toolbox.move_file("python-lib/c.py", "python-lib/toolbox")
    toolbox.move_file("python-lib/toolbox", "lib")
    equal(toolbox.get_file("lib/c.py").read(), b'{"b": 2}')
    equal([each["path"] for each in toolbox.list_files()], ["lib", "plugin.json"])
    with zipfile.ZipFile(io.BytesIO(dss.client.download_plugin_stream("toolbox").content)) as archive:
        equal(sorted(archive.namelist()), ["lib/__init__.py", "lib/c.py", "lib/dates.py", "plugin.json"])
        equal(json.loads(archive.read("plugin.json"))["id"], "toolbox")


def what_cannot_be_is_refused(dss):
    client = dss.client
    before = dss.state["plugins"]
    with refused("IllegalArgumentException", "not a ZIP"):
        client.install_plugin_from_archive(io.BytesIO(b"PK-fake-zip"))
    for files in ({"a": ""}, {"plugin.json": "?"}, {"plugin.json": "[]"}, {"plugin.json": '{"id": "a/b", "version": "1"}'}, {"plugin.json": '{"id": "a"}'}):
        with refused("IllegalArgumentException", "plugin.json"):
            client.start_install_plugin_from_archive(_zip(files))
    with refused("AlreadyExistsException", "geoadmin"):
        client.install_plugin_from_archive(_plugin("geoadmin", "9"))
    with refused("IllegalArgumentException", "holds plugin mine"):
        client.get_plugin("geoadmin").update_from_zip(_plugin("mine", "9"))
    with refused("IllegalArgumentException", "not a ZIP"):
        client.get_plugin("geoadmin").start_update_from_zip(io.BytesIO(b""))
    with refused("IllegalArgumentException", "plugin.json"):
        client.get_plugin("geoadmin").start_update_from_zip(_zip({}))
    for path in ("/plugins/actions/installFromZip", "/plugins/geoadmin/actions/updateFromZip"):
        with refused("IllegalArgumentException", "multipart"):
            client._perform_json("POST", path, body={})
    for body in ({}, {"pluginId": 7}):
        with refused("IllegalArgumentException", "pluginId"):
            client._perform_json("POST", "/plugins/actions/installFromStore", body=body)
    for wrong in ({"gitRepositoryUrl": "here"}, {"gitRepositoryUrl": 7}, {"gitCheckout": None}, {"gitSubpath": 7}):
        body = {"gitRepositoryUrl": "git@x:y.git", "gitCheckout": "master", "gitSubpath": None, **wrong}
        for path in ("/plugins/actions/installFromGit", "/plugins/geoadmin/actions/updateFromGit"):
            with refused("IllegalArgumentException", "git"):
                client._perform_json("POST", path, body=body)
    for wrong in ({"deploymentMode": "DESIGN_MANAGED"}, {"conda": 1}, {"pythonInterpreter": 3}):
        body = {"deploymentMode": "PLUGIN_MANAGED", "conda": False, "pythonInterpreter": None, **wrong}
        with refused("IllegalArgumentException"):
            client._perform_json("POST", "/plugins/geoadmin/code-env/actions/create", body=body)
    with refused("IllegalArgumentException", "force"):
        client._perform_json("POST", "/plugins/geoadmin/actions/delete", body={})
    with refused("IllegalArgumentException", "not developed here"):
        client.download_plugin_stream("geoadmin")
    settings = client.get_plugin("geoadmin").get_settings().settings
    preset = settings["presets"][0]
    for wrong in (
        {"codeEnvName": 7},
        {"config": []},
        {"presets": None},
        {"presets": [1]},
        {"presets": [{"name": "a"}]},
        {"presets": [{**preset, "name": 1}]},
        {"presets": [{**preset, "config": 1}]},
        {"presets": [{**preset, "pluginConfig": []}]},
        {"presets": [{**preset, "permissions": [{"group": 1, "use": True}]}]},
        {"presets": [{**preset, "permissions": [{"group": "g", "use": "yes"}]}]},
        {"presets": [preset, preset]},
        {"parameterSets": {}},
        {"parameterSets": [{"name": "a"}]},
        {"parameterSets": [{"name": 1, "type": "t"}]},
        {"parameterSets": [{"name": "a", "type": "t", "defaultPermission": 1}]},
    ):
        for path in ("/plugins/geoadmin/settings", "/plugins/geoadmin/settings/future"):
            with refused("IllegalArgumentException"):
                client._perform_raw("POST", path, body={**settings, **wrong})
    equal(dss.state["plugins"], before)


def wrong_files_are_refused(dss):
    toolbox = dss.client.get_plugin("toolbox")
    before = dss.state["plugins"]
    for path in ("python-lib", "python-lib/toolbox"):
        with refused("IllegalArgumentException"):
            toolbox.put_file(path, io.BytesIO(b""))
    for path in ("python-lib", "none.py"):
        with refused("NotFoundException", path):
            toolbox.get_file(path)
    for name in ("a/b", None, "", ".."):
        with refused("IllegalArgumentException"):
            toolbox.rename_file("plugin.json", name)
    with refused("AlreadyExistsException", "python-lib"):
        toolbox.rename_file("plugin.json", "python-lib")
    with refused("AlreadyExistsException", "plugin.json"):
        toolbox.move_file("python-lib/toolbox", "plugin.json")
    for old, new in (("python-lib", "python-lib/a"), ("plugin.json", "../a"), ("plugin.json", None), (None, "a"), ("", "a")):
        with refused("IllegalArgumentException"):
            toolbox.move_file(old, new)
    with refused("NotFoundException", "none"):
        toolbox.move_file("none", "a")
    with refused("IllegalArgumentException", "not developed here"):
        dss.client.get_plugin("geoadmin").list_files()
    equal(dss.state["plugins"], before)


@since("14.3")
def plugins_that_are_not_there_and_users_who_may_not(dss):
    before = (dss.state["plugins"], dss.state["futures"])
    everything = lambda plugin: (
        plugin.update_from_store,
        lambda: plugin.update_from_git("git@x:y.git"),
        lambda: plugin.update_from_zip(_plugin(plugin.plugin_id, "3")),
        lambda: plugin.start_update_from_zip(_plugin(plugin.plugin_id, "3")),
        plugin.create_code_env,
        plugin.update_code_env,
        plugin.delete,
        plugin.get_settings,
    )
    none = dss.client.get_plugin("none")
    files = lambda plugin: (
        plugin.list_files,
        lambda: plugin.get_file("plugin.json"),
        lambda: plugin.put_file("a", io.BytesIO(b"")),
        lambda: plugin.rename_file("plugin.json", "a"),
        lambda: plugin.move_file("plugin.json", "a"),
    )
    for call in (*everything(none), *files(none), none.list_usages, lambda: dss.client.download_plugin_stream("none"), lambda: none.get_project_settings("SALES")):
        with refused("NotFoundException", "Plugin none"):
            call()
    lena = dss.connect_as("lena")
    installs = (
        lambda: lena.install_plugin_from_archive(_plugin("a", "1")),
        lambda: lena.start_install_plugin_from_archive(_plugin("a", "1")),
        lambda: lena.install_plugin_from_store("tesseract-ocr"),
        lambda: lena.install_plugin_from_git("git@x:y.git"),
    )
    for call in (*installs, *everything(lena.get_plugin("geoadmin"))):
        with refused("UnauthorizedException", "lena is not an administrator"):
            call()
    for call in (*files(lena.get_plugin("toolbox")), lambda: lena.download_plugin_stream("toolbox")):
        with refused("UnauthorizedException", "lena may not develop plugins"):
            call()
    with refused("UnauthorizedException", "not an administrator of project SALES"):
        lena.get_plugin("geoadmin").get_project_settings("SALES")
    with refused("NotFoundException", "NOWHERE"):
        dss.client.get_plugin("geoadmin").get_project_settings("NOWHERE")
    with refused("NotFoundException", "NOWHERE"):
        dss.project("NOWHERE").list_plugins_usages()
    settings = dss.client.get_plugin("geoadmin").get_settings().settings
    with refused("UnauthorizedException", "lena is not an administrator"):
        lena._perform_raw("POST", "/plugins/geoadmin/settings", body=settings)
    equal((dss.state["plugins"], dss.state["futures"]), before)


def who_may_develop_plugins_may_work_on_files(dss):
    group = dss.client.get_group("data_team")
    definition = group.get_definition()
    group.set_definition({**definition, "mayDevelopPlugins": True})
    login = next(user["login"] for user in dss.client.list_users() if "data_team" in user["groups"])
    equal(len(dss.connect_as(login).get_plugin("toolbox").list_files()), 2)


@since("14.3")
def files_and_folders_are_made_looked_at_and_deleted(dss):
    client, plugin = dss.client, dss.client.get_plugin("toolbox")
    ask = lambda method, path, **more: client._perform_raw(method, f"/plugins/toolbox/{path}", **more)
    ask("POST", "contents/notes.json", raw_body=b"no JSON", headers={"Content-Type": "application/json"})
    equal(plugin.get_file("notes.json").read(), b"no JSON")
    details = client._perform_json("GET", "/plugins/toolbox/details/notes.json")
    equal(details, {"name": "notes.json", "path": "notes.json", "size": 7, "mimeType": "application/octet-stream"})
    ask("POST", "folders/data/new")
    tree = {node["path"]: node for node in plugin.list_files()}
    equal(tree["data"]["children"], [{"name": "new", "path": "data/new", "children": []}])
    plugin.rename_file("data", "other")
    assert "other" in {node["path"] for node in plugin.list_files()}
    ask("DELETE", "contents/other")
    ask("DELETE", "contents/notes.json")
    left = {node["path"] for node in plugin.list_files()}
    assert not left & {"notes.json", "other", "data"}, left
    for method, path in (("DELETE", "contents/notes.json"), ("GET", "details/notes.json")):
        with refused("NotFoundException", "notes.json"):
            ask(method, path)
    with refused("IllegalArgumentException", "plugin.json"):
        ask("POST", "folders/plugin.json")
    maria = dss.connect_as("nobody")
    before = dss.state["plugins"]["toolbox"]
    for method, path in (("DELETE", "contents/plugin.json"), ("GET", "details/plugin.json"), ("POST", "folders/x")):
        with refused("UnauthorizedException"):
            maria._perform_raw(method, f"/plugins/toolbox/{path}")
        with refused("not developed here"):
            client._perform_raw(method, f"/plugins/geoadmin/{path}")
    equal(dss.state["plugins"]["toolbox"], before)
