"""Export and import of projects, and bundles of them."""

import io
import json
import zipfile

from dss import equal, refused, since


def _zip(files):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        for path, value in files.items():
            made.writestr(path, json.dumps(value))
    return archive.getvalue()


def _exported(project, options=None):
    return project.get_export_stream(options).read()


def _content(project):
    """What an import takes over of a project, from the state."""
    documents = project["documents"]
    return documents["metadata"], documents["variables"], documents["settings"], documents["tags"], project["recipes"], list(project["datasets"]), list(project["scenarios"])


def projects_are_exported(dss):
    project = dss.project("SALES")
    archive = _exported(project)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        equal(opened.testzip(), None)
        manifest = json.loads(opened.read("export-manifest.json"))
        assert "project_config/params.json" in opened.namelist()
    equal((manifest["originalProjectKey"], manifest["manifestVersion"], manifest["exportedWithOptions"]), ("SALES", 3, {}))
    equal((manifest["exportedWithPlugins"], manifest["requiredConnections"], manifest["usedCodeEnvRefs"]), ([], {}, []))
    with zipfile.ZipFile(io.BytesIO(_exported(project, {"exportAllDatasets": True}))) as opened:
        manifest = json.loads(opened.read("export-manifest.json"))
    equal(manifest["exportedWithOptions"], {"exportAllDatasets": True})


def projects_are_imported(dss):
    client = dss.client
    project = dss.project("SALES")
    project.set_variables({"standard": {"a": 1}, "local": {}})
    before = dss.state["projects"]["SALES"]
    result = client.prepare_project_import(io.BytesIO(_exported(project))).execute(
        {"targetProjectKey": "COPY", "remapping": {"connections": [{"source": "a", "target": "pg_dwh"}], "codeEnvs": [], "containerExecs": []}}
    )
    equal((result["success"], result["usedProjectKey"], result["messages"]["success"]), (True, "COPY", True))
    after = dss.state["projects"]["COPY"]
    equal(_content(after), _content(before))
    equal(after["documents"]["permissions"]["owner"], "admin")
    equal([each["active"] for each in dss.project("COPY").list_scenarios() if each["active"]], [])
    equal([each for each in after["datasets"].values() if "builtAt" in each], [])
    whole = client.prepare_project_import(io.BytesIO(_exported(project, {"exportAllDatasets": True})))
    dss.project("SALES").delete()
    maria = dss.connect_as("maria")
    equal(whole.execute()["usedProjectKey"], "SALES")
    equal(dss.state["projects"]["SALES"]["datasets"], before["datasets"])
    equal(dss.state["imports"], {})
    with refused("NotFoundException", whole.import_id):
        whole.execute()
    maria.prepare_project_import(io.BytesIO(_exported(dss.project("CHURN")))).execute({"targetProjectKey": "MINE"})
    equal(dss.project("MINE").get_summary()["ownerLogin"], "maria")
    assert {"COPY", "SALES", "MINE"} <= {each.project_key for each in client.get_root_project_folder().list_projects()}


def imports_that_cannot_be_say_so(dss):
    handle = dss.client.prepare_project_import(io.BytesIO(_exported(dss.project("SALES"))))
    before = dss.state["projects"]

    def said(settings):
        result = handle.execute(settings)
        equal((result["success"], result["messages"]["error"]), (False, True))
        return result["messages"]["messages"][0]["message"]

    assert "SALES exists already" in said({})
    assert "CHURN exists already" in said({"targetProjectKey": "CHURN"})
    assert "cannot be the key" in said({"targetProjectKey": "A B"})
    assert "no connection moon" in said({"targetProjectKey": "X", "remapping": {"connections": [{"source": "a", "target": "moon"}]}})
    for remapping in (1, {"connections": {}}, {"connections": [1]}, {"codeEnvs": [{"source": "a"}]}, {"containerExecs": [{"source": 1, "target": "b"}]}):
        with refused("IllegalArgumentException", "remapping"):
            handle.execute({"targetProjectKey": "X", "remapping": remapping})
    with refused("IllegalArgumentException", "not empty"):
        dss.client._perform_json("POST", f"/projects/import/{handle.import_id}/process", body={})
    equal(dss.state["projects"], before)
    equal(handle.execute({"targetProjectKey": "X"})["success"], True)


def what_cannot_be_exported_or_uploaded_is_refused(dss):
    client = dss.client
    before = (dss.state["projects"], dss.state["imports"])
    for options in ([], {"exportUploads": "yes"}, {"exportAllDatasets": 1}):
        with refused("IllegalArgumentException"):
            dss.project("SALES").get_export_stream(options).read()
    for wrong in (b"PK-fake-zip", _zip({"a": 1}), _zip({"export-manifest.json": {}}), _zip({"export-manifest.json": {"originalProjectKey": "A"}})):
        for call in (client.prepare_project_import, client.create_project_from_bundle_archive, dss.project("SALES").import_bundle_from_stream):
            with refused("IllegalArgumentException"):
                call(io.BytesIO(wrong))
    for call in (client.create_project_from_bundle_archive, dss.project("SALES").import_bundle_from_stream):
        with refused("IllegalArgumentException", "not that of a bundle"):
            call(io.BytesIO(_exported(dss.project("SALES"))))
    with refused("NotFoundException", "NOWHERE"):
        dss.project("NOWHERE").get_export_stream()
    nobody = dss.connect_as("nobody")
    with refused("UnauthorizedException", "not an administrator of project SALES"):
        nobody.get_project("SALES").get_export_stream()
    bundle = io.BytesIO(_exported(dss.project("SALES")))
    for call in (
        lambda: nobody.prepare_project_import(bundle),
        lambda: nobody._perform_json("POST", "/projects/import/x/process", body={"_": "_"}),
        lambda: nobody.create_project_from_bundle_archive(bundle),
        lambda: nobody.create_project_from_bundle_local_archive("/data/x.zip"),
    ):
        with refused("UnauthorizedException", "may not create projects"):
            call()
    with refused("NotFoundException", "Import none"):
        client._perform_json("POST", "/projects/import/none/process", body={"_": "_"})
    equal((dss.state["projects"], dss.state["imports"]), before)


@since("14.3")
def bundles_are_exported(dss):
    project = dss.project("SALES")
    project.export_bundle("v1", release_notes="First")
    project.export_bundle("v2", evaluate_project_standards_checks=False)
    [first, second] = project.list_exported_bundles()["bundles"]
    equal((first["bundleId"], first["exportManifest"]["releaseNotes"]), ("v1", "First"))
    equal(second["bundleId"], "v2")
    assert "releaseNotes" not in second["exportManifest"]
    with zipfile.ZipFile(io.BytesIO(project.get_exported_bundle_archive_stream("v1").content)) as opened:
        equal(json.loads(opened.read("export-manifest.json"))["bundleId"], "v1")
    published = project.publish_bundle("v1")
    equal((published["publishedOn"], published["publishedBy"], published["publishedProjectKey"]), (dss.now, "admin", "SALES"))
    equal(project.publish_bundle("v2", published_project_key="PUB")["publishedProjectKey"], "PUB")
    equal([(each["bundleId"], each["publishedProjectKey"]) for each in dss.state["publishedBundles"]], [("v1", "SALES"), ("v2", "PUB")])
    with refused("IllegalArgumentException", "Bundle v1 already exists"):
        project.export_bundle("v1")
    with refused("IllegalArgumentException", "evaluateProjectStandardsChecks"):
        dss.client._perform_json("PUT", "/projects/SALES/bundles/exported/v3", params={"evaluateProjectStandardsChecks": "perhaps"})
    project.delete_exported_bundle("v1")
    equal([each["bundleId"] for each in project.list_exported_bundles()["bundles"]], ["v2"])
    with refused("NotFoundException", "v1"):
        project.get_exported_bundle_archive_stream("v1")
    equal(list(dss.state["serverFiles"]), ["/data/dss/bundle_archives/SALES/v2.zip"])


@since("14.3")
def bundles_are_activated(dss):
    project = dss.project("SALES")
    before = _content(dss.state["projects"]["SALES"])
    project.export_bundle("v1")
    project.set_variables({"standard": {"a": 1}, "local": {}})
    project.get_scenario("NIGHTLY_BUILD").delete()
    after = _content(dss.state["projects"]["SALES"])
    project.export_bundle("v2", release_notes="No build")
    project.import_bundle_from_stream(io.BytesIO(project.get_exported_bundle_archive_stream("v1").content))
    project.import_bundle_from_archive("/data/dss/bundle_archives/SALES/v2.zip")
    imported = project.list_imported_bundles()["bundles"]
    equal([(each["bundleId"], each["exportManifest"].get("releaseNotes")) for each in imported], [("v1", None), ("v2", "No build")])
    equal(_content(dss.state["projects"]["SALES"]), after)
    report = project.preload_bundle("v1")
    equal((report["error"], report["messages"][0]["message"]), (False, "Bundle v1 is ready"))
    equal([each["isPreloaded"] for each in dss.state["projects"]["SALES"]["importedBundles"].values()], [True, False])
    active = [each["id"] for each in project.list_scenarios() if each["active"]]
    report = project.activate_bundle("v1", scenarios_to_enable={"NIGHTLY_BUILD": True})
    equal((report["neededAMigration"], report["success"], report["error"]), (False, True, False))
    equal(sorted(_content(dss.state["projects"]["SALES"])[6]), sorted(before[6]))
    equal(_content(dss.state["projects"]["SALES"])[:5], before[:5])
    equal(sorted(each["id"] for each in project.list_scenarios() if each["active"]), sorted(active + ["NIGHTLY_BUILD"]))
    equal(project.get_summary()["activeBundleState"]["bundleId"], "v1")
    with refused("IllegalArgumentException", "v1 is active"):
        project.delete_imported_bundle("v1")
    project.activate_bundle("v1", scenarios_to_enable={"NIGHTLY_BUILD": False})
    equal(sorted(each["id"] for each in project.list_scenarios() if each["active"]), sorted(active))
    dss.script("bundles/SALES.v2", "fail", message="No space", times=1)
    state = dss.state["projects"]
    report = project.activate_bundle("v2")
    equal((report["error"], report["messages"][0]["message"], report["neededAMigration"]), (True, "No space", False))
    equal(dss.state["projects"], state)
    project.activate_bundle("v2")
    equal(_content(dss.state["projects"]["SALES"])[:6], after[:6])
    equal(project.get_timeline(1)["items"][0]["action"], "PROJECT_EDIT")
    project.delete_imported_bundle("v1")
    equal([each["bundleId"] for each in project.list_imported_bundles()["bundles"]], ["v2"])


def projects_are_made_of_bundles(dss):
    client = dss.client
    project = dss.project("SALES")
    before = _content(dss.state["projects"]["SALES"])
    project.export_bundle("v1")
    archive = project.get_exported_bundle_archive_stream("v1").content
    path = "/data/dss/bundle_archives/SALES/v1.zip"
    for call in (lambda: client.create_project_from_bundle_archive(io.BytesIO(archive)), lambda: client.create_project_from_bundle_local_archive(path)):
        with refused("AlreadyExistsException", "SALES"):
            call()
    project.delete()
    folder = client.get_root_project_folder().create_sub_folder("Automation")
    equal(client.create_project_from_bundle_archive(io.BytesIO(archive), project_folder=folder)["projectKey"], "SALES")
    equal(_content(dss.state["projects"]["SALES"]), before)
    equal([each.project_key for each in client.get_project_folder(folder.id).list_projects()], ["SALES"])
    equal([each["bundleId"] for each in dss.project("SALES").list_imported_bundles()["bundles"]], ["v1"])
    dss.project("SALES").delete()
    equal(client.create_project_from_bundle_local_archive(path, project_folder=folder, permissions_propagation_policy="ALL")["projectKey"], "SALES")
    equal([each.project_key for each in client.get_project_folder(folder.id).list_projects()], ["SALES"])
    dss.project("SALES").delete()
    with refused("IllegalArgumentException", "PERHAPS"):
        client.create_project_from_bundle_local_archive(path, permissions_propagation_policy="PERHAPS")
    for call in (
        lambda: client._perform_json("POST", "/projectsFromBundle/fromArchive", params={"archivePath": path, "failOnMissingUsersOrGroups": "perhaps"}),
        lambda: client._perform_json("POST", "/projectsFromBundle/", params={"permissionsPropagationPolicy": "PERHAPS"}, files={"file": ("b.zip", archive)}),
    ):
        with refused("IllegalArgumentException"):
            call()
    with refused("NotFoundException", "/none.zip"):
        client.create_project_from_bundle_local_archive("/none.zip")
    for call in (
        lambda: client._perform_json("POST", "/projectsFromBundle/fromArchive", params={"archivePath": path, "projectFolderId": "none"}),
        lambda: client._perform_json("POST", "/projectsFromBundle/", params={"projectFolderId": "none"}, files={"file": ("b.zip", archive)}),
    ):
        with refused("NotFoundException", "Project folder none"):
            call()
    assert "SALES" not in client.list_project_keys()


@since("14.3")
def wrong_bundles_are_refused(dss):
    client = dss.client
    project = dss.project("SALES")
    project.export_bundle("v1")
    archive = project.get_exported_bundle_archive_stream("v1").content
    project.import_bundle_from_stream(io.BytesIO(archive))
    before = dss.state["projects"]
    with refused("IllegalArgumentException", "v1 already exists in project SALES"):
        project.import_bundle_from_stream(io.BytesIO(archive))
    with refused("IllegalArgumentException", "v1 already exists in project SALES"):
        project.import_bundle_from_archive("/data/dss/bundle_archives/SALES/v1.zip")
    with refused("NotFoundException", "/none.zip"):
        project.import_bundle_from_archive("/none.zip")
    for asked in ([], {"NIGHTLY_BUILD": "yes"}):
        with refused("IllegalArgumentException", "scenariosActiveOnActivation"):
            client._perform_json("POST", "/projects/SALES/bundles/imported/v1/actions/activate", body={"scenariosActiveOnActivation": asked})

    def calls(project, id):
        return (
            lambda: project.delete_exported_bundle(id),
            lambda: project.get_exported_bundle_archive_stream(id),
            lambda: project.publish_bundle(id),
            lambda: project.preload_bundle(id),
            lambda: project.activate_bundle(id),
            lambda: project.delete_imported_bundle(id),
        )

    def whole(project):
        return (
            lambda: project.export_bundle("v2"),
            lambda: project.import_bundle_from_stream(io.BytesIO(archive)),
            lambda: project.import_bundle_from_archive("/data/dss/bundle_archives/SALES/v1.zip"),
        )

    for call in calls(project, "none"):
        with refused("NotFoundException", "Bundle none"):
            call()
    nobody = dss.connect_as("nobody").get_project("SALES")
    for call in (*calls(nobody, "v1"), *whole(nobody)):
        with refused("UnauthorizedException", "not an administrator of project SALES"):
            call()
    nowhere = dss.project("NOWHERE")
    for call in (*calls(nowhere, "v1"), *whole(nowhere), nowhere.list_exported_bundles, nowhere.list_imported_bundles):
        with refused("NotFoundException", "NOWHERE"):
            call()
    equal(dss.state["projects"], before)


def projects_are_exported_without_options(dss):
    project = dss.project("SALES")
    exported = dss.client._perform_raw("GET", "/projects/SALES/export").content
    equal(exported, project.get_export_stream().read())
    with refused("UnauthorizedException", "not an administrator of project SALES"):
        dss.connect_as("nobody")._perform_raw("GET", "/projects/SALES/export")
    with refused("NotFoundException"):
        dss.client._perform_raw("GET", "/projects/NOWHERE/export")


def archives_that_leave_their_folder_are_refused(dss):
    project = dss.project("SALES")
    manifest = {"originalProjectKey": "A"}
    for name in ("../x.json", "a/../../x.json", "/etc/x.json", "..\\x.json", "C:\\x.json"):
        with refused("IllegalArgumentException", "outside of it"):
            project.client.prepare_project_import(io.BytesIO(_zip({"export-manifest.json": manifest, name: {}})))
